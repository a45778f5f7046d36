"""What people hope for on the days to fill: their wishes, and leave nobody has decided on yet. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.models.entities.filling import FillWish
from app.models.entities.roster_plan import RosterPlan

ASKED_LEAVE = 2
"""So many times a wish: who asked for leave will probably not be there."""


def wishes_of(plan: RosterPlan, days: Sequence[date]) -> Iterator[FillWish]:
    """Return what people wish for, and leave that is asked for but not decided as a wish to be off.

    Leave outweighs a wish for the same date: it is off that is asked for, whatever was wished before.
    """
    asked = {
        (leave.person_id, on) for leave in plan.asked_leaves for on in days if leave.first <= on <= leave.last
    }
    shown = frozenset(days)
    yield from (
        FillWish(wish.person_id, wish.on_date, wish.template_id)
        for wish in plan.wishes
        if wish.on_date in shown and (wish.person_id, wish.on_date) not in asked
    )
    yield from (FillWish(person_id, on, None, ASKED_LEAVE) for person_id, on in sorted(asked))
