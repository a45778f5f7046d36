"""Who could take a ticket now: people on duty, as the roster, their skills and their load suggest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.models.entities.ids import PersonId
from app.models.entities.skills import SkillLevel


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody at work. `open_tickets` are theirs, `given_at` is when they were last given one.

    `level` is how well they do what the ticket is about, None where the list of skills says nothing of it.
    `is_away`: they left the desk for a while, or did not come yet while others did. `stands_in_for` names
    the absent colleague of the team whose substitute they are, "" for one of the team.
    """

    person_id: PersonId
    name: str
    open_tickets: int = 0
    level: SkillLevel | None = None
    given_at: datetime | None = None
    is_away: bool = False
    stands_in_for: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who of a team could take a ticket, the best first; nobody where nobody of it is at work.

    `is_rostered` False: no shift of the team is planned around now, so that everybody of it who is not on
    leave stands here, by load alone. `next_at` is when somebody of it is at work next, where nobody is now
    and a shift is planned.
    """

    candidates: tuple[Candidate, ...] = ()
    is_rostered: bool = True
    next_at: datetime | None = None

    @property
    def best(self) -> Candidate | None:
        """Whom a ticket would go to; None where nobody is there: nobody is picked in their place (U43)."""
        return next((one for one in self.candidates if not one.is_away), None)
