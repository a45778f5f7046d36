"""The printed SLA compliance of a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.models.entities.compliance import ComplianceLine, ComplianceReport, RestoreLine, Split
from app.models.entities.reports import SlaTally
from app.services.base.texts import Texts
from app.services.reports.compliance import total_line
from app.services.reports.compliance_page import MOST_LINES, render_compliance
from tests.report.payloads import PAYLOADS
from tests.report.reading import all_text, foreign_content, squeezed
from tests.report.samples import shift_report


def line(name: str, received: int = 10, missed: int = 1) -> ComplianceLine:
    return ComplianceLine(name, received, SlaTally(received - missed, missed, 0), SlaTally(received, 0, 2))


def sample() -> ComplianceReport:
    splits = {
        Split.PRIORITY: (line("1", 4, 2), line("3", 26)),
        Split.TYPE: (line("incident", 30, 3),),
        Split.CATEGORY: tuple(line(f"Category {number}", 2) for number in range(30)),
        Split.TEAM: (line("First line"), line("")),
        Split.ASSIGNEE: (line("Li Na 李娜"),),
        Split.SHIFT: (line("Day"), line("Night")),
    }
    total = total_line(splits[Split.PRIORITY])
    restoring = (RestoreLine(1, 4, 3, timedelta(hours=1, minutes=30), timedelta(minutes=50)),)
    return ComplianceReport(
        shift_report().head, date(2026, 4, 1), date(2026, 4, 16), total, splits, restoring
    )


def test_every_split_has_its_table(texts: Texts) -> None:
    text = squeezed(all_text(render_compliance(sample(), texts)))

    for title in ("By priority", "By type", "By category", "By team", "By assignee", "By shift"):
        assert squeezed(texts.gettext(title)) in text


def test_the_paper_says_month_share_and_how_far_it_counts(english: Texts) -> None:
    text = all_text(render_compliance(sample(), english))

    assert "SLA compliance, April 2026" in text
    assert "Counted up to 16 April 2026" in text
    assert "27 of 30 in time" in text
    assert "P1 Critical" in text


def test_a_long_split_ends_in_one_line_for_the_rest(english: Texts) -> None:
    text = all_text(render_compliance(sample(), english))

    assert f"Category {MOST_LINES - 1}\n" in text
    assert f"Category {MOST_LINES}\n" not in text
    assert "10 more" in text


def test_the_same_month_gives_the_same_bytes(texts: Texts) -> None:
    assert render_compliance(sample(), texts) == render_compliance(sample(), texts)


def test_hostile_names_stay_text(english: Texts) -> None:
    data = sample()
    lines = tuple(line(payload) for payload in PAYLOADS[:15])

    pdf = render_compliance(replace(data, splits={**data.splits, Split.TEAM: lines}), english)

    assert foreign_content(pdf) == []


def test_a_month_of_which_nothing_is_known_says_so(english: Texts) -> None:
    empty = replace(sample(), splits={split: () for split in Split})

    text = all_text(render_compliance(empty, english))

    assert "No ticket is known of this month." in text
    assert "Missed" not in text


def test_the_paper_says_how_long_services_were_down(english: Texts) -> None:
    text = squeezed(all_text(render_compliance(sample(), english)))

    assert squeezed("Time until the service worked again") in text
    assert squeezed("1 h 30 min") in text
    assert squeezed("50 min") in text


def test_without_incidents_it_says_nothing_of_services(english: Texts) -> None:
    text = squeezed(all_text(render_compliance(replace(sample(), restoring=()), english)))

    assert squeezed("Time until the service worked again") not in text
