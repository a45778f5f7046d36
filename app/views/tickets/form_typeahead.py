"""A line that finds a record from a few letters: offers drop down, Enter takes the first, arrows move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.paint import paint_ground, paint_text, width_of

_OFFER = Qt.ItemDataRole.UserRole
_ICON_SPACE = 26
_LEAST_WIDTH = 360
_MOST_ROWS = 9


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the drop-down: what is stored for it, its words, and what tells it apart."""

    key: str
    text: str
    detail: str = ""
    icon: str = ""


class TypeAhead(QLineEdit):
    """`asked` wants offers for what is typed; `taken` tells the key of the one a person took, or "".

    Whoever listens answers with `offer`, now or later. Leaving the line with letters that were not taken
    brings the words of the taken offer back, so the line never shows what is not stored.
    """

    asked = Signal(str)
    taken = Signal(str)

    def __init__(
        self, placeholder: str, *, icon: str = "", pause: int = 0, parent: QWidget | None = None
    ) -> None:
        """`pause` is how many milliseconds of rest a key is waited for before `asked`."""
        super().__init__(parent)
        self._icon = icon
        self._key = self._words = self._asked_for = ""
        self._is_typed = False
        self._takes_first = False
        self._list = _OfferList(self)
        self._list.clicked_offer.connect(self._take)
        self.destroyed.connect(self._list.deleteLater)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause)
        self._timer.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.setPlaceholderText(placeholder)
        self.setTextMargins(_ICON_SPACE if icon else 0, 0, 20, 0)
        self.textEdited.connect(self._on_typed)

    @property
    def key(self) -> str:
        """The key of the taken offer, or ""."""
        return self._key

    @property
    def asked_for(self) -> str:
        """What was typed last, also after an offer was taken for it."""
        return self._asked_for

    @property
    def offers(self) -> list[Offer]:
        """What the drop-down shows now; nothing while it is closed."""
        return self._list.offers if self._list.isVisible() else []

    def show_taken(self, key: str, words: str) -> None:
        """Show an offer as taken without telling anybody; "" shows an empty line."""
        self._key, self._words = key, words
        self._is_typed = False
        self.setText(words)
        self.setCursorPosition(0)
        set_tip(self, words)
        self._list.hide()

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show what may be meant, if somebody still waits for it."""
        takes_first, self._takes_first = self._takes_first, False
        if takes_first and offers:
            self._take(offers[0])
        elif self.hasFocus() and self._is_typed:
            self._list.show_offers(offers or [Offer("", _("Nothing found"), icon="search")])
        elif self._is_typed:  # the answer came after the cursor had left
            self.show_taken(self._key, self._words)

    def settle(self) -> None:
        """Take what the typed letters mean, as Enter would; nothing where none are typed."""
        if self._is_typed and self.text().strip():
            self._accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        shown = self._list.isVisible()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & ~_KEYPAD:
            self._accept()
        elif key == Qt.Key.Key_Escape and (shown or self._is_typed):
            self.show_taken(self._key, self._words)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
        ):
            self.settle()
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._list.hide()
        is_elsewhere = event.reason() is Qt.FocusReason.ActiveWindowFocusReason
        if is_elsewhere or self._takes_first or not self._is_typed:
            return
        if self.text().strip() or not self._key:
            self.show_taken(self._key, self._words)
        else:
            self._take(Offer("", ""))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        top = (self.height() - Size.ICON) // 2
        if self._icon:
            paint_icon(painter, QRect(10, top, Size.ICON, Size.ICON), self._icon, "muted")
        spot = QRect(self.width() - 24, (self.height() - 14) // 2, 14, 14)
        paint_icon(painter, spot, "chevron-down", "muted" if self.isEnabled() else "ghost")

    def _on_typed(self) -> None:
        self._is_typed = True
        self._asked_for = self.text().strip()
        self._timer.start()

    def _step(self, by: int) -> None:
        if self._list.isVisible():
            self._list.step(by)
        else:
            self._is_typed = True
            self.asked.emit("")

    def _accept(self) -> None:
        if self._list.isVisible() and self._list.current is not None and not self._timer.isActive():
            self._take(self._list.current)
        elif self._is_typed and self.text().strip():
            # Faster than the offers: the first of those still to come is meant.
            self._takes_first = True
            self._timer.stop()
            self.asked.emit(self.text().strip())
        elif self._is_typed:
            self._take(Offer("", ""))
        else:
            self.focusNextChild()

    def _take(self, offer: Offer) -> None:
        self._timer.stop()
        self._takes_first = False
        self.show_taken(offer.key, offer.text)
        self.taken.emit(offer.key)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class _OfferList(QFrame):
    """The drop-down: a child of the window, so the line keeps the focus."""

    clicked_offer = Signal(object)

    def __init__(self, line: TypeAhead) -> None:
        super().__init__(line)
        self.setProperty("surface", "popup")
        self._line = line
        self._model = QStandardItemModel(self)
        self._view = QListView()
        self._view.setProperty("surface", "list")
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setMouseTracking(True)
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setModel(self._model)
        self._view.setItemDelegate(_OfferDelegate(self._view))
        self._view.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XS, Space.XS, Space.XS, Space.XS)
        column.addWidget(self._view)
        self.hide()

    def _on_clicked(self, _index: QModelIndex) -> None:
        if self.current is not None:
            self.clicked_offer.emit(self.current)

    @property
    def offers(self) -> list[Offer]:
        return [self._model.item(row).data(_OFFER) for row in range(self._model.rowCount())]

    @property
    def current(self) -> Offer | None:
        offer = self._view.currentIndex().data(_OFFER)
        return offer if isinstance(offer, Offer) and offer.key else None

    def show_offers(self, offers: Sequence[Offer]) -> None:
        self._model.clear()
        for offer in offers:
            item = QStandardItem(offer.text)
            item.setData(offer, _OFFER)
            item.setData(f"{offer.text}, {offer.detail}".strip(", "), Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        self._view.setCurrentIndex(self._model.index(0, 0))
        self._place(len(offers))
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        row = min(max(0, self._view.currentIndex().row() + by), self._model.rowCount() - 1)
        self._view.setCurrentIndex(self._model.index(row, 0))

    def _place(self, rows: int) -> None:
        window = self._line.window()
        if self.parent() is not window:
            self.setParent(window)
        height = min(rows, _MOST_ROWS) * Size.ROW_SIDE + 2 * Space.XS + 2
        width = max(self._line.width(), _LEAST_WIDTH)
        corner = self._line.mapTo(window, QPoint(0, self._line.height() + 2))
        top = corner.y()
        if top + height > window.height():
            top = max(0, self._line.mapTo(window, QPoint(0, 0)).y() - height - 2)
        left = max(0, min(corner.x(), window.width() - width - Space.S))
        self.setGeometry(left, top, width, height)


class _OfferDelegate(QStyledItemDelegate):
    """Paints a whole line: icon, words, and at the right in grey what tells it apart."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, Size.ROW_SIDE)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        offer: Offer = index.data(_OFFER)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            paint_ground(painter, rect, "sel", "accent")
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, rect, "hover", "hover")
        left = rect.x() + Space.S
        if offer.icon:
            spot = QRect(left, rect.y() + (rect.height() - Size.ICON_SMALL) // 2, 14, 14)
            paint_icon(painter, spot, offer.icon, "muted")
            left += Size.ICON_SMALL + Space.S
        room = rect.right() - left - Space.S
        words = min(width_of(offer.text) + 2, room)
        paint_text(painter, QRect(left, rect.y(), words, rect.height()), offer.text)
        rest = QRect(left + words + Space.M, rect.y(), room - words - Space.M, rect.height())
        if rest.width() > Space.XL:
            align = Qt.AlignmentFlag.AlignRight
            paint_text(painter, rest, offer.detail, "muted", pixels=Type.NUMBER, align=align)
        painter.restore()
