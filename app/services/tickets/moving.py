"""What assigning and waiting record, for one ticket or for many; shared by the commands."""

from __future__ import annotations

from app.models.entities.catalogue import Gate
from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId, ReasonId, TeamId
from app.models.entities.tickets import Move
from app.models.transactions import Transaction
from app.services.tickets.demanding import lacking_at
from app.services.tickets.recording import Recorder
from app.services.tickets.rules import GateFacts, check_gate


def record_assignment(recorder: Recorder, team_id: TeamId | None, assignee_id: PersonId | None) -> None:
    """Record team and person, then the move. Without a team, the category's default team is taken (S3-12).

    Raises:
        RuleViolation: the ticket is not open, or category, team or what the category demands is missing.
    """
    category_id = recorder.ticket.category_id
    if team_id is None and category_id is not None:
        team_id = recorder.site.default_team(category_id)
    lacking = lacking_at(recorder, Gate.ASSIGN, {"team_id": team_id, "assignee_id": assignee_id})
    check_gate(Move.ASSIGN, GateFacts(category_id=category_id, team_id=team_id, lacking=lacking))
    recorder.change("team_id", team_id)
    recorder.change("assignee_id", assignee_id)
    recorder.move(Move.ASSIGN)
    if recorder.ticket.waiting_reason_id is not None:
        recorder.set("waiting_reason_id", None)


def record_waiting(tx: Transaction, recorder: Recorder, reason_id: ReasonId) -> None:
    """Record for what the ticket waits.

    Raises:
        RuleViolation: the ticket is not open, or the reason is retired or unknown.
    """
    row = tx.one("SELECT kind FROM waiting_reason WHERE id = ? AND is_active = true", (reason_id,))
    if row is None:
        raise RuleViolation("tickets.waiting_reason_retired")
    recorder.set("waiting_reason_id", reason_id)
    recorder.move(Move.WAIT, detail={"waiting_reason_id": reason_id, "kind": row[0]})
