"""From display names to records: people, teams and categories of a source, made where they are missing.

Each is found again by its key, prefix + name ("uci:Group 70"), so that renaming it here changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from app.models.entities.events import CatalogueChanged, PeopleChanged
from app.models.entities.people import PersonDetails
from app.models.transactions import Reader, Transaction
from app.services.catalogue.merged import merged_categories
from app.services.people.rules import search_text
from app.services.search.index import SearchTable, put_many

LONGEST_PERSON_KEY = 80
LONGEST_TEAM_CODE = 32
LONGEST_CATEGORY_CODE = 48
Path = tuple[str, ...]

# Well below the number of parameters that one statement may have on either database.
_AT_ONCE = 500
_INSERT_PERSON = (
    "INSERT INTO person (source_key, name, is_staff) VALUES (?, ?, ?) ON CONFLICT (source_key) DO NOTHING"
)
_INSERT_TEAM = "INSERT INTO team (code, name) VALUES (?, ?) ON CONFLICT (code) DO NOTHING"
_INSERT_CATEGORY = (
    "INSERT INTO category (parent_id, code, name) VALUES (?, ?, ?) ON CONFLICT (code) DO NOTHING"
)


@dataclass(slots=True)
class Names:
    """Ids by display name (categories by path), as far as an import knows them, and tickets by incident."""

    people: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    categories: dict[Path, int] = field(default_factory=dict)
    tickets: dict[str, int] = field(default_factory=dict)

    def absorb(self, other: Names) -> None:
        """Take over what a committed chunk has learnt."""
        self.people.update(other.people)
        self.teams.update(other.teams)
        self.categories.update(other.categories)
        self.tickets.update(other.tickets)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The names that a chunk speaks of. `people` says of each whether he or she works at the desk."""

    people: Mapping[str, bool]
    teams: frozenset[str]
    categories: frozenset[Path]


@dataclass(frozen=True, slots=True)
class Made:
    """How many records a chunk had to make."""

    people: int = 0
    teams: int = 0
    categories: int = 0


def resolve(tx: Transaction, prefix: str, wanted: Wanted, known: Names) -> tuple[Names, Made]:
    """Return the ids of all wanted names not in `known`, making the records that do not exist yet."""
    people = [name for name in wanted.people if name not in known.people]
    teams = [name for name in sorted(wanted.teams) if name not in known.teams]
    paths = [path for path in _with_parents(wanted.categories) if path not in known.categories]
    found = Names()
    made_people = _people(tx, prefix, {name: wanted.people[name] for name in people}, found)
    made_teams = _teams(tx, prefix, teams, found)
    made_categories = _categories(tx, prefix, paths, known, found)
    if made_people or made_teams:
        tx.announce(PeopleChanged())
    if made_categories:
        tx.announce(CatalogueChanged())
    return found, Made(made_people, made_teams, made_categories)


def key_of(prefix: str, name: str, longest: int) -> str:
    """Return the key of a display name; one that is too long ends in a hash, so that it stays itself."""
    key = f"{prefix}:{name}"
    if len(key) <= longest:
        return key
    return f"{key[: longest - 9]}~{sha256(key.encode()).hexdigest()[:8]}"


def name_of_key(prefix: str, key: str | None) -> str | None:
    """Return the display name in a key of this source; None for records of other origin."""
    return key.removeprefix(f"{prefix}:") if key and key.startswith(f"{prefix}:") else None


def category_code(prefix: str, path: Path) -> str:
    """Return the key of a category: its path."""
    return key_of(prefix, "/".join(path), LONGEST_CATEGORY_CODE)


def _people(tx: Transaction, prefix: str, names: Mapping[str, bool], found: Names) -> int:
    keys = {key_of(prefix, name, LONGEST_PERSON_KEY): name for name in names}
    before = _ids(tx, "SELECT source_key, id FROM person WHERE source_key IN ", list(keys))
    missing = [key for key in keys if key not in before]
    if missing:
        tx.execute_many(_INSERT_PERSON, [(key, keys[key], names[keys[key]]) for key in missing])
    made = _ids(tx, "SELECT source_key, id FROM person WHERE source_key IN ", missing)
    texts = [(made[key], search_text(PersonDetails(keys[key]), ())) for key in made]
    put_many(tx, SearchTable.PEOPLE, texts)
    found.people.update({keys[key]: record_id for key, record_id in (*before.items(), *made.items())})
    return len(made)


def _teams(tx: Transaction, prefix: str, names: Sequence[str], found: Names) -> int:
    keys = {key_of(prefix, name, LONGEST_TEAM_CODE): name for name in names}
    before = _ids(tx, "SELECT code, id FROM team WHERE code IN ", list(keys))
    missing = [key for key in keys if key not in before]
    if missing:
        tx.execute_many(_INSERT_TEAM, [(key, keys[key]) for key in missing])
    made = _ids(tx, "SELECT code, id FROM team WHERE code IN ", missing)
    found.teams.update({keys[key]: record_id for key, record_id in (*before.items(), *made.items())})
    return len(made)


def _categories(tx: Transaction, prefix: str, paths: Sequence[Path], known: Names, found: Names) -> int:
    """Make the tree from the root down: a node's parent must have its id first.

    A name that was merged away means the category it was merged into, for what hangs below it too.
    """
    made, merged = 0, merged_categories(tx) if paths else {}
    for depth in sorted({len(path) for path in paths}):
        keys = {category_code(prefix, path): path for path in paths if len(path) == depth}
        known_ids = _ids(tx, "SELECT code, id FROM category WHERE code IN ", list(keys))
        before = {key: merged.get(node, node) for key, node in known_ids.items()}
        missing = [key for key in keys if key not in before]
        rows = []
        for key in missing:
            *above, name = keys[key]
            parent = tuple(above)
            parent_id = found.categories.get(parent) or known.categories.get(parent)
            rows.append((parent_id, key, name))
        if rows:
            tx.execute_many(_INSERT_CATEGORY, rows)
        fresh = _ids(tx, "SELECT code, id FROM category WHERE code IN ", missing)
        found.categories.update({keys[key]: node for key, node in (*before.items(), *fresh.items())})
        made += len(fresh)
    return made


def _with_parents(paths: Iterable[Path]) -> list[Path]:
    return sorted({path[:depth] for path in paths for depth in range(1, len(path) + 1)})


def _ids(read: Reader, select: str, keys: Sequence[str]) -> dict[str, int]:
    """Run a "SELECT key, id … IN " for any number of keys."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        found.update(read.rows(f"{select}({', '.join('?' * len(some))})", some))
    return found
