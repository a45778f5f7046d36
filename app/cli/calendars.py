"""`calendars`: which there are, their dated days, what holidays they lack, files out and in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from app.cli.env import Env, table
from app.models.entities.audit import AccessSubject
from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import NotFound
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.services.audit.handing_out import exported, hand_out
from app.services.base.names import name_in
from app.services.base.terms import term
from app.services.calendars.day_files import DayFormat, read_day_file, repeated_years, write_day_file
from app.services.calendars.day_lists import ListedDay, days_for
from app.services.calendars.edits import DatedDay, compare_days, dated_days, set_days, windows_text
from app.services.calendars.holiday_gaps import HolidayGap, holiday_gaps
from app.services.calendars.public_holidays import public_years
from app.services.settings import declared
from app.services.settings.commands import save_config
from app.services.settings.queries import current_configs, site_settings


def register(commands: Any) -> None:
    """Add `calendars`."""
    parser = commands.add_parser(
        "calendars", help="working hours and holidays: look, fill in, import, export"
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="every calendar, and the holidays it lacks")
    days = actions.add_parser("days", help="the dated days of a calendar")
    export = actions.add_parser("export", help="write the dated days to a file, .ics or .csv by its ending")
    load = actions.add_parser(
        "import", help="take dated days from a file; shows them unless --apply is given"
    )
    fill = actions.add_parser("fill", help="take a country's year; shows it unless --apply is given")
    for each in (days, export, load, fill):
        each.add_argument("calendar", help="the calendar's code, as `calendars list` shows it")
    days.add_argument("--year", type=int, help="only this year")
    for each in (export, load):
        each.add_argument("file", type=Path)
    fill.add_argument("year", type=int)
    fill.add_argument("--country", help="two letters (default: the site's)")
    for each in (load, fill):
        each.add_argument("--apply", action="store_true", help="save what is shown as the next version")


def run(args: argparse.Namespace, env: Env) -> int:
    """Do one of the actions; `list` answers 1 where a calendar lacks holidays."""
    versions = {version.code: version for version in current_configs(env.ctx, ConfigKind.CALENDAR)}
    if args.action == "list":
        return _list(versions, env)
    if args.calendar not in versions:
        raise NotFound("settings.config_missing", kind=ConfigKind.CALENDAR.value, document=args.calendar)
    version = versions[args.calendar]
    calendar = BusinessCalendar.from_dict(version.body)
    if args.action == "days":
        found = dated_days(calendar, args.year)
        env.answer(found, lambda: table([_row(day, env) for day in found]))
        return 0
    if args.action == "export":
        kind = DayFormat.ICS if args.file.suffix.lower() == ".ics" else DayFormat.CSV
        access = exported(AccessSubject.SETTINGS, f"calendar {version.code}", args.file)
        write = partial(write_day_file, args.file, kind, calendar, version.code, env.clock.now(), env.texts)
        count = hand_out(env.ctx, access, write)
        env.answer({"days": count}, str(count))
        return 0
    listed = _listed(args, env)
    return _take(version, calendar, listed, env, is_applied=args.apply)


def _list(versions: dict[str, ConfigVersion], env: Env) -> int:
    country = site_settings(env.ctx)[declared.COUNTRY]
    today = _today(env)
    rows, gaps = [], {}
    for code, version in versions.items():
        calendar = BusinessCalendar.from_dict(version.body)
        gaps[code] = holiday_gaps(calendar, country, today)
        name = name_in(calendar.name, calendar.name_alt, env.texts.language)
        lacks = ", ".join(_gap(gap, env) for gap in gaps[code])
        rows.append((code, name, calendar.timezone, f"v{version.number}", lacks))
    env.answer(gaps, lambda: table(rows))
    return int(any(gaps.values()))


def _gap(gap: HolidayGap, env: Env) -> str:
    words = {
        "missing": env.texts.pgettext("cli", "{year}: {count} holidays are missing"),
        "not_published": env.texts.pgettext("cli", "{year}: not yet published"),
    }
    return words[gap.kind.value].format(year=gap.year, count=gap.missing)


def _listed(args: argparse.Namespace, env: Env) -> Sequence[ListedDay]:
    if args.action == "import":
        return read_day_file(args.file, repeated_years(_today(env).year)).days
    country = args.country or site_settings(env.ctx)[declared.COUNTRY]
    (public,) = public_years(country, (args.year,))
    if not public.is_complete:
        said = env.texts.pgettext("cli", "{year}: not yet published")
        env.complain(said.format(year=public.year))
    return public.days


def _take(
    version: ConfigVersion,
    calendar: BusinessCalendar,
    listed: Sequence[ListedDay],
    env: Env,
    *,
    is_applied: bool,
) -> int:
    changes = compare_days(calendar, days_for(calendar, listed))
    env.answer(changes, lambda: table([_row(change.after, env) for change in changes]))
    if changes and is_applied:
        changed = set_days(calendar, [change.after for change in changes])
        body, number = changed.to_dict(), version.number
        save_config(env.ctx, ConfigKind.CALENDAR, version.code, body, expected_number=number)
    return 0


def _row(day: DatedDay, env: Env) -> tuple[str, ...]:
    name = name_in(day.name or day.name_alt, day.name_alt, env.texts.language)
    return day.on.isoformat(), term(env.texts, day.day_type), windows_text(day.windows) or "–", name


def _today(env: Env) -> date:
    return env.clock.now().astimezone(env.zone).date()
