"""How the report on people names its columns, writes their values, and says what each figure means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.models.entities.people_report import PeopleFigures
from app.services.base.texts import Texts, mark
from app.services.reports.words import NOTHING, ReportWords

Written = Callable[[PeopleFigures, ReportWords], str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One column: its title, width in points, and how a value is written. `band` is what stands over it."""

    key: str
    width: float
    written: Written
    band: str = ""


def _count(name: str) -> Written:
    return lambda figures, words: _shown(getattr(figures, name), words)


def _hours(name: str) -> Written:
    def written(figures: PeopleFigures, words: ReportWords) -> str:
        minutes = getattr(figures, name)
        return words.texts.number(minutes / 60, 1 if minutes % 60 else 0) if minutes else NOTHING

    return written


def _shown(value: float, words: ReportWords) -> str:
    return words.texts.number(value) if value else NOTHING


def _first_contact(figures: PeopleFigures, words: ReportWords) -> str:
    if figures.first_contact_share is None:
        return NOTHING
    return f"{words.texts.number(figures.first_contact)} ({words.texts.percent(figures.first_contact_share)})"


def _mean_hours(figures: PeopleFigures, words: ReportWords) -> str:
    mean = figures.mean_solve
    return NOTHING if mean is None else words.texts.number(mean.total_seconds() / 3600, 1)


FIGURES = (
    Figure("worked_on", 46, _count("worked_on"), "tickets"),
    Figure("resolved", 40, _count("resolved"), "tickets"),
    Figure("first_contact", 50, _first_contact, "tickets"),
    Figure("in_time", 38, lambda figures, words: words.share(figures.in_time), "tickets"),
    Figure("mean_solve", 36, _mean_hours, "tickets"),
    Figure("reopened", 46, _count("reopened"), "tickets"),
    Figure("open_now", 32, _count("open_now"), "tickets"),
    Figure("duty_minutes", 40, _hours("duty_minutes"), "duty"),
    Figure("nights", 34, _count("nights"), "duty"),
    Figure("weekends", 46, _count("weekends"), "duty"),
    Figure("late_minutes", 32, _count("late_minutes"), "presence"),
    Figure("early_minutes", 32, _count("early_minutes"), "presence"),
    Figure("not_come", 36, _count("not_come"), "presence"),
    Figure("calls", 34, _count("calls")),
    Figure("training_minutes", 40, _hours("training_minutes")),
)
"""The columns, in their order."""


def titles(texts: Texts) -> Mapping[str, str]:
    """Return the title of each column by its key."""
    _, pgettext = texts.gettext, texts.pgettext
    return {
        "skills": pgettext("people", "Skills"),
        "worked_on": pgettext("people", "Worked on"),
        "resolved": pgettext("count", "Resolved"),
        "first_contact": pgettext("people", "1st contact"),
        "in_time": _("In time"),
        "mean_solve": pgettext("people", "Mean h"),
        "reopened": pgettext("people", "Reopened"),
        "open_now": pgettext("count", "Open"),
        "duty_minutes": pgettext("roster", "Hours"),
        "nights": pgettext("roster", "Nights"),
        "weekends": pgettext("roster", "Weekends"),
        "late_minutes": pgettext("people", "Late"),
        "early_minutes": pgettext("people", "Early"),
        "not_come": pgettext("people", "Absent"),
        "calls": pgettext("people", "Calls"),
        "training_minutes": pgettext("people", "Training"),
    }


def bands(texts: Texts) -> Mapping[str, str]:
    """Return what stands over several columns, by its key."""
    pgettext = texts.pgettext
    return {
        "tickets": pgettext("people", "Tickets"),
        "duty": pgettext("people", "On duty"),
        "presence": pgettext("people", "Presence"),
    }


DEFINITIONS: Mapping[str, str] = {
    "skills": mark("How many skills of the site's list the person has as an expert / as skilled."),
    "worked_on": mark(
        "Tickets in whose log the person did something in the period. A ticket of two people counts for both."
    ),
    "resolved": mark(
        "Tickets resolved in the period. A ticket is its assignee's; one solved without being assigned is its"
        " owner's. Cancelled, out-of-scope and duplicate tickets are left out."
    ),
    "first_contact": mark(
        "Of the resolved incidents, requests and inquiries: those solved while talking, without a later"
        " contact, and their share."
    ),
    "in_time": mark(
        "Resolutions that met the promised time, of those decided in the period; overdue and still open"
        " counts as missed."
    ),
    "mean_solve": mark(
        "Working hours by the site's calendar from when a ticket came until it was resolved, waiting"
        " included; mean over the resolved."
    ),
    "reopened": mark("Times a ticket came back in the period, for whose it was at that moment."),
    "open_now": mark("Tickets of the person that were open when this was printed."),
    "duty_minutes": mark(
        "Hours of the shifts rostered, without standby and absences; a shift belongs to the date it begins"
        " on, one that still runs counts up to now."
    ),
    "nights": mark("Shifts that begin in the evening and end the next day, on the date they begin."),
    "weekends": mark("Shifts on weekends and days off in lieu; make-up workdays are none."),
    "late_minutes": mark("Minutes between the start of a shift and the check-in."),
    "early_minutes": mark("Minutes between the check-out and the end of a shift."),
    "not_come": mark("Shifts without a check-in, of shifts for which anybody's presence was recorded."),
    "calls": mark(
        "The person's part of the answered calls: those of each hour are shared by the time everybody who"
        " answers was on duty in it. Nobody counts the calls of a person."
    ),
    "training_minutes": mark("Hours of training held in the period."),
}
"""What each column means."""

PER_AGENT = mark(
    "Answered calls of the site, divided by the agents on duty in the period; each counts with the hours on"
    " duty against the hours of a full week ({hours} h)."
)
