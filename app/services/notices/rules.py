"""Who is meant by "@name" in a text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.models.entities.ids import PersonId
from app.services.search.tokens import is_hanzi, norm

# What may stand between the parts of a login: "li.na" is not called by "@li.nathan", nor by "@li.na-bo".
_JOINERS = ".-_@"


@dataclass(frozen=True, slots=True)
class Nameable:
    """Somebody who can be called by name: the login, and the name in either language; "" where none."""

    person_id: PersonId
    names: tuple[str, ...]


def may_mention(text: str) -> bool:
    """Tell whether `text` can mention anybody at all; what costs nothing, before names are looked up."""
    return "@" in text or "＠" in text


def mentioned(text: str, staff: Iterable[Nameable]) -> list[PersonId]:
    """Return who is called by "@" and a name in `text`, each once, in the order of the text.

    Case, width and accents do not matter. The longest name that fits is meant ("@Li Na Wang" is not Li Na
    where there is a Li Na Wang); all who bear that name are. An "@" inside a word (an address) calls nobody,
    and a name in letters must end where the word ends; a Chinese name need not.
    """
    called = [(name, person.person_id) for person in staff for name in _folded(person.names)]
    # By first character, or a text of many "@" would be compared with every name at each.
    by_first: dict[str, list[tuple[str, PersonId]]] = {}
    for name, person_id in called:
        by_first.setdefault(name[0], []).append((name, person_id))
    found: dict[PersonId, None] = {}
    for rest in _calls(_plain(text)):
        fitting = [pair for pair in by_first.get(rest[:1], ()) if _begins_with(rest, pair[0])]
        longest = max((len(name) for name, _person in fitting), default=0)
        found.update((person_id, None) for name, person_id in fitting if len(name) == longest)
    return list(found)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", norm(text))


def _folded(names: Iterable[str]) -> set[str]:
    return {_plain(name).strip() for name in names} - {""}


def _calls(text: str) -> Iterator[str]:
    """Yield what follows each "@" that begins a word, as far as any name can reach."""
    for match in re.finditer("@", text):
        at = match.start()
        before = text[at - 1] if at else " "
        if not before.isalnum() or is_hanzi(before):
            yield text[at + 1 : at + 1 + _LONGEST_NAME]


_LONGEST_NAME = 300  # a name holds 120 characters; folding a ligature makes several of one


def _begins_with(rest: str, name: str) -> bool:
    if not rest.startswith(name):
        return False
    if is_hanzi(name[-1]):
        return True
    after = rest[len(name) : len(name) + 2]
    if after[:1] in _JOINERS and after[1:]:
        after = after[1:]
    return not (after[:1].isalnum() and not is_hanzi(after[:1]))
