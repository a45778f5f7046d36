"""Which ticket an action is meant for, as the person saw it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.models.entities.ids import CategoryId, PersonId, TeamId, TicketId
from app.models.entities.tickets import TicketStatus, TicketType
from app.views.base.i18n import _, ngettext, pgettext

_MOST_NAMED = 3


class Meant(Protocol):
    """What actions ask of a ticket; `TicketRow` and `Ticket` have all of it."""

    @property
    def id(self) -> TicketId:
        """Which ticket."""

    @property
    def number(self) -> int:
        """Its number, for sentences."""

    @property
    def version(self) -> int:
        """The version that was shown: nobody's later change is overwritten."""

    @property
    def subject(self) -> str:
        """What it is about."""

    @property
    def status(self) -> TicketStatus:
        """Its state: which moves there are."""

    @property
    def type(self) -> TicketType:
        """Its type: which can be a major incident."""

    @property
    def is_major(self) -> bool:
        """Whether it is a major incident."""

    @property
    def category_id(self) -> CategoryId | None:
        """Its category: assigning demands one."""

    @property
    def team_id(self) -> TeamId | None:
        """The team it is with."""

    @property
    def assignee_id(self) -> PersonId | None:
        """Who works on it."""


def told(meant: Sequence[Meant]) -> str:
    """Return "#10482" for one ticket, "3 tickets" for several."""
    if len(meant) == 1:
        return _("#{number}").format(number=meant[0].number)
    return ngettext("{count} ticket", "{count} tickets", len(meant)).format(count=len(meant))


def few(names: Sequence[str]) -> str:
    """Return "Wang Fang, Li Na, Sun Lei and 2 more": whom an action tells."""
    said = pgettext("between things", ", ").join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        said = _("{names} and {count} more").format(names=said, count=len(names) - _MOST_NAMED)
    return said
