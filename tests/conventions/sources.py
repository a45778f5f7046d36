"""The project's own Python files as the house rules see them: what each one is and which rules it breaks.

A file is parsed once for all rules, and only when it, a rule or this folder changed since the last run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conventions.rules import RULES
from tests.support.remembered import MEMORY, ROOT, findings

_FOLDERS = ("app", "tests", "installer")
_TOP_FILES = ("main.py", "dev.py")


@dataclass(frozen=True)
class Source:
    """What the rules want to know of one Python file; `path` is below the project, with forward slashes."""

    path: str
    lines: int
    has_docstring: bool
    holds_more: bool  # than a docstring
    imports_app: bool
    broken: dict[str, list[int]]  # what a rule forbids -> the lines where it stands

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]


@cache
def all_sources(root: Path = ROOT, memory: Path = MEMORY) -> tuple[Source, ...]:
    """Every Python file of the project, in the order of their paths."""
    found = findings("sources", sorted(_files(root)), look, root, memory)
    return tuple(Source(path, **seen) for path, seen in found.items())


def broken_places(forbidden: str, sources: tuple[Source, ...]) -> list[str]:
    """Return "path:line" for every place where what a rule forbids stands."""
    return [f"{source.path}:{line}" for source in sources for line in source.broken.get(forbidden, ())]


def look(path: str, text: str) -> dict[str, object]:
    """Return the fields of a `Source` besides its path."""
    tree = ast.parse(text)
    lines = {rule.forbids: list(rule.find(tree)) for rule in RULES if rule.applies_to(path)}
    return {
        "lines": len(text.splitlines()),
        "has_docstring": bool(ast.get_docstring(tree)),
        "holds_more": not all(_is_docstring(node) for node in tree.body),
        "imports_app": any(_imports_app(node) for node in ast.walk(tree)),
        "broken": {forbidden: found for forbidden, found in lines.items() if found},
    }


def _files(root: Path) -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from (root / folder).rglob("*.py")
    yield from (root / name for name in _TOP_FILES if (root / name).exists())


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _imports_app(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").partition(".")[0] == "app"
    return isinstance(node, ast.Import) and any(alias.name.partition(".")[0] == "app" for alias in node.names)
