"""The parts of the kit: what they say, what the keyboard does, what they tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from app.models.entities.tickets import TicketStatus
from app.views.base.theme import theme
from app.views.base.tokens import Size, ThemeName
from app.views.base.widgets.applybar import ApplyBar, Change
from app.views.base.widgets.avatars import Avatar
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton, MenuButton
from app.views.base.widgets.cards import Card
from app.views.base.widgets.chips import FilterChip, PriorityChip, StatusLabel
from app.views.base.widgets.clocks import ClockCard
from app.views.base.widgets.fields import Choose, Field, NumberField, SearchField
from app.views.base.widgets.gantt import GanttBar, GanttRow, GanttStrip
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, set_tip
from app.views.base.widgets.paint import STATUS_LOOK, ClockTone, paint_bar
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.base.widgets.states import ProgressLine
from app.views.base.widgets.switches import Choice, Segment, Toggle
from app.views.base.widgets.toasts import ToastHost
from app.views.base.widgets.whatif import WhatIfBars, WhatIfRow

HOSTILE = '<img src="file://server/share/x.png"><b>bold</b>'


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)
    yield
    theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)


@pytest.fixture
def window(qtbot) -> QWidget:
    """A window large enough for popups, with the keyboard's attention."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


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


# --- fields --------------------------------------------------------------------------------------


def test_a_field_names_its_input_and_reads_its_error_out() -> None:
    edit = QLineEdit()
    field = Field("Resolution &time", edit, required=True)

    field.set_error("“4 hx” is not a time.")

    assert edit.accessibleName() == "Resolution time"
    assert edit.accessibleDescription() == "required, “4 hx” is not a time."
    assert field.label.buddy() is edit
    assert edit.property("invalid") is True


def test_an_error_does_not_make_a_field_taller(window: QWidget) -> None:
    edit = QLineEdit(window)
    field = Field("Resolution time", edit, parent=window)
    field.show()
    before = edit.sizeHint().height()

    field.set_error("not a time")

    assert edit.sizeHint().height() == before == Size.CONTROL


def test_escape_empties_a_search_before_it_closes_anything(window: QWidget, qtbot) -> None:
    search = SearchField("Filter this list", parent=window)
    search.setText("vpn")

    qtbot.keyClick(search, Qt.Key.Key_Escape)

    assert search.text() == ""


def test_down_from_a_search_steps_into_its_results(window: QWidget, qtbot) -> None:
    search = SearchField("Filter this list", parent=window)

    with qtbot.waitSignal(search.step) as told:
        qtbot.keyClick(search, Qt.Key.Key_Down)

    assert told.args == [1]


# --- signs ---------------------------------------------------------------------------------------


def test_every_status_has_a_look() -> None:
    assert set(STATUS_LOOK) == set(TicketStatus)


@pytest.mark.parametrize(
    ("make_sign", "said"),
    [
        (lambda: PriorityChip(1, "P1 Critical"), "P1 Critical"),
        (lambda: StatusLabel(TicketStatus.WAITING, "Waiting"), "Waiting"),
        (lambda: Avatar("Li Na"), "Li Na"),
        (lambda: ProgressLine(0.3, said="Reading"), "Reading 30 %"),
    ],
)
def test_a_painted_sign_is_said_in_words(make_sign: Callable[[], QWidget], said: str) -> None:
    assert make_sign().accessibleName() == said


def test_a_clock_says_the_time_and_why() -> None:
    clock = ClockCard("Resolution")

    clock.show_clock(0, ClockTone.BREACHED, "18 min over", "due 13:44", "4 h in Office hours, paused 40 min")

    assert clock.accessibleName() == "Resolution: 18 min over"
    assert clock.toolTip() == "4 h in Office hours, paused 40 min"


def test_shift_coverage_is_said_row_by_row() -> None:
    strip = GanttStrip(said="Shift coverage")

    strip.show_rows([GanttRow("Li Na", [GanttBar(8, 20.5, "Day", "d")])], 8, 20)

    assert strip.accessibleDescription() == "Li Na: Day 08:00–20:30"


def test_what_if_says_its_numbers() -> None:
    bars = WhatIfBars(said="With this matrix")

    bars.set_rows([WhatIfRow(2, 212, 348, "348", "+136")])

    assert bars.accessibleDescription() == "P2 348 +136"


# --- messages ------------------------------------------------------------------------------------


def test_changes_are_counted_and_shown_before_and_after(window: QWidget) -> None:
    bar = ApplyBar(window)

    bar.set_changes([Change("Response", "1 h", "30 min"), Change("Calendar", "24x7", "Office")])

    assert bar.apply.text() == "Apply 2 changes"
    assert bar.accessibleDescription() == "Response  1 h → 30 min; Calendar  24x7 → Office"
    assert not bar.isHidden()


def test_the_bar_goes_with_the_last_change(window: QWidget) -> None:
    bar = ApplyBar(window)
    bar.set_changes([Change("Response", "1 h", "30 min")])

    bar.set_changes([])

    assert bar.isHidden()


def test_a_blocked_bar_says_why(window: QWidget) -> None:
    bar = ApplyBar(window)
    bar.set_changes([Change("Response", "1 h", "x")])

    bar.block("“x” is not a time.")

    assert not bar.apply.isEnabled()
    assert bar.apply.toolTip() == "“x” is not a time."


def test_undo_in_a_toast_runs_and_closes_it(window: QWidget, qtbot) -> None:
    ran: list[str] = []
    host = ToastHost(window)
    toast = host.say("#10482 assigned", action="Undo", run=lambda: ran.append("undone"), key="Ctrl+Z")

    qtbot.mouseClick(toast.action, Qt.MouseButton.LeftButton)

    assert ran == ["undone"]
    assert host.shown == []


def test_no_more_than_three_toasts_stand_at_once(window: QWidget) -> None:
    host = ToastHost(window)

    toasts = [host.say(f"message {number}") for number in range(5)]

    assert host.shown == toasts[2:]
    assert all(window.rect().contains(toast.geometry()) for toast in host.shown)


def test_a_toast_stays_while_the_mouse_is_on_it(window: QWidget, qtbot) -> None:
    host = ToastHost(window)
    toast = host.say("message")
    toast.start(20)

    nowhere = QPointF()
    QApplication.sendEvent(toast, QEnterEvent(nowhere, nowhere, nowhere))
    with qtbot.assertNotEmitted(toast.closed, wait=60):
        pass

    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    toast.start(20)
    qtbot.waitUntil(lambda: host.shown == [])


def test_escape_closes_a_popup_and_gives_the_focus_back(window: QWidget, qtbot) -> None:
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    popup = Popup(window, scrim=True)
    popup.open_centred()

    qtbot.keyClick(popup, Qt.Key.Key_Escape)

    assert popup.isHidden()
    assert window.focusWidget() is field


def test_a_popup_stays_on_the_window(window: QWidget) -> None:
    popup = Popup(window)
    popup.body.addWidget(PlainLabel("Recognised as 6 working hours"))

    popup.open_at(790, 590)

    assert window.rect().contains(popup.geometry())


def test_a_card_shows_a_count_after_its_title() -> None:
    card = Card("My queue")

    card.set_note("11")

    assert card.note.text() == "11"
    assert not card.note.isHidden()


def test_a_card_that_names_a_record_shortens_a_long_name_and_keeps_its_buttons(qtbot):
    card = Card("Dressed as agreed, name badge worn, shoes polished", is_elided=True)
    button = Button("Retire")
    card.head.addWidget(button)
    qtbot.addWidget(card)
    card.resize(240, 120)
    card.show()

    assert button.geometry().right() <= 240
    assert card.title.toolTip() == "Dressed as agreed, name badge worn, shoes polished"


def painted_bar(share: float) -> set[str]:
    picture = QImage(100, 10, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    paint_bar(painter, picture.rect(), share, "bad")
    painter.end()
    return {picture.pixelColor(x, 5).name() for x in range(3, 97)}


def test_a_bar_shows_a_hair_of_nothing_left_and_no_hair_of_nothing_at_all():
    assert len(painted_bar(0.0)) > 1
    assert len(painted_bar(-1.0)) == 1
