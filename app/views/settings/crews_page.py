"""Crews and patterns: who works together, and the rows of shifts that repeat."""

from __future__ import annotations

from app.services.base.context import Context
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.settings.crews_list_pane import CrewsListPane
from app.views.settings.crews_patterns_pane import PatternsPane
from app.views.settings.tabbed_pane import Tab, TabbedPane


class CrewsPane(TabbedPane):
    """Target: `{"list": "crews" or "patterns", "id": the record's id}`."""

    edit_permission = "roster.edit"

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        self.patterns = PatternsPane(ctx, env)
        self.crews = CrewsListPane(ctx, env)
        tabs = (Tab("patterns", _("Patterns"), self.patterns), Tab("crews", _("Crews"), self.crews))
        super().__init__(ctx, env, _("List"), tabs)
