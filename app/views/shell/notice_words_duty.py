"""What notices about times away from the desk say, how they look, and where they lead. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.models.entities.notices import Notice, NoticeKind
from app.views.base.i18n import _

LOOKS: Mapping[NoticeKind, tuple[str, str]] = {
    NoticeKind.AWAY_ASKED: ("clock", "accent"),
    NoticeKind.AWAY_ANSWERED: ("clock", "info"),
    NoticeKind.AWAY_OVERDUE: ("clock-alert", "warn"),
}


def target(_notice: Notice) -> tuple[str, dict[str, Any]]:
    """Return the duty board, where it is answered."""
    return "duty", {}


def _asked(notice: Notice) -> str:
    who, minutes = notice.by or _("Somebody"), _minutes(notice)
    if minutes is None:
        said = _("{who} asks to be away from the desk, for how long is not known: {reason}")
    else:
        said = _("{who} asks to be away from the desk for {n} min: {reason}")
    text = said.format(who=who, n=minutes, reason=_reason(notice))
    return _("Settled: {what}").format(what=text) if notice.body.get("is_settled") else text


def _answered(notice: Notice) -> str:
    if notice.body.get("is_granted"):
        return _("{who} grants your time away: {reason}").format(who=_who(notice), reason=_reason(notice))
    return _("{who} asks you to stay at the desk: {reason}").format(who=_who(notice), reason=_reason(notice))


def _overdue(notice: Notice) -> str:
    return _("{who} is away longer than planned: {reason}").format(who=_who(notice), reason=_reason(notice))


SENTENCES: Mapping[NoticeKind, Callable[[Notice], str]] = {
    NoticeKind.AWAY_ASKED: _asked,
    NoticeKind.AWAY_ANSWERED: _answered,
    NoticeKind.AWAY_OVERDUE: _overdue,
}


def _who(notice: Notice) -> str:
    return notice.by or _("Somebody")


def _reason(notice: Notice) -> str:
    reason = notice.body.get("reason")
    return " ".join(reason.split()) if isinstance(reason, str) and reason.strip() else "–"


def _minutes(notice: Notice) -> int | None:
    """Return for how long it is asked, in minutes; None where that is not known."""
    try:
        until = datetime.fromisoformat(str(notice.body.get("until") or ""))
    except ValueError:
        return None
    if until.tzinfo is None:
        return None
    return max(0, round((until - notice.at).total_seconds() / 60))
