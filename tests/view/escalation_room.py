"""For the tests of the page of escalation steps: what one does by the keyboard, and what it says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.entities.escalation import EscalationRules
from app.models.entities.settings import ConfigKind
from app.services.settings.queries import current_config
from app.views.settings.checks_button import ChecksPopup
from tests.view.settings_room import KEY, press

CTRL = Qt.KeyboardModifier.ControlModifier


def steps(screen):
    return [step.code for step in screen.pane.editor.draft.steps]


def saved(ctx):
    return EscalationRules.from_dict(current_config(ctx, ConfigKind.ESCALATION, "site").body)


def told(screen):
    return [change.sentence for change in screen.pane.changes]


def text(screen, row, at):
    return screen.pane.model.index(row, at).data()


def go(screen, row, at):
    screen.pane.table.setCurrentIndex(screen.pane.model.index(row, at))


def ctrl(screen, key):
    QTest.keyClick(screen.focusWidget(), key, CTRL)
    QApplication.processEvents()


def in_list(qtbot, *keys):
    """Press keys in the drop-down that the cell's editor has just opened."""
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


def tick(screen, *rows):
    """Tick rows of the list that stands open, by the keyboard."""
    listed = next(each.list for each in screen.window().findChildren(ChecksPopup) if each.isVisible())
    listed.setFocus()
    press(listed, KEY.Key_Home)
    at = 0
    for row in rows:
        press(listed, *[KEY.Key_Down] * (row - at), KEY.Key_Space)
        at = row
    press(listed, KEY.Key_Escape)
