"""The popup that sets a priority: impact times urgency on the site's matrix, with the promise it makes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.tickets import PrioritySource, Ticket, TicketType
from app.services.base.names import name_in
from app.services.base.terms import priority_title, term
from app.services.priority.rules import agreed_by
from app.views.base.i18n import _, current, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.chips import PriorityChip
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel, rule
from app.views.base.widgets.matrix import Cell, MatrixGrid
from app.views.tickets.action_popups.base import ActionPopup
from app.views.tickets.action_popups.meant import Meant, told

_WIDTH = 560


class LevelsPopup(ActionPopup):
    """The matrix as a field: arrows move, Enter or a click takes the cell.

    For one ticket the promise of the cell under the cursor is shown as one moves (`previewed`). Whoever may
    overrule the matrix can choose a priority by hand, with a reason.
    """

    previewed = Signal(int, int)
    overruled = Signal()
    matrix_asked = Signal()

    def __init__(self, window: QWidget, *, may_overrule: bool) -> None:
        super().__init__(window, _("Set priority"), width=_WIDTH)
        self.setObjectName("levels_popup")
        self._may_overrule = may_overrule
        self._matrix = self._shown = MatrixDefinition((), (), {})
        self._kinds: tuple[TicketType, ...] = ()
        self.meant: Sequence[Meant] = ()
        self.ticket: Ticket | None = None
        self.grid = MatrixGrid()
        self.chip = PriorityChip(3)
        self.promise = PlainLabel("", "muted", wrap=True)
        self.levels = Choose()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why the matrix does not fit here"))
        self.reason.setAccessibleName(_("Reason"))
        self.overrule = Button(_("Set by hand"), ButtonKind.DEFAULT)
        self.follow = Button(_("Follow the matrix again"), ButtonKind.LINK)
        self._hand = QWidget()
        self._build()
        self.grid.previewed.connect(self._preview)
        self.grid.chosen.connect(lambda *_cell: self.confirmed.emit())
        self.reason.textChanged.connect(lambda _text: self._wait())
        self.reason.returnPressed.connect(self.overrule.click)
        self.overrule.clicked.connect(self.overruled)
        self.follow.clicked.connect(self.matrix_asked)

    def ask(self, meant: Sequence[Meant], matrix: MatrixDefinition, ticket: Ticket | None) -> None:
        """Ask for impact and urgency; `ticket` is the one ticket whole, None for many.

        Shown is what `matrix` gives tickets of their types. Where they are of several, and the types do not
        agree on a cell, the cell stays empty and what each type gets is said below.
        """
        self.meant, self._matrix, self.ticket = meant, matrix, ticket
        kinds = {each.type for each in meant} if ticket is None else {ticket.type}
        self._kinds = tuple(kind for kind in TicketType if kind in kinds)
        self._shown = agreed_by(matrix, self._kinds)
        only = meant[0] if len(meant) == 1 else None
        self.say(_("Priority of {tickets}").format(tickets=told(meant)), only.subject if only else "")
        self.grid.show_matrix(self._shown, name_of=_level_name)
        self.grid.choose((ticket.impact, ticket.urgency) if ticket is not None else None)
        self.levels.clear()
        numbers = sorted({*self._shown.cells.values(), 1})
        for number in numbers:
            self.levels.addItem(priority_title(current.texts, number), number)
        is_by_hand = ticket is not None and ticket.priority_source is PrioritySource.OVERRIDE
        if ticket is not None:
            self.levels.setCurrentIndex(max(0, self.levels.findData(ticket.priority)))
        self.reason.clear()
        is_major = ticket is not None and ticket.is_major
        self._hand.setVisible(self._may_overrule and ticket is not None and not is_major)
        self.follow.setVisible(is_by_hand and not is_major)
        if is_major:
            self.note.setText(_("A major incident is P1 until it is withdrawn, whatever the matrix says."))
        elif is_by_hand:
            self.note.setText(_("The priority was set by hand; the matrix does not decide it."))
        self._wait()
        self._show_cell(self.cell)
        self.open_on(self.grid)

    @property
    def cell(self) -> Cell | None:
        """The cell meant now: the one under the cursor, so that Ctrl+Enter takes what is shown."""
        return self.grid.cursor_cell

    @property
    def level(self) -> int:
        """The priority chosen by hand."""
        return int(self.levels.currentData() or 0)

    @property
    def text(self) -> str:
        """Why it is set by hand."""
        return self.reason.text().strip()

    def show_promise(self, text: str) -> None:
        """Say what the cell under the cursor would promise."""
        self.promise.setText(text)

    def _build(self) -> None:
        shown = QHBoxLayout()
        shown.setSpacing(Space.M)
        shown.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        shown.addWidget(self.promise, 1)
        self.content.addWidget(self.grid)
        self.content.addLayout(shown)
        row = QHBoxLayout(self._hand)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.levels)
        row.addWidget(self.reason, 1)
        row.addWidget(self.overrule)
        self.levels.setAccessibleName(_("Priority"))
        self.content.addWidget(rule())
        self.content.addWidget(Field(_("Against the matrix"), self._hand))
        self.content.addWidget(self.follow, 0, Qt.AlignmentFlag.AlignLeft)

    def _preview(self, impact: int, urgency: int) -> None:
        self._show_cell((impact, urgency))
        self.previewed.emit(impact, urgency)

    def _show_cell(self, cell: Cell | None) -> None:
        level = self._shown.cells.get(cell) if cell is not None else None
        self.chip.setVisible(level is not None)
        if level is not None:
            self.chip.show_level(level, priority_title(current.texts, level))
            self.promise.setText(priority_title(current.texts, level))
        elif cell is not None:
            self.promise.setText(self._by_type(cell))

    def _by_type(self, cell: Cell) -> str:
        """Say "Incident P2, Service request P3": what a cell gives tickets of several types."""
        given = (
            _("{type} P{priority}").format(
                type=term(current.texts, kind), priority=self._matrix.cells_for(kind).get(cell, "–")
            )
            for kind in self._kinds
        )
        return pgettext("between things", ", ").join(given)

    def _wait(self) -> None:
        self.overrule.wait_for("" if self.text else _("A priority set by hand needs a reason."))


def _level_name(level: Level) -> str:
    return name_in(level.name, level.name_alt, current.code)
