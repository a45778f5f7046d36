"""Which cells a swap paints, how a shift goes over to somebody else, and how what stood there is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import Assignment, PaintedCell, RosterPerson
from app.models.transactions import Reader
from app.services.roster.queries import load_cells

People = Mapping[PersonId, RosterPerson]


def handed(cell: Assignment, taker_id: PersonId, before: TemplateId | None, people: People) -> PaintedCell:
    """Return a cell of one person as another takes it over.

    The taker stands in for the team the shift was for, so that its count stays; leading it goes over only
    to somebody who may lead.
    """
    taker, giver = people.get(taker_id), people.get(cell.person_id)
    team = cell.team_id if cell.team_id is not None or giver is None else giver.team_id
    own = None if taker is None else taker.team_id
    leads = cell.is_supervisor and taker is not None and taker.can_lead
    return PaintedCell(
        taker_id,
        cell.on_date,
        cell.template_id,
        before,
        leads,
        None if team == own else team,
        cell.is_fixed,
    )


def off(cell: Assignment) -> PaintedCell:
    """Return what makes a held cell off."""
    return PaintedCell(cell.person_id, cell.on_date, None, cell.template_id)


def still_ours(read: Reader, kept: Iterable[PaintedCell]) -> list[PaintedCell]:
    """Return those of the cells to give back where still stands what we painted; others keep theirs."""
    wanted = list(kept)
    if not wanted:
        return []
    dates = [cell.on_date for cell in wanted]
    present = load_cells(read, min(dates), max(dates))
    return [
        cell for cell in wanted if _template_of(present.get((cell.person_id, cell.on_date))) == cell.before
    ]


def to_dict(cell: PaintedCell) -> dict[str, Any]:
    """Return the JSON form of a cell to give back."""
    return {
        "person": cell.person_id,
        "date": cell.on_date.isoformat(),
        "shift": cell.template_id,
        "before": cell.before,
        "leads": cell.is_supervisor,
        "team": cell.team_id,
        "fixed": cell.is_fixed,
    }


def from_dict(data: Mapping[str, Any]) -> PaintedCell:
    """Read the form of `to_dict`."""
    return PaintedCell(
        PersonId(data["person"]),
        date.fromisoformat(data["date"]),
        None if data["shift"] is None else TemplateId(data["shift"]),
        None if data["before"] is None else TemplateId(data["before"]),
        bool(data["leads"]),
        None if data["team"] is None else TeamId(data["team"]),
        bool(data["fixed"]),
    )


def _template_of(cell: Assignment | None) -> TemplateId | None:
    return None if cell is None else cell.template_id
