"""What notices about absences and swaps say, how they look, and where they lead. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.models.entities.leave import SwapState
from app.models.entities.notices import Notice, NoticeKind
from app.views.base.i18n import _, current

LOOKS: Mapping[NoticeKind, tuple[str, str]] = {
    NoticeKind.LEAVE_ASKED: ("calendar-days", "accent"),
    NoticeKind.LEAVE_DECIDED: ("calendar-days", "info"),
    NoticeKind.SWAP_ASKED: ("repeat", "accent"),
    NoticeKind.SWAP_ANSWERED: ("repeat", "info"),
    NoticeKind.SWAP_TO_DECIDE: ("repeat", "accent"),
    NoticeKind.SWAP_DECIDED: ("repeat", "info"),
    NoticeKind.SWAP_TAKEN: ("repeat", "warn"),
}


def target(notice: Notice) -> tuple[str, dict[str, Any]]:
    """Return the requests, with the one that is meant; one without a name in its body is only looked for."""
    for what in ("leave", "swap"):
        found = notice.body.get(what)
        if isinstance(found, int) and not isinstance(found, bool):
            return "requests", {what: found}
    return "requests", {}


def _leave_asked(notice: Notice) -> str:
    span = _span(notice.body)
    if notice.body.get("is_reminder"):
        said = _("A request to be away waits for an answer: {dates}")
        return said.format(dates=span) if span else _("A request to be away waits for an answer")
    if not span:
        return _("Somebody asks to be away")
    if notice.by:
        return _("{who} asks to be away: {dates}").format(who=notice.by, dates=span)
    return _("Somebody asks to be away: {dates}").format(dates=span)


def _leave_decided(notice: Notice) -> str:
    span, is_approved = _span(notice.body), bool(notice.body.get("is_approved"))
    if notice.body.get("is_withdrawn"):
        said = _("The absence is withdrawn: {dates}") if span else _("The absence is withdrawn")
    elif is_approved:
        said = _("The absence is approved: {dates}") if span else _("The absence is approved")
    else:
        said = _("The absence is refused: {dates}") if span else _("The absence is refused")
    return _with_reason(said.format(dates=span), notice.body)


def _swap_asked(notice: Notice) -> str:
    day, back = _day(notice.body, "date"), _day(notice.body, "other_date")
    if notice.body.get("is_reminder"):
        said = _("The offer of the shift of {day} lapses within a day") if day else _("An offer lapses soon")
        return said.format(day=day)
    if not day:
        return _("A colleague offers you a shift")
    if notice.body.get("is_open"):
        return _("{who} looks for somebody to take the shift of {day}").format(who=_who(notice), day=day)
    if back:
        said = _("{who} offers the shift of {day} for yours of {back}")
        return said.format(who=_who(notice), day=day, back=back)
    return _("{who} offers you the shift of {day}").format(who=_who(notice), day=day)


def _swap_answered(notice: Notice) -> str:
    day, is_accepted = _day(notice.body, "date"), bool(notice.body.get("is_accepted"))
    if not day:
        return _("A swap was accepted") if is_accepted else _("A swap was declined")
    if is_accepted:
        return _("{who} accepts your shift of {day}").format(who=_who(notice), day=day)
    return _("{who} declines your shift of {day}").format(who=_who(notice), day=day)


def _swap_to_decide(notice: Notice) -> str:
    day = _day(notice.body, "date")
    if notice.body.get("is_reminder"):
        return (
            _("A swap waits for approval: {day}").format(day=day) if day else _("A swap waits for approval")
        )
    return (_("A swap is to be approved: {day}") if day else _("A swap is to be approved")).format(day=day)


def _swap_decided(notice: Notice) -> str:
    day, state = _day(notice.body, "date"), notice.body.get("state")
    if state == SwapState.APPROVED:
        said = _("The swap of {day} is made") if day else _("A swap is made")
    elif state == SwapState.WITHDRAWN:
        said = _("{who} withdrew the swap of {day}") if day else _("A swap was withdrawn")
        return said.format(who=_who(notice), day=day)
    elif state == SwapState.EXPIRED and notice.body.get("was_accepted"):
        said = _("Nobody decided in time: the swap of {day} lapsed") if day else _("A swap lapsed")
    elif state == SwapState.EXPIRED:
        said = _("Nobody agreed in time: the swap of {day} lapsed") if day else _("A swap lapsed")
    else:
        said = _("The swap of {day} is refused") if day else _("A swap is refused")
    return _with_reason(said.format(day=day), notice.body)


def _swap_taken(notice: Notice) -> str:
    day, is_back = _day(notice.body, "date"), bool(notice.body.get("is_taken_back"))
    if not day:
        return _("A shift taken over was given back") if is_back else _("A shift was taken over at once")
    if is_back:
        return _("{who} put the shift of {day} back").format(who=_who(notice), day=day)
    return _("{who} took over the shift of {day} at once").format(who=_who(notice), day=day)


def _unless_settled(say: Callable[[Notice], str]) -> Callable[[Notice], str]:
    """Return what says of a notice that nobody had read in time that it asks for nothing any more."""

    def said(notice: Notice) -> str:
        text = say(notice)
        return _("Settled: {what}").format(what=text) if notice.body.get("is_settled") else text

    return said


_ASKING: Mapping[NoticeKind, Callable[[Notice], str]] = {
    NoticeKind.LEAVE_ASKED: _leave_asked,
    NoticeKind.LEAVE_DECIDED: _leave_decided,
    NoticeKind.SWAP_ASKED: _swap_asked,
    NoticeKind.SWAP_ANSWERED: _swap_answered,
    NoticeKind.SWAP_TO_DECIDE: _swap_to_decide,
    NoticeKind.SWAP_DECIDED: _swap_decided,
    NoticeKind.SWAP_TAKEN: _swap_taken,
}
SENTENCES: Mapping[NoticeKind, Callable[[Notice], str]] = {
    kind: _unless_settled(say) for kind, say in _ASKING.items()
}


def _who(notice: Notice) -> str:
    return notice.by or _("Somebody")


def _with_reason(said: str, body: Mapping[str, Any]) -> str:
    note = body.get("note")
    if not isinstance(note, str) or not note.strip():
        return said
    return _("{what}: {reason}").format(what=said, reason=" ".join(note.split()))


def _span(body: Mapping[str, Any]) -> str:
    first, last = _day(body, "first"), _day(body, "last")
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def _day(body: Mapping[str, Any], name: str) -> str:
    """Return "Mon, Nov 23", or "" where the body holds no date of that name."""
    try:
        on = date.fromisoformat(str(body.get(name) or ""))
    except ValueError:
        return ""
    return current.texts.date_pattern(on, "MMMEd")
