"""Shifts on dates as real minutes, reckoned once each: what checks, ledgers and fillings add up. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.ids import TemplateId
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.services.roster.rules import is_morning, is_night, is_overnight, shift_span

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


class ShiftTimes:
    """The shifts of a site in its zone. Keeps what it has reckoned; share one per plan."""

    def __init__(self, templates: Iterable[ShiftTemplate], zone: ZoneInfo) -> None:
        self.templates = {template.id: template for template in templates}
        self._zone = zone
        self._spans: dict[tuple[TemplateId, date], tuple[int, int]] = {}
        self.work = self._of_kind(ShiftKind.WORK)
        self.standby = self._of_kind(ShiftKind.STANDBY)
        self.nights = frozenset(key for key, each in self.templates.items() if is_night(each))
        self.overnight = frozenset(key for key, each in self.templates.items() if is_overnight(each))
        self.mornings = frozenset(key for key, each in self.templates.items() if is_morning(each))

    def span(self, template_id: TemplateId, on: date) -> tuple[int, int]:
        """Return real start and end in minutes since 1970 UTC, exact across changes of the clocks."""
        key = (template_id, on)
        if key not in self._spans:
            begin, end = shift_span(self.templates[template_id], on, self._zone)
            self._spans[key] = ((begin - _EPOCH) // _MINUTE, (end - _EPOCH) // _MINUTE)
        return self._spans[key]

    def minutes(self, template_id: TemplateId, on: date) -> int:
        """Return how many minutes of work it really is; 0 for standby and absences."""
        if template_id not in self.work:
            return 0
        begin, end = self.span(template_id, on)
        return end - begin

    def _of_kind(self, kind: ShiftKind) -> frozenset[TemplateId]:
        return frozenset(key for key, template in self.templates.items() if template.kind is kind)


def instant_of(minutes: int) -> datetime:
    """Return the instant of minutes since 1970, as `span` gives them."""
    return _EPOCH + minutes * _MINUTE
