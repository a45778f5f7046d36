"""Giving a ticket to whom the roster suggests: on duty, able, and with the least to do (U42, U43)."""

from __future__ import annotations

from app.models.entities.ids import TeamId, TicketId
from app.models.entities.tickets import EventKind
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings.current import load_config
from app.services.tickets.loading import load_for_change
from app.services.tickets.moving import record_assignment
from app.services.tickets.recording import open_recorder, write
from app.services.tickets.unattended import tell_unattended
from app.services.tickets.undoing import undo_of


@command(permission="tickets.assign")
def assign_by_roster(
    ctx: Context,
    tx: Transaction,
    ticket_id: TicketId,
    *,
    version: int,
    team_id: TeamId | None = None,
    note: str = "",
) -> Outcome:
    """Hand a ticket to the best of those at work in a team; see `suggesting.ranked`. The log says why.

    `team_id` None: the ticket's own team, else that of its category. With nobody at work it goes to the team
    without a person, stays in its queue, and the duty supervisor is told.

    Raises:
        RuleViolation: the ticket is not open, or category or team is missing (`tickets.gate`).
        StaleRecord: somebody saved it since `version`.
    """
    recorder = open_recorder(tx, load_config(tx), load_for_change(tx, ticket_id, version))
    ticket = recorder.ticket
    team = team_id or ticket.team_id
    if team is None and ticket.category_id is not None:
        team = recorder.site.default_team(ticket.category_id)
    record_assignment(recorder, team, None, always_by_roster=True)
    if note.strip():
        recorder.add(EventKind.NOTE, new=note.strip())
    new = write(tx, [recorder])[ticket_id]
    if recorder.value("assignee_id") is None and team is not None:
        tell_unattended(tx, [ticket_id], team)
    return Outcome(ticket_id, new, undo_of(ctx, recorder, "tickets.undo.assigned", new))
