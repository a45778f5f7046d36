"""From a typed query to conditions on the ticket table: names become ids once, times at each page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.errors import BadInput
from app.models.entities.instants import to_micros
from app.models.entities.tickets import ENDED_WITHOUT_WORK, OPEN_STATUSES, TicketStatus, WaitingKind
from app.models.transactions import Reader
from app.services.catalogue.merged import merged_categories
from app.services.search.fields import ME, NOBODY
from app.services.search.rules import FilterTerm, Operator
from app.services.search.tokens import norm


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of WHERE with its parameters; `text` is always written in code, never typed by a person."""

    text: str
    parameters: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeCondition:
    """A comparison with a moment that moves: "due < 2d" is read anew at every page."""

    column: str
    operator: Operator
    value: str
    is_ahead: bool  # a span counts from now into the future (due) or into the past (received, age)

    def at(self, now: datetime, zone: ZoneInfo) -> Condition:
        """Return the condition as of `now`; days are days of the site's zone."""
        begin, end = _moment(self.value, now, zone, is_ahead=self.is_ahead)
        column, operator = self.column, self.operator
        if operator is Operator.IS:
            return Condition(f"({column} >= ? AND {column} < ?)", (to_micros(begin), to_micros(end)))
        if operator is Operator.IS_NOT:
            return Condition(f"({column} < ? OR {column} >= ?)", (to_micros(begin), to_micros(end)))
        # A whole day is left out by "<" and ">", and taken in by "<=" and ">=".
        edge = begin if operator in {Operator.LESS, Operator.AT_LEAST} else end
        sign = "<" if operator in {Operator.LESS, Operator.AT_MOST} else ">="
        return Condition(f"{column} {sign} ?", (to_micros(edge),))


@dataclass(frozen=True, slots=True)
class Resolving:
    """What turns names into ids: who "me" is, and a reader."""

    read: Reader
    me: int | None


_FLAG_TEXT = {
    "vip": "ticket.requester_id IN (SELECT id FROM person WHERE is_vip = true)",
    "paused": "ticket.is_paused = true",
    "reopened": "ticket.reopened_count > 0",
    "proactive": "ticket.is_proactive = true",
}
_MARK_TEXT = {"major": "ticket.is_major = true"}
_NUMBER_COLUMNS = {
    "number": "ticket.number",
    "priority": "ticket.priority",
    "impact": "ticket.impact",
    "urgency": "ticket.urgency",
}
_CHOICE_COLUMNS = {"type": "ticket.type", "channel": "ticket.channel"}
_TIME_COLUMNS = {
    "due": ("ticket.due_sort", True),
    "age": ("ticket.received_at", False),
    "received": ("ticket.received_at", False),
    "updated": ("ticket.updated_at", False),
    "resolved": ("ticket.resolved_at", False),
    "closed": ("ticket.closed_at", False),
    "restored": ("ticket.restored_at", False),
    "bearable": ("ticket.bearable_until", True),
    "told": ("ticket.promised_at", True),
    "firstline": ("ticket.first_line_due_at", True),
}
_PERSON_COLUMNS = {
    "assignee": "ticket.assignee_id",
    "owner": "ticket.owner_id",
    "requester": "ticket.requester_id",
}
_NAMED_TABLES = {
    "team": ("ticket.team_id", "SELECT id, code, name, name_alt FROM team"),
    "service": ("ticket.service_id", "SELECT id, code, name, name_alt FROM service"),
}


def condition_for(resolving: Resolving, term: FilterTerm) -> Condition | TimeCondition:
    """Return the condition of one filter.

    Raises:
        BadInput: `search.nobody_named` when a name matches no record.
    """
    return _BUILDERS[term.field](resolving, term)


def _status(_: Resolving, term: FilterTerm) -> Condition:
    if term.values == ("open",):
        return Condition(f"ticket.is_open = {_truth(term)}")
    wanted: set[TicketStatus] = set()
    for value in term.values:
        if value == "open":
            wanted |= OPEN_STATUSES
        elif value == "ended":
            wanted |= {TicketStatus.CLOSED, *ENDED_WITHOUT_WORK}
        else:
            wanted.add(TicketStatus(value))
    texts = sorted(status.value for status in wanted)
    condition = _among("ticket.status", texts, term)
    is_all_open = term.operator is Operator.IS and wanted <= OPEN_STATUSES
    # Naming what the planner cannot know lets it read the small index over open tickets.
    return (
        Condition("ticket.is_open = true AND " + condition.text, condition.parameters)
        if is_all_open
        else condition
    )


def _choice(_: Resolving, term: FilterTerm) -> Condition:
    return _among(_CHOICE_COLUMNS[term.field], term.values, term)


def _waiting(_: Resolving, term: FilterTerm) -> Condition:
    kinds = [WaitingKind(value).value for value in term.values]
    marks = ", ".join("?" * len(kinds))
    text = f"ticket.waiting_reason_id IN (SELECT id FROM waiting_reason WHERE kind IN ({marks}))"
    return _perhaps_not(Condition(text, tuple(kinds)), term)


def _perhaps_not(condition: Condition, term: FilterTerm) -> Condition:
    """Turn a condition round where the term asks for it; what is not known counts as not holding."""
    if term.operator is not Operator.IS_NOT:
        return condition
    return Condition(f"NOT COALESCE({condition.text}, false)", condition.parameters)


def _number(_: Resolving, term: FilterTerm) -> Condition:
    column = _NUMBER_COLUMNS[term.field]
    numbers = [int(value) for value in term.values]
    if term.operator in {Operator.IS, Operator.IS_NOT}:
        return _among(column, numbers, term)
    return Condition(f"{column} {term.operator.value} ?", (numbers[0],))


def _flag(_: Resolving, term: FilterTerm) -> Condition:
    is_wanted = (term.values[-1] == "yes") is (term.operator is Operator.IS)
    text = _FLAG_TEXT[term.field]
    return Condition(text if is_wanted else f"NOT COALESCE({text}, false)")


def _marked(_: Resolving, term: FilterTerm) -> Condition:
    text = " OR ".join(_MARK_TEXT[value] for value in term.values)
    return _perhaps_not(Condition(f"({text})"), term)


def _breached(_: Resolving, term: FilterTerm) -> Condition | TimeCondition:
    is_wanted = (term.values[-1] == "yes") is (term.operator is Operator.IS)
    return TimeCondition(
        "ticket.due_sort", Operator.LESS if is_wanted else Operator.AT_LEAST, "now", is_ahead=True
    )


def _time(_: Resolving, term: FilterTerm) -> TimeCondition:
    column, is_ahead = _TIME_COLUMNS[term.field]
    operator = term.operator
    if term.field == "age":  # older than two days means received earlier than that
        operator = _MIRRORED.get(operator, operator)
    return TimeCondition(column, operator, term.values[-1], is_ahead)


_MIRRORED = {
    Operator.LESS: Operator.MORE,
    Operator.MORE: Operator.LESS,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.AT_MOST,
}


def _person(resolving: Resolving, term: FilterTerm) -> Condition:
    column = _PERSON_COLUMNS[term.field]
    ids: list[int] = []
    for value in term.values:
        if value == ME:
            ids.append(resolving.me if resolving.me is not None else 0)
        elif value != NOBODY:
            ids.extend(_people_named(resolving.read, value))
    return _ids_or_none(column, ids, term)


def _people_named(read: Reader, value: str) -> list[int]:
    rows = read.rows(
        "SELECT id FROM person WHERE name = ? OR name_alt = ? OR login = ? ORDER BY id", (value, value, value)
    )
    if not rows:
        raise BadInput("search.nobody_named", field="person", value=value)
    return [row[0] for row in rows]


def _named(resolving: Resolving, term: FilterTerm) -> Condition:
    column, select = _NAMED_TABLES[term.field]
    names = [value for value in term.values if value != NOBODY]
    return _ids_or_none(column, _matching_ids(resolving.read.rows(select), names, term.field), term)


def _matching_ids(rows: Sequence[Sequence[object]], names: Sequence[str], field: str) -> list[int]:
    found: list[int] = []
    for name in names:
        folded = norm(name)
        exact = [row[0] for row in rows if any(norm(str(text)) == folded for text in row[1:4])]
        begins = [row[0] for row in rows if any(norm(str(text)).startswith(folded) for text in row[2:4])]
        chosen = exact or begins
        if not chosen:
            raise BadInput("search.nobody_named", field=field, value=name)
        found.extend(int(str(record_id)) for record_id in chosen)
    return found


def _category(resolving: Resolving, term: FilterTerm) -> Condition:
    rows = resolving.read.rows("SELECT id, code, name, name_alt, parent_id FROM category")
    names = [value for value in term.values if value != NOBODY]
    ids = set(_matching_ids(rows, names, "category"))
    # A view saved before a merge goes on finding what it found.
    ids.update(into for merged, into in merged_categories(resolving.read).items() if merged in ids)
    children: dict[object, list[int]] = {}
    for row in rows:
        children.setdefault(row[4], []).append(row[0])
    waiting = list(ids)
    while waiting:  # a branch of the tree means everything below it
        below = [child for child in children.get(waiting.pop(), []) if child not in ids]
        ids.update(below)
        waiting.extend(below)
    return _ids_or_none("ticket.category_id", sorted(ids), term)


def _requester_group(resolving: Resolving, term: FilterTerm) -> Condition:
    table = term.field  # company or department, both columns of a person
    select = {"company": "SELECT id, name, name, name_alt FROM company"}.get(
        table, "SELECT id, name, name, name_alt FROM department"
    )
    ids = _matching_ids(resolving.read.rows(select), [v for v in term.values if v != NOBODY], table)
    positive = FilterTerm(term.field, Operator.IS, term.values)
    among = _ids_or_none(f"{table}_id", ids, positive)
    text = f"ticket.requester_id IN (SELECT id FROM person WHERE {among.text})"
    return _perhaps_not(Condition(text, among.parameters), term)


def _location(_: Resolving, term: FilterTerm) -> Condition:
    return _among("ticket.location", term.values, term)


def _ids_or_none(column: str, ids: Sequence[int], term: FilterTerm) -> Condition:
    is_negated = term.operator is Operator.IS_NOT
    wants_none = NOBODY in term.values
    parts = []
    if ids:
        marks = ", ".join("?" * len(ids))
        within = f"{column} = ?" if len(ids) == 1 else f"{column} IN ({marks})"
        # Without the COALESCE a negation would lose the records that have nobody at all.
        parts.append(f"NOT COALESCE({within}, false)" if is_negated else within)
    if wants_none:
        parts.append(f"{column} IS NOT NULL" if is_negated else f"{column} IS NULL")
    joined = (" AND " if is_negated else " OR ").join(parts)
    return Condition(f"({joined})" if len(parts) > 1 else joined, tuple(ids))


def _among(column: str, values: Sequence[object], term: FilterTerm) -> Condition:
    is_negated = term.operator is Operator.IS_NOT
    if len(values) == 1:
        return Condition(f"{column} {'<>' if is_negated else '='} ?", tuple(values))
    marks = ", ".join("?" * len(values))
    return Condition(f"{column} {'NOT IN' if is_negated else 'IN'} ({marks})", tuple(values))


def _truth(term: FilterTerm) -> str:
    return "true" if term.operator is Operator.IS else "false"


_UNIT_LENGTHS = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_DAY_OFFSETS = {"today": 0, "yesterday": -1, "tomorrow": 1}


def _moment(value: str, now: datetime, zone: ZoneInfo, *, is_ahead: bool) -> tuple[datetime, datetime]:
    """Return begin and end of what a time value means: a day of the zone, or an instant twice."""
    if value == "now":
        return now, now
    if value in _DAY_OFFSETS:
        return _day(now.astimezone(zone) + timedelta(days=_DAY_OFFSETS[value]), zone)
    for unit, length in _UNIT_LENGTHS.items():
        if value.endswith(unit) and value[: -len(unit)].lstrip("-").isdigit():
            span = int(value[: -len(unit)]) * length
            instant = now + span if is_ahead else now - span
            return instant, instant
    return _day(datetime.fromisoformat(value).replace(tzinfo=zone), zone)


def _day(local: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    begin = datetime.combine(local.date(), time(), zone)
    return begin, datetime.combine(local.date() + timedelta(days=1), time(), zone)


_Builder = Callable[[Resolving, FilterTerm], Condition | TimeCondition]
_BUILDERS: dict[str, _Builder] = {
    "status": _status,
    "waiting": _waiting,
    "is": _marked,
    "breached": _breached,
    "category": _category,
    "company": _requester_group,
    "department": _requester_group,
    "location": _location,
    **dict.fromkeys(_CHOICE_COLUMNS, _choice),
    **dict.fromkeys(_NUMBER_COLUMNS, _number),
    **dict.fromkeys(_FLAG_TEXT, _flag),
    **dict.fromkeys(_TIME_COLUMNS, _time),
    **dict.fromkeys(_PERSON_COLUMNS, _person),
    **dict.fromkeys(_NAMED_TABLES, _named),
}
FILTERED_FIELDS = frozenset(_BUILDERS)
