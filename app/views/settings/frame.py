"""What a settings page is to the frame around it.

To add a page:

1. Make a class derived from `SettingsPane` in this package, in a file of its own. Its constructor takes
   `(ctx, env)` and builds the body only: title, sentence, scrolling, the note for readers and the bar with
   Discard and Apply are the frame's. It imports no other page; it opens them with
   `self.env.shell.open("settings", {"page": "calendars"})`.
2. Add a `PaneEntry` to PANES in `pages.py`, with its dotted name, its section and the words it is found by.
3. A page whose changes wait for Apply overrides `changes`, `blocked`, `apply` and `discard`, and emits
   `changed` whenever one of them says something else. A page that acts at once (a tree, a list of people)
   overrides none of them: the bar stays away, and each action offers its own Undo through `env.shell.did`.
4. Read in `refresh`, never in the constructor, and always through `env.tasks` with `owner=self`. The frame
   calls `refresh` when the page is first shown and after `SettingsChanged`; other events a page hears by
   `self.refresh_on(PeopleChanged)`. A page with unsaved changes must not lose them in `refresh`.
5. Name what changing needs in `edit_permission`. A person without it (`may_edit`) sees the same page with its
   inputs read-only; the frame says above it who may.
6. What must survive a change of language or theme is in `save_state`; unsaved changes under the key "draft",
   for such pages are built again at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.entities.events import Event
from app.services.base.context import Context
from app.views.base.bridge import RefreshMark
from app.views.base.i18n import LazyText
from app.views.base.pages import PageEnv, Target
from app.views.base.widgets.applybar import Change

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class PaneEntry:
    """One page in the tree. `factory` is "module:class", imported when the page is first shown.

    `words` are further words it is found by ("holiday weekend make-up workday"), never shown. Whoever lacks
    `read` does not see the page. `scrolls` is False for a page that fills the space itself, such as a tree
    beside a form.
    """

    key: str
    section: LazyText
    title: LazyText
    sentence: LazyText
    icon: str
    factory: str
    words: LazyText
    read: str = "settings.read"
    scrolls: bool = True


class SettingsPane(QWidget):
    """The base of every settings page.

    The frame calls, in this order: the constructor, `restore_state` if there is something to restore,
    `show_target` if one was asked for, `refresh`; later `show_target` and `refresh` again.
    """

    changed = Signal()  # `changes` or `blocked` say something else now

    edit_permission = "settings.edit"
    """What changing something here needs; "" where everybody may."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.env = env
        self._mark: RefreshMark | None = None

    @property
    def may_edit(self) -> bool:
        """Whether this person may change what is shown."""
        return not self.edit_permission or self.ctx.actor.may(self.edit_permission)

    @property
    def is_ready(self) -> bool:
        """Whether there is something to show; until then the frame shows grey rows. Tell by `changed`."""
        return True

    @property
    def changes(self) -> Sequence[Change]:
        """What Apply would change, before and after; empty where nothing waits."""
        return ()

    @property
    def blocked(self) -> str:
        """Why Apply must wait, as a sentence, or ""."""
        return ""

    @property
    def apply_note(self) -> str:
        """What Apply does beyond the page itself, in a few words for the bar; "" where nothing."""
        return ""

    @property
    def header_buttons(self) -> Sequence[QWidget]:
        """What stands at the right of the title: versions, presets, new. Asked for once."""
        return ()

    def refresh(self) -> None:
        """Read again what is shown; unsaved changes stay."""

    def apply(self) -> None:
        """Save all changes as one action and tell `env.shell.did(outcome)`."""

    def discard(self) -> None:
        """Go back to what is saved."""

    def show_target(self, target: Target) -> None:
        """Show what was asked for inside the page; unknown keys are passed over."""

    def save_state(self) -> dict[str, Any]:
        """Return what should come back, unsaved changes included. Plain JSON values."""
        return {}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Take back what `save_state` returned, perhaps in an older program: pass over what does not fit."""

    def refresh_on(self, event_type: type[E], concerns: Callable[[E], bool] | None = None) -> None:
        """Call `refresh` once after such events: at the end of the turn, or when the page is shown next."""
        if self._mark is None:
            self._mark = RefreshMark(self, self.refresh)
        self._mark.on(self.env.bridge, event_type, concerns)
