"""The printed report on people."""

from __future__ import annotations

from dataclasses import replace

from app.models.entities.people_report import DepartmentLines, PeopleFigures, TeamLines
from app.services.base.texts import Texts
from app.services.reports.catalog import PEOPLE
from app.services.reports.pdf.fonts import has_glyph
from app.services.reports.people_page import render_people
from app.services.reports.people_words import DEFINITIONS
from tests.report.payloads import PAYLOADS
from tests.report.people_samples import FIRST, LAST, people_report, person
from tests.report.reading import all_text, foreign_content, page_texts, squeezed


def test_every_department_team_and_person_is_there(texts: Texts) -> None:
    text = all_text(render_people(people_report(), texts))

    for name in ("IT 信息部", "Operations", "First line 一线", "Network", "Li Na 李娜", "Zhao Min 赵敏"):
        assert name in text


def test_the_paper_says_month_and_how_far_it_counts(english: Texts) -> None:
    text = all_text(render_people(people_report(), english))

    assert "People, April 2026" in text
    assert "Counted up to 16 April 2026" in text


def test_a_line_holds_the_figures_of_a_person(english: Texts) -> None:
    text = squeezed(all_text(render_people(people_report(), english)))

    of_li_na = "Li Na 李娜 Hotline engineer 2 / 3 120 40 8 (25%) 90% 2.0 3 6 90.5 5 2 25 10 1 87 1.5"
    assert squeezed(of_li_na) in text


def test_departments_and_all_of_them_are_added_up(english: Texts) -> None:
    text = all_text(render_people(people_report(), english))

    assert "108 of 120 in time" in text
    assert "24 of 96 tickets" in text


def test_calls_per_agent_are_weighed_by_duty(english: Texts) -> None:
    text = all_text(render_people(people_report(), english))

    assert "Calls per agent" in text
    assert "91" in text
    assert "1.0 an hour on duty" in text


def test_who_joined_and_who_left_is_named_with_the_day(english: Texts) -> None:
    text = all_text(render_people(people_report(), english))

    assert "1 joined, 1 left" in text
    assert "Sun Lei 孙磊 · IT 信息部 · joined on 2 Apr" in text
    assert "Xu Bo 徐波 · IT 信息部 · last day 12 Apr" in text


def test_every_figure_is_explained(texts: Texts) -> None:
    text = squeezed(all_text(render_people(people_report(), texts)))

    assert [key for key, said in DEFINITIONS.items() if squeezed(texts.gettext(said)) not in text] == []


def test_what_stands_with_nobody_is_told(english: Texts) -> None:
    text = squeezed(all_text(render_people(people_report(), english)))

    assert squeezed("2 resolved tickets have neither assignee nor owner") in text
    assert squeezed("8 calls were answered in hours for which nobody was rostered") in text


def test_a_period_of_which_nothing_is_known_says_so(english: Texts) -> None:
    silent = DepartmentLines("IT", (TeamLines("First line", (person(1, "Li Na", PeopleFigures()),)),))

    text = all_text(
        render_people(replace(people_report(), departments=(silent,), calls=None, unassigned=0), english)
    )

    assert "Nothing is known of anybody in this period." in text
    assert "Worked on" not in text


def test_a_desk_without_people_says_so(english: Texts) -> None:
    text = all_text(render_people(replace(people_report(), departments=()), english))

    assert "Nobody works in a team of the desk yet." in text


def test_days_that_are_no_month_are_named_in_the_title_and_the_file(english: Texts) -> None:
    data = replace(people_report(), last=FIRST.replace(day=14))

    assert "People, 1 April 2026 – 14 April 2026" in all_text(render_people(data, english))
    assert PEOPLE.file_name(data) == "people-2026-04-01-2026-04-14.pdf"
    assert PEOPLE.file_name(replace(data, last=LAST)) == "people-2026-04.pdf"


def test_the_same_facts_give_the_same_bytes(texts: Texts) -> None:
    assert render_people(people_report(), texts) == render_people(people_report(), texts)


def test_hostile_names_stay_text(english: Texts) -> None:
    people = tuple(person(number, text, title=text) for number, text in enumerate(PAYLOADS[:60]))
    data = replace(
        people_report(),
        departments=tuple(
            DepartmentLines(text, (TeamLines(text, people),)) for text in ("<b>never closed", PAYLOADS[3])
        ),
    )

    pdf = render_people(data, english)

    assert foreign_content(pdf) == []
    assert "<b>never closed" in all_text(pdf)


def test_no_glyph_is_missing(texts: Texts) -> None:
    text = all_text(render_people(people_report(), texts))

    assert {character for character in text if not character.isspace() and not has_glyph(character)} == set()


def test_a_large_team_goes_over_pages_with_its_headings(english: Texts) -> None:
    people = tuple(person(number, f"Engineer {number}") for number in range(120))
    data = replace(people_report(), departments=(DepartmentLines("IT", (TeamLines("First line", people),)),))

    pages = page_texts(render_people(data, english))

    assert "Engineer 119" in "\n".join(pages)
    assert [number for number, page in enumerate(pages) if "Worked on" not in page] == []
