"""The gateway: work leaves the window thread, answers come back to it, and nobody hears who is gone."""

from __future__ import annotations

import os
import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from app.models.entities.errors import RuleViolation, StaleRecord
from app.services.base.processes import WorkerProcessFailed, in_process
from app.services.base.progress import Cancelled, NoProgress
from app.views.base.tasks import ImmediateTasks, Lane, WorkerTasks


@pytest.fixture
def troubles():
    return []


@pytest.fixture
def tasks(qtbot, troubles):
    tasks = WorkerTasks(troubles.append)
    yield tasks
    assert tasks.close(10)


def refuse():
    raise RuleViolation("ticket.closed", number=7)


def stumble():
    raise ZeroDivisionError


def test_a_job_runs_elsewhere_and_is_answered_on_the_window_thread(qtbot, tasks):
    threads = []

    tasks.run(threading.current_thread, lambda worker: threads.extend([worker, threading.current_thread()]))

    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threads[1]
    assert threads[1] is threading.main_thread()


def test_jobs_of_one_lane_are_answered_in_the_order_asked(qtbot, tasks):
    answers = []

    for number in range(50):
        tasks.run(partial(int, number), answers.append)

    qtbot.waitUntil(lambda: len(answers) == 50)
    assert answers == list(range(50))


def test_a_busy_lane_does_not_hold_up_another(qtbot, tasks):
    answers, gate = [], threading.Event()

    tasks.run(lambda: gate.wait(10), answers.append, lane=Lane.LONG)
    tasks.run(lambda: "screen", answers.append)

    qtbot.waitUntil(lambda: len(answers) == 1)
    gate.set()
    assert answers == ["screen"]


def test_an_expected_error_reaches_the_screen_alone(qtbot, tasks, troubles):
    errors = []

    tasks.run(refuse, failed=errors.append)

    qtbot.waitUntil(lambda: len(errors) == 1)
    assert errors[0].code == "ticket.closed"
    assert troubles == []


def test_an_expected_error_nobody_waits_for_is_still_told(qtbot, tasks, troubles):
    tasks.run(refuse)

    qtbot.waitUntil(lambda: len(troubles) == 1)


def test_an_unexpected_error_is_reported_once_and_frees_the_screen(qtbot, tasks, troubles, expect_log):
    expect_log("a job failed")
    errors = []

    tasks.run(stumble, failed=errors.append)

    qtbot.waitUntil(lambda: len(errors) == 1)
    assert [type(error) for error in troubles] == [ZeroDivisionError]


def test_an_error_in_the_answer_is_reported_and_the_lane_goes_on(qtbot, tasks, troubles, expect_log):
    expect_log("a job failed")
    answers = []

    tasks.run(lambda: 0, lambda zero: 1 / zero)
    tasks.run(lambda: 1, answers.append)

    qtbot.waitUntil(lambda: answers == [1])
    assert [type(error) for error in troubles] == [ZeroDivisionError]


def test_a_closed_screen_is_not_answered_but_its_work_is_done(qtbot, tasks):
    saved, answers, screen = [], [], QObject()

    tasks.run(lambda: saved.append("text"), answers.append, owner=screen)
    delete(screen)
    tasks.run(lambda: "last", answers.append)

    qtbot.waitUntil(lambda: answers == ["last"])
    assert saved == ["text"]


def test_a_dropped_job_tells_nobody(qtbot, tasks):
    answers = []

    tasks.run(lambda: "old", answers.append).drop()
    tasks.run(lambda: "new", answers.append)

    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["new"]


def count_for_ever(progress):
    done = 0
    while True:
        done += 1
        progress.report(done, 0)


def count_to(last, progress):
    for done in range(last):
        progress.report(done + 1, last)
    return last


def test_progress_is_shown_up_to_the_last_step(qtbot, tasks):
    shown, answers = [], []

    tasks.watch(
        partial(count_to, 5000), answers.append, shown=lambda done, total: shown.append((done, total))
    )

    qtbot.waitUntil(lambda: answers == [5000])
    assert shown[-1] == (5000, 5000)
    assert len(shown) < 1000


def test_cancelling_stops_the_job_at_its_next_report(qtbot, tasks):
    errors = []

    running = tasks.watch(count_for_ever, failed=errors.append)
    running.cancel()

    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Cancelled)


def test_what_an_answer_holds_is_let_go_on_the_window_thread(qtbot, tasks):
    """Else a worker might destroy a widget."""
    ended, answers = [], []

    for number in range(200):
        page = Page(ended)
        tasks.run(partial(int, number), partial(page.show, answers))
        del page

    qtbot.waitUntil(lambda: len(answers) == 200 and len(ended) == 200)
    assert set(ended) == {threading.main_thread()}


class Page:
    """Notes on which thread it ends."""

    def __init__(self, ended):
        self._ended = ended

    def show(self, answers, number):
        answers.append(number)

    def __del__(self):
        self._ended.append(threading.current_thread())


def test_closing_finishes_what_was_asked_and_answers_nobody(qtbot, troubles):
    tasks, saved, answers = WorkerTasks(troubles.append), [], []
    for number in range(20):
        tasks.run(partial(saved.append, number), answers.append)
    tasks.watch(count_for_ever, failed=answers.append)

    is_complete = tasks.close(10)
    tasks.run(partial(saved.append, "too late"))

    assert is_complete
    assert saved == list(range(20))
    assert answers == []


def test_each_lane_ends_with_its_own_last_word(qtbot, troubles):
    ended = []
    tasks = WorkerTasks(troubles.append, thread_ends=lambda: ended.append(threading.current_thread().name))
    tasks.run(lambda: None)
    tasks.run(lambda: None, lane=Lane.FILES)

    tasks.close(10)

    assert sorted(ended) == ["lane-files", "lane-screen"]


def test_a_stuck_job_does_not_keep_the_program_open(qtbot, troubles):
    gate = threading.Event()
    tasks = WorkerTasks(troubles.append)
    tasks.run(lambda: gate.wait(30), lane=Lane.FILES)

    is_complete = tasks.close(0.05)
    gate.set()

    assert not is_complete


def test_immediate_tasks_answer_at_once():
    answers = []

    ImmediateTasks().run(lambda: 3, answers.append)

    assert answers == [3]


def test_immediate_tasks_hand_expected_errors_to_the_screen():
    errors = []

    ImmediateTasks().run(refuse, failed=errors.append)

    assert errors[0].code == "ticket.closed"


def test_immediate_tasks_raise_what_nobody_foresaw():
    with pytest.raises(ZeroDivisionError):
        ImmediateTasks().run(stumble, failed=print)


# --- jobs in a process of their own -----------------------------------------------------------------


def own_process_id(progress):
    progress.report(1, 1)
    return os.getpid()


def lose_the_race(_progress):
    raise StaleRecord("ticket", 7)


def fall_over(_progress):
    raise ZeroDivisionError


def die(_progress):
    os._exit(3)


def test_a_heavy_job_runs_in_another_process():
    assert in_process(own_process_id)(NoProgress()) != os.getpid()


def test_an_error_of_a_heavy_job_comes_back_as_it_was():
    with pytest.raises(StaleRecord) as caught:
        in_process(lose_the_race)(NoProgress())

    assert caught.value.code == "store.stale"
    assert caught.value.params == {"entity": "ticket", "id": 7}


def test_a_heavy_job_that_falls_over_brings_its_traceback():
    with pytest.raises(WorkerProcessFailed, match="ZeroDivisionError"):
        in_process(fall_over)(NoProgress())


def test_a_heavy_job_that_dies_is_noticed():
    with pytest.raises(WorkerProcessFailed, match="without an answer"):
        in_process(die)(NoProgress())


def test_a_heavy_job_is_cancelled_through_the_gateway(qtbot, tasks):
    errors, shown = [], []

    running = tasks.watch(
        in_process(count_for_ever), failed=errors.append, shown=lambda done, total: shown.append(done)
    )
    qtbot.waitUntil(lambda: any(done > 0 for done in shown), timeout=20_000)
    running.cancel()

    qtbot.waitUntil(lambda: bool(errors), timeout=10_000)
    assert isinstance(errors[0], Cancelled)
