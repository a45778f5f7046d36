"""Small steps that settings forms share: filling a drop-down, and locking an input."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.views.base.forms import Binding
from app.views.base.i18n import _
from app.views.base.widgets.fields import NumberField

_TEXT_HEIGHT = 96
_LEAST_CHARACTERS = 6


def fill(box: QComboBox, choices: Iterable[tuple[str, Any]]) -> None:
    """Offer these texts and values instead of the present ones; what is chosen stays chosen, in silence."""
    # A long entry may widen the list that drops down, but not the form.
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_LEAST_CHARACTERS)
    kept = box.currentData()
    entries = list(choices)
    box.blockSignals(True)
    box.clear()
    for text, value in entries:
        box.addItem(text, value)
    box.setCurrentIndex(next((at for at, (_text, value) in enumerate(entries) if value == kept), -1))
    box.blockSignals(False)


def lock(widget: QWidget) -> None:
    """Keep an input from being changed; texts can still be selected and copied."""
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        widget.setReadOnly(True)
    else:
        widget.setEnabled(False)


def minutes_box(most: int) -> tuple[NumberField, Binding]:
    """Return an input for an optional number of minutes, where 0 stands for "not said", and its binding."""
    box = NumberField(0, most, suffix=_(" min"))
    box.setSpecialValueText(_("not said"))

    def told(value: int) -> str:
        return box.textFromValue(value) + box.suffix() if value else ""

    return box, Binding(box.value, lambda value: box.setValue(value or 0), box.valueChanged, told)


def text_box(height: int = _TEXT_HEIGHT) -> QPlainTextEdit:
    """Return an input for a few lines of plain text; Tab leaves it."""
    box = QPlainTextEdit()
    box.setTabChangesFocus(True)
    box.setFixedHeight(height)
    return box
