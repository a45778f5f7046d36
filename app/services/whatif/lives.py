"""What a ticket's clocks depend on, taken from its log once: small enough to keep for 100,000 tickets. Pure.

A life is made from the log lines as they are stored and forgets everything no document could make count:
texts, people, moves between states that are all the same to a clock. `log_reading.py` makes it, `rules.py`
replays it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.models.entities.ids import CategoryId, PersonId, ServiceId
from app.models.entities.sla import ContactKind, Promise
from app.models.entities.tickets import TicketType

# A step is one number: in which kind of state the ticket is after it, what it may be to a clock, which
# contact it was, and above that the waiting reason's id while it waits.
ACTIVE, WAITING, DONE, ENDED = range(4)
STATE = 3
MOVES = 1 << 2  # counts whatever the documents say
FACTS = 1 << 3  # what decides the promise changed
PROMISED = 1 << 4  # a promise was made or renewed
CONTACT_BITS = {kind: 1 << (5 + place) for place, kind in enumerate(ContactKind)}
FROM_MACHINE = 1 << (5 + len(ContactKind))  # work begun on a machine's own report: counts always
CONTACTS = sum(CONTACT_BITS.values()) | FROM_MACHINE
REASON_SHIFT = 16


class Facts(NamedTuple):
    """What decides a ticket's priority and policy, the requester aside; many tickets share one object."""

    type: TicketType
    impact: int
    urgency: int
    priority: int
    is_override: bool
    service_id: ServiceId | None
    category_id: CategoryId | None


Line = tuple[int, int, str, str | None, str | None, str | None, str | None]
"""A log line as stored: ticket, when (microseconds), kind, field, old, new, detail as JSON text.

A plain tuple, as there are a million of them. Texts of people may be left out.
"""


class Era(NamedTuple):
    """Facts that held until somebody changed them, with the requester of that time."""

    facts: Facts
    requester_id: PersonId | None


@dataclass(frozen=True, slots=True)
class Life:
    """One ticket as its clocks see it; instants in seconds since 1970.

    `steps` are pairs, eight bytes a number: when, and what (see above). Before each FACTS step the next of
    `earlier` held, after the last one `facts`. `promises` are those really made, read of open tickets only;
    each has its PROMISED step.
    """

    id: int
    received_at: int
    started_at: int
    steps: Sequence[int]
    facts: Facts
    requester_id: PersonId | None
    earlier: tuple[Era, ...]
    is_open: bool
    manual_due_at: int | None
    promises: tuple[Promise, ...]
