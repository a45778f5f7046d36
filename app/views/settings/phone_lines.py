"""A person's telephone numbers: one line each, with its kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.people import NumberKind
from app.services.base.terms import term
from app.views.base.i18n import _, current
from app.views.base.widgets.fields import Choose
from app.views.settings.inputs import fill
from app.views.settings.line_list import EditedLine, LineList

Phones = list[list[str]]
"""Pairs of kind and number as written."""


class _Line(EditedLine):
    def __init__(self, kind: str, number: str) -> None:
        super().__init__(_("Remove this number"))
        self._kinds = Choose()
        fill(self._kinds, [(term(current.texts, each), each.value) for each in NumberKind])
        self._kinds.setCurrentIndex(max(0, self._kinds.findData(kind)))
        self._kinds.setAccessibleName(_("Kind of number"))
        self.number = QLineEdit(number)
        self.number.setAccessibleName(_("Number"))
        self.lay_out((self._kinds, 6), (self.number, 5))  # "Mobile number" is as wide as a number
        self._kinds.currentIndexChanged.connect(self.changed)
        self.number.textChanged.connect(self.changed)

    @property
    def kind(self) -> str:
        return str(self._kinds.currentData())


class PhoneLines(LineList[_Line]):
    """Empty lines count as no number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Add a number"), parent)
        self.add.clicked.connect(self._add_empty)

    @property
    def phones(self) -> Phones:
        """The numbers as they stand."""
        return [[line.kind, line.number.text().strip()] for line in self._lines if line.number.text().strip()]

    def show_phones(self, phones: Phones) -> None:
        """Show these numbers instead."""
        if phones == self.phones and len(phones) == len(self._lines):
            return
        self.clear()
        for kind, number in phones:
            self.append(_Line(kind, number))

    def _add_empty(self) -> None:
        used = [line.kind for line in self._lines]
        free = next((kind.value for kind in NumberKind if kind.value not in used), NumberKind.OTHER.value)
        self.append(_Line(free, "")).number.setFocus(Qt.FocusReason.OtherFocusReason)


def told_phones(phones: Sequence[Sequence[str]]) -> str:
    """Return the numbers in one line."""
    return ", ".join(number for _kind, number in phones)
