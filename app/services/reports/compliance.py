"""How the promises of a month were kept, counted by the database and split six ways (U24, S0-33)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from app.models.entities.compliance import ComplianceLine, RestoreLine, Split
from app.models.entities.ids import PersonId
from app.models.entities.instants import from_micros, to_micros
from app.models.entities.reports import SlaTally
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.models.transactions import Reader
from app.services.base.names import name_in, person_column

_DAY_MINUTES = 24 * 60
_KEYS: Mapping[Split, str] = {
    Split.PRIORITY: "priority",
    Split.TYPE: "type",
    Split.CATEGORY: "category_id",
    Split.TEAM: "team_id",
    Split.ASSIGNEE: "assignee_id",
}
HOLDER = "COALESCE(assignee_id, owner_id)"
"""Whose a ticket is: the assignee's; solved at once it has none and is the owner's."""
# A promise counts in the month in which it was decided; overdue and still open counts as missed (RULES 8).
_RECEIVED = (
    "SELECT {key}, COUNT(*), COUNT(CASE WHEN response_met = true THEN 1 END),"
    " COUNT(CASE WHEN response_met = false OR (response_met IS NULL AND response_due_at < ?) THEN 1 END),"
    " COUNT(CASE WHEN response_met IS NULL AND response_due_at >= ? THEN 1 END)"
    " FROM ticket WHERE received_at >= ? AND received_at < ?{more} GROUP BY {key}"
)
_RESOLVED = (
    "SELECT {key}, COUNT(CASE WHEN resolution_met = true THEN 1 END),"
    " COUNT(CASE WHEN resolution_met = false THEN 1 END) FROM ticket"
    " WHERE resolved_at >= ? AND resolved_at < ?{more} GROUP BY {key}"
)
_LEFT = (
    "SELECT {key}, COUNT(CASE WHEN resolution_due_at < ? THEN 1 END),"
    " COUNT(CASE WHEN resolution_due_at >= ? THEN 1 END) FROM ticket"
    " WHERE is_open = true AND received_at < ?{more} GROUP BY {key}"
)
# Whatever is no work of the desk's is in no share of it.
_COUNTED = " AND status NOT IN ('cancelled', 'out_of_scope', 'duplicate')"


@dataclass(slots=True)
class _Count:
    received: int = 0
    response: list[int] = field(default_factory=lambda: [0, 0, 0])
    resolution: list[int] = field(default_factory=lambda: [0, 0, 0])

    def line(self, name: str) -> ComplianceLine:
        return ComplianceLine(name, self.received, SlaTally(*self.response), SlaTally(*self.resolution))


def compliance_lines(
    read: Reader, split: Split, begin: datetime, until: datetime, language: str
) -> tuple[ComplianceLine, ...]:
    """Return the lines of one split for [begin, until), the longest first; priorities in order."""
    counts = _counts(read, _KEYS[split], begin, until)
    if split in (Split.PRIORITY, Split.TYPE):
        return tuple(counts[key].line(str(key)) for key in sorted(counts, key=str))
    names = _names(read, split, language)
    ordered = sorted(counts, key=lambda key: (-counts[key].received, names.get(key, "")))
    return tuple(counts[key].line(names.get(key, "")) for key in ordered)


def resolution_by_holder(read: Reader, begin: datetime, until: datetime) -> dict[PersonId | None, SlaTally]:
    """Return how the promised resolution was kept in [begin, until) by who held the tickets; see `HOLDER`."""
    counts = _counts(read, HOLDER, begin, until)
    return {key: SlaTally(*count.resolution) for key, count in counts.items()}  # type: ignore[misc]


def total_line(lines: Iterable[ComplianceLine]) -> ComplianceLine:
    """Return the sum of a split's lines; every split has the same."""
    found = list(lines)

    def summed(tallies: Iterable[SlaTally]) -> SlaTally:
        each = list(tallies)
        return SlaTally(sum(t.met for t in each), sum(t.missed for t in each), sum(t.open for t in each))

    return ComplianceLine(
        "",
        sum(line.received for line in found),
        summed(line.response for line in found),
        summed(line.resolution for line in found),
    )


def lines_by_shift(
    read: Reader,
    templates: Iterable[ShiftTemplate],
    begin: datetime,
    until: datetime,
    zone: ZoneInfo,
    name: Callable[[ShiftTemplate], str],
) -> tuple[ComplianceLine, ...]:
    """Return a line for each working shift: the tickets received during its hours, by the site's wall clock.

    A minute that two shifts share belongs to the one that began last; one without a shift to the line "".
    What a shift is asked for is the date on which it began: it must have held then.
    """
    shifts = [one for one in templates if one.kind is ShiftKind.WORK]
    counts: dict[int | None, _Count] = {}
    now, first = to_micros(until), to_micros(begin)
    rows = read.rows(
        "SELECT received_at, response_met, response_due_at, resolution_met, resolution_due_at, is_open"
        " FROM ticket WHERE received_at >= ? AND received_at < ?" + _COUNTED,
        (first, now),
    )
    for received_at, response, response_due, resolution, resolution_due, is_open in rows:
        local = from_micros(received_at).astimezone(zone)
        count = counts.setdefault(_shift_of(shifts, local), _Count())
        count.received += 1
        _decide(count.response, response, response_due, now)
        _decide(count.resolution, resolution, resolution_due if is_open else None, now)
    names: dict[int | None, str] = {one.id: name(one) for one in shifts}
    order: list[int | None] = [*names, None]
    return tuple(counts[key].line(names.get(key, "")) for key in order if key in counts)


def restore_lines(read: Reader, begin: datetime, until: datetime) -> tuple[RestoreLine, ...]:
    """Return how long services were down of incidents resolved in [begin, until), by priority in order."""
    lasted: dict[int, list[timedelta]] = {}
    said: Counter[int] = Counter()
    rows = read.rows(
        "SELECT priority, received_at, restored_at, resolved_at FROM ticket"
        " WHERE resolved_at >= ? AND resolved_at < ? AND type IN ('incident', 'monitoring')" + _COUNTED,
        (to_micros(begin.astimezone(UTC)), to_micros(until.astimezone(UTC))),
    )
    for priority, received_at, restored_at, resolved_at in rows:
        said[priority] += restored_at is not None
        end = resolved_at if restored_at is None else restored_at
        lasted.setdefault(priority, []).append(timedelta(microseconds=max(end - received_at, 0)))
    return tuple(
        RestoreLine(
            priority,
            len(lengths),
            said[priority],
            sum(lengths, timedelta()) / len(lengths),
            timedelta(seconds=median(length.total_seconds() for length in lengths)),
        )
        for priority, lengths in sorted(lasted.items())
    )


def _decide(tally: list[int], met: object, due: int | None, now: int) -> None:
    if met is None and due is None:
        return
    tally[2 if met is None and due >= now else 0 if met else 1] += 1  # type: ignore[operator]


def _shift_of(shifts: Iterable[ShiftTemplate], local: datetime) -> int | None:
    minute = local.hour * 60 + local.minute
    found = [
        ((minute - one.start_minute) % _DAY_MINUTES, one.id)
        for one in shifts
        if (minute - one.start_minute) % _DAY_MINUTES < one.duration_minute
        and one.holds_on(local.date() - timedelta(days=minute < one.start_minute))
    ]
    return min(found)[1] if found else None


def _counts(read: Reader, key: str, begin: datetime, until: datetime) -> dict[object, _Count]:
    first, now = to_micros(begin.astimezone(UTC)), to_micros(until.astimezone(UTC))
    counts: dict[object, _Count] = {}
    for group, received, met, missed, still in read.rows(
        _RECEIVED.format(key=key, more=_COUNTED), (now, now, first, now)
    ):
        count = counts.setdefault(group, _Count())
        count.received, count.response = received, [met, missed, still]
    for group, met, missed in read.rows(_RESOLVED.format(key=key, more=_COUNTED), (first, now)):
        count = counts.setdefault(group, _Count())
        count.resolution[0] += met
        count.resolution[1] += missed
    for group, missed, still in read.rows(_LEFT.format(key=key, more=""), (now, now, now)):
        count = counts.setdefault(group, _Count())
        count.resolution[1] += missed
        count.resolution[2] += still
    return counts


def _names(read: Reader, split: Split, language: str) -> dict[object, str]:
    if split is Split.ASSIGNEE:
        column = person_column("person", language)
        return {row[0]: row[1] for row in read.rows(f"SELECT id, {column} FROM person")}
    table = "category" if split is Split.CATEGORY else "team"
    rows = read.rows(f"SELECT id, name, name_alt FROM {table}")
    return {row[0]: name_in(row[1], row[2], language) for row in rows}
