"""What an edit would do: when it is counted, what stops it, and what open tickets get at Apply."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.entities.errors import NeverOpen
from app.models.entities.ids import ConfigId
from app.models.entities.settings import ConfigKind
from app.views.settings.whatif_presenter import DAYS, PAUSE, WhatIfPresenter, WhatIfState
from tests.support.pages import page_env
from tests.view.whatif_room import SEEN, HeldTasks, Services, proposal, result


@pytest.fixture
def tasks():
    return HeldTasks()


@pytest.fixture
def services():
    return Services()


@pytest.fixture
def presenter(qapp, ctx, bus, tmp_path, tasks, services):
    env = replace(page_env(bus, tmp_path), tasks=tasks)
    presenter = WhatIfPresenter(ctx, env, counting=services.count, applying=services.apply)
    yield presenter
    presenter.deleteLater()


def counted(presenter, tasks, priority=1):
    presenter.show(proposal(priority))
    presenter.count()
    tasks.finish()


def test_nothing_is_counted_while_nothing_is_edited(presenter, tasks):
    presenter.show(None)
    presenter.count()
    assert presenter.state is WhatIfState.QUIET
    assert not tasks.held


def test_counting_begins_after_a_pause_with_the_last_of_several_edits(qtbot, presenter, tasks, services):
    for priority in (1, 2, 3):
        presenter.show(proposal(priority))
    assert not tasks.held
    qtbot.waitUntil(lambda: len(tasks.held) == 1, timeout=PAUSE * 20)
    tasks.finish()
    assert services.asked == [(proposal(3), DAYS)]
    assert presenter.state is WhatIfState.SHOWN


def test_an_edit_while_counting_stops_it_and_begins_anew(presenter, tasks, services):
    presenter.show(proposal(1))
    presenter.count()
    presenter.show(proposal(2))
    assert tasks.running(0).is_cancelled
    presenter.count()
    services.answer = result(up=2)
    tasks.finish(1)
    assert presenter.result.up == 2


def test_an_answer_that_comes_too_late_changes_nothing(presenter, tasks, services):
    presenter.show(proposal(1))
    presenter.count()
    presenter.show(proposal(2))
    presenter.count()
    tasks.finish(0)
    assert presenter.result is None
    tasks.stop(0)
    tasks.report(9, 10, 0)
    assert (presenter.state, presenter.share) == (WhatIfState.COUNTING, None)


def test_the_figures_before_stay_until_the_new_ones_are_there(presenter, tasks):
    counted(presenter, tasks)
    before = presenter.result
    presenter.show(proposal(2))
    assert presenter.state is WhatIfState.COUNTING
    assert presenter.result is before


def test_progress_is_told_as_a_share(presenter, tasks):
    presenter.show(proposal())
    presenter.count()
    tasks.report(4, 10)
    assert presenter.share == 0.4


def test_progress_without_a_known_end_is_no_share(presenter, tasks):
    presenter.show(proposal())
    presenter.count()
    tasks.report(4, 0)
    assert presenter.share is None


def test_cancel_stops_counting_and_it_can_begin_again(presenter, tasks):
    presenter.show(proposal())
    presenter.count()
    presenter.cancel()
    assert presenter.state is WhatIfState.STOPPED
    assert tasks.running().is_cancelled
    presenter.count()
    tasks.finish()
    assert presenter.state is WhatIfState.SHOWN


def test_what_is_refused_is_said_in_a_sentence(presenter, tasks, services):
    services.answer = NeverOpen("calendar.never_open", calendar="night")
    counted(presenter, tasks)
    assert presenter.state is WhatIfState.FAILED
    assert presenter.sentence
    assert "never_open" not in presenter.sentence


def test_a_draft_that_is_wrong_is_not_counted_but_told(presenter, tasks):
    presenter.show(proposal(), wrong="A cell is empty.")
    presenter.count()
    assert (presenter.state, presenter.sentence) == (WhatIfState.BLOCKED, "A cell is empty.")
    assert not tasks.held


def test_the_same_draft_is_not_counted_twice(presenter, tasks):
    counted(presenter, tasks)
    presenter.show(proposal())
    assert presenter.state is WhatIfState.SHOWN


def test_the_same_draft_on_another_basis_is_counted_again(presenter, tasks):
    counted(presenter, tasks)
    presenter.show(proposal(), basis=(2,))
    assert presenter.state is WhatIfState.COUNTING


def test_taking_the_edit_back_stops_counting(presenter, tasks):
    presenter.show(proposal())
    presenter.count()
    presenter.show(None)
    assert tasks.running().is_cancelled
    assert (presenter.state, presenter.result) == (WhatIfState.QUIET, None)


def test_another_period_counts_again_at_once(presenter, tasks, services):
    counted(presenter, tasks)
    presenter.choose_days(365)
    tasks.finish()
    assert services.asked[-1] == (proposal(), 365)


def test_another_period_is_kept_while_nothing_is_edited(presenter, tasks, services):
    presenter.choose_days(30)
    counted(presenter, tasks)
    assert services.asked == [(proposal(), 30)]


def test_open_tickets_are_left_alone_unless_chosen(presenter, tasks, services):
    counted(presenter, tasks)
    presenter.begin_apply(1)
    presenter.saved(ConfigKind.MATRIX, "site", ConfigId(21))
    assert not services.applied
    assert len(tasks.held) == 1


def test_open_tickets_follow_the_save_where_chosen(presenter, tasks, services):
    counted(presenter, tasks)
    presenter.choose_open(True)
    presenter.begin_apply(1)
    assert not services.applied
    presenter.saved(ConfigKind.MATRIX, "site", ConfigId(21))
    tasks.finish()
    assert services.applied == [replace(SEEN, matrix=ConfigId(21))]


def test_open_tickets_wait_for_the_last_of_several_documents(presenter, tasks, services):
    counted(presenter, tasks)
    presenter.choose_open(True)
    presenter.begin_apply(2)
    presenter.saved(ConfigKind.CALENDAR, "office", ConfigId(31))
    assert len(tasks.held) == 1
    presenter.show(None)  # the page follows every save
    presenter.saved(ConfigKind.CALENDAR, "night", ConfigId(32))
    tasks.finish()
    assert services.applied == [replace(SEEN, calendars={"office": 31, "night": 32})]


def test_a_refused_save_leaves_open_tickets_alone(presenter, tasks):
    counted(presenter, tasks)
    presenter.choose_open(True)
    presenter.begin_apply(2)
    presenter.refused()
    presenter.saved(ConfigKind.SLA, "site", ConfigId(22))
    assert len(tasks.held) == 1


def test_a_choice_holds_only_for_the_figures_it_was_made_on(presenter, tasks):
    counted(presenter, tasks)
    presenter.choose_open(True)
    presenter.show(proposal(2))
    assert not presenter.is_for_open


def test_nothing_can_be_chosen_before_the_figures_are_there(presenter, tasks):
    presenter.show(proposal())
    presenter.choose_open(True)
    assert not presenter.is_for_open


def test_nothing_can_be_chosen_where_no_open_ticket_would_change(presenter, tasks, services):
    services.answer = result(moved=0)
    counted(presenter, tasks)
    presenter.choose_open(True)
    assert not presenter.is_for_open
