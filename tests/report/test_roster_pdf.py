"""The printed roster as it hangs on the wall."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from app.models.entities.reports import RosterGroup, RosterPerson
from app.services.base.resources import resource_path
from app.services.base.texts import Texts
from app.services.reports.pdf.fonts import has_glyph
from app.services.reports.pdf.styles import TONES
from app.services.reports.roster_page import render_roster_month
from tests.report.reading import all_text, page_texts, squeezed
from tests.report.samples import roster_month


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


def test_an_empty_roster_still_prints(texts: Texts) -> None:
    assert render_roster_month(replace(roster_month(), groups=(), coverage=(), legend=()), texts)


def test_a_roster_without_days_is_refused(english: Texts) -> None:
    with pytest.raises(ValueError, match="at least one day"):
        render_roster_month(replace(roster_month(), days=()), english)


def test_every_shift_shipped_has_its_own_look_in_print() -> None:
    shipped = json.loads(resource_path("defaults", "shifts.json").read_text(encoding="utf-8"))

    assert {shift["tone"] for shift in shipped["shift_templates"]} <= TONES.keys()
