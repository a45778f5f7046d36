"""The sample set-up as its files hold it, with the holidays of the site's country added to its calendars."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.models.entities.calendars import BusinessCalendar, Window
from app.models.entities.errors import BadInput
from app.models.entities.settings import SiteChoices
from app.services.base.resources import resource_path
from app.services.calendars.day_lists import days_for
from app.services.calendars.edits import set_days
from app.services.calendars.public_holidays import public_years

MATRIX_PRESETS = ("desk_4x3", "itil_3x3")
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Samples:
    """Everything set-up writes, as plain values; codes stand where the database has ids."""

    roles: Rows
    teams: Rows
    categories: Rows
    services: Rows
    waiting_reasons: Rows
    codes: Mapping[str, Rows]
    scripts: Rows
    views: Rows
    shift_templates: Rows
    coverage: Rows
    shift_checks: Rows
    crews: Rows
    patterns: Rows
    skills: Rows
    matrix: Mapping[str, Any]
    sla: Mapping[str, Any]
    escalation: Mapping[str, Any]
    roster_rules: Mapping[str, Any]
    calendars: Mapping[str, Mapping[str, Any]]


def load_samples(choices: SiteChoices, today: date) -> Samples:
    """Read the files and fit the calendars to the site: its zone, its holidays of this year and the next.

    Raises:
        BadInput: `setup.matrix_unknown`, `setup.country_unknown`.
    """
    if choices.matrix not in MATRIX_PRESETS:
        raise BadInput("setup.matrix_unknown", matrix=choices.matrix)
    codes = read_sample("codes")
    shifts = read_sample("shifts")
    roster = read_sample("roster")
    return Samples(
        roles=read_sample("roles")["roles"],
        teams=read_sample("teams")["teams"],
        categories=read_sample("categories")["categories"],
        services=read_sample("services")["services"],
        waiting_reasons=read_sample("waiting_reasons")["waiting_reasons"],
        codes={kind: codes[kind] for kind in ("cause", "resolution")},
        scripts=read_sample("scripts")["scripts"],
        views=read_sample("views")["views"],
        shift_templates=shifts["shift_templates"],
        coverage=shifts["coverage"],
        shift_checks=read_sample("shift_checks")["shift_checks"],
        crews=roster["crews"],
        patterns=roster["patterns"],
        skills=roster["skills"],
        matrix=read_sample(choices.matrix)["matrix"],
        sla=read_sample("sla")["table"],
        escalation=read_sample("escalation")["rules"],
        roster_rules=roster["rules"],
        calendars={
            row["code"]: _calendar(row, choices, today) for row in read_sample("calendars")["calendars"]
        },
    )


def read_sample(name: str) -> Any:
    """Return what one file of the sample set-up holds, by its name without the ending."""
    return json.loads(resource_path("defaults", f"{name}.json").read_text(encoding="utf-8"))


def _calendar(row: Mapping[str, Any], choices: SiteChoices, today: date) -> dict[str, Any]:
    """Return one calendar's document; only those that keep holidays at all are given the country's."""
    body = {**row["calendar"], "name_alt": row["name_alt"], "timezone": choices.timezone}
    if row.get("holiday_country") and choices.country:
        years = (today.year, today.year + 1)
        calendar = BusinessCalendar.from_dict(body)
        return with_holidays(calendar, choices.country, years, row["make_up_hours"]).to_dict()
    return body


def with_holidays(
    calendar: BusinessCalendar, country: str, years: Sequence[int], make_up_hours: Sequence[Sequence[str]]
) -> BusinessCalendar:
    """Return a calendar with a country's public holidays, named.

    Make-up workdays (China's) get `make_up_hours`; days off in lieu are closed and called so. A year for
    which the country has not published its days yet has only those the law fixes.

    Raises:
        BadInput: `setup.country_unknown`.
    """
    hours = tuple(Window.between(*window) for window in make_up_hours)
    listed = [day for public in public_years(country, years) for day in public.days]
    return set_days(
        calendar,
        days_for(calendar, [replace(day, windows=hours) if day.windows is None else day for day in listed]),
    )


def picked(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, object]:
    """Return the named values of a row that it has; the table's defaults stand for the others."""
    return {name: row[name] for name in names if name in row}
