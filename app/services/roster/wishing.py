"""What a wish must keep to: dates to come, months not published yet, and no more than the site allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.models.entities.roster_plan import CellKey, Wish
from app.models.entities.wishes import Wished, WishesMet
from app.models.transactions import Reader


def month_of(on: date) -> str:
    """Return the month of a date, "2026-04"."""
    return f"{on:%Y-%m}"


def check_dates(dates: Iterable[date], today: date, closed: Collection[str]) -> None:
    """Refuse wishes for what is past, and for months that are published.

    Raises:
        RuleViolation: `roster.wish_past`, `roster.wishes_closed` (month).
    """
    for on in sorted(dates):
        if on < today:
            raise RuleViolation("roster.wish_past", date=on)
        if month_of(on) in closed:
            raise RuleViolation("roster.wishes_closed", month=month_of(on))


def check_most(month: str, count: int, added: int, most: int) -> None:
    """Refuse more wishes of one person in a month than `most`; 0 allows any number.

    Raises:
        RuleViolation: `roster.wishes_most` (month, most) where `added` of the `count` are new.
    """
    if most and added > 0 and count > most:
        raise RuleViolation("roster.wishes_most", month=month, most=most)


def added(
    wished: Mapping[CellKey, Wished | None], before: Mapping[CellKey, Wished | None]
) -> dict[tuple[PersonId, str], int]:
    """Return by how many a person's wishes of a month grow; negative where they become fewer."""
    found: Counter[tuple[PersonId, str]] = Counter()
    for (person_id, on), each in wished.items():
        found[person_id, month_of(on)] += (each is not None) - (before[person_id, on] is not None)
    return dict(found)


def met(
    wishes: Iterable[Wish],
    cells: Mapping[CellKey, object],
    template_of: Mapping[TemplateId, ShiftTemplate],
) -> list[WishesMet]:
    """Return how many wishes of each person cells fulfil, by person; whoever wished nothing is left out.

    `cells` hold what has a `template_id`.
    """
    made: Counter[PersonId] = Counter()
    kept: Counter[PersonId] = Counter()
    for wish in wishes:
        made[wish.person_id] += 1
        kept[wish.person_id] += is_met(wish, cells, template_of)
    return [WishesMet(person, kept[person], made[person]) for person in sorted(made)]


def is_met(
    wish: Wish, cells: Mapping[CellKey, object], template_of: Mapping[TemplateId, ShiftTemplate]
) -> bool:
    """Whether what stands in a wish's cell is what was wished; standby and absences are not work."""
    cell = cells.get((wish.person_id, wish.on_date))
    template_id = getattr(cell, "template_id", None)
    if wish.template_id is not None:
        return bool(template_id == wish.template_id)
    return template_id is None or template_of[template_id].kind is not ShiftKind.WORK


def closed_months(read: Reader, wished: Iterable[CellKey]) -> frozenset[str]:
    """Return which months of these cells are published."""
    months = sorted({month_of(on) for _person, on in wished})
    marks = ", ".join("?" * len(months))
    rows = read.rows(
        f"SELECT month FROM roster_month WHERE is_published = true AND month IN ({marks})", months
    )
    return frozenset(row[0] for row in rows)


def count_of(read: Reader, person_id: PersonId, month: str) -> int:
    """Return how many wishes somebody has in a month."""
    return int(
        read.value(
            "SELECT COUNT(*) FROM shift_wish WHERE person_id = ? AND on_date >= ? AND on_date <= ?",
            (person_id, f"{month}-01", f"{month}-31"),
        )
    )
