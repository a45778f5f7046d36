"""Words that the editors of matrix, SLA table and calendars share: levels, near moments, durations."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.models.entities.errors import FirstlineError
from app.models.entities.priority import LOWEST_PRIORITY, Level, MatrixDefinition
from app.services.base.names import guidance_of, named
from app.views.base.errors import ERROR_TEXTS, explain
from app.views.base.format import Format
from app.views.base.i18n import _, current


def level_name(level: Level) -> str:
    """Return a level's name in the window's language."""
    return named(level, current.code)


def level_guidance(level: Level) -> str:
    """Return what a level means, in the window's language."""
    return guidance_of(level, current.code)


def priority_name(matrix: MatrixDefinition, priority: int) -> str:
    """Return what a priority is called, or "" where the matrix names none."""
    return next((level_name(level) for level in matrix.priorities if level.number == priority), "")


def priorities() -> range:
    """Return every priority there can be, the most urgent first."""
    return range(1, LOWEST_PRIORITY + 1)


def soon(moment: datetime, now: datetime, fmt: Format) -> str:
    """Return a moment ahead as one says it: "today 18:02", "tomorrow 10:02", "Tue 14:02", "3 Dec 09:00"."""
    local, today = fmt.local(moment), fmt.local(now).date()
    days = (local.date() - today).days
    if days == 0:
        return _("today {time}").format(time=fmt.clock(moment))
    if days == 1:
        return _("tomorrow {time}").format(time=fmt.clock(moment))
    if 1 < days < 7:
        return f"{fmt.texts.date_pattern(local.date(), 'E')} {fmt.clock(moment)}"
    return fmt.when(moment, now)


def hours(length: timedelta, fmt: Format) -> str:
    """Return a length of working time in hours and minutes, never in days: "27 h", "1 h 30 min"."""
    whole, minutes = divmod(int(length.total_seconds()) // 60, 60)
    texts = fmt.texts
    if whole and minutes:
        return texts.pgettext("short", "{hours} h {minutes} min").format(hours=whole, minutes=minutes)
    if whole or not minutes:
        return texts.pgettext("short", "{hours} h").format(hours=whole)
    return texts.pgettext("short", "{minutes} min").format(minutes=minutes)


def told(error: FirstlineError, fmt: Format) -> str:
    """Return what is wrong and, where the error knows it, what would be right: for a place beside a field."""
    words = explain(error, fmt)
    _happened, advice = ERROR_TEXTS.get(error.code, (None, None))
    return f"{words.happened} {words.advice}".strip() if advice is not None else words.happened
