"""What each line of a ticket's log says in words: moves, changes, confirmations. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.models.entities.sla import ClockKind
from app.models.entities.tickets import Channel, Confirmation, EventKind, Move, TicketEvent
from app.services.tickets.by_roster import BY_ROSTER
from app.services.tickets.line_commands import EARLY
from app.services.tickets.restoring import UNDO
from app.services.tickets.rules import MAJOR
from app.views.base.i18n import _, pgettext
from app.views.base.priority_words import percent_used
from app.views.tickets.detail_names import NOTHING, Names
from app.views.tickets.fact_words import changed_words, kept_words
from app.views.tickets.suggested_words import logged_words

# Long texts are told as changed; what they were stands in the log of the database.
_LONG_FIELDS = frozenset({"description", "solution"})
# Said by the line of the move that caused them.
_SILENT_FIELDS = frozenset({"priority_source"})


def action_words(events: Sequence[TicketEvent], names: Names) -> str:
    """Return what the lines of one action say, in one phrase: the move first, then what it changed."""
    ordered = sorted(events, key=lambda event: 0 if event.field == MAJOR else _WEIGHT.get(event.kind, 9))
    return " · ".join(text for event in ordered if (text := line_words(event, names)))


_WEIGHT = {
    EventKind.CREATED: 0,
    EventKind.ESCALATED: 0,
    EventKind.STATUS: 1,
    EventKind.IMPORTED: 1,
    EventKind.CONFIRMATION: 2,
    EventKind.CHANGED: 3,
}


def line_words(event: TicketEvent, names: Names) -> str:
    """Return one line as a phrase; "" for a line that another one of its action tells."""
    if event.kind is EventKind.CHANGED:
        return _changed(event, names)
    if event.kind is EventKind.STATUS:
        return _moved(event, names)
    if event.kind is EventKind.IMPORTED:
        return _moved(event, names) if event.new else _("updated where it was imported from")
    if event.kind is EventKind.CONFIRMATION:
        return _confirmed(event, names)
    if event.kind is EventKind.ESCALATED:
        return _escalated(event, names)
    number = event.detail.get("number")
    shown = names.number(number) if isinstance(number, int) else NOTHING
    said: Mapping[EventKind, str] = {
        EventKind.CREATED: _created(event, names),
        EventKind.PROMISED: _promised(event),
        EventKind.ATTACHED: _("attached {name}").format(name=event.new or NOTHING),
        EventKind.LINKED: _("linked {number}").format(number=shown),
        EventKind.UNLINKED: _("removed the link to {number}").format(number=shown),
        EventKind.ARTICLE: _("used {article}").format(article=names.value("article_id", event.new)),
    }
    return said.get(event.kind, "")


def text_words(event: TicketEvent, names: Names) -> str:
    """Return what kind of text it is: "internal note", "replied by e-mail", "second call, 1:52"."""
    if event.kind is EventKind.NOTE:
        return _("note for the requester") if event.detail.get("public") else _("internal note")
    if event.kind is EventKind.REPLY:
        channel = str(event.detail.get("channel", ""))
        if channel in set(Channel):
            return _("replied · {channel}").format(channel=names.word(Channel(channel)))
        return pgettext("timeline", "replied")
    if event.kind is EventKind.CALL:
        who = _("took a call") if event.detail.get("by") == "user" else _("called the requester")
        return _with_seconds(who, event.detail.get("seconds"))
    return _("solution taken back") if event.detail.get(UNDO) else pgettext("timeline", "solution")


def solution_words(event: TicketEvent, names: Names) -> str:
    """Return the codes recorded with a solution: cause, resolution, line and knowledge used."""
    values = event.detail.get("set")
    if not isinstance(values, dict):
        return ""
    parts = [
        names.value(name, str(values[name]))
        for name in ("cause_code", "resolution_code", "resolved_line", "article_id")
        if values.get(name) not in (None, "")
    ]
    if values.get("no_article_fits"):
        parts.append(_("no article fits"))
    return " · ".join(parts)


def _with_seconds(text: str, seconds: object) -> str:
    if not isinstance(seconds, int) or seconds <= 0:
        return text
    return f"{text}, {seconds // 60}:{seconds % 60:02d}"


def _created(event: TicketEvent, names: Names) -> str:
    channel = str(event.detail.get("channel", ""))
    if channel not in set(Channel):
        return _("registered this ticket")
    said = _("registered this ticket · {channel}").format(channel=names.word(Channel(channel)))
    return _with_seconds(said, event.detail.get("call_seconds"))


def _promised(event: TicketEvent) -> str:
    return _("new promised times, as P{level}").format(level=event.detail.get("priority", "?"))


def _changed(event: TicketEvent, names: Names) -> str:
    name = event.field or ""
    if name in _SILENT_FIELDS:
        return ""
    if name in _LONG_FIELDS:
        return _("{field} changed").format(field=names.field(name))
    if said := changed_words(event, names):
        return said
    said = _("{field}: {old} → {new}").format(
        field=names.field(name), old=names.value(name, event.old), new=names.value(name, event.new)
    )
    if name == MAJOR:
        said = _("declared a major incident") if event.new == "yes" else _("no longer a major incident")
    if name == "priority":
        said = _("Priority {old} → {new}").format(
            old=names.value(name, event.old), new=names.value(name, event.new)
        )
    if kept := logged_words(event.detail.get(BY_ROSTER)):
        return _("{what}: {reason}").format(what=said, reason=kept)
    return _with_reason(said, event)


def _moved(event: TicketEvent, names: Names) -> str:
    if event.field == UNDO or event.detail.get(UNDO):
        return _("took it back: {old} → {new}").format(
            old=names.value("status", event.old), new=names.value("status", event.new)
        )
    reason, number = event.detail.get("waiting_reason_id"), event.detail.get("number")
    said = {
        Move.ASSIGN: pgettext("timeline", "assigned"),
        Move.START: pgettext("timeline", "started work"),
        Move.WAIT: pgettext("timeline", "set waiting"),
        Move.RESUME: pgettext("timeline", "resumed work"),
        Move.RESOLVE: pgettext("timeline", "resolved"),
        Move.CLOSE: pgettext("timeline", "closed"),
        Move.REFUSE: pgettext("timeline", "back to work"),
        Move.REOPEN: pgettext("timeline", "reopened"),
        Move.CANCEL: pgettext("timeline", "cancelled"),
        Move.OUT_OF_SCOPE: pgettext("timeline", "marked out of scope"),
        Move.DUPLICATE: pgettext("timeline", "marked as a duplicate"),
    }.get(Move(event.field)) if event.field in set(Move) else None  # fmt: skip
    if said is None:
        said = f"{names.value('status', event.old)} → {names.value('status', event.new)}"
    if event.field == Move.WAIT and isinstance(reason, int):
        said = _("{what}: {reason}").format(what=said, reason=names.reason(reason) or NOTHING)
    if event.field == Move.DUPLICATE and isinstance(number, int):
        said = _("marked as a duplicate of {number}").format(number=names.number(number))
    if kept := kept_words(event, names):
        said = f"{said} · {kept}"
    return _with_reason(said, event)


def _confirmed(event: TicketEvent, names: Names) -> str:
    answer, channel = event.new or "", str(event.detail.get("channel", ""))
    said = names.word(Confirmation(answer)) if answer in set(Confirmation) else answer
    if channel in set(Channel):
        said = f"{said}, {names.word(Channel(channel))}"
    note = str(event.detail.get("note", ""))
    return _("{what}: {reason}").format(what=said, reason=note) if note else said


def _escalated(event: TicketEvent, names: Names) -> str:
    reason = event.new or ""
    if event.field == "people":
        told = event.detail.get("people")
        people = [names.person(one) for one in told if isinstance(one, int)] if isinstance(told, list) else []
        who = pgettext("between things", ", ").join(people) or NOTHING
        said = _("escalated to {who}").format(who=who)
        return _("{what}: {reason}").format(what=said, reason=reason) if reason else said
    if event.field == "line":
        said = _("sent on to the next line: {old} → {new}")
        name = "team_id"
    else:
        said = _("Priority {old} → {new}")
        name = "priority"
    said = said.format(old=names.value(name, event.old), new=names.value(name, event.new))
    percent = event.detail.get("percent")
    if event.detail.get("why") == EARLY:
        return _("{what}: {reason}").format(what=said, reason=_("early, the promise could not be kept"))
    if not isinstance(percent, int):
        return said
    clock = str(event.detail.get("step", ClockKind.RESOLUTION)).partition(":")[0]
    used = percent_used(ClockKind(clock) if clock in set(ClockKind) else None, percent)
    return _("{what}: {reason}").format(what=said, reason=used)


def _with_reason(said: str, event: TicketEvent) -> str:
    reason = str(event.detail.get("reason", ""))
    return _("{what}: {reason}").format(what=said, reason=reason) if reason else said
