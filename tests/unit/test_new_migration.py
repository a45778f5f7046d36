"""`poe new-migration` numbers on and starts a script that the house rules accept."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support.new_migration import new_migration


def test_migrations_are_numbered_on(tmp_path: Path) -> None:
    (tmp_path / "0007_earlier.py").touch()

    assert new_migration("held_since", tmp_path).name == "0008_held_since.py"


def test_the_first_migration_is_number_one(tmp_path: Path) -> None:
    assert new_migration("first_schema", tmp_path).name == "0001_first_schema.py"


def test_a_new_migration_goes_both_ways(tmp_path: Path) -> None:
    tree = ast.parse(new_migration("held_since", tmp_path).read_text(encoding="utf-8"))

    assert [node.name for node in tree.body if isinstance(node, ast.FunctionDef)] == ["up", "down"]


def test_a_migration_needs_a_name_that_python_can_import(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="lower case words"):
        new_migration("Held Since", tmp_path)
