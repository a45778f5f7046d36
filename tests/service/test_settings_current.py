"""The configuration in force: loaded once, kept while true, and read again when somebody changes it."""

from __future__ import annotations

import pytest

from app.models.entities.errors import NotFound
from app.models.entities.ids import CategoryId, ReasonId, TeamId
from app.models.entities.settings import ConfigKind
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import WaitingKind
from app.models.entities.time import Allowance
from app.services.base.context import Context
from app.services.settings import commands, declared
from app.services.settings.current import SiteConfig, load_config
from tests.support.factories import Make
from tests.support.site import set_up_site


def test_a_site_that_is_not_set_up_says_what_is_missing(ctx: Context) -> None:
    with pytest.raises(NotFound) as missing:
        current(ctx)

    assert missing.value.code == "settings.config_missing"


def test_everything_a_ticket_is_judged_by_is_there(ctx: Context) -> None:
    set_up_site(ctx)

    config = current(ctx)

    assert config.matrix_definition.matrix_for("incident").priority_of(1, 1) == 1
    assert config.sla.policies[0].code == "incidents"
    assert config.default_calendar is config.calendars["office"]
    assert config.calendars[f"office@{config.calendar_versions['office']}"] is config.default_calendar
    assert config.reopen_window == Allowance(working_days=5)
    assert config.number_text(482) == "#00482"


def test_it_is_read_once_as_long_as_nothing_changes(ctx: Context) -> None:
    set_up_site(ctx)

    assert current(ctx) is current(ctx)


def test_a_change_by_another_program_is_seen_at_once(ctx: Context, other_ctx: Context) -> None:
    set_up_site(ctx)
    before = current(ctx)

    body = {"timezone": "UTC", "always_open": True}
    commands.save_config(other_ctx, ConfigKind.CALENDAR, "office", body, expected_number=1)

    assert current(ctx).calendars["office"].timezone == "UTC"
    assert current(ctx).calendars[f"office@{before.calendar_versions['office']}"].timezone == "Asia/Shanghai"


def test_a_changed_site_value_is_seen_at_once(ctx: Context) -> None:
    set_up_site(ctx)
    current(ctx)

    commands.change_settings(ctx, {declared.REOPEN_DAYS.name: 9}, versions={})

    assert current(ctx).reopen_window == Allowance(working_days=9)


def test_the_team_of_a_category_is_its_own_or_the_nearest_above(ctx: Context, make: Make) -> None:
    set_up_site(ctx)
    network = make.team(line=2)
    top = make.category(default_team_id=network)
    below = make.category(parent=top)
    lone = make.category()

    config = current(ctx)

    assert config.default_team(CategoryId(below.id)) == network.id
    assert config.default_team(CategoryId(lone.id)) is None
    assert config.category_and_parents(CategoryId(below.id)) == (below.id, top.id)
    assert config.category_and_parents(None) == ()
    assert config.team_lines[TeamId(network.id)] == 2


def test_a_waiting_reason_says_which_clocks_stand_still(ctx: Context, make: Make) -> None:
    set_up_site(ctx)
    reason = make.waiting_reason(longest="5 d", follow_up_every="1 d")
    supplier = make.waiting_reason(WaitingKind.SUPPLIER)

    rule = current(ctx).waiting_rules[ReasonId(reason.id)]

    assert rule.pauses == {ClockKind.RESOLUTION, ClockKind.FIRST_LINE, ClockKind.UPDATE_DUE}
    assert rule.longest_pause == Allowance(working_days=5)
    assert ClockKind.UPDATE_DUE not in current(ctx).waiting_rules[ReasonId(supplier.id)].pauses


def current(ctx: Context) -> SiteConfig:
    with ctx.store.read() as read:
        return load_config(read)
