"""What happens to a ticket that was resolved now and hears nothing more, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import FirstlineError
from app.models.entities.time import Allowance
from app.services.calendars.rules import add_working_time, working_day_length
from app.services.settings import declared
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.settings.level_words import soon
from app.views.settings.sla_words import calendar_name


def closing_example(
    values: Mapping[str, object], calendar: BusinessCalendar, code: str, now: datetime, fmt: Format
) -> str:
    """Return when a ticket resolved at `now` is reminded, closed and no longer reopened; "" if never open.

    `values` are the site's settings by name, as they stand in the form.
    """
    title = _("Resolved now, {when}, as “{calendar}” counts working days:").format(
        when=soon(now, now, fmt), calendar=calendar_name(calendar, code)
    )
    try:
        return "\n".join((title, *_lines(values, calendar, now, fmt)))
    except FirstlineError:
        return ""


def reminder_is_idle(values: Mapping[str, object]) -> bool:
    """Tell whether a reminder is asked for that would come when the ticket is closed already."""
    reminder = _days(values, declared.CONFIRM_REMINDER_DAYS.name)
    return bool(reminder) and reminder >= _days(values, declared.AUTO_CLOSE_DAYS.name)


def _lines(
    values: Mapping[str, object], calendar: BusinessCalendar, now: datetime, fmt: Format
) -> Iterator[str]:
    day = working_day_length(calendar)

    def after(start: datetime, days: int) -> datetime:
        return add_working_time(calendar, start, Allowance(working_days=days).length(day))

    reminder = _days(values, declared.CONFIRM_REMINDER_DAYS.name)
    closed = after(now, _days(values, declared.AUTO_CLOSE_DAYS.name))
    reopen = _days(values, declared.REOPEN_DAYS.name)
    if reminder and reminder_is_idle(values):
        yield _("The reminder would come when the ticket is closed already: it is never sent.")
    elif reminder:
        yield _("The user is reminded {time}.").format(time=soon(after(now, reminder), now, fmt))
    else:
        yield _("The user is not reminded.")
    yield _("Without a word the ticket closes by itself {time}.").format(time=soon(closed, now, fmt))
    if reopen:
        until = soon(after(closed, reopen), now, fmt)
        yield _("It can be reopened until {time}; later a new linked ticket is made.").format(time=until)
    else:
        yield _("Once closed it cannot be reopened: a new linked ticket is made.")


def _days(values: Mapping[str, object], name: str) -> int:
    value = values.get(name)
    return value if isinstance(value, int) else 0
