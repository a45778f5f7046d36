"""The first start as one action: read the samples, then write them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app.models.entities.people import NewAdministrator
from app.models.entities.settings import SiteChoices
from app.services.access.passwords import hash_password
from app.services.access.rules import check_strength
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings import declared, rules
from app.services.setup.commands import write_site
from app.services.setup.samples import load_samples


def set_up(ctx: Context, choices: SiteChoices, administrator: NewAdministrator | None = None) -> Outcome:
    """Make the database a working site with sample values and, if given, its first administrator.

    Without one, `access.accounts.add_admin` makes one later. The outcome's id is the administrator's.

    Raises:
        RuleViolation: `setup.already_done`, or a password that `access.rules.check_strength` refuses.
        BadInput: `setup.matrix_unknown`, `setup.country_unknown`, `calendar.zone_unknown`, and what a site
            value, a name or a login may be refused for. Nothing was written.
    """
    rules.checked_value(declared.TIMEZONE, choices.timezone)
    today = ctx.clock.now().astimezone(ZoneInfo(choices.timezone)).date()
    samples = load_samples(choices, today)
    if administrator is None:
        return write_site(ctx, choices, samples)
    check_strength(administrator.password, (administrator.login, administrator.name))
    password_hash = hash_password(administrator.password)
    return write_site(ctx, choices, samples, (administrator.name, administrator.login, password_hash))
