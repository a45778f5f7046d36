"""What people type into a search field, as a `Query`, and back. Pure; see `matching` for the databases."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.entities.errors import BadInput
from app.services.search.fields import FIELD_BY_NAME, FIELD_BY_WORD, PRONOUNS, FieldKind, FieldSpec
from app.services.search.tokens import norm, runs

LONGEST_QUERY = 2_000

_OPENING = '"“'
_CLOSING = {'"': '"', "“": '”"'}  # an opening mark and what may close it
_FIELD = re.compile(r"([^\W\d_]\w*)([:：]?[<＜>＞][=＝]?|[:：=＝])\s*")
_BARE_VALUE = re.compile(r"[\w#+-][^\s,，、\"“”]*")
_NUMBER = re.compile(r"[#＃](\d{1,15})$")
_SEPARATORS = ",，、"
_UNITS = {
    "min": "min", "m": "min", "分": "min", "分钟": "min", "minute": "min", "minutes": "min",
    "h": "h", "小时": "h", "时": "h", "hour": "h", "hours": "h",
    "d": "d", "天": "d", "日": "d", "day": "d", "days": "d",
    "w": "w", "周": "w", "week": "w", "weeks": "w",
}  # fmt: skip
_SPAN = re.compile(r"([+-]?)(\d{1,5})\s*([^\W\d]+)")
_YEARS = range(1900, 3000)
# "IIS:" is a server and "his:" a word; nobody mistypes a field of two letters.
_MISTAKABLE = tuple(name for name in FIELD_BY_NAME if len(name) > 2)


class Operator(StrEnum):
    """How a filter compares. IS and IS_NOT take several values: any of them, none of them."""

    IS = ":"
    IS_NOT = "-:"
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class FilterTerm:
    """One filter, as a chip shows it: a field of `fields.FIELDS`, a comparison, one or more values.

    Values are canonical text: codes for fixed lists ("in_progress"), digits for numbers, "yes" and "no",
    "2d", "2026-04-16" or "today" for times, and the name or code as typed (or "me", "none") for the rest.
    """

    field: str
    operator: Operator
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A free word, or (with `is_phrase`) a quoted stretch that must stand there as typed."""

    text: str
    is_phrase: bool = False
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asked for: all words and all filters must hold."""

    words: tuple[Word, ...] = ()
    filters: tuple[FilterTerm, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked, so that everything matches."""
        return not self.words and not self.filters


# ---------------------------------------------------------------- typed text -> Query


def parse(text: str) -> Query:
    """Read what a person typed: free words, "exact phrases", -without, #10482 and field:value filters.

    Fields, values and punctuation may be English or Chinese (状态：处理中). Filters on one field join: any of
    the values. Words without a letter, digit or hanzi are ignored. A word with a colon whose field is unknown
    is an ordinary word, unless it is nearly a field name.

    Raises:
        BadInput: `search.too_long`, `search.quote_open`, `search.unknown_field`, `search.unknown_value`,
            `search.value_missing` or `search.not_ordered`; `position` is where in `text` it stands (from 0).
    """
    if len(text) > LONGEST_QUERY:
        raise BadInput("search.too_long", position=LONGEST_QUERY, longest=LONGEST_QUERY)
    reader = _Reader(text)
    words: list[Word] = []
    terms: list[FilterTerm] = []
    while reader.skip_spaces():
        found = reader.read_term()
        if isinstance(found, FilterTerm):
            terms.append(found)
        elif next(runs(norm(found.text)), None) is not None:
            words.append(found)
    return Query(tuple(words), _joined(terms))


def _joined(terms: Iterable[FilterTerm]) -> tuple[FilterTerm, ...]:
    """Make one term of several IS (or IS_NOT) on a field; comparisons stay as they are."""
    joined: dict[tuple[str, ...], FilterTerm] = {}
    for term in terms:
        is_list = term.operator in {Operator.IS, Operator.IS_NOT}
        key = (term.field, term.operator, *(() if is_list else term.values))
        earlier = joined.get(key)
        values = (*earlier.values, *term.values) if earlier and is_list else term.values
        joined[key] = FilterTerm(term.field, term.operator, tuple(dict.fromkeys(values)))
    return tuple(joined.values())


class _Reader:
    """Walks through the typed text and remembers where it is."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def skip_spaces(self) -> bool:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._at < len(self._text)

    def read_term(self) -> FilterTerm | Word:
        is_negated = self._peek() == "-" and not self._text[self._at + 1 : self._at + 2].isspace()
        if is_negated:
            self._at += 1
        if self._peek() and self._peek() in _OPENING:
            return Word(self._quoted(), is_phrase=True, is_negated=is_negated)
        start = self._at
        spec, operator = self._field()
        if spec is not None:
            return self._filter(spec, operator, is_negated, start)
        word = self._bare("")
        if number := _NUMBER.match(word):
            operator_ = Operator.IS_NOT if is_negated else Operator.IS
            return FilterTerm("number", operator_, (str(int(number[1])),))
        return Word(word, is_negated=is_negated)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _bare(self, stops: str) -> str:
        start = self._at
        while self._at < len(self._text) and not self._text[self._at].isspace() and self._peek() not in stops:
            self._at += 1
        return self._text[start : self._at]

    def _quoted(self) -> str:
        """Read up to the closing quotation mark; a doubled straight mark stands for itself."""
        start = self._at
        closing = _CLOSING[self._peek()]
        self._at += 1
        parts: list[str] = []
        while self._at < len(self._text):
            character = self._peek()
            self._at += 1
            if character not in closing:
                parts.append(character)
            elif character == '"' and self._peek() == '"':
                parts.append('"')
                self._at += 1
            else:
                return "".join(parts)
        raise BadInput("search.quote_open", position=start)

    def _field(self) -> tuple[FieldSpec | None, str]:
        match = _FIELD.match(self._text, self._at)
        if match is None:
            return None, ""
        name = norm(match[1])
        spec = FIELD_BY_WORD.get(name)
        if spec is None:
            near = difflib.get_close_matches(name, _MISTAKABLE, n=1, cutoff=0.8)
            if near:
                raise BadInput("search.unknown_field", position=self._at, field=match[1], suggestion=near[0])
            return None, ""
        self._at = match.end()
        return spec, norm(match[2]).lstrip(":")

    def _filter(self, spec: FieldSpec, sign: str, is_negated: bool, start: int) -> FilterTerm:
        operator = _operator(sign, spec, is_negated, start)
        values: list[str] = []
        while True:
            at = self._at
            raw = self._quoted() if self._peek() and self._peek() in _OPENING else self._bare(_SEPARATORS)
            if raw.strip():
                values.append(_canonical(spec, raw.strip(), at))
            if not self._peek() or self._peek() not in _SEPARATORS:
                break
            self._at += 1
        if not values:
            raise BadInput("search.value_missing", position=start, field=spec.name)
        if operator in {Operator.IS, Operator.IS_NOT}:
            return FilterTerm(spec.name, operator, tuple(dict.fromkeys(values)))
        return FilterTerm(spec.name, operator, (values[-1],))


_OPPOSITE = {
    Operator.IS: Operator.IS_NOT,
    Operator.LESS: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.MORE,
    Operator.MORE: Operator.AT_MOST,
    Operator.AT_LEAST: Operator.LESS,
}


def _operator(sign: str, spec: FieldSpec, is_negated: bool, position: int) -> Operator:
    operator = Operator.IS if sign in {"", "="} else Operator(sign)
    if operator is not Operator.IS and spec.kind not in {FieldKind.NUMBER, FieldKind.TIME}:
        raise BadInput("search.not_ordered", position=position, field=spec.name)
    return _OPPOSITE[operator] if is_negated else operator


def _canonical(spec: FieldSpec, raw: str, position: int) -> str:
    """Return the one way to write a value, whatever language and spelling it was typed in."""
    folded = norm(raw)
    if spec.kind is FieldKind.NAME:
        return PRONOUNS.get(folded, raw)
    if folded in spec.values:
        return spec.values[folded]
    if spec.name == "number" and (digits := folded.removeprefix("#")).isascii() and digits.isdigit():
        return str(int(digits[:18]))
    if spec.kind is FieldKind.TIME and (moment := _moment(folded)):
        return moment
    known = tuple(dict.fromkeys(spec.values.values()))
    raise BadInput(
        "search.unknown_value", position=position, field=spec.name, value=raw, known=", ".join(known)
    )


def _moment(folded: str) -> str:
    """Return "2h", "-3d" or an ISO date, or "" if the text is neither or a year no ticket can have."""
    span = _SPAN.fullmatch(folded)
    if span and span[3] in _UNITS:
        return f"{'-' if span[1] == '-' else ''}{int(span[2])}{_UNITS[span[3]]}"
    try:
        day = date.fromisoformat(folded.replace("/", "-"))
    except ValueError:
        return ""
    # A day's end is the next day's begin, which the calendar's last day has not.
    return day.isoformat() if day.year in _YEARS else ""


# ---------------------------------------------------------------- Query -> typed text


def to_text(query: Query) -> str:
    """Write a query as a person could have typed it; `parse` gives the same query back."""
    return " ".join([*map(_word_text, query.words), *map(_term_text, query.filters)])


def _word_text(word: Word) -> str:
    sign = "-" if word.is_negated else ""
    return sign + (_quote(word.text) if word.is_phrase else word.text)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _term_text(term: FilterTerm) -> str:
    sign = "-" if term.operator is Operator.IS_NOT else ""
    if term.field == "number" and term.operator in {Operator.IS, Operator.IS_NOT}:
        return " ".join(f"{sign}#{number}" for number in term.values)
    mark = ":" if term.operator is Operator.IS_NOT else term.operator.value
    return f"{sign}{term.field}{mark}{','.join(map(_value_text, term.values))}"


def _value_text(value: str) -> str:
    return value if _BARE_VALUE.fullmatch(value) else _quote(value)


def without(query: Query, term: FilterTerm) -> Query:
    """Return the query after somebody removed one chip."""
    return Query(query.words, tuple(kept for kept in query.filters if kept != term))


def with_term(query: Query, term: FilterTerm) -> Query:
    """Return the query after somebody added a filter; on the same field and comparison the values join.

    Raises:
        KeyError: the field does not exist (a mistake of the caller, not of a person).
    """
    return Query(
        query.words,
        _joined([*query.filters, FilterTerm(FIELD_BY_NAME[term.field].name, term.operator, term.values)]),
    )
