"""Saving calendars: one that never opens is refused wherever it comes from, and names of dates are kept."""

from __future__ import annotations

import pytest

from app.models.entities.errors import BadInput
from app.models.entities.settings import ConfigKind, SiteChoices
from app.services.settings.commands import save_config
from app.services.settings.queries import config_history, current_config
from app.services.setup.first_start import set_up

CLOSED = {"timezone": "Asia/Shanghai", "name": "Closed", "holidays": ["2026-10-01"]}
NAMED = {
    "timezone": "Asia/Shanghai",
    "hours": {"mon": [["08:00", "12:00"]]},
    "holidays": ["2026-10-01"],
    "day_names": {"2026-10-01": ["National Day", "国庆节"]},
}


def test_a_calendar_without_open_time_is_not_saved(ctx):
    with pytest.raises(BadInput) as refused:
        save_config(ctx, ConfigKind.CALENDAR, "closed", CLOSED, expected_number=0)
    assert (refused.value.code, refused.value.params) == ("calendar.no_open_time", {"calendar": "Closed"})
    assert config_history(ctx, ConfigKind.CALENDAR, "closed") == []


@pytest.mark.parametrize(
    "opening",
    [
        {"always_open": True},
        {"hours": {"sun": [["20:00", "08:00"]]}},
        {"special_days": {"2026-10-10": [["08:00", "12:00"]]}},
    ],
)
def test_a_calendar_that_opens_at_all_is_saved(ctx, opening):
    save_config(ctx, ConfigKind.CALENDAR, "other", {**CLOSED, **opening}, expected_number=0)
    assert current_config(ctx, ConfigKind.CALENDAR, "other").number == 1


def test_names_of_dates_are_kept(ctx):
    save_config(ctx, ConfigKind.CALENDAR, "named", NAMED, expected_number=0)
    assert current_config(ctx, ConfigKind.CALENDAR, "named").body == NAMED


def test_a_new_site_knows_what_its_holidays_are_called(ctx):
    set_up(ctx, SiteChoices("Service desk", "服务台"))
    names = current_config(ctx, ConfigKind.CALENDAR, "office").body["day_names"]
    assert names["2026-10-10"] == ["National Day", "国庆节"]
