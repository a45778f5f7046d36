"""Telephone numbers in one canonical form, and the words under which a person is found. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from app.models.entities.errors import BadInput
from app.models.entities.people import NumberKind, PersonDetails, PersonRow, PhoneNumber
from app.services.search.pinyin_data import OTHER_READINGS
from app.services.search.rules import Query, Word
from app.services.search.tokens import initials, is_hanzi, norm, runs

HOME_COUNTRY = "86"
MOST_DIGITS = 16
_MOST_READINGS = 8
# Fewer digits than this on both sides of a "/" are parts of one number (030/12345), not two numbers.
_LEAST_FULL_NUMBER = 7

_EXTENSION = re.compile(r"(?:ext\.?|extension|x|分机号?|转|#|,|;)\s*[:.]?\s*(\d{1,6})\s*$")
_HYPHEN_EXTENSION = re.compile(r"(?<!\d)(\d{7,8})\s*-\s*(\d{1,6})\s*$")
_NUMBER_LIKE = re.compile(r"[\d\s+()\-./,;#x]*\d[\d\s+()\-./,;#x]*")
_MOBILE = re.compile(r"1[3-9]")
_SERVICE_NUMBER = re.compile(r"[48]00\d{7}|9\d{4,5}")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})")


@dataclass(frozen=True, slots=True)
class Dialled:
    """A telephone number taken apart: `main` as dialled from within the country, `extension` or ""."""

    main: str
    extension: str = ""

    @property
    def digits(self) -> str:
        """The canonical form: what is stored, and compared between two ways of writing one number."""
        return f"{self.main}x{self.extension}" if self.extension else self.main


def dialled(text: str, country: str = HOME_COUNTRY) -> Dialled:
    """Take a number apart, however it is written: +86 138-0013-8000, (021) 6288/1234 ext. 8021, ＋８６…

    Blanks, slashes, dots and brackets carry no meaning. `country` written as +86 or 0086 is left out, with
    the trunk 0 put back before an area code and dropped before a mobile number; another country stays as 00….

    Raises:
        BadInput: `people.number_unreadable` (no digit), `people.number_too_long`.
    """
    rest, extension = _without_extension(norm(text).strip())
    is_international = rest.lstrip("( ").startswith("+")
    digits = "".join(re.findall(r"\d", rest.replace("(0)", "")))
    if is_international and digits:
        digits = "00" + digits
    if digits.startswith("00" + country):
        digits = _within_country(digits.removeprefix("00" + country))
    elif len(digits) == len(country) + 11 and digits.startswith(country) and _MOBILE.match(digits, 2):
        digits = digits.removeprefix(country)
    if digits.startswith("0") and len(digits) == 12 and _MOBILE.match(digits, 1):
        digits = digits[1:]
    if not digits and not extension:
        raise BadInput("people.number_unreadable", number=text[:60])
    if len(digits) > MOST_DIGITS:
        raise BadInput("people.number_too_long", number=text[:60], most=MOST_DIGITS)
    return Dialled(digits, extension) if digits else Dialled(extension)


def _without_extension(text: str) -> tuple[str, str]:
    if match := _EXTENSION.search(text):
        return text[: match.start()], match[1]
    if match := _HYPHEN_EXTENSION.search(text):
        return text[: match.end(1)], match[2]
    return text, ""


def _within_country(digits: str) -> str:
    if _MOBILE.match(digits) or _SERVICE_NUMBER.fullmatch(digits) or digits.startswith("0") or not digits:
        return digits
    return "0" + digits


def split_numbers(text: str) -> list[str]:
    """Return the numbers written into one field: "62881234 / 62881235" holds two, "030/12345" one."""
    parts = [part.strip() for part in re.split(r"[/、；;\n]|\bor\b|或", text) if part.strip()]
    if all(sum(character.isdigit() for character in part) >= _LEAST_FULL_NUMBER for part in parts):
        return parts
    return [text.strip()] if text.strip() else []


def phone_numbers(phones: Iterable[tuple[NumberKind, str]]) -> tuple[PhoneNumber, ...]:
    """Return what is stored for numbers as typed: each once, several in one field taken apart.

    Raises:
        BadInput: what `dialled` raises.
    """
    found: dict[str, PhoneNumber] = {}
    for kind, text in phones:
        for number in split_numbers(text):
            digits = dialled(number).digits
            found.setdefault(digits, PhoneNumber(kind, number[:40], digits))
    return tuple(found.values())


def is_number_like(text: str) -> bool:
    """Tell whether somebody typed a telephone number, or the beginning of one, rather than a name."""
    return _NUMBER_LIKE.fullmatch(norm(text).strip()) is not None


def caller_query(text: str) -> Query:
    """Return what the index is asked for a caller look-up: a number in canonical form, or plain words.

    Colons and quotation marks mean nothing here: callers are looked up, not searched.
    """
    if is_number_like(text):
        number = dialled(text)
        return Query(tuple(Word(part) for part in (number.main, number.extension) if part))
    words = (Word(part) for part in norm(text).split())
    return Query(tuple(word for word in words if next(runs(word.text), None)))


def search_text(details: PersonDetails, phones: Iterable[PhoneNumber]) -> str:
    """Return everything a person is found by, for the full-text index."""
    names = [name for name in (details.name, details.name_alt) if name]
    joined = ["".join(runs(norm(name))) for name in names if not is_hanzi("".join(runs(norm(name))))]
    numbers = [part for phone in phones for part in _parts_of_number(phone.digits)]
    short = [reading for name in names for reading in initials_of(name)]
    return " ".join([*names, *joined, *short, details.login, details.email, *numbers])


def _parts_of_number(digits: str) -> Iterator[str]:
    """Yield the ways of dialling a stored number: whole, without its area code, by extension."""
    main, _, extension = digits.partition("x")
    yield main
    if landline := _LANDLINE.fullmatch(main):
        yield landline[2]
    if extension:
        yield extension


def initials_of(name: str) -> list[str]:
    """Return the pinyin initials of a Chinese name, whole and of the given name, in every usual reading.

    A name of several Latin words gives the words' first letters; anything else gives nothing.
    """
    parts = list(runs(norm(name)))
    letters = "".join(parts)
    if not is_hanzi(letters):
        return ["".join(part[0] for part in parts)] if len(parts) > 1 else []
    readings = [OTHER_READINGS.get(character) or initials(character) or "" for character in letters]
    found = ["".join(choice) for choice in islice(product(*filter(None, readings)), _MOST_READINGS)]
    return list(dict.fromkeys([*found, *(reading[1:] for reading in found if len(reading) > 2)]))


def caller_rank(text: str, person: PersonRow, digits: Iterable[str]) -> tuple[int, str, int]:
    """Return the sort key of a hit: what was typed in full comes first, then names that begin with it.

    `digits` are the person's numbers in canonical form. Equal hits are ordered by name, then by id.
    """
    wanted = norm(text).strip()
    whole = {norm(person.name), norm(person.name_alt), person.login, norm(person.email)}
    if is_number_like(text):
        number = dialled(text).digits
        known = {part for one in digits for part in (one, *_parts_of_number(one))}
        whole |= {number} & known
        wanted = number if person.login != wanted else wanted
    if wanted in whole - {""}:
        grade = 0
    elif norm(person.name).startswith(wanted) or norm(person.name_alt).startswith(wanted):
        grade = 1
    elif wanted in initials_of(person.name):
        grade = 2
    else:
        grade = 3
    return grade, norm(person.name), person.id


def check_details(details: PersonDetails) -> PersonDetails:
    """Return the details as they are kept: texts trimmed, the login folded.

    Raises:
        BadInput: `people.name_missing`, `people.email_bad`, `people.login_bad` (blanks, or over 64),
            `people.login_not_staff`, `people.text_too_long`.
    """
    name = " ".join(details.name.split())
    login = norm(details.login).strip()
    email = details.email.strip()
    if not name:
        raise BadInput("people.name_missing")
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise BadInput("people.email_bad", email=email[:60])
    if len(login) > 64 or re.search(r"\s", login):
        raise BadInput("people.login_bad", login=login[:64])
    if login and not details.is_staff:
        raise BadInput("people.login_not_staff", login=login)
    kept = PersonDetails(
        name=name,
        name_alt=" ".join(details.name_alt.split()),
        login=login,
        email=email,
        company=" ".join(details.company.split()),
        department=" ".join(details.department.split()),
        location=" ".join(details.location.split()),
        title=" ".join(details.title.split()),
        language=details.language,
        is_vip=details.is_vip,
        is_staff=details.is_staff,
        phones=details.phones,
        source_key=details.source_key.strip(),
    )
    _check_lengths(kept)
    return kept


_LONGEST = {"name": 120, "name_alt": 120, "email": 200, "company": 120, "department": 120} | {
    "location": 120,
    "title": 120,
    "language": 16,
    "source_key": 80,
}


def _check_lengths(details: PersonDetails) -> None:
    for field, longest in _LONGEST.items():
        if len(getattr(details, field)) > longest:
            raise BadInput("people.text_too_long", field=field, longest=longest)
    if details.department and not details.company:
        raise BadInput("people.department_without_company", department=details.department)
