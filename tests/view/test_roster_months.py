"""Publishing a month and looking back at its versions: what is asked, told, compared, seen and restored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.models.entities.ids import PersonId
from app.models.entities.roster import PaintedCell
from app.services.base.workbooks import read_workbook
from app.services.roster import commands, month_commands, month_queries
from app.views.base.undo import UndoStack
from app.views.roster.month_calendars import paths_of
from app.views.roster.month_publish import PublishPopup
from app.views.roster.month_versions import VersionsPopup
from tests.support.describe import assert_readable, clipped_texts, shown_texts
from tests.support.roster import FRIDAY, SATURDAY, codes, page_opener, paint, roster_desk

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
MONTH = "2026-11"
WEEK = timedelta(days=7)


@pytest.fixture
def desk(ctx, make):
    return roster_desk(ctx, make)


@pytest.fixture
def open_page(qtbot, env):
    return page_opener(qtbot, env)


def publishing(page) -> PublishPopup:
    page.action_set.run("roster.publish")
    return page.findChild(PublishPopup, "publish")


def looking_back(page) -> VersionsPopup:
    page.action_set.run("roster.versions")
    return page.findChild(VersionsPopup, "versions")


def lines(listed):
    return [listed.item(row).text() for row in range(listed.count())]


def as_person(ctx, person):
    return ctx.acting_as(replace(ctx.actor, person_id=PersonId(person.id), name=person.name))


# --- publishing --------------------------------------------------------------------------------


def test_a_month_is_published_with_a_note_after_what_there_is_to_know(qtbot, ctx, env, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    popup = publishing(open_page(ctx))
    asked = popup.about.text(), [popup.pages.key, lines(popup.lists["gaps"])[0]]

    qtbot.keyClicks(popup.note, "As agreed")
    qtbot.keyClick(popup.note, KEY.Key_Return, CONTROL)
    qtbot.mouseClick(popup.anyway.agree, Qt.MouseButton.LeftButton)

    assert asked[0] == "It becomes version 1. 1 person will be told."
    assert asked[1] == ["warnings", "Mon 23 Nov, First line, Day: 0 of 1: 1 person is missing"]
    (version,) = month_queries.versions(ctx, MONTH)
    assert version.note == "As agreed"
    assert env.shell.said == ["Published November 2026"]


def test_what_forbids_is_shown_first_and_enter_goes_to_its_cell(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx)
    popup = publishing(page)
    shown = popup.pages.key, popup.standing.text.text()

    qtbot.keyClick(popup.lists["forbidden"], KEY.Key_Return)

    assert shown[0] == "forbidden"
    assert shown[1].endswith("gaps, 1 broken rule.")
    assert not popup.isVisible()
    assert page.grid.current_key == (desk.wang.id, SATURDAY)
    assert month_queries.versions(ctx, MONTH) == []


def test_a_gap_of_the_next_month_is_gone_to_where_it_is(qtbot, ctx, desk, open_page):
    page = open_page(ctx)
    popup = publishing(page)
    ahead = popup.lists["ahead"]
    ahead.setCurrentRow(ahead.count() - 1)

    qtbot.keyClick(ahead, KEY.Key_Return)

    assert page.presenter.stretch.first == date(2026, 12, 1)
    assert page.grid.current_key[1] == date(2026, 12, 20)


def test_changes_say_how_many_will_be_told_and_go_out_as_the_next_version(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    commands.publish_month(ctx, MONTH, anyway=True)
    paint(ctx, (desk.li, SATURDAY, desk.day))
    page = open_page(ctx)
    header = page.header.state.accessibleName(), page.header.publish.text()
    popup = publishing(page)
    asked = popup.about.text()

    qtbot.mouseClick(popup.act, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(popup.anyway.agree, Qt.MouseButton.LeftButton)

    assert header == ("Draft 2 · published 20 Nov · 1 change since", "Publish changes")
    assert asked == "1 shift changed since version 1; it becomes version 2. 1 person will be told."
    assert page.header.state.accessibleName() == "Version 2 · published 20 Nov"
    assert not page.header.publish.isVisible()


def test_people_without_a_shift_are_named(ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))

    popup = publishing(open_page(ctx))

    assert lines(popup.lists["people"]) == ["Li Na has no shift in this month"]


def test_the_question_can_be_read_and_escape_publishes_nothing(qtbot, ctx, desk, open_page):
    popup = publishing(open_page(ctx))
    qtbot.waitUntil(lambda: not clipped_texts(popup))
    assert_readable(popup)

    qtbot.keyClick(popup.note, KEY.Key_Escape)

    assert month_queries.versions(ctx, MONTH) == []
    assert not popup.isVisible()


def test_a_month_with_gaps_is_asked_about_once_more_and_enter_goes_back(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    popup = publishing(open_page(ctx))

    qtbot.keyClick(popup.note, KEY.Key_Return, CONTROL)
    asked = popup.anyway.back.hasFocus(), popup.anyway.agree.text(), popup.anyway.list.count()
    qtbot.keyClick(popup.anyway.back, KEY.Key_Return, CONTROL)
    qtbot.keyClick(popup.anyway.back, KEY.Key_Return)

    assert asked == (True, f"Publish with {asked[2]} gaps", asked[2])
    assert (popup.note.isVisible(), popup.anyway.isVisible()) == (True, False)
    assert month_queries.versions(ctx, MONTH) == []


def test_an_empty_month_is_named_as_one(qtbot, ctx, desk, open_page):
    popup = publishing(open_page(ctx))

    qtbot.keyClick(popup.note, KEY.Key_Return, CONTROL)

    assert popup.anyway.agree.text() == "Publish the empty month"
    assert lines(popup.anyway.list)[0] == "Nobody has a shift in this month."


def test_escape_leaves_the_second_question_for_the_first(qtbot, ctx, desk, open_page):
    popup = publishing(open_page(ctx))
    qtbot.keyClick(popup.note, KEY.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not clipped_texts(popup))
    assert_readable(popup)

    qtbot.keyClick(popup.anyway.back, KEY.Key_Escape)

    assert (popup.note.isVisible(), popup.anyway.isVisible()) == (True, False)


def test_a_version_says_what_it_went_out_with(ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    commands.publish_month(ctx, MONTH, anyway=True)

    popup = looking_back(open_page(ctx))

    assert lines(popup.list)[0].endswith("published with 7 shifts without one duty supervisor, 6 gaps")


def test_a_card_is_offered_anew_when_others_lead_the_next_shifts(qtbot, ctx, env, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    commands.publish_month(ctx, MONTH, anyway=True)
    commands.name_supervisor(ctx, person_id=desk.wang.id, on_date=FRIDAY, is_supervisor=True)
    popup = publishing(open_page(ctx))
    qtbot.mouseClick(popup.act, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(popup.anyway.agree, Qt.MouseButton.LeftButton)

    env.shell.offers["Print the card…"]()

    assert env.shell.opened == [("reports", {"report": "emergency"})]


def test_no_card_is_offered_where_the_same_people_lead(qtbot, ctx, env, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    popup = publishing(open_page(ctx))
    qtbot.mouseClick(popup.act, Qt.MouseButton.LeftButton)

    qtbot.mouseClick(popup.anyway.agree, Qt.MouseButton.LeftButton)

    assert env.shell.offers == {}


# --- versions ----------------------------------------------------------------------------------


@pytest.fixture
def two_versions(ctx, desk):
    """First Wang Fang on Friday; then Li Na instead; since then both."""
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    commands.publish_month(ctx, MONTH, note="First", anyway=True)
    commands.paint_cells(ctx, [_cell(desk.wang, None, desk.day.id), _cell(desk.li, desk.day.id, None)])
    commands.publish_month(ctx, MONTH, anyway=True)
    commands.paint_cells(ctx, [_cell(desk.wang, desk.night.id, None)])


def _cell(person, after, before):
    return PaintedCell(person.id, FRIDAY, after, before)


def test_versions_are_compared_with_now_and_with_each_other(qtbot, ctx, desk, two_versions, open_page):
    popup = looking_back(open_page(ctx))
    listed, now = lines(popup.list), lines(popup.changes)

    popup.list.setCurrentRow(1)
    popup.other.setCurrentIndex(1)
    popup.other.activated.emit(1)

    assert [text[:9] for text in listed] == ["Version 2", "Version 1"]
    assert listed[1].endswith(": First")
    assert now == ["Wang Fang, Fri 20 Nov: off → Night"]
    assert lines(popup.changes) == ["Wang Fang, Fri 20 Nov: Day → off", "Li Na, Fri 20 Nov: off → Day"]


def test_restoring_a_version_is_one_step_that_can_be_taken_back(
    qtbot, ctx, env, desk, two_versions, open_page
):
    stack = UndoStack(env.tasks)
    popup = looking_back(open_page(ctx))
    popup.list.setCurrentRow(1)

    qtbot.mouseClick(popup.restore, Qt.MouseButton.LeftButton)
    restored = codes(ctx)
    stack.push(env.shell.outcomes[-1])
    stack.undo()

    assert restored == {(desk.wang.id, FRIDAY): "D"}
    assert codes(ctx) == {(desk.wang.id, FRIDAY): "N", (desk.li.id, FRIDAY): "D"}


def test_who_has_seen_a_version_and_who_has_not(ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day), (desk.li, SATURDAY, desk.day))
    version = commands.publish_month(ctx, MONTH, anyway=True).id
    month_commands.mark_seen(as_person(ctx, desk.wang), version)

    popup = looking_back(open_page(ctx))

    assert [text.split(", ")[0] for text in lines(popup.seen)] == ["Wang Fang"]
    assert lines(popup.unseen) == ["Li Na: not seen"]


def test_a_month_never_published_has_no_version(qtbot, ctx, desk, open_page):
    popup = looking_back(open_page(ctx))

    assert "No version yet" in shown_texts(popup)
    assert_readable(popup)


def test_looking_at_a_published_month_marks_it_seen_for_who_is_on_it(ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    version = commands.publish_month(ctx, MONTH, anyway=True).id

    open_page(as_person(ctx, desk.wang))
    open_page(as_person(ctx, desk.li))

    assert [one.name for one in month_queries.seen_by(ctx, version)] == ["Wang Fang"]


# --- the workbook ------------------------------------------------------------------------------


def test_the_month_is_saved_as_a_workbook(ctx, env, desk, tmp_path, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    env.dialogs.path = tmp_path / "november.xlsx"

    open_page(ctx).action_set.run("roster.save_sheet")

    sheets = read_workbook((tmp_path / "november.xlsx").read_bytes())
    assert list(sheets) == ["Roster", "Hours"]
    assert env.shell.said == ["Saved november.xlsx"]


def test_a_place_one_cannot_write_to_is_told(ctx, env, desk, tmp_path, open_page):
    (tmp_path / "folder").write_text("a file where a folder is wanted")
    env.dialogs.path = tmp_path / "folder" / "november.xlsx"

    open_page(ctx).action_set.run("roster.save_sheet")

    assert [error.code for error in env.shell.errors] == ["files.cannot_write"]


# --- calendar files ----------------------------------------------------------------------------


def test_ones_own_shifts_of_the_month_shown_are_saved(ctx, env, desk, tmp_path, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day), (desk.li, SATURDAY, desk.day))
    env.dialogs.path = tmp_path / "mine.ics"

    open_page(as_person(ctx, desk.wang)).action_set.run("roster.own_ics")

    content = (tmp_path / "mine.ics").read_text(encoding="utf-8")
    assert content.count("BEGIN:VEVENT") == 1
    assert "STATUS:TENTATIVE" in content
    assert env.shell.said == ["Saved 1 calendar file"]


def test_a_planner_saves_one_file_for_each_person_selected(qtbot, ctx, env, desk, tmp_path, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day), (desk.li, SATURDAY, desk.day))
    commands.publish_month(ctx, MONTH, anyway=True)
    env.dialogs.path = tmp_path / "november.ics"
    page = open_page(ctx)
    qtbot.keyClick(page.grid, KEY.Key_A, CONTROL)

    page.action_set.run("roster.save_ics")

    files = sorted(each.name for each in tmp_path.glob("*.ics"))
    assert files == ["november-Li-Na.ics", "november-Wang-Fang.ics"]
    assert "STATUS:CONFIRMED" in (tmp_path / files[0]).read_text(encoding="utf-8")


def test_people_of_one_name_get_files_of_their_own():
    names = {PersonId(3): "Li/Na", PersonId(4): "Li Na", PersonId(5): "Wang"}

    found = paths_of(Path("a.ics"), names)

    assert [str(each) for each in found.values()] == ["a-Li-Na-3.ics", "a-Li-Na-4.ics", "a-Wang.ics"]


def test_somebody_without_shifts_is_told_that_nothing_was_saved(ctx, env, desk, tmp_path, open_page):
    env.dialogs.path = tmp_path / "mine.ics"

    open_page(as_person(ctx, desk.wang)).action_set.run("roster.own_ics")

    assert list(tmp_path.glob("*.ics")) == []
    assert env.shell.said == ["There is nothing to save."]
