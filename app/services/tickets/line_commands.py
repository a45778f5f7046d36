"""Handing tickets to the next line: with one key, many at once, or early because they cannot be in time."""

from __future__ import annotations

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import TicketId
from app.models.entities.tickets import EventKind
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings.current import load_config
from app.services.tickets.by_roster import Turns
from app.services.tickets.forecast_queries import next_line_team, outlook_of, retired_teams
from app.services.tickets.loading import load_for_change
from app.services.tickets.many import Seen, change_many
from app.services.tickets.moving import record_assignment
from app.services.tickets.recording import Recorder, as_text, open_recorder, write
from app.services.tickets.undoing import outcome_of_many, undo_of

EARLY = "expected_breach"
"""Why a ticket went on early, as its log keeps it (`detail["why"]` of an ESCALATED line "line")."""


@command(permission="tickets.assign")
def send_to_next_line(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, version: int, is_early: bool = False
) -> Outcome:
    """Hand a ticket to the team its category names for the next line (S1-9).

    Nobody of it is named, unless the site lets the roster choose for that team.

    `is_early` records that the desk expects to break the promise, with the forecast it saw (S4-4).

    Raises:
        RuleViolation: the ticket is not open, `tickets.no_next_line`, or what assigning demands is missing.
        StaleRecord: somebody saved the ticket since `version`.
    """
    recorder = open_recorder(tx, load_config(tx), load_for_change(tx, ticket_id, version))
    _send_on(tx, recorder, Turns(), is_early=is_early)
    code = "tickets.undo.sent_early" if is_early else "tickets.undo.sent_on"
    new_version = write(tx, [recorder])[ticket_id]
    return Outcome(ticket_id, new_version, undo_of(ctx, recorder, code, new_version))


@command(permission="tickets.bulk")
def send_many_to_next_line(ctx: Context, tx: Transaction, seen: Seen) -> Outcome:
    """Hand many tickets on, each to its category's next team; see `assign_many` for what is left alone."""
    turns = Turns()
    done, skipped = change_many(tx, seen, lambda recorder: _send_on(tx, recorder, turns, is_early=False))
    return outcome_of_many(ctx, tx, done, skipped)


def _send_on(tx: Transaction, recorder: Recorder, turns: Turns, *, is_early: bool) -> None:
    ticket, site = recorder.ticket, recorder.site
    team = next_line_team(site, ticket.category_id, ticket.team_id, retired_teams(tx))
    if team is None:
        raise RuleViolation("tickets.no_next_line", number=ticket.number)
    seen = outlook_of(tx, site, ticket, recorder.clocks(), tx.now).forecast if is_early else None
    record_assignment(recorder, team, None, turns=turns)
    if not is_early:
        return
    detail: dict[str, object] = {"why": EARLY}
    if seen is not None:
        detail |= {"ready_at": seen.ready_at.isoformat(), "due_at": seen.due_at.isoformat()}
    recorder.add(
        EventKind.ESCALATED,
        name="line",
        old=as_text(ticket.team_id),
        new=as_text(team),
        detail=detail,
    )
