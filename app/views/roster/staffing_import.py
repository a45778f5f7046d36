"""What taking in a file of calls would do: counts, what to know, and rows that cannot be taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.entities.staffing import CallPreview, CallRefusal
from app.views.base.columns import CellKind, Column
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import N_, _, ngettext
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Notice
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.roster import staffing_words as words

_WIDTH = 620
_TABLE = 220
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class CallImportPopup(Popup):
    """While a row cannot be taken nothing is imported. Ctrl+Enter imports."""

    confirmed = Signal()

    def __init__(self, window: QWidget, name: str, preview: CallPreview, fmt: Format) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("call_import")
        self._format = fmt
        title = _("Import “{name}”").format(name=name)
        self.setAccessibleName(title)
        self.counts = PlainLabel(words.import_counts(preview, fmt), wrap=True)
        self.notes = PlainLabel("\n".join(words.import_notes(preview, fmt)), "muted", wrap=True)
        self.notice = Notice("", tone="warn")
        self.model: RowsModel[CallRefusal] = RowsModel(self._columns(), self, id_of=lambda row: row.line)
        self.table = Table()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Rows that cannot be taken"))
        self.table.setFixedHeight(_TABLE)
        self.cancel = Button(_("Cancel"))
        self.act = Button(_("Import"), ButtonKind.PRIMARY, key="Ctrl+Enter")
        self._build(title)
        self._show(preview)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in _ENTER:
            self._confirm()
        else:
            super().keyPressEvent(event)

    def ask(self) -> None:
        """Open, with the focus on what can be done."""
        self.setFixedWidth(min(_WIDTH, self._window.width() - 2 * Space.L))
        self.open_centred()
        (self.act if self.act.isEnabled() else self.cancel).setFocus(Qt.FocusReason.PopupFocusReason)

    def _build(self, title: str) -> None:
        cross = IconButton("x", _("Close"), small=True, key="Esc")
        cross.clicked.connect(self.close_now)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(title, "section", wrap=True), 1)
        head.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.act)
        self.body.addLayout(head)
        for part in (self.counts, self.notes, self.notice, self.table):
            self.body.addWidget(part)
        self.body.addLayout(foot)
        self.cancel.clicked.connect(self.close_now)
        self.act.clicked.connect(self._confirm)

    def _show(self, preview: CallPreview) -> None:
        refused = preview.sheet.refused
        self.model.set_rows(list(refused))
        self.table.setVisible(bool(refused))
        self.notice.setVisible(bool(refused))
        text = ngettext(
            "{n} row cannot be taken, so nothing is imported. Correct the file and choose it again.",
            "{n} rows cannot be taken, so nothing is imported. Correct the file and choose it again.",
            len(refused),
        )
        self.notice.say(text.format(n=self._format.number(len(refused))), tone="warn")
        taken = preview.added + preview.replaced
        said = ngettext("Import {n} hour", "Import {n} hours", taken)
        self.act.say(said.format(n=self._format.number(taken)) if taken else _("Import"))
        if refused:
            self.act.wait_for(_("Some rows cannot be taken."))
        else:
            self.act.wait_for("" if taken else _("Every hour of the file is counted so already."))

    def _confirm(self) -> None:
        if self.act.isEnabled():
            self.close_now()
            self.confirmed.emit()

    def _columns(self) -> tuple[Column[CallRefusal], ...]:
        return (
            Column("line", N_("Row"), lambda row: str(row.line), CellKind.NUMBER, width=72),
            Column(
                "why", N_("Why"), lambda row: explain(row.reason, self._format).happened, is_stretched=True
            ),
        )
