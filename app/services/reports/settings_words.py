"""How printed copies of settings word what an SLA table promises, and which version they show."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.entities.settings_papers import PaperCalendar, PaperVersion
from app.models.entities.sla import ClockKind, SlaPolicy, Target
from app.services.base.names import name_in
from app.services.reports.pdf.page import PageFrame
from app.services.reports.words import NOTHING, ReportWords
from app.services.sla.durations import allowance_text, both_texts


def frame_of(words: ReportWords, title: str, *, is_landscape: bool) -> PageFrame:
    """Return the frame of a settings paper."""
    return PageFrame(
        site_line=words.site_line(),
        title=title,
        printed=words.printed(),
        page_of=words.page_of,
        language=words.language_tag(),
        is_landscape=is_landscape,
    )


def version_line(version: PaperVersion, words: ReportWords) -> str:
    """Return "Version 3, in force since 20 November 2026 10:00"."""
    text = words.texts.gettext("Version {number}, in force since {time}")
    return text.format(number=version.number, time=words.stamp(version.saved_at))


def policy_name(policy: SlaPolicy, words: ReportWords) -> str:
    """Return a policy's name in the paper's language; its code where it has none."""
    return name_in(policy.name or policy.code, policy.name_alt, words.texts.language)


def allowance(
    target: Target, clock: ClockKind, calendars: Mapping[str, PaperCalendar], words: ReportWords
) -> tuple[str, str]:
    """Return what a target allows a clock, and in hours where it speaks of days: ("3 d", "27 h")."""
    allowed = target.allowances.get(clock)
    if allowed is None:
        return NOTHING, ""
    known = calendars.get(target.calendar)
    language = words.texts.language
    if known is None:
        return allowance_text(allowed, language), ""
    written, meant = both_texts(allowed, known.working_day, language)
    return written, meant or ""


def calendar_name(code: str, calendars: Mapping[str, PaperCalendar]) -> str:
    """Return a calendar's name; the code where it is gone."""
    return calendars[code].name if code in calendars else code
