"""A line to type a time into: "16:00", "2 h", "tomorrow 10:00". It keeps the last one that could be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.errors import BadInput
from app.services.tickets.typed_values import read_moment
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import _

_LONGEST = 60


def right_times(*, is_ahead: bool = True) -> str:
    """Return what can be typed, as an example."""
    return _("16:00 · 2 h · tomorrow 10:00") if is_ahead else _("13:30 · 20 min ago · yesterday 17:00")


class MomentLine(QLineEdit):
    """`changed` tells of another time while one types. Leaving it shows the time as the program says it.

    A text that is no time gives way to the last one that was, and `refused` says what would be right.
    """

    changed = Signal()
    refused = Signal(str)  # "" once it is right again

    def __init__(
        self,
        fmt: Format,
        now: Callable[[], datetime],
        *,
        is_ahead: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._format = fmt
        self._now = now
        self._is_ahead = is_ahead
        self.value: datetime | None = None
        self.setMaxLength(_LONGEST)
        self.setPlaceholderText(right_times(is_ahead=is_ahead))
        self.textEdited.connect(self._read)
        self.editingFinished.connect(self.settle)

    @property
    def is_readable(self) -> bool:
        """Whether what stands in the line is a time, or nothing."""
        try:
            self._typed()
        except BadInput:
            return False
        return True

    def show_value(self, value: datetime | None) -> None:
        """Show a time without telling anybody."""
        self.value = value
        self.setText("" if value is None else self._format.when(value, self._now()))
        self.setModified(False)
        self.refused.emit("")

    def settle(self) -> None:
        """Show the time that holds; say what was wrong with a text that is none."""
        if not self.isModified():
            return
        wrong = ""
        try:
            self._typed()
        except BadInput as error:
            told = explain(error, self._format)
            wrong = f"{told.happened} {told.advice}"
        self.show_value(self.value)
        if wrong:
            self.refused.emit(wrong)

    def _typed(self) -> datetime | None:
        if not self.isModified():
            return self.value
        return read_moment(self.text(), self._now(), self._format.zone, is_ahead=self._is_ahead)

    def _read(self, _text: str) -> None:
        try:
            typed = self._typed()
        except BadInput:
            return
        self.refused.emit("")
        if typed != self.value:
            self.value = typed
            self.changed.emit()
