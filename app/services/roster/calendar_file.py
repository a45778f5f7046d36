"""A person's shifts as a calendar file (iCalendar, RFC 5545), for a telephone or a mail program. Pure.

Hours are written in UTC, so that no time zone has to be described; an absence is a whole day. A shift's UID
is made of site, person and date: whoever reads a later file replaces the shift instead of adding one. A shift
of a month that is not published is tentative and says so: better known early than missing, and the next file
confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from app.models.entities.roster import ShiftKind
from app.services.base.names import named
from app.services.base.texts import Texts, mark
from app.services.roster.own_shifts import OwnShift

_LONGEST_LINE = 75  # octets, without the end of line
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_END = "\r\n"


def calendar_file(
    shifts: Iterable[OwnShift], *, person_key: str, site_key: str, texts: Texts, stamp: datetime
) -> bytes:
    """Return the file, UTF-8.

    `person_key` and `site_key` name person and site in the UIDs and never change; `stamp` is when the file
    is made. The same shifts at the same instant give the same bytes.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Firstline//Roster//EN", "CALSCALE:GREGORIAN"]
    for shift in shifts:
        lines += _event(shift, f"{shift.on_date:%Y%m%d}-{person_key}@{site_key}", texts, stamp)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + _END for line in lines).encode()


def escaped(text: str) -> str:
    """Return a text as a value of the file: what has a meaning there is escaped, controls are left out."""
    plain = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _event(shift: OwnShift, uid: str, texts: Texts, stamp: datetime) -> Sequence[str]:
    name = named(shift.template, texts.language)
    lines = ["BEGIN:VEVENT", f"UID:{escaped(uid)}", f"DTSTAMP:{_instant(stamp)}"]
    if shift.template.kind is ShiftKind.ABSENCE:
        lines += [
            f"DTSTART;VALUE=DATE:{_date(shift.on_date)}",
            f"DTEND;VALUE=DATE:{_date(shift.on_date + timedelta(days=1))}",
            "TRANSP:TRANSPARENT",
        ]
    else:
        lines += [f"DTSTART:{_instant(shift.starts_at)}", f"DTEND:{_instant(shift.ends_at)}"]
    said = texts.gettext(_STANDBY).format(shift=name) if shift.template.kind is ShiftKind.STANDBY else name
    if shift.is_draft:
        said = texts.gettext(_DRAFT).format(shift=said)
    lines.append(f"STATUS:{'TENTATIVE' if shift.is_draft else 'CONFIRMED'}")
    lines.append(f"SUMMARY:{escaped(said)}")
    about = [shift.team]
    if shift.is_supervisor:
        about.append(texts.gettext(_LEADS))
    elif shift.leaders:
        about.append(texts.gettext(_LED_BY).format(name=", ".join(shift.leaders)))
    if told := "\n".join(part for part in about if part):
        lines.append(f"DESCRIPTION:{escaped(told)}")
    return [*lines, "END:VEVENT"]


_STANDBY = mark("{shift}, on standby")
_DRAFT = mark("{shift} (draft)")
_LEADS = mark("You are the duty supervisor")
_LED_BY = mark("Duty supervisor: {name}")


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _date(on: date) -> str:
    return f"{on:%Y%m%d}"


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets; a character is never cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1  # what goes on begins with a space
        piece += letter
        size += octets
    return _END.join([*pieces, piece])
