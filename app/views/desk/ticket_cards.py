"""My queue, and what breaches next on the whole desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.models.entities.tickets import TicketRow
from app.views.base.i18n import _
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.tokens import Size
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card
from app.views.base.widgets.states import EmptyState
from app.views.base.widgets.switches import Choice, Segment
from app.views.desk.presenter import QueuePart
from app.views.desk.rows import TicketCells

_FEWEST_ROWS = 5
_EMPTY_ROWS = 7  # what the words and the button of an empty queue need
# Title, header and margins of the queue.
_CARD_FRAME = 100


class QueueCard(Card):
    """What waits for me, in parts; Enter opens a ticket."""

    part_chosen = Signal(object)  # QueuePart
    ticket_asked = Signal(object)  # ticket id
    unassigned_asked = Signal()

    def __init__(self, cells: TicketCells, parent: QWidget | None = None) -> None:
        super().__init__(_("My queue"), flush=True, parent=parent)
        self.parts = Segment(
            [
                Choice(QueuePart.ALL, _("All")),
                Choice(QueuePart.TO_DO, _("To do")),
                Choice(QueuePart.WAITING, _("Waiting for others")),
            ],
            said=_("Part of my queue"),
        )
        self.head.addWidget(self.parts)
        self.rows: RowsModel[TicketRow] = RowsModel(cells.queue_columns(), self)
        self.table = Table()
        self.table.setAccessibleName(_("My queue"))
        self.table.setModel(self.rows)
        take = Button(_("Show unassigned tickets"), icon="inbox")
        take.clicked.connect(self.unassigned_asked)
        text = _("Tickets that are yours stand here, the most urgent first.")
        self._empty = EmptyState("circle-check", _("Nothing waits for you"), text, take, tone="ok")
        self._empty.hide()
        self.body.addWidget(self.table)
        self._most = _FEWEST_ROWS
        self._fit()
        self.parts.chosen.connect(lambda key: self.part_chosen.emit(QueuePart(key)))
        self.table.opened.connect(self.ticket_asked)

    def show_rows(self, rows: Sequence[TicketRow], counts: Mapping[QueuePart, int]) -> None:
        """Show these tickets; `counts` says how many each part holds."""
        if self._empty.parent() is None:  # only now is it known that there is nothing
            self.table.set_empty_widget(self._empty)
        self.rows.set_rows(rows)
        self._fit()
        self.set_note(str(counts[QueuePart.ALL]))
        for part in (QueuePart.TO_DO, QueuePart.WAITING):
            self.parts.set_count(part, counts[part])

    def give_room(self, height: int) -> None:
        """Show as many rows as fit into `height` pixels for the whole card, but never fewer than five."""
        self._most = max(_FEWEST_ROWS, (height - _CARD_FRAME) // Size.ROW)
        self._fit()

    def _fit(self) -> None:
        count = self.rows.rowCount()
        shown = max(_FEWEST_ROWS, min(self._most, count)) if count else _EMPTY_ROWS
        self.table.setFixedHeight(Size.HEADER + shown * Size.ROW + 2)


class BreachesCard(Card):
    """The promises of the whole desk that break next, as tall as they are many."""

    ticket_asked = Signal(object)  # ticket id
    list_asked = Signal()

    def __init__(self, cells: TicketCells, parent: QWidget | None = None) -> None:
        super().__init__(_("Breaches next"), note=_("whole desk"), flush=True, parent=parent)
        self.open_list = Button(_("Open list"), ButtonKind.LINK, small=True)
        self.head.addWidget(self.open_list)
        self.rows: RowsModel[TicketRow] = RowsModel(cells.breach_columns(), self)
        self.table = Table()
        self.table.setAccessibleName(_("Breaches next"))
        self.table.setModel(self.rows)
        self.table.columns_header.hide()
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = EmptyState(
            "circle-check",
            _("No promise is in danger"),
            _("Open tickets with a promised time stand here, the first to break on top."),
            tone="ok",
        )
        self.body.addWidget(self.table)
        self.body.addWidget(self.empty)
        self.table.hide()
        self.empty.hide()
        self.open_list.clicked.connect(self.list_asked)
        self.table.opened.connect(self.ticket_asked)

    def show_rows(self, rows: Sequence[TicketRow]) -> None:
        """Show these tickets."""
        self.rows.set_rows(rows)
        if not self.table.hasFocus():  # one current row on the page is enough: the queue's
            self.table.setCurrentIndex(QModelIndex())
        self.table.setVisible(bool(rows))
        self.table.setFixedHeight(max(1, len(rows)) * Size.ROW + 2)
        self.empty.setVisible(not rows)
