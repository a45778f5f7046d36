"""What is taken in from a settings file: sections, documents, entries, their order and their links."""

from __future__ import annotations

import json

import pytest

from app.models.entities.events import CatalogueChanged, PeopleChanged, RosterChanged, SettingsChanged
from app.models.entities.settings import ConfigKind
from app.models.entities.settings_file import EntryState, Section
from app.services.catalogue import commands as catalogue
from app.services.people.queries import teams
from app.services.settings.queries import config_history, current_config
from app.services.settings_file.queries import plan_settings, preview_settings
from tests.support.settings_file import (
    category,
    changed,
    content_of,
    entry,
    only,
    rich_site,
    take,
    take_and_plan,
    told,
)


@pytest.fixture
def site(ctx, make):
    return rich_site(ctx, make)


def test_what_is_not_in_the_file_stays(site):
    before = content_of(site)

    take(site, only("teams", [{"code": "first", "name": "Hotline"}]))

    after = content_of(site)
    assert entry(after, "teams", "first") == {**entry(before, "teams", "first"), "name": "Hotline"}
    after["teams"] = before["teams"]
    assert after == before


def test_every_section_is_taken(site):
    def change(content):
        content["settings"]["tickets.reopen_days"] = 9
        content["matrix"]["cells"][3][2] = 5
        content["sla"]["policies"][0]["name"] = "All incidents"
        content["escalation"]["storm_count"] = 20
        content["roster_rules"]["full_time_hours"] = 38
        content["calendars"].append({"code": "night", "timezone": "Asia/Shanghai", "always_open": True})
        for section in ("waiting_reasons", "cause_codes", "resolution_codes", "scripts", "services"):
            content[section][0]["name"] = "Changed"
        for section in ("categories", "shifts", "teams", "roles"):
            content[section][0]["name"] = "Changed"
        for section in ("skills", "patterns", "crews", "shift_checks"):
            content[section][0]["name"] = "Changed"

    body = changed(site, change)
    plan = preview_settings(site, body).plan
    take(site, body)

    assert {each.section for each in plan.entries if each.state is not EntryState.UNCHANGED} == set(Section)
    assert preview_settings(site, body).plan.is_empty


def test_a_document_gets_a_new_version_and_keeps_its_history(site):
    body = changed(site, lambda content: content["matrix"]["cells"][0].__setitem__(2, 1))

    take(site, body)

    history = config_history(site, ConfigKind.MATRIX, "site")
    assert [version.number for version in history] == [2, 1]
    assert len(config_history(site, ConfigKind.SLA, "site")) == 2


def test_new_entries_name_one_another(site):
    """A new team takes a new category below a new one, which the SLA table names."""

    def change(content):
        content["teams"].append({"code": "sat", "name": "Satellites"})
        content["categories"] += [
            {"code": "SAT-1", "name": "Dish", "parent": "SAT", "teams": {"2": "sat"}},
            {"code": "SAT", "name": "Satellite", "default_team": "sat"},
        ]
        content["sla"]["policies"][0]["categories"] = ["SAT-1"]

    take(site, changed(site, change))

    dish = category(site, "SAT-1")
    table = current_config(site, ConfigKind.SLA, "site").body
    assert dish.parent_id == category(site, "SAT").id
    assert table["policies"][0]["category_ids"] == [dish.id]
    team = next(each for each in teams(site) if each.details.code == "sat")
    assert dish.details.line_teams == ((2, team.id),)


def test_an_entry_is_retired_only_by_saying_so(site):
    plan = take_and_plan(site, only("scripts", [{"code": "greeting", "is_active": False}]))

    assert told(plan) == [("scripts", "greeting", "retired")]
    assert entry(content_of(site), "scripts", "greeting")["is_active"] is False


def test_the_order_of_the_file_becomes_that_of_the_list(site):
    def change(content):
        content["cause_codes"].reverse()
        content["cause_codes"].insert(1, {"code": "new", "name": "New"})

    body = changed(site, change)
    plan = preview_settings(site, body).plan
    wanted = [each["code"] for each in json.loads(body)["cause_codes"]]

    take(site, body)

    assert ("cause_codes", "", "changed") in told(plan)
    assert [each["code"] for each in content_of(site)["cause_codes"]] == wanted


def test_siblings_of_a_category_change_places(site):
    def change(content):
        rows = content["categories"]
        at = [place for place, row in enumerate(rows) if row["parent"] == "NET"]
        rows[at[0]], rows[at[1]] = rows[at[1]], rows[at[0]]

    body = changed(site, change)
    wanted = [each["code"] for each in json.loads(body)["categories"] if each["parent"] == "NET"]
    take(site, body)

    found = [each["code"] for each in content_of(site)["categories"] if each["parent"] == "NET"]
    assert found == wanted


def test_only_the_chosen_sections_are_taken(site):
    def change(content):
        content["teams"][0]["name"] = "Hotline"
        content["settings"]["tickets.reopen_days"] = 9

    take(site, changed(site, change), Section.SETTINGS)

    content = content_of(site)
    assert content["settings"]["tickets.reopen_days"] == 9
    assert content["teams"][0]["name"] != "Hotline"


def test_what_is_named_must_be_chosen_too(site):
    def change(content):
        content["teams"].append({"code": "sat", "name": "Satellites"})
        content["services"][0]["owner_team"] = "sat"

    document = preview_settings(site, changed(site, change)).document

    plan = plan_settings(site, document, [Section.SERVICES])

    assert [each.refusal.code for each in plan.refused] == ["settings_file.reference_missing"]


def test_links_to_articles_that_are_not_here_are_left_out_and_told(site):
    rows = [{"code": "NET-LAN", "articles": [7, 8]}]

    plan = take_and_plan(site, only("categories", rows))

    assert [each.remark.params for each in plan.entries] == [{"articles": ["KB-0008"]}]
    assert entry(content_of(site), "categories", "NET-LAN")["articles"] == [7]


def test_a_role_is_given_its_rights(site):
    rows = [{"code": "night", "name": "Night", "permissions": ["tickets.read"]}]

    take(site, only("roles", rows))

    assert entry(content_of(site), "roles", "night")["permissions"] == ["tickets.read"]


def test_pages_hear_of_what_was_imported(site, announced):
    def change(content):
        for section in ("teams", "services", "shifts", "scripts"):
            content[section][0]["name"] = "Changed"

    body = changed(site, change)
    announced.clear()

    take(site, body)

    kinds = {CatalogueChanged, PeopleChanged, RosterChanged, SettingsChanged}
    assert {type(event) for event in announced} == kinds


def test_a_category_of_an_own_version_is_changed_only_once(site):
    """Moving and renaming is one action on one row: its version grows by one."""
    before = category(site, "NET-LAN")
    take(site, only("categories", [{"code": "NET-LAN", "name": "Cable", "parent": "APP"}]))

    after = category(site, "NET-LAN")

    assert (after.name, after.version) == ("Cable", before.version + 1)
    catalogue.retire_category(site, after.id, version=after.version)
