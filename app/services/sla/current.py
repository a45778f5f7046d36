"""What the fold of a ticket's log takes from the configuration in force."""

from __future__ import annotations

from app.services.settings.current import SiteConfig
from app.services.sla.stretches import FoldSettings


def fold_settings(site: SiteConfig) -> FoldSettings:
    """Return what waiting reasons pause, the lines of teams, and what counts as a response."""
    return FoldSettings(site.waiting_rules, site.team_lines, site.sla.contacts, site.sla.reopen)
