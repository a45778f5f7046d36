"""One's own wishes for the days to come, how many are left in each month, and taking them back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.roster_plan import Wish
from app.models.entities.wishes import WishDesk, WishMonth
from app.views.base.columns import Column
from app.views.base.i18n import N_, _, ngettext, pgettext
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.leave.leave_words import LeaveWords


class WishesView(QWidget):
    """A table by date; Enter opens the wish, Delete takes it back."""

    wish_asked = Signal(object)  # the Wish to change, or None for a new one
    back_asked = Signal(object)  # the date

    def __init__(self, words: LeaveWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wishes")
        self._words = words
        self.desk = WishDesk((), (), ())
        self.note = PlainLabel("", "muted", wrap=True)
        self.back = Button(_("Withdraw the wish"), icon="undo-2", key="Del")
        self.wish = Button(_("Wish…"), icon="star", key="Alt+W")
        self.model: RowsModel[Wish] = RowsModel(self._columns(), self, id_of=_key)
        self.table = Table()
        self.table.setAccessibleName(_("My wishes"))
        self.table.setModel(self.model)
        self.table.set_empty_widget(
            EmptyState(
                "star",
                _("No wishes"),
                _("Wish for a shift or to be off; whoever plans and auto-fill look at it."),
            )
        )
        self.back.clicked.connect(self.take_back)
        self.wish.clicked.connect(lambda: self.wish_asked.emit(None))
        self.table.opened.connect(lambda _row: self.wish_asked.emit(self.chosen))
        self.table.current_changed.connect(lambda _row: self._show_deeds())
        card = Card(flush=True)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        row = row_of(self.note, self.back, self.wish)
        row.setStretch(0, 1)
        column.addLayout(row)
        column.addWidget(card, 1)
        self.setFocusProxy(self.table)
        self._show_deeds()

    @property
    def chosen(self) -> Wish | None:
        """The wish of the current row."""
        row = self.model.row_of(self.table.current_id) if self.table.current_id is not None else None
        return self.model.row_at(row) if row is not None else None

    @property
    def why_not_back(self) -> str:
        """Why the chosen wish cannot be taken back; "" where it can."""
        chosen = self.chosen
        if chosen is None:
            return _("Choose a wish first.")
        if self.desk.month_of(chosen).is_closed:
            return _("The month is published: its wishes are closed.")
        return ""

    def show_desk(self, desk: WishDesk) -> None:
        """Show the wishes and how the months stand."""
        self.desk = desk
        self.model.set_rows(desk.wishes)
        self.note.setText(pgettext("between things", "; ").join(map(self._month, desk.months[:3])))
        self._show_deeds()

    def take_back(self) -> None:
        """Take the chosen wish back."""
        if self.chosen is not None and not self.why_not_back:
            self.back_asked.emit(self.chosen.on_date)

    # -- inside --------------------------------------------------------------------------------------

    def _columns(self) -> list[Column[Wish]]:
        return [
            Column("date", N_("Date"), lambda one: self._words.day(one.on_date), width=160),
            Column("wish", N_("Wish"), self._wish, width=180),
            Column("text", N_("A word about it"), lambda one: one.text, is_stretched=True),
            Column("state", N_("State"), self._state, width=200),
        ]

    def _wish(self, one: Wish) -> str:
        shift = next((each for each in self.desk.shifts if each.id == one.template_id), None)
        if one.template_id is None:
            return _("To be off")
        return self._words.shift(shift) if shift is not None else _("a shift not used any more")

    def _state(self, one: Wish) -> str:
        is_closed = self.desk.month_of(one).is_closed
        return _("closed, month published") if is_closed else pgettext("wish", "open")

    def _month(self, month: WishMonth) -> str:
        name = self._words.month(month.month)
        if month.is_closed:
            return _("{month} is published: wishes are closed").format(month=name)
        if month.left is None:
            return ngettext("{month}: {n} wish", "{month}: {n} wishes", month.count).format(
                month=name, n=month.count
            )
        return ngettext(
            "{month}: {count} of {most} wish", "{month}: {count} of {most} wishes", month.most
        ).format(month=name, count=month.count, most=month.most)

    def _show_deeds(self) -> None:
        self.back.wait_for(self.why_not_back)


def _key(one: Wish) -> int:
    return one.on_date.toordinal()
