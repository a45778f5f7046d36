"""What assigning and waiting record, for one ticket or for many; shared by the commands."""

from __future__ import annotations

from app.models.entities.catalogue import Gate
from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId, ReasonId, TeamId
from app.models.entities.tickets import Move
from app.models.transactions import Transaction
from app.services.tickets.by_roster import Turns, chosen, goes_by_roster, reason_of
from app.services.tickets.demanding import lacking_at
from app.services.tickets.recording import Recorder
from app.services.tickets.rules import GateFacts, check_gate


def record_assignment(
    recorder: Recorder,
    team_id: TeamId | None,
    assignee_id: PersonId | None,
    *,
    turns: Turns | None = None,
    always_by_roster: bool = False,
) -> None:
    """Record team and person, then the move. Without a team, the category's default team is taken (S3-12).

    Without a person, one of those on duty is taken where the site wants that of the team, or with
    `always_by_roster`; `turns` is shared by all tickets of one action.

    Raises:
        RuleViolation: the ticket is not open, or category, team or what the category demands is missing.
    """
    category_id = recorder.ticket.category_id
    if team_id is None and category_id is not None:
        team_id = recorder.site.default_team(category_id)
    why: dict[str, object] | None = None
    if team_id is not None and assignee_id is None:
        assignee_id, why = given_to(recorder, team_id, turns, is_wanted=always_by_roster)
    lacking = lacking_at(recorder, Gate.ASSIGN, {"team_id": team_id, "assignee_id": assignee_id})
    check_gate(Move.ASSIGN, GateFacts(category_id=category_id, team_id=team_id, lacking=lacking))
    recorder.change("team_id", team_id)
    recorder.change("assignee_id", assignee_id, detail=why)
    recorder.move(Move.ASSIGN)
    if recorder.ticket.waiting_reason_id is not None:
        recorder.set("waiting_reason_id", None)


def given_to(
    recorder: Recorder, team_id: TeamId, turns: Turns | None = None, *, is_wanted: bool = False
) -> tuple[PersonId | None, dict[str, object] | None]:
    """Return whom the roster gives a team's ticket to, and the log's word on why; nobody where it does not.

    It does where the site wants that of the team, or with `is_wanted`.
    """
    ticket, tx = recorder.ticket, recorder.tx
    if not is_wanted and not goes_by_roster(tx, recorder.site, team_id):
        return None, None
    # Back to the queue of one's own team means: to somebody else.
    but = ticket.assignee_id if ticket.team_id == team_id and not is_wanted else None
    best, found = chosen(tx, tx.now, team_id, ticket.category_id, ticket.id, turns=turns, but=but)
    return (None, None) if best is None else (best.person_id, reason_of(best, found))


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
