"""In which order people on duty are suggested for a ticket."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.ids import PersonId
from app.models.entities.skills import SkillLevel
from app.models.entities.suggesting import Candidate, Suggestion
from app.services.tickets.suggesting import ranked

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


def one(number: int, **more: object) -> Candidate:
    return Candidate(PersonId(number), f"Agent {number}", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (one(2), one(1, is_away=True)),
        (one(2, level=SkillLevel.SKILLED, open_tickets=9), one(1)),
        (one(2, open_tickets=1), one(1, open_tickets=2)),
        (one(2, open_tickets=1), one(1, open_tickets=1, level=SkillLevel.UNSKILLED)),
        (
            one(2, level=SkillLevel.SKILLED, open_tickets=1),
            one(1, level=SkillLevel.EXPERT, open_tickets=2),
        ),
        (one(2, level=SkillLevel.EXPERT), one(1, level=SkillLevel.SKILLED)),
        (one(2), one(1, given_at=NOON)),
        (one(2, given_at=NOON - timedelta(minutes=1)), one(1, given_at=NOON)),
        (one(2, open_tickets=3), one(1, stands_in_for="Li Na")),
        (one(1), one(2)),
    ],
)
def test_the_better_comes_first_however_they_are_listed(better, worse):
    assert ranked([worse, better]) == ranked([better, worse]) == (better, worse)


def test_in_turn_everybody_gets_one():
    first, second = one(1, given_at=NOON), one(2, given_at=NOON - timedelta(minutes=5))

    assert Suggestion(ranked([first, second])).best == second


@pytest.mark.parametrize("candidates", [[], [one(1, is_away=True)]])
def test_where_nobody_is_there_nobody_is_picked(candidates):
    assert Suggestion(ranked(candidates)).best is None
