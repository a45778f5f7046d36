"""Nobody breaks a house rule, and every rule catches what it forbids."""

from __future__ import annotations

import ast

import pytest

from tests.conventions.rules import RULES, Rule
from tests.conventions.sources import ROOT, Source, all_sources, parsed

LONGEST_FILE = 450
LONGEST_TEST = 600  # a table of cases is read line by line, not as a whole
# A word list is data that happens to be Python; a migration is frozen as it was written.
MAY_BE_LONGER = ("_data.py",)
FROZEN = "app/models/migrations/"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.forbids)
def test_nobody_breaks_a_house_rule(rule: Rule) -> None:
    broken = rule.broken_in(all_sources())

    assert not broken, f"no {rule.forbids}: {rule.because}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.forbids)
def test_a_rule_catches_what_it_forbids(rule: Rule) -> None:
    example = parsed(f"{rule.within[0].removesuffix('/')}/example.py", rule.bad)

    assert list(rule.find(example.tree)), "the example passes"


def test_no_file_is_longer_than_a_reader_can_keep_in_mind() -> None:
    too_long = {
        source.path: len(source.text.splitlines())
        for source in all_sources()
        if len(source.text.splitlines())
        > (LONGEST_TEST if source.path.startswith("tests/") else LONGEST_FILE)
        and not source.path.endswith(MAY_BE_LONGER)
        and not source.path.startswith(FROZEN)
    }

    assert not too_long


def test_every_package_says_what_belongs_in_it() -> None:
    folders = {
        file.parent for top in ("app", "tests") for file in (ROOT / top).rglob("*.py") if file.name[0] != "0"
    }
    silent = [
        folder.relative_to(ROOT).as_posix()
        for folder in sorted(folders)
        if folder.name != "migrations" and not _has_docstring(folder / "__init__.py")
    ]

    assert not silent, "these folders need an __init__.py with one paragraph"


def test_packages_hand_nothing_on() -> None:
    busy = [
        source.path
        for source in all_sources()
        if source.name == "__init__.py" and any(not _is_docstring(node) for node in source.tree.body)
    ]

    assert not busy, "an __init__.py holds a docstring and nothing else"


def test_every_module_opens_with_a_sentence() -> None:
    assert not [source.path for source in all_sources() if not ast.get_docstring(source.tree)]


def test_every_migration_has_a_test_that_names_it() -> None:
    tests = "\n".join(source.text for source in all_sources() if source.path.startswith("tests/service/"))
    unproven = [file.stem for file in sorted((ROOT / FROZEN).glob("[0-9]*.py")) if file.stem not in tests]

    assert not unproven, "migrate data through each of these in tests/service"


def test_migrations_are_frozen() -> None:
    thawed = [
        source.path
        for source in all_sources()
        if source.path.startswith(FROZEN) and any(_imports_app(node) for node in ast.walk(source.tree))
    ]

    assert not thawed, "a migration that imports the program changes when the program does"


def _has_docstring(file) -> bool:
    return file.exists() and bool(ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))))


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _imports_app(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").partition(".")[0] == "app"
    return isinstance(node, ast.Import) and any(alias.name.partition(".")[0] == "app" for alias in node.names)


def test_sources_are_found() -> None:
    found: tuple[Source, ...] = all_sources()

    assert {"app/__init__.py", "tests/conftest.py", "dev.py"} <= {source.path for source in found}
