"""How a handover's lines read: the same words on the sheet, on the paper and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.models.entities.announcements import AnnouncementKind
from app.models.entities.handover import HandoverState, LineState, Section
from app.models.entities.instants import from_micros
from app.models.entities.tickets import TicketStatus
from app.services.base.names import name_in
from app.services.base.terms import term
from app.services.base.texts import Texts, mark

SECTION_TITLES: Mapping[Section, str] = {
    Section.MAJOR: mark("Major incidents"),
    Section.GRAVE: mark("Open P1 and P2"),
    Section.BREACHED: mark("Breached"),
    Section.PROMISED: mark("Promised to the caller"),
    Section.DUE: mark("Due until the end of the next shift"),
    Section.CALL_BACK: mark("Waiting for call-back"),
    Section.UNACCEPTED: mark("Handed on, not accepted yet"),
    Section.COMPLAINT: mark("Open complaints"),
    Section.NOTE: mark("Announcements and notes"),
    Section.CALLS: mark("Missed calls"),
    Section.PEOPLE: mark("People of the shift"),
    Section.CHECK: mark("Equipment and end of shift"),
}
STATE_NAMES: Mapping[HandoverState, str] = {
    HandoverState.DRAFT: mark("Draft"),
    HandoverState.SIGNED_OUT: mark("Signed by the outgoing leader"),
    HandoverState.CLOSED: mark("Signed by both"),
}
LINE_STATES: Mapping[LineState, str] = {
    LineState.OPEN: mark("Not ticked yet"),
    LineState.TICKED: mark("Taken over"),
    LineState.ASKED: mark("Asked back"),
    LineState.ANSWERED: mark("Answered"),
}


@dataclass(frozen=True, slots=True)
class LineWords:
    """A line as it is read: what it is about, the facts of it, and the last word on it.

    `level` is a ticket's priority as it is written ("P1"), "" for anything else.
    """

    title: str
    facts: str = ""
    said: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class HandoverWords:
    """The wording in one language and one time zone."""

    texts: Texts
    zone: ZoneInfo

    def section(self, section: Section) -> str:
        """Return a section's heading."""
        return self.texts.gettext(SECTION_TITLES[section])

    def state(self, state: HandoverState) -> str:
        """Return how far a handover is."""
        return self.texts.gettext(STATE_NAMES[state])

    def line_state(self, state: LineState) -> str:
        """Return what the incoming leader said of a line."""
        return self.texts.gettext(LINE_STATES[state])

    def when(self, instant: datetime | int) -> str:
        """Return day and time, "20 Nov 19:50"."""
        local = (from_micros(instant) if isinstance(instant, int) else instant).astimezone(self.zone)
        return f"{self.texts.date_pattern(local.date(), 'MMMd')} {local:%H:%M}"

    def name(self, body: Mapping[str, Any], key: str = "name") -> str:
        """Return a person's or a thing's name in the language of the words."""
        return name_in(body.get(key) or "", body.get(f"{key}_alt") or "", self.texts.language)

    def line(self, section: Section, reference: str, body: Mapping[str, Any]) -> LineWords:
        """Return how a line reads. A body of an unknown form gives its reference."""
        if "more" in body:
            return LineWords(self._counted(mark("And {count} more in the ticket list"), body["more"]))
        if reference.startswith("t"):
            return self._ticket(body)
        made = {
            Section.NOTE: self._note,
            Section.CALLS: self._calls,
            Section.PEOPLE: self._people,
            Section.CHECK: self._check,
            Section.CALL_BACK: self._unconfirmed,
        }.get(section)
        return made(body) if made is not None else LineWords(reference)

    def _counted(self, text: str, count: int) -> str:
        return self.texts.gettext(text).format(count=self.texts.number(count))

    def _ticket(self, body: Mapping[str, Any]) -> LineWords:
        _ = self.texts.gettext
        parts = [term(self.texts, TicketStatus(body["status"]))]
        if holder := self.name(body, "holder"):
            parts.append(_("with {name}").format(name=holder))
        if caller := self.name(body, "requester"):
            parts.append(" ".join(part for part in (caller, body.get("phone", "")) if part))
        if body.get("promised_at"):
            parts.append(_("promised for {time}").format(time=self.when(body["promised_at"])))
        if body.get("due_at"):
            parts.append(_("due {time}").format(time=self.when(body["due_at"])))
        parts += [self.section(Section(also)) for also in body.get("also", ())]
        said = ""
        if body.get("said"):
            said = f"{self.when(body['said_at'])} · {self.name(body, 'said_by')}: {body['said']}"
        return LineWords(
            f"{body['number']} {body['subject']}", " · ".join(parts), said, f"P{body['priority']}"
        )

    def _note(self, body: Mapping[str, Any]) -> LineWords:
        if "announced" in body:
            return self._announcement(body)
        about = " · ".join(part for part in (self.name(body, "by"), self.when(body["at"])) if part)
        return LineWords(body["text"], about)

    def _announcement(self, body: Mapping[str, Any]) -> LineWords:
        _ = self.texts.gettext
        kinds = {kind.value: kind for kind in AnnouncementKind}
        kind = kinds.get(body["announced"])
        title = body["text"]
        if kind is not None:
            title = _("{kind}: {title}").format(kind=term(self.texts, kind), title=title)
        begin, end = self.when(body["from_at"]), body.get("until_at")
        parts = [
            _("{begin} to {end}").format(begin=begin, end=self.when(end))
            if end
            else _("from {begin}").format(begin=begin)
        ]
        if body.get("live_on"):
            day = self.texts.date_pattern(date.fromisoformat(body["live_on"]), "MMMd")
            parts.append(_("goes live on {day}").format(day=day))
        parts.append(self.name(body, "by"))
        return LineWords(title, " · ".join(part for part in parts if part))

    def _calls(self, body: Mapping[str, Any]) -> LineWords:
        _ = self.texts.gettext
        title = self._counted(mark("{count} calls were not answered"), body["missed"])
        facts = _("{answered} of {offered} answered · most missed from {time}: {worst}").format(
            answered=body["taken"],
            offered=body["offered"],
            time=self.when(body["worst_at"]),
            worst=body["worst"],
        )
        return LineWords(title, facts)

    def _people(self, body: Mapping[str, Any]) -> LineWords:
        _ = self.texts.gettext
        if "crew" in body:
            return LineWords(self._present(body), ", ".join(self.name(one) for one in body["crew"]))
        if body.get("unled"):
            return LineWords(_("The roster names no duty supervisor for this shift"))
        parts = []
        if body["missing"]:
            parts.append(_("did not check in"))
        if body["late"]:
            parts.append(_("{minutes} min late").format(minutes=body["late"]))
        if body["early"]:
            parts.append(_("left {minutes} min early").format(minutes=body["early"]))
        return LineWords(self.name(body), " · ".join(parts))

    def _present(self, body: Mapping[str, Any]) -> str:
        if body["present"] is None:
            return self._counted(mark("{count} people on the roster"), body["rostered"])
        text = self.texts.gettext("{present} of {rostered} people came")
        return text.format(present=body["present"], rostered=body["rostered"])

    def _check(self, body: Mapping[str, Any]) -> LineWords:
        _ = self.texts.gettext
        if body["is_good"] is None:
            return LineWords(self.name(body), _("Nobody has looked yet"))
        how = _("In order") if body["is_good"] else _("Not in order")
        return LineWords(
            self.name(body), " · ".join(part for part in (how, body["found"], body["by"]) if part)
        )

    def _unconfirmed(self, body: Mapping[str, Any]) -> LineWords:
        return LineWords(self._counted(mark("{count} resolved tickets wait for confirmation"), body["count"]))
