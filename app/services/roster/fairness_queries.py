"""What is asked about fairness: who did how many nights, weekends, holidays and hours (I11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.models.entities.ids import PersonId
from app.models.entities.leave import SwapState
from app.models.entities.roster_plan import Fairness
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.years import checked_day
from app.services.calendars.rules import day_type
from app.services.roster.fairness import by_measure, counted_swaps, months_before, score, shares_of
from app.services.roster.planned import load_planned_people
from app.services.roster.queries import load_cells, load_templates, site_zone
from app.services.roster.shift_times import ShiftTimes
from app.services.settings.current import load_config


@query(permission="roster.read")
def fairness(_ctx: Context, read: Reader, until: date, *, months: int = 12) -> Fairness:
    """Return the ledger of the months before `until`, that date not included; see `fairness.score`."""
    return load_fairness(read, checked_day(until), months=months)


def load_fairness(read: Reader, until: date, *, months: int = 12) -> Fairness:
    """As `fairness`, inside a read or a transaction."""
    since = months_before(until, months)
    site = load_config(read)
    dates = [since + timedelta(days=count) for count in range((until - since).days)]
    shares = shares_of(
        load_planned_people(read),
        load_cells(read, since, until - timedelta(days=1)),
        ShiftTimes(load_templates(read, include_retired=True), site_zone(read)),
        {on: day_type(site.default_calendar, on).value for on in dates},
        site.roster_rules.full_time_hours * 60,
    )
    swaps = counted_swaps(_swaps(read, since, until))
    shares = [
        replace(share, swaps_given=given, swaps_taken=taken)
        for share in shares
        for given, taken in (swaps.get(share.person_id, (0, 0)),)
    ]
    return Fairness(since, until, tuple(shares), score(shares), by_measure(shares))


def _swaps(read: Reader, since: date, until: date) -> list[tuple[PersonId, PersonId]]:
    """Return (who gave, who took) for every shift that changed hands; an exchange is one each way."""
    done = (SwapState.APPROVED.value, SwapState.TAKEN.value)
    rows = read.rows(
        "SELECT asker_id, other_id, on_date, other_date, other_template_id FROM shift_swap"
        " WHERE state IN (?, ?) AND other_id IS NOT NULL",
        done,
    )
    first, last = since.isoformat(), until.isoformat()
    given = [(row[0], row[1]) for row in rows if first <= row[2] < last]
    back = [(row[1], row[0]) for row in rows if row[4] is not None and first <= row[3] < last]
    return [*given, *back]
