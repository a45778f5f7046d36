"""Filters in words: what a chip says, and which values a menu offers for a field. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.models.entities.tickets import Channel, TicketStatus, TicketType, WaitingKind
from app.services.base.names import name_in
from app.services.base.terms import priority_title, term
from app.services.search.fields import ME, NOBODY
from app.services.search.rules import FilterTerm, Operator, Query, Word
from app.services.search.tokens import norm
from app.views.base.i18n import N_, LazyText, _, current, pgettext
from app.views.base.major_words import major_said
from app.views.tickets.desk_names import DeskNames

FIELD_TITLES: Mapping[str, LazyText] = {
    "status": N_("Status"),
    "priority": N_("Priority"),
    "team": N_("Team"),
    "assignee": N_("Assignee"),
    "category": N_("Category"),
    "type": N_("Type"),
    "channel": N_("Channel"),
    "waiting": N_("Waiting for"),
    "due": N_("Due"),
    "age": N_("Age"),
    "received": N_("Received"),
    "updated": N_("Updated"),
    "resolved": N_("Resolved"),
    "closed": N_("Closed"),
    "restored": N_("Service restored"),
    "bearable": N_("User can wait"),
    "told": N_("Time told"),
    "firstline": N_("First-line box"),
    "requester": N_("Requester"),
    "owner": N_("Owner"),
    "company": N_("Company"),
    "department": N_("Department"),
    "location": N_("Location"),
    "service": N_("Service"),
    "vip": N_("VIP requester"),
    "is": N_("Marked"),
    "breached": N_("Breached"),
    "paused": N_("Paused"),
    "reopened": N_("Reopened"),
    "proactive": N_("Found by monitoring"),
    "impact": N_("Impact"),
    "urgency": N_("Urgency"),
    "number": N_("Number"),
}
_ENUMS: Mapping[str, type[StrEnum]] = {
    "status": TicketStatus,
    "type": TicketType,
    "channel": Channel,
    "waiting": WaitingKind,
}
_DAYS: Mapping[str, LazyText] = {
    "now": N_("now"),
    "today": N_("today"),
    "yesterday": N_("yesterday"),
    "tomorrow": N_("tomorrow"),
}
_UNITS: Mapping[str, LazyText] = {
    "min": N_("{count} min"),
    "h": N_("{count} h"),
    "d": N_("{count} d"),
    "w": N_("{count} weeks"),
}
_PAST = frozenset({"received", "updated", "resolved", "closed", "restored"})
_BELOW = frozenset({Operator.LESS, Operator.AT_MOST})

Offer = tuple[Operator, str, str]
"""One line of a menu: the comparison, the value, and its words."""


def field_words(field: str) -> str:
    """Return what people call a filter's field."""
    return str(FIELD_TITLES.get(field, field))


def value_words(term_: FilterTerm, names: DeskNames) -> str:
    """Return what a chip says after the field: "open", "not closed", "within 1 h", "First line, Field"."""
    if term_.operator in {Operator.IS, Operator.IS_NOT}:
        said = pgettext("between things", ", ").join(
            one_value(term_.field, value, names) for value in term_.values
        )
        return _("not {value}").format(value=said) if term_.operator is Operator.IS_NOT else said
    return _compared(term_, names)


def one_value(field: str, value: str, names: DeskNames) -> str:
    """Return one value in the reader's words; a name or code nobody knows stays as it was typed."""
    kind = _ENUMS.get(field)
    if kind is not None and value in set(kind):
        return term(current.texts, kind(value))
    fixed = {"open": _("open"), "ended": _("ended"), "yes": _("yes"), "no": _("no")}
    if value in fixed:
        return fixed[value]
    if field in {"is", "priority"}:
        return major_said() if value == "major" else priority_title(current.texts, int(value))
    if value == ME:
        return _("me")
    if value == NOBODY:
        return _("nobody") if field in {"assignee", "owner", "requester"} else _("none")
    return _named(field, value, names) or _moment_words(value)


def narrowed(base: Query, typed: Query) -> Query:
    """Return `base` with what was typed: a filter on the same field takes the older one's place."""
    fields = {(each.field, each.operator) for each in typed.filters}
    kept = tuple(each for each in base.filters if (each.field, each.operator) not in fields)
    return Query((*base.words, *typed.words), (*kept, *typed.filters))


def word_text(word: Word) -> str:
    """Return a word as its chip shows it: phrases in quotation marks."""
    said = _("“{text}”").format(text=word.text) if word.is_phrase else word.text
    return _("not {value}").format(value=said) if word.is_negated else said


def offers(field: str, names: DeskNames) -> list[Offer]:
    """Return what the menu of a field offers; an empty list means: it has to be typed."""
    if field in _ENUMS:
        first = [("open", _("open")), ("ended", _("ended"))] if field == "status" else []
        members = [(each.value, term(current.texts, each)) for each in _ENUMS[field]]
        return [(Operator.IS, value, words) for value, words in (*first, *members)]
    if field == "priority":
        return [(Operator.IS, str(level), priority_title(current.texts, level)) for level in range(1, 6)]
    if field == "is":
        return [(Operator.IS, "major", major_said())]
    if field in {"vip", "breached", "paused", "reopened", "proactive"}:
        return [(Operator.IS, "yes", _("yes")), (Operator.IS, "no", _("no"))]
    if field in _TIMES:
        return [
            (sign, value, value_words(FilterTerm(field, sign, (value,)), names))
            for sign, value in _TIMES[field]
        ]
    return [(Operator.IS, value, words) for value, words in _named_offers(field, names)]


_TIMES: Mapping[str, tuple[tuple[Operator, str], ...]] = {
    "due": (
        (Operator.LESS, "1h"),
        (Operator.LESS, "4h"),
        (Operator.IS, "today"),
        (Operator.IS, "tomorrow"),
        (Operator.MORE, "1d"),
    ),
    "age": ((Operator.LESS, "1d"), (Operator.MORE, "1d"), (Operator.MORE, "3d"), (Operator.MORE, "7d")),
    "received": (
        (Operator.IS, "today"),
        (Operator.IS, "yesterday"),
        (Operator.MORE, "7d"),
        (Operator.MORE, "30d"),
    ),
    "updated": ((Operator.IS, "today"), (Operator.MORE, "1h"), (Operator.LESS, "1d"), (Operator.LESS, "3d")),
    "resolved": (
        (Operator.IS, "today"),
        (Operator.IS, "yesterday"),
        (Operator.MORE, "7d"),
        (Operator.MORE, "30d"),
    ),
    **dict.fromkeys(
        ("bearable", "told", "firstline"),
        ((Operator.LESS, "now"), (Operator.LESS, "1h"), (Operator.LESS, "4h"), (Operator.IS, "today")),
    ),
}
MENU_FIELDS = (
    "status", "priority", "assignee", "team", "category", "type", "channel", "waiting", "due", "age",
    "told", "bearable", "received", "updated", "resolved", "is", "vip", "breached", "reopened",
)  # fmt: skip
"""The fields of the menu, in its order; every other one can be typed."""


def _named_offers(field: str, names: DeskNames) -> list[tuple[str, str]]:
    if field == "team":
        teams = [(team.details.code, names.name_of_team(team)) for team in names.teams if team.is_active]
        return [*teams, (NOBODY, _("none"))]
    if field in {"assignee", "owner"}:
        people = [
            (entry.login or entry.name, name_in(entry.name, entry.name_alt, current.code))
            for entry in names.staff.values()
            if entry.is_active
        ]
        return [(ME, _("me")), (NOBODY, _("nobody")), *people]
    if field == "category":
        return [
            (node.category.details.code, "    " * node.depth + names.path(node)[-1])
            for node in names.categories
        ]
    return []


def _named(field: str, value: str, names: DeskNames) -> str:
    folded = norm(value)
    if field == "team":
        found = next((team for team in names.teams if norm(team.details.code) == folded), None)
        return value if found is None else names.name_of_team(found)
    if field == "category":
        node = next((one for one in names.categories if norm(one.category.details.code) == folded), None)
        return value if node is None else names.path(node)[-1]
    if field in {"assignee", "owner", "requester"}:
        entry = next((one for one in names.staff.values() if norm(one.login) == folded), None)
        return value if entry is None else name_in(entry.name, entry.name_alt, current.code)
    return ""


def _compared(term_: FilterTerm, names: DeskNames) -> str:
    value = term_.values[-1]
    said = _moment_words(value)
    below = term_.operator in _BELOW
    if value in _DAYS or "-" in value.lstrip("-"):
        sentence = _("before {day}") if below else _("after {day}")
        return sentence.format(day=said)
    if term_.field == "due":
        return (_("within {span}") if below else _("in more than {span}")).format(span=said)
    if term_.field == "age":
        return (_("less than {span}") if below else _("more than {span}")).format(span=said)
    if term_.field in _PAST:
        return (_("more than {span} ago") if below else _("in the last {span}")).format(span=said)
    return f"{term_.operator.value} {one_value(term_.field, value, names)}"


def _moment_words(value: str) -> str:
    if value in _DAYS:
        return str(_DAYS[value])
    for unit in ("min", "h", "d", "w"):
        number = value.removesuffix(unit)
        if number != value and number.lstrip("-").isdigit():
            return str(_UNITS[unit]).format(count=number)
    return value
