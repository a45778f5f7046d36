"""Opens the popups in which one asks for something, also where another page asked for them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.entities.ids import PersonId
from app.services.base.context import Context
from app.views.base.pages import PageEnv, Target
from app.views.leave.ask_popup import AskPopup
from app.views.leave.ask_presenter import AskPresenter
from app.views.leave.leave_popup import LeavePopup
from app.views.leave.leave_words import LeaveWords
from app.views.leave.offer_popup import OfferPopup, TakePopup


class Asking(QObject):
    """Keeps the popup that is open; what it did is told by `did`."""

    did = Signal(object)  # Outcome
    absent = Signal(object, object, object)  # PersonId, their substitute or None, the first date

    def __init__(self, ctx: Context, env: PageEnv, words: LeaveWords, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._page = page
        self._words = words
        self._presenter = AskPresenter(ctx, env, self)
        self._presenter.did.connect(self.did)
        self._presenter.absent.connect(self.absent)
        self.popup: AskPopup | None = None

    def leave(self, first: date | None = None, last: date | None = None) -> None:
        """Ask for leave."""
        popup = LeavePopup(self._page.window(), self._words, self._presenter, first=first, last=last)
        self._keep(popup)
        popup.ask()

    def record(self, person_id: PersonId | None = None, first: date | None = None) -> None:
        """Record sickness, a training or another absence of somebody."""
        popup = LeavePopup(
            self._page.window(),
            self._words,
            self._presenter,
            is_record=True,
            person_id=person_id,
            first=first,
        )
        self._keep(popup)
        popup.ask()

    def offer(
        self,
        on: date | None = None,
        giver: PersonId | None = None,
        other_id: PersonId | None = None,
        other_date: date | None = None,
    ) -> None:
        """Offer a shift of one's own, or (for who decides) somebody else's."""
        giver = giver if giver is not None else self._ctx.actor.person_id
        if giver is None:
            return
        popup = OfferPopup(
            self._page.window(),
            self._words,
            self._presenter,
            giver,
            on=on,
            other_id=other_id,
            other_date=other_date,
        )
        self._keep(popup)
        popup.ask()

    def take(self, person_id: PersonId | None = None, on: date | None = None) -> None:
        """Take a colleague's shift over at once."""
        popup = TakePopup(self._page.window(), self._words, self._presenter, person_id=person_id, on=on)
        self._keep(popup)
        popup.ask()

    def follow(self, target: Target) -> None:
        """Open what another page asked for; what cannot be read is passed over."""
        person = _person(target.get("person"))
        if target.get("ask") == "leave":
            self.leave(_day(target.get("day")), _day(target.get("last")))
        elif target.get("ask") == "record" and self._ctx.actor.may("roster.approve"):
            self.record(person, _day(target.get("day")))
        elif on := _day(target.get("offer")):
            self.offer(on, person, _person(target.get("to")), _day(target.get("back")))
        elif on := _day(target.get("take")):
            self.take(person, on)

    def _keep(self, popup: AskPopup) -> None:
        self.popup = popup
        popup.closed.connect(lambda: self._forget(popup))

    def _forget(self, popup: AskPopup) -> None:
        if self.popup is popup:
            self.popup = None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _person(value: object) -> PersonId | None:
    return PersonId(value) if isinstance(value, int) and not isinstance(value, bool) else None
