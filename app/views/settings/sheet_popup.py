"""What importing a file would do: the counts, and each row with what changes or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.entities.catalogue_sheets import ImportPlan, PlannedRow, RowState
from app.views.base.columns import CellKind, Column, TextLook
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _, ngettext, pgettext
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Notice
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.states import EmptyState

_SIZE = (920, 520)
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
STATES: Mapping[RowState, LazyText] = {
    RowState.ADDED: N_("new"),
    RowState.CHANGED: N_("changed"),
    RowState.UNCHANGED: N_("unchanged"),
    RowState.REFUSED: N_("cannot be taken"),
}
_INKS = {RowState.REFUSED: "bad", RowState.UNCHANGED: "faint"}


def counts_of(plan: ImportPlan, fmt: Format) -> str:
    """Return "3 new, 2 changed, 40 unchanged"; what there is none of is left out."""
    found = [f"{fmt.number(plan.count(state))} {STATES[state]}" for state in RowState if plan.count(state)]
    return pgettext("between things", ", ").join(found)


def said_of(row: PlannedRow, fmt: Format) -> str:
    """Return what changes in a row, "name: Printer → Printers", or why it cannot be taken."""
    if row.refusal is not None:
        return explain(row.refusal, fmt).happened
    changes = (f"{column}: {before or '–'} → {after or '–'}" for column, before, after in row.changes)
    return "; ".join(" ".join(change.split()) for change in changes)


class SheetPopup(Popup):
    """Rows that cannot be taken stand first; while there are any, nothing is imported. Ctrl+Enter imports."""

    confirmed = Signal()

    def __init__(self, window: QWidget, fmt: Format) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("sheet_popup")
        self._format = fmt
        self.title = PlainLabel("", "section", wrap=True)
        self.counts = PlainLabel("", "muted")
        self.notice = Notice("", tone="warn")
        cross = IconButton("x", _("Close"), small=True, key="Esc")
        cross.clicked.connect(self.close_now)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        self.model: RowsModel[PlannedRow] = RowsModel(self._columns(), self, id_of=lambda row: row.line)
        self.table = Table()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Rows of the file"))
        self.table.set_empty_widget(
            EmptyState("file-up", _("Nothing to import"), _("Every row is as it is here."))
        )
        self.cancel = Button(_("Cancel"))
        self.act = Button(_("Import"), ButtonKind.PRIMARY, key="Ctrl+Enter")
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.counts, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.act)
        self.body.addLayout(head)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(foot)
        self.cancel.clicked.connect(self.close_now)
        self.act.clicked.connect(self._confirm)

    def show_plan(self, name: str, plan: ImportPlan) -> None:
        """Show what importing the file `name` would do; rows that stay as they are only as a count."""
        self.setFixedSize(
            min(_SIZE[0], self._window.width() - 2 * Space.L),
            min(_SIZE[1], self._window.height() - 2 * Space.L),
        )
        title = _("Import “{name}”").format(name=name)
        self.title.setText(title)
        self.setAccessibleName(title)
        self.counts.setText(counts_of(plan, self._format))
        rows = [row for row in plan.rows if row.state is not RowState.UNCHANGED]
        rows.sort(key=lambda row: row.state is not RowState.REFUSED)
        self.model.set_rows(rows)
        self._show_buttons(plan)
        self.open_centred()
        (self.act if self.act.isEnabled() else self.cancel).setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in _ENTER:
            self._confirm()
        else:
            super().keyPressEvent(event)

    def _show_buttons(self, plan: ImportPlan) -> None:
        refused = len(plan.refused)
        taken = plan.count(RowState.ADDED) + plan.count(RowState.CHANGED)
        self.notice.setVisible(bool(refused))
        text = ngettext(
            "{n} row cannot be taken, so nothing is imported. Correct the file and choose it again.",
            "{n} rows cannot be taken, so nothing is imported. Correct the file and choose it again.",
            refused,
        )
        self.notice.say(text.format(n=self._format.number(refused)), tone="warn")
        words = ngettext("Import {n} entry", "Import {n} entries", taken)
        self.act.say(words.format(n=self._format.number(taken)) if taken else _("Import"))
        if refused:
            self.act.wait_for(_("Some rows cannot be taken."))
        else:
            self.act.wait_for("" if taken else _("Every row is as it is here."))

    def _confirm(self) -> None:
        if self.act.isEnabled():
            self.confirmed.emit()

    def _columns(self) -> tuple[Column[PlannedRow], ...]:
        return (
            Column("line", N_("Row"), lambda row: str(row.line), CellKind.NUMBER, width=56, look=_look),
            Column("code", N_("Code"), lambda row: row.code, width=120, look=_look),
            Column("name", N_("Entry"), lambda row: row.name, width=150, look=_look),
            Column("state", N_("What happens"), lambda row: str(STATES[row.state]), width=120, look=_look),
            Column(
                "said", N_("Details"), lambda row: said_of(row, self._format), is_stretched=True, look=_look
            ),
        )


def _look(row: PlannedRow) -> TextLook | None:
    ink = _INKS.get(row.state)
    return TextLook(token=ink) if ink is not None else None
