"""What somebody absent has in hand: how much it is, and handing it on in one step that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.entities.ids import PersonId, TicketId
from app.models.entities.tickets import Move, TicketStatus
from app.models.transactions import Reader, Transaction
from app.services.base.command import command, query
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.base.undo import Outcome
from app.services.roster.absent import substitutes_of
from app.services.tickets.by_roster import Turns
from app.services.tickets.many import Seen, change_many
from app.services.tickets.moving import given_to
from app.services.tickets.recording import Recorder
from app.services.tickets.undoing import outcome_of_many

# An open ticket that waits, waits on: for what has nothing to do with whose it is.
_MOVED = frozenset({TicketStatus.ASSIGNED, TicketStatus.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class InHand:
    """The open tickets assigned to somebody, with their versions, and who could take them over.

    `substitute_id` None: nobody is agreed upon.
    """

    person_id: PersonId
    name: str
    tickets: Seen
    substitute_id: PersonId | None = None
    substitute_name: str = ""


@query(permission="tickets.bulk")
def in_hand(
    ctx: Context, read: Reader, person_id: PersonId, *, substitute_id: PersonId | None = None
) -> InHand:
    """Return what somebody has in hand; `substitute_id` is who was chosen to stand in, else by the terms."""
    rows = read.rows(
        "SELECT id, version FROM ticket WHERE is_open = true AND assignee_id = ? ORDER BY id", (person_id,)
    )
    other = substitute_id or substitutes_of(read, [person_id]).get(person_id)
    names = {
        row[0]: row[1]
        for row in read.rows(
            f"SELECT id, {person_column('person', ctx.language)} FROM person WHERE id IN (?, ?)",
            (person_id, other or person_id),
        )
    }
    tickets = tuple((TicketId(row[0]), int(row[1])) for row in rows)
    return InHand(person_id, names.get(person_id, ""), tickets, other, names.get(other, "") if other else "")


@command(permission="tickets.bulk")
def hand_over(ctx: Context, tx: Transaction, seen: Seen, *, to: PersonId | None) -> Outcome:
    """Give tickets of somebody absent to a colleague, or (None) back to the queues of their teams.

    Their teams stay. Of a team whose tickets the roster gives out, the roster chooses somebody else at once.
    Those saved by others meanwhile are named in `skipped`.
    """
    turns = Turns()

    def record(recorder: Recorder) -> None:
        _record(recorder, to, turns)

    done, skipped = change_many(tx, seen, record)
    return outcome_of_many(ctx, tx, done, skipped)


def _record(recorder: Recorder, to: PersonId | None, turns: Turns) -> None:
    ticket = recorder.ticket
    team, why = ticket.team_id, None
    if to is None and team is None and ticket.category_id is not None:
        team = recorder.site.default_team(ticket.category_id)
    if to is None and team is not None:
        to, why = given_to(recorder, team, turns)
    recorder.change("team_id", team)
    recorder.change("assignee_id", to, detail=why)
    if recorder.status in _MOVED and team is not None and ticket.category_id is not None:
        recorder.move(Move.ASSIGN)
