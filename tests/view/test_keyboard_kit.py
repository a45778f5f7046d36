"""What keys do in the kit: Tab inside popups, Enter on buttons, letters in drop-downs, blocked keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.views.base.actions import Action, ActionSet
from app.views.base.i18n import LazyText
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.switches import Choice, Segment


@pytest.fixture
def show(qtbot) -> Callable[..., QWidget]:
    """Show widgets in a window that has the keyboard's attention."""
    windows: list[QWidget] = []

    def shown(*parts: QWidget) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        window.resize(600, 400)
        column = QVBoxLayout(window)
        for part in parts:
            column.addWidget(part)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        windows.append(window)
        return window

    return shown


@pytest.fixture
def patient_search(qapp: QApplication) -> Iterator[None]:
    """A search in lists that waits for the next letter however slow this computer is."""
    before = qapp.keyboardInputInterval()
    qapp.setKeyboardInputInterval(60_000)
    yield
    qapp.setKeyboardInputInterval(before)


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


# --- popups --------------------------------------------------------------------------------------


def test_tab_goes_round_inside_a_popup_and_never_to_the_page_below_it(show) -> None:
    window = show(below := QLineEdit())
    popup = Popup(window, scrim=True)
    first, second = QLineEdit(), QLineEdit()
    popup.body.addWidget(first)
    popup.body.addWidget(second)
    popup.open_centred()
    first.setFocus()

    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)

    assert first.hasFocus()
    assert not below.hasFocus()


def test_shift_tab_goes_round_inside_a_popup_too(show) -> None:
    window = show(QLineEdit())
    popup = Popup(window)
    first, second = QLineEdit(), QLineEdit()
    popup.body.addWidget(first)
    popup.body.addWidget(second)
    popup.open_centred()
    first.setFocus()

    press(Qt.Key.Key_Backtab)

    assert second.hasFocus()


def test_escape_closes_a_popup_wherever_tab_has_led_in_it(show) -> None:
    window = show(below := QLineEdit())
    below.setFocus()
    popup = Popup(window, scrim=True)
    for _number in range(2):
        popup.body.addWidget(QLineEdit())
    popup.open_centred()

    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Escape)

    assert popup.isHidden()
    assert below.hasFocus()


def test_a_closed_popup_gives_no_focus_to_what_was_hidden_meanwhile(show) -> None:
    window = show(below := QLineEdit(), other := QLineEdit())
    below.setFocus()
    popup = Popup(window)
    popup.open_centred()
    below.hide()

    popup.close_now()

    assert not below.hasFocus()
    assert other.isVisible()


# --- buttons and choices -------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_enter_as_by_space(show, key: Qt.Key) -> None:
    pressed: list[bool] = []
    show(button := Button("Pass on"))
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus()

    press(key)

    assert pressed == [True]


def test_ctrl_enter_on_a_button_is_left_to_the_form_around_it(show) -> None:
    pressed: list[bool] = []
    show(button := Button("Cancel"))
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus()

    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert pressed == []


def test_tab_into_a_segment_goes_to_the_choice_that_is_made(show) -> None:
    show(before := QLineEdit(), segment := Segment([Choice("15", "15 min"), Choice("30", "30 min")], "30"))
    before.setFocus()

    press(Qt.Key.Key_Tab)

    assert QApplication.focusWidget().accessibleName() == "30 min"
    assert segment.key == "30"


def test_a_segment_stays_one_tab_stop_after_another_choice_was_made(show) -> None:
    segment = Segment([Choice("a", "A"), Choice("b", "B"), Choice("c", "C")])
    show(before := QLineEdit(), segment, after := QLineEdit())
    segment.choose("c")
    before.setFocus()

    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)

    assert after.hasFocus()


def test_a_blank_inside_a_name_goes_on_searching_and_opens_no_list(show, patient_search) -> None:
    show(people := Choose())
    people.addItems(["Cai Ning", "Lin Hao", "Li Na"])
    people.setFocus()

    QTest.keyClicks(people, "Li N")

    assert people.currentText() == "Li Na"
    assert QApplication.activePopupWidget() is None


# --- actions that are not possible ---------------------------------------------------------------


def test_the_key_of_what_is_not_possible_says_why(show) -> None:
    done: list[str] = []
    said: list[str] = []
    window = show(line := Button("Here"))
    line.setFocus()
    sign = Action(
        "sheet.sign", LazyText("Sign"), lambda: done.append("signed"), shortcut="Alt+I",
        blocked=lambda: "The outgoing leader signs first.",
    )  # fmt: skip
    actions = ActionSet(window, [sign], lambda _permission: True)
    actions.refused.connect(said.append)

    QTest.keyClick(line, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)

    assert said == ["The outgoing leader signs first."]
    assert done == []


def test_a_key_works_though_nobody_has_asked_again_whether_it_may(show) -> None:
    done: list[str] = []
    reasons = ["The outgoing leader signs first."]
    window = show(line := Button("Here"))
    line.setFocus()
    sign = Action(
        "sheet.sign", LazyText("Sign"), lambda: done.append("signed"), shortcut="Alt+I",
        blocked=lambda: reasons[0],
    )  # fmt: skip
    ActionSet(window, [sign], lambda _permission: True)
    reasons[0] = ""

    QTest.keyClick(line, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)

    assert done == ["signed"]


def test_a_key_left_to_somebody_else_neither_runs_nor_says_why(show) -> None:
    said: list[str] = []
    window = show(line := Button("Here"))
    line.setFocus()
    undo = Action("shell.undo", LazyText("Undo"), lambda: None, shortcut="Ctrl+Z", blocked=lambda: "Nothing.")
    actions = ActionSet(window, [undo], lambda _permission: True)
    actions.refused.connect(said.append)

    actions.yield_keys({"Ctrl+Z"})
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert said == []
