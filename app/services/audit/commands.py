"""What writes the record: handing out, opening a ticket, showing a masked fact. Nothing of it is undone."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.entities.audit import Access, AccessKind, AccessSubject
from app.models.entities.ids import PersonId, TicketId
from app.models.entities.people import PersonFact
from app.models.transactions import Transaction
from app.services.audit.recording import drop_outdated, put_access, reading_to_record
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY
from app.services.base.undo import Outcome
from app.services.people.masking import values_of
from app.services.people.queries import load_person


@dataclass(frozen=True, slots=True)
class Revealed(Outcome):
    """One fact of one person, whole: numbers in their order, or one text."""

    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pruned(Outcome):
    """How many old lines one batch deleted."""

    count: int = 0


@command(permission=ANYBODY)
def record_access(_ctx: Context, tx: Transaction, access: Access) -> Outcome:
    """Record what is about to be done. Needs no right: whoever may do it is recorded doing it."""
    return Outcome(put_access(tx, access))


@command(permission="tickets.read")
def record_opened(ctx: Context, tx: Transaction, ticket_id: TicketId) -> Outcome:
    """Record that the actor opened a ticket, if that is recorded at all and was not yet on this day."""
    number = reading_to_record(ctx, tx, ticket_id)
    if number is None:
        return Outcome()
    return Outcome(put_access(tx, Access(AccessKind.OPENED, AccessSubject.TICKET, str(number))))


@command(permission="people.reveal")
def reveal(
    _ctx: Context, tx: Transaction, person_id: PersonId, fact: PersonFact, *, number: int | None = None
) -> Revealed:
    """Show one masked fact of one person, recorded with it. `number` is the ticket it is asked for at.

    After a commit whose reply was lost the answer is a plain `Outcome`: it was recorded, not shown.

    Raises:
        NotFound: `people.not_found`.
    """
    values = values_of(load_person(tx, person_id), fact)
    about = {"fact": fact.value, "ticket": number}
    put_access(tx, Access(AccessKind.REVEALED, AccessSubject.PERSON, str(person_id), about))
    return Revealed(person_id, values=values)


@command(permission="access.manage")
def prune(_ctx: Context, tx: Transaction, *, limit: int) -> Pruned:
    """Delete at most `limit` lines that are older than the site keeps them."""
    return Pruned(count=drop_outdated(tx, limit))
