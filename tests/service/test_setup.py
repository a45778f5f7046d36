"""The sample set-up: everything or nothing, once, with the holidays of the site's country."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.entities.calendars import BusinessCalendar, DayType
from app.models.entities.errors import BadInput, NotAllowed, RuleViolation
from app.models.entities.ids import CategoryId
from app.models.entities.people import NewAdministrator
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import CodeKind, ConfigKind, SiteChoices
from app.services.access import accounts, signing_in
from app.services.base.context import Actor, Context
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.calendars.rules import day_type
from app.services.catalogue import queries as catalogue
from app.services.people import queries as people
from app.services.settings import declared
from app.services.settings import queries as settings
from app.services.settings.current import SITE_DOCUMENT, load_config
from app.services.setup import queries
from app.services.setup.first_start import set_up

HARBOUR = SiteChoices("Harbour IT", "港口 IT", desk_phone="1919")
PASSWORD = "harbour crane 7"


def test_a_fresh_database_becomes_a_site(ctx: Context) -> None:
    assert not queries.is_set_up(ctx)

    set_up(ctx, HARBOUR)

    assert queries.is_set_up(ctx)
    values = settings.site_settings(ctx)
    assert (values[declared.SITE_NAME], values[declared.DESK_PHONE]) == ("Harbour IT", "1919")
    assert values.broken == ()


def test_everything_the_desk_works_with_is_there(ctx: Context) -> None:
    set_up(ctx, HARBOUR)

    assert people.teams(ctx)[0].details.code == "first"
    assert {node.depth for node in catalogue.category_tree(ctx)} == {0, 1, 2}
    assert any(not service.details.is_in_scope for service in catalogue.services(ctx))
    assert {reason.details.kind.value for reason in settings.waiting_reasons(ctx)} == {
        "user",
        "supplier",
        "visit",
        "change",
    }
    assert settings.code_items(ctx, CodeKind.CAUSE)
    assert settings.code_items(ctx, CodeKind.RESOLUTION)
    assert settings.scripts(ctx)[0].details.code == "greeting"
    assert [version.code for version in settings.current_configs(ctx, ConfigKind.CALENDAR)] == [
        "24x7",
        "office",
    ]


def test_tickets_can_be_judged_at_once(ctx: Context) -> None:
    set_up(ctx, HARBOUR)

    with ctx.store.read() as read:
        config = load_config(read)

    assert config.matrix_definition.matrix_for("incident").priority_of(3, 2) == 3
    assert config.sla.policies
    assert config.default_calendar.timezone == "Asia/Shanghai"
    tree = catalogue.category_tree(ctx)
    assert all(config.default_team(CategoryId(node.category.id)) for node in tree)


def test_the_twelve_roles_are_there_and_the_administrator_may_do_everything(ctx: Context) -> None:
    set_up(ctx, HARBOUR)

    roles = {role.code: role for role in people.roles(ctx)}
    assert len(roles) == 12
    assert all(role.is_shipped for role in roles.values())
    assert roles["administrator"].permissions == ALL_PERMISSIONS
    assert "tickets.edit" not in roles["viewer"].permissions


def test_the_first_administrator_is_made_with_the_site(ctx: Context) -> None:
    made = set_up(ctx, HARBOUR, NewAdministrator("Root Wang", "root", PASSWORD))

    assert signing_in.sign_in(ctx, "root", PASSWORD).person_id == made.id


def test_a_weak_password_leaves_the_database_untouched(ctx: Context) -> None:
    with pytest.raises(RuleViolation):
        set_up(ctx, HARBOUR, NewAdministrator("Root Wang", "root", "root"))

    assert not queries.is_set_up(ctx)


def test_the_first_administrator_can_be_made_right_after(ctx: Context) -> None:
    set_up(ctx, HARBOUR)

    accounts.add_admin(ctx, name="Root Wang", login="root", password=PASSWORD)

    assert signing_in.sign_in(ctx, "root", PASSWORD).permissions == ALL_PERMISSIONS


def test_china_has_its_holidays_make_up_workdays_and_days_in_lieu(ctx: Context) -> None:
    set_up(ctx, HARBOUR)

    office = _calendar(ctx, "office")
    assert day_type(office, date(2026, 10, 1)) is DayType.HOLIDAY
    assert day_type(office, date(2026, 10, 10)) is DayType.MAKE_UP_WORKDAY
    assert day_type(office, date(2026, 10, 7)) is DayType.DAY_OFF_IN_LIEU
    assert day_type(office, date(2027, 1, 1)) is DayType.HOLIDAY
    assert office.special_days[date(2026, 10, 10)] == office.hours[0]
    assert _calendar(ctx, "24x7").holidays == frozenset()


def test_calendars_and_levels_are_named_in_both_languages(ctx: Context) -> None:
    set_up(ctx, HARBOUR)

    office = _calendar(ctx, "office")
    matrix = MatrixDefinition.from_dict(settings.current_config(ctx, ConfigKind.MATRIX, SITE_DOCUMENT).body)
    assert (office.name, office.name_alt) == ("Office hours", "办公时间")
    assert all(level.guidance and level.guidance_alt for level in (*matrix.impacts, *matrix.urgencies))


def test_another_country_and_zone_have_their_own(ctx: Context) -> None:
    set_up(
        ctx, SiteChoices("Hafen", language="en", timezone="Europe/Berlin", country="DE", matrix="itil_3x3")
    )

    office = _calendar(ctx, "office")
    assert office.timezone == "Europe/Berlin"
    assert date(2026, 10, 3) in office.holidays
    assert office.special_days == {}
    assert len(settings.current_config(ctx, ConfigKind.MATRIX, "site").body["impacts"]) == 3


def test_a_site_without_a_country_has_no_holidays(ctx: Context) -> None:
    set_up(ctx, SiteChoices("Ship", timezone="UTC", country=""))

    assert _calendar(ctx, "office").holidays == frozenset()


def test_a_site_is_set_up_once(ctx: Context) -> None:
    set_up(ctx, HARBOUR)

    with pytest.raises(RuleViolation) as refused:
        set_up(ctx, HARBOUR)

    assert refused.value.code == "setup.already_done"


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        (SiteChoices("Desk", timezone="Mars/Olympus"), "calendar.zone_unknown"),
        (SiteChoices("Desk", country="QQ"), "setup.country_unknown"),
        (SiteChoices("Desk", matrix="9x9"), "setup.matrix_unknown"),
        (SiteChoices(" "), "settings.text_missing"),
        (SiteChoices("Desk", language="fr"), "settings.not_a_choice"),
    ],
)
def test_a_choice_that_cannot_be_leaves_the_database_untouched(
    ctx: Context, choices: SiteChoices, code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        set_up(ctx, choices)

    assert refused.value.code == code
    assert not queries.is_set_up(ctx)
    assert people.teams(ctx) == []


def test_only_who_manages_access_sets_a_site_up(ctx: Context) -> None:
    with pytest.raises(NotAllowed):
        set_up(ctx.acting_as(Actor(None, "guest", frozenset(), "pc")), HARBOUR)


def _calendar(ctx: Context, code: str) -> BusinessCalendar:
    return BusinessCalendar.from_dict(settings.current_config(ctx, ConfigKind.CALENDAR, code).body)
