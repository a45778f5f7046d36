"""The one table: what it shows, how it moves, what it remembers."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication, QLabel

from app.views.base.columns import (
    CellKind,
    Column,
    Mark,
    PriorityLook,
    TextLook,
    TimeLook,
    check_column,
)
from app.views.base.i18n import LazyText
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.theme import theme
from app.views.base.tokens import ThemeName
from app.views.base.widgets.paint import ClockTone


@dataclass(frozen=True)
class Fault:
    id: int
    subject: str
    level: int = 3
    minutes: int = 30


COLUMNS = (
    check_column(),
    Column[Fault]("number", LazyText("No."), lambda row: str(10400 + row.id), CellKind.NUMBER, width=60),
    Column[Fault](
        "priority",
        LazyText("Prio."),
        lambda row: f"P{row.level}",
        CellKind.PRIORITY,
        width=60,
        look=lambda row: PriorityLook(row.level),
    ),
    Column[Fault](
        "subject",
        LazyText("Subject"),
        lambda row: row.subject,
        look=lambda row: TextLook(
            row.level == 1, "accent" if row.level == 1 else "", (Mark("star", "warn"),)
        ),
        hint=lambda row: f"about {row.subject}",
        is_stretched=True,
    ),
    Column[Fault]("person", LazyText("Assignee"), lambda row: "Wang Fang", CellKind.PERSON, width=140),
    Column[Fault](
        "status",
        LazyText("Status"),
        lambda row: "In progress",
        CellKind.STATUS,
        look=lambda row: Mark("circle-dot", "accent"),
    ),
    Column[Fault](
        "time",
        LazyText("Time left"),
        lambda row: f"{row.minutes} min",
        CellKind.TIME_LEFT,
        width=140,
        look=lambda row: TimeLook(0.4, ClockTone.WARNING),
    ),
)
FAULTS = [Fault(1, "printer"), Fault(2, "network", 1), Fault(3, "mail", 2), Fault(4, "door", 5)]


@pytest.fixture
def model(qtbot):
    model = RowsModel(COLUMNS)
    model.set_rows(FAULTS)
    return model


@pytest.fixture
def table(qtbot, model):
    table = Table()
    qtbot.addWidget(table)
    table.setModel(model)
    table.resize(900, 240)
    table.show()
    return table


def texts(table, key):
    number = next(n for n, column in enumerate(table.rows.columns) if column.key == key)
    return [table.rows.index(row, number).data() for row in range(table.rows.rowCount())]


def test_the_first_row_is_current_when_rows_appear(table):
    assert table.current_id == 1


def test_j_and_k_move_down_and_up(qtbot, table):
    qtbot.keyClicks(table, "jjk")

    assert table.current_id == 2


def test_end_and_home_go_to_the_last_and_first_row(qtbot, table):
    qtbot.keyClick(table, Qt.Key.Key_End)
    last = table.current_id
    qtbot.keyClick(table, Qt.Key.Key_Home)

    assert (last, table.current_id) == (4, 1)


def test_moving_beyond_the_last_row_stays_there(qtbot, table):
    qtbot.keyClicks(table, "jjjjjj")

    assert table.current_id == 4


def test_enter_opens_the_current_record(qtbot, table):
    qtbot.keyClick(table, Qt.Key.Key_J)

    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)

    assert opened.args == [2]


def test_space_marks_the_row_and_moves_on(qtbot, table):
    qtbot.keyClicks(table, "  ")

    assert [row.id for row in table.rows.marked] == [1, 2]
    assert table.current_id == 3


def test_shift_click_marks_every_row_up_to_the_clicked_one(qtbot, table):
    third = table.visualRect(table.rows.index(2, 3)).center()

    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, third)

    assert [row.id for row in table.rows.marked] == [1, 2, 3]


def test_escape_takes_all_marks_back(qtbot, table):
    qtbot.keyClicks(table, "  ")

    qtbot.keyClick(table, Qt.Key.Key_Escape)

    assert table.rows.marked == ()


def test_the_current_record_is_followed_when_rows_come_before_it(table):
    table.go_to_id(3)

    table.rows.set_rows([Fault(9, "new"), *FAULTS])

    assert table.current_id == 3
    assert table.currentIndex().row() == 3


def test_when_the_current_record_goes_its_place_stays_current(table):
    table.go_to_id(2)

    table.rows.set_rows([row for row in FAULTS if row.id != 2])

    assert table.current_id == 3


def test_a_marked_row_keeps_its_mark_and_takes_its_new_version(table):
    table.rows.set_marked([1], True)

    table.rows.set_rows([replace(row, subject="changed") for row in FAULTS])

    assert [row.subject for row in table.rows.marked] == ["changed"]


def test_a_click_on_a_title_asks_for_that_order_and_the_next_for_the_reverse(qtbot, table):
    asked = []
    table.sort_asked.connect(lambda key, descending: asked.append((key, descending)))
    header = table.columns_header
    place = QPoint(header.sectionViewportPosition(3) + 20, 10)

    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert asked == [("subject", False), ("subject", True)]


def test_a_short_list_sorts_by_its_columns_values(table):
    table.rows.sort_by("priority", descending=True)

    assert texts(table, "priority") == ["P5", "P3", "P2", "P1"]


def test_a_layout_comes_back_as_it_was(qtbot, table):
    header = table.columns_header
    header.moveSection(header.visualIndex(5), 1)
    header.resizeSection(1, 99)
    header.show_column("person", is_shown=False)
    saved = header.save_layout()

    other = Table()
    qtbot.addWidget(other)
    other.setModel(RowsModel(COLUMNS, other))
    other.columns_header.restore_layout(saved)

    assert other.columns_header.save_layout()["order"] == saved["order"]
    assert other.columns_header.save_layout()["hidden"] == ["person"]
    assert other.columns_header.save_layout()["widths"]["number"] == 99


def test_a_layout_is_worth_remembering_only_when_a_person_changed_it(qtbot, table):
    told = []
    table.layout_changed.connect(lambda: told.append(True))

    table.resize(1200, 300)
    table.columns_header.restore_layout(
        {"order": ["subject"], "widths": {"number": 90}, "hidden": ["person"]}
    )
    by_itself = len(told)
    table.columns_header.resizeSection(1, 120)

    assert by_itself == 0
    assert told


def test_a_stretched_column_keeps_its_least_width_and_takes_what_is_left(qtbot, table):
    header = table.columns_header

    table.resize(400, 300)
    narrow = header.sectionSize(3)
    table.resize(1200, 300)
    wide = header.sectionSize(3)
    table.resize(400, 300)

    assert narrow == header.sectionSize(3) == 120
    assert wide > 300
    assert header.length() > table.viewport().width()  # the table scrolls sideways


def test_a_layout_with_unknown_columns_is_still_of_use(table):
    table.columns_header.restore_layout(
        {"order": ["gone", "subject"], "widths": {"gone": 3}, "hidden": ["gone"]}
    )

    assert table.columns_header.save_layout()["order"][0] == "subject"


def test_the_last_shown_column_cannot_be_hidden(table):
    for column in COLUMNS:
        table.columns_header.show_column(column.key, is_shown=False)

    assert table.columns_header.hiddenSectionCount() == len(COLUMNS) - 1


def test_a_tick_computes_times_again_and_nothing_else(table, model):
    asked = []
    model.dataChanged.connect(lambda first, last: asked.append((first.column(), last.column())))

    table.tick()

    assert asked == [(6, 6)]


def test_what_a_cell_says_at_length_is_its_tool_tip(model):
    assert model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole) == "about printer"


def test_ctrl_c_copies_the_texts_of_the_row(qtbot, table):
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text().split("\t")[:3] == ["10401", "P3", "printer"]


def test_a_menu_is_asked_for_the_row_under_the_mouse(qtbot, table):
    place = table.visualRect(table.rows.index(2, 3)).center()

    with qtbot.waitSignal(table.menu_asked):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=place)
        context_menu(table, place)

    assert table.current_id == 3


def context_menu(table, place):
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(
        reason, place, table.viewport().mapToGlobal(place), Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(table.viewport(), event)


def test_an_empty_list_shows_what_would_be_here(qtbot, table):
    hint = QLabel("Nothing yet")
    table.set_empty_widget(hint)
    shown_with_rows = hint.isVisible()

    table.rows.set_rows([])

    assert (shown_with_rows, hint.isVisible(), table.current_id) == (False, True, None)


def inked(table, columns):
    """How many pixels of the first row are not its ground, between two x."""
    picture = QPixmap(table.viewport().size())
    table.viewport().render(picture)
    image = picture.toImage()
    ground = image.pixelColor(100, 4)
    return sum(image.pixelColor(x, y) != ground for x in columns for y in range(8, 26))


def test_words_of_a_column_that_stands_right_stand_where_its_title_does(qtbot):
    right = Column[Fault]("said", LazyText("Late"), lambda row: row.subject, width=400, align_right=True)
    rows = RowsModel([right], None, id_of=lambda row: row.id)
    table = Table()
    qtbot.addWidget(table)
    table.setModel(rows)
    table.resize(420, 120)
    table.show()

    rows.set_rows([Fault(1, "12 min")])

    assert inked(table, range(300, 395)) > 0
    assert inked(table, range(10, 90)) == 0


@pytest.mark.parametrize("name", list(ThemeName))
def test_every_kind_of_cell_is_painted_in_every_theme(table, name, qapp):
    theme.apply(qapp, name, "en", shipped_font=True)
    table.rows.set_marked([2], True)

    picture = QPixmap(table.size())
    table.render(picture)

    image = picture.toImage()
    colours = {image.pixelColor(x, 50).name() for x in range(0, 900, 2)}
    theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)
    assert len(colours) > 10


def test_painting_does_not_eat_references_to_none(table):
    """PySide6 6.12 on Python 3.11 drops one with most calls of QPainter, and then aborts."""
    table.grab()
    before = sys.getrefcount(None)
    for _round in range(10):
        table.grab()

    assert abs(sys.getrefcount(None) - before) < 200
