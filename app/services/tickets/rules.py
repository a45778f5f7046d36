"""What may be done to a ticket: the table of moves, the gates, the reopen window, the number's form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.ids import ArticleId, CategoryId, ReasonId, TeamId, TicketId
from app.models.entities.tickets import (
    ENDED_WITHOUT_WORK,
    MAJOR_TYPES,
    OPEN_STATUSES,
    Confirmation,
    EventKind,
    Move,
    TicketStatus,
    TicketType,
)
from app.models.entities.time import Allowance
from app.services.calendars.rules import add_working_time, working_day_length

# What is demanded is demanded by gates, not by order: nearly every move starts from any open state.
# Assigning again (another person) and waiting again (another reason) are moves too.
_MOVES: tuple[tuple[Move, Collection[TicketStatus], TicketStatus], ...] = (
    (Move.ASSIGN, OPEN_STATUSES, TicketStatus.ASSIGNED),
    (Move.START, OPEN_STATUSES - {TicketStatus.IN_PROGRESS}, TicketStatus.IN_PROGRESS),
    (Move.WAIT, OPEN_STATUSES, TicketStatus.WAITING),
    (Move.RESUME, {TicketStatus.WAITING}, TicketStatus.IN_PROGRESS),
    (Move.RESOLVE, OPEN_STATUSES, TicketStatus.RESOLVED),
    (Move.CANCEL, OPEN_STATUSES, TicketStatus.CANCELLED),
    (Move.OUT_OF_SCOPE, OPEN_STATUSES, TicketStatus.OUT_OF_SCOPE),
    (Move.DUPLICATE, OPEN_STATUSES, TicketStatus.DUPLICATE),
    (Move.CLOSE, {TicketStatus.RESOLVED}, TicketStatus.CLOSED),
    (Move.REFUSE, {TicketStatus.RESOLVED}, TicketStatus.IN_PROGRESS),
    (Move.REOPEN, {TicketStatus.CLOSED}, TicketStatus.IN_PROGRESS),
)
MOVES: dict[tuple[TicketStatus, Move], TicketStatus] = {
    (before, move): after for move, befores, after in _MOVES for before in befores
}

# Solved and confirmed on the telephone: one command, one transaction, three events.
SOLVE_NOW: tuple[Move | EventKind, ...] = (Move.RESOLVE, EventKind.CONFIRMATION, Move.CLOSE)

DEFAULT_REOPEN_WINDOW = Allowance(working_days=5)
DEFAULT_AUTO_CLOSE = Allowance(working_days=3)
DEFAULT_REMINDER = Allowance(working_days=1)
_LONGEST_NUMBER = 18
MAJOR = "is_major"  # the field of a ticket that is declared and withdrawn, never edited


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What the gates look at: the ticket's fields as they would be after the move, and who moves it."""

    category_id: CategoryId | None = None
    team_id: TeamId | None = None
    waiting_reason_id: ReasonId | None = None
    solution: str = ""
    cause_code: str = ""
    resolved_line: int | None = None
    article_id: ArticleId | None = None
    no_article_fits: bool = False
    confirmation: Confirmation | None = None
    is_auto_close: bool = False
    is_by_desk: bool = False
    duplicate_of: TicketId | None = None
    lacking: tuple[str, ...] = ()  # what the category demands at this move, as `lacking_of` finds it


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a ticket's running number is shown: `prefix`, then the number filled with zeros to `width`."""

    prefix: str = "#"
    width: int = 0

    def text_of(self, number: int) -> str:
        """Return "#10482", or "INC-000017" for prefix "INC-" and width 6."""
        return f"{self.prefix}{number:0{self.width}d}"

    def number_of(self, text: str) -> int:
        """Read a number as people type it: with or without the prefix, with or without the zeros.

        Raises:
            BadInput: `tickets.number_bad`.
        """
        digits = text.strip().removeprefix(self.prefix).lstrip("#").strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER):
            raise BadInput("tickets.number_bad", text=text[:60])
        return int(digits)


def next_status(status: TicketStatus, move: Move) -> TicketStatus:
    """Return the state after a move. Gates are asked apart, by `check_gate`.

    Raises:
        RuleViolation: `tickets.move_refused`, with the moves that are possible instead.
    """
    try:
        return MOVES[status, move]
    except KeyError:
        raise RuleViolation(
            "tickets.move_refused", status=status, move=move, possible=moves_from(status)
        ) from None


def moves_from(status: TicketStatus) -> tuple[Move, ...]:
    """Return the moves a state allows, in the order of the enum."""
    return tuple(move for move in Move if (status, move) in MOVES)


_Wanted = tuple[tuple[str, Callable[[GateFacts], bool]], ...]
_WANTED: Mapping[Move, _Wanted] = {
    Move.ASSIGN: (
        ("category_id", lambda facts: facts.category_id is not None),
        ("team_id", lambda facts: facts.team_id is not None),
    ),
    Move.WAIT: (("waiting_reason_id", lambda facts: facts.waiting_reason_id is not None),),
    Move.RESOLVE: (
        ("solution", lambda facts: bool(facts.solution.strip())),
        ("cause_code", lambda facts: bool(facts.cause_code)),
        ("resolved_line", lambda facts: facts.resolved_line is not None),
        ("article_id", lambda facts: facts.article_id is not None or facts.no_article_fits),
    ),
    Move.CLOSE: (("confirmation", lambda facts: facts.confirmation is not None or facts.is_auto_close),),
    Move.DUPLICATE: (("duplicate_of", lambda facts: facts.duplicate_of is not None),),
}


def missing_for(move: Move, facts: GateFacts) -> tuple[str, ...]:
    """Return the fields a move still wants, in the order a form asks for them; empty means go."""
    missing = [name for name, is_there in _WANTED.get(move, ()) if not is_there(facts)]
    return (*missing, *(name for name in facts.lacking if name not in missing))


def lacking_of(demanded: Iterable[str], value_of: Callable[[str], object]) -> tuple[str, ...]:
    """Return those of the demanded fields that are empty: without a value, or a text of blanks."""
    return tuple(name for name in demanded if value_of(name) is None or not str(value_of(name)).strip())


def check_gate(move: Move, facts: GateFacts) -> None:
    """Refuse a move whose demands are not met.

    Raises:
        RuleViolation: `tickets.only_desk_closes`; `tickets.refused_not_closed` (the user said it is not
            solved); `tickets.gate` with the move and the missing fields.
    """
    if move is Move.CLOSE and not (facts.is_by_desk or facts.is_auto_close):
        raise RuleViolation("tickets.only_desk_closes")
    if move is Move.CLOSE and facts.confirmation is Confirmation.REFUSED:
        raise RuleViolation("tickets.refused_not_closed")
    if missing := missing_for(move, facts):
        raise RuleViolation("tickets.gate", move=move, missing=missing)


def working_deadline(calendar: BusinessCalendar, since: datetime, allowed: Allowance) -> datetime:
    """Return when a period in working time is over: reopen window, auto-close, reminder.

    Raises:
        NeverOpen: the calendar is closed for ever.
    """
    return add_working_time(calendar, since, allowed.length(working_day_length(calendar)))


def check_reopen(
    closed_at: datetime,
    now: datetime,
    calendar: BusinessCalendar,
    window: Allowance = DEFAULT_REOPEN_WINDOW,
) -> None:
    """Refuse reopening once the window is over; its last instant still belongs to it.

    Raises:
        RuleViolation: `tickets.reopen_window_over`, with `until`; a new linked ticket is the way then.
    """
    until = working_deadline(calendar, closed_at, window)
    if now > until:
        raise RuleViolation("tickets.reopen_window_over", until=until)


def check_may_be_major(number: int, ticket_type: TicketType) -> None:
    """Refuse a major incident that is none: a request, a question or a complaint.

    Raises:
        RuleViolation: `tickets.major_type`.
    """
    if ticket_type not in MAJOR_TYPES:
        raise RuleViolation("tickets.major_type", number=number, type=ticket_type)


def is_over(status: TicketStatus) -> bool:
    """Return whether nothing more is to be done: closed, or ended without work."""
    return status is TicketStatus.CLOSED or status in ENDED_WITHOUT_WORK
