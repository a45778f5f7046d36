"""Confidentiality: which facts of requesters are masked, which readings are recorded, and how long."""

from __future__ import annotations

from app.views.settings.confidentiality_terms import CONFIDENTIALITY_GROUPS
from app.views.settings.site_page import SitePane


class ConfidentialityPane(SitePane):
    """The form of the site's settings, over those of confidentiality."""

    groups = CONFIDENTIALITY_GROUPS
