"""Writing what fell due: one short transaction per batch of tickets, each step claimed by its unique key."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.models.entities.background import ClockDoubt
from app.models.entities.escalation import FiringState
from app.models.entities.events import TicketsChanged
from app.models.entities.ids import PersonId
from app.models.entities.instants import to_micros
from app.models.transactions import Transaction
from app.services.background.effects import is_deed, record_deed, rise_line
from app.services.background.high_water import move_mark, put_meta
from app.services.background.lease_commands import holds_token
from app.services.background.plans import Plan
from app.services.background.queries import MARK_KEY, WALK_KEY
from app.services.background.telling import tell
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.escalation.recipients import Directory, Hands
from app.services.escalation.steps import DueKind, DueStep
from app.services.escalation.telling import Told
from app.services.settings import declared
from app.services.settings.current import SiteConfig, load_config
from app.services.tickets.loading import insert_events
from app.services.tickets.recording import Recorder, write

_COLUMNS = "ticket_id, step, cycle, due_at, at, state, token"
_MARKS = "(?, ?, ?, ?, ?, ?, ?)"
_CLAIMED_AT_ONCE = 100
# What cannot wait until its owner is back on shift; a question to ask again can.
_URGENT = frozenset({DueKind.WARNING, DueKind.BREACH, DueKind.TOLD_NEAR, DueKind.TOLD_OVER})


@dataclass(frozen=True, slots=True)
class Written(Outcome):
    """What one batch wrote. Nothing at all was written where the lease is not `is_mine` any more, or where
    the time is one at which nothing may be done.

    `stale` tickets were saved by somebody since they were read; that made them due for a look again.
    """

    is_mine: bool = True
    doubt: ClockDoubt | None = None
    fired: int = 0
    marked: int = 0
    doubled: int = 0
    stale: int = 0


@command(permission="store.migrate")
def do_due(_ctx: Context, tx: Transaction, plans: Sequence[Plan], *, token: int) -> Outcome:
    """Write what is due for a batch of tickets: steps, log lines, moves, notices, technical columns.

    A step that somebody else claimed is left alone and counted in `Written.doubled`.

    Raises:
        FirstlineError: a rule refuses a move; nothing of the batch is written.
    """
    if not holds_token(tx, token):
        return Written(is_mine=False)
    if doubt := move_mark(tx, tx.now):
        return Written(doubt=doubt)
    site = load_config(tx)
    # Tickets are locked by this first write, always in the order of their ids.
    kept = [plan for plan in plans if _write_technical(tx, plan)]
    claimed, wanted = _claim(tx, kept, token)
    told: list[Told] = []
    directory = Directory(tx, tx.now)
    changed = {int(plan.ticket.id) for plan in kept if plan.columns}
    for plan in kept:
        mine = [step for step in plan.look.due if (plan.ticket.id, step.code, step.cycle) in claimed]
        fired = [step for step in mine if step.is_fired]
        hands, is_logged = _carry_out(tx, site, plan, fired)
        if is_logged:
            changed.add(int(plan.ticket.id))
        told += [Told(plan.ticket.id, plan.priority, step, _people(directory, step, hands)) for step in fired]
    tell(tx, told, site.escalation, ZoneInfo(site.settings[declared.TIMEZONE]), directory)
    if changed:
        tx.announce(TicketsChanged(frozenset(changed)))
    fired_count = sum(state is FiringState.FIRED for state in claimed.values())
    return Written(
        is_mine=True,
        fired=fired_count,
        marked=len(claimed) - fired_count,
        doubled=wanted - len(claimed),
        stale=len(plans) - len(kept),
    )


@command(permission="store.migrate")
def put_off(
    _ctx: Context, tx: Transaction, versions: Mapping[int, int], *, token: int, until: int
) -> Outcome:
    """Look at tickets again at `until` (microseconds): they could not be looked at, and others wait.

    `versions` are the tickets' ids with the version that was read: one saved since may well be mended.
    """
    if holds_token(tx, token):
        for ticket_id, version in sorted(versions.items()):
            tx.execute(
                "UPDATE ticket SET wake_at = ? WHERE id = ? AND version = ? AND wake_at IS NOT NULL",
                (until, ticket_id, version),
            )
    return Outcome()


@command(permission="store.migrate")
def note_walk(_ctx: Context, tx: Transaction, *, token: int, mark: str, after: int | None) -> Outcome:
    """Note that all tickets up to `after` were looked at under the rules of `mark`; None: all there are."""
    if holds_token(tx, token):
        put_meta(tx, WALK_KEY, f"{mark}:{after or 0}")
        if after is None:
            put_meta(tx, MARK_KEY, mark)
    return Outcome()


def _write_technical(tx: Transaction, plan: Plan) -> bool:
    """Write cached columns and the next look, unless somebody saved the ticket since it was read.

    Neither version nor `updated_at` changes: nobody did anything to the ticket.
    """
    names = sorted(plan.columns)
    assignments = "".join(f", {name} = ?" for name in names)
    return (
        tx.execute(
            f"UPDATE ticket SET wake_at = ?{assignments} WHERE id = ? AND version = ?",
            (plan.wake_at, *(plan.columns[name] for name in names), plan.ticket.id, plan.ticket.version),
        )
        == 1
    )


def _claim(
    tx: Transaction, plans: Sequence[Plan], token: int
) -> tuple[Mapping[tuple[int, str, int], FiringState], int]:
    """Store what is due; return what nobody had stored before, and how many there were in all."""
    rows = [
        (
            plan.ticket.id,
            step.code,
            step.cycle,
            to_micros(step.due_at),
            tx.now_micros,
            step.state.value,
            token,
        )
        for plan in plans
        for step in plan.look.due
    ]
    claimed: dict[tuple[int, str, int], FiringState] = {}
    for start in range(0, len(rows), _CLAIMED_AT_ONCE):
        some = rows[start : start + _CLAIMED_AT_ONCE]
        text = (
            f"INSERT INTO escalation ({_COLUMNS}) VALUES {', '.join([_MARKS] * len(some))}"
            " ON CONFLICT (ticket_id, step, cycle) DO NOTHING RETURNING ticket_id, step, cycle, state"
        )
        for ticket_id, step, cycle, state in tx.rows(text, [value for row in some for value in row]):
            claimed[ticket_id, step, cycle] = FiringState(state)
    return claimed, len(rows)


def _carry_out(tx: Transaction, site: SiteConfig, plan: Plan, fired: Sequence[DueStep]) -> tuple[Hands, bool]:
    """Write log lines and moves of a ticket; return in whose hands it is then, and whether its log grew."""
    ticket = plan.ticket
    recorder = Recorder(tx, site, ticket, [*plan.log])
    for step in fired:
        if step.kind is DueKind.RISE:
            rise_line(recorder, step)
    is_deed_done = any([record_deed(tx, recorder, step) for step in fired if is_deed(step)])
    if is_deed_done:
        write(tx, [recorder])
    elif recorder.fresh:
        # A rise is computed, not done by anybody: it is logged, and the ticket counts as untouched (U21).
        insert_events(tx, recorder.fresh)
        tx.execute("UPDATE ticket SET version = version + 1 WHERE id = ?", (ticket.id,))
    team = recorder.value("team_id")
    assignee = recorder.value("assignee_id")
    return Hands(ticket.owner_id, assignee, team), bool(recorder.fresh)  # type: ignore[arg-type]


def _people(directory: Directory, step: DueStep, hands: Hands) -> Collection[PersonId]:
    if step.rule is not None:
        return directory.of(step.rule.recipients, hands)
    if step.kind is DueKind.RISE:
        return frozenset()
    return directory.own(hands, is_urgent=step.kind in _URGENT)
