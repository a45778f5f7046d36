"""The two questions of the page that ask for a secret: a signature, and a new PIN."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.errors import FirstlineError
from app.models.entities.handover import Side
from app.models.entities.ids import PersonId
from app.services.base.context import Context
from app.views.base.errors import explain
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.handover.handover_presenter import HandoverPresenter
from app.views.handover.sign_popup import PinPopup, SignPopup


def sentence(error: FirstlineError, env: PageEnv) -> str:
    """Return what happened and what to do."""
    told = explain(error, env.format)
    return f"{told.happened} {told.advice}".strip()


class HandoverPopups(QObject):
    """Opens them, hands what was typed to the presenter, and shows why it was refused."""

    def __init__(self, ctx: Context, env: PageEnv, presenter: HandoverPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self.presenter = presenter
        self._page = page
        self.sign_popup: SignPopup | None = None
        self.pin_popup: PinPopup | None = None
        presenter.signed.connect(lambda _side: self._close_sign())
        presenter.sign_refused.connect(self._sign_refused)

    def close(self) -> None:
        """Close what asks for a secret: another page is shown."""
        for popup in (self.sign_popup, self.pin_popup):
            if popup is not None:
                popup.close_now()

    def ask_signature(self, side: Side) -> None:
        """Ask who signs, and for password or PIN."""
        if self.presenter.why_not(side):
            return
        named = {leader.person_id for leader in self.presenter.leaders(side)}
        # Who stands on the other side cannot sign here too: somebody else is at this keyboard.
        me = self._ctx.actor.person_id if self.presenter.side in {side, None} else None
        popup = SignPopup(self._page.window(), side, self.presenter.candidates(side), named, me)
        popup.sign_asked.connect(self._sign)
        popup.closed.connect(self._forget_popup)
        self.sign_popup = popup
        popup.begin()

    def ask_pin(self) -> None:
        """Ask for a new PIN."""
        popup = PinPopup(self._page.window())

        def failed(error: Exception) -> None:
            if isinstance(error, FirstlineError) and self.pin_popup is not None:
                self.pin_popup.refuse(sentence(error, self._env))

        def done() -> None:
            if self.pin_popup is not None:
                self.pin_popup.close_now()
            self._env.shell.say(_("The PIN for signing is changed."))

        popup.save_asked.connect(lambda password, pin: self.presenter.set_pin(password, pin, done, failed))
        popup.closed.connect(self._forget_pin_popup)
        self.pin_popup = popup
        popup.begin()

    def _sign(self, person_id: PersonId, secret: str, reason: str) -> None:
        if self.sign_popup is not None:
            self.presenter.sign(self.sign_popup.side, person_id, secret, reason)

    def _sign_refused(self, error: Exception) -> None:
        if self.sign_popup is not None and isinstance(error, FirstlineError):
            self.sign_popup.refuse(sentence(error, self._env))

    def _close_sign(self) -> None:
        if self.sign_popup is not None:
            self.sign_popup.close_now()

    def _forget_popup(self) -> None:
        self.sign_popup = None

    def _forget_pin_popup(self) -> None:
        self.pin_popup = None
