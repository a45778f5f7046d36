"""What the demo's people can do, learnt, asked for and heard of: skills, trainings, absences, swaps, needs.

Requests go through the commands a window calls, under the clock of their day. Only for demo sites.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.models.entities.ids import ArticleId, PersonId, TemplateId
from app.models.entities.leave import LeaveDetails, LeaveId, SwapDetails, SwapId
from app.models.entities.roster import ShiftKind
from app.services.base.clock import FixedClock
from app.services.base.context import Context
from app.services.base.resources import resource_path
from app.services.demo.names import DemoNames
from app.services.demo.planning import SITE_ZONE
from app.services.demo.queries import actor_with_id, names_of
from app.services.demo.working_commands import write_abilities, write_read
from app.services.handover import opportunity_commands
from app.services.leave import commands, swap_commands
from app.services.roster.queries import roster

_LEAVE = "V"
_DAY = timedelta(days=1)
_BEFORE = timedelta(days=45)
_AHEAD = timedelta(days=45)
_ASKED_BEFORE = timedelta(days=25)
_DECIDED_AFTER = timedelta(hours=21)
_DECIDER = "shen.yan"


def write_working(ctx: Context) -> None:
    """Write all of it; what leaves a trace at the bell does so at its own time."""
    data = json.loads((resource_path("demo") / "working.json").read_text(encoding="utf-8"))
    names, now = names_of(ctx), ctx.clock.now()
    today = now.astimezone(SITE_ZONE).date()
    write_abilities(ctx, data["skills"], data["levels"], data["trainings"], today)
    write_read(ctx, {ArticleId(names.articles[int(key)]): who for key, who in data["read"].items()})
    for person, first, last in _absences(ctx, today):
        reason = data["absences"].get(_login(names, person), data["absences"][""])
        details = LeaveDetails(person, TemplateId(names.shifts[_LEAVE]), first, last, reason)
        asked_at = min(now, datetime.combine(first, now.time(), now.tzinfo) - _ASKED_BEFORE)
        decided_at = min(now, asked_at + _DECIDED_AFTER)
        _decide(ctx, names, decided_at, _ask(ctx, asked_at, details), "")
    for row in data["asked"]:
        _ask_row(ctx, names, row, today)
    for row in data["swaps"]:
        _swap(ctx, names, row, today)
    for row in data["opportunities"]:
        _hear(ctx, names, row)


def _absences(ctx: Context, today: date) -> Iterator[tuple[PersonId, date, date]]:
    """Yield the stretches of leave that stand in the roster around today, as somebody asked for them."""
    found = roster(ctx, today - _BEFORE, today + _AHEAD)
    leave = {one.id for one in found.templates if one.code == _LEAVE}
    away = {key for key, cell in found.cells.items() if cell.template_id in leave}
    for person, first in sorted(away):
        if (person, first - _DAY) not in away:
            last = first
            while (person, last + _DAY) in away:
                last += _DAY
            yield person, first, last


def _ask_row(ctx: Context, names: DemoNames, row: Mapping[str, Any], today: date) -> None:
    first = today + row["in_days"] * _DAY
    substitute = names.staff.get(row.get("substitute", ""))
    details = LeaveDetails(
        PersonId(names.staff[row["person"]]),
        TemplateId(names.shifts[row["code"]]),
        first,
        first + (row["days"] - 1) * _DAY,
        row["reason"],
        None if substitute is None else PersonId(substitute),
    )
    at = ctx.clock.now() - timedelta(hours=row["hours_ago"])
    asked = _ask(ctx, at, details)
    if row.get("refused"):
        _decide(ctx, names, at + timedelta(hours=3), asked, row["refused"])


def _ask(ctx: Context, at: datetime, details: LeaveDetails) -> LeaveId:
    return LeaveId(commands.ask_leave(_as(ctx, details.person_id, at), details).id or 0)


def _decide(ctx: Context, names: DemoNames, at: datetime, request: LeaveId, refused: str) -> None:
    decider = _as(ctx, PersonId(names.staff[_DECIDER]), at)
    commands.decide_leave(decider, request, version=1, is_approved=not refused, note=refused)


def _swap(ctx: Context, names: DemoNames, row: Mapping[str, Any], today: date) -> None:
    """Offer the first shift of the next two weeks on which the other one is free; none: no swap."""
    found = roster(ctx, today + _DAY, today + 14 * _DAY)
    work = {one.id for one in found.templates if one.kind is ShiftKind.WORK}
    held = {key for key, cell in found.cells.items() if cell.template_id in work}
    giver = PersonId(names.staff[row["from"]])
    taker = PersonId(names.staff[row["to"]]) if row["to"] else None
    days = sorted(on for person, on in held if person == giver and (taker, on) not in found.cells)
    if not days:
        return
    at = ctx.clock.now() - timedelta(hours=row["hours_ago"])
    details = SwapDetails(giver, days[0] if taker else days[-1], taker, None, row["reason"])
    asked = swap_commands.ask_swap(_as(ctx, giver, at), details)
    if taker is not None and row["is_accepted"] and asked.id is not None:
        later = _as(ctx, taker, at + timedelta(minutes=50))
        swap_commands.answer_swap(later, SwapId(asked.id), version=1, is_accepted=True)


def _hear(ctx: Context, names: DemoNames, row: Mapping[str, Any]) -> None:
    at = ctx.clock.now() - row["days_ago"] * _DAY
    hearer = _as(ctx, PersonId(names.staff[row["by"]]), at)
    noted = opportunity_commands.note_opportunity(hearer, row["text"])
    if row["to"] and noted.id is not None:
        to = PersonId(names.staff[row["to"]])
        passed = opportunity_commands.forward_opportunity(hearer, noted.id, to, version=1)
        if row["outcome"]:
            later = _as(ctx, PersonId(names.staff[row["by"]]), at + 4 * _DAY)
            opportunity_commands.end_opportunity(
                later, noted.id, row["outcome"], is_won=True, version=passed.version or 2
            )


def _login(names: DemoNames, person_id: PersonId) -> str:
    return next((login for login, each in names.staff.items() if each == person_id), "")


def _as(ctx: Context, person_id: PersonId, at: datetime) -> Context:
    return replace(ctx.acting_as(actor_with_id(ctx, person_id)), clock=FixedClock(at))
