"""The ledger of fairness as a finished paper."""

from __future__ import annotations

from app.services.base.context import Context
from app.services.base.texts import Texts
from app.services.reports import catalog
from app.services.reports.building import BuiltReport
from app.services.reports.fairness_queries import fairness_paper


def fairness_month(ctx: Context, year: int, month: int, language: str) -> BuiltReport:
    """Return the ledger as PDF, in the language of the paper.

    Raises:
        NotAllowed: the actor may not read the roster.
    """
    data = fairness_paper(ctx, year, month, language)
    return BuiltReport(catalog.FAIRNESS.render(data, Texts(language)), catalog.FAIRNESS.file_name(data))
