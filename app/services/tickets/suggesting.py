"""In which order people on duty are suggested for a ticket. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from app.models.entities.skills import SkillLevel
from app.models.entities.suggesting import Candidate

_NEVER = datetime.min.replace(tzinfo=UTC)
_ABLE = {SkillLevel.EXPERT: 0, SkillLevel.SKILLED: 1, None: 2, SkillLevel.UNSKILLED: 3}


def ranked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates, the best first.

    Who can do it comes before who cannot, or of whom it is not known; among those whoever has the fewest open
    tickets; among equals the more able; then, in turn, who was given none for longest (round robin). The
    team's own people come before substitutes of equal ability. Who is not at the desk comes last.
    """
    return tuple(sorted(candidates, key=_place))


def _place(one: Candidate) -> tuple[bool, bool, bool, int, int, datetime, str, int]:
    able = _ABLE[one.level]
    return (
        one.is_away,
        one.level not in {SkillLevel.EXPERT, SkillLevel.SKILLED},
        bool(one.stands_in_for),
        one.open_tickets,
        able,
        one.given_at or _NEVER,
        one.name,
        one.person_id,
    )
