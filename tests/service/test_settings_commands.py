"""Site values, versioned documents, reasons, codes and scripts: changed, refused and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.errors import BadInput, NotAllowed, NotFound, StaleRecord
from app.models.entities.events import Event, SettingsChanged
from app.models.entities.ids import ConfigId, ReasonId
from app.models.entities.settings import CodeKind, ConfigKind, ReasonDetails, ScriptDetails, Situation
from app.models.entities.tickets import WaitingKind
from app.models.store import Operation
from app.services.base.clock import FixedClock
from app.services.base.context import Actor, Context
from app.services.settings import commands, declared, queries
from tests.support.site import set_up_site

OFFICE = {"timezone": "Asia/Shanghai", "hours": {"mon": [["09:00", "17:00"]]}}
LONGER = {"timezone": "Asia/Shanghai", "hours": {"mon": [["08:00", "20:00"]]}}


# --- site values -----------------------------------------------------------------------------------


def test_an_untouched_site_has_the_declared_values(ctx: Context) -> None:
    values = queries.site_settings(ctx)

    assert values[declared.DESK_PHONE] == "1818"
    assert values[declared.REOPEN_DAYS] == 5
    assert values.broken == ()


def test_a_changed_value_is_kept_and_announced(ctx: Context, announced: list[Event]) -> None:
    commands.change_settings(ctx, {"site.name": "  Harbour IT "}, versions={})

    values = queries.site_settings(ctx)
    assert values[declared.SITE_NAME] == "Harbour IT"
    assert values.version_of(declared.SITE_NAME) == 1
    assert announced == [SettingsChanged()]


def test_several_values_are_taken_back_together(ctx: Context) -> None:
    changed = commands.change_settings(ctx, {"site.name": "Harbour", "tickets.reopen_days": 9}, versions={})

    redo = changed.undo.run()
    assert queries.site_settings(ctx)[declared.REOPEN_DAYS] == 5

    redo.undo.run()
    assert queries.site_settings(ctx)[declared.SITE_NAME] == "Harbour"


def test_the_second_writer_of_a_value_is_refused(ctx: Context) -> None:
    commands.change_settings(ctx, {"site.name": "Mine"}, versions={})

    with pytest.raises(StaleRecord) as stale:
        commands.change_settings(ctx, {"site.name": "Theirs"}, versions={})

    assert stale.value.params["name"] == "site.name"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("tickets.reopen_days", 91, "settings.out_of_range"),
        ("tickets.reopen_days", "5", "settings.wrong_type"),
        ("tickets.reopen_days", True, "settings.wrong_type"),
        ("site.name", "", "settings.text_missing"),
        ("site.name", "x" * 81, "settings.text_too_long"),
        ("site.language", "fr", "settings.not_a_choice"),
        ("site.timezone", "Mars/Olympus", "calendar.zone_unknown"),
        ("site.country", "cn", "settings.country_bad"),
        ("site.colour", "red", "settings.unknown"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(ctx: Context, name: str, value: object, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        commands.change_settings(ctx, {"site.desk_phone": "1919", name: value}, versions={})

    assert refused.value.code == code
    assert queries.site_settings(ctx)[declared.DESK_PHONE] == "1818"


@pytest.mark.parametrize("stored", ["not json", '"many"', "-1"])
def test_a_broken_stored_value_falls_back_and_is_reported(ctx: Context, stored: str) -> None:
    ctx.store.write(
        Operation("b" * 32, ctx.clock.now(), None, "tests"),
        lambda tx: tx.execute(
            "INSERT INTO setting (key, value, version) VALUES (?, ?, 1)", ("tickets.reopen_days", stored)
        ),
    )

    values = queries.site_settings(ctx)

    assert values[declared.REOPEN_DAYS] == 5
    assert [broken.name for broken in values.broken] == ["tickets.reopen_days"]


def test_who_may_not_edit_settings_is_refused(ctx: Context) -> None:
    agent = ctx.acting_as(Actor(None, "agent", frozenset({"tickets.read"}), "pc"))

    with pytest.raises(NotAllowed):
        commands.change_settings(agent, {"site.name": "Mine"}, versions={})


# --- documents -------------------------------------------------------------------------------------


def test_a_document_keeps_every_version(ctx: Context, clock: FixedClock) -> None:
    commands.save_config(ctx, ConfigKind.CALENDAR, "office", OFFICE, expected_number=0)
    clock.advance(timedelta(days=1))
    saved = commands.save_config(ctx, ConfigKind.CALENDAR, "office", LONGER, expected_number=1, note="summer")

    history = queries.config_history(ctx, ConfigKind.CALENDAR, "office")
    assert [(version.number, version.note) for version in history] == [(2, "summer"), (1, "")]
    assert history[0].at == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert queries.config_by_id(ctx, ConfigId(saved.id)).body == LONGER
    assert queries.current_config(ctx, ConfigKind.CALENDAR, "office").number == 2


def test_the_second_editor_of_a_document_is_refused(ctx: Context) -> None:
    commands.save_config(ctx, ConfigKind.CALENDAR, "office", OFFICE, expected_number=0)

    with pytest.raises(StaleRecord) as stale:
        commands.save_config(ctx, ConfigKind.CALENDAR, "office", LONGER, expected_number=0)

    assert stale.value.params["number"] == 1


def test_taking_back_a_document_adds_the_earlier_text_as_a_version(ctx: Context) -> None:
    commands.save_config(ctx, ConfigKind.CALENDAR, "office", OFFICE, expected_number=0)
    saved = commands.save_config(ctx, ConfigKind.CALENDAR, "office", LONGER, expected_number=1)

    undone = saved.undo.run()
    assert queries.current_config(ctx, ConfigKind.CALENDAR, "office").body == OFFICE
    assert undone.version == 3

    undone.undo.run()
    assert queries.current_config(ctx, ConfigKind.CALENDAR, "office").body == LONGER


def test_a_version_that_never_was_cannot_be_restored(ctx: Context) -> None:
    commands.save_config(ctx, ConfigKind.CALENDAR, "office", OFFICE, expected_number=0)

    with pytest.raises(NotFound):
        commands.restore_config(ctx, ConfigKind.CALENDAR, "office", 7, expected_number=1)


def test_the_newest_version_of_every_calendar_is_listed(ctx: Context) -> None:
    commands.save_config(ctx, ConfigKind.CALENDAR, "office", OFFICE, expected_number=0)
    commands.save_config(ctx, ConfigKind.CALENDAR, "office", LONGER, expected_number=1)
    commands.save_config(
        ctx, ConfigKind.CALENDAR, "always", {"timezone": "UTC", "always_open": True}, expected_number=0
    )

    listed = queries.current_configs(ctx, ConfigKind.CALENDAR)

    assert [(version.code, version.number) for version in listed] == [("always", 1), ("office", 2)]


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        (ConfigKind.CALENDAR, {"timezone": "Nowhere"}, "calendar.zone_unknown"),
        (ConfigKind.MATRIX, {}, "priority.cells_empty"),
        (
            ConfigKind.MATRIX,
            {
                "impacts": [{"level": 1, "name": "a"}],
                "urgencies": [{"level": 1, "name": "a"}],
                "cells": [[9]],
            },
            "priority.out_of_range",
        ),
        (ConfigKind.SLA, {"policies": []}, "sla.no_policy"),
        (
            ConfigKind.SLA,
            {
                "policies": [
                    {"code": "p", "targets": [{"priority": 1, "calendar": "moon", "response": "1 h"}]}
                ]
            },
            "sla.calendar_unknown",
        ),
    ],
)
def test_a_document_nobody_could_work_by_is_refused(
    ctx: Context, kind: ConfigKind, body: dict[str, object], code: str
) -> None:
    set_up_site(ctx)

    with pytest.raises(BadInput) as refused:
        commands.save_config(ctx, kind, "site", body, expected_number=1)

    assert refused.value.code == code


# --- lists -----------------------------------------------------------------------------------------

AWAY = ReasonDetails(WaitingKind.USER, "away", "User is away", "用户不在", longest="5 d")


def test_a_waiting_reason_is_added_changed_and_taken_back(ctx: Context) -> None:
    reason_id = ReasonId(commands.add_waiting_reason(ctx, AWAY).id)
    longer = ReasonDetails(WaitingKind.USER, "away", "User is away", "用户不在", longest="9 d")
    changed = commands.edit_waiting_reason(ctx, reason_id, longer, version=1)

    changed.undo.run()

    (reason,) = queries.waiting_reasons(ctx)
    assert (reason.details, reason.version) == (AWAY, 3)


def test_after_how_many_follow_ups_a_reason_resolves_is_stored_and_taken_back(ctx: Context) -> None:
    asked = replace(AWAY, follow_up_every="1 d", auto_resolve_after=2)
    reason_id = ReasonId(commands.add_waiting_reason(ctx, asked).id)
    changed = commands.edit_waiting_reason(ctx, reason_id, replace(asked, auto_resolve_after=5), version=1)
    stored = queries.waiting_reasons(ctx)[0].details.auto_resolve_after

    changed.undo.run()

    assert (stored, queries.waiting_reasons(ctx)[0].details) == (5, asked)


@pytest.mark.parametrize("name", ["longest", "follow_up_every"])
def test_a_period_that_is_refused_names_its_field(ctx: Context, name: str) -> None:
    with pytest.raises(BadInput) as refused:
        commands.add_waiting_reason(ctx, replace(AWAY, **{name: "soon"}))

    assert refused.value.params["input"] == name


def test_a_retired_reason_is_offered_no_more_until_taken_back(ctx: Context) -> None:
    reason_id = ReasonId(commands.add_waiting_reason(ctx, AWAY).id)
    retired = commands.retire_waiting_reason(ctx, reason_id, version=1)

    assert queries.waiting_reasons(ctx) == []
    retired.undo.run()
    assert [reason.details.code for reason in queries.waiting_reasons(ctx)] == ["away"]


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (ReasonDetails(WaitingKind.USER, "", "Nameless"), "settings.code_missing"),
        (ReasonDetails(WaitingKind.USER, "x", ""), "settings.name_missing"),
        (ReasonDetails(WaitingKind.USER, "x", "X", longest="soon"), "duration.unreadable"),
        (ReasonDetails(WaitingKind.USER, "x", "X", longest="0 min"), "settings.period_zero"),
        (ReasonDetails(WaitingKind.USER, "x", "X", follow_up_every="0 h"), "settings.period_zero"),
        (ReasonDetails(WaitingKind.USER, "x", "X", auto_resolve_after=2), "settings.no_follow_ups"),
        (
            ReasonDetails(WaitingKind.USER, "x", "X", follow_up_every="1 d", auto_resolve_after=100),
            "settings.follow_ups_range",
        ),
        (
            ReasonDetails(WaitingKind.USER, "x", "X", follow_up_every="1 d", auto_resolve_after=-1),
            "settings.follow_ups_range",
        ),
        (ReasonDetails(WaitingKind.USER, "away", "Again"), "settings.code_taken"),
    ],
)
def test_a_reason_that_makes_no_sense_is_refused(ctx: Context, details: ReasonDetails, code: str) -> None:
    commands.add_waiting_reason(ctx, AWAY)

    with pytest.raises(BadInput) as refused:
        commands.add_waiting_reason(ctx, details)

    assert refused.value.code == code


def test_codes_of_different_lists_may_be_alike(ctx: Context) -> None:
    commands.add_code_item(ctx, CodeKind.CAUSE, code="none", name="No fault")
    commands.add_code_item(ctx, CodeKind.RESOLUTION, code="none", name="Nothing done")

    assert [item.name for item in queries.code_items(ctx, CodeKind.CAUSE)] == ["No fault"]


def test_a_code_is_renamed_and_retired_and_both_are_taken_back(ctx: Context) -> None:
    item_id = commands.add_code_item(ctx, CodeKind.CAUSE, code="none", name="No fault").id
    renamed = commands.rename_code_item(ctx, item_id, version=1, name="Nothing found", name_alt="未发现")
    retired = commands.set_code_item_active(ctx, item_id, version=2, is_active=False)

    assert queries.code_items(ctx, CodeKind.CAUSE) == []
    retired.undo.run()
    assert [item.name_alt for item in queries.code_items(ctx, CodeKind.CAUSE)] == ["未发现"]
    with pytest.raises(StaleRecord):
        renamed.undo.run()


def test_a_script_is_edited_retired_and_taken_back(ctx: Context) -> None:
    hello = ScriptDetails("hello", Situation.GREETING, "Hello", "您好", "Hello, {{ agent }} here", "您好")
    script_id = commands.add_script(ctx, hello).id
    edited = ScriptDetails("hello", Situation.GREETING, "Hello", "您好", "Good day", "您好")
    commands.edit_script(ctx, script_id, edited, version=1).undo.run()
    commands.set_script_active(ctx, script_id, version=3, is_active=False)

    assert queries.scripts(ctx) == []
    assert [script.details for script in queries.scripts(ctx, include_retired=True)] == [hello]


def test_a_script_without_words_is_refused(ctx: Context) -> None:
    with pytest.raises(BadInput) as refused:
        commands.add_script(ctx, ScriptDetails("hello", Situation.GREETING, "Hello"))

    assert refused.value.code == "settings.body_missing"
