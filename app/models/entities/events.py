"""What the desk announces after a commit: frozen facts in the past tense, ids only.

Whoever cares reads again. The same events arrive from other programs through the change feed. To add one:
subclass `Event`, give it an `entity` no other has, and announce it from a command.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Records of one entity changed. Empty `ids` means: many did, read everything again."""

    entity: ClassVar[str] = ""
    ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TicketsChanged(Event):
    """Tickets were created or changed."""

    entity: ClassVar[str] = "tickets"


@dataclass(frozen=True, slots=True)
class PeopleChanged(Event):
    """People, teams, roles or companies were changed."""

    entity: ClassVar[str] = "people"


@dataclass(frozen=True, slots=True)
class CatalogueChanged(Event):
    """Categories or services were changed."""

    entity: ClassVar[str] = "catalogue"


@dataclass(frozen=True, slots=True)
class KnowledgeChanged(Event):
    """Articles were written, published, retired or judged."""

    entity: ClassVar[str] = "knowledge"


@dataclass(frozen=True, slots=True)
class RosterChanged(Event):
    """Shifts were assigned, cleared or published, or templates and coverage changed."""

    entity: ClassVar[str] = "roster"


@dataclass(frozen=True, slots=True)
class ShiftNotesChanged(Event):
    """Notes for the next shift were left or done."""

    entity: ClassVar[str] = "shift_notes"


@dataclass(frozen=True, slots=True)
class DutyChanged(Event):
    """Somebody came, left, went away or came back, or a check of a shift was ticked."""

    entity: ClassVar[str] = "duty"


@dataclass(frozen=True, slots=True)
class HandoverChanged(Event):
    """A shift's sheet was opened, refreshed, ticked, asked about or signed; the ids are handovers."""

    entity: ClassVar[str] = "handover"


@dataclass(frozen=True, slots=True)
class OpportunitiesChanged(Event):
    """Opportunities were noted, passed on or came to an end."""

    entity: ClassVar[str] = "opportunities"


@dataclass(frozen=True, slots=True)
class CallsCounted(Event):
    """Counts of calls by hour were taken in, replaced or taken back."""

    entity: ClassVar[str] = "calls"


@dataclass(frozen=True, slots=True)
class LeaveChanged(Event):
    """Leave or a swap was asked for, answered, decided or withdrawn."""

    entity: ClassVar[str] = "leave"


@dataclass(frozen=True, slots=True)
class SettingsChanged(Event):
    """Site settings, matrix, SLA tables, calendars, code lists or scripts were changed."""

    entity: ClassVar[str] = "settings"


@dataclass(frozen=True, slots=True)
class ViewsChanged(Event):
    """Saved views were changed."""

    entity: ClassVar[str] = "views"


@dataclass(frozen=True, slots=True)
class AnnouncementsChanged(Event):
    """Announcements were written, changed, withdrawn or read."""

    entity: ClassVar[str] = "announcements"


@dataclass(frozen=True, slots=True)
class NoticesChanged(Event):
    """Notices were written or read; the ids are the people they are for."""

    entity: ClassVar[str] = "notices"


EVENT_TYPES: dict[str, type[Event]] = {
    kind.entity: kind
    for kind in (
        TicketsChanged,
        PeopleChanged,
        CatalogueChanged,
        KnowledgeChanged,
        RosterChanged,
        ShiftNotesChanged,
        DutyChanged,
        HandoverChanged,
        OpportunitiesChanged,
        CallsCounted,
        LeaveChanged,
        SettingsChanged,
        ViewsChanged,
        AnnouncementsChanged,
        NoticesChanged,
    )
}
