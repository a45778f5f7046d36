"""Crews, patterns, skills and what shifts need of them in the settings file, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.models.entities.errors import NotAllowed
from app.models.entities.settings_file import EntryState, Section
from app.services.roster import crew_queries, skill_queries, template_queries
from app.services.settings_file.commands import import_settings
from app.services.settings_file.queries import export_settings, preview_settings
from tests.support.settings_file import changed, content_of, entry, rich_site
from tests.support.settings_site import only_with


@pytest.fixture
def site(ctx, make):
    return rich_site(ctx, make)


def take(ctx, body):
    return import_settings(ctx, preview_settings(ctx, body).document)


def refusals(ctx, body):
    return [(each.section, each.code, each.refusal.code) for each in preview_settings(ctx, body).plan.refused]


def test_a_pattern_stands_on_one_line_with_its_days_off(site):
    assert '"cells": ["D", "N", "", ""]' in export_settings(site).decode()


def test_a_shift_tells_the_skills_it_needs_by_code(site):
    (need,) = content_of(site)["shifts"][0]["skills"]

    assert need == {"skill": "telephone", "level": "expert", "day_type": "", "minimum": 1}


def test_a_pattern_a_skill_and_a_shift_that_needs_it_are_taken_together(site):
    def change(content):
        content["skills"].append({"code": "mail", "name": "Mail"})
        entry(content, "shifts", "N")["skills"] = [{"skill": "mail", "minimum": 2}]
        content["patterns"].append({"code": "nights", "name": "Nights", "cells": ["N", "N", ""]})

    body = changed(site, change)
    done = take(site, body)
    mail = next(each for each in skill_queries.skills(site) if each.code == "mail")
    night = next(each for each in template_queries.shifts(site) if each.template.code == "N")
    patterns = {each.code: each.cells for each in crew_queries.patterns(site)}
    done.undo.run()

    assert [(need.skill_id, need.minimum) for need in night.skills] == [(mail.id, 2)]
    assert patterns["nights"] == ("N", "N", "")
    assert "nights" not in {each.code for each in crew_queries.patterns(site)}


def test_a_shift_the_file_retires_ends_as_one_retired_by_hand(site):
    body = changed(site, lambda content: entry(content, "shifts", "N").update(is_active=False))

    done = take(site, body)
    night = next(each for each in template_queries.shifts(site) if each.template.code == "N")
    again = preview_settings(site, body).plan
    done.undo.run()

    yesterday = site.clock.now().date() - timedelta(days=1)
    assert (night.is_active, night.template.last_date) == (False, yesterday)
    assert all(each.state is EntryState.UNCHANGED for each in again.of(Section.SHIFTS))
    restored = next(each for each in template_queries.shifts(site) if each.template.code == "N")
    assert (restored.is_active, restored.template.last_date) == (True, None)


def test_the_dates_of_a_shift_are_part_of_the_file(site):
    def change(content):
        entry(content, "shifts", "N").update(first_date="2026-12-01", last_date="2027-01-31", is_active=False)

    take(site, changed(site, change))

    assert '"first_date": "2026-12-01"' in export_settings(site).decode()
    night = next(each for each in template_queries.shifts(site) if each.template.code == "N")
    assert (night.template.first_date, night.template.last_date) == (date(2026, 12, 1), date(2027, 1, 31))


def test_another_row_of_shifts_is_told_as_a_whole(site):
    body = changed(
        site, lambda content: entry(content, "patterns", "four-crews").update(cells=["D", "D", "N", "", ""])
    )

    (line,) = [
        each
        for each in preview_settings(site, body).plan.of(Section.PATTERNS)
        if each.state is EntryState.CHANGED
    ]

    assert [where for where, _before, _after in line.changes] == ["cells"]
    assert line.changes[0][2].startswith("D, D, N")


@pytest.mark.parametrize(
    ("section", "code", "fields", "refusal"),
    [
        ("patterns", "four-crews", {"cells": ["D", "X"]}, "settings_file.reference_missing"),
        ("patterns", "four-crews", {"cells": ["", ""]}, "roster.pattern_empty"),
        ("patterns", "four-crews", {"cells": ["D"] * 85}, "settings_file.number_range"),
        ("patterns", "four-crews", {"cells": "D N"}, "settings_file.no_list"),
        ("shifts", "D", {"skills": [{"skill": "gone"}]}, "settings_file.reference_missing"),
        ("shifts", "D", {"skills": [{"minimum": 1}]}, "settings_file.reference_missing"),
        ("shifts", "V", {"skills": [{"skill": "telephone"}]}, "settings_file.coverage_idle"),
        ("shifts", "D", {"first_date": "2026-02-30"}, "settings_file.date_bad"),
        ("shifts", "D", {"last_date": "1.12.2026"}, "settings_file.date_bad"),
        ("crews", "1", {"name": ""}, "settings.name_missing"),
        ("shift_checks", "POWER", {"moment": "never"}, "settings_file.choice_unknown"),
    ],
)
def test_what_cannot_be_is_refused(site, section, code, fields, refusal):
    def change(content):
        if section == "shift_checks":
            content[section][0].update(fields)
        else:
            entry(content, section, code).update(fields)

    found = refusals(site, changed(site, change))

    assert [each[2] for each in found] == [refusal]


def test_crews_are_taken_only_by_who_may_plan(site):
    body = changed(site, lambda content: entry(content, "crews", "1").update(name="First"))
    settler = only_with(site, "settings.edit", "settings.read")

    with pytest.raises(NotAllowed):
        take(settler, body)
