"""Finds every error code that `app/` can raise, by reading the source."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

APP = Path(__file__).parents[2] / "app"
BASE = "FirstlineError"


@dataclass(frozen=True, slots=True)
class Raised:
    """One place that makes an error. `code` is None where it is not a literal; `params` are its keywords."""

    place: str
    code: str | None
    params: frozenset[str]


def raised_errors(app: Path = APP) -> list[Raised]:
    """Return every place in the source that makes a `FirstlineError` or one of its children."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(app.rglob("*.py"))}
    parents = _parents(trees.values())
    kinds = _family({BASE}, parents)
    # Their code is their own; what they are given first is something else.
    silent = _family({"StaleRecord", "Cancelled"}, parents)
    found: list[Raised] = []
    for path, tree in trees.items():
        for owner, call in _calls(tree):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            is_init = name == "__init__" and owner in kinds and owner != BASE
            if name in kinds - silent or is_init:
                place = f"{path.relative_to(app.parent).as_posix()}:{call.lineno}"
                params = frozenset(word.arg for word in call.keywords if word.arg)
                found += [Raised(place, code, params) for code in _codes(call)]
    return found


def _parents(trees: Iterable[ast.Module]) -> dict[str, set[str]]:
    """Return the bases of every class of the program, by name."""
    return {
        node.name: {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }


def _family(founders: set[str], parents: dict[str, set[str]]) -> set[str]:
    """Return the founders and everything that descends from them."""
    kinds = set(founders)
    while more := {name for name, bases in parents.items() if bases & kinds} - kinds:
        kinds |= more
    return kinds


def _calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call with the name of the class it stands in ("" outside of classes)."""
    inside = {
        id(node): owner.name
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for node in ast.walk(owner)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield inside.get(id(node), ""), node


def _codes(call: ast.Call) -> list[str | None]:
    if not call.args:
        return []
    first = call.args[0]
    choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    return [
        each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else None
        for each in choices
    ]
