"""Words, buttons and choices of the kit: what they say, what the keyboard does, what they tell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.views.base.tokens import Size
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton, MenuButton
from app.views.base.widgets.chips import FilterChip
from app.views.base.widgets.fields import Choose, NumberField
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, set_tip
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.base.widgets.switches import Choice, Segment, Toggle
from tests.support.kit import dressed  # noqa: F401 - an automatic fixture

HOSTILE = '<img src="file://server/share/x.png"><b>bold</b>'


def side_list() -> SideList:
    views = SideList("Views")
    views.set_sections(
        [
            SideSection("Mine", [SideItem("mine", "Assigned to me", "user", 9)]),
            SideSection("All", [SideItem("open", "All open", "inbox", 57), SideItem("late", "Breached")]),
        ]
    )
    return views


# --- words ---------------------------------------------------------------------------------------


def test_a_label_shows_html_as_it_was_written() -> None:
    label = PlainLabel(HOSTILE)

    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == HOSTILE


def test_a_tooltip_shows_html_as_it_was_written() -> None:
    label = PlainLabel()

    set_tip(label, HOSTILE)

    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()


def test_words_that_are_cut_are_whole_in_the_tooltip(qtbot) -> None:
    label = ElidedLabel("The licence service refuses new sessions")
    qtbot.addWidget(label)

    label.resize(60, 20)
    label.show()

    assert label.toolTip() == "The licence service refuses new sessions"


# --- buttons -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ButtonKind)
def test_every_button_is_as_tall_as_a_field_focused_or_not(window: QWidget, kind: ButtonKind) -> None:
    button = Button("Save", kind, icon="save", key="Ctrl+S", parent=window)
    button.show()
    height = button.sizeHint().height()

    button.setFocus()

    assert button.sizeHint().height() == height == Size.CONTROL


def test_a_button_that_waits_says_what_for() -> None:
    button = Button("Apply", ButtonKind.PRIMARY)

    button.wait_for("Apply waits for a valid time.")

    assert not button.isEnabled()
    assert button.toolTip() == "Apply waits for a valid time."
    assert button.accessibleDescription() == "Apply waits for a valid time."


def test_an_icon_alone_has_a_name_and_its_shortcut_in_the_tooltip() -> None:
    button = IconButton("columns-3", "Columns", key="Ctrl+L")

    assert button.accessibleName() == "Columns"
    assert button.toolTip() == "Columns (Ctrl+L)"


def test_an_icon_button_finds_its_tooltip_again_after_waiting() -> None:
    button = IconButton("columns-3", "Columns", key="Ctrl+L")

    button.wait_for("No list is open.")
    button.wait_for("")

    assert button.isEnabled()
    assert button.toolTip() == "Columns (Ctrl+L)"


def test_a_menu_button_opens_its_menu_and_has_room_for_its_chevron() -> None:
    menu = QMenu()
    button = MenuButton("New", menu)

    assert button.menu() is menu
    assert button.sizeHint().width() > Button("New").sizeHint().width()


# --- choosing ------------------------------------------------------------------------------------


def test_arrows_move_in_a_segment_control_and_it_tells(window: QWidget, qtbot) -> None:
    segment = Segment([Choice("note", "Note"), Choice("reply", "Reply", 3)], parent=window)
    segment.show()
    first = segment.findChildren(QWidget)[0]
    first.setFocus()

    with qtbot.waitSignal(segment.chosen) as told:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)

    assert told.args == ["reply"]
    assert segment.key == "reply"


def test_choosing_a_segment_from_code_tells_nobody(qtbot) -> None:
    segment = Segment([Choice("note", "Note"), Choice("reply", "Reply")])
    qtbot.addWidget(segment)

    with qtbot.assertNotEmitted(segment.chosen):
        segment.choose("reply")

    assert segment.key == "reply"


def test_space_turns_a_toggle(window: QWidget, qtbot) -> None:
    toggle = Toggle("Closes linked tickets", parent=window)
    toggle.show()
    toggle.setFocus()

    qtbot.keyClick(toggle, Qt.Key.Key_Space)

    assert toggle.isChecked()
    assert toggle.accessibleName() == "Closes linked tickets"


def test_delete_removes_a_filter_and_enter_edits_it(window: QWidget, qtbot) -> None:
    chip = FilterChip("Status", "not closed", parent=window)
    chip.show()

    with qtbot.waitSignal(chip.remove_asked):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    with qtbot.waitSignal(chip.edit_asked):
        qtbot.keyClick(chip, Qt.Key.Key_Return)

    assert chip.accessibleName() == "Status not closed"


def test_a_click_on_the_cross_removes_a_filter(window: QWidget, qtbot) -> None:
    chip = FilterChip("Status", "not closed", parent=window)
    chip.resize(chip.sizeHint())
    chip.show()
    chip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)

    with qtbot.waitSignal(chip.remove_asked):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2))


@pytest.mark.parametrize("make_input", [Choose, lambda window: NumberField(0, 9, parent=window)])
def test_a_wheel_over_a_form_is_left_to_the_page(
    window: QWidget, make_input: Callable[[QWidget], QWidget]
) -> None:
    turned = make_input(window)
    turned.show()
    nowhere, down = QPointF(5, 5), QPoint(0, -120)
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(nowhere, nowhere, QPoint(), down, buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)

    turned.wheelEvent(wheel)

    assert not wheel.isAccepted()


def test_rows_of_a_drop_down_are_as_tall_as_everywhere(window: QWidget) -> None:
    choose = Choose(window)
    choose.addItems(["Office hours", "24 x 7"])

    assert choose.view().sizeHintForRow(0) == Size.ROW_SIDE


def test_a_side_list_keeps_its_choice_when_its_counts_change(qtbot) -> None:
    views = side_list()
    qtbot.addWidget(views)
    views.choose("open")

    views.set_sections([SideSection("", [SideItem("open", "All open", count=3)])])
    views.set_count("open", 4, "bad")

    assert views.key == "open"
    assert views.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == "All open, 4"


def test_arrows_in_a_side_list_step_over_the_headings(window: QWidget, qtbot) -> None:
    views = side_list()
    views.setParent(window)
    views.resize(200, 300)
    views.show()
    views.choose("mine")
    views.setFocus()

    qtbot.keyClick(views, Qt.Key.Key_Down)

    assert views.key == "open"


def test_a_click_in_a_side_list_tells_the_key(window: QWidget, qtbot) -> None:
    views = side_list()
    views.setParent(window)
    views.resize(200, 300)
    views.show()
    views.choose("open")
    place = views.visualRect(views.currentIndex()).center()
    views.choose("mine")

    with qtbot.waitSignal(views.chosen) as told:
        qtbot.mouseClick(views.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert told.args == ["open"]
