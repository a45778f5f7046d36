"""How evenly nights, weekends and holidays are shared, the days being painted included. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.models.entities.ids import PersonId
from app.models.entities.roster_plan import Fairness, FairShare
from app.services.roster.fairness import HOLIDAYS, NIGHTS, WEEKENDS, score, shares_of
from app.views.roster.board import Board

MEASURES = (NIGHTS, WEEKENDS, HOLIDAYS)
_FIGURES: Mapping[str, Callable[[FairShare], int]] = {
    NIGHTS: lambda share: share.nights,
    WEEKENDS: lambda share: share.weekends,
    HOLIDAYS: lambda share: share.holidays,
}
_FAR = 0.25  # part of the mean from which somebody has clearly more or less than the others


@dataclass(frozen=True, slots=True)
class FairBar:
    """One figure of a person beside what would be their part of it; spared: they have none by agreement."""

    value: int
    part: float
    is_spared: bool = False

    @property
    def lean(self) -> int:
        """1 where somebody has clearly more than their part, -1 clearly less, else 0."""
        if self.is_spared or abs(self.value - self.part) < 1:
            return 0
        far = abs(self.value - self.part) > _FAR * self.part
        return 0 if not far else 1 if self.value > self.part else -1


@dataclass(frozen=True)
class FairBars:
    """The bars of everybody in the order of `MEASURES`, and the score, 0 to 100; None: nobody to compare."""

    score: int | None = None
    bars: Mapping[PersonId, tuple[FairBar, ...]] = field(default_factory=dict)
    longest: int = 1


def fair_bars(board: Board, ledger: Fairness | None) -> FairBars:
    """Return what the ledger and the days shown make together; without a ledger these days alone."""
    days = frozenset(board.days)
    now = shares_of(
        board.plan.people,
        board.shown_cells,
        board.checks.times,
        {on: board.plan.day_types[on] for on in days},
        board.plan.rules.full_time_hours * 60,
    )
    shares = now if ledger is None else _together(now, len(days), ledger)
    teams: dict[object, list[FairShare]] = {}
    for share in shares:
        teams.setdefault(share.team_id, []).append(share)
    parts = {(team, name): _per_weight(members, name) for team, members in teams.items() for name in MEASURES}
    bars = {
        share.person_id: tuple(
            FairBar(_FIGURES[name](share), parts[share.team_id, name] * share.weight, name in share.spared)
            for name in MEASURES
        )
        for share in shares
    }
    longest = max((bar.value for row in bars.values() for bar in row), default=1)
    return FairBars(score(shares), bars, max(1, longest))


def _together(now: Sequence[FairShare], days: int, ledger: Fairness) -> list[FairShare]:
    before = {share.person_id: share for share in ledger.shares}
    past = (ledger.until - ledger.since).days
    found = []
    for share in now:
        old = before.get(share.person_id)
        if old is None:
            found.append(share)
            continue
        found.append(
            replace(
                share,
                nights=share.nights + old.nights,
                weekends=share.weekends + old.weekends,
                holidays=share.holidays + old.holidays,
                minutes=share.minutes + old.minutes,
                weight=(share.weight * days + old.weight * past) / max(1, days + past),
            )
        )
    return found


def _per_weight(shares: Sequence[FairShare], name: str) -> float:
    """Return what one full share of a team is, among those who take part in a measure."""
    taking_part = [share for share in shares if name not in share.spared and share.minutes > 0]
    weight = sum(share.weight for share in taking_part)
    return sum(_FIGURES[name](share) for share in taking_part) / weight if weight else 0.0
