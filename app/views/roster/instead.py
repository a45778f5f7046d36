"""What stands where the grid would be: nobody to plan, no shifts, or a roster that could not be read."""

from __future__ import annotations

from collections.abc import Callable

from app.views.base.i18n import _
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.states import EmptyState


def nothing_to_plan(*, has_people: bool, open_settings: Callable[[], None] | None) -> EmptyState:
    """Return what says why there is no grid, with a way to the settings for whoever may go there."""
    actions: tuple[Button, ...] = ()
    if open_settings is not None:
        go = Button(_("Open settings"), icon="settings")
        go.setObjectName("open_settings")
        go.clicked.connect(open_settings)
        actions = (go,)
    if not has_people:
        return EmptyState(
            "users",
            _("Nobody to plan yet"),
            _("The roster shows the people of the desk's teams: put people into teams first."),
            *actions,
            tone="accent",
        )
    return EmptyState(
        "calendar-plus",
        _("No shifts yet"),
        _("The roster is painted with shifts such as day and night. Set them up first."),
        *actions,
        tone="accent",
    )


def not_read(again: Callable[[], None]) -> EmptyState:
    """Return what says that the roster could not be read, with another try."""
    button = Button(_("Try again"), icon="refresh-cw")
    button.clicked.connect(again)
    return EmptyState(
        "triangle-alert", _("The roster could not be read"), _("Nothing was changed."), button, tone="bad"
    )
