"""What an import brings back: the rows it refused, the oddities it kept, and the figures of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class RefusalReason(StrEnum):
    """Why a row could not be read. Odd rows are kept and counted instead, see `Oddity`."""

    NOT_CSV = "not_csv"  # quotes or delimiters that make no row
    COLUMNS = "columns"  # more or fewer fields than the heading
    CONTROL_CHARACTER = "control_character"  # a NUL, which no database text may hold
    VALUE_MISSING = "value_missing"
    STATE_UNKNOWN = "state_unknown"
    CHANNEL_UNKNOWN = "channel_unknown"
    TIME_UNREADABLE = "time_unreadable"
    LEVEL_UNREADABLE = "level_unreadable"
    NUMBER_UNREADABLE = "number_unreadable"


class Oddity(StrEnum):
    """What is strange in a readable log. It is imported as recorded, and counted."""

    DAMAGED_STATE = "damaged_state"  # rows: the state stays what it was
    REPEATED_UPDATE = "repeated_update"  # incidents with one update count on two rows
    OUT_OF_ORDER = "out_of_order"  # incidents whose rows do not follow their update count
    BACK_IN_TIME = "back_in_time"  # incidents whose time goes back while the update count rises
    NO_RESOLVED_AT = "no_resolved_at"  # incidents that are closed without a time of solution


@dataclass(frozen=True, slots=True)
class RowNote:
    """A row that was imported, with what is odd about it."""

    line: int
    oddity: Oddity
    value: str


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A row that was not imported. `line` counts from 1, the heading included."""

    line: int
    reason: RefusalReason
    column: str = ""
    value: str = ""


# A file in which nothing can be read must not fill the memory with complaints; the count goes on.
MOST_LISTED = 50_000


@dataclass(slots=True)
class ImportReport:
    """Figures of one import run; rows already there from an earlier run are `known`, not `rows`.

    The priorities count incidents by their last row: as the source recorded it, the mapping's matrix gives
    the same (`priority_as_recorded`) or another (`priority_differs`), the site's own matrix the same
    (`priority_by_site`). `refused` and `notes` list rows up to MOST_LISTED; `refused_rows` counts all.
    """

    source: str
    rows: int = 0
    known: int = 0
    tickets: int = 0
    continued: int = 0  # tickets of an earlier run that got further events
    events: int = 0
    people: int = 0
    teams: int = 0
    categories: int = 0
    priority_as_recorded: int = 0
    priority_differs: int = 0
    priority_by_site: int = 0
    is_cancelled: bool = False
    seconds: float = 0.0
    refused_rows: int = 0
    refused: list[RowRefused] = field(default_factory=list)
    notes: list[RowNote] = field(default_factory=list)
    oddities: dict[Oddity, int] = field(default_factory=dict)

    def count(self, oddity: Oddity, amount: int = 1) -> None:
        """Add to the number of one oddity."""
        self.oddities[oddity] = self.oddities.get(oddity, 0) + amount

    def refuse(self, row: RowRefused) -> None:
        """Add a row that could not be read."""
        self.refused_rows += 1
        if len(self.refused) < MOST_LISTED:
            self.refused.append(row)

    def note(self, row: RowNote) -> None:
        """Add a row that was taken although it is odd."""
        self.count(row.oddity)
        if len(self.notes) < MOST_LISTED:
            self.notes.append(row)
