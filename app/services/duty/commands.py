"""What people say of their presence: in, out, away, back. A supervisor may say it for others.

Every function takes `person_id`, None for whoever acts; for somebody else it needs the right to plan.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from app.models.entities.duty import Attendance, Away
from app.models.entities.errors import NotAllowed, NotFound, RuleViolation, StaleRecord
from app.models.entities.events import DutyChanged
from app.models.entities.ids import PersonId
from app.models.entities.instants import to_micros
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.base.undo import Outcome, Undo
from app.services.duty import permitting, presence, rules
from app.services.duty.written import presence_written
from app.services.roster.queries import people_on_duty, site_zone

_PLANS = "roster.edit"
_DAY = timedelta(days=1)


@command(permission="roster.ask")
def check_in(ctx: Context, tx: Transaction, *, person_id: PersonId | None = None, note: str = "") -> Outcome:
    """Say that somebody has come to the shift that runs or begins within four hours.

    Coming again to a shift one had left goes on with the first coming. The outcome's id is the person's.

    Raises:
        RuleViolation: `duty.no_shift` (none is rostered around now), `duty.in_already`.
        NotAllowed: it is somebody else, and the actor does not plan.
    """
    who = _whom(ctx, person_id)
    local = tx.now.astimezone(site_zone(tx)).date()
    planned = presence.shifts_of(tx, who, local - _DAY, local + _DAY)
    found = presence.load_attendance(tx, local - _DAY, local + _DAY)
    mine = [one for (person, _on), one in found.items() if person == who]
    cell = rules.shift_to_come_to(planned, mine, tx.now).assignment
    before = found.get((who, cell.on_date))
    kept = rules.kept_text(note, rules.LONGEST_NOTE)
    if before is None:
        after = Attendance(who, cell.on_date, cell.template_id, tx.now, None, kept)
    else:
        after = replace(before, out_at=None, note=kept or before.note)
    return _present(ctx, tx, "duty.undo.checked_in", after, before)


@command(permission="roster.ask")
def check_out(ctx: Context, tx: Transaction, *, person_id: PersonId | None = None, note: str = "") -> Outcome:
    """Say that somebody has left their shift; whoever was away is back with that.

    Raises:
        RuleViolation: `duty.not_in`: nobody said that they had come.
        NotAllowed: it is somebody else, and the actor does not plan.
    """
    who = _whom(ctx, person_id)
    local = tx.now.astimezone(site_zone(tx)).date()
    found = presence.load_attendance(tx, local - 2 * _DAY, local)
    mine = [one for (person, _on), one in found.items() if person == who and one.out_at is None]
    if not mine:
        raise RuleViolation("duty.not_in")
    before = max(mine, key=lambda one: one.in_at)
    if (away := presence.open_away(tx, [who]).get(who)) is not None:
        presence.come_back_now(tx, away, tx.now)
    kept = rules.kept_text(note, rules.LONGEST_NOTE)
    after = replace(before, out_at=tx.now, note=kept or before.note)
    return _present(ctx, tx, "duty.undo.checked_out", after, before, away)


@command(permission="roster.ask")
def restore_presence(
    ctx: Context,
    tx: Transaction,
    code: str,
    *,
    person_id: PersonId,
    on_date: date,
    wanted: Attendance | None,
    seen: Attendance | None,
    away: Away | None = None,
) -> Outcome:
    """Let a presence be as it was, where it is still `seen`; the way back of every function here.

    `away` is the time away that ended with it, as it shall be again.

    Raises:
        StaleRecord: somebody changed it meanwhile.
        NotAllowed: it is somebody else's, and the actor does not plan.
    """
    _whom(ctx, person_id)
    if presence.attendance_on(tx, person_id, on_date) != seen:
        raise StaleRecord("attendance", 0, date=on_date.isoformat())
    presence.put_attendance(tx, person_id, on_date, wanted)
    stood = None
    if away is not None:
        stood = presence.load_away(tx, away.id)
        presence.come_back_now(tx, away, away.back_at)
    return presence_written(ctx, tx, restore_presence, code, (person_id, on_date), wanted, seen, stood)


@command(permission="roster.ask")
def go_away(
    ctx: Context,
    tx: Transaction,
    *,
    reason: str,
    planned_until: datetime | None = None,
    person_id: PersonId | None = None,
) -> Outcome:
    """Say that somebody on duty leaves the desk for a while (S4-22). The outcome's id is the time away's.

    The duty supervisor is asked where it is longer than the site allows by itself, see `permitting`.

    Raises:
        RuleViolation: `duty.reason_missing`, `duty.not_on_duty`, `duty.away_already`.
        BadInput: `duty.return_in_past`, `duty.text_too_long`.
        NotAllowed: it is somebody else, and the actor does not plan.
    """
    who = _whom(ctx, person_id)
    kept = rules.check_away(reason, planned_until, tx.now)
    duty = next((one for one in people_on_duty(tx, tx.now) if one.person_id == who), None)
    if duty is None:
        raise RuleViolation("duty.not_on_duty")
    if (open_one := presence.open_away(tx, [who]).get(who)) is not None:
        if open_one.from_at >= duty.starts_at:
            raise RuleViolation("duty.away_already", since=open_one.from_at)
        presence.come_back_now(tx, open_one, duty.starts_at)  # forgotten since an earlier shift
    values = {
        "person_id": who,
        "from_at": tx.now_micros,
        "planned_until": None if planned_until is None else to_micros(planned_until),
        "reason": kept,
        **permitting.columns(ctx, tx, who, planned_until),
    }
    away_id = tx.insert("away_time", values)
    permitting.ask(tx, _away(tx, away_id), ctx.actor.person_id)
    tx.announce(DutyChanged())
    again = partial(go_away, ctx, reason=kept, planned_until=planned_until, person_id=who)
    back = partial(take_back_away, ctx, away_id, again=again)
    return Outcome(away_id, None, Undo("duty.undo.away", back, {"name": _name(ctx, tx, who)}))


@command(permission="roster.ask")
def take_back_away(
    ctx: Context, tx: Transaction, away_id: int, *, again: partial[Outcome] | None = None
) -> Outcome:
    """Say that somebody did not go away after all.

    Raises:
        NotFound: `duty.away_gone`.
        StaleRecord: they have come back meanwhile, so they were away.
        NotAllowed: it is somebody else, and the actor does not plan.
    """
    away = _away(tx, away_id)
    _whom(ctx, away.person_id)
    if away.back_at is not None:
        raise StaleRecord("away_time", away_id)
    permitting.settle_asked(tx, away_id)
    tx.execute("DELETE FROM away_time WHERE id = ?", (away_id,))
    tx.announce(DutyChanged())
    params = {"name": _name(ctx, tx, away.person_id)}
    return Outcome(None, None, None if again is None else Undo("duty.undo.not_away", again, params))


@command(permission="roster.ask")
def come_back(ctx: Context, tx: Transaction, *, person_id: PersonId | None = None) -> Outcome:
    """Say that somebody who was away is at the desk again.

    Raises:
        RuleViolation: `duty.not_away`.
        NotAllowed: it is somebody else, and the actor does not plan.
    """
    who = _whom(ctx, person_id)
    away = presence.open_away(tx, [who]).get(who)
    if away is None:
        raise RuleViolation("duty.not_away")
    return _returned(ctx, tx, away, tx.now)


@command(permission="roster.ask")
def set_back(ctx: Context, tx: Transaction, away_id: int, *, at: datetime | None) -> Outcome:
    """Write when a time away ended, None for not yet; takes `come_back` back.

    Raises:
        NotFound: `duty.away_gone`.
        StaleRecord: they went away again meanwhile.
        NotAllowed: it is somebody else, and the actor does not plan.
    """
    away = _away(tx, away_id)
    _whom(ctx, away.person_id)
    if at is None and presence.open_away(tx, [away.person_id]):
        raise StaleRecord("away_time", away_id)
    return _returned(ctx, tx, away, at)


# -- inside ------------------------------------------------------------------------------------------


def _whom(ctx: Context, person_id: PersonId | None) -> PersonId:
    """Return whom an action is about; somebody else only for those who plan."""
    me = ctx.actor.person_id
    if person_id is None and me is None:
        raise RuleViolation("duty.no_person")
    if person_id is not None and person_id != me and not ctx.actor.may(_PLANS):
        raise NotAllowed("access.not_allowed", permission=_PLANS, who=[])
    found = me if person_id is None else person_id
    if found is None:
        raise RuleViolation("duty.no_person")
    return found


def _away(tx: Transaction, away_id: int) -> Away:
    away = presence.load_away(tx, away_id)
    if away is None:
        raise NotFound("duty.away_gone", id=away_id)
    return away


def _present(
    ctx: Context,
    tx: Transaction,
    code: str,
    after: Attendance,
    before: Attendance | None,
    away: Away | None = None,
) -> Outcome:
    presence.put_attendance(tx, after.person_id, after.on_date, after)
    whose = (after.person_id, after.on_date)
    return presence_written(ctx, tx, restore_presence, code, whose, after, before, away)


def _returned(ctx: Context, tx: Transaction, away: Away, at: datetime | None) -> Outcome:
    presence.come_back_now(tx, away, at)
    permitting.settle_asked(tx, away.id)
    tx.announce(DutyChanged())
    back = partial(set_back, ctx, away.id, at=away.back_at)
    return Outcome(away.id, None, Undo("duty.undo.back", back, {"name": _name(ctx, tx, away.person_id)}))


def _name(ctx: Context, tx: Transaction, person_id: PersonId) -> str:
    column = person_column("person", ctx.language)
    return str(tx.value(f"SELECT {column} FROM person WHERE id = ?", (person_id,)) or "")
