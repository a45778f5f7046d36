"""The printed roster as it hangs on the wall."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from app.models.entities.calendars import DayType
from app.models.entities.reports import PaperSize, RosterDay, RosterGroup, RosterMonth, RosterPerson
from app.services.base.resources import resource_path
from app.services.base.texts import Texts
from app.services.reports.pdf.fonts import has_glyph
from app.services.reports.pdf.styles import TONES
from app.services.reports.roster_page import render_roster_month
from tests.report.reading import all_text, page_texts, squeezed
from tests.report.samples import roster_month


def large(*, people: int, teams: int) -> RosterMonth:
    """October 2026 with so many people: a holiday, a day in lieu and a worked Saturday."""
    kinds = {1: DayType.HOLIDAY, 5: DayType.DAY_OFF_IN_LIEU, 10: DayType.MAKE_UP_WORKDAY}
    data = roster_month()
    days = tuple(
        RosterDay(date(2026, 10, number), kinds.get(number, DayType.WORKDAY)) for number in range(1, 32)
    )
    codes = (*data.groups[0].people[0].codes, "D")
    groups = tuple(
        RosterGroup(
            f"Team {team}", tuple(RosterPerson(f"人员 {n}", codes, 160) for n in range(people // teams))
        )
        for team in range(teams)
    )
    coverage = tuple(replace(line, days=(*line.days, line.days[0])) for line in data.coverage)
    return replace(data, days=days, groups=groups, coverage=coverage)


def page_size(pdf: bytes) -> tuple[int, int]:
    """Width and height of the first page in points."""
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)
    assert box is not None
    return round(float(box[1])), round(float(box[2]))


def test_a_desk_of_fifteen_fits_on_one_landscape_page(texts: Texts) -> None:
    pdf = render_roster_month(roster_month(), texts)

    assert len(page_texts(pdf)) == 1


def test_everybody_stands_with_their_codes_and_hours(english: Texts) -> None:
    text = all_text(render_roster_month(roster_month(), english))

    for group in roster_month().groups:
        assert group.name in text
        for person in group.people:
            assert person.name in text
    assert len(re.findall(r"^N$", text, re.MULTILINE)) >= 50
    assert "272" in text


def test_a_gap_shows_how_many_of_how_many(english: Texts) -> None:
    text = all_text(render_roster_month(roster_month(), english))

    assert text.count("1/2") == 2


def test_the_legend_explains_every_code(english: Texts) -> None:
    text = all_text(render_roster_month(roster_month(), english))

    for entry in roster_month().legend:
        assert f"{entry.name} {entry.hours}".strip() in text


def test_a_changed_roster_says_that_it_is_a_draft(english: Texts) -> None:
    text = all_text(render_roster_month(roster_month(), english))

    assert "Draft 3, changed since it was published on 28 March 2026" in text


def test_a_published_roster_says_since_when(chinese: Texts) -> None:
    text = all_text(render_roster_month(replace(roster_month(), draft=0), chinese))

    assert squeezed("发布于 2026年3月28日") in squeezed(text)


def test_a_roster_never_published_is_a_draft(english: Texts) -> None:
    text = all_text(render_roster_month(replace(roster_month(), published_at=None), english))

    assert "Draft, not published" in text


def test_holidays_are_named_once_per_run(chinese: Texts) -> None:
    text = squeezed(all_text(render_roster_month(roster_month(), chinese)))

    assert "4月4日–4月6日:清明节" in text


def test_the_same_data_give_the_same_bytes(texts: Texts) -> None:
    assert render_roster_month(roster_month(), texts) == render_roster_month(roster_month(), texts)


def test_every_character_on_paper_exists_in_the_embedded_font(texts: Texts) -> None:
    text = all_text(render_roster_month(roster_month(), texts))

    assert {character for character in text if not character.isspace() and not has_glyph(character)} == set()


def test_a_large_desk_goes_on_with_days_on_top_and_no_team_name_at_the_foot(english: Texts) -> None:
    data = roster_month()
    codes = data.groups[0].people[0].codes
    groups = tuple(
        RosterGroup(f"Team {team}", tuple(RosterPerson(f"Person {team}-{n}", codes, 160) for n in range(6)))
        for team in range(12)
    )

    pages = page_texts(render_roster_month(replace(data, groups=groups), english))

    assert len(pages) >= 3
    assert [page for page in pages if "Wed" not in page] == []
    assert [page for page in pages if re.search(r"Team \d+\s+(Huaxin|Apr)", page)] == []


def test_a_desk_a_little_too_large_is_set_closer_instead_of_a_second_page(english: Texts) -> None:
    data = roster_month()
    codes = data.groups[0].people[0].codes
    more = RosterGroup("Third line", tuple(RosterPerson(f"Person {n}", codes, 160) for n in range(5)))

    assert len(page_texts(render_roster_month(replace(data, groups=(*data.groups, more)), english))) == 1


def test_the_shifts_somebody_leads_are_underlined(english: Texts) -> None:
    data = roster_month()
    group = data.groups[0]
    leader = replace(group.people[0], leads=frozenset({0}))
    led = replace(data, groups=(replace(group, people=(leader, *group.people[1:])), *data.groups[1:]))

    assert render_roster_month(led, english) != render_roster_month(data, english)
    assert "shift underlined" in " ".join(all_text(render_roster_month(led, english)).split())


def test_half_hours_are_written(english: Texts) -> None:
    data = roster_month()
    person = replace(data.groups[0].people[0], hours=167.5)

    text = all_text(render_roster_month(replace(data, groups=(RosterGroup("One", (person,)),)), english))

    assert "167.5" in text


def test_forty_people_and_a_month_of_thirty_one_days_fit_on_one_a3_sheet(texts: Texts) -> None:
    data = replace(large(people=40, teams=4), paper=PaperSize.A3)

    pdf = render_roster_month(data, texts)

    assert len(page_texts(pdf)) == 1
    assert page_size(pdf) == (1191, 842)


def test_forty_people_on_a4_go_on_with_days_and_the_draft_on_top(english: Texts) -> None:
    pages = page_texts(render_roster_month(large(people=40, teams=4), english))

    assert len(pages) == 2
    assert [page for page in pages if "DRAFT 3" not in page or "Thu" not in page] == []
    assert pages[1].count("Team 1") == 1  # its people go on there


def test_a_draft_is_stamped_and_what_was_published_is_not(english: Texts) -> None:
    draft = all_text(render_roster_month(replace(roster_month(), changes=7), english))
    published = all_text(render_roster_month(replace(roster_month(), draft=0, version=2), english))

    assert "7 shifts are otherwise" in draft
    assert "DRAFT 3" in draft
    assert "Version 2" in published
    assert "DRAFT" not in published


def test_every_kind_of_shift_has_a_shape_of_its_own_without_colour() -> None:
    shapes = {
        (bool(tone.ground), bool(tone.outline), tone.is_dashed, tone.weight, tone.is_cut, tone.is_struck)
        for tone in TONES.values()
    }

    assert len(shapes) == len(TONES)


def test_moved_workdays_have_a_word_below_the_date(texts: Texts) -> None:
    data = large(people=4, teams=1)

    text = all_text(render_roster_month(data, texts))

    assert texts.pgettext("below a date", "Work") in text
    assert texts.gettext("make-up workday") in text


def test_an_empty_roster_still_prints(texts: Texts) -> None:
    assert render_roster_month(replace(roster_month(), groups=(), coverage=(), legend=()), texts)


def test_a_roster_without_days_is_refused(english: Texts) -> None:
    with pytest.raises(ValueError, match="at least one day"):
        render_roster_month(replace(roster_month(), days=()), english)


def test_every_shift_shipped_has_its_own_look_in_print() -> None:
    shipped = json.loads(resource_path("defaults", "shifts.json").read_text(encoding="utf-8"))

    assert {shift["tone"] for shift in shipped["shift_templates"]} <= TONES.keys()
