"""Staffing: what people are reckoned for, and the facts about whom the desk serves."""

from __future__ import annotations

from app.views.settings.site_page import SitePane
from app.views.settings.staffing_terms import STAFFING_GROUPS


class StaffingPane(SitePane):
    """The form of the site's settings, over those of staffing."""

    groups = STAFFING_GROUPS
