"""Writes a screen as text, and finds what a person would stumble over in it.

The text is the snapshot of a screen: it diffs well and depends on no font. The findings are what no
snapshot shows: words cut off, fields without a name for a screen reader, a Tab key that leads astray.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

_INPUTS = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
# What each kind of widget says; the first that fits counts.
_WORDS: tuple[tuple[type[QWidget], Callable[[Any], list[str]]], ...] = (
    (QLabel, lambda label: [label.text()]),
    (QAbstractButton, lambda button: [button.text()]),
    (QGroupBox, lambda group: [group.title()]),
    (QLineEdit, lambda edit: [edit.text(), edit.placeholderText()]),
    (QTextEdit, lambda edit: [edit.toPlainText(), edit.placeholderText()]),
    (QPlainTextEdit, lambda edit: [edit.toPlainText(), edit.placeholderText()]),
    (QComboBox, lambda box: [box.currentText()]),
    (QTabBar, lambda bar: [bar.tabText(index) for index in range(bar.count())]),
)
_MOST_STOPS = 500  # a focus chain longer than this does not end


def describe(widget: QWidget) -> str:
    """Return the tree of `widget` as indented lines: class, name, words, accessible name, state.

    Qt's own children (a scroll area's viewport, a spin box's editor) are left out, and so is what is
    hidden.
    """
    return "\n".join(_lines(widget, 0)) + "\n"


def shown_texts(widget: QWidget) -> list[str]:
    """Return every word a person can read in `widget`, in the order of its tree; tables are not opened."""
    return [text for part in _visible_parts(widget) for text in _texts(part) if text]


def clipped_texts(widget: QWidget) -> list[str]:
    """Return a sentence for each visible label or button whose words do not fit into it.

    `widget` must have been shown (or had its size set and its layout activated). A text that shortens
    itself on purpose says so by a tool tip with the whole.
    """
    return [
        f"{_identity(part)} needs {part.sizeHint().width()} px, has {part.width()} px"
        for part in _visible_parts(widget)
        if _is_clipped(part)
    ]


def nameless_inputs(widget: QWidget) -> list[str]:
    """Return each visible field, list or wordless button that a screen reader could not name."""
    buddies = {id(label.buddy()) for label in widget.findChildren(QLabel) if label.buddy() is not None}
    return [
        _identity(part)
        for part in _visible_parts(widget)
        if _must_be_named(part) and not part.accessibleName() and id(part) not in buddies
    ]


def tab_order(widget: QWidget) -> list[str]:
    """Return the names (or classes) of what the Tab key visits inside `widget`, from its first stop on."""
    return [_identity(part) for part in _tab_stops(widget)]


def unreachable_by_tab(widget: QWidget) -> list[str]:
    """Return each visible, enabled input that the Tab key never reaches.

    An input without any focus is left out: another one drives it, as a search field drives its list.
    """
    reached = {id(part) for part in _tab_stops(widget)}
    return [
        _identity(part)
        for part in _visible_parts(widget)
        if isinstance(part, _INPUTS) and part.isEnabled() and _takes_focus(part) and id(part) not in reached
    ]


def assert_readable(widget: QWidget) -> None:
    """Fail where words are cut off, a field has no name, or the keyboard cannot reach an input."""
    findings = {
        "cut off": clipped_texts(widget),
        "without a name": nameless_inputs(widget),
        "not reached by Tab": unreachable_by_tab(widget),
    }
    wrong = [f"{kind}: {finding}" for kind, found in findings.items() for finding in found]
    assert not wrong, "\n".join(wrong)


def _lines(widget: QWidget, depth: int) -> Iterator[str]:
    yield "  " * depth + " ".join(_facts(widget))
    for child in _own_children(widget):
        yield from _lines(child, depth + 1)


def _facts(widget: QWidget) -> Iterator[str]:
    yield type(widget).__name__
    if widget.objectName():
        yield f"#{widget.objectName()}"
    yield from (repr(text) for text in _texts(widget) if text)
    if widget.accessibleName():
        yield f"name={widget.accessibleName()!r}"
    if isinstance(widget, QAbstractButton) and widget.isChecked():
        yield "(checked)"
    if not widget.isEnabled():
        yield "(disabled)"


def _texts(widget: QWidget) -> list[str]:
    for kind, words in _WORDS:
        if isinstance(widget, kind):
            return words(widget)
    return []


def _own_children(widget: QWidget) -> list[QWidget]:
    """The visible children that the program made; what wraps them without a name of its own is kept."""
    if isinstance(widget, QAbstractItemView | QComboBox | QAbstractSpinBox):
        return []
    children = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    kept: list[QWidget] = []
    for child in children:
        if child.isHidden() or child.isWindow():
            continue
        if child.objectName().startswith("qt_"):
            kept.extend(_own_children(child))
        else:
            kept.append(child)
    return kept


def _visible_parts(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    for child in _own_children(widget):
        yield from _visible_parts(child)


def _is_clipped(widget: QWidget) -> bool:
    if not isinstance(widget, QLabel | QAbstractButton) or not widget.text() or widget.toolTip():
        return False
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height()
    return widget.sizeHint().width() > widget.width()


def _must_be_named(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractButton):
        return not widget.text() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    return isinstance(widget, _INPUTS)


def _tab_stops(widget: QWidget) -> list[QWidget]:
    stops: list[QWidget] = []
    part = widget
    for _ in range(_MOST_STOPS):
        is_ours = widget.isAncestorOf(part) and not part.objectName().startswith("qt_")
        if is_ours and _takes_keys(part) and part.isVisibleTo(widget) and part.isEnabled():
            stops.append(part)
        part = part.nextInFocusChain()
        if part is widget or part is None:
            break
    return stops


def _takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def _identity(widget: QWidget) -> str:
    name = (
        widget.objectName() or widget.accessibleName() or next((text for text in _texts(widget) if text), "")
    )
    return f"{type(widget).__name__} {name!r}" if name else type(widget).__name__
