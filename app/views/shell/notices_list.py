"""The lines of the notices popup: disc, sentence, ticket, time; a dot where it is unread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.models.entities.notices import Notice
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.tokens import Radius, Size, Space, Type
from app.views.base.widgets.labels import plain_tip
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text, width_of
from app.views.base.widgets.painted import disc_colours
from app.views.shell.notice_words import LOOKS, about, sentence

_NOTICE = Qt.ItemDataRole.UserRole
_TIME = Qt.ItemDataRole.UserRole + 1
_ABOUT = Qt.ItemDataRole.UserRole + 2
_LINE, _SHORT_LINE = 58, 42
_DISC, _DOT, _SIDE = 28, 7, 10
_RELATIVE_UP_TO = timedelta(hours=12)
_ANY_INDEX = QModelIndex | QPersistentModelIndex


class NoticesList(QListView):
    """Arrows move, Enter or a click opens, Space or R marks as read or unread."""

    opened = Signal(object)  # Notice
    switched = Signal(object)  # Notice

    def __init__(self, prefix: str, fmt: Format, parent: QWidget | None = None) -> None:
        """`prefix` stands before ticket numbers ("#")."""
        super().__init__(parent)
        self._prefix = prefix
        self._format = fmt
        self.setAccessibleName(_("Notices"))
        self.setProperty("surface", "list")
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_NoticeDelegate(self))
        self._lines = QStandardItemModel(self)
        self.setModel(self._lines)
        self.clicked.connect(self._open)

    @property
    def current(self) -> Notice | None:
        """The notice the cursor is on."""
        found = self.currentIndex().data(_NOTICE)
        return found if isinstance(found, Notice) else None

    @property
    def said(self) -> list[str]:
        """What a screen reader says of each line, from above."""
        rows = range(self._lines.rowCount())
        return [str(self._lines.item(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in rows]

    def show_notices(self, notices: Sequence[Notice], now: datetime) -> None:
        """Show other notices; the cursor stays on its notice, or on its line where that is gone."""
        kept, row = self.current, self.currentIndex().row()
        self._lines.clear()
        for notice in notices:
            self._lines.appendRow(self._line(notice, now))
        ids = [notice.id for notice in notices]
        if kept is not None and kept.id in ids:
            row = ids.index(kept.id)
        if notices:
            self.setCurrentIndex(self._lines.index(max(0, min(row, len(ids) - 1)), 0))

    def height_wanted(self) -> int:
        """How high the list is without scrolling."""
        rows = range(self._lines.rowCount())
        return sum(self.sizeHintForRow(row) for row in rows) + 2 * self.frameWidth()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        notice = self.current
        if notice is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(notice)
        elif notice is not None and event.key() in {Qt.Key.Key_Space, Qt.Key.Key_R}:
            self.switched.emit(notice)
        else:
            super().keyPressEvent(event)

    def _line(self, notice: Notice, now: datetime) -> QStandardItem:
        fmt = self._format
        said, what = sentence(notice), about(notice, self._prefix)
        is_recent = now - notice.at < _RELATIVE_UP_TO
        time = fmt.relative(notice.at, now) if is_recent else fmt.when(notice.at, now)
        line = QStandardItem(said)
        line.setData(notice, _NOTICE)
        line.setData(time, _TIME)
        line.setData(what, _ABOUT)
        state = "" if notice.is_read else _("unread")
        spoken = ", ".join(part for part in (state, said, what, time) if part)
        line.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        tip = "\n".join(part for part in (said, what, fmt.exact(notice.at)) if part)
        line.setData(plain_tip(tip), Qt.ItemDataRole.ToolTipRole)
        return line

    def _open(self, index: QModelIndex) -> None:
        notice = index.data(_NOTICE)
        if isinstance(notice, Notice):
            self.opened.emit(notice)


class _NoticeDelegate(QStyledItemDelegate):
    """Paints a whole line itself."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _ANY_INDEX) -> QSize:
        return QSize(100, _LINE if index.data(_ABOUT) else _SHORT_LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _ANY_INDEX) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        notice: Notice = index.data(_NOTICE)
        painter.save()
        pill = rect.adjusted(6, 1, -6, -1)
        if state & QStyle.StateFlag.State_Selected:
            paint_ground(painter, pill, "sel", "accent", Radius.CONTROL)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, pill, "hover", "hover", Radius.CONTROL)
        icon, tone = LOOKS[notice.kind]
        tint, ink = disc_colours("" if notice.is_read else tone)
        disc = QRect(pill.x() + _SIDE, rect.y() + (rect.height() - _DISC) // 2, _DISC, _DISC)
        paint_ground(painter, disc, tint, ink, _DISC / 2)
        spot = QRect(0, 0, Size.ICON_SMALL, Size.ICON_SMALL)
        spot.moveCenter(disc.center())
        paint_icon(painter, spot, icon, ink)
        right = self._paint_right(painter, pill, str(index.data(_TIME)), is_read=notice.is_read)
        self._paint_words(painter, QRect(disc.right() + Space.M, pill.y(), 0, pill.height()), right, index)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, pill)
        painter.restore()

    @staticmethod
    def _paint_right(painter: QPainter, pill: QRect, time: str, *, is_read: bool) -> int:
        """Paint dot and time from the right; return where the words must stop."""
        right = pill.right() - _SIDE - _DOT
        if not is_read:
            dot = QRect(right, pill.center().y() - _DOT // 2, _DOT, _DOT)
            paint_ground(painter, dot, "accent", "accent", _DOT / 2)
        width = width_of(time, Type.SMALL) + 2
        right -= Space.S + width
        paint_text(painter, QRect(right, pill.y(), width, pill.height()), time, "muted", pixels=Type.SMALL)
        return right - Space.M

    @staticmethod
    def _paint_words(painter: QPainter, place: QRect, right: int, index: _ANY_INDEX) -> None:
        notice: Notice = index.data(_NOTICE)
        what = str(index.data(_ABOUT) or "")
        words = QRect(place.x(), place.y(), right - place.x(), place.height())
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        if not what:
            paint_text(painter, words, text, strong=not notice.is_read)
            return
        half = words.height() // 2
        paint_text(painter, words.adjusted(0, 6, 0, -half + 2), text, strong=not notice.is_read)
        paint_text(painter, words.adjusted(0, half - 2, 0, -6), what, "muted")
