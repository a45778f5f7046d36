"""Signing: who, password or PIN, and a reason where it is not the rostered supervisor. And choosing a PIN."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.handover import Leader, Side
from app.models.entities.ids import PersonId
from app.services.base.names import name_in
from app.services.handover.rules import LONGEST_PIN, LONGEST_REASON, SHORTEST_PIN, is_pin
from app.views.base.i18n import _, current
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup

_WIDTH = 400


class SignPopup(Popup):
    """Asks for one signature. It stays open until the signature was taken or Esc is pressed."""

    sign_asked = Signal(object, str, str)  # person id, password or PIN, reason

    def __init__(
        self,
        window: QWidget,
        side: Side,
        people: Sequence[Leader],
        named: Collection[PersonId],
        me: PersonId | None,
    ) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("sign")
        self.side = side
        self._named = frozenset(named)
        title = _("Sign as the outgoing leader") if side is Side.OUT else _("Sign as the incoming leader")
        about = (
            _("From then on facts, notes and remarks stand still; questions can be answered.")
            if side is Side.OUT
            else _("This closes the sheet: record and paper are frozen and sealed into the book.")
        )
        self.who = Choose()
        for one in people:
            self.who.addItem(name_in(one.name, one.name_alt, current.code), one.person_id)
        at = next((n for n, one in enumerate(people) if one.person_id == me), 0)
        self.who.setCurrentIndex(at if people else -1)
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self.reason_field = Field(_("Why the duty supervisor does not sign"), self.reason, required=True)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret_field = Field(_("Password or PIN"), self.secret)
        self.cancel = Button(_("Cancel"), key="Esc")
        self.go = Button(_("Sign"), ButtonKind.PRIMARY, icon="pencil")
        self.setFixedWidth(_WIDTH)
        self.body.addWidget(PlainLabel(title, "section"))
        self.body.addWidget(PlainLabel(about, "muted", wrap=True))
        self.body.addWidget(Field(_("Who signs"), self.who))
        self.body.addWidget(self.reason_field)
        self.body.addWidget(self.secret_field)
        self.body.addLayout(row_of(None, self.cancel, self.go))
        self.closed.connect(self.deleteLater)
        self.cancel.clicked.connect(self.close_now)
        self.go.clicked.connect(self._sign)
        self.secret.returnPressed.connect(self._sign)
        self.reason.returnPressed.connect(self._sign)
        self.who.currentIndexChanged.connect(lambda _at: self._check())
        self.secret.textChanged.connect(lambda _text: self._check())
        self.reason.textChanged.connect(lambda _text: self._check())
        self._check()

    def begin(self) -> None:
        """Show it with the cursor in what is to be typed first."""
        self.open_centred()
        (self.secret if self.reason_field.isHidden() else self.reason).setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why the signature was not taken; what was typed as secret is forgotten."""
        self.secret.clear()
        self.secret_field.set_error(sentence)
        self.secret.setFocus()

    def _check(self) -> None:
        is_stand_in = self.who.currentData() not in self._named
        self.reason_field.setVisible(is_stand_in)
        if self.secret.text():
            self.secret_field.set_error("")
        why = ""
        if self.who.currentIndex() < 0:
            why = _("Nobody may sign here.")
        elif not self.secret.text():
            why = _("Type the password or the PIN.")
        elif is_stand_in and not self.reason.text().strip():
            why = _("Write why the duty supervisor does not sign.")
        self.go.wait_for(why)
        self.adjustSize()

    def _sign(self) -> None:
        if not self.go.isEnabled():
            lacks_reason = not self.reason_field.isHidden() and not self.reason.text().strip()
            (self.reason if lacks_reason else self.secret).setFocus()
            return
        self.go.wait_for(_("The signature is being checked."))
        is_stand_in = self.who.currentData() not in self._named
        reason = self.reason.text() if is_stand_in else ""
        self.sign_asked.emit(self.who.currentData(), self.secret.text(), reason)


class PinPopup(Popup):
    """Chooses a PIN to sign with; left empty, the present one is taken away. The password proves who asks."""

    save_asked = Signal(str, str)  # password, PIN

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("pin")
        self.setFixedWidth(_WIDTH)
        self.password, self.pin, self.again = (QLineEdit() for _number in range(3))
        for line in (self.password, self.pin, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.textChanged.connect(lambda _text: self._check())
            line.returnPressed.connect(self._save)
        hint = _("{shortest} to {longest} digits; empty: no PIN").format(
            shortest=SHORTEST_PIN, longest=LONGEST_PIN
        )
        self.password_field = Field(_("Password"), self.password)
        self.pin_field = Field(_("New PIN"), self.pin, hint=hint)
        self.again_field = Field(_("PIN again"), self.again)
        self.cancel = Button(_("Cancel"), key="Esc")
        self.go = Button(_("Save the PIN"), ButtonKind.PRIMARY, icon="key-round")
        self.body.addWidget(PlainLabel(_("PIN for signing"), "section"))
        about = _("A PIN signs handovers in place of your password. It signs nobody in.")
        self.body.addWidget(PlainLabel(about, "muted", wrap=True))
        for field in (self.password_field, self.pin_field, self.again_field):
            self.body.addWidget(field)
        self.body.addLayout(row_of(None, self.cancel, self.go))
        self.closed.connect(self.deleteLater)
        self.cancel.clicked.connect(self.close_now)
        self.go.clicked.connect(self._save)
        self._check()

    def begin(self) -> None:
        """Show it with the cursor in the password."""
        self.open_centred()
        self.password.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why it was not saved."""
        self._check()
        self.password_field.set_error(sentence)
        self.adjustSize()

    def _check(self) -> None:
        pin, again = self.pin.text(), self.again.text()
        self.password_field.set_error("")
        self.again_field.set_error(_("The two PINs differ.") if again and pin != again else "")
        why = "" if self.password.text() else _("Type your password.")
        if not why and pin != again:
            why = _("Type the new PIN twice.")
        if not why and pin and not is_pin(pin):
            why = _("A PIN is digits only.")
        self.go.wait_for(why)
        self.go.say(_("Save the PIN") if pin else _("Take the PIN away"))

    def _save(self) -> None:
        if self.go.isEnabled():
            self.go.wait_for(_("The PIN is being saved."))
            self.save_asked.emit(self.password.text(), self.pin.text())
