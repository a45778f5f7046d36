"""What may be done to a ticket: the table of moves, the gates, the reopen window, the number's form."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.ids import ArticleId, CategoryId, TeamId
from app.models.entities.tickets import OPEN_STATUSES, Confirmation, Move, TicketStatus
from app.models.entities.time import Allowance
from app.services.calendars.rules import add_working_time, working_day_length

S, M = TicketStatus, Move

# From any open state a ticket may go to any other: what is demanded is demanded by gates, not by order.
_FROM_ANY_OPEN = {
    M.ASSIGN: S.ASSIGNED,
    M.START: S.IN_PROGRESS,
    M.WAIT: S.WAITING,
    M.RESUME: S.IN_PROGRESS,
    M.RESOLVE: S.RESOLVED,
    M.CANCEL: S.CANCELLED,
    M.OUT_OF_SCOPE: S.OUT_OF_SCOPE,
    M.DUPLICATE: S.DUPLICATE,
}
MOVES: dict[tuple[TicketStatus, Move], TicketStatus] = {
    **{(status, move): after for status in S if status in OPEN_STATUSES for move, after in _FROM_ANY_OPEN.items()},
    (S.RESOLVED, M.CLOSE): S.CLOSED,
    (S.RESOLVED, M.REFUSE): S.IN_PROGRESS,
    (S.CLOSED, M.REOPEN): S.IN_PROGRESS,
}
# Nothing resumes that does not wait, and work that has begun is not begun again. Assigning again (another
# person) and waiting again (another reason) are real moves and stay.
for _status in OPEN_STATUSES - {S.WAITING}:
    del MOVES[_status, M.RESUME]
del MOVES[S.IN_PROGRESS, M.START]

# Registered, solved and confirmed in one breath on the telephone: one command, three events.
SOLVE_NOW = (M.START, M.RESOLVE, M.CLOSE)

DEFAULT_REOPEN_WINDOW = Allowance(working_days=5)
DEFAULT_AUTO_CLOSE = Allowance(working_days=3)
DEFAULT_REMINDER = Allowance(working_days=1)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
