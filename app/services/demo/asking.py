"""Requests that colleagues make on the demo site, for whoever looks at its pictures: absences and swaps."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.entities.ids import PersonId
from app.models.entities.leave import LeaveDetails, SwapDetails, SwapId
from app.models.entities.roster import ShiftKind
from app.services.base.context import Actor, Context
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.leave import commands, swap_commands
from app.services.roster.queries import roster

_REASONS = {
    "en": ("Wedding of my sister in Chengdu", "Parents' evening at school", "Course on network security"),
    "zh_CN": ("妹妹在成都结婚", "参加孩子的家长会", "网络安全培训"),
}


def days_worked(ctx: Context, today: date) -> list[date]:
    """Return the dates of the next two weeks on which the reader works."""
    me = ctx.actor.person_id
    return sorted(on for person, on in _cells(ctx, today) if person == me)


def ask_for_things(ctx: Context, today: date, language: str) -> None:
    """Let three colleagues ask to be away, two agree on a swap, and the reader offer a shift to anybody."""
    found = roster(ctx, today, today)
    absences = [one for one in found.templates if one.kind is ShiftKind.ABSENCE]
    cells = _cells(ctx, today)
    me = ctx.actor.person_id
    others = [
        one.id for one in found.people if one.id != me and any(person == one.id for person, _on in cells)
    ]
    for at, (person, reason) in enumerate(zip(others[:3], _REASONS[language], strict=False)):
        first = min(on for holder, on in cells if holder == person)
        details = LeaveDetails(
            person, absences[min(at, len(absences) - 1)].id, first, first + timedelta(days=at), reason
        )
        commands.ask_leave(_as(ctx, person), details)
    giver, taker = others[3], others[4]
    on = next((on for holder, on in sorted(cells) if holder == giver and (taker, on) not in cells), None)
    if on is not None:
        asked = swap_commands.ask_swap(_as(ctx, giver), SwapDetails(giver, on, taker))
        if asked.id is not None:
            swap_commands.answer_swap(_as(ctx, taker), SwapId(asked.id), version=1, is_accepted=True)
    mine = sorted(on for holder, on in cells if holder == me)
    if me is not None and mine:
        swap_commands.ask_swap(ctx, SwapDetails(me, mine[-1]))


def _cells(ctx: Context, today: date) -> dict[tuple[PersonId, date], int]:
    found = roster(ctx, today + timedelta(days=1), today + timedelta(days=14))
    work = {one.id for one in found.templates if one.kind is ShiftKind.WORK}
    return {key: cell.template_id for key, cell in found.cells.items() if cell.template_id in work}


def _as(ctx: Context, person: PersonId) -> Context:
    return ctx.acting_as(Actor(person, "", ALL_PERMISSIONS, "shots"))
