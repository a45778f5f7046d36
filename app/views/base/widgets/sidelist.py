"""The list at the side of a page: sections of items with an icon and a count, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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

from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Size, Space, Type
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text, width_of

_KEY = Qt.ItemDataRole.UserRole
_ITEM = Qt.ItemDataRole.UserRole + 1
_SIDE = 10
_ANY_INDEX = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class SideItem:
    """One line. `tone` colours the count where it is a warning: "bad", "warn" or "".

    `badge` draws the count in a filled round: something waits for *me*.
    """

    key: str
    text: str
    icon: str = ""
    count: int | None = None
    tone: str = ""
    badge: bool = False


@dataclass(frozen=True, slots=True)
class SideSection:
    """A heading, or none for "", and the items under it."""

    title: str
    items: Sequence[SideItem]


class SideList(QListView):
    """Sections of items; arrows move over the headings, Enter or a click chooses."""

    chosen = Signal(str)  # the key, only when a person chose

    def __init__(self, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(said)
        self.setProperty("surface", "list")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_SideDelegate(self))
        self._lines = QStandardItemModel(self)
        self.setModel(self._lines)
        self.clicked.connect(self._tell)
        self.activated.connect(self._tell)
        self._told = ""

    def set_sections(self, sections: Sequence[SideSection]) -> None:
        """Show these sections; the chosen item stays chosen if it is still there."""
        kept = self.key
        self._lines.clear()
        for section in sections:
            if section.title:
                self._lines.appendRow(_heading(section.title))
            for item in section.items:
                self._lines.appendRow(_line(item))
        self.choose(kept)

    @property
    def key(self) -> str:
        """The key of the chosen item, or ""."""
        return str(self.currentIndex().data(_KEY) or "")

    def choose(self, key: str) -> None:
        """Choose without telling anybody; an unknown key chooses nothing."""
        self._told = key
        found = self._lines.match(self._lines.index(0, 0), _KEY, key, 1, Qt.MatchFlag.MatchExactly)
        if key and found:
            self.setCurrentIndex(found[0])
        else:
            self.clearSelection()

    def set_count(self, key: str, count: int | None, tone: str = "") -> None:
        """Change one count in place."""
        for index in self._lines.match(self._lines.index(0, 0), _KEY, key, 1, Qt.MatchFlag.MatchExactly):
            item: SideItem = index.data(_ITEM)
            changed = SideItem(item.key, item.text, item.icon, count, tone, item.badge)
            line = self._lines.itemFromIndex(index)
            line.setData(changed, _ITEM)
            line.setData(_said(changed), Qt.ItemDataRole.AccessibleTextRole)

    def sizeHint(self) -> QSize:
        return QSize(200, 320)

    def _tell(self, index: QModelIndex) -> None:
        key = str(index.data(_KEY) or "")
        # A click is "clicked" and, on some desktops, "activated" too: tell once.
        if key and key != self._told:
            self._told = key
            self.chosen.emit(key)


def _heading(title: str) -> QStandardItem:
    line = QStandardItem(title)
    line.setFlags(Qt.ItemFlag.NoItemFlags)
    return line


def _line(item: SideItem) -> QStandardItem:
    line = QStandardItem(item.text)
    line.setData(item.key, _KEY)
    line.setData(item, _ITEM)
    line.setData(_said(item), Qt.ItemDataRole.AccessibleTextRole)
    return line


def _said(item: SideItem) -> str:
    return item.text if item.count is None else f"{item.text}, {item.count}"


class _SideDelegate(QStyledItemDelegate):
    """Paints a whole line itself; headings are the lines without an item."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _ANY_INDEX) -> QSize:
        if index.data(_ITEM) is None:
            first = index.row() == 0
            return QSize(100, Size.ROW_SIDE - (4 if first else 0))
        return QSize(100, Size.ROW_SIDE + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _ANY_INDEX) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        item: SideItem | None = index.data(_ITEM)
        if item is None:
            words = rect.adjusted(_SIDE, 0, -_SIDE, -2)
            align = Qt.AlignmentFlag.AlignLeft
            text = str(index.data(Qt.ItemDataRole.DisplayRole)).upper()
            paint_text(painter, words, text, "faint", pixels=Type.SMALL, strong=True, align=align)
        else:
            self._paint_item(painter, rect.adjusted(0, 0, 0, -1), state, item)
        painter.restore()

    def _paint_item(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, item: SideItem) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(tok("sel"))
            painter.drawRoundedRect(rect, Radius.CONTROL, Radius.CONTROL)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, rect, "press", "press")
        left = rect.x() + _SIDE
        if item.icon:
            spot = QRect(left, rect.y() + (rect.height() - Size.ICON) // 2, Size.ICON, Size.ICON)
            paint_icon(painter, spot, item.icon, "accent" if chosen else "muted")
            left += Size.ICON + Space.S
        right = self._paint_count(painter, rect, item, chosen=chosen)
        words = QRect(left, rect.y(), right - left - Space.S, rect.height())
        paint_text(painter, words, item.text, strong=chosen)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, rect)

    def _paint_count(self, painter: QPainter, rect: QRect, item: SideItem, *, chosen: bool) -> int:
        """Paint the count at the right end; return where the words must stop."""
        right = rect.right() - _SIDE
        if item.count is None:
            return right
        text = str(item.count)
        ink = item.tone or ("accent" if chosen else "muted")
        strong = bool(item.tone) or item.badge
        width = width_of(text, Type.BASE, strong=strong) + 2
        place = QRect(right - width, rect.y(), width, rect.height())
        if item.badge:
            box = QRect(0, 0, max(18, width + 10), 18)
            box.moveCenter(place.center())
            box.moveRight(right)
            paint_ground(painter, box, "p1", "p1", 9)
            ink, place = "on_p1", box
        align = Qt.AlignmentFlag.AlignHCenter if item.badge else Qt.AlignmentFlag.AlignRight
        paint_text(painter, place, text, ink, strong=strong, align=align, pixels=11 if item.badge else 13)
        return place.x()
