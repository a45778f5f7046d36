"""What of a requester is shown in part only, and how a typed mask is turned back. Staff is never masked.

A mask holds `MASK`, which no number and no sensible text does: a masked fact that comes back in a save is
known by it, and means "as it is". Whoever gives facts of requesters away masks them here, in the service.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.models.entities.errors import BadInput
from app.models.entities.people import NumberKind, Person, PersonDetails, PersonFact, PersonRow, PhoneNumber
from app.models.entities.settings import SettingKey
from app.models.transactions import Reader
from app.services.settings import declared

MASK = "****"
"""Stands for whatever is left out, of one length always: how long a fact is says something about it too."""

SETTINGS: Mapping[PersonFact, SettingKey[bool]] = {
    PersonFact.PHONE: declared.MASK_PHONE,
    PersonFact.MOBILE: declared.MASK_MOBILE,
    PersonFact.EMAIL: declared.MASK_EMAIL,
    PersonFact.LOCATION: declared.MASK_LOCATION,
    PersonFact.TITLE: declared.MASK_TITLE,
}
_BY_NAME = {key.name: fact for fact, key in SETTINGS.items()}
_PRIVATE = frozenset({NumberKind.MOBILE, NumberKind.HOME})
_TEXTS: Mapping[PersonFact, str] = {
    PersonFact.EMAIL: "email",
    PersonFact.LOCATION: "location",
    PersonFact.TITLE: "title",
}
"""The field of `PersonDetails` that holds a fact."""


def masked_facts(read: Reader) -> frozenset[PersonFact]:
    """Return what the site masks now: one small statement at each use, so that a change holds at once."""
    marks = ", ".join("?" * len(_BY_NAME))
    rows = read.rows(f"SELECT key FROM setting WHERE value = 'true' AND key IN ({marks})", sorted(_BY_NAME))
    return frozenset(_BY_NAME[row[0]] for row in rows)


def is_mask(text: str) -> bool:
    """Tell whether a text is shown in part only."""
    return MASK in text


def fact_of(kind: NumberKind) -> PersonFact:
    """Return as which fact a number of this kind is masked."""
    return PersonFact.MOBILE if kind in _PRIVATE else PersonFact.PHONE


def mask_of(fact: PersonFact, text: str) -> str:
    """Return what is shown instead of a fact; "" stays "", for that nothing is known is no secret.

    138 0013 8000 becomes 138****8000, 62881234 becomes 62****34, an extension ****1; an address keeps its
    first letter and its domain, other texts keep nothing.
    """
    if not text:
        return ""
    if fact in (PersonFact.PHONE, PersonFact.MOBILE):
        return _masked_number(text)
    if fact is PersonFact.EMAIL:
        name, _, domain = text.rpartition("@")
        return f"{name[:1]}{MASK}@{domain}" if name else MASK
    return MASK


def _masked_number(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    for least, head, tail in ((10, 3, 4), (6, 2, 2), (2, 0, 1)):
        if len(digits) >= least:
            return digits[:head] + MASK + digits[-tail:]
    return MASK


# -- what is given away --------------------------------------------------------------------------------


def masked_row(row: PersonRow, kind: NumberKind | None, facts: frozenset[PersonFact]) -> PersonRow:
    """Return somebody as listed; `kind` is that of the number shown, None where there is none."""
    if row.is_staff or not facts:
        return row
    number = {fact_of(kind)} & facts if kind is not None else set()
    texts = {PersonFact.EMAIL: row.email, PersonFact.LOCATION: row.location}
    hidden = frozenset(number) | {fact for fact, text in texts.items() if fact in facts and text}
    return replace(
        row,
        phone=_masked_number(row.phone) if number else row.phone,
        email=_shown(PersonFact.EMAIL, row.email, facts),
        location=_shown(PersonFact.LOCATION, row.location, facts),
        masked=hidden,
    )


def masked_person(person: Person, facts: frozenset[PersonFact]) -> Person:
    """Return a person with these facts in part only; `masked` names those of which something is known."""
    details = person.details
    if details.is_staff or not facts:
        return person
    texts: dict[str, Any] = {
        name: _shown(fact, getattr(details, name), facts) for fact, name in _TEXTS.items()
    }
    there = {fact for fact, name in _TEXTS.items() if getattr(details, name)}
    there |= {fact_of(phone.kind) for phone in person.phones}
    phones = tuple(_masked_phone(phone, facts) for phone in person.phones)
    typed = tuple((phone.kind, phone.number) for phone in phones)
    return replace(
        person,
        details=replace(details, **texts, phones=typed),
        phones=phones,
        masked=frozenset(there & facts),
    )


def _masked_phone(phone: PhoneNumber, facts: frozenset[PersonFact]) -> PhoneNumber:
    if fact_of(phone.kind) not in facts:
        return phone
    return PhoneNumber(phone.kind, _masked_number(phone.number), "")


def _shown(fact: PersonFact, text: str, facts: frozenset[PersonFact]) -> str:
    return mask_of(fact, text) if fact in facts else text


def first_numbers(read: Reader, people: Sequence[int]) -> dict[int, str]:
    """Return the first number of each of these people, masked where the site masks those of requesters."""
    if not people:
        return {}
    facts = masked_facts(read)
    marks = ", ".join("?" * len(people))
    rows = read.rows(
        "SELECT phone_number.person_id, phone_number.kind, phone_number.number, person.is_staff"
        " FROM phone_number JOIN person ON person.id = phone_number.person_id"
        f" WHERE phone_number.person_id IN ({marks}) ORDER BY phone_number.id DESC",
        people,
    )
    return {
        person: number if is_staff or fact_of(NumberKind(kind)) not in facts else _masked_number(number)
        for person, kind, number, is_staff in rows
    }


# -- what is shown on demand ---------------------------------------------------------------------------


def values_of(person: Person, fact: PersonFact) -> tuple[str, ...]:
    """Return the values of one fact as they stand there: numbers in their order, or one text."""
    if fact in _TEXTS:
        return (getattr(person.details, _TEXTS[fact]),)
    return tuple(phone.number for phone in person.phones if fact_of(phone.kind) is fact)


def revealed(person: Person, shown: Mapping[PersonFact, Sequence[str]]) -> Person:
    """Return a masked person with some facts whole again.

    Values that fit the person no longer, because somebody changed the facts meanwhile, stay masked.
    """
    for fact, values in shown.items():
        if fact in person.masked:
            person = _with_fact(person, fact, values)
    return person


def _with_fact(person: Person, fact: PersonFact, values: Sequence[str]) -> Person:
    here = tuple(mask_of(fact, value) for value in values)
    if here != values_of(person, fact):
        return person
    masked = person.masked - {fact}
    if fact in _TEXTS:
        text: dict[str, Any] = {_TEXTS[fact]: values[0]}
        return replace(person, details=replace(person.details, **text), masked=masked)
    left = iter(values)
    phones = tuple(
        PhoneNumber(phone.kind, next(left), "") if fact_of(phone.kind) is fact else phone
        for phone in person.phones
    )
    typed = tuple((phone.kind, phone.number) for phone in phones)
    return replace(person, details=replace(person.details, phones=typed), phones=phones, masked=masked)


# -- what comes back in a save -------------------------------------------------------------------------


def unmasked(typed: PersonDetails, before: PersonDetails | None) -> PersonDetails:
    """Return the details to be saved: a mask that stands where it stood means the fact `before`.

    It does not matter what the site masks now: the setting may have changed since the form was read.

    Raises:
        BadInput: `people.mask_typed`; a mask that is not the one of the fact, or of two numbers alike.
    """
    texts: dict[str, Any] = {name: _unmasked_text(fact, name, typed, before) for fact, name in _TEXTS.items()}
    numbers = _Numbers(before.phones if before is not None else ())
    phones = tuple((kind, numbers.meant(kind, number)) for kind, number in typed.phones)
    numbers.refuse_unclear()
    return replace(typed, **texts, phones=phones)


def _unmasked_text(fact: PersonFact, name: str, typed: PersonDetails, before: PersonDetails | None) -> str:
    text = str(getattr(typed, name))
    old = str(getattr(before, name)) if before is not None else ""
    if not is_mask(text) or text == old:
        return text
    if old and text.strip() == mask_of(fact, old):
        return old
    raise BadInput("people.mask_typed", text=text[:60])


class _Numbers:
    """Gives numbers back for their masks: one of the same kind first, each once."""

    def __init__(self, phones: Sequence[tuple[NumberKind, str]]) -> None:
        self._before = Counter(_masked_number(number) for _kind, number in phones)
        self._used: Counter[str] = Counter()
        self._left = list(phones)

    def meant(self, kind: NumberKind, text: str) -> str:
        mask = text.strip()
        if not is_mask(mask):
            return text
        fitting = [one for one in self._left if _masked_number(one[1]) == mask]
        if not fitting:
            raise BadInput("people.mask_typed", text=text[:60])
        found = next((one for one in fitting if one[0] is kind), fitting[0])
        self._left.remove(found)
        self._used[mask] += 1
        return found[1]

    def refuse_unclear(self) -> None:
        """Refuse to guess which of two numbers with one mask was taken out. BadInput `people.mask_typed`."""
        for mask, count in self._used.items():
            if count < self._before[mask]:
                raise BadInput("people.mask_typed", text=mask)
