"""The faces of the Auto-fill panel: what to do, how far it is, what is proposed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.filling import FillMode
from app.views.base.i18n import _, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Notice, row_of
from app.views.base.widgets.fields import Field, NumberField
from app.views.base.widgets.labels import PlainLabel, plain_tip
from app.views.base.widgets.rows import TallRows
from app.views.base.widgets.states import ProgressLine
from app.views.base.widgets.switches import Choice, Segment, Toggle
from app.views.roster.filling_presenter import FillOptions
from app.views.roster.filling_says import MODES, ListLine

_SECONDS = (5, 600)
ROW = 30


class JumpList(QListWidget):
    """Lines that lead somewhere: Enter, Space or a double click goes there."""

    asked = Signal(object)  # ListLine

    def __init__(self, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(said)
        self.setItemDelegate(TallRows(ROW, parent=self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(self._ask)

    def show_lines(self, lines: Sequence[ListLine]) -> None:
        """Show other lines."""
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.text)
            item.setToolTip(plain_tip(line.text))
            item.setData(Qt.ItemDataRole.UserRole, line)
            self.addItem(item)
        if lines:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and is_plain:
            if item is not None:
                self._ask(item)
        else:
            super().keyPressEvent(event)

    def _ask(self, item: QListWidgetItem) -> None:
        self.asked.emit(item.data(Qt.ItemDataRole.UserRole))


class ChoosingPart(QWidget):
    """What to fill, under which rules, for how long."""

    def __init__(self, options: FillOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode = Segment(
            [Choice(mode.value, str(title)) for mode, (title, _about) in MODES.items()],
            options.mode.value,
            said=_("What is filled"),
        )
        self.about = PlainLabel("", "muted", wrap=True)
        self.strict = Toggle(_("Rules that only warn must hold as well"), on=options.is_strict, shown=True)
        self.contract = Toggle(
            _("Plan the hours agreed, not only the need"), on=options.is_to_contract, shown=True
        )
        self.seconds = NumberField(*_SECONDS, suffix=_(" s"))
        self.seconds.setValue(options.seconds)
        self.start = Button(_("Fill the roster"), ButtonKind.PRIMARY, icon="wand-sparkles", key="Ctrl+Enter")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for part in (self.mode, self.about, self.strict, self.contract):
            column.addWidget(part)
        column.addWidget(Field(_("Look for a better one for at most"), self.seconds))
        column.addStretch(1)
        nothing = PlainLabel(_("Nothing is painted before you take the proposal over."), "small", wrap=True)
        column.addWidget(nothing)
        column.addLayout(row_of(None, self.start))
        self.mode.chosen.connect(self._explain)
        self._explain(options.mode.value)

    @property
    def options(self) -> FillOptions:
        """What is chosen now."""
        return FillOptions(
            FillMode(self.mode.key), self.strict.isChecked(), self.contract.isChecked(), self.seconds.value()
        )

    def _explain(self, key: str) -> None:
        self.about.setText(str(MODES[FillMode(key)][1]))


class RunningPart(QWidget):
    """How far the search is, with the two ways to end it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = ProgressLine(said=_("Looking for a roster"))
        self.time = PlainLabel("", "strong")
        self.cost = PlainLabel("", "muted", wrap=True)
        self.edited = Notice(
            _("Somebody changed the roster while this runs. The proposal will be compared with it."),
            tone="warn",
        )
        self.stop = Button(_("Stop, keep the best"), icon="circle-pause", key="S")
        self.cancel = Button(_("Cancel"), key="Esc")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for part in (self.time, self.line, self.cost, self.edited):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(row_of(None, self.cancel, self.stop))


class ProposalPart(QWidget):
    """The proposal: what changes, which rules stay broken, what it is worth; taking it over or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ended = PlainLabel("", "strong", wrap=True)
        self.edited = Notice("", tone="warn")
        self.pages = Segment(
            (
                Choice("changes", _("Changes"), 0),
                Choice("broken", _("Rules left"), 0),
                Choice("worth", _("Worth")),
            ),
            said=_("What is shown of the proposal"),
        )
        self.order = Segment(
            (Choice("person", _("By person")), Choice("date", _("By date"))), said=_("Order of the changes")
        )
        self.changes = JumpList(_("Cells that change"))
        self.broken = JumpList(_("Rules that stay broken"))
        self.worth = QWidget()
        self.worth.setProperty("scrolled", True)
        self._table = QGridLayout(self.worth)
        self._table.setContentsMargins(0, 0, Space.M, 0)
        self._table.setHorizontalSpacing(Space.L)
        self._table.setColumnStretch(0, 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(_("What the roster is worth, before and after"))
        self.area.setWidget(self.worth)
        self.reject = Button(_("Reject"), key="Esc")
        self.again = Button(_("Fill again"), icon="refresh-cw")
        self.accept = Button(
            pgettext("roster", "Take over"), ButtonKind.PRIMARY, icon="check", key="Ctrl+Enter"
        )
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.ended)
        column.addWidget(self.edited)
        column.addWidget(self.pages)
        column.addWidget(self.order)
        for part in (self.changes, self.broken, self.area):
            column.addWidget(part, 1)
        column.addLayout(row_of(self.again, None, self.reject, self.accept))
        self.pages.chosen.connect(lambda _key: self.show_page())
        self.show_page()

    def show_page(self) -> None:
        """Show what the segment says."""
        key = self.pages.key
        self.changes.setVisible(key == "changes")
        self.order.setVisible(key == "changes")
        self.broken.setVisible(key == "broken")
        self.area.setVisible(key == "worth")

    def show_worth(self, table: Sequence[tuple[str, str, str]]) -> None:
        """Show measures before and after."""
        while (taken := self._table.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for column, head in enumerate((_("Measure"), _("Before"), _("After"))):
            self._add(PlainLabel(head, "faint"), 0, column)
        for row, (name, before, after) in enumerate(table, start=1):
            self._add(PlainLabel(name, wrap=True), row, 0)
            self._add(PlainLabel(before, "muted"), row, 1)
            self._add(PlainLabel(after, "strong"), row, 2)
        self._table.setRowStretch(len(table) + 1, 1)

    def _add(self, label: PlainLabel, row: int, column: int) -> None:
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        self._table.addWidget(label, row, column, side if column else Qt.AlignmentFlag(0))
