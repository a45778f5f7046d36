"""What taking in a file would do: each entry against what the site has, then what they make together. Pure.

An entry that says what the site has is never refused, so a file that the site wrote is always taken.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.models.entities.errors import BadInput, FirstlineError, NotFound
from app.models.entities.settings_file import (
    DOCUMENT_SECTIONS,
    SECTION_MARK,
    EntryState,
    Given,
    Plain,
    PlannedEntry,
    Section,
    SettingsDocument,
    SettingsPlan,
)
from app.services.settings import declared
from app.services.settings.rules import checked_value, declared_key
from app.services.settings_file.differences import differences, told
from app.services.settings_file.documents import (
    CONFIG_KINDS,
    Surroundings,
    checked_document,
    read_document,
)
from app.services.settings_file.ordering import ORDERED, TREES, groups, merged_order, trouble_in_tree
from app.services.settings_file.shapes import SHAPES
from app.services.settings_file.site import SiteState, coverage_order, skill_order

_ORDER = "*"
_NO_CHANGES: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry to write. `before` is None for one that the site does not have."""

    section: Section
    code: str
    before: Plain | None
    after: Plain


@dataclass(frozen=True, slots=True)
class OrderDeed:
    """One list to bring into an order; `group` is what categories hang below, "" for a whole list."""

    section: Section
    group: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """The preview, and what has to be written for it."""

    plan: SettingsPlan
    deeds: tuple[Deed, ...] = ()
    orders: tuple[OrderDeed, ...] = ()


@dataclass
class _Section:
    """One section on its way to a plan: what each entry of the file shall be, or why it cannot be."""

    section: Section
    given: tuple[Given, ...]
    before: Mapping[str, Plain]
    wanted: dict[str, Plain] = field(default_factory=dict)
    refused: dict[int, FirstlineError] = field(default_factory=dict)
    remarks: dict[str, FirstlineError] = field(default_factory=dict)

    @property
    def after(self) -> dict[str, Plain]:
        """Everything the site would have."""
        return {**self.before, **self.wanted}


def plan_import(
    site: SiteState, document: SettingsDocument, chosen: Collection[Section], now: datetime
) -> Planned:
    """Return what importing the chosen sections of a document would do."""
    parts = {
        section: _Section(section, document.sections[section], site.entries[section])
        for section in Section
        if section in document.sections and section in chosen
    }
    for part in parts.values():
        if part.section in SHAPES:
            _read_list(part, site)
    known = {
        section: set(site.entries[section]) | {each.code for each in parts[section].given}
        if section in parts
        else set(site.entries[section])
        for section in Section
    }
    around = _surroundings(site, known, now)
    for part in parts.values():
        if part.section in CONFIG_KINDS:
            _read_documents(part, around)
        elif part.section is Section.SETTINGS:
            _read_settings(part, known)
        else:
            _check_list(part, known)
    orders = [order for part in parts.values() for order in _orders(part)]
    entries = [line for part in parts.values() for line in _lines(part, orders)]
    return Planned(SettingsPlan(tuple(entries)), _deeds(parts), tuple(orders))


def _surroundings(site: SiteState, known: Mapping[Section, set[str]], now: datetime) -> Surroundings:
    """Entries that the same file adds have no id yet: they are judged under one below zero."""
    ids: dict[Section, Mapping[str, int]] = {}
    for section in TREES:
        there = site.ids(section)
        new = sorted(known[section] - set(there))
        ids[section] = {**there, **{code: -place for place, code in enumerate(new, 1)}}
    return Surroundings(ids, frozenset(known[Section.CALENDARS]), now)


# --- lists of entries ------------------------------------------------------------------------------------


def _read_list(part: _Section, site: SiteState) -> None:
    shape = SHAPES[part.section]
    for place, given in enumerate(part.given):
        if given.refusal is not None:
            part.refused[place] = given.refusal
            continue
        before = part.before.get(given.code)
        whole = shape.filled(given.fields, before)
        if part.section is Section.SHIFTS:
            _let_end(given.code, whole, before, site)
        if "coverage" in whole:
            whole["coverage"] = sorted(whole["coverage"], key=coverage_order)
        if "skills" in whole:
            whole["skills"] = sorted(whole["skills"], key=skill_order)
        if lost := [number for number in whole.get("articles", ()) if number not in site.articles]:
            whole["articles"] = [number for number in whole["articles"] if number not in lost]
            numbers = [f"KB-{number:04d}" for number in lost]
            part.remarks[given.code] = NotFound("settings_file.articles_missing", articles=numbers)
        part.wanted[given.code] = whole


def _let_end(code: str, whole: dict[str, Any], before: Plain | None, site: SiteState) -> None:
    """Give a shift that the file retires the end it gets where somebody retires it; one restored has none.

    One that was retired already keeps its end where the file names none.
    """
    was_active = before is None or bool(before["is_active"])
    held = "" if before is None else before["last_date"]
    if not whole["is_active"] and not whole["last_date"]:
        whole["last_date"] = site.shift_ends.get(code, "") if was_active else held
    elif whole["is_active"] and not was_active and whole["last_date"] == held:
        whole["last_date"] = ""


def _check_list(part: _Section, known: Mapping[Section, set[str]]) -> None:
    shape = SHAPES[part.section]
    tree = part.after
    for place, given in enumerate(part.given):
        entry = part.wanted.get(given.code)
        if place in part.refused or entry is None or entry == part.before.get(given.code):
            continue
        try:
            for name, section, code in shape.references(entry):
                if code not in known[section]:
                    raise BadInput("settings_file.reference_missing", name=name, entry=code)
            shape.check(given.code, entry)
            trouble = trouble_in_tree(tree, given.code) if part.section in TREES else None
            if trouble is not None:
                raise trouble
        except FirstlineError as refusal:
            part.refused[place] = refusal


def _orders(part: _Section) -> list[OrderDeed]:
    if part.section not in ORDERED or part.refused:
        return []
    site = groups(part.section, part.before)
    shown = groups(part.section, {each.code: part.wanted[each.code] for each in part.given})
    found = []
    for group, given in shown.items():
        stay = [code for code in site.get(group, []) if code not in part.wanted or code in given]
        before, after = tuple(site.get(group, [])), tuple(merged_order(stay, given))
        if before != after:
            found.append(OrderDeed(part.section, group, before, after))
    return found


# --- documents and settings ------------------------------------------------------------------------------


def _read_documents(part: _Section, around: Surroundings) -> None:
    for place, given in enumerate(part.given):
        try:
            if given.refusal is not None:
                raise given.refusal
            entry = read_document(part.section, given.fields, around)
            if entry != part.before.get(given.code):
                entry = checked_document(part.section, given.fields, around)
            part.wanted[given.code] = entry
        except FirstlineError as refusal:
            part.refused[place] = refusal


def _read_settings(part: _Section, known: Mapping[Section, set[str]]) -> None:
    for place, given in enumerate(part.given):
        value = given.fields["value"]
        try:
            before = part.before.get(given.code, {}).get("value")
            if (type(before), before) != (type(value), value):
                value = checked_value(declared_key(given.code), value)
                if given.code == declared.DEFAULT_CALENDAR.name and value not in known[Section.CALENDARS]:
                    raise BadInput("settings_file.reference_missing", name=given.code, entry=value)
            part.wanted[given.code] = {"value": value}
        except FirstlineError as refusal:
            part.refused[place] = refusal


# --- what comes of it ------------------------------------------------------------------------------------


def _lines(part: _Section, orders: Collection[OrderDeed]) -> list[PlannedEntry]:
    lines = [_line(part, place, given) for place, given in enumerate(part.given)]
    for order in orders:
        old = [code for code in order.before if code in order.after]
        new = [code for code in order.after if code in order.before]
        if order.section is part.section and old != new:
            where = f"{order.group} › {_ORDER}" if order.group else _ORDER
            change = (where, told(old), told(new))
            lines.append(PlannedEntry(part.section, SECTION_MARK, "", EntryState.CHANGED, (change,)))
    return lines


def _line(part: _Section, place: int, given: Given) -> PlannedEntry:
    before, refusal = part.before.get(given.code), part.refused.get(place)
    entry = part.wanted.get(given.code) if refusal is None else {**(before or {}), **given.fields}
    if refusal is not None or entry is None:
        state, changes = EntryState.REFUSED, _NO_CHANGES
    else:
        state = _state(before, entry)
        changes = _NO_CHANGES if before is None else tuple(_told_changes(part.section, before, entry))
    return PlannedEntry(
        part.section,
        given.code,
        _text(entry, "name"),
        state,
        changes,
        refusal,
        part.remarks.get(given.code),
        _text(entry, "name_alt"),
    )


def _told_changes(section: Section, before: Plain, after: Plain) -> list[tuple[str, str, str]]:
    found = differences(before, after)
    return [("", *change[1:]) for change in found] if section is Section.SETTINGS else found


def _text(entry: Plain | None, name: str) -> str:
    value: Any = (entry or {}).get(name, "")
    return told(value) if isinstance(value, str) else ""


def _state(before: Plain | None, after: Plain) -> EntryState:
    if before is None:
        return EntryState.ADDED
    if before == after:
        return EntryState.UNCHANGED
    is_retired = before.get("is_active") is True and after.get("is_active") is False
    return EntryState.RETIRED if is_retired else EntryState.CHANGED


def _deeds(parts: Mapping[Section, _Section]) -> tuple[Deed, ...]:
    return tuple(
        Deed(part.section, code, part.before.get(code), entry)
        for part in parts.values()
        for code, entry in part.wanted.items()
        if entry != part.before.get(code)
    )


def needs_right(planned: Planned) -> frozenset[Section]:
    """Return the sections in which something would be written."""
    return frozenset({deed.section for deed in planned.deeds} | {order.section for order in planned.orders})


def is_document(section: Section) -> bool:
    """Tell whether a section is kept in versions, which are never taken away again."""
    return section in DOCUMENT_SECTIONS or section is Section.CALENDARS
