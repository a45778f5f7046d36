"""What can be done anywhere in the window: one list for keys, menus, palette and help page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from app.views.base.actions import SEPARATOR, Action
from app.views.base.i18n import N_, LazyText, current
from app.views.shell.bell import BELL_KEY
from app.views.shell.looks import LANGUAGE_NAMES, THEME_NAMES
from app.views.shell.rail import FOLD_KEY
from app.views.shell.registry import rail_order
from app.views.shell.workspace import Workspace


class Steering(Protocol):
    """What only the program can do."""

    def change_look(self, *, language: str | None = None, theme: str | None = None) -> None:
        """Speak another language or wear another theme from now on; None leaves it as it is."""
        ...

    def wears(self, theme: str) -> bool:
        """Tell whether that theme was chosen; "" is the system's."""
        ...

    def sign_out(self) -> None:
        """Let somebody else sign in; this PC forgets a remembered sign-in."""
        ...


def window_actions(
    work: Workspace, steer: Steering, *, palette: Callable[[], None], shortcuts: Callable[[], None]
) -> list[Action]:
    """Return the actions of the whole window, in the order of the help page."""
    actions = [
        Action("shell.palette", N_("Search or run a command"), palette, "search", "Ctrl+K"),
        Action("shell.back", N_("Back"), work.back, "arrow-left", "Alt+Left"),
        Action("shell.refresh", N_("Read again"), work.refresh, "refresh-cw", "F5"),
        Action("shell.find", N_("Find on this page"), work.focus_search, "list-filter", "Ctrl+F"),
        Action("shell.panes", N_("Next pane"), work.cycle_panes, "panel-left", "F6"),
        Action(
            "shell.undo",
            N_("Undo"),
            work.undo.undo,
            "undo-2",
            "Ctrl+Z",
            blocked=lambda: "" if work.undo.undo_step else str(N_("There is nothing to take back.")),
        ),
        Action(
            "shell.redo",
            N_("Redo"),
            work.undo.redo,
            "redo-2",
            "Ctrl+Y",
            blocked=lambda: "" if work.undo.redo_step else str(N_("There is nothing to do again.")),
            also="Ctrl+Shift+Z",
        ),
        Action(
            "shell.notices", N_("Notices"), work.notices.open, "bell", BELL_KEY, permission="tickets.read"
        ),
        Action("shell.rail", N_("Fold or unfold the rail"), work.fold_rail, "panel-left", FOLD_KEY),
        Action("shell.shortcuts", N_("Keys and shortcuts"), shortcuts, "keyboard", "F1"),
    ]
    for number, screen in enumerate(rail_order(work.screens), start=1):
        actions.append(
            Action(
                f"go.{screen.name}",
                screen.title,
                partial(work.open, screen.name),
                screen.icon,
                f"Alt+{number}",
            )
        )
    for screen in work.screens:
        if screen.shortcut:
            go = partial(work.open, screen.name, {})
            actions.append(Action(f"go.{screen.name}", screen.title, go, screen.icon, screen.shortcut))
    actions += notice_actions(work)
    actions += look_actions(steer)
    actions.append(Action("shell.sign_out", N_("Sign out"), steer.sign_out, "log-out"))
    return actions


def notice_actions(work: Workspace) -> list[Action]:
    """Return one action per way in which a notice makes itself known; those in use are checked."""
    prefs = work.place.prefs
    ways = (
        ("notices_as_toasts", N_("Show new notices in the window")),
        ("notices_in_tray", N_("Show new notices in the tray")),
        ("notices_with_sound", N_("New notices with a sound")),
    )

    def is_on(name: str) -> bool:
        return bool(getattr(prefs.values, name))

    def switch(name: str) -> None:
        prefs.change(**{name: not is_on(name)})

    return [
        Action(
            f"shell.{name}", text, partial(switch, name), "bell", "", "tickets.read",
            is_checked=partial(is_on, name),
        )
        for name, text in ways
    ]  # fmt: skip


def look_actions(steer: Steering) -> list[Action]:
    """Return one action per language and per theme; the one in force is checked."""
    languages = [
        Action(
            f"shell.language_{code}",
            LazyText(name),
            partial(steer.change_look, language=code),
            "languages",
            is_checked=partial(_speaks, code),
        )
        for code, name in LANGUAGE_NAMES
    ]
    icons = {"": "monitor", "light": "sun", "dark": "moon", "contrast": "contrast"}
    themes = [
        Action(
            f"shell.theme_{theme or 'system'}",
            name,
            partial(steer.change_look, theme=theme),
            icons[theme],
            is_checked=partial(steer.wears, theme),
        )
        for theme, name in THEME_NAMES
    ]
    return languages + themes


def _speaks(language: str) -> bool:
    return current.code == language


PERSON_MENU = (
    *(f"shell.language_{code}" for code, _name in LANGUAGE_NAMES),
    SEPARATOR,
    *(f"shell.theme_{theme or 'system'}" for theme, _name in THEME_NAMES),
    SEPARATOR,
    "shell.notices_as_toasts",
    "shell.notices_in_tray",
    "shell.notices_with_sound",
    SEPARATOR,
    "shell.shortcuts",
    "shell.sign_out",
)
"""What the menu behind one's own initials offers."""
