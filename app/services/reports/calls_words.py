"""How the report on calls names its figures, writes their values, and says what each means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.models.entities.calls_report import CallTally
from app.services.base.texts import Texts, mark
from app.services.reports.words import NOTHING, ReportWords

Written = Callable[[CallTally, ReportWords], str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One column: its key, its width in points where tables are full, and how a value is written."""

    key: str
    width: float
    written: Written


def seconds(value: float | None, words: ReportWords) -> str:
    """Return a length as minutes and seconds, "3:07"; a dash where there is none."""
    if value is None:
        return NOTHING
    minutes, rest = divmod(round(value), 60)
    return f"{words.texts.number(minutes)}:{rest:02d}"


def share(value: float | None, words: ReportWords) -> str:
    """Return a share as per cent with one decimal; a dash where there is none."""
    return NOTHING if value is None else words.texts.percent(value, 1)


def calls_an_hour(value: float | None, words: ReportWords) -> str:
    """Return calls of an hour on average: small ones with a decimal, none as a dash."""
    if not value:
        return NOTHING
    return words.texts.number(value, 1 if value < 10 else 0)


def _count(name: str) -> Written:
    def written(calls: CallTally, words: ReportWords) -> str:
        value = getattr(calls, name)
        return words.texts.number(value) if value else NOTHING

    return written


def _seconds(name: str) -> Written:
    return lambda calls, words: seconds(getattr(calls, name), words)


FIGURES = (
    Figure("offered", 48, _count("offered")),
    Figure("answered", 50, _count("answered")),
    Figure("unconnected", 58, _count("unconnected")),
    Figure("hung_up", 46, _count("hung_up")),
    Figure("abandoned", 56, _count("abandoned")),
    Figure("abandonment", 64, lambda calls, words: share(calls.abandonment, words)),
    Figure("speed_of_answer", 52, _seconds("speed_of_answer")),
    Figure("talk", 42, _seconds("talk")),
    Figure("handling", 52, _seconds("handling")),
)
"""The columns of every table of calls, in their order."""


def titles(texts: Texts) -> Mapping[str, str]:
    """Return the title of each figure by its key."""
    pgettext = texts.pgettext
    return {
        "offered": pgettext("calls", "Offered"),
        "answered": pgettext("calls", "Answered"),
        "unconnected": pgettext("calls", "Unconnected"),
        "hung_up": pgettext("calls", "Hung up"),
        "abandoned": pgettext("calls", "Abandoned"),
        "abandonment": pgettext("calls", "Abandonment"),
        "speed_of_answer": pgettext("calls", "To answer"),
        "talk": pgettext("calls", "Talk"),
        "handling": pgettext("calls", "Handling"),
        "peak": pgettext("calls", "Busiest hour"),
        "needed": pgettext("calls", "Needed"),
        "rostered": pgettext("calls", "Rostered"),
    }


DEFINITIONS: Mapping[str, str] = {
    "offered": mark("All calls that came in, by the hour in which they came."),
    "answered": mark("Calls that somebody answered."),
    "unconnected": mark("Calls that nobody answered, however long they rang: offered less answered."),
    "hung_up": mark(
        "Unconnected calls given up within {within} seconds; told apart, they are not abandoned but stay"
        " among the offered."
    ),
    "abandoned": mark("Unconnected calls that rang longer than {within} seconds."),
    "abandonment": mark("Abandoned among all offered calls. The site aims at {target} at most."),
    "speed_of_answer": mark("Time an answered call rang; mean, minutes and seconds."),
    "talk": mark("Time talked in an answered call; mean, minutes and seconds."),
    "handling": mark("Talk and the work after it; mean over the answered, minutes and seconds."),
    "peak": mark("The hour with the most calls offered, and how many these were."),
    "needed": mark(
        "People to roster for the busiest hour so that {level} of its calls are answered within {within}"
        " seconds and at most {target} hang up (Erlang), with {shrinkage} of paid time not at the telephone."
        " The time a call takes is the mean handling of the day or week, else {supposed} seconds."
    ),
    "rostered": mark(
        "People of the answering teams on duty in the busiest hour; no figure of how many came."
    ),
}
"""What each figure means."""

LEFT_OUT: Mapping[str, str] = {
    "hung_up": mark(
        "Unconnected calls given up within {within} seconds; told apart, they are not abandoned, and the site"
        " leaves them out of what abandonment is a part of."
    ),
    "abandonment": mark(
        "Abandoned among the answered and abandoned calls; those hung up sooner are left out, as the site has"
        " it. It aims at {target} at most."
    ),
}
"""What these mean where the site leaves calls hung up in time out of abandonment."""

SHIFTS = mark(
    "A night belongs to the date on which it begins: the last night of the period counts to its end, the"
    " hours after the first midnight do not. So this sum can differ from that of the dates. An hour of"
    " several shifts belongs to the longest."
)
