"""People and teams: two lists on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.services.base.context import Context
from app.views.base.i18n import _
from app.views.base.pages import PageEnv, Target
from app.views.base.tokens import Space
from app.views.base.widgets.applybar import Change
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.switches import Choice, Segment
from app.views.settings.frame import SettingsPane
from app.views.settings.people_pane import PersonsPane
from app.views.settings.teams_pane import TeamsPane

_PEOPLE, _TEAMS = "people", "teams"


class PeoplePane(SettingsPane):
    """Target: `{"id": a person's id}` or `{"team": a team's id}`.

    What waits on either list is applied together.
    """

    edit_permission = "people.edit"

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.people = PersonsPane(ctx, env)
        self.teams = TeamsPane(ctx, env)
        self.which = Segment([Choice(_PEOPLE, _("People")), Choice(_TEAMS, _("Teams"))], said=_("List"))
        self.scope = self.people.build_scope()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.people)
        self._stack.addWidget(self.teams)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addLayout(row_of(self.which, self.scope, None, spacing=Space.M))
        whole.addWidget(self._stack, 1)
        self.which.chosen.connect(self._show)
        for pane in (self.people, self.teams):
            pane.changed.connect(self.changed)
        self._show_new_button()

    # -- the SettingsPane the frame knows --------------------------------------------------------------

    @property
    def changes(self) -> Sequence[Change]:
        """What is typed on either list."""
        return (*self.people.changes, *self.teams.changes)

    @property
    def blocked(self) -> str:
        """Why saving must wait."""
        return self.people.blocked or self.teams.blocked

    @property
    def header_buttons(self) -> Sequence[QWidget]:
        """The buttons of both lists; only the shown list's is there."""
        return (*self.people.header_buttons, *self.teams.header_buttons)

    def refresh(self) -> None:
        """Read the shown list again."""
        self.shown.refresh()

    def apply(self) -> None:
        """Save what was typed on either list."""
        self.people.apply()
        self.teams.apply()

    def discard(self) -> None:
        """Give up what was typed on either list."""
        self.people.discard()
        self.teams.discard()

    def show_target(self, target: Target) -> None:
        """See the class."""
        if isinstance(target.get("team"), int):
            self._show(_TEAMS)
            self.teams.show_target({"id": target["team"]})
        elif "id" in target:
            self._show(_PEOPLE)
            self.people.show_target(target)

    def save_state(self) -> dict[str, Any]:
        """Return what either list would come back with."""
        people, teams = self.people.save_state(), self.teams.save_state()
        return {
            "list": self.which.key,
            "people": people,
            "teams": teams,
            "draft": bool(people["draft"] or teams["draft"]),
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """See `SettingsPane.restore_state`."""
        for key, pane in ((_PEOPLE, self.people), (_TEAMS, self.teams)):
            kept = state.get(key)
            if isinstance(kept, dict):
                pane.restore_state(kept)
        if state.get("list") == _TEAMS:
            self._show(_TEAMS)

    # -- inside ----------------------------------------------------------------------------------------

    @property
    def shown(self) -> PersonsPane | TeamsPane:
        """The list that is shown."""
        return self.teams if self._stack.currentWidget() is self.teams else self.people

    def _show(self, key: str) -> None:
        self.which.choose(key)
        self._stack.setCurrentWidget(self.teams if key == _TEAMS else self.people)
        self.scope.setVisible(key == _PEOPLE)
        self._show_new_button()
        if not self.shown.presenter.is_read:
            self.shown.refresh()

    def _show_new_button(self) -> None:
        for pane in (self.people, self.teams):
            is_shown = pane is self.shown and self.may_edit
            if pane.new.parent() is not None or not is_shown:  # without a parent it would be a window
                pane.new.setVisible(is_shown)
