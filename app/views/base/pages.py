"""What a page is to the window: what it is handed, and what the window asks of it.

A screen package imports only this and the rest of `views/base`; the window knows screens by name alone.
How to add a screen stands in `app/views/shell/registry.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.entities.events import Event
from app.services.base.context import Context
from app.services.base.drafts import DraftFiles
from app.services.base.undo import Outcome
from app.views.base.actions import Action, ActionSet
from app.views.base.bridge import Bridge, RefreshMark
from app.views.base.dialogs import Dialogs
from app.views.base.format import Format
from app.views.base.prefs import Preferences
from app.views.base.tasks import Tasks

E = TypeVar("E", bound=Event)
Target = Mapping[str, Any]


class Shell(Protocol):
    """What a page may ask of the window around it."""

    def open(self, page: str, target: Target | None = None) -> None:
        """Show another page by its name, and there what `target` says: `open("ticket", {"id": 17})`.

        What a page understands as a target stands in its class's docstring. A page this person may not
        see is not opened; a toast says who may.
        """
        ...

    def back(self) -> None:
        """Show the page that was shown before this one, with the target it had."""
        ...

    def say(
        self, text: str, *, tone: str = "ok", action: str = "", run: Callable[[], None] | None = None
    ) -> None:
        """Show a toast; `action` names what `run` does. Tones: "ok", "info", "warn", "bad"."""
        ...

    def did(self, outcome: Outcome, text: str = "", *, quiet: bool = False) -> None:
        """Tell what a command did, with Undo where it can be taken back.

        `text` defaults to the sentence of the outcome's undo code. `quiet` shows no toast, for what is seen
        where it was done and done many times in a row; it can be taken back all the same.
        """
        ...

    def failed(self, error: Exception) -> None:
        """Tell what went wrong, in a sentence with a next step: pass it as `failed` to `Tasks.run`."""
        ...


class Ticker(QObject):
    """Says when relative times ("in 35 min") should be painted again; the window lets it tick."""

    minute = Signal()


@dataclass(frozen=True, slots=True)
class PageEnv:
    """Everything a page is handed besides the context. `epoch` is the database's identity, for drafts.

    `may_move` tells whether animations are wanted. `format` speaks the window's language and the site's
    zone; both change only together with a new page, so it may be kept.
    """

    shell: Shell
    tasks: Tasks
    bridge: Bridge
    prefs: Preferences
    dialogs: Dialogs
    drafts: DraftFiles
    ticker: Ticker
    format: Format
    epoch: str = ""
    may_move: bool = False


class Page(QWidget):
    """The base of every page.

    The window calls, in this order: the constructor, `restore_state` if there is something to restore,
    `show_target` if one was asked for, `refresh`; later `show_target` and `refresh` again.

    A page is thrown away and built again when language or theme change: what must survive is in `save_state`
    or in a draft. It never waits for the database: everything goes through `env.tasks` with `owner=self`.
    """

    title_changed = Signal(str)

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.env = env
        self.action_set: ActionSet | None = None
        self._mark: RefreshMark | None = None

    def refresh(self) -> None:
        """Read again everything that is shown, off the window thread."""

    def show_target(self, target: Target) -> None:
        """Show what was asked for: a record, a view, a filter. Unknown keys are passed over."""

    def save_state(self) -> dict[str, Any]:
        """Return what should come back: chosen view, filters, scroll place, splitters. Plain JSON values."""
        return {}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Take back what `save_state` returned, perhaps in an older program: pass over what does not fit."""

    def focus_search(self) -> None:
        """Put the cursor into the page's own search field (Ctrl+F); a page without one does nothing."""

    def cycle_panes(self) -> None:
        """Move the focus to the next pane (F6); a page of one pane does nothing."""

    def leave(self) -> None:
        """Hear that another page is shown or the window closes: save drafts now, end calls' timers."""

    @property
    def actions_shown(self) -> tuple[Action, ...]:
        """What the palette and the page of shortcuts list for this page."""
        return self.action_set.actions if self.action_set is not None else ()

    def refresh_on(self, event_type: type[E], concerns: Callable[[E], bool] | None = None) -> None:
        """Call `refresh` once after such events: at the end of the turn, or when the page is shown next."""
        if self._mark is None:
            self._mark = RefreshMark(self, self.refresh)
        self._mark.on(self.env.bridge, event_type, concerns)
