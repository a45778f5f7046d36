"""What can be done on the page of announcements, as data for keys, menus and the palette."""

from __future__ import annotations

from typing import Protocol

from app.views.announcements.announcements_presenter import WRITES
from app.views.base.actions import Action
from app.views.base.i18n import N_


class Deeds(Protocol):
    """What the page does for an action."""

    def write_new(self) -> None: ...
    def read_chosen(self) -> None: ...
    def change_chosen(self) -> None: ...
    def record_training(self) -> None: ...
    def end_chosen(self) -> None: ...
    def withdraw_chosen(self) -> None: ...


def page_actions(page: Deeds) -> tuple[Action, ...]:
    """Return what can be done on the page as a whole."""
    return (Action("announcements.write", N_("Announce…"), page.write_new, "megaphone", "Alt+N", WRITES),)


def line_actions(page: Deeds) -> tuple[Action, ...]:
    """Return what can be done with the chosen announcement; letters, while the list has the focus."""
    return (
        Action("announcements.read", N_("I have read it"), page.read_chosen, "check", "R"),
        Action("announcements.change", N_("Change…"), page.change_chosen, "pencil", "E", WRITES),
        Action(
            "announcements.training",
            N_("Record training…"),
            page.record_training,
            "graduation-cap",
            "T",
            WRITES,
        ),
        Action("announcements.end", N_("It is over"), page.end_chosen, "circle-check", "X", WRITES),
        Action("announcements.withdraw", N_("Withdraw"), page.withdraw_chosen, "undo-2", "W", WRITES),
    )
