"""What the printed ledger of fairness says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.models.entities.leave import Ledger
from app.models.entities.reports import ReportHead


@dataclass(frozen=True, slots=True)
class FairnessPaper:
    """The ledger of twelve months, as its reader may see it."""

    head: ReportHead
    ledger: Ledger

    @property
    def last(self) -> date:
        """The last day that is counted."""
        return self.ledger.until - timedelta(days=1)
