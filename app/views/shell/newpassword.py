"""After the first sign-in with a password somebody else chose: choose one of one's own."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit

from app.models.entities.errors import FirstlineError
from app.services.access.accounts import change_own_password
from app.services.base.context import Actor
from app.services.shell.doors import Opened
from app.views.base.i18n import _
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.fields import Field
from app.views.shell.faces import Face, row_of_widget, sentences
from app.views.shell.session import Workplace
from app.views.shell.signin import Way


class NewPassword(Face):
    """Asks twice; `given` is the password that was just typed and is valid once."""

    def __init__(self, way: Way, place: Workplace, opened: Opened, actor: Actor, given: str) -> None:
        super().__init__(
            _("Choose your own password"),
            _("The one you were given is valid once. Nobody else knows the new one, administrators neither."),
        )
        self.setObjectName("new_password")
        self._way = way
        self._place = place
        self._opened = opened
        self._actor = actor
        self._given = given
        self.password = QLineEdit()
        self.again = QLineEdit()
        for line in (self.password, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.textChanged.connect(self._check)
        self.field = Field(
            _("New password"), self.password, hint=_("At least 10 characters; a short sentence is good.")
        )
        self._again_field = Field(_("Password again"), self.again)
        self.go = Button(_("Continue"), ButtonKind.PRIMARY, icon="arrow-right")
        for part in (self.field, self._again_field, row_of_widget(self.go, None)):
            self.body.addWidget(part)
        self.go.clicked.connect(self.change)
        self.again.returnPressed.connect(self.change)
        self._check()
        self.begin_at(self.password)

    def change(self) -> None:
        """Change it, and go on."""
        if not self.go.isEnabled():
            return
        self.go.wait_for(_("The password is being changed."))
        ctx = self._opened.ctx.acting_as(self._actor)
        job = partial(change_own_password, ctx, self._given, self.password.text())
        self._place.tasks.run(job, self._changed, self._refused, owner=self)

    def _changed(self, _outcome: object) -> None:
        self._way.enter(self._opened, self._actor)

    def _refused(self, error: Exception) -> None:
        self._check()
        if isinstance(error, FirstlineError):
            self.field.set_error(sentences(error))

    def _check(self) -> None:
        is_same = self.password.text() == self.again.text()
        differs = bool(self.again.text()) and not is_same
        self.field.set_error("")
        self._again_field.set_error(_("The two passwords differ.") if differs else "")
        self.go.wait_for("" if is_same and self.password.text() else _("Type the new password twice."))
