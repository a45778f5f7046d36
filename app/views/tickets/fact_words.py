"""The facts around promised times in words: what the log says of them, and what lies ahead. Pure."""

from __future__ import annotations

from datetime import datetime

from app.models.entities.tickets import Ticket, TicketEvent, TicketStatus
from app.services.sla.forecast import Basis, Forecast
from app.services.tickets.facts import RESTORED, TOLD, waits_too_long
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.tickets.detail_names import Names

SOON_MINUTES = 15


def changed_words(event: TicketEvent, names: Names) -> str:
    """Return what a change of the service's return or of the time told says; "" for any other field."""
    when = _instant(event.new)
    if event.field == RESTORED:
        if when is None:
            return _("the service does not work yet after all")
        return _("the service works again since {time}").format(time=names.format.when(when, event.at))
    if event.field != TOLD:
        return ""
    if when is None:
        return _("the time told to the user no longer holds")
    said = _("told the user: solved by {time}").format(time=names.format.when(when, event.at))
    due = _instant(event.detail.get("after_due"))
    if due is None:
        return said
    later = _("later than the SLA’s {time}").format(time=names.format.when(due, event.at))
    return f"{said} ({later})"


def kept_words(event: TicketEvent, names: Names) -> str:
    """Return whether a solution came by the time the user was told; "" where they were told none."""
    told = _instant(event.detail.get("told"))
    if told is None:
        return ""
    words = {"time": names.format.when(told, event.at)}
    if event.at <= told:
        return _("promise kept: told {time}").format_map(words)
    words["over"] = names.format.duration(event.at - told)
    return _("promise broken: told {time}, {over} late").format_map(words)


def restored_words(ticket: Ticket, fmt: Format, now: datetime) -> str:
    """Return since when the service works again; where nobody said, that it was when it was resolved."""
    if ticket.restored_at is not None:
        return fmt.when(ticket.restored_at, now)
    if ticket.resolved_at is not None:
        return _("taken as resolved, {time}").format(time=fmt.when(ticket.resolved_at, now))
    return ""


def wait_words(until: datetime | None, due_at: datetime | None, fmt: Format, now: datetime) -> str:
    """Return that the user cannot wait as long as the promise lets the desk take; "" where they can."""
    if until is None or due_at is None or not waits_too_long(until, due_at):
        return ""
    said = _("The user can wait until {until}, the promise is {due}.")
    return said.format(until=fmt.when(until, now), due=fmt.when(due_at, now))


def told_mark(ticket: Ticket, fmt: Format, now: datetime) -> tuple[str, str]:
    """Return what the mark of the time told says, and its tone; "" where there is nothing to say."""
    told = ticket.promised_at
    if told is None:
        return "", ""
    said = _("told {time}").format(time=fmt.when(told, now))
    if ticket.resolved_at is not None:
        return said, "ok" if ticket.resolved_at <= told else "bad"
    if ticket.status in {TicketStatus.CANCELLED, TicketStatus.OUT_OF_SCOPE, TicketStatus.DUPLICATE}:
        return said, ""
    if told <= now:
        return said, "bad"
    return said, "warn" if (told - now).total_seconds() <= SOON_MINUTES * 60 else "info"


def forecast_words(forecast: Forecast, fmt: Format, now: datetime) -> str:
    """Return when the work will be done, and how that is known."""
    words = {
        "ready": fmt.when(forecast.ready_at, now),
        "due": fmt.when(forecast.due_at, now),
        "length": fmt.duration(forecast.needed.length),
    }
    known = {
        Basis.ESTIMATE: _("It is estimated to take {length}."),
        Basis.USUAL: _("Such a ticket usually takes {length}."),
        Basis.HISTORY: _("The last tickets of this category took {length}."),
    }[forecast.needed.basis]
    ends = (
        _("Worked on from now it is done {ready}; promised is {due}: it will not be in time.")
        if forecast.is_late
        else _("Worked on from now it is done {ready}; promised is {due}: that is in time.")
    )
    return f"{known} {ends}".format_map(words)


def _instant(text: object) -> datetime | None:
    if not isinstance(text, str) or not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
