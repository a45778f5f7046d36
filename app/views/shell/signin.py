"""Signing in by name and password."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QCheckBox, QLineEdit

from app.models.entities.errors import FirstlineError
from app.services.access import signing_in
from app.services.access.keyrings import KeyringBackend
from app.services.base.context import Actor
from app.services.shell.doors import Opened
from app.views.base.i18n import _
from app.views.base.tasks import Lane
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.fields import Field
from app.views.base.widgets.labels import PlainLabel
from app.views.shell.faces import Face, row_of_widget, sentences
from app.views.shell.session import Workplace


class Way(Protocol):
    """Where a face leads to."""

    def enter(self, opened: Opened, actor: Actor) -> None:
        """Go on as this person."""
        ...

    def ask_for_new_password(self, opened: Opened, actor: Actor, given: str) -> None:
        """Let somebody choose a password of their own first."""
        ...

    def arrive(self, opened: Opened, *, remembered: bool = True) -> None:
        """Go on with a database."""
        ...

    def choose_database(self) -> None:
        """Choose another database."""
        ...

    def keep_database(self, url: str, user: str = "") -> None:
        """Remember the database, and who signed in."""
        ...


class SignIn(Face):
    """Name, password, and whether this PC may remember it. Wrong tries are counted in the database."""

    def __init__(self, way: Way, place: Workplace, opened: Opened, keyring: KeyringBackend) -> None:
        super().__init__(_("Sign in"), _("Database: {name}").format(name=opened.name))
        self.setObjectName("sign_in")
        self._way = way
        self._place = place
        self._opened = opened
        self._keyring = keyring
        self.login = QLineEdit(place.prefs.values.last_user)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.stay = QCheckBox(_("Stay signed in on this computer"))
        self._name_field = Field(_("Name"), self.login)
        self._password_field = Field(_("Password"), self.password)
        self.go = Button(_("Sign in"), ButtonKind.PRIMARY, icon="log-in")
        self.other = Button(_("Another database"), ButtonKind.LINK)
        for part in (self._name_field, self._password_field, self.stay):
            self.body.addWidget(part)
        self.note = PlainLabel(
            _("Forgotten your password? An administrator can give you a new one."), "small", wrap=True
        )
        self.body.addWidget(row_of_widget(self.go, None, self.other))
        self.body.addWidget(self.note)
        self.go.clicked.connect(self.sign_in)
        self.password.returnPressed.connect(self.sign_in)
        self.login.returnPressed.connect(self.password.setFocus)
        self.other.clicked.connect(way.choose_database)
        self.login.textChanged.connect(self._wait_for_both)
        self.password.textChanged.connect(self._wait_for_both)
        self._wait_for_both()
        self.set_main(self.go)
        self.begin_at(self.password if self.login.text() else self.login)

    def sign_in(self) -> None:
        """Try what was typed."""
        if not self.go.isEnabled():
            return
        self.go.wait_for(_("Your password is being checked."))
        job = partial(
            signing_in.sign_in_here,
            self._opened.ctx,
            self.login.text(),
            self.password.text(),
            self._keyring if self.stay.isChecked() else None,
        )
        self._place.tasks.run(job, self._enter, self.refuse, lane=Lane.SCREEN, owner=self)

    def _enter(self, signed_in: tuple[Actor, bool]) -> None:
        actor, must_change = signed_in
        self._way.keep_database(self._opened.url, self.login.text().strip())
        if must_change:
            self._way.ask_for_new_password(self._opened, actor, self.password.text())
        else:
            self._way.enter(self._opened, actor)

    def refuse(self, error: Exception) -> None:
        """Say why nobody was signed in; the name stays, the password waits to be typed anew."""
        self._wait_for_both()
        if isinstance(error, FirstlineError):
            self._password_field.set_error(sentences(error))
        self.password.selectAll()
        self.password.setFocus()

    def _wait_for_both(self) -> None:
        is_ready = bool(self.login.text().strip() and self.password.text())
        self.go.wait_for("" if is_ready else _("Type your name and password first."))
        self._password_field.set_error("")
