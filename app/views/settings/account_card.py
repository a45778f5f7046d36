"""How somebody signs in: the state of their account, a password for once, the end of a lock-out."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Well, row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.settings.people_kind import Listed, PeopleKind


class AccountCard(QWidget):
    """Shown for staff only; its buttons only for whoever may give access."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = PlainLabel("", "muted", wrap=True)
        self.reset = Button(_("Give a new password"), icon="key-round", small=True)
        self.unlock = Button(_("Unlock"), icon="lock-open", small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.state)
        column.addLayout(row_of(self.reset, self.unlock, None))

    def show_account(self, record: Listed | None, people: PeopleKind) -> None:
        """Show how this person signs in."""
        whole = record.person if record is not None else None
        login = whole.details.login if whole is not None else ""
        self.setVisible(whole is not None and whole.details.is_staff)
        if whole is None:
            return
        is_locked = whole.id in people.locked
        self.reset.setVisible(people.may_manage)
        self.reset.wait_for("" if login else _("Give the person a sign-in name first."))
        self.unlock.setVisible(people.may_manage and is_locked)
        if not login:
            self.state.setText(_("Without a sign-in name nobody signs in."))
        elif is_locked:
            self.state.setText(_("Locked out after too many wrong passwords."))
        elif people.may_manage and whole.id not in people.with_password:
            self.state.setText(_("Has no password yet and cannot sign in."))
        else:
            self.state.setText(_("Signs in as {login}.").format(login=login))


class PasswordPopup(Popup):
    """Shows a password for once. It is nowhere else: closing the popup forgets it."""

    def __init__(self, window: QWidget, name: str, password: str) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("one_time_password")
        self.password = PlainLabel(password, "figure")
        self.copy = Button(_("Copy"), icon="copy")
        self.done = Button(_("Done"), ButtonKind.PRIMARY)
        self.body.addWidget(PlainLabel(_("New password of {name}").format(name=name), "section"))
        well = Well()
        well.body.addWidget(self.password)
        self.body.addWidget(well)
        sentence = _(
            "It is shown only now. Tell it to the person; at the next sign-in they choose one of their own."
        )
        self.body.addWidget(PlainLabel(sentence, "muted", wrap=True))
        self.body.addLayout(row_of(None, self.copy, self.done))
        self.setFixedWidth(420)
        self.setFocusProxy(self.done)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(password))
        self.done.clicked.connect(self.close_now)
        self.closed.connect(self.deleteLater)
