"""Auto-fill over the roster: options, progress, the sketched proposal, taking it over, why nothing fits."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt

from app.models.entities.filling import FillMode
from app.models.entities.roster import PaintedCell
from app.models.entities.wishes import Wished
from app.models.store import Operation
from app.services.roster.commands import paint_cells
from app.services.roster.wish_commands import put_wishes
from app.views.base.tasks import WorkerTasks
from app.views.base.undo import UndoStack
from app.views.roster.filling_panel import FillingPanel
from app.views.roster.filling_presenter import FillingPresenter, FillOptions, FillStage
from app.views.roster.stretch import RosterView, Stretch
from tests.support.describe import assert_readable, clipped_texts, shown_texts
from tests.support.pages import page_env
from tests.support.roster import page_opener
from tests.support.site import set_up_site

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)
WEEK = Stretch(RosterView.WEEK, MONDAY)
QUICK = FillOptions(seconds=5)


def insert(ctx, table, **columns):
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    return ctx.store.write(operation, lambda tx: tx.insert(table, columns))


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request):
    """Taking over and being refused must be the same on both."""
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def desk(ctx, make):
    """Six people of one team; a day and a night shift, one of each needed every day."""
    set_up_site(ctx)
    team = make.team(name="First line")
    shifts = {
        "D": make.shift_template("D", name="Day", duration_minute=720),
        "N": make.shift_template("N", name="Night", start_minute=1200, duration_minute=720, tone="n"),
    }
    for shift in shifts.values():
        for kind in ("workday", "weekend"):
            insert(ctx, "coverage_rule", template_id=shift.id, team_id=team.id, day_type=kind, minimum=1)
    leads = make.role(code="duty_supervisor")
    people = [
        make.agent(name=f"Person {number}", teams=(team,), roles=(leads,) if number < 4 else ())
        for number in range(6)
    ]
    return shifts, people


@pytest.fixture
def open_panel(qtbot, env, desk):
    """Opens the page in the week to fill, and Auto-fill on it by its key."""
    opener = page_opener(qtbot, env)

    def open_it(ctx) -> FillingPanel:
        page = opener(ctx)
        page.presenter.show_stretch(WEEK)
        page.action_set.run("roster.fill")
        panel = page.findChild(FillingPanel, "filling")
        panel.choosing.seconds.setValue(5)
        panel.page = page
        return panel

    return open_it


def standing(ctx):
    with ctx.store.read() as read:
        return read.rows("SELECT person_id, on_date, template_id FROM assignment ORDER BY 2, 1")


def needed_of_team(ctx, count):
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    ctx.store.write(operation, lambda tx: tx.execute("UPDATE coverage_rule SET minimum = ?", (count,)))


# --- what is proposed --------------------------------------------------------------------------


def test_a_proposal_is_sketched_and_told_before_anything_is_painted(qtbot, ctx, open_panel):
    panel = open_panel(ctx)

    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)

    board = panel.page.presenter.board
    assert panel.presenter.stage is FillStage.PROPOSED
    assert panel.overlay.shown == len(panel.presenter.strokes) > 0
    assert all(count.planned >= count.needed for count in board.checks.counts)
    assert panel.proposal.changes.count() == len(panel.presenter.strokes)
    assert panel.proposal.changes.item(0).text().startswith("Person 0, ")
    assert "off →" in panel.proposal.changes.item(0).text()
    assert standing(ctx) == []
    qtbot.waitUntil(lambda: not clipped_texts(panel))
    assert_readable(panel)


def test_what_it_is_worth_stands_beside_what_it_was(qtbot, ctx, open_panel):
    panel = open_panel(ctx)
    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)

    panel.proposal.pages.choose("worth")
    panel.proposal.show_page()

    said = shown_texts(panel.proposal.worth)
    assert said[:6] == ["Measure", "Before", "After", "Fairness of twelve months", "–", said[5]]
    assert "Rules broken on these days" in said
    assert "Nights beside the fair part" in said


def test_a_proposal_says_of_everybody_how_many_wishes_it_fulfils(qtbot, ctx, desk, open_panel):
    _shifts, people = desk
    put_wishes(ctx, {(people[0].id, MONDAY): Wished(None), (people[0].id, SUNDAY): Wished(None)})
    panel = open_panel(ctx)
    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)

    panel.proposal.pages.choose("worth")
    panel.proposal.show_page()

    said = shown_texts(panel.proposal.worth)
    at = said.index("Wishes of Person 0")
    assert said[at : at + 3] == ["Wishes of Person 0", "2 of 2", "2 of 2"]


def test_enter_on_a_change_goes_to_its_cell_and_the_proposal_stays(qtbot, ctx, open_panel):
    panel = open_panel(ctx)
    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)
    panel.proposal.changes.setCurrentRow(3)

    qtbot.keyClick(panel.proposal.changes, KEY.Key_Return)

    cell = sorted(panel.presenter.strokes, key=lambda one: (one.person_id, one.on_date))[3]
    assert panel.page.grid.current_key == (cell.person_id, cell.on_date)
    assert panel.presenter.stage is FillStage.PROPOSED


def test_taking_over_is_one_step_that_is_taken_back_as_one(qtbot, ctx, env, open_panel):
    panel = open_panel(ctx)
    stack = UndoStack(env.tasks)
    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)
    count = len(panel.presenter.strokes)

    qtbot.keyClick(panel.proposal.changes, KEY.Key_Return, CONTROL)
    painted = standing(ctx)
    stack.push(env.shell.outcomes[-1])
    stack.undo()

    assert len(painted) == count
    assert standing(ctx) == []
    assert not panel.isVisible()


def test_rejecting_leaves_the_roster_and_the_grid_as_they_were(qtbot, ctx, open_panel):
    panel = open_panel(ctx)
    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)

    qtbot.keyClick(panel.proposal.changes, KEY.Key_Escape)

    assert panel.presenter.stage is FillStage.CHOOSING
    assert panel.page.presenter.board.shown_cells == {}
    assert panel.overlay.shown == 0
    assert standing(ctx) == []


def test_while_a_proposal_is_shown_the_grid_cannot_be_painted(qtbot, ctx, open_panel):
    panel = open_panel(ctx)
    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)

    qtbot.keyClick(panel.page.grid, KEY.Key_D)

    assert standing(ctx) == []


def test_filling_holes_leaves_what_is_painted(qtbot, ctx, desk, open_panel):
    shifts, people = desk
    paint_cells(ctx, [PaintedCell(people[5].id, MONDAY, shifts["D"].id)])
    panel = open_panel(ctx)
    panel.choosing.mode.choose(FillMode.HOLES.value)

    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)

    changed = {(cell.person_id, cell.on_date) for cell in panel.presenter.strokes}
    assert (people[5].id, MONDAY) not in changed
    assert changed


def test_the_panel_folds_to_its_heading_and_makes_way_for_the_cell_gone_to(qtbot, ctx, open_panel):
    panel = open_panel(ctx)
    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)
    changes, grid = panel.proposal.changes, panel.page.grid
    hidden = [
        row
        for row in range(changes.count())
        if panel.geometry().intersects(
            grid.cell_rect(changes.item(row).data(Qt.ItemDataRole.UserRole).key).translated(
                grid.viewport().mapTo(panel.parentWidget(), QPoint(0, 0))
            )
        )
    ]
    changes.setCurrentRow(hidden[0])
    before = panel.x()

    qtbot.keyClick(changes, KEY.Key_Return)
    moved = panel.x()
    qtbot.keyClick(changes, KEY.Key_H, CONTROL)

    assert moved < before
    assert panel.height() < 100
    assert panel.presenter.stage is FillStage.PROPOSED


# --- somebody else meanwhile -------------------------------------------------------------------


def test_a_cell_painted_meanwhile_is_named_and_taking_over_waits(qtbot, ctx, desk, open_panel):
    shifts, _people = desk
    panel = open_panel(ctx)
    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)
    cell = panel.presenter.strokes[0]
    other = next(each.id for each in shifts.values() if each.id != cell.template_id)

    paint_cells(ctx, [PaintedCell(cell.person_id, cell.on_date, other)])
    qtbot.waitUntil(lambda: not panel.proposal.accept.isEnabled())

    assert "Somebody painted meanwhile: Person" in panel.proposal.edited.text.text()
    assert len(standing(ctx)) == 1


def test_taking_over_over_a_change_not_yet_heard_of_is_refused_in_words(ctx, env, desk):
    shifts, _people = desk
    presenter = FillingPresenter(ctx, env.tasks, WEEK)
    presenter.start(QUICK)
    cell = presenter.strokes[0]
    other = next(each.id for each in shifts.values() if each.id != cell.template_id)
    paint_cells(ctx, [PaintedCell(cell.person_id, cell.on_date, other)])

    presenter.accept()

    assert presenter.is_refused
    assert [one.on_date for one in presenter.review.clashes] == [cell.on_date]
    assert not presenter.can_accept
    assert len(standing(ctx)) == 1


def test_a_change_beside_the_proposal_is_told_and_does_not_stand_in_its_way(ctx, env, make, desk):
    shifts, people = desk
    presenter = FillingPresenter(ctx, env.tasks, WEEK)
    presenter.start(QUICK)
    free = next(
        (person.id, on)
        for person in people
        for on in (MONDAY, SUNDAY)
        if (person.id, on) not in {(cell.person_id, cell.on_date) for cell in presenter.strokes}
    )

    paint_cells(ctx, [PaintedCell(*free, shifts["D"].id)])
    presenter.roster_changed()

    assert presenter.is_edited
    assert presenter.can_accept


# --- ending a search ---------------------------------------------------------------------------


@pytest.fixture
def threads(qtbot, ctx):
    errors = []
    tasks = WorkerTasks(errors.append, thread_ends=ctx.store.release)
    yield tasks
    assert tasks.close()
    assert errors == []


def test_cancelling_a_running_search_keeps_nothing(qtbot, ctx, threads, desk):
    presenter = FillingPresenter(ctx, threads, Stretch(RosterView.MONTH, date(2026, 12, 1)))
    presenter.start(FillOptions(seconds=60))
    qtbot.waitUntil(lambda: presenter.progress.elapsed > 0, timeout=20_000)

    presenter.cancel()

    assert presenter.stage is FillStage.CHOOSING
    assert presenter.strokes == ()
    assert standing(ctx) == []


def test_stopping_a_running_search_proposes_the_best_so_far(qtbot, ctx, threads, desk):
    presenter = FillingPresenter(ctx, threads, Stretch(RosterView.MONTH, date(2026, 12, 1)))
    presenter.start(FillOptions(seconds=60))
    qtbot.waitUntil(lambda: presenter.progress.solutions > 0, timeout=40_000)

    presenter.stop()
    qtbot.waitUntil(lambda: presenter.stage is FillStage.PROPOSED, timeout=20_000)

    assert presenter.strokes
    assert standing(ctx) == []


# --- why nothing fits --------------------------------------------------------------------------


def test_too_few_people_is_said_with_date_and_figures(qtbot, ctx, desk, open_panel):
    needed_of_team(ctx, 7)
    panel = open_panel(ctx)
    panel.choosing.strict.setChecked(True)

    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)

    assert panel.presenter.stage is FillStage.NOTHING
    assert "7 are needed, 6 can work it" in panel.nothing.reasons.item(0).text()
    qtbot.waitUntil(lambda: not clipped_texts(panel))
    assert_readable(panel)


def test_rules_that_cannot_all_hold_come_with_what_could_give_way(qtbot, ctx, desk, open_panel):
    needed_of_team(ctx, 3)
    panel = open_panel(ctx)
    panel.choosing.strict.setChecked(True)
    qtbot.keyClick(panel.choosing.start, KEY.Key_Return, CONTROL)
    told = panel.presenter.stage, panel.nothing.relax.count(), panel.nothing.fill.isVisible()

    qtbot.mouseClick(panel.nothing.fill, Qt.MouseButton.LeftButton)

    assert told[0] is FillStage.NOTHING
    assert told[1] > 0
    assert told[2]
    assert panel.presenter.stage is FillStage.PROPOSED
    assert panel.presenter.excepted


def test_dates_that_are_over_are_refused_in_words(ctx, env, desk):
    presenter = FillingPresenter(ctx, env.tasks, Stretch(RosterView.MONTH, date(2026, 10, 1)))
    errors = []
    presenter.failed.connect(errors.append)

    presenter.start(QUICK)

    assert [error.code for error in errors] == ["filling.stretch_over"]
    assert presenter.stage is FillStage.CHOOSING


def test_who_may_not_plan_has_no_auto_fill(ctx, qtbot, env, desk):
    reader = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"roster.read"})))
    page = page_opener(qtbot, env)(reader)

    assert not page.header.fill.isVisible()
    assert "roster.fill" not in {action.id for action in page.actions_shown}
