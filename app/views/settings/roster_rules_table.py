"""The table of roster rules: weights by a key, limits typed into their cells, nothing but the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView

from app.models.entities.roster import Severity
from app.views.base.tokens import Space, Type
from app.views.base.widgets.paint import paint_ground, paint_text, width_of
from app.views.settings.edited_cells import (
    LEFT,
    RIGHT,
    SMALL_TEXT,
    AnyIndex,
    Understood,
    paint_two_lines,
)
from app.views.settings.edited_delegate import EditedDelegate
from app.views.settings.edited_table import EditedTable
from app.views.settings.roster_rules_model import SEVERITY, At, RulesModel

_LEAST: dict[int, int] = {At.RULE: 300, At.SEVERITY: 116, At.LIMIT: 100, At.FOUND: 150}
_SHARES: dict[int, float] = {At.RULE: 0.7, At.SEVERITY: 0.1, At.LIMIT: 0.1, At.FOUND: 0.1}
_NARROWEST = 480
_OPENERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2})
_ORDER = tuple(Severity)
_BY_KEY = {
    **dict(zip(("1", "2", "3"), _ORDER, strict=True)),
    **dict(zip(("o", "w", "f"), _ORDER, strict=True)),
}
_TINTS = {
    Severity.OFF: ("hover", "muted"),
    Severity.WARN: ("warn_tint", "warn"),
    Severity.FORBID: ("bad_tint", "bad"),
}


class RulesTable(EditedTable):
    """Arrows move. 1, 2, 3 or O, W, F weigh a rule, Space takes the next weight; digits type a limit.

    On a limit Enter or F2 edits, + and - change it by one.
    """

    def __init__(self, model: RulesModel, said: str) -> None:
        super().__init__(model, said, least=_LEAST, shares=_SHARES, narrowest=_NARROWEST)
        self._rules = model
        self.setItemDelegate(RulesDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.doubleClicked.connect(self.change_cell)
        self.setCurrentIndex(model.index(0, At.SEVERITY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter came up from the editor, which has taken it already
            return
        now, text = self.currentIndex(), event.text().lower()
        if event.key() in _OPENERS or event.key() == Qt.Key.Key_Space:
            self.change_cell(now)
        elif text in _BY_KEY and (now.column() != At.LIMIT or not text.isdecimal()):
            self._rules.weigh(now.row(), _BY_KEY[text])
        elif text in {"+", "-"} and now.column() == At.LIMIT and self._is_editable(now):
            step = 1 if text == "+" else -1
            self._rules.setData(now, str(int(now.data(Qt.ItemDataRole.EditRole)) + step))
        elif text.isprintable() and text and not (now.column() == At.LIMIT and text.isdecimal()):
            event.ignore()  # only limits are typed
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was = self.currentIndex()
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index == was and index.column() == At.SEVERITY:
            self.change_cell(index)

    def change_cell(self, index: QModelIndex) -> None:
        """Open a limit; anywhere else take the next weight."""
        if not index.isValid() or not self._rules.may_edit:
            return
        if self._is_editable(index):
            self.edit(index)
        elif index.column() in {At.RULE, At.SEVERITY}:
            weight = index.data(SEVERITY)
            self._rules.weigh(index.row(), _ORDER[(_ORDER.index(weight) + 1) % len(_ORDER)])

    def understood(self, index: QModelIndex, text: str) -> Understood:
        return self._rules.understand(index.row(), text)

    def _is_editable(self, index: QModelIndex) -> bool:
        return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)


class RulesDelegate(EditedDelegate):
    """Paints names over what they look at, and weights as tinted words; a limit is typed."""

    def paint_words(self, painter: QPainter, inside: QRect, index: AnyIndex) -> None:
        at, text, weight = At(index.column()), str(index.data() or ""), index.data(SEVERITY)
        is_off = weight is Severity.OFF
        if at is At.RULE:
            ink = "muted" if is_off else "text"
            paint_two_lines(painter, inside, text, str(index.data(SMALL_TEXT)), ink=ink, strong=True)
        elif at is At.SEVERITY:
            tint, ink = _TINTS[weight]
            wide = width_of(text, Type.NUMBER, strong=not is_off) + 2 * Space.S
            chip = QRect(inside.left(), inside.center().y() - 11, min(wide, inside.width()), 22)
            paint_ground(painter, chip, tint, ink)
            centre = Qt.AlignmentFlag.AlignHCenter
            paint_text(painter, chip, text, ink, pixels=Type.NUMBER, strong=not is_off, align=centre)
        else:
            is_found = at is At.FOUND
            side = RIGHT if is_found else LEFT
            ink = "muted" if is_off or text in {"–", "…"} else "text"
            paint_text(painter, inside, text, ink, strong=not is_off, align=side)
