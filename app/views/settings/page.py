"""The settings screen: the tree with its search at the left, one page at the right, Apply under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.models.entities.events import SettingsChanged
from app.services.base.context import Context
from app.services.people.queries import roles
from app.views.base.actions import Action, ActionSet
from app.views.base.i18n import N_, _
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tokens import Space
from app.views.base.widgets.applybar import ApplyBar
from app.views.base.widgets.fields import SearchField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.base.widgets.states import EmptyState
from app.views.settings.frame import PaneEntry, SettingsPane
from app.views.settings.pages import PANES, entries_for, is_found, make_pane
from app.views.settings.pane_frame import PaneFrame

_SIDE_WIDTH = 208


class SettingsPage(Page):
    """Target: `{"page": code of the settings page}`; everything else is handed to that page.

    A page is built when it is first shown and kept: what was changed there and not applied stays, and the
    tree shows how many changes wait where.
    """

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        parent: QWidget | None = None,
        *,
        entries: Sequence[PaneEntry] = PANES,
    ) -> None:
        super().__init__(ctx, env, parent)
        self.entries = entries_for(ctx.actor, entries)
        self.panes: dict[str, SettingsPane] = {}
        self._states: dict[str, dict[str, Any]] = {}
        self._frames: dict[str, PaneFrame] = {}
        self.search = SearchField(_("Find a setting"))
        self.tree = SideList(_("Settings"))
        self.stack = QStackedWidget()
        self.bar = ApplyBar()
        self._nothing = EmptyState(
            "settings",
            _("No settings to show"),
            _("None of your roles may see a settings page. An administrator can change that."),
        )
        self.stack.addWidget(self._nothing)
        self._build()
        self._connect()
        self._fill_tree("")

    # -- the Page the window knows -----------------------------------------------------------------

    def refresh(self) -> None:
        """Show the first page if none is shown yet; else read the shown one again."""
        if self.tree.key not in self.panes and self.entries:
            self.show_pane(self.key or self.entries[0].key)
        elif self.pane is not None:
            self.pane.refresh()

    def show_target(self, target: Target) -> None:
        """See the class. A page this person may not see, or none of ours, is passed over."""
        self.show_pane(str(target.get("page", "")))
        if self.pane is not None:
            self.pane.show_target(target)

    def save_state(self) -> dict[str, Any]:
        """Return the page shown and what every page would come back with."""
        states = {key: pane.save_state() for key, pane in self.panes.items()}
        return {"page": self.key, "panes": self._states | states}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Show the page that was shown, with its unsaved changes."""
        panes = state.get("panes")
        if isinstance(panes, dict):
            self._states = {key: each for key, each in panes.items() if isinstance(each, dict)}
        # Pages with unsaved changes are built at once, so that the tree can tell of them.
        for key in [key for key, each in self._states.items() if each.get("draft")]:
            self._built(key)
        self.show_pane(str(state.get("page", "")))

    def focus_search(self) -> None:
        """Put the cursor into the tree's search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def cycle_panes(self) -> None:
        """Move between the tree and the page."""
        if self.pane is None or self.pane.isAncestorOf(self.focusWidget() or self):
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.pane.focusNextChild()

    # -- pages --------------------------------------------------------------------------------------

    @property
    def key(self) -> str:
        """The key of the page shown, or ""."""
        return next((key for key, frame in self._frames.items() if frame is self.stack.currentWidget()), "")

    @property
    def pane(self) -> SettingsPane | None:
        """The page shown, or None."""
        return self.panes.get(self.key)

    def show_pane(self, key: str) -> None:
        """Show a page by its key; an unknown key changes nothing."""
        is_new = key not in self.panes
        pane = self._built(key)
        if pane is None:
            return
        self.stack.setCurrentWidget(self._frames[key])
        self.tree.choose(key)
        self._show_changes(key)
        if is_new:
            pane.refresh()

    def _built(self, key: str) -> SettingsPane | None:
        entry = next((entry for entry in self.entries if entry.key == key), None)
        if entry is None or key in self.panes:
            return self.panes.get(key)
        pane = make_pane(entry, self.ctx, self.env)
        self.panes[key] = pane
        self._frames[key] = PaneFrame(entry, pane)
        if not pane.may_edit:
            self._find_who_may(key)
        self.stack.addWidget(self._frames[key])
        pane.changed.connect(partial(self._show_changes, key))
        pane.refresh_on(SettingsChanged)
        if key in self._states:
            pane.restore_state(self._states.pop(key))
        return pane

    # -- inside -------------------------------------------------------------------------------------

    def _build(self) -> None:
        side = QFrame()
        side.setProperty("surface", "side")
        side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(Space.S, Space.L, Space.S, Space.S)
        column.setSpacing(Space.S)
        head = QVBoxLayout()
        head.setContentsMargins(Space.XS + 2, 0, Space.XS + 2, 0)
        head.setSpacing(Space.M)
        head.addWidget(PlainLabel(_("Settings"), "section"))
        head.addWidget(self.search)
        column.addLayout(head)
        column.addWidget(self.tree, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._fill_tree)
        self.search.returnPressed.connect(self._open_first)
        self.search.step.connect(lambda _by: self.tree.setFocus())
        self.tree.chosen.connect(self.show_pane)
        self.bar.applied.connect(self._apply)
        self.bar.discarded.connect(self._discard)
        self.action_set = ActionSet(
            self,
            (
                Action(
                    "settings.apply",
                    N_("Apply the changes"),
                    self._apply,
                    icon="check",
                    shortcut="Ctrl+S",
                    blocked=self._apply_blocked,
                ),
                Action(
                    "settings.discard",
                    N_("Discard the changes"),
                    self._discard,
                    icon="undo-2",
                    blocked=lambda: (
                        ""
                        if self.pane is not None and self.pane.changes
                        else _("Nothing has been changed here.")
                    ),
                ),
                Action("settings.find", N_("Find a setting"), self.focus_search, icon="search"),
            ),
            self.ctx.actor.may,
        )

    def _fill_tree(self, typed: str) -> None:
        found = [entry for entry in self.entries if is_found(entry, typed)]
        sections: dict[str, list[SideItem]] = {}
        for entry in found:
            waiting = len(self.panes[entry.key].changes) if entry.key in self.panes else 0
            item = SideItem(entry.key, str(entry.title), entry.icon, waiting or None)
            sections.setdefault(str(entry.section), []).append(item)
        self.tree.set_sections([SideSection(title, items) for title, items in sections.items()])
        self.tree.choose(self.key)

    def _open_first(self) -> None:
        found = next((entry for entry in self.entries if is_found(entry, self.search.text())), None)
        if found is not None:
            self.show_pane(found.key)
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_changes(self, key: str) -> None:
        """Let the tree, and for the shown page the bar, say what waits there."""
        pane = self.panes[key]
        self.tree.set_count(key, len(pane.changes) or None)
        if key == self.key:
            self.bar.set_changes(pane.changes)
            self.bar.block(pane.blocked)
            self.bar.set_note(pane.apply_note)
            if self.action_set is not None:
                self.action_set.refresh()

    def _find_who_may(self, key: str) -> None:
        """Name the roles that may change a page, where this person may know them."""
        if self.ctx.actor.may("people.read"):
            show = partial(self._frames[key].show_who_may, self.panes[key].edit_permission)
            self.env.tasks.run(partial(roles, self.ctx), show, self.env.shell.failed, owner=self)

    def _apply_blocked(self) -> str:
        if self.pane is None or not self.pane.changes:
            return _("Nothing has been changed here.")
        return self.pane.blocked

    def _apply(self) -> None:
        if self.pane is not None and not self._apply_blocked():
            self.pane.apply()

    def _discard(self) -> None:
        if self.pane is not None:
            self.pane.discard()
