"""The course of a fill: progress, stopping, reasons for failing, and that it leaves the program alive."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from app.models.entities.filled import FillCode, FillStatus
from app.models.entities.filling import FillCell, FillRule
from app.services.base.progress import Cancelled
from app.services.filling.jobs import FillJob
from app.services.filling.running import fill
from tests.support.filling import DAY, NIGHT, day, kept, month, people, problem, rules

pytestmark = pytest.mark.long

D, N = DAY.id, NIGHT.id


def reasons(troubles):
    return [(one.instance.rule, one.on, one.found, one.allowed) for one in troubles]


def nights_that_cannot_be():
    """Two people, four nights one after another, two in a row at the most: the third and fourth are held by
    nobody who rested.
    """
    staff = (replace(people(1)[0], id=1), replace(people(1)[0], id=2, away=frozenset({day(2)})))
    return problem(3, staff, {N: 1}, templates=(NIGHT,), kept=kept((1, day(0), N), (1, day(1), N)))


def test_it_tells_how_far_it_is():
    told = []

    found = fill(problem(4, people(6), {D: 1, N: 1}), told.append)

    last = told[-1]
    assert (last.solutions, last.best) == (found.solutions, found.cost)
    assert last.bound <= last.best
    assert [each.elapsed for each in told] == sorted(each.elapsed for each in told)


def test_stopping_keeps_the_best_so_far():
    heard = []

    found = fill(month(), heard.append, lambda: bool(heard and heard[-1].solutions), limit_seconds=30)

    assert (found.status, found.has_roster) == (FillStatus.CANCELLED, True)
    assert found.seconds < 10


def test_stopping_before_anything_was_found_returns_nothing():
    found = fill(month(), is_cancelled=lambda: True, limit_seconds=30)

    assert (found.status, found.seconds < 10) == (FillStatus.CANCELLED, True)


def test_what_a_callback_raises_passes_through_and_nothing_keeps_running():
    def refuse(_progress):
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        fill(month(), refuse, limit_seconds=30)

    assert not [thread for thread in threading.enumerate() if thread.name == "filling"]


def test_a_job_that_is_stopped_returns_the_best_so_far():
    job = FillJob(month(), limit_seconds=60)
    stops = (lambda: None, job.stop)

    class StopAtTheFirst:
        def report(self, done, total):
            assert 0 <= done <= total == 600
            stops[bool(job.progress.solutions)]()

    found = job(StopAtTheFirst())

    assert (found.status, found.has_roster) == (FillStatus.CANCELLED, True)


def test_a_job_that_is_cancelled_returns_nothing():
    class Refuse:
        def report(self, done, total):
            raise Cancelled

    with pytest.raises(Cancelled):
        FillJob(month())(Refuse())


def test_other_threads_go_on_while_it_solves():
    ticks, is_over = [], threading.Event()

    def tick():
        while not is_over.wait(0.01):
            ticks.append(time.perf_counter())

    thread = threading.Thread(target=tick)
    thread.start()
    fill(month(), limit_seconds=2.0)
    is_over.set()
    thread.join()

    assert len(ticks) > 20


def test_when_the_time_is_over_it_says_how_far_from_the_best_it_can_be():
    found = fill(month(), limit_seconds=6.0)

    assert found.status in {FillStatus.FEASIBLE, FillStatus.OPTIMAL}
    assert 0 <= found.gap <= 1


def test_one_leader_for_two_shifts_is_told_without_a_search():
    asked = problem(1, people(4, leaders=1), {D: 1, N: 1}, is_led=True)

    found = fill(asked)

    (reason,) = found.explanation.checks
    assert (found.status, reason.code, reason.found, reason.allowed) == (
        FillStatus.INFEASIBLE,
        FillCode.TOO_FEW_LEADERS,
        1,
        2,
    )


def test_a_shift_that_more_people_are_needed_for_than_may_work_it_is_told_without_a_search():
    barred = frozenset({(day(0), N)})
    staff = tuple(replace(person, barred=barred) if person.id > 1 else person for person in people(3))

    found = fill(problem(1, staff, {N: 2}, templates=(NIGHT,)))

    assert [(one.code, one.found, one.allowed) for one in found.explanation.checks] == [
        (FillCode.TOO_FEW_PEOPLE, 1, 2)
    ]


def test_more_shifts_than_people_are_told_without_a_search():
    found = fill(problem(1, people(3), {D: 2, N: 2}))

    assert [(one.code, one.found, one.allowed) for one in found.explanation.checks] == [
        (FillCode.TOO_FEW_ON_DATE, 3, 4)
    ]


def test_fewer_hours_than_are_needed_are_told_without_a_search():
    asked = problem(7, people(3), {D: 1, N: 1}, rules=rules(week_hours=("hard", 40 * 60)))

    found = fill(asked)

    (reason,) = found.explanation.checks
    assert (reason.code, reason.found, reason.allowed) == (FillCode.TOO_FEW_HOURS, 7200, 10080)


def test_fewer_nights_than_are_needed_are_told_without_a_search():
    staff = people(3, nights_most=1)

    found = fill(problem(5, staff, {N: 1}, templates=(NIGHT,)))

    (reason,) = found.explanation.checks
    assert (reason.code, reason.found, reason.allowed) == (FillCode.TOO_FEW_NIGHTS, 3, 4)


def test_what_cannot_all_hold_and_the_least_that_must_give_way_are_named():
    found = fill(nights_that_cannot_be())

    assert found.status is FillStatus.INFEASIBLE
    assert reasons(found.explanation.relax) == [(FillRule.NIGHTS_IN_A_ROW, day(2), 3, 2)]
    assert {one.instance.rule for one in found.explanation.conflict} == {
        FillRule.COVERAGE,
        FillRule.NIGHTS_IN_A_ROW,
    }
    assert (found.explanation.is_minimal, found.explanation.is_smallest) == (True, True)


def test_what_must_give_way_is_enough_to_fill_the_roster():
    asked = nights_that_cannot_be()
    excepted = frozenset(one.instance for one in fill(asked).explanation.relax)

    found = fill(replace(asked, excepted=excepted))

    assert (found.status, found.cells[1, day(2)]) == (FillStatus.OPTIMAL, FillCell(N))


def test_one_person_too_few_over_a_month_is_explained():
    asked = problem(14, people(3), {D: 1, N: 1}, rules=rules(shifts_in_a_row=("hard", 3)))
    tight = replace(asked, people=asked.people[:2], needs=asked.needs)

    found = fill(replace(tight, needs=tuple(replace(n, people=frozenset({1, 2})) for n in asked.needs)))

    assert found.status is FillStatus.INFEASIBLE
    assert found.explanation.relax


def test_the_solver_is_not_imported_until_it_is_needed():
    code = (
        "import sys, app.services.filling.running, app.services.filling.commands;"
        "print('ortools' in sys.modules or 'pandas' in sys.modules)"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "False"
