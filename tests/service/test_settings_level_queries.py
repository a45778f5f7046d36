"""What the editors of service levels read, on both databases."""

from __future__ import annotations

import uuid

from app.models.entities.ids import PersonId
from app.models.entities.settings import ConfigKind, SiteChoices
from app.models.store import Operation
from app.services.base.context import Actor
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.settings.commands import save_config
from app.services.settings.level_queries import saved_versions, service_levels
from app.services.setup.first_start import set_up
from tests.support.factories import Make


def test_all_documents_in_force_are_read_in_one_moment(ctx):
    set_up(ctx, SiteChoices("Desk", country=""))
    levels = service_levels(ctx)
    assert (levels.matrix.number, levels.sla.number) == (1, 1)
    assert list(levels.calendars) == ["24x7", "office"]
    assert (levels.zone.key, levels.country, levels.site_calendar) == ("Asia/Shanghai", "", "office")
    assert levels.names == {}


def test_a_calendar_stands_in_its_newest_version(ctx):
    set_up(ctx, SiteChoices("Desk", country=""))
    body = {**service_levels(ctx).calendars["office"].body, "name": "Office"}
    save_config(ctx, ConfigKind.CALENDAR, "office", body, expected_number=1)
    held = service_levels(ctx).calendars["office"]
    assert (held.number, held.body["name"]) == (2, "Office")


def test_versions_are_told_newest_first_with_who_saved_them(ctx, make: Make):
    set_up(ctx, SiteChoices("Desk", country=""))
    person = make.agent(name="Li Na")
    li_na = ctx.acting_as(Actor(PersonId(person.id), "Li Na", ALL_PERMISSIONS, "pc"))
    save_config(li_na, ConfigKind.MATRIX, "site", service_levels(ctx).matrix.body, expected_number=1)
    told = saved_versions(ctx, ConfigKind.MATRIX, "site")
    assert [(one.version.number, one.who) for one in told] == [(2, "Li Na"), (1, "")]
    assert service_levels(ctx).names == {person.id: "Li Na"}


def test_a_document_that_was_never_saved_has_no_versions(ctx):
    assert saved_versions(ctx, ConfigKind.CALENDAR, "night") == []


def test_escalation_rules_are_read_with_the_other_documents(ctx, make: Make):
    set_up(ctx, SiteChoices("Desk", country=""))
    assert service_levels(ctx).escalation.number == 1
    person = make.agent(name="Li Na")
    li_na = ctx.acting_as(Actor(PersonId(person.id), "Li Na", ALL_PERMISSIONS, "pc"))
    body = {**service_levels(ctx).escalation.body, "storm_count": 5}
    save_config(li_na, ConfigKind.ESCALATION, "site", body, expected_number=1)
    levels = service_levels(ctx)
    assert (levels.escalation.number, levels.escalation.body["storm_count"]) == (2, 5)
    assert levels.names == {person.id: "Li Na"}


def test_a_site_set_up_before_there_were_escalation_rules_has_none(ctx):
    set_up(ctx, SiteChoices("Desk", country=""))
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    kind = (ConfigKind.ESCALATION.value,)
    ctx.store.write(operation, lambda tx: tx.execute("DELETE FROM config_version WHERE kind = ?", kind))
    assert service_levels(ctx).escalation is None
