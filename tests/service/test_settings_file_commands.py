"""The settings file is written and taken in as a whole or not at all, and taken back, on both databases."""

from __future__ import annotations

import json

import pytest

from app.models.entities.errors import RuleViolation, StaleRecord
from app.models.entities.settings import ConfigKind
from app.models.entities.settings_file import EntryState, Section
from app.models.store import Store
from app.services.base.context import Context, console_actor
from app.services.settings.commands import change_settings, save_config
from app.services.settings.queries import current_config, site_settings
from app.services.settings_file.commands import import_settings
from app.services.settings_file.queries import export_settings, preview_settings
from tests.report.payloads import PAYLOADS
from tests.support.factories import Make
from tests.support.hostile import fill
from tests.support.settings_file import (
    changed,
    content_of,
    entry,
    only,
    rich_site,
    take,
)
from tests.support.settings_site import sample_site
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
