"""The kinds of values an entry of the file has: each reads its own, or says what is wrong with it. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.models.entities.errors import BadInput
from app.models.entities.settings_file import Section
from app.services.settings_file.text import storable_text

_LARGEST = 2**31 - 1


class FieldKind(Protocol):
    """One kind of value. `default` is what a new entry has where the file says nothing."""

    @property
    def default(self) -> Any:
        """See the class."""

    def read(self, name: str, value: object) -> Any:
        """Return the value in its one written form. BadInput `settings_file.no_*`: it is of another kind."""

    def check(self, name: str, value: Any) -> None:
        """Refuse a value that was read but cannot be taken. BadInput `settings_file.*` says why."""

    def of_site(self, value: Any) -> Any:
        """Return a stored value in its one written form; what is stored is never refused."""


def wrong_kind(name: str, wanted: str, value: object) -> BadInput:
    """Return the error for a value of another kind; `wanted` is text, number, flag, list or object."""
    return _WANTED[wanted](name, str(value)[:60])


_WANTED: Mapping[str, Callable[[str, str], BadInput]] = {
    "text": lambda name, value: BadInput("settings_file.no_text", name=name, value=value),
    "number": lambda name, value: BadInput("settings_file.no_number", name=name, value=value),
    "flag": lambda name, value: BadInput("settings_file.no_flag", name=name, value=value),
    "list": lambda name, value: BadInput("settings_file.no_list", name=name, value=value),
    "object": lambda name, value: BadInput("settings_file.no_object", name=name, value=value),
}


class _Unlimited:
    """A kind that takes whatever it can read."""

    __slots__ = ()

    def check(self, name: str, value: Any) -> None:
        del name, value


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most `longest` characters."""

    longest: int
    default: str = ""

    def read(self, name: str, value: object) -> str:
        if not isinstance(value, str):
            raise wrong_kind(name, "text", value)
        return storable_text(value)

    def check(self, name: str, value: str) -> None:
        if len(value) > self.longest:
            raise BadInput("settings_file.text_long", name=name, longest=self.longest)

    def of_site(self, value: Any) -> str:
        return storable_text(str(value or ""))


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number within limits; `may_be_empty` lets it be null."""

    least: int
    most: int
    default: int | None = None
    may_be_empty: bool = False

    def read(self, name: str, value: object) -> int | None:
        if value is None and self.may_be_empty:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST:
            raise wrong_kind(name, "number", value)
        return value

    def check(self, name: str, value: int | None) -> None:
        if value is not None and not self.least <= value <= self.most:
            raise BadInput(
                "settings_file.number_range", name=name, value=value, least=self.least, most=self.most
            )

    def of_site(self, value: Any) -> int | None:
        return None if value is None else int(value)


@dataclass(frozen=True, slots=True)
class Flag(_Unlimited):
    """True or false."""

    default: bool

    def read(self, name: str, value: object) -> bool:
        if not isinstance(value, bool):
            raise wrong_kind(name, "flag", value)
        return value

    def of_site(self, value: Any) -> bool:
        return bool(value)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    choices: tuple[str, ...]
    default: str

    def read(self, name: str, value: object) -> str:
        if not isinstance(value, str):
            raise wrong_kind(name, "text", value)
        return storable_text(value)

    def check(self, name: str, value: str) -> None:
        if value not in self.choices:
            raise BadInput(
                "settings_file.choice_unknown", name=name, value=value[:60], choices=list(self.choices)
            )

    def of_site(self, value: Any) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Reference(_Unlimited):
    """The code of another entry, or null for none; whether it exists is judged with the whole file."""

    section: Section
    default: None = None

    def read(self, name: str, value: object) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise wrong_kind(name, "text", value)
        return storable_text(value)

    def of_site(self, value: Any) -> str | None:
        return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class References:
    """A row of codes of other entries, as often as one likes; "" is none. Stored as a JSON text."""

    section: Section
    most: int
    default: tuple[str, ...] = ()

    def read(self, name: str, value: object) -> list[str]:
        return texts_in(name, value)

    def check(self, name: str, value: Sequence[str]) -> None:
        if len(value) > self.most:
            raise BadInput("settings_file.number_range", name=name, value=len(value), least=1, most=self.most)

    def of_site(self, value: Any) -> list[str]:
        return [str(each) for each in json.loads(value)]


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Several of many words, each once, in the order of `choices`; words of a newer program come last."""

    choices: tuple[str, ...]
    default: tuple[str, ...] = ()

    def read(self, name: str, value: object) -> list[str]:
        return self.of_site(texts_in(name, value))

    def check(self, name: str, value: Sequence[str]) -> None:
        for word in value:
            if word not in self.choices:
                raise BadInput(
                    "settings_file.choice_unknown", name=name, value=word[:60], choices=list(self.choices)
                )

    def of_site(self, value: Any) -> list[str]:
        known = {word: place for place, word in enumerate(self.choices)}
        return sorted(set(value), key=lambda word: (known.get(word, len(known)), word))


@dataclass(frozen=True, slots=True)
class Numbers(_Unlimited):
    """Whole numbers, each once, in their order."""

    default: tuple[int, ...] = ()

    def read(self, name: str, value: object) -> list[int]:
        one = Number(1, _LARGEST)
        found = [each for each in (one.read(name, each) for each in _list(name, value)) if each is not None]
        if len(set(found)) != len(found):
            raise BadInput("settings_file.value_twice", name=name, value=_first_twice(found))
        return found

    def of_site(self, value: Any) -> list[int]:
        return [int(each) for each in value]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of small objects, each with the same fields; `key` are those that tell them apart."""

    fields: Mapping[str, FieldKind]
    key: tuple[str, ...]
    default: tuple[Any, ...] = field(default=())

    def read(self, name: str, value: object) -> list[dict[str, Any]]:
        rows = [read_fields(self.fields, _object(name, row), f"{name} › ") for row in _list(name, value)]
        filled = [{each: row.get(each, kind.default) for each, kind in self.fields.items()} for row in rows]
        keys = [tuple(row[each] for each in self.key) for row in filled]
        if len(set(keys)) != len(keys):
            twice = " / ".join(str(each or "–") for each in _first_twice(keys))
            raise BadInput("settings_file.value_twice", name=name, value=twice)
        return filled

    def check(self, name: str, value: Sequence[Mapping[str, Any]]) -> None:
        for row in value:
            for each, kind in self.fields.items():
                kind.check(f"{name} › {each}", row[each])

    def of_site(self, value: Any) -> list[dict[str, Any]]:
        return [{each: kind.of_site(row[each]) for each, kind in self.fields.items()} for row in value]


@dataclass(frozen=True, slots=True)
class ByKey:
    """An object whose keys are a few known words, in their order, and whose values are of one kind each."""

    fields: Mapping[str, FieldKind]

    @property
    def default(self) -> dict[str, Any]:
        return {}

    def read(self, name: str, value: object) -> dict[str, Any]:
        given = read_fields(self.fields, _object(name, value), f"{name} › ")
        return {key: given[key] for key in self.fields if given.get(key) is not None}

    def check(self, name: str, value: Mapping[str, Any]) -> None:
        for key, each in value.items():
            self.fields[key].check(f"{name} › {key}", each)

    def of_site(self, value: Any) -> dict[str, Any]:
        return {key: kind.of_site(value[key]) for key, kind in self.fields.items() if key in value}


def read_fields(
    fields: Mapping[str, FieldKind], given: Mapping[str, object], above: str = ""
) -> dict[str, Any]:
    """Return the given fields, each in its written form.

    Raises:
        BadInput: `settings_file.field_unknown`, or what a kind raises.
    """
    if unknown := [name[:60] for name in given if name not in fields]:
        raise BadInput(
            "settings_file.field_unknown", names=[above + name for name in unknown], known=list(fields)
        )
    return {name: fields[name].read(above + name, value) for name, value in given.items()}


def texts_in(name: str, value: object) -> list[str]:
    """Return a list of texts. BadInput `settings_file.no_list`, `settings_file.no_text`."""
    found = []
    for each in _list(name, value):
        if not isinstance(each, str):
            raise wrong_kind(name, "text", each)
        found.append(storable_text(each))
    return found


def _list(name: str, value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise wrong_kind(name, "list", value)
    return value


def _object(name: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise wrong_kind(name, "object", value)
    return value


def _first_twice(values: Sequence[Any]) -> Any:
    return next(value for place, value in enumerate(values) if value in values[:place])
