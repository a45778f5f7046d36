"""Beside the list: the whole request, what it would do, what was said, and where one decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.ids import PersonId
from app.models.entities.leave import LeaveRequest, PersonEffect, ShiftSwap, Substitute
from app.services.leave.rules import LONGEST_REASON
from app.views.base.i18n import N_, LazyText, _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.leave.effect_figures import figures
from app.views.leave.leave_words import LeaveWords, Line
from app.views.leave.request_rows import Deed

DEED_TEXTS: Mapping[Deed, tuple[LazyText, str, str]] = {
    Deed.APPROVE: (N_("Approve"), "check", "A"),
    Deed.ACCEPT: (N_("Accept"), "check", "A"),
    Deed.REFUSE: (N_("Refuse"), "x", "R"),
    Deed.DECLINE: (N_("Decline"), "x", "R"),
    Deed.WITHDRAW: (N_("Withdraw"), "undo-2", "W"),
    Deed.TAKE_BACK: (N_("Put back"), "undo-2", "B"),
}
"""What a deed is called, its icon and its key."""
_NOTE_HEIGHT = 84


class NoteEdit(QPlainTextEdit):
    """A reason of some lines: Ctrl+Enter sends it, Esc goes back, Tab leaves it."""

    sent = Signal()
    left = Signal()

    def __init__(self, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(said)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_NOTE_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class DetailsPane(Card):
    """One request as a whole. The page fills it; what a person decides comes out as signals."""

    deed_asked = Signal(object)  # Deed
    note_given = Signal(object, str)  # Deed, the reason
    substitute_chosen = Signal(object)  # PersonId | None
    left = Signal()

    def __init__(self, words: LeaveWords, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("request_details")
        self._words = words
        self._asking: Deed | None = None
        self.about = PlainLabel(_("Choose a request to see what it would do."), "muted", wrap=True)
        self.title = PlainLabel("", "section", wrap=True)
        self.state = Pill("")
        self.facts = PlainLabel("", "muted", wrap=True)
        self.reason = PlainLabel("", wrap=True)
        self.history = PlainLabel("", "muted", wrap=True)
        self.substitute = Choose()
        self.substitute_field = Field(_("Substitute"), self.substitute, hint="S")
        self.effect_title = PlainLabel(_("What it would do"), "strong")
        self.effect = QVBoxLayout()
        self.effect.setSpacing(Space.XS)
        self.note_title = PlainLabel("", "strong", wrap=True)
        self.entry = NoteEdit(_("Reason"))
        self.send = Button(_("Send"), ButtonKind.PRIMARY, key="Ctrl+Enter")
        self.buttons: dict[Deed, Button] = {}
        self._build()
        self.entry.sent.connect(self._send)
        self.entry.left.connect(self.stop_asking)
        self.entry.textChanged.connect(self._wait)
        self.send.clicked.connect(self._send)
        self.substitute.activated.connect(
            lambda at: self.substitute_chosen.emit(self.substitute.itemData(at))
        )
        self.show_nothing()

    # -- what is shown -------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No request is chosen."""
        self.stop_asking(tell=False)
        self._whole.hide()
        self._foot.hide()
        self.about.show()

    def show_request(
        self, item: LeaveRequest | ShiftSwap, state: tuple[str, str], title: str, facts: str, history: str
    ) -> None:
        """Show a request; `state` is its word and tone. Its effect comes later, by `show_lines`."""
        self.about.hide()
        self._whole.show()
        self.title.setText(title)
        self.state.say(*state)
        self.facts.setText(facts)
        self.reason.setText(item.reason)
        self.reason.setVisible(bool(item.reason))
        self.history.setText(history)
        self.history.setVisible(bool(history))
        self.substitute_field.hide()
        self.clear_effect()

    def show_deeds(self, deeds: Sequence[Deed]) -> None:
        """Offer what may be done, the first as the page's main action."""
        for deed, button in self.buttons.items():
            button.setVisible(deed in deeds)
        self._foot.setVisible(bool(deeds))
        if self._asking is not None and self._asking not in deeds:
            self.stop_asking(tell=False)

    def clear_effect(self) -> None:
        """Nothing is known of what it would do."""
        empty(self.effect)
        self.effect_title.hide()

    def show_effect(self, people: Sequence[PersonEffect], lines: Sequence[Line]) -> None:
        """Show figures of people before and after, and the sentences below them."""
        self.clear_effect()
        self.effect_title.show()
        shown: list[QWidget] = [figures(self._words, people)] if people else []
        fill(self.effect, [*shown, *(PlainLabel(line.text, ink=line.tone, wrap=True) for line in lines)])

    def offer_substitutes(
        self, found: Sequence[Substitute], chosen: PersonId | None, name: str, *, may_choose: bool
    ) -> None:
        """Offer who could stand in; `name` is whom the request names, who may not be among them."""
        self.substitute.blockSignals(True)
        self.substitute.clear()
        self.substitute.addItem(_("nobody"), None)
        for one in found:
            self.substitute.addItem(self._words.substitute(one), one.person_id)
        if chosen is not None and all(one.person_id != chosen for one in found):
            self.substitute.addItem(name, chosen)
        at = [self.substitute.itemData(at) for at in range(self.substitute.count())].index(chosen)
        self.substitute.setCurrentIndex(at)
        self.substitute.blockSignals(False)
        self.substitute.setEnabled(may_choose)
        self.substitute_field.setVisible(may_choose and bool(found or chosen is not None))

    # -- asking why ----------------------------------------------------------------------------------

    def ask_reason(self, deed: Deed, title: str) -> None:
        """Ask for the reason of a deed, here and not in a box of its own."""
        self._asking = deed
        self.note_title.setText(title)
        self.send.say(str(DEED_TEXTS[deed][0]))
        self._note_box.show()
        self._wait()
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stop_asking(self, *, tell: bool = True) -> None:
        """Ask no longer; what was typed is forgotten."""
        self._asking = None
        self.entry.clear()
        self._note_box.hide()
        if tell:
            self.left.emit()

    def _send(self) -> None:
        deed, text = self._asking, self.entry.toPlainText().strip()
        if deed is not None and text and len(text) <= LONGEST_REASON:
            self.stop_asking()
            self.note_given.emit(deed, text)

    def _wait(self) -> None:
        text = self.entry.toPlainText().strip()
        reason = "" if text else _("Write the reason first.")
        if len(text) > LONGEST_REASON:
            reason = _("At most {longest} characters.").format(longest=LONGEST_REASON)
        self.send.wait_for(reason)

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._whole = QWidget()
        self._whole.setProperty("scrolled", True)  # it lies on the card, not on a ground of its own
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, Space.S, 0)
        whole.setSpacing(Space.M)
        head = row_of(self.title, self.state)
        head.setStretch(0, 1)
        whole.addLayout(head)
        for part in (self.facts, self.reason, self.history, self.substitute_field, self.effect_title):
            whole.addWidget(part)
        whole.addLayout(self.effect)
        self._note_box = QWidget()
        asking = QVBoxLayout(self._note_box)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(Space.S)
        asking.addWidget(self.note_title)
        asking.addWidget(self.entry)
        asking.addLayout(row_of(None, self.send))
        whole.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._whole)
        self._foot = QWidget()
        row = row_of(spacing=Space.S)
        for deed, (text, icon, key) in DEED_TEXTS.items():
            kind = ButtonKind.PRIMARY if deed in {Deed.APPROVE, Deed.ACCEPT} else ButtonKind.DEFAULT
            button = Button(str(text), kind, icon=icon, key=key)
            button.setObjectName(f"deed_{deed.value}")
            button.clicked.connect(partial(self._ask, deed))
            self.buttons[deed] = button
            row.addWidget(button)
        row.addStretch(1)
        self._foot.setLayout(row)
        self.body.addWidget(self.about)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self._note_box)
        self.body.addWidget(self._foot)

    def _ask(self, deed: Deed, _checked: bool = False) -> None:
        self.deed_asked.emit(deed)


def fill(layout: QVBoxLayout, widgets: Iterable[QWidget]) -> None:
    """Show these widgets in a layout instead of what stood there, at once and not in the next turn."""
    empty(layout)
    for widget in widgets:
        layout.addWidget(widget)
        widget.show()


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
