"""The first start as one action: read the samples, then write them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app.models.entities.settings import SiteChoices
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings import declared, rules
from app.services.setup.commands import write_site
from app.services.setup.samples import load_samples


def set_up(ctx: Context, choices: SiteChoices) -> Outcome:
    """Make the database a working site with sample values; people come afterwards (`access.add_admin`).

    Raises:
        RuleViolation: `setup.already_done`.
        BadInput: `setup.matrix_unknown`, `setup.country_unknown`, `calendar.zone_unknown`, and what a site
            value may be refused for; nothing was written.
    """
    rules.checked_value(declared.TIMEZONE, choices.timezone)
    today = ctx.clock.now().astimezone(ZoneInfo(choices.timezone)).date()
    return write_site(ctx, choices, load_samples(choices, today))
