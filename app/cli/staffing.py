"""`staffing day|need|import`: the people each hour needs, what a load asks for, and counts of calls."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.cli.env import Env, table
from app.models.entities.errors import BadInput
from app.models.entities.staffing import ArrivalSource, CallPreview, StaffingDay, StaffingHour
from app.services.base.workbooks import MOST_BYTES
from app.services.base.years import read_iso_day
from app.services.roster import staffing
from app.services.roster.staffing_commands import import_calls
from app.services.roster.staffing_forecast import traffic_of
from app.services.roster.staffing_queries import need_of, preview_calls, staffing_aims, staffing_of_day

_MOST_SHOWN = 50


def register(commands: Any) -> None:
    """Add `staffing`."""
    parser = commands.add_parser("staffing", help="how many people the calls need, and who is there")
    kinds = parser.add_subparsers(dest="question", required=True, metavar="QUESTION")
    day = kinds.add_parser("day", help="expected calls, people needed and people rostered, by the hour")
    day.add_argument("date", nargs="?", help="2026-11-23; default: today")
    need = kinds.add_parser("need", help="how many people a load asks for, by the site's aims")
    load = need.add_mutually_exclusive_group(required=True)
    load.add_argument("--traffic", type=float, help="in erlangs: calls being handled at once")
    load.add_argument("--calls", type=float, help="calls an hour")
    need.add_argument("--aht", type=float, help="average handling time in seconds; default: the setting")
    need.add_argument("--within", type=float, help="seconds in which a call shall be answered")
    need.add_argument("--level", type=float, help="percent of calls answered in that time")
    need.add_argument("--abandonment", type=float, help="percent of callers who may hang up")
    need.add_argument("--patience", type=float, help="seconds after which a caller hangs up, on average")
    need.add_argument("--shrinkage", type=float, help="percent of paid time not at the telephone")
    taken = kinds.add_parser("import", help="take in counts of calls by the hour, or single calls")
    taken.add_argument("file", type=Path, help="a .csv or .xlsx; times are those of the site")
    taken.add_argument("--preview", action="store_true", help="only tell what it would do")


def run(args: argparse.Namespace, env: Env) -> int:
    """Answer one question; 1 where people are missing on the day, or rows cannot be taken."""
    if args.question == "day":
        return _day(args.date, env)
    return _need(args, env) if args.question == "need" else _import(args, env)


def _day(text: str | None, env: Env) -> int:
    on = read_iso_day(text) if text else env.clock.now().astimezone(env.zone).date()
    day = staffing_of_day(env.ctx, on)
    env.answer(_told_day(day), lambda: _day_text(day, env))
    return 1 if day.short_hours else 0


def _told_day(day: StaffingDay) -> dict[str, object]:
    hours = [
        {**asdict(hour), "needed": hour.needed, "shortfall": hour.shortfall, "by": hour.need.asked_by.value}
        for hour in day.hours
    ]
    return {**asdict(day), "hours": hours, "expected": day.expected, "lost": day.lost}


def _day_text(day: StaffingDay, env: Env) -> str:
    pgettext = env.texts.pgettext
    heads: tuple[str, ...] = (
        pgettext("cli", "hour"),
        pgettext("cli", "calls"),
        "10-90 %",
        pgettext("cli", "needed"),
        pgettext("cli", "by"),
        pgettext("cli", "rostered"),
        pgettext("cli", "short"),
        pgettext("cli", "hang up"),
    )
    has_visits = day.field_work.share > 0
    if has_visits:
        heads = (*heads, pgettext("cli", "visits"), pgettext("cli", "field"), pgettext("cli", "there"))
    rows = [(*_hour_row(hour, env), *(_field_row(hour) if has_visits else ())) for hour in day.hours]
    foot = pgettext(
        "cli",
        "{date}  {day_type}  {calls} calls from {source} ({days} days), {aht} s each from {handling},"
        " {short} hours short",
    ).format(
        date=day.on.isoformat(),
        day_type=day.day_type,
        calls=round(day.expected),
        source=day.arrivals.value,
        days=len(day.based_on),
        aht=round(day.hours[0].aht),
        handling=day.handling.value,
        short=len(day.short_hours),
    )
    parts = (table(rows, heads), foot, _observed(day, env), *_facts(day, env))
    return "\n".join(part for part in parts if part)


def _field_row(hour: StaffingHour) -> tuple[str, str, str]:
    return f"{hour.visits:.1f}", str(hour.field_needed), str(hour.field_rostered)


def _facts(day: StaffingDay, env: Env) -> Iterable[str]:
    """Tell what was reckoned with besides counted calls, each with where it comes from."""
    pgettext, work = env.texts.pgettext, day.field_work
    if day.arrivals is ArrivalSource.USERS:
        said = pgettext("cli", "{users} users with {calls} calls a month for 100, spread over service hours")
        yield said.format(users=day.users, calls=day.calls_a_month)
    if work.share:
        said = pgettext(
            "cli", "visits: {share} of calls from {source}, {minutes} min each, way there and back"
        )
        yield said.format(share=f"{work.share:.0%}", source=work.source.value, minutes=work.minutes)
    for hint in day.skills:
        if not hint.is_known:
            yield pgettext("cli", "{name}: no such skill").format(name=hint.name)
            continue
        said = pgettext("cli", "{name}: {needed} needed at {hour}, {able} rostered can")
        yield said.format(name=hint.name, needed=hint.needed, hour=_clock(hint.at, env), able=hint.able)


def _observed(day: StaffingDay, env: Env) -> str:
    """Return which part of the counted calls was abandoned, and whether those hung up in time count."""
    if day.observed is None:
        return ""
    pgettext = env.texts.pgettext
    said = (
        pgettext("cli", "{share} of the offered calls were abandoned")
        if day.aims.keeps_hung_up
        else pgettext("cli", "{share} of the calls were abandoned, those hung up within {within} s left out")
    )
    return said.format(share=f"{day.observed:.1%}", within=f"{day.aims.within:g}")


def _hour_row(hour: StaffingHour, env: Env) -> tuple[str, ...]:
    return (
        _clock(hour.starts_at, env),
        f"{hour.expected:.1f}",
        f"{hour.low:.1f}-{hour.high:.1f}",
        str(hour.needed),
        hour.need.asked_by.value,
        str(hour.rostered),
        str(hour.shortfall or ""),
        "" if hour.abandonment is None else f"{hour.abandonment:.0%}",
    )


def _clock(at: datetime, env: Env) -> str:
    return f"{at.astimezone(env.zone):%H:%M}"


def _need(args: argparse.Namespace, env: Env) -> int:
    aims = staffing_aims(env.ctx)
    shares = {"level": args.level, "abandonment": args.abandonment, "shrinkage": args.shrinkage}
    given: dict[str, Any] = {name: value / 100 for name, value in shares.items() if value is not None}
    times = {"within": args.within, "patience": args.patience}
    given |= {name: value for name, value in times.items() if value is not None}
    aims = replace(aims, **given)
    aht = aims.handling if args.aht is None else args.aht
    try:
        traffic = traffic_of(args.calls, aht) if args.traffic is None else args.traffic
        need = need_of(env.ctx, traffic, aht, aims)
        agents = staffing.agents_for_service_level(traffic, aht, aims.within, aims.level, aims.occupancy)
        queue = staffing.erlang_a(agents, traffic, aht, aims.patience)
        level = staffing.service_level(agents, traffic, aht, aims.within)
    except ValueError as impossible:
        raise BadInput("staffing.load_bad", reason=str(impossible)) from None
    told = {
        "traffic": traffic,
        "aht": aht,
        "agents": agents,
        "service_level": level,
        "abandonment": queue.abandonment,
        "occupancy": queue.occupancy,
        "planned_for_level": need.for_level,
        "planned_for_abandonment": need.for_abandonment,
        "planned": need.people,
    }
    text = env.texts.pgettext(
        "cli",
        "{traffic} erlangs need {agents} at the telephone ({level} within {within} s, {lost} hang up,"
        " busy {busy}); plan {planned}",
    ).format(
        traffic=f"{traffic:.3f}",
        agents=agents,
        level=f"{level:.1%}",
        within=f"{aims.within:g}",
        lost=f"{queue.abandonment:.1%}",
        busy=f"{queue.occupancy:.0%}",
        planned=need.people,
    )
    env.answer(told, text)
    return 0


def _import(args: argparse.Namespace, env: Env) -> int:
    preview = preview_calls(env.ctx, _read(args.file))
    sheet = preview.sheet
    is_done = not (args.preview or sheet.refused) and bool(preview.added + preview.replaced)
    if is_done:
        import_calls(env.ctx, sheet, source=args.file.name)
    env.answer(
        {
            "imported": is_done,
            "kind": sheet.kind.value,
            "rows": sheet.rows,
            "calls": preview.offered,
            "added": preview.added,
            "replaced": preview.replaced,
            "unchanged": preview.unchanged,
            "ambiguous": sheet.ambiguous,
            "skipped": sheet.skipped,
            "ignored_columns": list(sheet.ignored),
            "refused": [{"line": each.line, "reason": env.explain(each.reason)} for each in sheet.refused],
        },
        lambda: _import_text(preview, env),
    )
    return 1 if sheet.refused else 0


def _import_text(preview: CallPreview, env: Env) -> str:
    sheet = preview.sheet
    refused = [(str(each.line), env.explain(each.reason)) for each in sheet.refused[:_MOST_SHOWN]]
    pgettext = env.texts.pgettext
    counts = pgettext(
        "cli",
        "{rows} rows, {calls} calls: {added} hours new, {replaced} replaced, {unchanged} unchanged;"
        " {refused} rows cannot be taken",
    ).format(
        rows=sheet.rows,
        calls=preview.offered,
        added=preview.added,
        replaced=preview.replaced,
        unchanged=preview.unchanged,
        refused=len(sheet.refused),
    )
    clocks = pgettext(
        "cli", "change of the clocks: {twice} rows at a time shown twice, {none} at one left out"
    )
    told = clocks.format(twice=sheet.ambiguous, none=sheet.skipped)
    has_change = sheet.ambiguous or sheet.skipped
    return "\n".join(part for part in (table(refused), counts, told if has_change else "") if part)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("sheet.too_large", most=MOST_BYTES // 1_000_000)
        return path.read_bytes()
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise BadInput("catalogue.file_unreadable", name=path.name, reason=reason) from trouble
