"""The people's figures as rows of texts, for a spreadsheet: whole minutes and plain numbers."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.entities.people_report import PeopleFigures, PeopleReport, PersonLine
from app.services.base.texts import Texts


def people_rows(data: PeopleReport, texts: Texts) -> list[list[str]]:
    """Return the heading and a row for each person, department by department."""
    rows = [_heading(texts)]
    for department in data.departments:
        for team in department.teams:
            rows += [[one.name, department.name, team.name, *_cells(one)] for one in team.people]
    return rows


def _heading(texts: Texts) -> list[str]:
    _, pgettext = texts.gettext, texts.pgettext
    return [
        _("Person"),
        _("Department"),
        _("Team"),
        pgettext("people", "Title"),
        pgettext("people", "Skills as an expert"),
        pgettext("people", "Skills as skilled"),
        pgettext("people", "Joined on"),
        pgettext("people", "Last day"),
        pgettext("people", "Worked on"),
        pgettext("count", "Resolved"),
        pgettext("people", "Could be solved in the first contact"),
        _("Solved in the first contact"),
        _("Resolved in time"),
        pgettext("people", "Not resolved in time"),
        pgettext("people", "Working minutes to resolve, mean"),
        pgettext("people", "Reopened"),
        pgettext("count", "Open"),
        pgettext("people", "Minutes on duty"),
        pgettext("roster", "Nights"),
        pgettext("roster", "Weekends"),
        pgettext("people", "Minutes late"),
        pgettext("people", "Minutes left early"),
        pgettext("people", "Absent"),
        pgettext("people", "Calls by time on duty"),
        pgettext("people", "Minutes of training"),
    ]


def _cells(one: PersonLine) -> Sequence[str]:
    days = ("" if day is None else day.isoformat() for day in (one.joined_on, one.left_on))
    return (one.title, str(one.experts), str(one.skilled), *days, *_figures(one.figures))


def _figures(of: PeopleFigures) -> Sequence[str]:
    mean = of.mean_solve
    return (
        str(of.worked_on),
        str(of.resolved),
        str(of.eligible),
        str(of.first_contact),
        str(of.met),
        str(of.missed),
        "" if mean is None else str(round(mean.total_seconds() / 60)),
        str(of.reopened),
        str(of.open_now),
        str(of.duty_minutes),
        str(of.nights),
        str(of.weekends),
        str(of.late_minutes),
        str(of.early_minutes),
        str(of.not_come),
        f"{of.calls:.1f}",
        str(of.training_minutes),
    )
