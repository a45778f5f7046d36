"""What is asked about swaps: those that concern a reader, and what one would do before anybody agrees."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.models.entities.errors import NotFound, RuleViolation
from app.models.entities.ids import PersonId
from app.models.entities.instants import from_micros, from_micros_or_none
from app.models.entities.leave import LIVE_SWAPS, ShiftSwap, SwapDetails, SwapEffect, SwapId, SwapState
from app.models.entities.roster import PaintedCell, ShiftKind
from app.models.transactions import Reader, Row
from app.services.base.command import query, require
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.leave import cells, effects
from app.services.leave.effect_queries import for_reader
from app.services.roster.checks import RosterChecks
from app.services.roster.fairness_queries import load_fairness
from app.services.roster.planned import load_plan, load_planned_people
from app.services.roster.queries import load_cells, load_templates

MOST_SHOWN = 500


@query(permission="roster.read")
def swaps(
    ctx: Context, read: Reader, *, open_only: bool = False, first: date | None = None
) -> list[ShiftSwap]:
    """Return swaps, open ones first, then the newest; at most 500.

    Who may decide sees all of them, others those they asked for, were asked for, or that are open to anybody.
    """
    conditions = ["1 = 1"]
    values: list[object] = []
    if open_only:
        conditions.append("shift_swap.state IN ('asked', 'accepted')")
    if first is not None:
        conditions.append("on_date >= ?")
        values.append(first.isoformat())
    if not ctx.actor.may("roster.approve"):
        conditions.append(
            "(asker_id = ? OR other_id = ? OR (other_id IS NULL AND shift_swap.state = 'asked'))"
        )
        values += [ctx.actor.person_id, ctx.actor.person_id]
    rows = read.rows(
        f"{_swaps(ctx.language)} WHERE {' AND '.join(conditions)}"
        " ORDER BY CASE WHEN shift_swap.state IN ('asked', 'accepted') THEN 0 ELSE 1 END,"
        " shift_swap.id DESC LIMIT ?",
        (*values, MOST_SHOWN),
    )
    return [_swap(row) for row in rows]


@query(permission="roster.read")
def swap_effect(ctx: Context, read: Reader, details: SwapDetails) -> SwapEffect:
    """Return what a swap would do to rest, hours, coverage and fairness, were it made now.

    It tells hours of both, so only they and who decides may ask.

    Raises:
        NotAllowed: the reader is neither of the two, and may not decide.
        RuleViolation: `swap.nothing_to_give`, `swap.nobody_yet` (it is open to anybody), as `swap_cells`.
    """
    if details.other_id is None:
        raise RuleViolation("swap.nobody_yet")
    if ctx.actor.person_id not in {details.asker_id, details.other_id}:
        require(ctx, "roster.approve")
    dates = [details.on_date, details.other_date or details.on_date]
    first = min(dates).replace(day=1)
    last = (max(dates).replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    plan = for_reader(load_plan(read, first, last), ctx.language)
    painted = swap_cells(read, details)
    people = (details.asker_id, details.other_id)
    ledger = load_fairness(read, last + timedelta(days=1), months=12)
    return effects.effect(RosterChecks(plan), painted, people, ledger)


def swap_cells(read: Reader, details: SwapDetails) -> list[PaintedCell]:
    """Return what a swap paints: both cells of each date change places.

    Raises:
        RuleViolation: `swap.nothing_to_give` (the asker has no shift there), `swap.nothing_in_return` (the
            other has none on the other date), `swap.is_taken` (who gets a shift already has one on its date),
            `swap.with_oneself`.
    """
    asker, other = details.asker_id, details.other_id
    if other is None:
        raise RuleViolation("swap.nobody_yet")
    if asker == other:
        raise RuleViolation("swap.with_oneself")
    dates = [details.on_date] + ([details.other_date] if details.other_date else [])
    present = load_cells(read, min(dates), max(dates))
    kinds = {template.id: template.kind for template in load_templates(read, include_retired=True)}
    people = {person.id: person for person in load_planned_people(read)}
    given = present.get((asker, details.on_date))
    if given is None or kinds[given.template_id] is ShiftKind.ABSENCE:
        raise RuleViolation("swap.nothing_to_give", date=details.on_date)
    held = present.get((other, details.on_date))
    if details.other_date == details.on_date:
        if held is None or kinds[held.template_id] is ShiftKind.ABSENCE:
            raise RuleViolation("swap.nothing_in_return", date=details.on_date)
        return [
            cells.handed(given, other, held.template_id, people),
            cells.handed(held, asker, given.template_id, people),
        ]
    if held is not None:
        raise RuleViolation("swap.is_taken", date=details.on_date)
    painted = [cells.off(given), cells.handed(given, other, None, people)]
    if details.other_date is None:
        return painted
    back = present.get((other, details.other_date))
    if back is None or kinds[back.template_id] is ShiftKind.ABSENCE:
        raise RuleViolation("swap.nothing_in_return", date=details.other_date)
    if (asker, details.other_date) in present:
        raise RuleViolation("swap.is_taken", date=details.other_date)
    return [*painted, cells.off(back), cells.handed(back, asker, None, people)]


def load_swap(read: Reader, swap_id: SwapId, language: str = "en") -> ShiftSwap:
    """Return one swap. NotFound `swap.not_found`."""
    row = read.one(f"{_swaps(language)} WHERE shift_swap.id = ?", (swap_id,))
    if row is None:
        raise NotFound("swap.not_found", id=swap_id)
    return _swap(row)


def live_swaps_of(read: Reader, person_id: PersonId, on: date, now: datetime) -> list[ShiftSwap]:
    """Return the swaps still open at an instant in which somebody offers the shift of a date."""
    rows = read.rows(f"{_swaps('en')} WHERE asker_id = ? AND on_date = ?", (person_id, on.isoformat()))
    found = [_swap(row) for row in rows]
    return [swap for swap in found if swap.state in LIVE_SWAPS and swap.expires_at > now]


def _swaps(language: str) -> str:
    return (
        f"SELECT shift_swap.id, asker_id, {person_column('asker', language)}, on_date, template_id, other_id,"
        f" {person_column('other', language)}, other_date, other_template_id, reason, shift_swap.state,"
        " asked_at, expires_at, answered_at, decided_by_id, decided_at, decision_note, shift_swap.version,"
        f" {person_column('decider', language)}"
        " FROM shift_swap JOIN person asker ON asker.id = shift_swap.asker_id"
        " LEFT JOIN person other ON other.id = shift_swap.other_id"
        " LEFT JOIN person decider ON decider.id = shift_swap.decided_by_id"
    )


def _swap(row: Row) -> ShiftSwap:
    return ShiftSwap(
        id=row[0],
        asker_id=row[1],
        asker_name=row[2],
        on_date=date.fromisoformat(row[3]),
        template_id=row[4],
        other_id=row[5],
        other_name=row[6] or "",
        other_date=date.fromisoformat(row[7]) if row[7] else None,
        other_template_id=row[8],
        reason=row[9],
        state=SwapState(row[10]),
        asked_at=from_micros(row[11]),
        expires_at=from_micros(row[12]),
        answered_at=from_micros_or_none(row[13]),
        decided_by=row[14],
        decided_at=from_micros_or_none(row[15]),
        decision_note=row[16],
        version=row[17],
        decided_name=row[18] or "",
    )
