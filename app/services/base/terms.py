"""The desk's words for every state and kind, as GLOSSARY has them: one table for views and reports alike.

To add one: put the member into its enum's table here and its Chinese into `terms.po`; a test walks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.models.entities.announcements import AnnouncementChannel, AnnouncementKind, AnnouncementState
from app.models.entities.audit import AccessKind, AccessSubject
from app.models.entities.calendars import DayType
from app.models.entities.knowledge import ArticleState
from app.models.entities.people import NumberKind, PersonFact
from app.models.entities.roster import ShiftKind
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import (
    Channel,
    Confirmation,
    EventKind,
    Move,
    PrioritySource,
    TicketStatus,
    TicketType,
    WaitingKind,
)
from app.services.base.texts import Texts, mark

# Members of different enums may be equal as text, so each enum has its own table.
TERMS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    TicketType: {
        TicketType.INCIDENT: mark("Incident"),
        TicketType.REQUEST: mark("Service request"),
        TicketType.INQUIRY: mark("Inquiry"),
        TicketType.COMPLAINT: mark("Complaint"),
        TicketType.MONITORING: mark("Monitoring event"),
    },
    TicketStatus: {
        TicketStatus.NEW: mark("New"),
        TicketStatus.ASSIGNED: mark("Assigned"),
        TicketStatus.IN_PROGRESS: mark("In progress"),
        TicketStatus.WAITING: mark("Waiting"),
        TicketStatus.RESOLVED: mark("Resolved"),
        TicketStatus.CLOSED: mark("Closed"),
        TicketStatus.CANCELLED: mark("Cancelled"),
        TicketStatus.OUT_OF_SCOPE: mark("Out of scope"),
        TicketStatus.DUPLICATE: mark("Duplicate"),
    },
    Move: {
        Move.ASSIGN: mark("Assign"),
        Move.START: mark("Start work"),
        Move.WAIT: mark("Set waiting"),
        Move.RESUME: mark("Resume work"),
        Move.RESOLVE: mark("Resolve"),
        Move.CLOSE: mark("Close ticket"),
        Move.REFUSE: mark("Not solved"),
        Move.REOPEN: mark("Reopen"),
        Move.CANCEL: mark("Cancel ticket"),
        Move.OUT_OF_SCOPE: mark("Mark out of scope"),
        Move.DUPLICATE: mark("Mark as duplicate"),
    },
    Channel: {
        Channel.PHONE: mark("Telephone"),
        Channel.WEB: mark("Web"),
        Channel.EMAIL: mark("E-mail"),
        Channel.VISIT: mark("In person"),
        Channel.FAX: mark("Fax"),
        Channel.VOICEMAIL: mark("Voicemail"),
        Channel.VIDEO: mark("Video"),
        Channel.MONITORING: mark("Monitoring"),
        Channel.INTERNAL: mark("Internal"),
    },
    WaitingKind: {
        WaitingKind.USER: mark("Waiting for user"),
        WaitingKind.SUPPLIER: mark("Waiting for supplier"),
        WaitingKind.VISIT: mark("Waiting for visit"),
        WaitingKind.CHANGE: mark("Waiting for change"),
    },
    Confirmation: {
        Confirmation.CONFIRMED: mark("Confirmed"),
        Confirmation.REFUSED: mark("Refused by user"),
        Confirmation.NO_REPLY: mark("No reply"),
    },
    PrioritySource: {
        PrioritySource.MATRIX: mark("From the matrix"),
        PrioritySource.OVERRIDE: mark("Set by hand"),
    },
    EventKind: {
        EventKind.CREATED: mark("Registered"),
        EventKind.CHANGED: mark("Changed"),
        EventKind.STATUS: mark("Status"),
        EventKind.NOTE: mark("Note"),
        EventKind.REPLY: mark("Reply"),
        EventKind.CALL: mark("Call"),
        EventKind.SOLUTION: mark("Solution"),
        EventKind.CONFIRMATION: mark("Confirmation"),
        EventKind.PROMISED: mark("Promised times"),
        EventKind.ATTACHED: mark("Attachment"),
        EventKind.LINKED: mark("Linked"),
        EventKind.UNLINKED: mark("Link removed"),
        EventKind.ARTICLE: mark("Knowledge used"),
        EventKind.ESCALATED: mark("Escalated"),
        EventKind.IMPORTED: mark("Imported"),
    },
    ArticleState: {
        ArticleState.DRAFT: mark("Draft"),
        ArticleState.REVIEW: mark("In review"),
        ArticleState.PUBLISHED: mark("Published"),
        ArticleState.RETIRED: mark("Retired"),
    },
    ClockKind: {
        ClockKind.RESPONSE: mark("Response"),
        ClockKind.RESOLUTION: mark("Resolution"),
        ClockKind.FIRST_LINE: mark("First-line time box"),
        ClockKind.TASK_ACCEPT: mark("Task acceptance"),
        ClockKind.TASK_DONE: mark("Task completion"),
        ClockKind.UPDATE_DUE: mark("Next update"),
        ClockKind.APPOINTMENT: mark("Appointment"),
        ClockKind.CONFIRMATION: mark("Confirmation"),
    },
    DayType: {
        DayType.WORKDAY: mark("Workday"),
        DayType.WEEKEND: mark("Weekend"),
        DayType.HOLIDAY: mark("Public holiday"),
        DayType.DAY_OFF_IN_LIEU: mark("Day off in lieu"),
        DayType.MAKE_UP_WORKDAY: mark("Make-up workday"),
    },
    ShiftKind: {
        ShiftKind.WORK: mark("At work"),
        ShiftKind.STANDBY: mark("Standby"),
        ShiftKind.ABSENCE: mark("Absent"),
    },
    NumberKind: {
        NumberKind.WORK: mark("Work number"),
        NumberKind.MOBILE: mark("Mobile number"),
        NumberKind.EXTENSION: mark("Extension"),
        NumberKind.HOME: mark("Home number"),
        NumberKind.OTHER: mark("Other number"),
    },
    PersonFact: {
        PersonFact.PHONE: mark("Office numbers"),
        PersonFact.MOBILE: mark("Mobile and home numbers"),
        PersonFact.EMAIL: mark("E-mail"),
        PersonFact.LOCATION: mark("Location"),
        PersonFact.TITLE: mark("Position"),
    },
    AccessKind: {
        AccessKind.OPENED: mark("Opened"),
        AccessKind.REVEALED: mark("Mask lifted"),
        AccessKind.EXPORTED: mark("Exported"),
        AccessKind.PRINTED: mark("Printed"),
    },
    AccessSubject: {
        AccessSubject.TICKET: mark("Ticket"),
        AccessSubject.TICKETS: mark("Tickets"),
        AccessSubject.PERSON: mark("Person"),
        AccessSubject.ATTACHMENT: mark("Attachment"),
        AccessSubject.REPORT: mark("Report"),
        AccessSubject.ROSTER: mark("Roster"),
        AccessSubject.SETTINGS: mark("Settings"),
        AccessSubject.HANDOVER: mark("Handover"),
        AccessSubject.AUDIT: mark("Audit log"),
        AccessSubject.BACKUP: mark("Backup"),
    },
    AnnouncementKind: {
        AnnouncementKind.NEW_SYSTEM: mark("New system"),
        AnnouncementKind.CHANGE: mark("Planned change"),
        AnnouncementKind.FAULT: mark("Known fault"),
        AnnouncementKind.MAINTENANCE: mark("Maintenance"),
        AnnouncementKind.NEWS: mark("News"),
    },
    AnnouncementChannel: {
        AnnouncementChannel.BOARD: mark("Notice board"),
        AnnouncementChannel.EMAIL: mark("E-mail"),
        AnnouncementChannel.PHONE: mark("Telephone"),
        AnnouncementChannel.INTRANET: mark("Intranet"),
        AnnouncementChannel.SITE_VISIT: mark("Visit on site"),
    },
    AnnouncementState: {
        AnnouncementState.PLANNED: mark("To come"),
        AnnouncementState.SHOWN: mark("In force"),
        AnnouncementState.ENDED: mark("Over"),
        AnnouncementState.WITHDRAWN: mark("Withdrawn"),
    },
}

PRIORITY_NAMES: Mapping[int, str] = {
    1: mark("Critical"),
    2: mark("High"),
    3: mark("Medium"),
    4: mark("Low"),
    5: mark("Planned"),
}

PERMISSION_TERMS: Mapping[str, str] = {
    "tickets.read": mark("See tickets"),
    "tickets.create": mark("Register tickets"),
    "tickets.edit": mark("Change a ticket's properties"),
    "tickets.note": mark("Write notes and replies"),
    "tickets.assign": mark("Assign tickets"),
    "tickets.work": mark("Start and resume work"),
    "tickets.wait": mark("Set tickets waiting"),
    "tickets.resolve": mark("Resolve tickets"),
    "tickets.confirm": mark("Record the user's confirmation"),
    "tickets.close": mark("Close tickets"),
    "tickets.reopen": mark("Reopen tickets"),
    "tickets.cancel": mark("End tickets without work"),
    "tickets.link": mark("Link tickets"),
    "tickets.attach": mark("Attach files"),
    "tickets.bulk": mark("Change many tickets at once"),
    "tickets.escalate": mark("Escalate a ticket to the supervisor on duty"),
    "priority.override": mark("Overrule the priority matrix"),
    "priority.major": mark("Declare a major incident"),
    "views.share": mark("Share saved views"),
    "knowledge.read": mark("Read articles"),
    "knowledge.rate": mark("Say whether an article helped"),
    "knowledge.edit": mark("Write articles"),
    "knowledge.publish": mark("Publish and retire articles"),
    "roster.read": mark("See the roster"),
    "roster.edit": mark("Plan the roster"),
    "roster.publish": mark("Publish the roster"),
    "roster.ask": mark("Ask for leave and swaps, check in and out"),
    "roster.approve": mark("Decide on leave and swaps"),
    "opportunities.write": mark("Note and pass on opportunities"),
    "announcements.write": mark("Announce to users and agents"),
    "handover.write": mark("Write and sign the handover, leave notes"),
    "reports.read": mark("See and print reports"),
    "people.read": mark("Look people up"),
    "people.edit": mark("Change people and teams"),
    "people.reveal": mark("Show masked fields, each time on record"),
    "audit.read": mark("See who read and exported what"),
    "settings.read": mark("See settings"),
    "settings.edit": mark("Change settings"),
    "access.manage": mark("Give roles and rights"),
    "transfer.import": mark("Import records"),
    "transfer.export": mark("Export settings and records"),
    "store.migrate": mark("Update the database"),
}


def term(texts: Texts, member: StrEnum) -> str:
    """Return the word for a state or kind.

    Raises:
        KeyError: no table has it; a test keeps that from happening for the enums of tickets.
    """
    return texts.gettext(TERMS[type(member)][member])


def priority_name(texts: Texts, level: int) -> str:
    """Return "Critical" for 1 to "Planned" for 5. A level added by the site has its own name, not this."""
    return texts.gettext(PRIORITY_NAMES[level])


def priority_title(texts: Texts, level: int) -> str:
    """Return "P1 Critical"; a level beyond the shipped five is just "P6"."""
    name = PRIORITY_NAMES.get(level)
    return f"P{level} {texts.gettext(name)}" if name else f"P{level}"


def permission_term(texts: Texts, permission: str) -> str:
    """Return what a permission lets one do; one that has no word yet is shown by its name."""
    return texts.gettext(PERMISSION_TERMS.get(permission, permission))
