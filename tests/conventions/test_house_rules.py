"""Nobody breaks a house rule, and every rule catches what it forbids."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conventions.rules import RULES, Rule
from tests.conventions.sources import Source, all_sources, broken_places, look
from tests.support.remembered import ROOT

LONGEST_FILE = 450
LONGEST_TEST = 600  # a table of cases is read line by line, not as a whole
# A word list is data that happens to be Python; a migration is frozen as it was written.
MAY_BE_LONGER = ("_data.py",)
FROZEN = "app/models/migrations/"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.forbids)
def test_nobody_breaks_a_house_rule(rule: Rule) -> None:
    broken = broken_places(rule.forbids, all_sources())

    assert not broken, f"no {rule.forbids}: {rule.because}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.forbids)
def test_a_rule_catches_what_it_forbids(rule: Rule) -> None:
    seen = look(f"{rule.within[0].removesuffix('/')}/example.py", rule.bad)

    assert rule.forbids in seen["broken"], "the example passes"


def test_a_file_that_breaks_a_rule_is_found_among_files_that_are_remembered(tmp_path: Path) -> None:
    tree, memory = tmp_path / "tree", tmp_path / "memory"
    (tree / "app").mkdir(parents=True)
    file = tree / "app" / "page.py"
    file.write_text("pause = 1\n", "utf-8")
    (tree / "app" / "other.py").write_text("pause = 2\n", "utf-8")
    before = broken_places("sleeping", all_sources(tree, memory))
    all_sources.cache_clear()  # the next run is another process
    file.write_text("import time\ntime.sleep(1)\n", "utf-8")

    after = broken_places("sleeping", all_sources(tree, memory))

    assert (before, after) == ([], ["app/page.py:2"])


def test_no_file_is_longer_than_a_reader_can_keep_in_mind() -> None:
    too_long = {
        source.path: source.lines
        for source in all_sources()
        if source.lines > (LONGEST_TEST if source.path.startswith("tests/") else LONGEST_FILE)
        and not source.path.endswith(MAY_BE_LONGER)
        and not source.path.startswith(FROZEN)
    }

    assert not too_long


def test_every_package_says_what_belongs_in_it() -> None:
    folders = {
        file.parent for top in ("app", "tests") for file in (ROOT / top).rglob("*.py") if file.name[0] != "0"
    }
    documented = {ROOT / source.path for source in all_sources() if source.has_docstring}
    silent = [
        folder.relative_to(ROOT).as_posix()
        for folder in sorted(folders)
        if folder.name != "migrations" and folder / "__init__.py" not in documented
    ]

    assert not silent, "these folders need an __init__.py with one paragraph"


def test_packages_hand_nothing_on() -> None:
    busy = [source.path for source in all_sources() if source.name == "__init__.py" and source.holds_more]

    assert not busy, "an __init__.py holds a docstring and nothing else"


def test_every_module_opens_with_a_sentence() -> None:
    assert not [source.path for source in all_sources() if not source.has_docstring]


def test_every_migration_has_a_test_that_names_it() -> None:
    tests = "\n".join(file.read_text("utf-8") for file in (ROOT / "tests" / "service").rglob("*.py"))
    unproven = [file.stem for file in sorted((ROOT / FROZEN).glob("[0-9]*.py")) if file.stem not in tests]

    assert not unproven, "migrate data through each of these in tests/service"


def test_migrations_are_frozen() -> None:
    thawed = [
        source.path for source in all_sources() if source.path.startswith(FROZEN) and source.imports_app
    ]

    assert not thawed, "a migration that imports the program changes when the program does"


def test_sources_are_found() -> None:
    found: tuple[Source, ...] = all_sources()

    assert {"app/__init__.py", "tests/conftest.py", "dev.py"} <= {source.path for source in found}
