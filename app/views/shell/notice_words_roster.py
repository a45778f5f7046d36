"""What the roster's notices say: a month published, and what changed in one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.models.entities.notices import Notice
from app.services.base.names import name_in
from app.views.base.i18n import _, current, ngettext, pgettext

SHOWN = 3
"""How many changes a notice spells out; of more it says how many."""


def published(notice: Notice) -> str:
    """Say that a month stands."""
    month = _month(notice.body)
    if not month:
        return _("A roster was published")
    if notice.by:
        return _("{who} published the roster of {month}").format(who=notice.by, month=month)
    return _("The roster of {month} was published").format(month=month)


def changed(notice: Notice) -> str:
    """Say which shifts of a published month are others now, before and after."""
    month, moved = _month(notice.body), _moved(notice.body)
    if not month:
        return _("Your shifts were changed")
    if notice.by:
        said = _("{who} changed your shifts in {month}").format(who=notice.by, month=month)
    else:
        said = _("Your shifts in {month} were changed").format(month=month)
    if not moved:
        return said
    parts = [_change(*one) for one in moved[:SHOWN]]
    more = len(moved) - SHOWN
    if more > 0:
        parts.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    return _("{what}: {reason}").format(what=said, reason=pgettext("changes", "; ").join(parts))


def soon(notice: Notice) -> str:
    """Say which of one's own shifts begins, and when."""
    body = notice.body
    name = name_in(_text(body, "shift"), _text(body, "shift_alt"), current.code)
    at = _text(body, "time")
    if not name or not at:
        return _("Your shift begins soon")
    if body.get("is_standby"):
        said = _("Your standby {shift} begins at {time}")
    elif body.get("leads"):
        said = _("Your shift {shift} begins at {time}; you lead it")
    else:
        said = _("Your shift {shift} begins at {time}")
    return said.format(shift=name, time=at)


def gaps(notice: Notice) -> str:
    """Say how many shifts to come lack somebody, and the first."""
    count, first = notice.body.get("count"), _day(notice.body)
    if not isinstance(count, int) or isinstance(count, bool) or not first:
        return _("Shifts to come lack people or a supervisor")
    said = ngettext(
        "{count} shift to come lacks people or a supervisor, on {day}",
        "{count} shifts to come lack people or a supervisor, the first on {day}",
        count,
    )
    return said.format(count=count, day=first)


def team_absent(notice: Notice) -> str:
    """Say that tickets wait in the queue of a team of which nobody is on duty, and how many of this shift."""
    team = name_in(_text(notice.body, "team"), _text(notice.body, "team_alt"), current.code)
    if not team:
        return _("Nobody of the team is on duty: the ticket stays in its queue")
    tickets = notice.body.get("tickets")
    if not isinstance(tickets, list) or len(tickets) < 2:
        return _("Nobody of {team} is on duty: the ticket stays in its queue").format(team=team)
    said = ngettext(
        "Nobody of {team} is on duty: {count} ticket stays in its queue",
        "Nobody of {team} is on duty: {count} tickets stay in its queue",
        len(tickets),
    )
    return said.format(team=team, count=len(tickets))


def target(notice: Notice) -> tuple[str, dict[str, Any]]:
    """Return the roster at the first date that is meant."""
    body = notice.body
    dates = [on.isoformat() for on, _before, _after in _moved(body)]
    if isinstance(shift_of := body.get("on_date"), str) and shift_of:
        dates.append(shift_of)
    if _month(body):
        dates.append(f"{body.get('month')}-01")
    return "roster", {"day": dates[0]} if dates else {}


def _change(on: date, before: str, after: str) -> str:
    off = pgettext("roster", "off")
    return _("{day} {before} → {after}").format(
        day=current.texts.date_pattern(on, "MMMEd"), before=_code(before) or off, after=_code(after) or off
    )


def _code(text: str) -> str:
    """Return a shift's code; the star of whoever leads is spelt out."""
    if text.endswith("*"):
        return _("{shift} (supervisor)").format(shift=text[:-1])
    return text


def _month(body: Mapping[str, Any]) -> str:
    """Return "April 2026", or "" where the notice names no month."""
    try:
        first = date.fromisoformat(f"{body.get('month')}-01")
    except ValueError:
        return ""
    return current.texts.date_pattern(first, "yMMMM")


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value.strip() if isinstance(value, str) else ""


def _day(body: Mapping[str, Any]) -> str:
    try:
        return current.texts.date_pattern(date.fromisoformat(_text(body, "on_date")), "MMMEd")
    except ValueError:
        return ""


def _moved(body: Mapping[str, Any]) -> list[tuple[date, str, str]]:
    """Return the changes a notice tells, by date; what cannot be read is left out."""
    given = body.get("dates")
    found = []
    for one in given if isinstance(given, list) else []:
        if isinstance(one, list) and len(one) == 3 and all(isinstance(part, str) for part in one):
            try:
                found.append((date.fromisoformat(one[0]), one[1], one[2]))
            except ValueError:
                continue
    return sorted(found)
