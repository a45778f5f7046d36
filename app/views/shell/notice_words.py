"""What a notice says: one sentence per kind, its icon and tone, and where it leads. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.models.entities.duty import ReminderLink
from app.models.entities.notices import Notice, NoticeKind
from app.models.entities.sla import ClockKind
from app.services.base.names import name_in
from app.services.escalation.telling import TOLD
from app.views.base.i18n import _, current, ngettext, pgettext
from app.views.base.priority_words import percent_used
from app.views.shell import (
    notice_words_announcements,
    notice_words_duty,
    notice_words_leave,
    notice_words_roster,
)

Look = tuple[str, str]
"""An icon and a tone: "bad", "warn", "info", "ok", "accent" or ""."""

LOOKS: Mapping[NoticeKind, Look] = {
    NoticeKind.ASSIGNED: ("user-plus", "accent"),
    NoticeKind.MENTIONED: ("message-square", "accent"),
    NoticeKind.WARNED: ("clock-alert", "warn"),
    NoticeKind.BREACHED: ("triangle-alert", "bad"),
    NoticeKind.ESCALATED: ("chevrons-up", "bad"),
    NoticeKind.MAJOR: ("siren", "bad"),
    NoticeKind.STORM: ("siren", "bad"),
    NoticeKind.FOLLOW_UP: ("phone-outgoing", "info"),
    NoticeKind.WAITED_TOO_LONG: ("play", "warn"),
    NoticeKind.AUTO_RESOLVED: ("circle-check", "ok"),
    NoticeKind.CONFIRM_REMINDER: ("user-check", "info"),
    NoticeKind.AUTO_CLOSED: ("check-check", "ok"),
    NoticeKind.PROMISES_CHANGED: ("repeat", "info"),
    NoticeKind.HOLIDAYS_MISSING: ("calendar-days", "warn"),
    NoticeKind.CLOCKS_DIFFER: ("circle-alert", "bad"),
    NoticeKind.REMINDED: ("bell", "accent"),
    NoticeKind.SHIFT_UNLED: ("crown", "bad"),
    NoticeKind.SHIFT_SOON: ("clock", "accent"),
    NoticeKind.ROSTER_GAPS: ("calendar-days", "warn"),
    NoticeKind.TEAM_ABSENT: ("users", "bad"),
    NoticeKind.ROSTER_PUBLISHED: ("calendar-days", "info"),
    NoticeKind.ROSTER_CHANGED: ("calendar-days", "warn"),
    NoticeKind.BOOK_DIFFERS: ("shield", "bad"),
    NoticeKind.HANDOVER_READY: ("clipboard-check", "accent"),
    NoticeKind.HANDOVER_SIGNED: ("clipboard-check", "warn"),
    NoticeKind.OPPORTUNITY: ("lightbulb", "accent"),
    **notice_words_leave.LOOKS,
    **notice_words_announcements.LOOKS,
    **notice_words_duty.LOOKS,
}


_PAGES: Mapping[NoticeKind, tuple[str, dict[str, Any]]] = {
    NoticeKind.STORM: ("tickets", {"query": "status:open"}),
    NoticeKind.PROMISES_CHANGED: ("tickets", {"query": "status:open"}),
    NoticeKind.HOLIDAYS_MISSING: ("settings", {"page": "calendars"}),
}
_HANDOVER_PAGES = {
    NoticeKind.BOOK_DIFFERS: "book",
    NoticeKind.HANDOVER_READY: "sheet",
    NoticeKind.HANDOVER_SIGNED: "sheet",
    NoticeKind.OPPORTUNITY: "opportunities",
}


def sentence(notice: Notice) -> str:
    """Return what happened, without its ticket. What the body lacks is left out, never shown as a gap."""
    return _SENTENCES[notice.kind](notice)


_TARGETS: Mapping[NoticeKind, Callable[[Notice], tuple[str, dict[str, Any]]]] = {
    NoticeKind.SHIFT_UNLED: notice_words_roster.target,
    NoticeKind.SHIFT_SOON: notice_words_roster.target,
    NoticeKind.ROSTER_GAPS: notice_words_roster.target,
    NoticeKind.ROSTER_PUBLISHED: notice_words_roster.target,
    NoticeKind.ROSTER_CHANGED: notice_words_roster.target,
    **dict.fromkeys(notice_words_leave.SENTENCES, notice_words_leave.target),
    **dict.fromkeys(notice_words_announcements.SENTENCES, notice_words_announcements.target),
    **dict.fromkeys(notice_words_duty.SENTENCES, notice_words_duty.target),
}


def about(notice: Notice, prefix: str) -> str:
    """Return "#10482 VPN drops every 5 minutes"; for a notice without a ticket its note, often ""."""
    if notice.number is None:
        return _text(notice.body, "note")
    return f"{prefix}{notice.number} {notice.subject}".strip()


def target_of(notice: Notice) -> tuple[str, dict[str, Any]] | None:
    """Return the page and target a notice leads to; None where there is nothing to open."""
    if notice.ticket_id is not None:
        return "ticket", {"id": int(notice.ticket_id)}
    if notice.kind in _PAGES:
        return _PAGES[notice.kind]
    if notice.kind in _HANDOVER_PAGES:
        shown = {key: _text(notice.body, key) for key in ("day", "shift") if notice.body.get(key)}
        return "handover", {"show": _HANDOVER_PAGES[notice.kind], **shown}
    if notice.kind in _TARGETS:
        return _TARGETS[notice.kind](notice)
    if notice.kind is NoticeKind.REMINDED:
        return _reminder_target(notice.body)
    return None


def _reminder_target(body: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    link = _text(body, "link")
    if link == ReminderLink.ARTICLE and _count(body, "article"):
        return "knowledge", {"id": _count(body, "article")}
    if link in {ReminderLink.SLA, ReminderLink.SERVICES}:
        return "duty", {"show": link}
    return None


def _assigned(notice: Notice) -> str:
    if notice.by:
        return _("{who} assigned this ticket to you").format(who=notice.by)
    return _("This ticket was assigned to you")


def _mentioned(notice: Notice) -> str:
    text = _text(notice.body, "text")
    if not notice.by:
        return _("You are mentioned in a note")
    if not text:
        return _("{who} mentioned you in a note").format(who=notice.by)
    return _("{who} mentioned you: “{text}”").format(who=notice.by, text=text)


def _warned(notice: Notice) -> str:
    percent = _count(notice.body, "percent")
    if _text(notice.body, "clock") == TOLD:
        return _("The time told to the user is near")
    if not percent:
        return pgettext("notice", "Its time is running out")
    return percent_used(_clock(notice.body), percent)


def _breached(notice: Notice) -> str:
    clock = _clock(notice.body)
    if _text(notice.body, "clock") == TOLD:
        return _("The time told to the user is over")
    said = {
        ClockKind.RESPONSE: _("The time to respond is over"),
        ClockKind.RESOLUTION: _("The time to resolve is over"),
        ClockKind.FIRST_LINE: _("The time of the first line is over"),
        ClockKind.UPDATE_DUE: _("The time for the next update is over"),
    }
    return said[clock] if clock in said else _("A promised time is over")


def _escalated(notice: Notice) -> str:
    reason, percent = _text(notice.body, "reason"), _count(notice.body, "percent")
    if reason and notice.by:
        return _("{who} escalated this to you: {reason}").format(who=notice.by, reason=reason)
    if reason:
        return _("Escalated to you: {reason}").format(reason=reason)
    if percent:
        said = percent_used(_clock(notice.body), percent)
        return _("Escalated to you: {reason}").format(reason=said)
    return _("Escalated to you")


def _major(notice: Notice) -> str:
    reason = _text(notice.body, "reason")
    if notice.body.get("is_withdrawn"):
        said = _("{who} withdrew the major incident") if notice.by else _("No longer a major incident")
    else:
        said = _("{who} declared a major incident") if notice.by else _("Declared a major incident")
    said = said.format(who=notice.by)
    return _("{what}: {reason}").format(what=said, reason=reason) if reason else said


def _storm(notice: Notice) -> str:
    count = _count(notice.body, "count")
    said = ngettext(
        "{count} warning at once: begin with the list of open tickets, by time left",
        "{count} warnings at once: begin with the list of open tickets, by time left",
        count,
    )
    return said.format(count=count) if count else _("Many warnings at once")


def _follow_up(notice: Notice) -> str:
    count = _count(notice.body, "count")
    if count > 1:
        return _("Ask again: the ticket still waits ({count}. time)").format(count=count)
    return _("Ask whom the ticket waits for")


def _promises(notice: Notice) -> str:
    count = _count(notice.body, "count")
    if not count:
        return _("Open tickets have new promised times")
    said = ngettext(
        "{count} open ticket has new promised times", "{count} open tickets have new promised times", count
    )
    return said.format(count=count)


def _differ(notice: Notice) -> str:
    count = _count(notice.body, "count")
    if not count:
        return _("The nightly check found tickets whose times are not what their log says")
    said = ngettext(
        "The nightly check found {count} ticket whose times are not what its log says",
        "The nightly check found {count} tickets whose times are not what their log says",
        count,
    )
    return said.format(count=count)


def _holidays(notice: Notice) -> str:
    calendar, year = _text(notice.body, "calendar"), _count(notice.body, "year")
    if not calendar or not year:
        return _("A calendar lacks the holidays of next year")
    if notice.body.get("is_published") is False:
        said = _("The calendar “{calendar}” lacks the holidays of {year}: they are not published yet")
    else:
        said = _("The calendar “{calendar}” lacks the holidays of {year}: take them over")
    return said.format(calendar=calendar, year=year)


def _reminded(notice: Notice) -> str:
    text = _text(notice.body, "text")
    if notice.by:
        return _("{who} reminds you: “{text}”").format(who=notice.by, text=text)
    return _("Reminder: “{text}”").format(text=text)


def _unled(notice: Notice) -> str:
    body = notice.body
    shift = name_in(_text(body, "shift"), _text(body, "shift_alt"), current.code)
    day = _text(body, "on_date")
    if not shift or not day:
        return _("A shift has no duty supervisor")
    if body.get("is_empty"):
        said = _("Nobody is on duty: {shift} of {day}")
    elif body.get("has_begun"):
        said = _("The shift runs without a duty supervisor: {shift} of {day}")
    else:
        said = _("The next shift has no duty supervisor: {shift} of {day}")
    return said.format(shift=shift, day=day)


def _book_differs(notice: Notice) -> str:
    count = _count(notice.body, "count")
    if not count:
        return _("The nightly check found a handover that is not what was signed")
    said = ngettext(
        "The nightly check found {count} handover that is not what was signed",
        "The nightly check found {count} handovers that are not what was signed",
        count,
    )
    return said.format(count=count)


def _handover_ready(notice: Notice) -> str:
    name = name_in(_text(notice.body, "name"), _text(notice.body, "name_alt"), current.code)
    if not name:
        return _("The handover of this shift is written: look through it and sign")
    return _("The handover of {shift} is written: look through it and sign").format(shift=name)


def _handover_signed(notice: Notice) -> str:
    name = name_in(_text(notice.body, "name"), _text(notice.body, "name_alt"), current.code)
    if not name or not notice.by:
        return _("The handover is signed and waits for you: look through it and take over")
    said = _("{who} signed the handover of {shift}: look through it and take over")
    return said.format(who=notice.by, shift=name)


def _opportunity(notice: Notice) -> str:
    text = _text(notice.body, "text")
    if notice.by:
        return _("{who} passed an opportunity on to you: “{text}”").format(who=notice.by, text=text)
    return _("An opportunity was passed on to you: “{text}”").format(text=text)


_SENTENCES: Mapping[NoticeKind, Callable[[Notice], str]] = {
    NoticeKind.ASSIGNED: _assigned,
    NoticeKind.MENTIONED: _mentioned,
    NoticeKind.WARNED: _warned,
    NoticeKind.BREACHED: _breached,
    NoticeKind.ESCALATED: _escalated,
    NoticeKind.MAJOR: _major,
    NoticeKind.STORM: _storm,
    NoticeKind.FOLLOW_UP: _follow_up,
    NoticeKind.WAITED_TOO_LONG: lambda _notice: _("It waited as long as allowed; its clocks run again"),
    NoticeKind.AUTO_RESOLVED: lambda _notice: _("Resolved by itself, for nobody answered"),
    NoticeKind.CONFIRM_REMINDER: lambda _notice: _("Ask the caller whether it is solved"),
    NoticeKind.AUTO_CLOSED: lambda _notice: _("Closed by itself, for nobody objected"),
    NoticeKind.PROMISES_CHANGED: _promises,
    NoticeKind.HOLIDAYS_MISSING: _holidays,
    NoticeKind.CLOCKS_DIFFER: _differ,
    NoticeKind.REMINDED: _reminded,
    NoticeKind.SHIFT_UNLED: _unled,
    NoticeKind.SHIFT_SOON: notice_words_roster.soon,
    NoticeKind.ROSTER_GAPS: notice_words_roster.gaps,
    NoticeKind.TEAM_ABSENT: notice_words_roster.team_absent,
    NoticeKind.ROSTER_PUBLISHED: notice_words_roster.published,
    NoticeKind.ROSTER_CHANGED: notice_words_roster.changed,
    NoticeKind.BOOK_DIFFERS: _book_differs,
    NoticeKind.HANDOVER_READY: _handover_ready,
    NoticeKind.HANDOVER_SIGNED: _handover_signed,
    NoticeKind.OPPORTUNITY: _opportunity,
    **notice_words_leave.SENTENCES,
    **notice_words_announcements.SENTENCES,
    **notice_words_duty.SENTENCES,
}


def _clock(body: Mapping[str, Any]) -> ClockKind | None:
    text = _text(body, "clock")
    return ClockKind(text) if text in set(ClockKind) else None


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value.strip() if isinstance(value, str) else ""


def _count(body: Mapping[str, Any], name: str) -> int:
    value = body.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
