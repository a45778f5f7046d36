"""Teams whose tickets go to a person by themselves: whom the roster suggests (U42), or nobody (U43)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.models.entities.ids import CategoryId, PersonId, TeamId, TicketId
from app.models.entities.suggesting import Candidate, Suggestion
from app.models.transactions import Reader
from app.services.settings import declared
from app.services.settings.current import SiteConfig
from app.services.tickets.suggesting_queries import load_suggestion

BY_ROSTER = "by_roster"
"""Stands in the log for why somebody got a ticket: `detail[BY_ROSTER]` is what `reason_of` returns."""


@dataclass
class Turns:
    """What one action gave to whom so far: of many tickets at once, not all go to the first."""

    given: Counter[PersonId] = field(default_factory=Counter)


def goes_by_roster(read: Reader, site: SiteConfig, team_id: TeamId) -> bool:
    """Tell whether the site lets a team's tickets go to a person by themselves.

    Reads nothing where no team is named: tickets of other sites cost nothing.
    """
    named = site.settings[declared.BY_ROSTER_TEAMS]
    wanted = {code.casefold() for code in named.replace("，", ",").replace(",", " ").split()}
    if not wanted:
        return False
    code = read.value("SELECT code FROM team WHERE id = ? AND is_active = true", (team_id,))
    return code is not None and str(code).casefold() in wanted


def chosen(
    read: Reader,
    now: datetime,
    team_id: TeamId,
    category_id: CategoryId | None,
    ticket_id: TicketId | None = None,
    *,
    turns: Turns | None = None,
    but: PersonId | None = None,
) -> tuple[Candidate | None, Suggestion]:
    """Return whom a ticket goes to now, and what was to choose from. `but`: who just gave it back."""
    given = turns.given if turns is not None else Counter()
    found = load_suggestion(read, now, team_id, category_id, ticket_id, given=given)
    kept = replace(found, candidates=tuple(one for one in found.candidates if one.person_id != but))
    if kept.best is not None and turns is not None:
        turns.given[kept.best.person_id] += 1
    return kept.best, kept


def reason_of(one: Candidate, found: Suggestion) -> dict[str, object]:
    """Return the log's word on why somebody was chosen."""
    facts: dict[str, object] = {"open": one.open_tickets, "on_duty": found.is_rostered}
    if one.level is not None:
        facts["level"] = one.level.value
    if one.stands_in_for:
        facts["stands_in_for"] = one.stands_in_for
    return {BY_ROSTER: facts}
