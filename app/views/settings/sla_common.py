"""What an SLA table says for all its policies: what answers a ticket, reopening, and how priority rises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.errors import BadInput
from app.models.entities.sla import ContactKind, ReopenPolicy, SlaTable
from app.services.sla.rises import MOST_PERCENT, MOST_STEPS, Rises, check_rises, in_order, next_rise
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.cards import Card
from app.views.base.widgets.fields import Choose, NumberField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.switches import Choice, Segment
from app.views.settings.inputs import fill
from app.views.settings.level_words import told
from app.views.settings.line_list import EditedLine, LineList
from app.views.settings.sla_words import CONTACT_NAMES, REOPEN_NAMES, rises_sentence

_PERCENT_WIDTH = 92


class CommonCard(Card):
    """Ticks, a choice and a short list; `edited` tells the whole changed table."""

    edited = Signal(object)  # SlaTable

    def __init__(self) -> None:
        super().__init__(_("For all policies"))
        self._table: SlaTable | None = None
        self.contacts = {kind: QCheckBox(str(name)) for kind, name in CONTACT_NAMES.items()}
        self.unanswered = PlainLabel("", "small", wrap=True)
        self.reopen = Segment(
            [Choice(policy.value, str(name)) for policy, name in REOPEN_NAMES.items()],
            said=_("A ticket that is reopened"),
        )
        self.reopened = PlainLabel("", "small", wrap=True)
        self.rises = RiseLines()
        self.rise_error = PlainLabel("", ink="bad", wrap=True)
        self.rising = PlainLabel("", "small", wrap=True)
        self._build()
        for box in self.contacts.values():
            box.clicked.connect(lambda _on: self._take_contacts())
        self.reopen.chosen.connect(self._take_reopen)
        self.rises.changed.connect(self._take_rises)

    def show_table(self, table: SlaTable, fmt: Format, *, may_edit: bool) -> None:
        """Show what a table says; a line that is being typed in stays."""
        self._table = table
        for kind, box in self.contacts.items():
            box.setChecked(kind in table.contacts)
            box.setEnabled(may_edit)
        self.reopen.choose(table.reopen.value)
        self.reopen.setEnabled(may_edit)
        self.rises.show_rises(table.rises)
        if not may_edit:
            self.rises.set_locked()
        self._say(table, fmt)

    def focus_rises(self) -> None:
        """Put the cursor into the first rise, or on the button that adds one."""
        self.rises.first_input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.XL)
        answered: tuple[QWidget, ...] = (*self.contacts.values(), self.unanswered)
        row.addLayout(_column(_("What counts as a response"), *answered), 1)
        row.addLayout(_column(_("A ticket that is reopened"), self.reopen, self.reopened), 1)
        row.addLayout(_column(_("Rising priority"), self.rises, self.rise_error, self.rising), 1)
        self.body.addLayout(row)

    def _say(self, table: SlaTable, fmt: Format) -> None:
        if table.contacts:
            self.unanswered.setText(_("Whatever is ticked here stops the response clock; so does solving."))
        else:
            self.unanswered.setText(_("Nothing is ticked: only solving a ticket stops its response clock."))
        if table.reopen is ReopenPolicy.RESUME:
            text = _("The resolution clock goes on from the time used; the time it was solved never counts.")
        else:
            text = _("The resolution clock begins again at zero.")
        self.reopened.setText(text)
        try:
            check_rises(table.rises)
            wrong = ""
        except BadInput as error:
            wrong = told(error, fmt)
        self.rise_error.setText(wrong)
        self.rise_error.setVisible(bool(wrong))
        self.rising.setText(rises_sentence(table.rises))

    def _take_contacts(self) -> None:
        ticked = frozenset(kind for kind, box in self.contacts.items() if box.isChecked())
        self._tell(contacts=ticked)

    def _take_reopen(self, key: str) -> None:
        self._tell(reopen=ReopenPolicy(key))

    def _take_rises(self) -> None:
        self._tell(rises=self.rises.rises)

    def _tell(
        self,
        *,
        contacts: frozenset[ContactKind] | None = None,
        reopen: ReopenPolicy | None = None,
        rises: Rises | None = None,
    ) -> None:
        if self._table is None:
            return
        changed = replace(
            self._table,
            contacts=self._table.contacts if contacts is None else contacts,
            reopen=reopen or self._table.reopen,
            rises=self._table.rises if rises is None else rises,
        )
        if changed != self._table:
            self.edited.emit(changed)


class _Rise(EditedLine):
    def __init__(self, at: int, by: int) -> None:
        super().__init__(_("Remove this rise"))
        self.at = NumberField(1, MOST_PERCENT, suffix=" %")
        self.at.setKeyboardTracking(False)
        self.at.setFixedWidth(_PERCENT_WIDTH)
        self.by = Choose()
        self.at.setAccessibleName(_("At percent of the resolution time"))
        self.by.setAccessibleName(_("Steps up"))
        fill(self.by, [(_("up {steps}").format(steps=steps), steps) for steps in range(1, MOST_STEPS + 1)])
        self.at.setValue(at)
        self.by.setCurrentIndex(max(0, self.by.findData(by)))
        self.lay_out((self.at, 0), (self.by, 1))
        self.at.valueChanged.connect(self.changed)
        self.by.currentIndexChanged.connect(self.changed)

    @property
    def rise(self) -> tuple[int, int]:
        return self.at.value(), int(self.by.currentData())


class RiseLines(LineList[_Rise]):
    """One line for each rise: at which percentage, how many steps up."""

    def __init__(self) -> None:
        super().__init__(_("Add a rise"))
        self.add.clicked.connect(self._add_next)

    @property
    def rises(self) -> Rises:
        """The rises as they stand, by percent."""
        return in_order([line.rise for line in self._lines])

    @property
    def first_input(self) -> QWidget:
        """Where typing begins."""
        return self._lines[0].at if self._lines else self.add

    def show_rises(self, rises: Sequence[tuple[int, int]]) -> None:
        """Show these rises instead."""
        if in_order(rises) == self.rises:
            return
        blocker = QSignalBlocker(self)
        self.clear()
        for at, by in in_order(rises):
            self.append(_Rise(at, by))
        blocker.unblock()
        self._order()

    def _order(self) -> None:
        """Let Tab go from line to line and then to the button below: lines are made after it."""
        before: QWidget = self.add
        for line in self._lines:
            for part in (line.at, line.by, line.remove):
                self.setTabOrder(before, part)
                before = part
        if before is not self.add:
            self.setTabOrder(before, self.add)

    def _add_next(self) -> None:
        line = self.append(_Rise(*next_rise(self.rises)))
        self._order()
        line.at.setFocus(Qt.FocusReason.OtherFocusReason)
        line.at.selectAll()
        self.changed.emit()


def _column(title: str, *parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(Space.S)
    column.addWidget(PlainLabel(title, "strong"))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return column
