"""What a suggestion says: who could take a ticket, why, and that nobody is there. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.models.entities.skills import SkillLevel
from app.models.entities.suggesting import Candidate, Suggestion
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext

_BETWEEN = " · "
_WEEK = timedelta(days=6)


def suggested_words(name: str, found: Suggestion) -> str:
    """Return "Suggested: Li Na · 3 open · expert"; "" where nobody is suggested."""
    best = found.best
    if best is None:
        return ""
    return _BETWEEN.join((_("Suggested: {name}").format(name=name), *why(best, found)))


def why(one: Candidate, found: Suggestion) -> list[str]:
    """Return why somebody is suggested: what they have open, how well they do it, for whom they stand in."""
    parts = [ngettext("{count} open", "{count} open", one.open_tickets).format(count=one.open_tickets)]
    if one.level is not None:
        parts.append(level_words(one.level))
    if one.stands_in_for:
        parts.append(_("stands in for {name}").format(name=one.stands_in_for))
    if not found.is_rostered:
        parts.append(_("by load alone: the team has no roster"))
    return parts


def nobody_words(found: Suggestion, fmt: Format, now: datetime) -> str:
    """Return "Nobody is at work until Mon 08:00"; "" where somebody is suggested. The team stands beside."""
    if found.best is not None:
        return ""
    if not found.is_rostered:
        return _("Nobody is there")
    if found.candidates:
        return _("Whoever is on duty is away just now")
    if found.next_at is None:
        return _("Nobody is at work, no shift planned")
    local = fmt.local(found.next_at)
    day = "" if local.date() == fmt.local(now).date() else _day(fmt, found.next_at, now)
    when = f"{day} {fmt.clock(found.next_at)}".strip()
    return _("Nobody is at work until {time}").format(time=when)


def _day(fmt: Format, moment: datetime, now: datetime) -> str:
    """Return the day of a moment to come: "Mon" within six days, else with its date."""
    local = fmt.local(moment)
    is_near = local.date() - fmt.local(now).date() <= _WEEK
    return fmt.texts.date_pattern(local.date(), "EEE" if is_near else "MMMEd")


def level_words(level: SkillLevel) -> str:
    """Return how well somebody does it."""
    return {
        SkillLevel.UNSKILLED: _("Beginner"),
        SkillLevel.SKILLED: _("Skilled"),
        SkillLevel.EXPERT: _("Expert"),
    }[level]


def logged_words(facts: object) -> str:
    """Return why the roster gave somebody a ticket, as its log keeps it; "" for anything else."""
    if not isinstance(facts, dict):
        return ""
    parts = [_("suggested by the roster") if facts.get("on_duty") else _("suggested by load")]
    count, level = facts.get("open"), str(facts.get("level", ""))
    if isinstance(count, int):
        parts.append(ngettext("{count} open", "{count} open", count).format(count=count))
    if level in set(SkillLevel):
        parts.append(level_words(SkillLevel(level)))
    if stands_in_for := str(facts.get("stands_in_for", "")):
        parts.append(_("stands in for {name}").format(name=stands_in_for))
    return ", ".join(parts)
