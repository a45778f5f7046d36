"""The lines of the palette: groups of findings, the hit letters marked, one line chosen."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.paint import (
    key_cap_width,
    key_names,
    paint_avatar,
    paint_ground,
    paint_key_cap,
    paint_priority,
    paint_text,
    width_of,
)
from app.views.shell.finding import Found

_FOUND = Qt.ItemDataRole.UserRole
_LINE, _HEAD = 38, 28
_ANY_INDEX = QModelIndex | QPersistentModelIndex


class FindingsList(QListView):
    """Arrow keys come from the field, so the cursor never leaves it."""

    chosen = Signal(object)  # Found

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Results"))
        self.setProperty("surface", "list")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_FoundDelegate(self))
        self._lines = QStandardItemModel(self)
        self.setModel(self._lines)
        self.clicked.connect(self._tell)

    def show_groups(self, groups: list[tuple[str, list[Found]]]) -> None:
        """Show other findings; the first is chosen."""
        self._lines.clear()
        for title, found in groups:
            head = QStandardItem(title)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self._lines.appendRow(head)
            for each in found:
                line = QStandardItem(each.text)
                line.setData(each, _FOUND)
                line.setData(f"{each.text}, {each.note}", Qt.ItemDataRole.AccessibleTextRole)
                self._lines.appendRow(line)
        self._choose(1 if groups else -1)

    @property
    def texts(self) -> list[str]:
        """Every line from above, headings included."""
        return [self._lines.item(row).text() for row in range(self._lines.rowCount())]

    def step(self, by: int) -> None:
        """Choose the next finding or the one before, over the headings."""
        row = self.currentIndex().row() + by
        while 0 <= row < self._lines.rowCount() and self._lines.index(row, 0).data(_FOUND) is None:
            row += by
        if 0 <= row < self._lines.rowCount():
            self._choose(row)

    def choose_current(self) -> None:
        """Tell which finding is chosen."""
        self._tell(self.currentIndex())

    def _choose(self, row: int) -> None:
        index = self._lines.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(self._lines.index(max(0, row - 1), 0) if row == 1 else index)

    def _tell(self, index: QModelIndex) -> None:
        found = index.data(_FOUND)
        if found is not None:
            self.chosen.emit(found)


class _FoundDelegate(QStyledItemDelegate):
    """Paints a whole line itself."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _ANY_INDEX) -> QSize:
        return QSize(100, _HEAD if index.data(_FOUND) is None else _LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _ANY_INDEX) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        found: Found | None = index.data(_FOUND)
        if found is None:
            words = rect.adjusted(20, 4, -20, 0)
            text = str(index.data(Qt.ItemDataRole.DisplayRole)).upper()
            paint_text(painter, words, text, "faint", pixels=Type.SMALL, strong=True)
        else:
            self._paint_found(painter, rect, state, found)
        painter.restore()

    def _paint_found(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, found: Found) -> None:
        pill = rect.adjusted(10, 1, -10, -1)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            paint_ground(painter, pill, "sel", "accent")
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, pill, "hover", "hover")
        middle = rect.y() + rect.height() // 2
        if found.person:
            paint_avatar(painter, QRect(20, middle - 11, 22, 22), found.person)
        else:
            paint_icon(painter, QRect(23, middle - 8, 16, 16), found.icon, "accent" if is_chosen else "muted")
        right = self._paint_right(painter, rect, found, is_chosen=is_chosen)
        left = paint_marked(painter, QRect(56, rect.y(), right - 56, rect.height()), found.text, found.words)
        note = QRect(left + Space.M, rect.y(), right - left - Space.M, rect.height())
        if note.width() > Space.XXL:
            paint_text(painter, note, found.note, "muted")

    def _paint_right(self, painter: QPainter, rect: QRect, found: Found, *, is_chosen: bool) -> int:
        """Paint keys and priority from the right; return where the words must stop."""
        right = rect.right() - 20
        middle = rect.y() + rect.height() // 2
        keys = key_names(found.key) if found.key else (["Enter"] if is_chosen else [])
        for key in reversed(keys):
            width = key_cap_width(key)
            right -= width
            paint_key_cap(painter, QRect(right, middle - 10, width, 20), key)
            right -= Space.XS
        if found.priority:
            right -= Size.CHIP_WIDTH + Space.XS
            paint_priority(painter, QRect(right, rect.y(), Size.CHIP_WIDTH, rect.height()), found.priority)
        return right - Space.S


def paint_marked(painter: QPainter, rect: QRect, text: str, words: tuple[str, ...]) -> int:
    """Paint one line with the letters of `words` in the accent's colour; return where it ends."""
    left = rect.x()
    if width_of(text) > rect.width() or not words:
        paint_text(painter, rect, text)
        return left + min(rect.width(), width_of(text))
    pattern = re.compile(
        "(" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")", re.IGNORECASE
    )
    for number, part in enumerate(pattern.split(text)):
        if part:
            is_hit = number % 2 == 1
            width = width_of(part, strong=is_hit)
            place = QRect(left, rect.y(), width + 2, rect.height())
            paint_text(painter, place, part, "accent" if is_hit else "text", strong=is_hit)
            left += width
    return left
