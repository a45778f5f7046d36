"""What a waiting reason means for a ticket that is set waiting now, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput, FirstlineError
from app.models.entities.sla import WaitingRule
from app.models.entities.tickets import WaitingKind
from app.models.entities.time import Allowance
from app.services.calendars.rules import add_working_time, working_day_length
from app.services.sla.rules import follow_up_at
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.settings.level_words import soon
from app.views.settings.sla_words import calendar_name

_SHOWN = 3  # follow-ups written out; later ones are counted


def reason_example(
    values: Mapping[str, Any], calendar: BusinessCalendar, code: str, now: datetime, fmt: Format
) -> tuple[str, ...]:
    """Return what happens to a ticket set waiting at `now`, as the calendar of that code counts.

    `values` are the form's; what cannot be read yet says nothing, its field tells why.
    """
    try:
        lines = tuple(_lines(values, calendar, now, fmt))
    except FirstlineError:  # the calendar never opens: its own page says so
        return ()
    title = _("Set waiting now, {when}, as “{calendar}” counts:")
    when = soon(now, now, fmt)
    return (title.format(when=when, calendar=calendar_name(calendar, code)), *lines)


def _lines(
    values: Mapping[str, Any], calendar: BusinessCalendar, now: datetime, fmt: Format
) -> Iterator[str]:
    pauses = values.get("pauses_response") or values.get("pauses_resolution")
    longest = _read(values.get("longest"))
    if not pauses:
        yield _("No clock stands still: the promised times run on.")
    elif longest is None:
        yield _("The clocks stand until work goes on.")
    else:
        until = add_working_time(calendar, now, longest.length(working_day_length(calendar)))
        yield _("The clocks stand until {time} at the latest, then they run again.").format(
            time=soon(until, now, fmt)
        )
    yield _follow_ups(values, calendar, now, fmt)


def _follow_ups(values: Mapping[str, Any], calendar: BusinessCalendar, now: datetime, fmt: Format) -> str:
    every = _read(values.get("follow_up_every"))
    count = int(values.get("auto_resolve_after") or 0)
    if every is None:
        return _("Nobody is asked again.")
    rule = WaitingRule(WaitingKind(values["kind"]), follow_up_every=every)

    def at(number: int) -> str:
        moment = follow_up_at(rule, calendar, now, number)
        return soon(moment, now, fmt) if moment is not None else ""

    asked = _(", ").join(at(number) for number in range(1, min(count or _SHOWN, _SHOWN) + 1))
    if not count:
        return _("Asked again {times} and so on.").format(times=asked)
    if count > _SHOWN:
        sentence = _("Asked again {times} and so on, {count} times; then resolved by itself {end}.")
        return sentence.format(times=asked, count=count, end=at(count + 1))
    return _("Asked again {times}, then resolved by itself {end}.").format(times=asked, end=at(count + 1))


def _read(text: Any) -> Allowance | None:
    """Return a period, or None where none is written or it cannot be used."""
    try:
        read = Allowance.from_text(str(text)) if text else None
    except BadInput:
        return None
    return read if read != Allowance() else None
