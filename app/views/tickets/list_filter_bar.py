"""The row of filter chips, and the menus that add a filter or change one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QLayout, QLayoutItem, QMenu, QWidget

from app.services.search.rules import FilterTerm, Query, Word, to_text
from app.services.tickets.listing import TicketOrder
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.chips import FilterChip
from app.views.tickets.desk_names import DeskNames
from app.views.tickets.list_columns import ORDER_NAMES, ORDERS
from app.views.tickets.list_filters import (
    MENU_FIELDS,
    Offer,
    field_words,
    offers,
    value_words,
    word_text,
)
from app.views.tickets.list_presenter import Order

_LINE = 32  # the height of chips as the style sheet makes them: what is lower stands in its middle


class FilterBar(QWidget):
    """Everything that narrows the list is visible here and can be taken away."""

    add_asked = Signal(object)  # FilterTerm
    replace_asked = Signal(object, object)  # FilterTerm, FilterTerm
    remove_asked = Signal(object)  # FilterTerm
    word_removed = Signal(object)  # Word
    order_removed = Signal()
    order_asked = Signal(object, bool)  # TicketOrder, descending
    retype_asked = Signal(str)  # a chip that no menu can change: its text goes back into the field
    save_asked = Signal()

    def __init__(self, names: DeskNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._chips: list[FilterChip] = []
        self.add = Button(_("Add filter"), ButtonKind.LINK, icon="plus", small=True)
        self.save = Button(_("Save as view"), ButtonKind.LINK, small=True)
        self._flow = _Flow(self)
        self._flow.addWidget(self.add)
        self._flow.addWidget(self.save)
        self.add.clicked.connect(self._open_menu)
        self.save.clicked.connect(self.save_asked)

    @property
    def chips(self) -> list[FilterChip]:
        """The chips shown, in their order."""
        return list(self._chips)

    def show_filters(self, query: Query, order: Order | None, *, is_changed: bool) -> None:
        """Show one chip per filter and word, and one for an order that is not the natural one."""
        had_focus = any(chip.hasFocus() for chip in self._chips)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for word in query.words:
            self._add_word(word)
        for term in query.filters:
            self._add_term(term)
        if order is not None:
            self._add_order(order)
        self.save.setVisible(is_changed)
        self._flow.invalidate()
        self._order_stops()
        if had_focus:
            (self._chips[-1] if self._chips else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def add_menu(self, parent: QWidget) -> QMenu:
        """Return the menu of all fields with their usual values."""
        menu = QMenu(parent)
        for field in MENU_FIELDS:
            offered = offers(field, self._names)
            if offered:
                below = menu.addMenu(field_words(field))
                for offer in offered:
                    action = below.addAction(offer[2].replace("&", "&&"))
                    action.triggered.connect(partial(self._added, field, offer))
        return menu

    def _add_word(self, word: Word) -> None:
        chip = self._insert(_("Contains"), word_text(word))
        chip.remove_asked.connect(lambda: self.word_removed.emit(word))
        chip.edit_asked.connect(lambda: self._retype(Query((word,)), self.word_removed, word))

    def _add_term(self, term: FilterTerm) -> None:
        chip = self._insert(field_words(term.field), value_words(term, self._names))
        chip.remove_asked.connect(lambda: self.remove_asked.emit(term))
        chip.edit_asked.connect(lambda: self._open_values(chip, term))

    def _add_order(self, order: Order) -> None:
        chip = self._insert(_("Sorted"), _arrowed(str(ORDER_NAMES[order[0]]), is_descending=order[1]))
        chip.remove_asked.connect(self.order_removed)
        chip.edit_asked.connect(lambda: self._open_orders(chip, order))

    def _insert(self, field: str, value: str) -> FilterChip:
        chip = FilterChip(field, value)
        self._flow.insert(len(self._chips), chip)
        self._chips.append(chip)
        chip.show()
        return chip

    def _order_stops(self) -> None:
        """Let Tab reach the chips where they are seen: before the button that adds one."""
        before: QWidget = self.add
        for chip in self._chips:
            QWidget.setTabOrder(before, chip)
            before = chip
        if self._chips:
            QWidget.setTabOrder(before, self.add)

    def _open_menu(self) -> None:
        menu = self.add_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

    def _open_values(self, chip: FilterChip, term: FilterTerm) -> None:
        offered = offers(term.field, self._names)
        if not offered:
            self._retype(Query(filters=(term,)), self.remove_asked, term)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for offer in offered:
            action = menu.addAction(offer[2].replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(offer[0] is term.operator and offer[1] in term.values)
            action.triggered.connect(partial(self._changed, term, offer))
        menu.addSeparator()
        remove = menu.addAction(_("Remove the filter"))
        remove.triggered.connect(lambda: self.remove_asked.emit(term))
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _open_orders(self, chip: FilterChip, order: Order) -> None:
        menu = self.order_menu(order, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def order_menu(self, order: Order, parent: QWidget) -> QMenu:
        """Return the menu of all orders; the one in force turns round when it is chosen again."""
        menu = QMenu(parent)
        for each in ORDERS.values():
            action = menu.addAction(str(ORDER_NAMES[each]))
            action.setCheckable(True)
            action.setChecked(each is order[0])
            is_descending = each is order[0] and not order[1]
            action.triggered.connect(partial(self._ordered, each, is_descending))
        menu.addSeparator()
        menu.addAction(_("As it suits the list")).triggered.connect(self.order_removed)
        return menu

    def _ordered(self, order: TicketOrder, is_descending: bool, _is_checked: bool = False) -> None:
        self.order_asked.emit(order, is_descending)

    def _retype(self, query: Query, removed: SignalInstance, what: object) -> None:
        removed.emit(what)
        self.retype_asked.emit(to_text(query))

    def _added(self, field: str, offer: Offer, _is_checked: bool = False) -> None:
        self.add_asked.emit(FilterTerm(field, offer[0], (offer[1],)))

    def _changed(self, term: FilterTerm, offer: Offer, _is_checked: bool = False) -> None:
        """Add or drop a value where several may hold; elsewhere put the new one in its place."""
        operator, value, _words = offer
        values: tuple[str, ...] = (value,)
        if operator is term.operator and term.field not in {"vip", "breached", "reopened", "due"}:
            rest = tuple(each for each in term.values if each != value)
            values = rest if value in term.values else (*term.values, value)
        if values:
            self.replace_asked.emit(term, FilterTerm(term.field, operator, values))
        else:
            self.remove_asked.emit(term)


def _arrowed(name: str, *, is_descending: bool) -> str:
    return f"{name} ↓" if is_descending else f"{name} ↑"


class _Flow(QLayout):
    """Chips from left to right, wrapped; the last widget, "Save as view", stands at the right end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def insert(self, at: int, widget: QWidget) -> None:
        """Put a widget at a place."""
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(QRect(0, 0, width, 0), is_real=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._items), default=0)
        height = max((item.minimumSize().height() for item in self._items), default=0)
        return QSize(widest, height)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect, is_real=True)

    def _lay_out(self, rect: QRect, *, is_real: bool) -> int:
        left, top, line = rect.x(), rect.y(), 0
        shown = [item for item in self._items if not item.isEmpty()]
        for item in shown:
            hint = item.sizeHint().expandedTo(item.minimumSize())
            if left > rect.x() and left + hint.width() > rect.right() + 1:
                left, top, line = rect.x(), top + line + Space.S, 0
            is_last = item is self._items[-1]
            at = max(left, rect.right() + 1 - hint.width()) if is_last else left
            if is_real:
                item.setGeometry(QRect(QPoint(at, top + (_LINE - hint.height()) // 2), hint))
            left += hint.width() + Space.S
            line = _LINE
        return top + line - rect.y()
