"""The printed ledger of fairness: who did what, the score with its formula, and what may be seen of whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.models.entities.fairness_report import FairnessPaper
from app.models.entities.ids import PersonId, TeamId
from app.models.entities.leave import Ledger, LedgerLine
from app.services.base.texts import Texts
from app.services.reports.catalog import FAIRNESS
from app.services.reports.fairness_page import render_fairness
from tests.report.payloads import PAYLOADS
from tests.report.reading import all_text, foreign_content, page_texts, squeezed
from tests.report.samples import HEAD

TEAM = "First line 一线"


def line(number: int, name: str, nights: int = 20, **more: object) -> LedgerLine:
    """Somebody of the team with ten weekend days, three holidays and 1,800 hours."""
    return LedgerLine(PersonId(number), name, TeamId(1), TEAM, nights, 10, 3, 108_000, 2, 1, **more)  # type: ignore[arg-type]


LI = line(1, "Li Na 李娜", is_reader=True)
MEAN = LedgerLine(None, "", TeamId(1), TEAM, 15.5, 9.5, 2.5, 105_000, 1.5, 1.5)


def paper(*lines: LedgerLine, is_whole: bool = True) -> FairnessPaper:
    """The twelve months up to 16 April 2026."""
    by_measure = {"nights": 80, "weekends": 90, "holidays": 100, "hours": 98}
    ledger = Ledger(
        date(2025, 4, 17), date(2026, 4, 17), lines, (MEAN,) if lines else (), 92, is_whole, by_measure
    )
    return FairnessPaper(HEAD, ledger)


def text_of(data: FairnessPaper, texts: Texts) -> str:
    return all_text(render_fairness(data, texts))


def test_each_person_has_a_row_with_every_figure_and_the_mean_of_the_team(english: Texts) -> None:
    text = squeezed(text_of(paper(LI, line(2, "Sun Lei 孙磊", 11)), english))

    assert squeezed("Li Na 李娜 (you) 20 10 3 1,800 2 1") in text
    assert squeezed("Sun Lei 孙磊 11 10 3 1,800 2 1") in text
    assert squeezed("Mean 15.5 9.5 2.5 1,750 1.5 1.5") in text


def test_the_score_stands_above_with_its_measures_and_its_formula(english: Texts) -> None:
    text = squeezed(text_of(paper(LI), english))

    assert squeezed("Score 92 of 100") in text
    assert squeezed("Nights 80 of 100 Weekend days 90 of 100 Holidays 100 of 100 Hours worked 98") in text
    assert squeezed("the smaller figure divided by the larger") in text


def test_the_twelve_months_are_named_by_their_first_and_last_day(english: Texts) -> None:
    assert "17 April 2025 to 16 April 2026" in text_of(paper(LI), english)


def test_part_time_and_what_somebody_is_spared_stand_below_the_name(english: Texts) -> None:
    half = line(2, "Sun Lei", weight=0.5, spared=frozenset({"nights", "holidays"}))

    assert "50% of full time, no nights, no holidays" in text_of(paper(half), english)


def test_an_agents_own_paper_says_that_colleagues_are_a_mean_only(english: Texts) -> None:
    text = text_of(paper(LI, is_whole=False), english)

    assert "of colleagues only the mean is shown" in text


def test_a_score_that_cannot_be_is_a_dash(english: Texts) -> None:
    data = paper(LI)
    nobody = replace(data, ledger=replace(data.ledger, score=None, by_measure={}))

    assert squeezed("Score – of 100 Nights – of 100") in squeezed(text_of(nobody, english))


def test_an_empty_roster_is_told_and_draws_no_table(texts: Texts) -> None:
    text = squeezed(text_of(paper(), texts))

    assert squeezed(texts.gettext("The roster of the last 12 months is empty.")) in text
    assert squeezed(texts.gettext("What the figures mean")) not in text


def test_a_large_desk_runs_over_pages_with_the_headings_on_each(english: Texts) -> None:
    many = [line(number, f"Agent {number:03d}") for number in range(120)]

    content = render_fairness(paper(*many), english)

    assert len(page_texts(content)) > 3
    assert squeezed(all_text(content)).count(squeezed("Person Nights Weekend days")) > 3


def test_hostile_names_stay_text(english: Texts) -> None:
    lines = [line(number, payload) for number, payload in enumerate(PAYLOADS[:120])]

    assert foreign_content(render_fairness(paper(*lines), english)) == []


def test_the_same_ledger_gives_the_same_bytes(texts: Texts) -> None:
    assert render_fairness(paper(LI), texts) == render_fairness(paper(LI), texts)


def test_the_file_is_named_by_its_last_month() -> None:
    assert FAIRNESS.file_name(paper(LI)) == "fairness-2026-04.pdf"
