"""The shape of the trees, and what is offered while somebody types. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from app.models.entities.catalogue import (
    DEMANDABLE,
    LINES,
    Category,
    CategoryDetails,
    CategoryNode,
    Gate,
    Service,
    ServiceDetails,
    Suggestion,
    demanded_at,
)
from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.ids import CategoryId
from app.services.search.tokens import initials, matches_initials, norm

PATH_SIGN = " / "
# Deeper trees are not chosen from, only got lost in.
DEEPEST = 5
LONGEST_CODE = 48
LONGEST_NAME = 120
LONGEST_REFUSAL = 1000
MOST_MINUTES = 30 * 24 * 60
_NO_MATCH = 9

Id = TypeVar("Id", bound=int)


def tree(categories: Iterable[Category]) -> list[CategoryNode]:
    """Return the categories as shown: parents before children, siblings by position.

    A category whose parent is not among them (filtered out, retired) stands at the top.
    """
    listed = list(categories)
    known = {category.id for category in listed}
    children: dict[CategoryId | None, list[Category]] = {}
    for category in sorted(listed, key=lambda one: (one.position, one.id)):
        parent = category.parent_id if category.parent_id in known else None
        children.setdefault(parent, []).append(category)
    nodes: list[CategoryNode] = []

    def visit(parent: CategoryId | None, path: tuple[str, ...], path_alt: tuple[str, ...]) -> None:
        for category in children.get(parent, ()):
            names = (*path, category.name)
            names_alt = (*path_alt, category.details.name_alt or category.name)
            nodes.append(CategoryNode(category, len(path), names, names_alt, category.id in children))
            visit(category.id, names, names_alt)

    visit(None, (), ())
    return nodes


def category_path(node: CategoryNode, *, alternative: bool = False) -> str:
    """Return "Hardware / Printer" in the main names, or in the second-language ones where they exist."""
    return PATH_SIGN.join(node.path_alt if alternative else node.path)


def effective_demands(categories: Iterable[Category]) -> dict[CategoryId, dict[Gate, tuple[str, ...]]]:
    """Return what each gate demands of each category's tickets, inherited where it states nothing itself."""
    by_id = {category.id: category for category in categories}
    found: dict[CategoryId, dict[Gate, tuple[str, ...]]] = {}
    for category_id in by_id:
        line = [by_id[one].details.demands for one in _line(_parents(by_id), category_id) if one in by_id]
        found[category_id] = {gate: demanded_at(line, gate) for gate in Gate}
    return found


def nearest_refusal(
    categories: Mapping[CategoryId, Category], category_id: CategoryId | None
) -> tuple[str, str]:
    """Return what is said to whoever asks for this, in both languages; ("", "") where the desk does it.

    A category is out of scope with all that hang below it.
    """
    for one in _line(_parents(categories), category_id):
        details = categories[one].details if one in categories else None
        if details is not None and not details.is_in_scope:
            return details.refusal_text, details.refusal_text_alt
    return "", ""


def _parents(categories: Mapping[CategoryId, Category]) -> dict[CategoryId, CategoryId | None]:
    return {category_id: category.parent_id for category_id, category in categories.items()}


def check_place(parents: Mapping[Id, Id | None], moved: Id | None, parent: Id | None) -> None:
    """Refuse a place in the tree that cannot be; `parents` maps each id to its parent, `moved` may be new.

    Raises:
        RuleViolation: `catalogue.circle` (below itself), `catalogue.too_deep`, `catalogue.parent_missing`.
    """
    if parent is not None and parent not in parents:
        raise RuleViolation("catalogue.parent_missing", parent=parent)
    above = _line(parents, parent)
    if moved is not None and moved in above:
        raise RuleViolation("catalogue.circle", id=moved)
    below = 1 if moved is None else _height(parents, moved)
    if len(above) + below > DEEPEST:
        raise RuleViolation("catalogue.too_deep", deepest=DEEPEST)


def _line(parents: Mapping[Id, Id | None], start: Id | None) -> list[Id]:
    found: list[Id] = []
    at = start
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def _height(parents: Mapping[Id, Id | None], top: Id) -> int:
    return max(line.index(top) + 1 for one in parents if top in (line := _line(parents, one)))


def new_order(siblings: Sequence[Id], moved: Id, before: Id | None) -> list[Id]:
    """Return the siblings with `moved` standing before `before`, or last where that is None or not there."""
    others = [one for one in siblings if one != moved]
    at = others.index(before) if before in others else len(others)
    return [*others[:at], moved, *others[at:]]


def free_code(name: str, taken: Collection[str]) -> str:
    """Return a code made of the name (pinyin initials for hanzi) that nobody has yet: PRINT, DYJ, DYJ-2."""
    start = initials(name).upper()[:12] or "X"
    if start not in taken:
        return start
    return next(
        f"{start}-{number}" for number in range(2, len(taken) + 3) if f"{start}-{number}" not in taken
    )


def check_category(details: CategoryDetails) -> None:
    """Refuse details that make no sense.

    Raises:
        BadInput: `catalogue.name_missing`, `catalogue.text_too_long`, `catalogue.level_bad`,
            `catalogue.minutes_bad`, `catalogue.line_bad`, `catalogue.demand_bad`,
            `catalogue.category_refusal_missing` (out of scope, yet nothing to say),
            `catalogue.refusal_too_long`.
    """
    _check_texts(details.code, details.name, details.name_alt)
    _check_usual(details.default_impact, details.default_urgency, details.handling_minutes)
    if not details.is_in_scope and not details.refusal_text.strip():
        raise BadInput("catalogue.category_refusal_missing", service=details.name)
    _check_refusal(details)
    lines = [line for line, _team in details.line_teams]
    if sorted(set(lines)) != lines or not set(lines) <= set(LINES):
        raise BadInput("catalogue.line_bad", line=next((one for one in lines if one not in LINES), lines[0]))
    for gate, names in details.demands:
        for name in names:
            if name not in DEMANDABLE[gate]:
                raise BadInput("catalogue.demand_bad", field=name)


def check_service(details: ServiceDetails) -> None:
    """Refuse details that make no sense.

    Raises:
        BadInput: `catalogue.name_missing`, `catalogue.text_too_long`, `catalogue.level_bad`,
            `catalogue.minutes_bad`, `catalogue.refusal_missing` (out of scope, yet nothing to say),
            `catalogue.refusal_too_long`.
    """
    _check_texts(details.code, details.name, details.name_alt)
    _check_usual(details.default_impact, details.default_urgency, details.handling_minutes)
    if not details.is_in_scope and not details.refusal_text.strip():
        raise BadInput("catalogue.refusal_missing", service=details.name)
    _check_refusal(details)


def _check_usual(impact: int | None, urgency: int | None, minutes: int | None) -> None:
    for level in (impact, urgency):
        if level is not None and not 1 <= level <= 5:
            raise BadInput("catalogue.level_bad", level=level)
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise BadInput("catalogue.minutes_bad", minutes=minutes, most=MOST_MINUTES)


def _check_refusal(details: CategoryDetails | ServiceDetails) -> None:
    if max(len(details.refusal_text), len(details.refusal_text_alt)) > LONGEST_REFUSAL:
        raise BadInput("catalogue.refusal_too_long", longest=LONGEST_REFUSAL)


def _check_texts(code: str, name: str, name_alt: str) -> None:
    if not name.strip():
        raise BadInput("catalogue.name_missing")
    if len(code) > LONGEST_CODE or max(len(name), len(name_alt)) > LONGEST_NAME:
        raise BadInput("catalogue.text_too_long", longest=LONGEST_NAME)


# --- what is offered while somebody types -------------------------------------------------------------


def suggest_categories(nodes: Iterable[CategoryNode], typed: str, limit: int = 12) -> list[Suggestion]:
    """Return the active categories meant by `typed`: name, second name, code or pinyin initials.

    Nothing typed offers the first ones of the tree.
    """
    found = []
    for place, node in enumerate(nodes):
        category = node.category
        grade = match_grade(typed, category.details.code, category.name, category.details.name_alt)
        if category.is_active and grade < _NO_MATCH:
            above = PATH_SIGN.join(node.path[:-1]), PATH_SIGN.join(node.path_alt[:-1])
            offered = Suggestion(category.id, category.name, category.details.name_alt, *above)
            found.append((grade, place, offered))
    return [offered for _, _, offered in sorted(found, key=lambda one: one[:2])[:limit]]


def suggest_services(services: Iterable[Service], typed: str, limit: int = 12) -> list[Suggestion]:
    """Return the active services meant by `typed`; out-of-scope ones too, for they must be recognised."""
    listed = list(services)
    by_id = {service.id: service for service in listed}
    found = []
    for place, service in enumerate(listed):
        details = service.details
        grade = match_grade(typed, details.code, details.name, details.name_alt)
        if service.is_active and grade < _NO_MATCH:
            parent = by_id.get(details.parent_id) if details.parent_id is not None else None
            above = (parent.name, parent.details.name_alt) if parent else ("", "")
            found.append((grade, place, Suggestion(service.id, details.name, details.name_alt, *above)))
    return [offered for _, _, offered in sorted(found, key=lambda one: one[:2])[:limit]]


def match_grade(typed: str, code: str, name: str, name_alt: str) -> int:
    """Return how well an entry fits: 0 by its code, 1 a name begins so, 2 a word of one does, 3 within one.

    4 means by pinyin initials, 9 not at all; nothing typed fits everything alike.
    """
    wanted = norm(typed).strip()
    names = [norm(one) for one in (name, name_alt) if one]
    if not wanted:
        return 3
    if wanted == norm(code):
        return 0
    if any(one.startswith(wanted) for one in names):
        return 1
    if any(f" {wanted}" in one for one in names) or norm(code).startswith(wanted):
        return 2
    if any(wanted in one for one in names):
        return 3
    letters_only = wanted.isascii() and wanted.isalnum()
    return 4 if letters_only and any(matches_initials(one, wanted) for one in names) else _NO_MATCH
