"""The smallest things only a real window shows; `dev.py test` runs these under an X server too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.views.base.fonts import SHIPPED_FAMILY
from app.views.base.widgets.labels import PlainLabel

pytestmark = pytest.mark.smoke


@pytest.fixture
def window(qtbot) -> QWidget:
    """A window on the screen, with a line of each language and a field."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    for part in (PlainLabel("Printer on floor 3"), PlainLabel("三楼打印机"), QLineEdit()):
        layout.addWidget(part)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_both_languages_are_written_in_the_shipped_font(window: QWidget) -> None:
    families = {QFontInfo(label.font()).family() for label in window.findChildren(PlainLabel)}

    assert families == {SHIPPED_FAMILY}


def test_chinese_letters_are_drawn_and_differ(window: QWidget) -> None:
    """Boxes in place of missing letters would all look the same."""
    label = window.findChildren(PlainLabel)[1]
    pictures = []
    for letter in "三楼打印机":
        label.setText(letter)
        pictures.append(label.grab().toImage())

    assert all(one != other for at, one in enumerate(pictures) for other in pictures[:at])


def test_keys_reach_the_field(window: QWidget, qtbot) -> None:
    field = window.findChild(QLineEdit)
    window.activateWindow()
    field.setFocus()

    qtbot.keyClicks(field, "vpn")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)

    assert field.text() == "vp"
