"""The roster page without a window: painting, undo, stale cells, leading, publishing, who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.entities.errors import FirstlineError, StoreUnavailable
from app.models.entities.roster import Severity
from app.services.roster import commands, queries
from app.views.base.undo import UndoStack
from app.views.roster.roster_presenter import RosterPresenter
from app.views.roster.stretch import RosterView
from tests.support.site import set_up_site

FRIDAY = date(2026, 11, 20)
SATURDAY = FRIDAY + timedelta(days=1)


class Held:
    """Tasks that wait until the test lets them run, one after another, as a lane does."""

    def __init__(self):
        self.waiting = []

    def run(self, job, done=None, failed=None, *, lane=None, owner=None):
        self.waiting.append((job, done, failed))

    def let_go(self):
        while self.waiting:
            self.step()

    def step(self):
        job, done, failed = self.waiting.pop(0)
        try:
            result = job()
        except FirstlineError as error:
            failed(error)
        else:
            done(result)


class Heard:
    """What the presenter told."""

    def __init__(self, presenter):
        self.outcomes, self.sentences, self.errors = [], [], []
        presenter.done.connect(lambda outcome, _text: self.outcomes.append(outcome))
        presenter.painted.connect(self.outcomes.append)
        presenter.told.connect(lambda text, _tone: self.sentences.append(text))
        presenter.failed.connect(self.errors.append)


@pytest.fixture
def desk(ctx, make):
    set_up_site(ctx)
    team = make.team(name="First line", name_alt="一线")
    desk = {
        "day": make.shift_template("D", name="Day", duration_minute=720, tone="d"),
        "night": make.shift_template("N", name="Night", start_minute=1200, duration_minute=720, tone="n"),
        "wang": make.agent(name="Wang Fang", teams=(team,)),
        "li": make.agent(name="Li Na", teams=(team,)),
    }
    return type("Desk", (), desk)


def presenter_of(ctx, env, tasks=None):
    presenter = RosterPresenter(ctx, tasks or env.tasks, env.dialogs, env.format)
    presenter.refresh()
    return presenter


def codes(board):
    return {key: board.templates[cell.template_id].code for key, cell in board.shown_cells.items()}


def stored(ctx):
    return {(cell.person_id, cell.on_date) for cell in queries.roster(ctx, FRIDAY, SATURDAY).cells.values()}


def test_a_stroke_is_stored_as_one_step_that_can_be_taken_back_and_done_again(ctx, env, desk):
    presenter = presenter_of(ctx, env)
    stack = UndoStack(env.tasks)
    presenter.painted.connect(stack.push)
    both = {(desk.wang.id, FRIDAY), (desk.wang.id, SATURDAY)}

    presenter.paint(sorted(both), desk.day.id)
    assert stored(ctx) == both

    stack.undo()
    assert stored(ctx) == set()

    stack.redo()
    assert stored(ctx) == both


def test_a_stroke_is_shown_before_it_is_saved(ctx, env, desk):
    tasks = Held()
    presenter = presenter_of(ctx, env, tasks)
    tasks.let_go()

    presenter.paint([(desk.wang.id, FRIDAY)], desk.day.id)

    assert codes(presenter.board) == {(desk.wang.id, FRIDAY): "D"}
    assert stored(ctx) == set()


def test_an_answer_read_before_the_stroke_was_saved_does_not_take_it_away(ctx, env, desk):
    tasks = Held()
    presenter = presenter_of(ctx, env, tasks)
    tasks.let_go()
    presenter.refresh()  # read first, answered after the stroke was painted

    presenter.paint([(desk.wang.id, FRIDAY)], desk.day.id)
    tasks.step()
    shown_meanwhile = codes(presenter.board)
    tasks.let_go()

    assert shown_meanwhile == codes(presenter.board) == {(desk.wang.id, FRIDAY): "D"}


def test_strokes_may_follow_each_other_faster_than_they_are_saved(ctx, env, desk):
    tasks = Held()
    presenter = presenter_of(ctx, env, tasks)
    tasks.let_go()
    heard = Heard(presenter)

    presenter.paint([(desk.wang.id, FRIDAY)], desk.day.id)
    presenter.paint([(desk.wang.id, FRIDAY)], desk.night.id)
    tasks.let_go()

    assert heard.errors == []
    assert codes(presenter.board) == {(desk.wang.id, FRIDAY): "N"}


def test_a_cell_somebody_else_painted_shows_theirs_and_says_whose_it_is(ctx, other_ctx, env, desk):
    presenter = presenter_of(ctx, env)
    heard = Heard(presenter)
    other = presenter_of(other_ctx, env)
    other.paint([(desk.li.id, FRIDAY)], desk.night.id)

    presenter.paint([(desk.wang.id, FRIDAY), (desk.li.id, FRIDAY)], desk.day.id)

    assert codes(presenter.board) == {(desk.li.id, FRIDAY): "N"}
    (sentence,) = heard.sentences
    assert "Li Na" in sentence
    assert "“Night”" in sentence
    assert heard.outcomes == []


def test_the_crown_goes_from_one_to_the_other_and_off_again(ctx, env, desk):
    presenter = presenter_of(ctx, env)
    presenter.paint([(desk.wang.id, FRIDAY), (desk.li.id, FRIDAY)], desk.day.id)

    presenter.lead((desk.wang.id, FRIDAY))
    presenter.lead((desk.li.id, FRIDAY))
    after_two = [key[0] for key, cell in presenter.board.shown_cells.items() if cell.is_supervisor]
    presenter.lead((desk.li.id, FRIDAY))

    assert after_two == [desk.li.id]
    assert not any(cell.is_supervisor for cell in presenter.board.shown_cells.values())


def test_nobody_is_crowned_without_a_shift_and_the_reason_is_told(ctx, env, desk):
    presenter = presenter_of(ctx, env)
    heard = Heard(presenter)

    presenter.lead((desk.wang.id, FRIDAY))

    assert heard.errors == []
    assert heard.sentences == ["Only somebody with a shift can be its duty supervisor: paint one first."]


def test_a_broken_rule_is_told_with_its_figures(ctx, env, desk):
    presenter = presenter_of(ctx, env)
    presenter.paint([(desk.wang.id, FRIDAY)], desk.night.id)
    presenter.paint([(desk.wang.id, SATURDAY)], desk.day.id)
    presenter.refresh()

    item = presenter.to_fix[0]

    assert item.title == "Wang Fang, Sat 21 Nov"
    assert item.sentence == "0 h of rest after a night, not 11 h"


def test_what_is_over_stands_behind_what_can_still_be_mended(ctx, env, desk):
    presenter = presenter_of(ctx, env)
    presenter.paint([(desk.wang.id, FRIDAY - timedelta(days=10))], desk.night.id)
    presenter.paint([(desk.wang.id, FRIDAY - timedelta(days=9))], desk.day.id)
    presenter.paint([(desk.li.id, SATURDAY + timedelta(days=day)) for day in range(7)], desk.day.id)
    presenter.refresh()

    over = [one.on_date < FRIDAY for one in presenter.problems]

    assert presenter.problems[over.index(True)].severity is Severity.FORBID
    assert over[0] is False
    assert over == sorted(over)


def test_a_month_taken_back_stands_as_the_next_draft(ctx, env, desk):
    commands.publish_month(ctx, "2026-11", anyway=True)
    presenter = presenter_of(ctx, env)
    heard = Heard(presenter)
    before = presenter.standing[0]

    presenter.withdraw()
    draft = presenter.standing[0]
    heard.outcomes[0].undo.run()
    presenter.refresh()

    assert [before, draft] == ["Version 1 · published 20 Nov", "Draft 2 · published 20 Nov"]
    assert presenter.standing[0] == before


def test_a_week_belongs_to_the_month_of_its_first_day(ctx, env, desk):
    presenter = presenter_of(ctx, env)
    presenter.show_view(RosterView.WEEK)

    presenter.move(2)  # 30 November to 6 December

    assert presenter.month_name() == "November 2026"


def test_going_to_another_month_drops_the_answer_for_the_one_before(ctx, env, desk):
    commands.paint_cells(ctx, ())
    tasks = Held()
    presenter = presenter_of(ctx, env, tasks)
    presenter.move(1)

    tasks.let_go()

    assert presenter.title == "December 2026"
    assert presenter.board.days[0] == date(2026, 12, 1)


def test_who_may_not_plan_paints_nothing_and_learns_who_may(ctx, env, desk, make):
    make.role("roster.edit", name="Desk manager", name_alt="服务台经理")
    reader = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"roster.read"})))
    presenter = presenter_of(reader, env)

    presenter.paint([(desk.wang.id, FRIDAY)], desk.day.id)
    presenter.lead((desk.wang.id, FRIDAY))

    assert stored(ctx) == set()
    assert presenter.why_read_only == "Read-only. Planned by: Desk manager"


def test_who_is_on_duty_now_is_known_with_the_supervisor(ctx, env, desk):
    presenter = presenter_of(ctx, env)
    presenter.paint([(desk.wang.id, FRIDAY), (desk.li.id, FRIDAY)], desk.day.id)
    presenter.lead((desk.li.id, FRIDAY))

    presenter.refresh_duty()

    assert [one.person_name for one in presenter.on_duty] == ["Li Na", "Wang Fang"]
    assert presenter.leading_now == desk.li.id


def test_a_lost_database_is_told_and_the_stroke_taken_from_the_screen(ctx, env, desk):
    tasks = Held()
    presenter = presenter_of(ctx, env, tasks)
    tasks.let_go()
    heard = Heard(presenter)
    lost = StoreUnavailable("store.lost")

    presenter.paint([(desk.wang.id, FRIDAY)], desk.day.id)
    _job, _done, failed = tasks.waiting.pop()
    failed(lost)

    assert heard.errors == [lost]
    assert codes(presenter.board) == {}
