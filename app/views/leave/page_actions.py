"""What can be done on the page of requests, as data for keys, menus and the palette."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from app.services.base.context import Context
from app.views.base.actions import Action
from app.views.base.i18n import N_, LazyText, _
from app.views.leave.deciding import Deciding
from app.views.leave.request_rows import Deed, Part
from app.views.leave.wishes_view import WishesView

_ASKS, _DECIDES = "roster.ask", "roster.approve"


class Deeds(Protocol):
    """What the page does for an action."""

    ctx: Context
    deciding: Deciding
    wishes: WishesView

    def ask_leave(self) -> None: ...
    def offer_chosen(self) -> None: ...
    def take_shift(self) -> None: ...
    def record_absence(self) -> None: ...
    def show_part(self, part: str) -> None: ...
    def save_calendar(self) -> None: ...
    def ask_wish(self) -> None: ...


def page_actions(page: Deeds) -> tuple[Action, ...]:
    """Return what can be done on the page as a whole."""

    def nobody() -> str:
        return "" if page.ctx.actor.person_id is not None else _("Nobody is signed in.")

    return (
        Action(
            "requests.leave",
            N_("Ask for leave…"),
            page.ask_leave,
            "calendar-off",
            "Alt+N",
            _ASKS,
            blocked=nobody,
        ),
        Action(
            "requests.offer",
            N_("Offer a shift…"),
            page.offer_chosen,
            "repeat",
            "Alt+O",
            _ASKS,
            blocked=nobody,
        ),
        Action(
            "requests.take",
            N_("Take over at once…"),
            page.take_shift,
            "zap",
            "Alt+T",
            _ASKS,
            blocked=nobody,
        ),
        Action("requests.record", N_("Record an absence…"), page.record_absence, "pencil", "Alt+R", _DECIDES),
        Action(
            "requests.decide",
            N_("Requests to decide"),
            partial(page.show_part, Part.DECIDE),
            "inbox",
            "Ctrl+1",
        ),
        Action("requests.mine", N_("My requests"), partial(page.show_part, Part.MINE), "user", "Ctrl+2"),
        Action("requests.open", N_("Open offers"), partial(page.show_part, Part.OPEN), "repeat", "Ctrl+3"),
        Action(
            "requests.done",
            N_("Decided requests"),
            partial(page.show_part, Part.DONE),
            "check-check",
            "Ctrl+4",
        ),
        Action(
            "requests.fairness",
            N_("Fairness of the roster"),
            partial(page.show_part, "fairness"),
            "chart-column",
            "Ctrl+5",
        ),
        Action(
            "requests.shifts", N_("My shifts"), partial(page.show_part, "shifts"), "calendar-days", "Ctrl+6"
        ),
        Action("requests.wishes", N_("My wishes"), partial(page.show_part, "wishes"), "star", "Ctrl+7"),
        Action(
            "requests.wish",
            N_("Wish for days to come…"),
            page.ask_wish,
            "star",
            "Alt+W",
            _ASKS,
            blocked=nobody,
        ),
        Action(
            "requests.calendar",
            N_("Save my shifts as a calendar file…"),
            page.save_calendar,
            "download",
            "Ctrl+S",
        ),
    )


def wish_actions(page: Deeds) -> tuple[Action, ...]:
    """Return what can be done with the chosen wish; the key works while its table has the focus."""
    wishes = page.wishes
    return (
        Action(
            "requests.unwish",
            N_("Take the wish back"),
            wishes.take_back,
            "undo-2",
            "Del",
            _ASKS,
            blocked=lambda: wishes.why_not_back,
        ),
    )


def line_actions(page: Deeds) -> tuple[Action, ...]:
    """Return what can be done with the chosen request; the keys work while the list has the focus."""
    deciding = page.deciding

    def unless(*deeds: Deed) -> str:
        return "" if deciding.may(*deeds) else _("This is not possible with the chosen request.")

    def line(name: str, text: LazyText, icon: str, key: str, *deeds: Deed) -> Action:
        return Action(
            f"requests.{name}",
            text,
            partial(deciding.do_first, *deeds),
            icon,
            key,
            blocked=partial(unless, *deeds),
        )

    return (
        line("agree", N_("Approve or accept"), "check", "A", Deed.ACCEPT, Deed.APPROVE),
        line("refuse", N_("Refuse or decline"), "x", "R", Deed.DECLINE, Deed.REFUSE),
        line("withdraw", N_("Withdraw the request"), "undo-2", "W", Deed.WITHDRAW),
        line("take_back", N_("Put the shifts back"), "undo-2", "B", Deed.TAKE_BACK),
        Action(
            "requests.substitute",
            N_("Choose the substitute"),
            deciding.choose_substitute,
            "user-check",
            "S",
            blocked=partial(unless, Deed.APPROVE),
        ),
    )
