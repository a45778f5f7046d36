"""Finds every error code that `app/` can raise, by reading the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.remembered import MEMORY, findings

APP = Path(__file__).parents[2] / "app"
BASE = "FirstlineError"


@dataclass(frozen=True, slots=True)
class Raised:
    """One place that makes an error. `code` is None where it is not a literal; `params` are its keywords."""

    place: str
    code: str | None
    params: frozenset[str]


def raised_errors(app: Path = APP, memory: Path = MEMORY) -> list[Raised]:
    """Return every place in the source that makes a `FirstlineError` or one of its children."""
    seen = findings("errors", sorted(app.rglob("*.py")), look, app.parent, memory)
    parents = {name: set(bases) for each in seen.values() for name, bases in each["parents"].items()}
    kinds = _family({BASE}, parents)
    # Their code is their own; what they are given first is something else.
    silent = _family({"StaleRecord", "Cancelled"}, parents)
    return [
        Raised(f"{path}:{line}", code, frozenset(params))
        for path, each in seen.items()
        for owner, name, line, codes, params in each["made"]
        if name in kinds - silent or (name == "__init__" and owner in kinds and owner != BASE)
        for code in codes
    ]


def look(_path: str, text: str) -> dict[str, object]:
    """Return the bases of a file's classes, and the calls in it that may make an error.

    Which of them do is known only when the classes of all files are.
    """
    tree = ast.parse(text)
    parents = {
        node.name: [getattr(base, "id", getattr(base, "attr", "")) for base in node.bases]
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    made = [
        (owner, name, call.lineno, _codes(call), sorted(word.arg for word in call.keywords if word.arg))
        for owner, call in _calls(tree)
        if (name := getattr(call.func, "id", getattr(call.func, "attr", "")))[:1].isupper()
        or name == "__init__"
    ]
    return {"parents": parents, "made": made}


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
