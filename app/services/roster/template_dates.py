"""Between which dates a shift holds: who stands for whom on a date, and when one that is retired ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from app.models.entities.errors import NotFound, RuleViolation
from app.models.entities.ids import TemplateId
from app.models.entities.roster import PaintedCell, ShiftTemplate
from app.services.roster.rules import shift_span

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Whether a shift goes on without end, and the first and last date on which it holds (None: no bound)."""

    is_active: bool
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, template: ShiftTemplate) -> Self:
        """Return those of a shift."""
        return cls(template.is_active, template.first_date, template.last_date)

    @property
    def last_text(self) -> str:
        """The last date as it is kept, "" where there is none."""
        return "" if self.last is None else self.last.isoformat()

    @property
    def columns(self) -> dict[str, object]:
        """The columns in which they are kept."""
        return {
            "is_active": self.is_active,
            "first_date": "" if self.first is None else self.first.isoformat(),
            "last_date": self.last_text,
        }


NOWHERE = Bounds(is_active=False)
"""Those of a shift that holds on no date: one that was added or split off, and taken back."""


def check_holds(template: ShiftTemplate, on: date) -> None:
    """Refuse to plan with a shift on a date on which it does not hold.

    Before the first date of one that took over from none it may be noted who did work so: nothing else
    stands for it then.

    Raises:
        RuleViolation: `roster.shift_not_then` (shift, date).
    """
    first = template.first_date if template.previous_id is None else None
    if not template.holds_on(on if first is None else max(on, first)):
        raise RuleViolation("roster.shift_not_then", shift=template.code, date=on)


def check_cells(templates: Iterable[ShiftTemplate], cells: Iterable[PaintedCell]) -> None:
    """Refuse cells that put a shift on a date on which it does not hold; one that stands there may stay.

    Raises:
        RuleViolation: `roster.shift_not_then` (shift, date).
        NotFound: `roster.shift_not_found`.
    """
    known = {template.id: template for template in templates}
    for cell in cells:
        if cell.template_id is None or cell.template_id == cell.before:
            continue
        if cell.template_id not in known:
            raise NotFound("roster.shift_not_found", id=cell.template_id)
        check_holds(known[cell.template_id], cell.on_date)


class Successions:
    """Which shifts are one through time: each with what it took over from, and so on."""

    def __init__(self, templates: Iterable[ShiftTemplate]) -> None:
        known = {template.id: template for template in templates}
        self._first = {key: _first_of(known, template) for key, template in known.items()}
        self._lines: dict[TemplateId, list[ShiftTemplate]] = {}
        for template in known.values():
            self._lines.setdefault(self._first[template.id], []).append(template)

    def held_on(self, template_id: TemplateId, on: date) -> TemplateId:
        """Return the shift that stands for another on a date: itself, or who holds then in its place.

        Where none of them holds then it is the shift itself.
        """
        line = self._lines.get(self._first.get(template_id, template_id), ())
        holding = [each.id for each in line if each.holds_on(on)]
        return template_id if template_id in holding or not holding else holding[0]


def _first_of(known: Mapping[TemplateId, ShiftTemplate], template: ShiftTemplate) -> TemplateId:
    seen: set[TemplateId] = set()
    while template.previous_id is not None and template.id not in seen:
        seen.add(template.id)
        template = known[template.previous_id]
    return template.id


def ended(template: ShiftTemplate, planned: date | None, now: datetime, zone: ZoneInfo) -> Bounds:
    """Return the bounds of a shift that is retired at `now`.

    It holds to the last date on which anybody is `planned` from today on, else to the date on which the one
    that runs now began, else to yesterday: what somebody counts on goes on, and what was stays as it was.
    """
    today = now.astimezone(zone).date()
    last = today - _DAY
    for on in (today - _DAY, today):
        begins, ends = shift_span(template, on, zone)
        if begins <= now < ends and template.holds_on(on):
            last = max(last, on)
    if planned is not None:
        last = max(last, planned)
    if template.last_date is not None:
        last = min(last, template.last_date)
    return Bounds(is_active=False, first=template.first_date, last=last)
