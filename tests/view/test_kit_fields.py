"""Fields, signs and messages of the kit: what they say, what the keyboard does, what they tell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.models.entities.tickets import TicketStatus
from app.views.base.tokens import Size
from app.views.base.widgets.applybar import ApplyBar, Change
from app.views.base.widgets.avatars import Avatar
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Card
from app.views.base.widgets.chips import PriorityChip, StatusLabel
from app.views.base.widgets.clocks import ClockCard
from app.views.base.widgets.fields import Field, SearchField
from app.views.base.widgets.gantt import GanttBar, GanttRow, GanttStrip
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.paint import STATUS_LOOK, ClockTone, paint_bar
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.states import ProgressLine
from app.views.base.widgets.toasts import ToastHost
from app.views.base.widgets.whatif import WhatIfBars, WhatIfRow
from tests.support.kit import dressed  # noqa: F401 - an automatic fixture

HOSTILE = '<img src="file://server/share/x.png"><b>bold</b>'


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
