"""What the page of one ticket shows at a moment: read together, never changed."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.entities.ticket_pages import TicketDetail
from app.models.entities.tickets import Ticket
from app.services.tickets.page_queries import DeskTerms, TicketSurroundings
from app.views.base.format import Format
from app.views.tickets.detail_names import Names, in_reader_language


@dataclass(frozen=True)
class TicketState:
    """A ticket with its log, what stands around it, and the words for its ids."""

    detail: TicketDetail
    around: TicketSurroundings
    terms: DeskTerms
    format: Format

    @property
    def ticket(self) -> Ticket:
        """The ticket itself."""
        return self.detail.ticket

    @property
    def names(self) -> Names:
        """The words for the ids of this ticket."""
        people = dict(self.detail.names)
        requester = self.around.requester
        if requester is not None:
            details = requester.details
            people[int(requester.id)] = in_reader_language(details.name, details.name_alt)
        return Names(self.terms, self.format, people, self.around.articles)

    @property
    def number(self) -> str:
        """The ticket's number as people see it."""
        return self.terms.numbers.text_of(self.ticket.number)
