"""Words of the new ticket's form that belong to values: what each type means, what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.models.entities.tickets import Channel, TicketType
from app.views.base.i18n import N_, LazyText, _, pgettext

TYPES: tuple[TicketType, ...] = (
    TicketType.INCIDENT,
    TicketType.REQUEST,
    TicketType.INQUIRY,
    TicketType.COMPLAINT,
)
TYPE_NAMES: Mapping[TicketType, LazyText] = {
    TicketType.INCIDENT: N_("Incident"),
    TicketType.REQUEST: N_("Service request"),
    TicketType.INQUIRY: N_("Inquiry"),
    TicketType.COMPLAINT: N_("Complaint"),
}
TYPE_HINTS: Mapping[TicketType, LazyText] = {
    TicketType.INCIDENT: N_("An unplanned interruption, or less quality"),
    TicketType.REQUEST: N_("Something to provide: access, equipment"),
    TicketType.INQUIRY: N_("A question to answer; nothing is broken"),
    TicketType.COMPLAINT: N_("Somebody is not content with the service"),
}
CHANNELS: tuple[Channel, ...] = (
    Channel.PHONE,
    Channel.VISIT,
    Channel.EMAIL,
    Channel.WEB,
    Channel.VIDEO,
    Channel.VOICEMAIL,
    Channel.FAX,
    Channel.MONITORING,
    Channel.INTERNAL,
)

MISSING: Mapping[str, tuple[LazyText, LazyText]] = {
    "requester": (N_("caller"), N_("Say who is calling, or enter a new caller.")),
    "subject": (N_("subject"), N_("Say in a few words what it is about.")),
    "category": (N_("category"), N_("Choose a category: type a name, a code or initials.")),
    "cell": (N_("impact and urgency"), N_("Choose a cell: arrows move, Enter chooses.")),
    "reason": (N_("reason for the priority"), N_("Say why the matrix does not decide.")),
    "bearable": (
        N_("a time the user can wait until"),
        N_("This is no time. Write it like 16:00, 2 h or tomorrow 10:00."),
    ),
    "team": (N_("a category with a team"), N_("This category has no team of its own yet.")),
    "service": (N_("service"), N_("Tickets of this category name the service.")),
    "assign": (N_("person in charge"), N_("Tickets of this category go to a person.")),
    "location": (N_("location"), N_("Tickets of this category say where it is.")),
    "description": (N_("description"), N_("Tickets of this category say more about it.")),
    "solution": (N_("solution"), N_("Say what solved it.")),
    "cause": (N_("cause"), N_("Choose a cause.")),
    "resolution": (N_("how it was solved"), N_("Tickets of this category say how they were solved.")),
    "article": (N_("knowledge used"), N_("Use an article at the right, or say that none fits.")),
}
"""A field's name within a sentence, and what to do about it."""


def waiting_for(names: Sequence[str]) -> str:
    """Return "Still needed: caller, category", or "" where nothing is."""
    if not names:
        return ""
    listed = pgettext("between things", ", ").join(str(MISSING[name][0]) for name in names)
    return _("Still needed: {fields}").format(fields=listed)
