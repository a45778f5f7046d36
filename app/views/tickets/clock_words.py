"""How a promised time is said: the figure, the line under it, and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.entities.sla import ClockState
from app.services.sla.explain import ExplainLine
from app.views.base.format import Format
from app.views.base.i18n import _, pgettext
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
    hours, minutes = divmod(abs(length) // _MINUTE, 60)
    if not hours:
        return pgettext("short", "{minutes} min").format(minutes=minutes)
    if not minutes:
        return pgettext("short", "{hours} h").format(hours=hours)
    return pgettext("short", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def line_text(line: ExplainLine, names: Names) -> str:
    """Return the sentence of one line of an explanation; "" for a code of a newer part of the program."""
    fmt, given = names.format, line.params
    kind = line.code.removeprefix("sla.explain.")
    words = {
        "promised": _("{target} promised to {priority} in “{calendar}”"),
        "running": _("open: {counted} counted"),
        "outside_hours": _("outside the hours of “{calendar}”"),
        "break": _("break: “{calendar}” is closed in between"),
        "day_closed": _("“{calendar}” is closed that day"),
        "holiday": _("public holiday in “{calendar}”"),
        "waiting": _("paused: {reason}"),
        "done": _("done; nothing runs"),
        "late": _("Done {met}, {over} too late"),
        "kept": _("Kept: done {met} after {elapsed}"),
        "ended": _("Ended without work after {elapsed}"),
        "overdue": _("Overdue by {over} since {breached}"),
        "stands_still": _("Stands still with {remaining} left"),
        "due": _("Due {due}, {remaining} of working time left"),
    }.get(kind, "")
    reason = given.get("reason_id")
    said = words.format_map(
        {
            "target": _duration(given.get("target")),
            "priority": f"P{given.get('priority')}",
            "calendar": names.calendar(str(given.get("calendar", ""))),
            "counted": _duration(given.get("counted")),
            "reason": names.reason(reason) if isinstance(reason, int) else "",
            "met": _exact(fmt, given.get("met_at")),
            "elapsed": _duration(given.get("elapsed")),
            "over": _duration(given.get("remaining")),
            "remaining": _duration(given.get("remaining")),
            "breached": _exact(fmt, given.get("breached_at")),
            "due": _exact(fmt, given.get("due_at")),
        }
    )
    changed = given.get("clock_change")
    return f"{said} · {_clock_change(changed)}" if isinstance(changed, timedelta) and changed else said


def _clock_change(changed: timedelta) -> str:
    """Say why a stretch is shorter or longer than it looks on the wall clock: summer time began or ended."""
    if changed > timedelta():
        return _("clocks went forward by {length}").format(length=length_text(changed))
    return _("clocks went back by {length}").format(length=length_text(changed))


def span_text(line: ExplainLine, fmt: Format) -> str:
    """Return "Nov 20 10:00 – 12:00" for a stretch, "" for a line that is none."""
    start, end = line.params.get("start"), line.params.get("end")
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return ""
    same_day = fmt.local(start).date() == fmt.local(end).date()
    return f"{_short(fmt, start)} – {fmt.clock(end) if same_day else _short(fmt, end)}"


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


def _short(fmt: Format, moment: datetime) -> str:
    return f"{fmt.texts.date_pattern(fmt.local(moment).date(), 'MMMd')} {fmt.clock(moment)}"


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(parts)


def _duration(value: object) -> str:
    return length_text(value) if isinstance(value, timedelta) else ""


def _exact(fmt: Format, value: object) -> str:
    return fmt.exact(value) if isinstance(value, datetime) else ""
