"""One row of a log, understood: words become times, states and levels. Pure.

Columns are found by their heading, so their order does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from app.models.entities.errors import BadInput
from app.models.entities.tickets import Channel
from app.models.entities.transfer import RefusalReason, RowRefused
from app.services.transfer.mapping import Column, LogMapping, StateMeaning
from app.services.transfer.reading import SourceRow

# Facts of a row whose change is an event of its own, in the order events are told.
TRACKED = ("requester", "channel", "location", "impact", "urgency", "priority", "team", "assignee")
LEVELS = ("impact", "urgency", "priority")
LONGEST_NAME = 120
_MOST_REMEMBERED = 200_000
_LEADING_NUMBER = re.compile(r"\s*(\d{1,3})\b")

Value = str | tuple[str, ...] | None
_Key = TypeVar("_Key")
_Found = TypeVar("_Found")


class Update(NamedTuple):
    """One readable row. `tracked` are the words whose change is an event."""

    line: int
    digest: str
    incident: str
    state_word: str
    state: StateMeaning
    update_count: int | None
    at: datetime
    opened_at: datetime
    tracked: tuple[str, ...]
    values: list[str]


class _Unreadable(Exception):
    """A value of the row at hand cannot be read; carries what `RowRefused` needs."""

    def __init__(self, reason: RefusalReason, column: str, value: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column
        self.value = value


class Parser:
    """Reads rows of one heading under one mapping. Keeps what it has seen once: logs repeat themselves."""

    def __init__(self, mapping: LogMapping, header: Sequence[str], timezone: str | None = None) -> None:
        """Find the columns.

        Raises:
            BadInput: `transfer.columns_missing`: the heading lacks columns of the mapping.
        """
        places = _places(mapping, header)
        self.mapping = mapping
        self.place = {key: places[column] for key, column in mapping.columns.items()}
        self.category = tuple(places[column] for column in mapping.category)
        self.kept = {key: places[column] for key, column in mapping.kept.items()}
        self._zone = ZoneInfo(timezone or mapping.timezone)
        self._times: dict[str, datetime] = {}
        self._levels: dict[tuple[str, str], int] = {}
        self._per_row = [key for key in TRACKED if key in self.place and key not in mapping.per_incident]
        self._names: dict[tuple[str, str], str] = {}
        self._paths: dict[tuple[str, ...], tuple[str, ...] | None] = {}
        self._pick = _picker([*(self.place[key] for key in self._per_row), *self.category])
        self._category_words = _picker(self.category)
        proved = (*LEVELS, "channel", "reopened", "created_at", "resolved_at", "closed_at")
        self._steady = _picker([self.place[key] for key in proved if key in self.place])
        self._proved: tuple[str, ...] | None = None
        self.kept_words = _picker(list(self.kept.values()))

    def parse(self, row: SourceRow) -> Update | RowRefused:
        """Understand one row, or say which value of it cannot be read."""
        values = row.values
        try:
            steady = self._steady(values)
            if steady != self._proved:  # rows of one incident differ little: prove each combination once
                self._prove(values)
                self._proved = steady
            word, state = self._state(values)
            times = self._times
            return Update(
                row.line,
                row.digest,
                self._needed("incident", values),
                word,
                state,
                self.number("update", values),
                times.get(values[self.place["updated_at"]]) or self._needed_time("updated_at", values),
                times.get(values[self.place["opened_at"]]) or self._needed_time("opened_at", values),
                self._pick(values),
                values,
            )
        except _Unreadable as unreadable:
            return RowRefused(row.line, unreadable.reason, unreadable.column, unreadable.value[:80])

    def _prove(self, values: Sequence[str]) -> None:
        """Read what the row's own facts do not need, so that no later reading can fail."""
        for level in LEVELS:
            self.level(level, values)
        self.channel(values)
        self.number("reopened", values)
        for moment in ("created_at", "resolved_at", "closed_at"):
            self.time(moment, values)

    def facts(self, update: Update) -> dict[str, Value]:
        """Return the tracked facts of a row by field, the category path among them, as display names."""
        values = update.values
        facts: dict[str, Value] = {}
        for field in self._per_row:
            if field == "channel":
                facts[field] = self.channel(values)
            elif field in LEVELS:
                level = self.level(field, values)
                facts[field] = None if level is None else str(level)
            else:
                facts[field] = self.display(field, self.word(field, values))
        if self.category:
            facts["category"] = self.category_path(values)
        return facts

    def display(self, field: str, word: str | None) -> str | None:
        """Return how people see a word of the source: "70" of the team column is "Group 70"."""
        if word is None:
            return None
        known = self._names.get((field, word))
        if known is None:
            known = self.mapping.names[field].substitute(value=word)[:LONGEST_NAME]
            self._names[field, word] = known
        return known

    def category_path(self, values: list[str]) -> tuple[str, ...] | None:
        """Return the names from the root down, ending before the first one not recorded; None without any."""
        words = self._category_words(values)
        if words not in self._paths:
            self._paths[words] = self._path(words)
        return self._paths[words]

    def _path(self, words: Sequence[str]) -> tuple[str, ...] | None:
        path: list[str] = []
        for word, template in zip(words, self.mapping.category_names, strict=True):
            if word.strip() in self.mapping.missing:
                break
            path.append(template.substitute(value=word.strip())[:LONGEST_NAME])
        return tuple(path) or None

    def word(self, field: str, values: Sequence[str]) -> str | None:
        """Return the word of a field, or None where the column or the value is missing."""
        place = self.place.get(field)
        if place is None:
            return None
        word = values[place].strip()
        return None if word in self.mapping.missing else word

    def time(self, field: str, values: Sequence[str]) -> datetime | None:
        """Return an instant in UTC, or None where it was not recorded."""
        place = self.place.get(field)
        if place is None:
            return None
        text = values[place]
        known = self._times.get(text)
        if known is not None:
            return known
        if text.strip() in self.mapping.missing:
            return None
        return _remember(self._times, text, self._instant(field, text.strip(), values))

    def level(self, field: str, values: Sequence[str]) -> int | None:
        """Return impact, urgency or priority as a number: by the mapping's table, else "1 - High" means 1.

        Only the priority may be missing.
        """
        word = self.word(field, values)
        if word is None:
            if field == "priority":
                return None
            raise self._complaint(RefusalReason.VALUE_MISSING, field, values)
        known = self._levels.get((field, word))
        if known is not None:
            return known
        found = self.mapping.levels.get(field, {}).get(word)
        if found is None:
            number = _LEADING_NUMBER.match(word)
            found = int(number.group(1)) if number else 0
        if not 1 <= found <= 5:
            raise self._complaint(RefusalReason.LEVEL_UNREADABLE, field, values)
        return _remember(self._levels, (field, word), found)

    def channel(self, values: Sequence[str]) -> Channel:
        """Return the channel; a missing one must be named in the mapping's table like any other."""
        found = self.mapping.channels.get(values[self.place["channel"]].strip())
        if found is None:
            raise self._complaint(RefusalReason.CHANNEL_UNKNOWN, "channel", values)
        return found

    def number(self, field: str, values: Sequence[str]) -> int | None:
        """Return a count, or None where it was not recorded."""
        word = self.word(field, values)
        if word is None:
            return None
        if not word.isdecimal() or len(word) > 9:
            raise self._complaint(RefusalReason.NUMBER_UNREADABLE, field, values)
        return int(word)

    def _state(self, values: Sequence[str]) -> tuple[str, StateMeaning]:
        word = values[self.place["state"]].strip()
        state = self.mapping.states.get(word)
        if state is None:
            raise self._complaint(RefusalReason.STATE_UNKNOWN, "state", values)
        return word, state

    def _needed(self, field: str, values: Sequence[str]) -> str:
        word = self.word(field, values)
        if word is None:
            raise self._complaint(RefusalReason.VALUE_MISSING, field, values)
        return word

    def _needed_time(self, field: str, values: Sequence[str]) -> datetime:
        moment = self.time(field, values)
        if moment is None:
            raise self._complaint(RefusalReason.VALUE_MISSING, field, values)
        return moment

    def _instant(self, field: str, text: str, values: Sequence[str]) -> datetime:
        # Wall times: one that daylight saving skips moves forward by the gap, a repeated one means the first.
        for style in self.mapping.date_formats:
            try:
                wall = datetime.strptime(text, style)  # noqa: DTZ007 - the zone is the mapping's, set below
                return (wall if wall.tzinfo else wall.replace(tzinfo=self._zone)).astimezone(UTC)
            except (ValueError, OverflowError):
                continue
        raise self._complaint(RefusalReason.TIME_UNREADABLE, field, values)

    def _complaint(self, reason: RefusalReason, field: str, values: Sequence[str]) -> _Unreadable:
        return _Unreadable(reason, str(self.mapping.columns[field]), values[self.place[field]])


def _remember(memory: dict[_Key, _Found], key: _Key, found: _Found) -> _Found:
    # A hostile file never says the same twice: it must not fill the memory.
    if len(memory) >= _MOST_REMEMBERED:
        memory.clear()
    memory[key] = found
    return found


def _places(mapping: LogMapping, header: Sequence[str]) -> dict[Column, int]:
    seen: dict[str, int] = {}
    places: dict[Column, int] = {}
    for place, name in enumerate(header):
        seen[name] = seen.get(name, 0) + 1
        places[Column(name, seen[name])] = place
    missing = sorted({str(column) for column in mapping.all_columns() if column not in places})
    if missing:
        raise BadInput("transfer.columns_missing", columns=", ".join(missing), mapping=mapping.name)
    return places


def _picker(places: Sequence[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """Return a function that takes these values out of a row, always as a tuple."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple(values[place] for place in places)
