"""What the columns of one foreign log mean: mapping files under `resources/mappings`, read and checked.

To take in another log, write another file there: no code. Every name used in it is a column of the heading;
the second column of one name is written `name#2`. Texts in `names` and `texts` fill in `$value` and the
names listed in `TEXT_VARIABLES` (plus the keys of `kept`), nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from string import Template
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.models.entities.errors import BadInput
from app.models.entities.tickets import Channel, TicketStatus, TicketType, WaitingKind
from app.services.base.resources import resource_path
from app.services.transfer.sections import Section, wrong

REQUIRED = ("incident", "state", "updated_at", "opened_at", "channel", "impact", "urgency")
OPTIONAL = (
    "update",
    "updated_by",
    "opened_by",
    "created_at",
    "resolved_at",
    "closed_at",
    "requester",
    "location",
    "priority",
    "team",
    "assignee",
    "reopened",
    "resolution_code",
)
NAMED = ("requester", "opened_by", "updated_by", "assignee", "team", "location", "resolution_code")
TEXT_VARIABLES = frozenset(
    {"incident", "location", "team", "requester", "category_1", "category_2", "category_3"}
)
LEVELS = ("impact", "urgency", "priority")
DEEPEST_CATEGORY = 3
LONGEST_PREFIX = 12

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the heading by name; `nth` counts from 1 among columns of that name."""

    name: str
    nth: int = 1

    def __str__(self) -> str:
        return self.name if self.nth == 1 else f"{self.name}#{self.nth}"


@dataclass(frozen=True, slots=True)
class StateMeaning:
    """What a word in the state column means. A damaged one (status None) leaves the state as it was."""

    status: TicketStatus | None
    waiting: WaitingKind | None = None
    keeps_text: bool = False


@dataclass(frozen=True, slots=True)
class LogMapping:
    """One mapping file. Levels and channels given by word stand in `levels` and `channels`."""

    name: str
    title: str
    credit: str
    prefix: str
    missing: frozenset[str]
    date_formats: tuple[str, ...]
    timezone: str
    delimiter: str | None
    type: TicketType
    matrix: str
    columns: Mapping[str, Column]
    category: tuple[Column, ...]
    per_incident: frozenset[str]
    kept: Mapping[str, Column]
    states: Mapping[str, StateMeaning]
    channels: Mapping[str, Channel]
    levels: Mapping[str, Mapping[str, int]]
    names: Mapping[str, Template]
    category_names: tuple[Template, ...]
    subject: Template
    description: Template

    def all_columns(self) -> Iterable[Column]:
        """Return every column the mapping asks for."""
        return (*self.columns.values(), *self.category, *self.kept.values())


def mapping_names() -> list[str]:
    """Return the names of the mapping files shipped with the program, sorted."""
    return sorted(path.stem for path in resource_path("mappings").glob("*.json"))


def load_mapping(name_or_path: str) -> LogMapping:
    """Read a shipped mapping by name, or any mapping file by path (a name ending in `.json`).

    Raises:
        BadInput: there is none of that name, or the file says something that cannot be used.
    """
    is_path = name_or_path.endswith(".json")
    if not is_path and name_or_path not in mapping_names():
        raise BadInput("transfer.mapping_unknown", name=name_or_path, known=", ".join(mapping_names()))
    path = Path(name_or_path) if is_path else resource_path("mappings", f"{name_or_path}.json")
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise BadInput("transfer.mapping_unreadable", file=str(path)) from unreadable
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise BadInput("transfer.mapping_not_json", file=str(path), where=str(broken)) from broken
    return parse_mapping(content)


def parse_mapping(content: object) -> LogMapping:
    """Check the content of a mapping file and return it typed.

    Raises:
        BadInput: `transfer.mapping_missing` (where) or `transfer.mapping_wrong` (where, value, allowed).
    """
    top = Section("", content)
    file = top.section("file", optional=True)
    names = top.section("names", optional=True)
    texts = top.section("texts")
    columns = top.section("columns")
    category = tuple(
        _column(f"columns.category[{at}]", ref) for at, ref in enumerate(columns.words("category"))
    )
    kept = {
        key: _column(f"kept.{key}", ref) for key, ref in top.section("kept", optional=True).texts().items()
    }
    return LogMapping(
        name=top.text("name"),
        title=top.text("title", default=""),
        credit=top.text("credit", default=""),
        prefix=_prefix(top.text("prefix")),
        missing=frozenset(file.words("missing") or ("",)),
        date_formats=_filled("file.date_formats", file.words("date_formats")),
        timezone=check_timezone(file.text("timezone", default="UTC")),
        delimiter=file.text("delimiter", default="") or None,
        type=_word("type", top.text("type", default=TicketType.INCIDENT), TicketType),
        matrix=top.text("matrix"),
        columns=_columns(columns),
        category=_not_deeper(category),
        per_incident=_known("per_incident", top.words("per_incident"), REQUIRED + OPTIONAL),
        kept=kept,
        states=_states(top.section("states")),
        channels={
            word: _word(f"channels.{word}", value, Channel)
            for word, value in top.section("channels").texts().items()
        },
        levels=_levels(top.section("levels", optional=True)),
        names={key: _template(f"names.{key}", names.text(key, default="$value"), {"value"}) for key in NAMED},
        category_names=_category_names(names.words("category"), len(category)),
        subject=_template("texts.subject", texts.text("subject"), TEXT_VARIABLES | kept.keys()),
        description=_template(
            "texts.description", texts.text("description", default=""), TEXT_VARIABLES | kept.keys()
        ),
    )


def check_timezone(name: str) -> str:
    """Return `name` if it is an IANA zone of this machine.

    Raises:
        BadInput: it is not.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise BadInput("transfer.timezone_unknown", timezone=name) from unknown
    return name


def _filled(where: str, words: tuple[str, ...]) -> tuple[str, ...]:
    if not words:
        raise BadInput("transfer.mapping_missing", where=where)
    return words


def _prefix(text: str) -> str:
    if not text.isascii() or not text.isalnum() or len(text) > LONGEST_PREFIX:
        raise wrong("prefix", text, f"1 to {LONGEST_PREFIX} letters and digits")
    return text


def _column(where: str, reference: str) -> Column:
    name, mark, nth = reference.rpartition("#")
    if not mark or not nth.isdecimal():
        return Column(reference)
    if int(nth) < 1:
        raise wrong(where, reference, "name#1, name#2, …")
    return Column(name, int(nth))


def _columns(section: Section) -> dict[str, Column]:
    _known("columns", section.keys(), (*REQUIRED, *OPTIONAL, "category"))
    for key in REQUIRED:
        section.text(key)
    return {key: _column(section.place(key), section.text(key)) for key in section.keys() - {"category"}}


def _not_deeper(category: tuple[Column, ...]) -> tuple[Column, ...]:
    if len(category) > DEEPEST_CATEGORY:
        raise wrong("columns.category", len(category), f"at most {DEEPEST_CATEGORY} columns")
    return category


def _known(where: str, keys: Iterable[str], allowed: tuple[str, ...]) -> frozenset[str]:
    for key in keys:
        if key not in allowed:
            raise wrong(where, key, ", ".join(allowed))
    return frozenset(keys)


def _word(where: str, value: str, words: type[_Word]) -> _Word:
    try:
        return words(value)
    except ValueError as unknown:
        raise wrong(where, value, ", ".join(words)) from unknown


def _states(section: Section) -> dict[str, StateMeaning]:
    return {word: _state(entry) for word, entry in section.sections().items()}


def _state(entry: Section) -> StateMeaning:
    if entry.flag("damaged"):
        return StateMeaning(status=None)
    status = _word(entry.place("status"), entry.text("status"), TicketStatus)
    waits_for = entry.text("waiting", default="")
    if (status is TicketStatus.WAITING) != bool(waits_for):
        raise wrong(entry.place("waiting"), waits_for, "what it waits for, and only beside a waiting status")
    waiting = _word(entry.place("waiting"), waits_for, WaitingKind) if waits_for else None
    return StateMeaning(status, waiting, entry.flag("keep_text"))


def _levels(section: Section) -> dict[str, dict[str, int]]:
    _known("levels", section.keys(), LEVELS)
    return {key: inner.numbers() for key, inner in section.sections().items()}


def _template(where: str, text: str, variables: Set[str]) -> Template:
    template = Template(text)
    if not template.is_valid():
        raise wrong(where, text, "$name or ${name}; $$ for a dollar sign")
    for variable in template.get_identifiers():
        if variable not in variables:
            raise wrong(where, variable, ", ".join(sorted(variables)))
    return template


def _category_names(texts: tuple[str, ...], depth: int) -> tuple[Template, ...]:
    texts = texts or ("$value",) * depth
    if len(texts) != depth:
        raise wrong("names.category", len(texts), f"one for each of the {depth} category columns")
    return tuple(_template("names.category", text, {"value"}) for text in texts)
