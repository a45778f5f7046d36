"""A form as values: which inputs belong to which fields, what was changed, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from app.views.base.widgets.applybar import Change
from app.views.base.widgets.fields import Field


@dataclass(frozen=True, slots=True)
class Binding:
    """How an input is read, written, heard, and how its value is told to a person."""

    read: Callable[[], Any]
    write: Callable[[Any], None]
    changed: SignalInstance
    told: Callable[[Any], str] = str


def binding_of(widget: QWidget) -> Binding:
    """Return the binding of an ordinary input. A chosen entry's value is its data, an empty text is "".

    Raises:
        TypeError: the widget is no ordinary input; the caller passes its own `Binding`.
    """
    if isinstance(widget, QLineEdit):
        return Binding(
            lambda: widget.text().strip(), lambda text: widget.setText(text or ""), widget.textChanged
        )
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return Binding(
            lambda: widget.toPlainText().strip(),
            lambda text: widget.setPlainText(text or ""),
            widget.textChanged,
            lambda text: " ".join(text.split()),
        )
    if isinstance(widget, QComboBox):
        return Binding(
            widget.currentData,
            lambda value: widget.setCurrentIndex(_entry_of(widget, value)),
            widget.currentIndexChanged,
            lambda value: widget.itemText(_entry_of(widget, value)),
        )
    if isinstance(widget, QSpinBox):
        return Binding(widget.value, lambda value: widget.setValue(value or 0), widget.valueChanged)
    if isinstance(widget, QAbstractButton):
        return Binding(
            widget.isChecked,
            lambda value: widget.setChecked(bool(value)),
            widget.toggled,
            lambda value: "✓" if value else "–",
        )
    raise TypeError(f"{type(widget).__name__} needs a binding of its own")


def _entry_of(box: QComboBox, value: object) -> int:
    """Return the entry with this data; -1 without one. Qt's own search does not find an enum by its text."""
    return next((at for at in range(box.count()) if box.itemData(at) == value), -1)


class Form(QObject):
    """The fields of one form by name. It holds what was loaded, so it knows what a person changed."""

    changed = Signal()  # a person changed something; not emitted while values are loaded
    dirty_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        self._bindings: dict[str, Binding] = {}
        self._labels: dict[str, str] = {}
        self._loaded: dict[str, Any] = {}
        self._is_loading = False
        self._was_dirty = False

    def add(self, name: str, field: Field, binding: Binding | None = None) -> Field:
        """Add a field under its name in the record; what stands in it now counts as loaded. Returns it."""
        self._fields[name] = field
        self._bindings[name] = binding or binding_of(field.widget)
        self._labels[name] = field.label.text().replace("&", "")
        self._loaded[name] = self._bindings[name].read()
        self._bindings[name].changed.connect(lambda *_value: self._on_changed(name))
        return field

    @property
    def values(self) -> dict[str, Any]:
        """Everything the form says now, by field name."""
        return {name: binding.read() for name, binding in self._bindings.items()}

    @property
    def loaded(self) -> dict[str, Any]:
        """What was loaded: the base of a merge."""
        return dict(self._loaded)

    @property
    def changed_values(self) -> dict[str, Any]:
        """Only what differs from what was loaded: a command sends no more than that."""
        return {name: value for name, value in self.values.items() if value != self._loaded[name]}

    @property
    def is_dirty(self) -> bool:
        """Whether anything differs from what was loaded."""
        return bool(self.changed_values)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs, before and after, in the reader's words."""
        return tuple(
            Change(
                self._labels[name],
                self._bindings[name].told(self._loaded[name]) or "–",
                self._bindings[name].told(value) or "–",
            )
            for name, value in self.changed_values.items()
        )

    def load(self, values: Mapping[str, Any]) -> None:
        """Show a record's values; now they count as unchanged. Names without a field are passed over."""
        self._write(values)
        self._loaded = self.values
        self.clear_errors()
        self._tell_dirty()

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show values as if a person had typed them: a draft, a template, a merge's result."""
        self._write(values)
        self.changed.emit()
        self._tell_dirty()

    def reset(self) -> None:
        """Go back to what was loaded."""
        self.load(self._loaded)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show what is wrong at each field and put the cursor into the first one that has an error."""
        self.clear_errors()
        for name, text in errors.items():
            if name in self._fields:
                self._fields[name].set_error(text)
        first = next((name for name in self._fields if errors.get(name)), None)
        if first is not None:
            self._fields[first].widget.setFocus()

    def clear_errors(self) -> None:
        """Take all errors away."""
        for field in self._fields.values():
            if field.error:
                field.set_error("")

    def _write(self, values: Mapping[str, Any]) -> None:
        self._is_loading = True
        for name, value in values.items():
            if name in self._bindings:
                self._bindings[name].write(value)
        self._is_loading = False

    def _on_changed(self, name: str) -> None:
        if self._is_loading:
            return
        # What was wrong is being mended: the sentence has done its work.
        if self._fields[name].error:
            self._fields[name].set_error("")
        self.changed.emit()
        self._tell_dirty()

    def _tell_dirty(self) -> None:
        if self.is_dirty != self._was_dirty:
            self._was_dirty = not self._was_dirty
            self.dirty_changed.emit(self._was_dirty)
