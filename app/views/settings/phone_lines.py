"""A person's telephone numbers: one line each, with its kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.entities.people import NumberKind
from app.services.base.terms import term
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.fields import Choose
from app.views.settings.inputs import fill, lock

Phones = list[list[str]]
"""Pairs of kind and number as written."""


class PhoneLines(QWidget):
    """Empty lines count as no number."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []
        self._is_locked = False
        self.add = Button(_("Add a number"), ButtonKind.LINK, icon="plus", small=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(Space.XS)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.XS)
        whole.addLayout(self._column)
        whole.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self._add_empty)

    @property
    def phones(self) -> Phones:
        """The numbers as they stand."""
        return [[line.kind, line.number.text().strip()] for line in self._lines if line.number.text().strip()]

    def show_phones(self, phones: Phones) -> None:
        """Show these numbers instead."""
        if phones == self.phones and len(phones) == len(self._lines):
            return
        for line in list(self._lines):
            self._drop(line)
        for kind, number in phones:
            self._add(kind, number)

    def set_locked(self) -> None:
        """Show the numbers without letting them change."""
        self._is_locked = True
        self.add.hide()
        for line in self._lines:
            line.set_locked()

    def _add(self, kind: str, number: str) -> _Line:
        line = _Line(kind, number)
        self._lines.append(line)
        self._column.addWidget(line)
        line.changed.connect(self.changed)
        line.remove.clicked.connect(lambda: self._remove(line))
        if self._is_locked:
            line.set_locked()
        return line

    def _add_empty(self) -> None:
        used = [line.kind for line in self._lines]
        free = next((kind.value for kind in NumberKind if kind.value not in used), NumberKind.OTHER.value)
        self._add(free, "").number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, line: _Line) -> None:
        self._drop(line)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()


class _Line(QWidget):
    changed = Signal()

    def __init__(self, kind: str, number: str) -> None:
        super().__init__()
        self._kinds = Choose()
        fill(self._kinds, [(term(current.texts, each), each.value) for each in NumberKind])
        self._kinds.setCurrentIndex(max(0, self._kinds.findData(kind)))
        self._kinds.setAccessibleName(_("Kind of number"))
        self.number = QLineEdit(number)
        self.number.setAccessibleName(_("Number"))
        self.remove = IconButton("x", _("Remove this number"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self._kinds, 6)  # "Mobile number" is as wide as a number
        row.addWidget(self.number, 5)
        row.addWidget(self.remove)
        self._kinds.currentIndexChanged.connect(self.changed)
        self.number.textChanged.connect(self.changed)

    @property
    def kind(self) -> str:
        return str(self._kinds.currentData())

    def set_locked(self) -> None:
        lock(self._kinds)
        lock(self.number)
        self.remove.hide()


def told_phones(phones: Sequence[Sequence[str]]) -> str:
    """Return the numbers in one line."""
    return ", ".join(number for _kind, number in phones)
