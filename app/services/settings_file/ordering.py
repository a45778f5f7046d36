"""The order of a list when a file brings its own, and the tree that entries make. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.models.entities.errors import FirstlineError, RuleViolation
from app.models.entities.settings_file import Plain, Section
from app.services.catalogue.rules import DEEPEST

ORDERED = frozenset(
    {
        Section.WAITING_REASONS,
        Section.CAUSES,
        Section.RESOLUTIONS,
        Section.CATEGORIES,
        Section.SERVICES,
        Section.SCRIPTS,
        Section.SKILLS,
        Section.SHIFTS,
        Section.PATTERNS,
        Section.CREWS,
        Section.SHIFT_CHECKS,
        Section.TEAMS,
    }
)
"""Lists that people arrange: the order in the file is that on the screen."""

TREES = frozenset({Section.CATEGORIES, Section.SERVICES})
_ONE_LIST = ""


def merged_order(site: Sequence[str], given: Sequence[str]) -> list[str]:
    """Return a list's order: that of the file, with the entries only the site has where they stand.

    A new entry comes behind the one before it in the file.
    """
    known, inside = set(site), set(given)
    wanted = iter([code for code in given if code in known])
    kept = [next(wanted) if code in inside else code for code in site]
    behind: dict[str, list[str]] = {}
    first: list[str] = []
    last: str | None = None
    for code in given:
        if code in known:
            last = code
        else:
            (first if last is None else behind.setdefault(last, [])).append(code)
    start = next((code for code in kept if code in inside), None)
    order: list[str] = []
    for code in kept:
        order += [*(first if code == start else ()), code, *behind.get(code, ())]
    return order if start is not None else [*order, *first]


def groups(section: Section, entries: Mapping[str, Plain]) -> dict[str, list[str]]:
    """Return what is ordered within what: categories among their siblings, any other list as a whole."""
    found: dict[str, list[str]] = {}
    for code, entry in entries.items():
        above = (entry["parent"] or _ONE_LIST) if section is Section.CATEGORIES else _ONE_LIST
        found.setdefault(above, []).append(code)
    return found


def trouble_in_tree(tree: Mapping[str, Plain], code: str) -> FirstlineError | None:
    """Return why an entry cannot stand where it is to stand, None where it can."""
    line = list(line_above(tree, code))
    entry = tree[code]
    if (tree[line[-1]]["parent"] or _ONE_LIST) in line:
        return RuleViolation("catalogue.row_circle", entry=code, way=[*line, code])
    if len(line) > DEEPEST:
        return RuleViolation("catalogue.too_deep", deepest=DEEPEST)
    above = tree.get(entry["parent"] or _ONE_LIST)
    if entry["is_active"] and above is not None and not above["is_active"]:
        return RuleViolation("catalogue.parent_retired", name=entry["parent"])
    is_left = any(each["parent"] == code and each["is_active"] for each in tree.values())
    if not entry["is_active"] and is_left:
        return RuleViolation("catalogue.has_children", name=code)
    return None


def line_above(tree: Mapping[str, Plain], code: str) -> Iterator[str]:
    """Yield an entry and all above it; of a circle each once."""
    seen: set[str] = set()
    at: str | None = code
    while at is not None and at in tree and at not in seen:
        seen.add(at)
        yield at
        at = tree[at]["parent"]
