"""How a promised time is said: the figure, the line under it, and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.entities.sla import ClockState
from app.services.sla.explain import ExplainLine
from app.services.sla.explain_words import ExplainWords
from app.services.sla.explain_words import length_text as _length_text
from app.views.base.format import Format
from app.views.base.i18n import _, current, pgettext
from app.views.base.widgets.paint import ClockTone
from app.views.tickets.detail_names import Names

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ClockFace:
    """What a clock card shows. `share` is the part of the time still left, 0..1."""

    share: float
    tone: ClockTone
    left: str
    detail: str
    why: str


def face_of(clock: ClockState, names: Names, now: datetime) -> ClockFace:
    """Return how one clock is shown at `now`."""
    fmt = names.format
    share = clock.remaining / clock.target if clock.target else 0.0
    return ClockFace(
        min(1.0, max(0.0, share)),
        tone_of(clock),
        _left(clock, fmt, now),
        _joined(_details(clock, names, now)),
        why(clock, names),
    )


def tone_of(clock: ClockState) -> ClockTone:
    """Return how a clock stands, as far as colour goes; broken goes before everything else."""
    if clock.is_breached:
        return ClockTone.BREACHED
    if clock.met_at is not None:
        return ClockTone.MET
    if clock.is_paused or clock.ended_at is not None:
        return ClockTone.PAUSED
    return ClockTone.WARNING if clock.warnings else ClockTone.NORMAL


def why(clock: ClockState, names: Names) -> str:
    """Return one or two sentences that say why the clock shows what it shows."""
    fmt = names.format
    promise = clock.stretches[-1].promise if clock.stretches else None
    calendar = names.calendar(promise.calendar) if promise else ""
    given = {
        "target": length_text(clock.target),
        "priority": f"P{promise.priority}" if promise else "",
        "calendar": calendar,
        "start": fmt.exact(clock.started_at),
        "due": fmt.exact(clock.due_at) if clock.due_at else "",
    }
    if clock.is_locked:
        first = _("Due {due}, set by hand.").format_map(given)
    elif clock.due_at is None:
        first = _("{target} for {priority} in “{calendar}”, counted from {start}; it stands still now.")
        first = first.format_map(given)
    else:
        first = _("Due {due}, because {priority} has {target} in “{calendar}”, counted from {start}.")
        first = first.format_map(given)
    second = _("Stood still for {paused}.").format(paused=length_text(clock.paused)) if clock.paused else ""
    return " ".join(part for part in (first, second, _("Enter shows every stretch.")) if part)


def length_text(length: timedelta) -> str:
    """Return working time as "27 h": a working day is not 24 hours long, so days would mislead."""
    return _length_text(length, current.texts)


def line_text(line: ExplainLine, names: Names) -> str:
    """Return the sentence of one line of an explanation; "" for a code of a newer part of the program."""
    return _words(names).line_text(line)


def span_text(line: ExplainLine, names: Names) -> str:
    """Return "Nov 20 10:00 – 12:00" for a stretch, "" for a line that is none."""
    return _words(names).span_text(line)


def _words(names: Names) -> ExplainWords:
    return ExplainWords(names.format.texts, names.format.zone, names.calendar, names.reason)


def _left(clock: ClockState, fmt: Format, now: datetime) -> str:
    if clock.met_at is not None:
        if clock.is_breached:
            return _("{duration} late").format(duration=length_text(clock.remaining))
        return length_text(clock.elapsed) if clock.elapsed >= _MINUTE else _("at once")
    if clock.ended_at is not None:
        return pgettext("clock", "stopped")
    if clock.is_breached:
        # The due time has passed on the wall clock; lists say the same figure.
        return fmt.time_left(clock.due_at, now) if clock.due_at else length_text(clock.remaining)
    if clock.is_paused or clock.due_at is None:
        return _("{duration} left").format(duration=length_text(clock.remaining))
    return _("{duration} left").format(duration=fmt.time_left(clock.due_at, now))


def _details(clock: ClockState, names: Names, now: datetime) -> Sequence[str]:
    fmt = names.format
    promise = clock.stretches[-1].promise if clock.stretches else None
    target = length_text(clock.target)
    parts: list[str] = []
    if clock.met_at is not None:
        parts.append(_("target {target}").format(target=target))
        met = _("done {time}") if clock.is_breached else _("met at {time}")
        parts.append(met.format(time=fmt.when(clock.met_at, now)))
        return parts
    if clock.is_paused and not clock.paused:
        parts.append(pgettext("clock", "paused"))
    elif not clock.is_paused and clock.due_at is not None:
        parts.append(_("due {time}").format(time=fmt.when(clock.due_at, now)))
    calendar = names.calendar(promise.calendar) if promise else ""
    parts.append(_("{target} in “{calendar}”").format(target=target, calendar=calendar))
    if clock.paused:
        parts.append(_("paused {duration}").format(duration=length_text(clock.paused)))
    return parts


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(parts)
