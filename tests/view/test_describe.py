"""The description of a screen says what a person sees, and finds what a person would stumble over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from tests.support.describe import (
    assert_readable,
    clipped_texts,
    describe,
    nameless_inputs,
    shown_texts,
    tab_order,
    unreachable_by_tab,
)


@pytest.fixture
def form(qtbot) -> QWidget:
    """A small form: a labelled field, a spin box with a name, a disabled button."""
    form = QWidget()
    qtbot.addWidget(form)
    form.setObjectName("caller")
    label, field, count, button = QLabel("Name"), QLineEdit(), QSpinBox(), QPushButton("Save")
    label.setBuddy(field)
    field.setObjectName("name")
    field.setPlaceholderText("Family name first")
    count.setAccessibleName("Calls today")
    button.setEnabled(False)
    row = QHBoxLayout()
    for part in (label, field):
        row.addWidget(part)
    layout = QVBoxLayout(form)
    layout.addLayout(row)
    layout.addWidget(count)
    layout.addWidget(button)
    form.show()
    return form


def test_a_screen_is_described_by_what_it_says(form: QWidget) -> None:
    assert describe(form) == (
        "QWidget #caller\n"
        "  QLabel 'Name'\n"
        "  QLineEdit #name 'Family name first'\n"
        "  QSpinBox name='Calls today'\n"
        "  QPushButton 'Save' (disabled)\n"
    )


def test_words_are_read_in_the_order_of_the_tree(form: QWidget) -> None:
    assert shown_texts(form) == ["Name", "Family name first", "Save"]


def test_what_is_hidden_is_not_described(form: QWidget) -> None:
    form.findChild(QPushButton).hide()

    assert "QPushButton" not in describe(form)


def test_a_sound_form_has_nothing_to_complain_of(form: QWidget) -> None:
    assert_readable(form)


def test_a_label_without_room_is_found(form: QWidget) -> None:
    form.findChild(QLabel).setFixedWidth(8)

    assert len(clipped_texts(form)) == 1


def test_a_wrapped_label_without_room_is_found(form: QWidget) -> None:
    label = form.findChild(QLabel)
    label.setWordWrap(True)
    label.setText("Who is calling, from where, and about what?")
    label.setFixedSize(60, 20)

    assert len(clipped_texts(form)) == 1


def test_a_field_without_a_name_is_found(form: QWidget) -> None:
    form.findChild(QSpinBox).setAccessibleName("")

    assert nameless_inputs(form) == ["QSpinBox"]


def test_the_tab_key_visits_fields_in_their_order(form: QWidget) -> None:
    assert tab_order(form) == ["QLineEdit 'name'", "QSpinBox 'Calls today'"]


def test_a_field_that_the_tab_key_passes_by_is_found(form: QWidget) -> None:
    form.findChild(QLineEdit, "name").setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    assert unreachable_by_tab(form) == ["QLineEdit 'name'"]
