"""The settings file is written, taken in as a whole or not at all, and taken back, on both databases."""

from __future__ import annotations

import json

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation, StaleRecord
from app.models.entities.events import CatalogueChanged, PeopleChanged, RosterChanged, SettingsChanged
from app.models.entities.settings import ConfigKind
from app.models.entities.settings_file import EntryState, Section
from app.models.store import Operation, Store
from app.services.base.context import Context, console_actor
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.catalogue import commands as catalogue
from app.services.people.queries import roles, teams
from app.services.settings.commands import change_settings, save_config
from app.services.settings.queries import config_history, current_config, site_settings
from app.services.settings_file.commands import import_settings
from app.services.settings_file.queries import export_settings, plan_settings, preview_settings
from tests.report.payloads import PAYLOADS
from tests.support.factories import Make
from tests.support.hostile import fill
from tests.support.settings_file import category, changed, content_of, entry, only, rich_site
from tests.support.settings_site import only_with, sample_site
from tests.support.site import set_up_site
from tests.support.whatif_site import matrix_of


@pytest.fixture
def site(ctx, make):
    return rich_site(ctx, make)


@pytest.fixture
def elsewhere(databases, clock):
    """Another database, with nothing but an article of the same number."""
    url = databases.copy()
    store = Store(url)
    ctx = Context(store, clock, console_actor())
    Make(ctx).article(number=7)
    yield ctx
    store.release()
    databases.drop(url)


def take(ctx, body, *sections):
    preview = preview_settings(ctx, body)
    return import_settings(ctx, preview.document, sections=sections or None)


def told(plan, *states):
    wanted = states or (EntryState.ADDED, EntryState.CHANGED, EntryState.RETIRED, EntryState.REFUSED)
    return [
        (each.section.value, each.code, each.state.value) for each in plan.entries if each.state in wanted
    ]


# --- out and in again ------------------------------------------------------------------------------------


def test_what_was_exported_is_taken_in_without_a_change(site):
    plan = preview_settings(site, export_settings(site)).plan

    assert plan.is_empty
    assert plan.count(EntryState.UNCHANGED) == len(plan.entries) > 150


def test_an_import_of_nothing_new_says_so(site):
    with pytest.raises(RuleViolation) as refused:
        take(site, export_settings(site))

    assert refused.value.code == "settings_file.nothing"


def test_another_site_becomes_the_same_byte_for_byte(site, elsewhere):
    sample_site(elsewhere)
    body = export_settings(site)
    assert export_settings(elsewhere) != body

    take(elsewhere, body)

    assert export_settings(elsewhere) == body


def test_a_bare_site_takes_everything(site, elsewhere):
    """Whatever is in the file can be made where nothing is but matrix, SLA table and calendars."""
    set_up_site(elsewhere)
    body = export_settings(site)

    take(elsewhere, body)

    assert export_settings(elsewhere) == body


def test_a_types_own_matrix_goes_to_another_site_and_away_again(site, elsewhere):
    sample_site(elsewhere)
    without = export_settings(site)
    save_config(
        site, ConfigKind.MATRIX, "site", matrix_of(site, "request", (1, 1, 4)).to_dict(), expected_number=1
    )
    body = export_settings(site)
    assert '    "by_type": {\n      "request": [\n        [4, 1, 2],\n' in body.decode()

    take(elsewhere, body)
    assert export_settings(elsewhere) == body
    (line,) = [each for each in preview_settings(elsewhere, without).plan.of(Section.MATRIX)]
    take(elsewhere, without)

    assert line.changes == (("by_type › request", "4–1–2, 1–2–3, 2–3–3, 3–3–4", ""),)
    assert export_settings(elsewhere) == without


def test_one_cell_of_one_type_is_one_line_of_the_preview(site):
    save_config(
        site, ConfigKind.MATRIX, "site", matrix_of(site, "request", (1, 1, 4)).to_dict(), expected_number=1
    )
    body = changed(site, lambda content: content["matrix"]["by_type"]["request"][2].__setitem__(1, 5))

    (line,) = preview_settings(site, body).plan.of(Section.MATRIX)

    assert line.changes == (("by_type › request › 3 › 2", "3", "5"),)


def test_the_file_holds_no_ids_no_people_and_no_passwords(site, make):
    make.agent(name="Zhang Wei", login="zhangwei", email="zhang@example.org")

    text = export_settings(site).decode()

    assert "Zhang" not in text
    assert "_ids" not in text
    assert '"id"' not in text
    assert "zhang" not in text


def test_one_value_stands_on_a_line(site):
    lines = export_settings(site).decode().splitlines()

    assert '  "version": 1,' in lines
    assert "      [1, 1, 2]," in lines
    assert '          ["08:30", "12:00"],' in lines
    assert '        "2026-10-01": ["National Day", "国庆节"],' in lines or any(
        "国庆" in line for line in lines
    )


def test_hostile_texts_go_out_and_in_unchanged(site):
    fill(site, [text[:50] for text in PAYLOADS])
    body = export_settings(site)

    assert preview_settings(site, body).plan.is_empty


def test_hostile_texts_are_taken_in_as_they_are_written(site):
    rows = [
        {"code": f"H{number}", "name": "Hostile", "situation": "hold", "body": f"x{text}x"}
        for number, text in enumerate(PAYLOADS)
    ]
    body = only("scripts", rows)

    take(site, body)

    assert preview_settings(site, body).plan.is_empty
    assert preview_settings(site, export_settings(site)).plan.is_empty


# --- what is taken ---------------------------------------------------------------------------------------


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


def take_and_plan(ctx, body):
    preview = preview_settings(ctx, body)
    import_settings(ctx, preview.document, seen=preview.plan)
    return preview.plan


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


# --- back again ------------------------------------------------------------------------------------------


def test_an_import_is_taken_back_and_done_again(site):
    def change(content):
        content["settings"]["tickets.reopen_days"] = 9
        content["matrix"]["cells"][3][2] = 5
        content["categories"][0]["name"] = "Changed"
        content["categories"].append({"code": "SAT", "name": "Satellite"})
        content["cause_codes"].reverse()
        content["shifts"][0]["coverage"] = []
        content["roles"][0]["permissions"] = ["tickets.read"]

    before = export_settings(site)
    body = changed(site, change)
    outcome = take(site, body)
    after = export_settings(site)

    redo = outcome.undo.run()
    undone = json.loads(export_settings(site))
    assert entry(undone, "categories", "SAT")["is_active"] is False
    undone["categories"].remove(entry(undone, "categories", "SAT"))
    assert undone == json.loads(before)

    redo.undo.run()
    assert export_settings(site) == after
    assert outcome.undo.params == {"count": 6}


def test_nothing_is_taken_back_over_somebody_elses_change(site):
    outcome = take(site, only("settings", {"tickets.reopen_days": 9, "site.name": "Desk"}))
    versions = site_settings(site).versions
    change_settings(site, {"tickets.reopen_days": 11}, versions=versions)

    with pytest.raises(StaleRecord):
        outcome.undo.run()

    assert content_of(site)["settings"]["site.name"] == "Desk"


def test_a_new_calendar_alone_cannot_be_taken_back(site):
    outcome = take(site, only("calendars", [{"code": "x", "timezone": "UTC", "always_open": True}]))

    assert outcome.undo is None


def test_an_import_that_would_do_something_else_by_now_does_nothing(site):
    preview = preview_settings(site, only("settings", {"tickets.reopen_days": 9}))
    change_settings(site, {"tickets.reopen_days": 8}, versions=site_settings(site).versions)

    with pytest.raises(RuleViolation) as refused:
        import_settings(site, preview.document, seen=preview.plan)

    assert refused.value.code == "settings_file.outdated"
    assert content_of(site)["settings"]["tickets.reopen_days"] == 8


def test_a_document_saved_meanwhile_is_not_overwritten(site):
    preview = preview_settings(site, changed(site, lambda each: each["escalation"].update(storm_count=20)))
    rules = current_config(site, ConfigKind.ESCALATION, "site")
    body = {**rules.body, "storm_count": 30}
    save_config(site, ConfigKind.ESCALATION, "site", body, expected_number=rules.number)

    with pytest.raises(RuleViolation):
        import_settings(site, preview.document, seen=preview.plan)


# --- rights ----------------------------------------------------------------------------------------------


def test_roles_need_the_right_to_give_rights(site):
    editor = only_with(site, "settings.edit", "settings.read")
    body = only("roles", [{"code": "viewer", "permissions": ["access.manage"]}])

    with pytest.raises(NotAllowed) as refused:
        take(editor, body)

    assert refused.value.params["permission"] == "access.manage"
    assert preview_settings(editor, body).locked == {Section.ROLES: "access.manage"}


def test_teams_need_the_right_to_change_people(site):
    editor = only_with(site, "settings.edit", "settings.read")

    with pytest.raises(NotAllowed):
        take(editor, only("teams", [{"code": "first", "name": "Mine"}]))


def test_what_may_not_be_taken_is_no_obstacle_while_it_says_nothing_new(site):
    editor = only_with(site, "settings.edit", "settings.read", "transfer.export")

    take(editor, changed(site, lambda content: content["settings"].update({"tickets.reopen_days": 9})))

    assert content_of(site)["settings"]["tickets.reopen_days"] == 9


def test_an_undo_needs_the_same_rights(site):
    outcome = take(site, only("roles", [{"code": "viewer", "name": "Looker"}]))
    run = outcome.undo.run
    editor = only_with(site, "settings.edit")

    with pytest.raises(NotAllowed):
        run.func(editor, *run.args[1:], **run.keywords)


def test_exporting_needs_its_right(site):
    with pytest.raises(NotAllowed):
        export_settings(only_with(site, "settings.read"))


def test_nobody_locks_everybody_out(site, make):
    boss = make.agent(name="Boss")
    administrators = next(role for role in roles(site) if role.code == "administrator")
    _let_sign_in(site, boss.id, administrators.id)
    rows = [{"code": "administrator", "permissions": sorted(ALL_PERMISSIONS - {"access.manage"})}]

    with pytest.raises(RuleViolation) as refused:
        take(site, only("roles", rows))

    assert refused.value.code == "access.last_administrator"


def _let_sign_in(ctx, person_id, role_id):
    def body(tx):
        tx.execute("INSERT INTO person_role (person_id, role_id) VALUES (?, ?)", (person_id, role_id))
        tx.execute(
            "INSERT INTO credential (person_id, password_hash, failed_count, must_change, changed_at)"
            " VALUES (?, ?, 0, ?, 0)",
            (person_id, "x", False),
        )

    ctx.store.write(Operation("e" * 32, ctx.clock.now(), None, "tests"), body)


def test_a_category_of_an_own_version_is_changed_only_once(site):
    """Moving and renaming is one action on one row: its version grows by one."""
    before = category(site, "NET-LAN")
    take(site, only("categories", [{"code": "NET-LAN", "name": "Cable", "parent": "APP"}]))

    after = category(site, "NET-LAN")

    assert (after.name, after.version) == ("Cable", before.version + 1)
    catalogue.retire_category(site, after.id, version=after.version)
