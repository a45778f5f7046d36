"""Amounts of working time as people read them: "3 d (27 h)", "2 工作日", "1 小时 30 分钟"."""

from __future__ import annotations

from datetime import timedelta

from app.models.entities.time import Allowance

# Written in reports, tables and the settings form; every form is read back by `Allowance.from_text`.
_UNITS = {
    "en": {"d": "d", "h": "h", "min": "min", "s": "s"},
    "zh": {"d": "工作日", "h": "小时", "min": "分钟", "s": "秒"},
}


def allowance_text(allowance: Allowance, language: str = "en") -> str:
    """Return "1 d 2 h" or "1 工作日 2 小时". An unknown language is written as English."""
    units = _UNITS.get(language[:2], _UNITS["en"])
    words = allowance.to_text().split(" ")
    return " ".join(units.get(word, word) for word in words)


def duration_text(duration: timedelta, language: str = "en") -> str:
    """Return a span of working time in hours and minutes, below a minute in seconds; "-" marks overdue.

    Never in days: how long a working day is depends on a calendar.
    """
    units = _UNITS.get(language[:2], _UNITS["en"])
    seconds = duration.days * 86400 + duration.seconds
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    if 0 < seconds < 60:
        return f"{sign}{seconds} {units['s']}"
    hours, minutes = divmod(seconds // 60, 60)
    parts = [f"{hours} {units['h']}"] if hours else []
    parts += [f"{minutes} {units['min']}"] if minutes or not hours else []
    return sign + " ".join(parts)


def both_texts(allowance: Allowance, working_day: timedelta, language: str = "en") -> tuple[str, str | None]:
    """Return what was written and, where it speaks of days, the hours they mean: ("1 d", "9 h")."""
    if not allowance.working_days:
        return allowance_text(allowance, language), None
    return allowance_text(allowance, language), duration_text(allowance.length(working_day), language)
