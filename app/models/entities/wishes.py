"""What people wish for, how many they may, and how many of their wishes a roster fulfils."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import ShiftTemplate
from app.models.entities.roster_plan import Wish


@dataclass(frozen=True, slots=True)
class Wished:
    """What is wished for one date: a shift, or (None) to be off, with a word about it."""

    template_id: TemplateId | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class WishesMet:
    """How many of somebody's wishes a roster fulfils."""

    person_id: PersonId
    met: int
    made: int


@dataclass(frozen=True, slots=True)
class WishMonth:
    """How one person's wishes of a month stand; `most` 0: any number. A published month is closed."""

    month: str
    is_closed: bool
    count: int
    most: int

    @property
    def left(self) -> int | None:
        """How many more may be wished; None: any number."""
        return max(0, self.most - self.count) if self.most else None


@dataclass(frozen=True, slots=True)
class WishDesk:
    """Somebody's wishes of a stretch of dates, how their months stand, and what may be wished for."""

    wishes: tuple[Wish, ...]
    months: tuple[WishMonth, ...]
    shifts: tuple[ShiftTemplate, ...]

    def month_of(self, wish: Wish) -> WishMonth:
        """Return how the month of a wish stands."""
        return next(each for each in self.months if each.month == f"{wish.on_date:%Y-%m}")
