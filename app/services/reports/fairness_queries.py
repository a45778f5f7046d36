"""What the printed ledger of fairness is made of (I11)."""

from __future__ import annotations

from datetime import timedelta

from app.models.entities.fairness_report import FairnessPaper
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.leave.ledger_queries import load_ledger
from app.services.reports.heads import report_head
from app.services.reports.people_period import month_of
from app.services.roster.queries import site_zone

MONTHS = 12


@query(permission="roster.read")
def fairness_paper(ctx: Context, read: Reader, year: int, month: int, language: str) -> FairnessPaper:
    """Return the ledger of the twelve months that end with a month, or with today where it is not over.

    Whoever may neither plan nor decide gets their own line with the mean of their team.
    """
    today = ctx.clock.now().astimezone(site_zone(read)).date()
    last = min(month_of(year, month)[1], today)
    ledger = load_ledger(read, ctx.actor, last + timedelta(days=1), months=MONTHS, language=language)
    return FairnessPaper(report_head(ctx, read, language), ledger)
