"""A settings page of several lists, one shown at a time; what waits on any of them is applied together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.services.base.context import Context
from app.views.base.pages import PageEnv, Target
from app.views.base.tokens import Space
from app.views.base.widgets.applybar import Change
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.switches import Choice, Segment
from app.views.settings.frame import SettingsPane


@dataclass(frozen=True, slots=True)
class Tab:
    """One list with the name it is chosen by."""

    key: str
    name: str
    pane: SettingsPane


class TabbedPane(SettingsPane):
    """Target: `{"list": a tab's key}` with what that tab understands."""

    def __init__(self, ctx: Context, env: PageEnv, said: str, tabs: Sequence[Tab]) -> None:
        super().__init__(ctx, env)
        self.tabs = {tab.key: tab.pane for tab in tabs}
        self.which = Segment([Choice(tab.key, tab.name) for tab in tabs], said=said)
        self._stack = QStackedWidget()
        self._read: set[str] = set()
        self._buttons = {tab.key: tuple(tab.pane.header_buttons) for tab in tabs}
        for tab in tabs:
            self._stack.addWidget(tab.pane)
            tab.pane.changed.connect(self.changed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addLayout(row_of(self.which, None, spacing=Space.M))
        whole.addWidget(self._stack, 1)
        self._shown = tabs[0].key
        self.which.chosen.connect(self.show_tab)
        self._show_buttons()

    @property
    def shown(self) -> SettingsPane:
        """The list that is shown."""
        return self.tabs[self._shown]

    def show_tab(self, key: str) -> None:
        """Show another list."""
        self._shown = key
        self.which.choose(key)
        self._stack.setCurrentWidget(self.tabs[key])
        self._show_buttons()
        if key not in self._read:
            self.refresh()

    # -- the SettingsPane the frame knows --------------------------------------------------------------

    @property
    def may_edit(self) -> bool:
        """Whether this person may change something on one of the lists."""
        return any(pane.may_edit for pane in self.tabs.values())

    @property
    def changes(self) -> Sequence[Change]:
        """What waits on any list."""
        return tuple(change for pane in self.tabs.values() for change in pane.changes)

    @property
    def blocked(self) -> str:
        """Why saving must wait."""
        return next((pane.blocked for pane in self.tabs.values() if pane.blocked), "")

    @property
    def header_buttons(self) -> Sequence[QWidget]:
        """The buttons of all lists; only the shown list's are there."""
        return tuple(button for buttons in self._buttons.values() for button in buttons)

    def refresh(self) -> None:
        """Read the shown list again."""
        self._read.add(self._shown)
        self.shown.refresh()

    def apply(self) -> None:
        """Save what waits on any list."""
        for pane in self.tabs.values():
            if pane.changes:
                pane.apply()

    def discard(self) -> None:
        """Give up what waits on any list."""
        for pane in self.tabs.values():
            if pane.changes:
                pane.discard()

    def show_target(self, target: Target) -> None:
        """See the class."""
        if target.get("list") in self.tabs:
            self.show_tab(str(target["list"]))
            self.shown.show_target(target)

    def save_state(self) -> dict[str, Any]:
        """Return what any list would come back with."""
        states = {key: pane.save_state() for key, pane in self.tabs.items()}
        return {
            "list": self._shown,
            "tabs": states,
            "draft": any(bool(state.get("draft")) for state in states.values()),
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """See `SettingsPane.restore_state`."""
        kept = state.get("tabs")
        for key, pane in self.tabs.items():
            if isinstance(kept, dict) and isinstance(kept.get(key), dict):
                pane.restore_state(kept[key])
        if state.get("list") in self.tabs and state["list"] != self._shown:
            self.show_tab(str(state["list"]))

    # -- inside ----------------------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        for key, buttons in self._buttons.items():
            for button in buttons:
                is_shown = key == self._shown
                if button.parent() is not None or not is_shown:  # without a parent it would be a window
                    button.setVisible(is_shown)
