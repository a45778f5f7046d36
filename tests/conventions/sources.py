"""The project's own Python files, parsed once, as the house rules read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = ("app", "tests", "installer")
_TOP_FILES = ("main.py", "dev.py")


@dataclass(frozen=True)
class Source:
    """One Python file: its path below the project, with forward slashes, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]


@cache
def all_sources() -> tuple[Source, ...]:
    """Every Python file of the project, in the order of their paths."""
    return tuple(_read(file) for file in sorted(_files()))


def parsed(path: str, text: str) -> Source:
    """A source that is not on disk, for proving that a rule catches what it forbids."""
    return Source(path, text, ast.parse(text))


def _files() -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from (ROOT / folder).rglob("*.py")
    yield from (ROOT / name for name in _TOP_FILES if (ROOT / name).exists())


def _read(file: Path) -> Source:
    return parsed(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
