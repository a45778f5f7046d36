"""A replay gives the same clocks as rewriting the log's promises and folding it, whatever the documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.entities.calendars import WEEKDAYS, BusinessCalendar, Window
from app.models.entities.ids import CategoryId, PersonId, ReasonId
from app.models.entities.priority import MatrixDefinition
from app.models.entities.sla import (
    ClockKind,
    ContactKind,
    Promise,
    ReopenPolicy,
    SlaPolicy,
    SlaTable,
    Target,
    WaitingRule,
)
from app.models.entities.tickets import PrioritySource, TicketType, WaitingKind
from app.models.entities.time import Allowance
from app.services.calendars.openings import EPOCH
from app.services.calendars.rules import working_time
from app.services.settings.current import SiteConfig
from app.services.sla.rules import TicketFacts, promise_ticket
from app.services.sla.stretches import FoldSettings
from app.services.whatif.documents import Documents, Judge, TermsShelf
from app.services.whatif.hours import hours_of, seconds_of
from app.services.whatif.lives import Life
from app.services.whatif.rules import stand
from app.services.whatif.terms import Stand, ways_of
from tests.support.sla_site import OFFICE, may
from tests.support.whatif_logs import Story, folded, life_of, promised, rewritten, seconds, stories

CALENDARS = {
    "office": OFFICE,
    "24x7": BusinessCalendar("UTC", always_open=True),
    "night": BusinessCalendar.from_dict(
        {"timezone": "Europe/London", "hours": {day: [["19:00", "03:00"]] for day in WEEKDAYS[:6]}}
    ),
    "never": BusinessCalendar("UTC"),
    # Closed for years between the only days it ever opens.
    "seldom": BusinessCalendar(
        "UTC", special_days={date(year, 5, 5): (Window(540, 480),) for year in (2025, 2026, 2029)}
    ),
}
PEOPLE = {PersonId(1): ("ACME", False), PersonId(2): ("", True)}
NOBODY = ("", False)
BOTH = (ClockKind.RESPONSE, ClockKind.RESOLUTION)


@dataclass(frozen=True)
class Levels:
    """A set of documents, as the two ways to count take it."""

    cells: Mapping[tuple[int, int], int]
    own: Mapping[str, Mapping[tuple[int, int], int]]  # cells of types with a matrix of their own
    table: SlaTable
    settings: FoldSettings

    def promising(self, fields: Mapping[str, object]) -> Promise | None:
        """What is promised for these fields, in the plain words of the rules."""
        impact, urgency = int(str(fields["impact"])), int(str(fields["urgency"]))
        priority = int(str(fields["priority"]))
        if fields["priority_source"] != PrioritySource.OVERRIDE:
            priority = self.own.get(str(fields["type"]), self.cells).get((impact, urgency), priority)
        category, requester = fields["category_id"], fields["requester_id"]
        person = NOBODY if requester is None else PEOPLE[PersonId(int(str(requester)))]
        facts = TicketFacts(
            TicketType(str(fields["type"])),
            priority,
            category_ids=() if category is None else (CategoryId(int(str(category))),),
            company=person[0],
            is_vip=person[1],
        )
        return promise_ticket(self.table, facts, CALENDARS)

    def judge(self, shelf: TermsShelf) -> Judge:
        """The same for lives."""
        site = SimpleNamespace(
            calendars=CALENDARS,
            sla_version=0,
            category_and_parents=lambda category: () if category is None else (category,),
        )
        matrix = MatrixDefinition((), (), self.cells, by_type=self.own)
        documents = Documents(cast("SiteConfig", site), matrix, self.table, CALENDARS, {}, self.settings)
        return Judge(documents, shelf, PEOPLE)


# --- made-up documents ---------------------------------------------------------------------------

ALLOWANCES = st.one_of(
    st.builds(Allowance, seconds=st.integers(0, 100_000)),
    st.builds(Allowance, working_days=st.integers(0, 3)),
)


@st.composite
def policies(draw: st.DrawFn, number: int) -> SlaPolicy:
    targets = [
        Target(
            priority,
            draw(st.sampled_from(["office", "24x7", "office", "24x7", "night", "never", "seldom"])),
            {kind: draw(ALLOWANCES) for kind in draw(st.sampled_from([BOTH, BOTH, BOTH[:1], BOTH[1:]]))},
        )
        for priority in range(1, 5)
        if draw(st.integers(0, 9))
    ]
    return SlaPolicy(
        f"policy-{number}",
        tuple(targets),
        types=draw(st.sampled_from([frozenset(), frozenset({TicketType.INCIDENT})])),
        category_ids=draw(st.sampled_from([frozenset(), frozenset({CategoryId(1)})])),
        companies=draw(st.sampled_from([frozenset(), frozenset({"ACME"})])),
        vip=draw(st.sampled_from([None, None, True])),
    )


@st.composite
def grids(draw: st.DrawFn) -> dict[tuple[int, int], int]:
    cells = {(impact, urgency): draw(st.integers(1, 4)) for impact in range(1, 5) for urgency in range(1, 4)}
    for missing in draw(st.lists(st.sampled_from(sorted(cells)), max_size=2)):
        cells.pop(missing, None)
    return cells


@st.composite
def levels(draw: st.DrawFn) -> Levels:
    cells = draw(grids())
    own = draw(st.dictionaries(st.sampled_from(TicketType), grids(), max_size=2))
    longest = st.one_of(st.none(), ALLOWANCES)
    pauses = st.frozensets(st.sampled_from(BOTH))
    rules = {
        ReasonId(number): WaitingRule(WaitingKind.USER, draw(pauses), draw(longest)) for number in (1, 2, 3)
    }
    table = SlaTable(tuple(draw(policies(number)) for number in range(draw(st.integers(1, 3)))))
    return Levels(
        cells,
        own,
        table,
        FoldSettings(
            rules,
            {},
            draw(st.frozensets(st.sampled_from(ContactKind))),
            draw(st.sampled_from(ReopenPolicy)),
        ),
    )


def replayed(life: Life, of: Levels, now: int) -> dict[ClockKind, Stand]:
    terms = of.judge(TermsShelf()).replayed(life)
    found = {kind: terms and stand(life, kind, terms, ways_of(of.settings), now) for kind in BOTH}
    return {kind: stood for kind, stood in found.items() if stood is not None}


def as_promised(life: Life, of: Levels, now: int, then: Promise | None) -> dict[ClockKind, Stand]:
    shelf = TermsShelf()
    terms = of.judge(shelf).as_promised(life)
    new = None if then is None else shelf.terms(then, CALENDARS[then.calendar])
    found = {
        kind: stand(life, kind, terms, ways_of(of.settings), now, is_as_promised=True, then=new)
        for kind in BOTH
    }
    return {kind: stood for kind, stood in found.items() if stood is not None}


# --- the proof -----------------------------------------------------------------------------------


@pytest.mark.long
@settings(max_examples=400, deadline=None)
@given(stories(), levels(), st.integers(0, 60 * 24 * 20))
def test_a_replay_is_a_full_recompute(story: Story, of: Levels, later: int):
    now = story.log.events[-1].at + timedelta(minutes=later)

    found = replayed(life_of(story, is_open=False), of, seconds(now))

    assert found == folded(rewritten(story, of.promising), CALENDARS, now, of.settings)


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(stories(), levels(), levels(), st.integers(0, 60 * 24 * 20), st.booleans())
def test_promises_on_record_count_as_they_were_made_and_a_new_one_from_now_on(
    story: Story, made: Levels, applied: Levels, later: int, is_applied: bool
):
    now = story.log.events[-1].at + timedelta(minutes=later)
    story.log.events = rewritten(story, made.promising)
    then = applied.promising(story.fields) if is_applied else None
    life = life_of(story)
    whole = [*story.log.events, *([promised(now, then)] if then is not None else [])]

    found = as_promised(life, applied, seconds(now), then) if life.promises else {}

    assert not life.promises or found == folded(whole, CALENDARS, now, applied.settings)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(CALENDARS)),
    st.integers(0, 900 * 86_400),
    st.integers(0, 900 * 86_400),
    st.integers(0, 400_000),
)
def test_hours_count_as_the_calendar_does(code: str, start: int, length: int, left: int):
    calendar, first = CALENDARS[code], seconds(may(1, 0)) - 400 * 86_400 + start
    begin = EPOCH + timedelta(seconds=first)
    open_seconds = seconds_of(working_time(calendar, begin, begin + timedelta(seconds=length)))
    due = hours_of(calendar).due(first, left)

    assert hours_of(calendar).between(first, first + length) == open_seconds
    assert due is None or working_time(calendar, begin, EPOCH + timedelta(seconds=due)) == timedelta(
        seconds=left
    )
