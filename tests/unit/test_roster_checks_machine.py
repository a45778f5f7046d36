"""Whatever is painted, taken back or granted as leave: the checks say what new checks of the result say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.models.entities.roster import CoverageRule, PaintedCell
from app.models.entities.roster_plan import Leave
from app.models.entities.skills import SkillLevel, SkillNeed
from app.services.roster.checks import RosterChecks
from app.services.roster.laying import swapped
from tests.support import roster_plans as plans

pytestmark = pytest.mark.long

FIRST = date(2026, 3, 1)  # Britain puts its clocks forward on the 29th
DAYS = plans.month(FIRST)
PEOPLE = (
    plans.person(1, can_lead=True, skills={7: SkillLevel.EXPERT}),
    plans.person(2, contract_minutes=1200, nights_most=2),
    plans.person(3, team=2, no_nights=True, no_weekends=True, no_holidays=True),
    plans.person(4, team=2, joined_on=FIRST + timedelta(days=4), left_on=FIRST + timedelta(days=20)),
)
COVERAGE = (
    CoverageRule(1, 1, "workday", 2),
    CoverageRule(2, 1, "workday", 1),
    CoverageRule(1, 2, "weekend", 1),
    CoverageRule(2, None, "holiday", 2),
)
PLAN = plans.plan(
    DAYS,
    people=PEOPLE,
    coverage=COVERAGE,
    skill_needs=(
        SkillNeed(1, 7, SkillLevel.SKILLED, "", 1),
        SkillNeed(2, 7, SkillLevel.EXPERT, "weekend", 1),
    ),
    zone=plans.LONDON,
    types={FIRST + timedelta(days=9): "holiday", FIRST + timedelta(days=14): "make_up_workday"},
)

people = st.integers(1, 5)  # the fifth is not on the roster any more
dates = st.integers(-6, 35).map(lambda count: FIRST + timedelta(days=count))
cells = st.builds(
    PaintedCell,
    person_id=people,
    on_date=dates,
    template_id=st.sampled_from([None, *(template.id for template in plans.SHIFTS)]),
    is_supervisor=st.booleans(),
    team_id=st.sampled_from([None, None, 1, 2]),
)
leaves = st.builds(
    lambda who, on, length: Leave(who, on, on + timedelta(days=length), plans.LEAVE.id),
    people, dates, st.integers(0, 6),
)  # fmt: skip


class Painting(RuleBasedStateMachine):
    """Somebody plans a month."""

    def __init__(self) -> None:
        super().__init__()
        self.checks = RosterChecks(PLAN)
        self.undone: list[tuple[PaintedCell, ...]] = []
        self.told = set(self.checks.violations)

    def _did(self, change):
        self.told = (self.told - set(change.removed)) | set(change.added)
        return change

    @rule(stroke=st.lists(cells, min_size=1, max_size=6))
    def paint(self, stroke):
        self.undone.append(self._did(self.checks.paint(stroke)).undo)

    @rule(who=people, first=dates, length=st.integers(1, 20), template=st.sampled_from([1, 2, 4]))
    def paint_a_row(self, who, first, length, template):
        stroke = [PaintedCell(who, first + timedelta(days=count), template) for count in range(length)]
        self.undone.append(self._did(self.checks.paint(stroke)).undo)

    @rule(one=st.tuples(people, dates), other=st.tuples(people, dates))
    def swap(self, one, other):
        self.undone.append(self._did(self.checks.paint(swapped(self.checks.cells, one, other))).undo)

    @rule()
    def take_back_and_do_again(self):
        stroke = self.undone.pop() if self.undone else ()
        self.undone.append(self._did(self.checks.paint(stroke)).undo)

    @rule(stroke=st.lists(cells, min_size=1, max_size=4))
    def try_only(self, stroke):
        self.checks.trial(stroke)

    @rule(given=st.lists(leaves, max_size=3))
    def grant(self, given):
        self._did(self.checks.set_leaves(given))

    @invariant()
    def says_what_new_checks_say(self):
        whole = RosterChecks(replace(PLAN, cells=dict(self.checks.cells), leaves=self.checks.leaves))

        assert self.checks.violations == whole.violations
        assert self.checks.counts == whole.counts
        assert self.told == set(whole.violations)


Painting.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestPainting = Painting.TestCase
