"""What the status bar says about the background work, and what to do where something is wrong. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.entities.background import MOST_CLOCK_HELD, BackgroundState, ClockDoubt
from app.views.base.format import Format
from app.views.base.i18n import _, pgettext

MOST_SILENCE = timedelta(minutes=2)
"""How long nobody may do the work before people are told."""
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class BackgroundFace:
    """One line; `advice` says what to do, `tone` is "warn" where somebody should, else "".

    `can_be_accepted` while the work waits for a person to say that the shared clock is right.
    """

    text: str
    advice: str = ""
    tone: str = ""
    can_be_accepted: bool = False

    @property
    def icon(self) -> str:
        """The sign before the words."""
        return "triangle-alert" if self.tone else "refresh-cw"


NOTHING = BackgroundFace("")


def face_of(
    state: BackgroundState | None, since_read: timedelta, open_for: timedelta, fmt: Format
) -> BackgroundFace:
    """Return what to show.

    `since_read` is how old the state is, `open_for` how long this window has been open: the first minutes
    belong to whoever is just taking the work up.
    """
    if state is None:
        return _silent(open_for, fmt) if open_for > MOST_SILENCE else NOTHING
    if state.is_clock_off:
        return _clock_off(state.clock_offset_seconds or 0, fmt)
    if state.doubt is not None and state.acted_at is not None:
        return _doubted(state.doubt, state.acted_at, fmt)
    ago = timedelta(seconds=state.seconds_ago) + since_read
    if ago > MOST_SILENCE and not state.is_running:
        return _silent(ago, fmt) if open_for > MOST_SILENCE else NOTHING
    said = _("background work by this PC, {ago}") if state.is_mine else _("background work by {pc}, {ago}")
    advice = _("Warnings, escalation and follow-ups are looked after by one program at a time.")
    return BackgroundFace(said.format(pc=state.holder, ago=_ago(ago, fmt)), advice)


def _ago(length: timedelta, fmt: Format) -> str:
    if length < _MINUTE:
        return pgettext("short", "{seconds} s ago").format(seconds=int(length.total_seconds()))
    return _("{duration} ago").format(duration=fmt.duration(length))


def _silent(length: timedelta, fmt: Format) -> BackgroundFace:
    return BackgroundFace(
        _("no background work for {duration}").format(duration=fmt.duration(length)),
        _(
            "Warnings, escalation and follow-ups wait. Leave Firstline open on one PC, or let"
            " “python main.py worker” run; if they are, look at the log of that PC."
        ),
        "warn",
    )


def _doubted(doubt: ClockDoubt, acted_at: datetime, fmt: Format) -> BackgroundFace:
    if doubt is ClockDoubt.AHEAD:
        text = _("background work waits: the clock is far ahead")
        advice = _(
            "The last time anything was done was {time}. If date and time are right now, say so; a wrong year"
            " would break every promise at once."
        )
    else:
        text = _("background work waits: the clock went back")
        advice = _(
            "Something was already done at {time}, which is still to come. Look at date and time; if they are"
            " right now, say so."
        )
    return BackgroundFace(text, advice.format(time=fmt.exact(acted_at)), "warn", can_be_accepted=True)


def _clock_off(seconds: int, fmt: Format) -> BackgroundFace:
    length = timedelta(seconds=abs(seconds))
    said = fmt.duration(length) if length >= _MINUTE else _("{count} s").format(count=abs(seconds))
    text = _("this PC's clock is {length} fast") if seconds > 0 else _("this PC's clock is {length} slow")
    if abs(seconds) > MOST_CLOCK_HELD:
        advice = _("Set the clock of this PC by the time server. Until then this PC does no background work.")
    else:
        advice = _("Set the clock of this PC by the time server: what is written here carries its time.")
    return BackgroundFace(text.format(length=said), advice, "warn")
