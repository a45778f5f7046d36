"""To whom a leave request goes first: the direct superior, who stands in for them, or the deciders. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.models.entities.ids import PersonId
from app.models.entities.leave import LeaveRoute, RouteReason


@dataclass(frozen=True, slots=True)
class Superiors:
    """Who is over whom, who stands in for whom by their terms, and who cannot decide now.

    `absent` are away today by the roster or an approved request; `gone` have left or are retired.
    """

    superiors: Mapping[PersonId, PersonId] = field(default_factory=dict)
    substitutes: Mapping[PersonId, PersonId] = field(default_factory=dict)
    absent: frozenset[PersonId] = frozenset()
    gone: frozenset[PersonId] = frozenset()

    def route(self, person_id: PersonId) -> LeaveRoute:
        """Return to whom a request of somebody goes. `decider_id` None: to all who hold the right."""
        superior = self.superiors.get(person_id)
        if superior is None or superior == person_id:
            return LeaveRoute(RouteReason.NO_SUPERIOR)
        if superior in self.gone:
            return LeaveRoute(RouteReason.SUPERIOR_GONE, superior)
        if superior not in self.absent:
            return LeaveRoute(RouteReason.SUPERIOR, superior, superior)
        stands_in = self.substitutes.get(superior)
        if stands_in is None or stands_in in {person_id, superior} | self.absent | self.gone:
            return LeaveRoute(RouteReason.SUPERIOR_AWAY, superior)
        return LeaveRoute(RouteReason.STANDING_IN, superior, stands_in)

    def decided_by(self, decider_id: PersonId | None) -> list[PersonId]:
        """Return the people on whose leave somebody may decide, see `may_decide`, by id."""
        return sorted(one for one in self.superiors if self.may_decide(decider_id, one))

    def may_decide(self, decider_id: PersonId | None, person_id: PersonId) -> bool:
        """Whether somebody may decide on a person's leave by being their superior, or standing in for them.

        A superior may even while away: who is reached by telephone can still say yes.
        """
        if decider_id is None or decider_id == person_id:
            return False
        route = self.route(person_id)
        return decider_id == route.decider_id or (
            decider_id == route.superior_id and decider_id not in self.gone
        )
