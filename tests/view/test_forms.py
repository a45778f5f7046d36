"""A form as values: what was changed, what is wrong, what a question looks like."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from app.models.entities.tickets import Channel
from app.services.base.merging import Conflict, merge
from app.views.base.dialogs import (
    ConfirmDialog,
    Dialogs,
    MergeDialog,
    MergeField,
    Question,
    ReportDialog,
    TextDialog,
)
from app.views.base.forms import Form, binding_of
from app.views.base.widgets.fields import Choose, Field
from tests.support.dialogs import FakeDialogs


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def form(window):
    form = Form(window)
    channel = Choose()
    channel.addItem("Telephone", Channel.PHONE)
    channel.addItem("E-mail", Channel.EMAIL)
    for name, label, widget in (
        ("subject", "&Subject", QLineEdit()),
        ("description", "Description", QPlainTextEdit()),
        ("channel", "Channel", channel),
        ("count", "Count", QSpinBox()),
        ("is_vip", "VIP", QCheckBox()),
    ):
        form.add(name, Field(label, widget, parent=window))
    form.load({"subject": "printer", "channel": Channel.PHONE, "count": 2, "is_vip": False})
    return form


def test_a_loaded_form_says_what_was_loaded_and_is_clean(form):
    assert form.values == {
        "subject": "printer",
        "description": "",
        "channel": Channel.PHONE,
        "count": 2,
        "is_vip": False,
    }
    assert not form.is_dirty


def test_loading_is_not_a_persons_change(qtbot, form):
    with qtbot.assertNotEmitted(form.changed):
        form.load({"subject": "network"})


def test_only_what_a_person_changed_is_sent(form, window):
    window.findChild(QLineEdit).setText("printer on fire")

    assert form.changed_values == {"subject": "printer on fire"}


def test_changes_are_told_before_and_after(form, window):
    window.findChild(Choose).setCurrentIndex(1)
    window.findChild(QCheckBox).setChecked(True)

    assert [change.sentence for change in form.changes] == [
        "Channel  Telephone → E-mail",
        "VIP  – → ✓",
    ]


def test_blanks_around_a_text_are_no_change(form, window):
    window.findChild(QLineEdit).setText(" printer ")

    assert not form.is_dirty


def test_typing_the_old_text_again_makes_the_form_clean(qtbot, form, window):
    line = window.findChild(QLineEdit)
    line.setText("x")

    with qtbot.waitSignal(form.dirty_changed) as told:
        line.setText("printer")

    assert told.args == [False]


def test_reset_goes_back_to_what_was_loaded(form, window):
    window.findChild(QLineEdit).setText("x")

    form.reset()

    assert form.values["subject"] == "printer"


def test_a_filled_draft_counts_as_typed(qtbot, form):
    with qtbot.waitSignal(form.changed):
        form.fill({"subject": "from the draft", "channel": "email"})

    assert form.changed_values == {"subject": "from the draft", "channel": Channel.EMAIL}


def test_an_error_stands_at_its_field_until_that_is_mended(form, window):
    form.show_errors({"subject": "A subject is missing."})
    field = next(field for field in window.findChildren(Field) if field.error)

    window.findChild(QLineEdit).setText("something")

    assert field.error == ""


def test_the_first_wrong_field_gets_the_cursor(qtbot, form, window):
    window.show()
    window.activateWindow()

    form.show_errors({"count": "Too few.", "description": "A text is missing."})

    assert window.focusWidget() is window.findChild(QPlainTextEdit)


def test_an_unknown_input_needs_its_own_binding(window):
    with pytest.raises(TypeError, match="QWidget"):
        binding_of(window)


# --- merging -------------------------------------------------------------------------------------------

BASE = {"subject": "printer", "location": "B1", "urgency": 2}


def test_what_only_i_changed_is_saved_on_top_of_theirs():
    merged = merge(BASE, {**BASE, "location": "B2"}, {"subject": "printer on fire"})

    assert merged.values == {"subject": "printer on fire"}
    assert merged.conflicts == ()


def test_the_same_change_by_both_needs_nothing():
    assert merge(BASE, {**BASE, "urgency": 1}, {"urgency": 1}).values == {}


def test_different_changes_of_one_field_must_be_decided():
    merged = merge(BASE, {**BASE, "urgency": 1}, {"urgency": 3})

    assert merged.conflicts == (Conflict("urgency", 2, 1, 3),)
    assert merged.values == {}


# --- questions ---------------------------------------------------------------------------------------------


def question(**changes):
    return Question("Delete 3 categories?", "Tickets keep their text.", "Delete 3 categories", **changes)


def test_enter_means_no_where_something_would_be_destroyed(qtbot):
    dialog = ConfirmDialog(question())
    qtbot.addWidget(dialog)
    dialog.show()

    qtbot.keyClick(dialog, Qt.Key.Key_Return)

    assert dialog.result() == ConfirmDialog.DialogCode.Rejected
    assert dialog.act.text() == "Delete 3 categories"


def test_what_destroys_nothing_may_be_confirmed_by_enter(qtbot):
    dialog = ConfirmDialog(question(is_destructive=False))
    qtbot.addWidget(dialog)
    dialog.show()

    qtbot.keyClick(dialog, Qt.Key.Key_Return)

    assert dialog.result() == ConfirmDialog.DialogCode.Accepted


def test_an_empty_text_cannot_be_confirmed(qtbot):
    dialog = TextDialog("Save as view", "Name", "", "Save")
    qtbot.addWidget(dialog)
    before = dialog.act.isEnabled()

    dialog.line.setText(" mine ")

    assert (before, dialog.act.isEnabled(), dialog.text) == (False, True, "mine")


def test_a_merge_waits_until_every_field_is_decided(qtbot):
    fields = [MergeField("a", "Subject", "x", "y", "z"), MergeField("b", "Urgency", "2", "1", "3")]
    dialog = MergeDialog("Li Na", fields)
    qtbot.addWidget(dialog)

    dialog.choose("a", mine=True)
    half_way = dialog.act.isEnabled()
    dialog.choose("b", mine=False)

    assert (half_way, dialog.act.isEnabled()) == (False, True)
    assert dialog.choices == {"a": True, "b": False}


def test_a_report_can_be_copied(qtbot, qapp):
    dialog = ReportDialog("The program goes on.", "Traceback ...")
    qtbot.addWidget(dialog)

    dialog.copy.click()

    assert qapp.clipboard().text() == "Traceback ..."


def test_the_fake_asks_like_the_real_one():
    fake: Dialogs = FakeDialogs()

    assert fake.confirm(question()) is False
