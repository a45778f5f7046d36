"""What documents make of a ticket: its priority by the matrix, and the promise that follows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import PersonId
from app.models.entities.priority import MatrixDefinition
from app.models.entities.sla import ClockKind, Promise, SlaTable
from app.models.entities.whatif import InForce, Proposal
from app.services.calendars.rules import next_opening
from app.services.priority.rules import check_matrix
from app.services.settings.current import SiteConfig
from app.services.sla.current import fold_settings
from app.services.sla.rules import TicketFacts, check_table, promise_ticket
from app.services.sla.stretches import FoldSettings, calendar_of
from app.services.whatif.hours import hours_of, seconds_of
from app.services.whatif.lives import Era, Facts, Life
from app.services.whatif.rules import replayed_terms
from app.services.whatif.terms import Terms

# A requester's company and whether they are a VIP: the only things about people a policy asks for.
Standing = tuple[str, bool]
_NOBODY: Standing = ("", False)


@dataclass(frozen=True)
class Documents:
    """Everything configured that decides about promises and clocks, in force or proposed.

    `calendars` are the current ones by code; a proposed one has no version yet and is not in the other
    mapping.
    """

    site: SiteConfig
    matrix: MatrixDefinition
    table: SlaTable
    calendars: Mapping[str, BusinessCalendar]
    calendar_versions: Mapping[str, int]
    settings: FoldSettings

    @property
    def asks_for_people(self) -> bool:
        """Whether any policy looks at the requester."""
        return any(policy.companies or policy.vip is not None for policy in self.table.policies)


class Judged(NamedTuple):
    """What documents make of facts; `is_unknown` where the matrix lacks the levels (the priority stays)."""

    priority: int
    is_unknown: bool
    promise: Promise | None
    terms: Terms | None


def documents_in_force(site: SiteConfig) -> Documents:
    """Return the documents in force."""
    return Documents(
        site,
        site.matrix_definition,
        site.sla,
        {code: site.calendars[code] for code in site.calendar_versions},
        site.calendar_versions,
        fold_settings(site),
    )


def documents_proposed(site: SiteConfig, proposal: Proposal, now: datetime) -> Documents:
    """Return the documents as the proposal would have them.

    Raises:
        BadInput: the matrix or the table cannot be used (`check_matrix`, `check_table`).
        NeverOpen: a proposed calendar, or one that the proposed table names, does not open any more.
    """
    present = documents_in_force(site)
    changed = {
        code: calendar
        for code, calendar in proposal.calendars.items()
        if calendar != present.calendars.get(code)  # one that stays as it is keeps what was derived from it
    }
    calendars = {**present.calendars, **changed}
    named = set(changed)
    if proposal.matrix is not None:
        check_matrix(proposal.matrix)
    if proposal.sla is not None:
        check_table(proposal.sla, frozenset(calendars))
        named |= {target.calendar for policy in proposal.sla.policies for target in policy.targets}
    for code in sorted(named):
        next_opening(calendars[code], now)
    table = proposal.sla or present.table
    return Documents(
        site,
        present.matrix if proposal.matrix is None else proposal.matrix,
        table,
        calendars,
        {code: version for code, version in present.calendar_versions.items() if code not in changed},
        replace(
            present.settings,
            waiting_rules={**present.settings.waiting_rules, **proposal.waiting},
            contacts=table.contacts,
            reopen=table.reopen,
        ),
    )


def in_force_of(site: SiteConfig) -> InForce:
    """Return the versions of what is in force."""
    return InForce(
        site.matrix_version,
        site.sla_version,
        dict(site.calendar_versions),
        {reason.id: reason.version for reason in site.waiting_reasons.values()},
    )


class TermsShelf:
    """Keeps one `Terms` for every promise, so that promises of two sets of documents compare by identity."""

    def __init__(self) -> None:
        self._known: dict[object, Terms] = {}

    def terms(self, promise: Promise, calendar: BusinessCalendar) -> Terms:
        """Return the terms of a promise counted by `calendar`."""
        hours = hours_of(calendar)
        allowed = {kind: seconds_of(length) for kind, length in promise.allowed.items()}
        key = (
            id(hours),
            promise.policy,
            promise.priority,
            promise.warn_percents,
            *sorted(allowed.items()),
        )
        found = self._known.get(key)
        if found is None:
            response, resolution = allowed.get(ClockKind.RESPONSE), allowed.get(ClockKind.RESOLUTION)
            found = self._known[key] = Terms(hours, response, resolution)
        return found


class Judge:
    """Applies one set of documents; what was judged once is remembered."""

    def __init__(self, documents: Documents, shelf: TermsShelf, people: Mapping[PersonId, Standing]) -> None:
        self._documents = documents
        self._shelf = shelf
        self._people = people if documents.asks_for_people else {}
        self._known: dict[tuple[Facts, Standing], Judged] = {}

    def judged(self, facts: Facts, requester_id: PersonId | None) -> Judged:
        """Return priority and promise for facts: an overridden one stays, else the type's matrix decides.

        Raises:
            NotFound: `sla.calendar_missing`.
        """
        standing = self._people.get(requester_id, _NOBODY) if requester_id is not None else _NOBODY
        key = (facts, standing)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._judge(facts, standing)
        return found

    def replayed(self, life: Life) -> list[Terms] | None:
        """Return the terms for each era of a life, as `rules.stand` takes them; None where never promised."""
        eras = (*life.earlier, Era(life.facts, life.requester_id))
        return replayed_terms([self.judged(era.facts, era.requester_id).terms for era in eras])

    def as_promised(self, life: Life) -> list[Terms]:
        """Return the terms of the promises a life really got; of those on record only, for open tickets."""
        shelf, calendars = self._shelf, self._documents.site.calendars
        return [shelf.terms(promise, calendar_of(calendars, promise)) for promise in life.promises]

    def _judge(self, facts: Facts, standing: Standing) -> Judged:
        documents = self._documents
        cells = documents.matrix.cells_for(facts.type)
        by_matrix = None if facts.is_override else cells.get((facts.impact, facts.urgency))
        priority = facts.priority if by_matrix is None else by_matrix
        promise = promise_ticket(
            documents.table,
            TicketFacts(
                type=facts.type,
                priority=priority,
                service_id=facts.service_id,
                category_ids=documents.site.category_and_parents(facts.category_id),
                company=standing[0],
                is_vip=standing[1],
            ),
            documents.calendars,
            sla_version=documents.site.sla_version,
            calendar_versions=documents.calendar_versions,
        )
        is_unknown = by_matrix is None and not facts.is_override
        if promise is None:
            return Judged(priority, is_unknown, None, None)
        terms = self._shelf.terms(promise, documents.calendars[promise.calendar])
        return Judged(priority, is_unknown, promise, terms)
