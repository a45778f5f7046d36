"""The form of a new ticket as values: every input by name, and what no input shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.views.base.forms import Binding, Form
from app.views.base.widgets.fields import Field
from app.views.tickets.form_values import FormValues


class Held(QObject):
    """A value of the form that no input of its own shows: the caller, picked files, links."""

    changed = Signal()

    def __init__(self, start: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.value = start

    def take(self, value: Any) -> None:
        """Change the value, as a person does."""
        if value != self.value:
            self.value = value
            self.changed.emit()


class CallForm(Form):
    """A form with `facts` (when it was opened, its draft's number): kept with what was typed, never alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facts: dict[str, Any] = {}

    @property
    def changed_values(self) -> dict[str, Any]:
        """Only what differs from an empty form, with the facts; nothing for an empty form."""
        changed = super().changed_values
        return {**changed, **self.facts} if changed else {}

    @property
    def call(self) -> FormValues:
        """Everything the form says."""
        return FormValues.of(self.values)

    def hold(self, name: str, held: Held, shown: Callable[[Any], None]) -> None:
        """Add a value without an input; `shown` lets the screen follow when a draft is filled in."""

        def write(value: Any) -> None:
            held.value = value if value is not None else type(held.value)()
            shown(held.value)

        self.add(name, Field(name, QWidget()), Binding(lambda: held.value, write, held.changed))
