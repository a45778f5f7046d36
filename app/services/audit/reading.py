"""Recording that a ticket was opened: after it is on the screen, where nobody waits for it."""

from __future__ import annotations

import logging

from app.models.entities.errors import FirstlineError
from app.models.entities.ids import TicketId
from app.services.audit.commands import record_opened
from app.services.audit.queries import must_record_reading
from app.services.base.context import Context

log = logging.getLogger("firstline.audit")


def note_opened(ctx: Context, ticket_id: TicketId) -> None:
    """Record that the actor opened a ticket, where the site records that and it was not yet done today.

    Nothing is written, and no lock taken, where there is nothing to record. A reading that cannot be
    recorded is only logged: it has happened, and refusing it would stop the desk.
    """
    try:
        if must_record_reading(ctx, ticket_id):
            record_opened(ctx, ticket_id)
    except FirstlineError as error:
        log.info("opening ticket %s was not recorded: %s", ticket_id, error)
