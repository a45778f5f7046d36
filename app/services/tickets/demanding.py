"""What a ticket's category demands at a gate, besides what the desk's rules demand of every ticket."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.entities.catalogue import Gate
from app.models.entities.errors import RuleViolation
from app.models.entities.ids import CategoryId
from app.models.entities.tickets import Move, NewTicket, TicketStatus
from app.services.settings.current import SiteConfig
from app.services.tickets.recording import Recorder
from app.services.tickets.rules import lacking_of


def lacking_at(recorder: Recorder, gate: Gate, after: Mapping[str, object]) -> tuple[str, ...]:
    """Return what the category demands at a gate and the ticket has not; `after` is what the move sets."""
    category_id = recorder.value("category_id")
    demanded = recorder.site.demanded(
        None if category_id is None else CategoryId(int(str(category_id))), gate
    )
    return lacking_of(demanded, lambda name: after[name] if name in after else recorder.value(name))


def check_new(site: SiteConfig, new: NewTicket, values: Mapping[str, object], status: TicketStatus) -> None:
    """Refuse a new ticket that lacks what its category demands; `status` is the one it begins with.

    Raises:
        RuleViolation: `tickets.create_gate`; `tickets.gate` where it is handed on at once.
    """
    if new.is_refused:
        return  # nobody is going to work on it: nothing more is worth asking
    if missing := lacking_of(site.demanded(new.category_id, Gate.CREATE), values.get):
        raise RuleViolation("tickets.create_gate", missing=missing)
    if status is not TicketStatus.ASSIGNED:
        return
    if missing := lacking_of(site.demanded(new.category_id, Gate.ASSIGN), values.get):
        raise RuleViolation("tickets.gate", move=Move.ASSIGN, missing=missing)
