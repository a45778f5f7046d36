"""Every feature has its proof where one looks for it: the same word names the code and its tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.remembered import ROOT

RULES = sorted(file.parent.name for file in (ROOT / "app" / "services").glob("*/rules.py"))
SCREENS = sorted(
    folder.name
    for folder in (ROOT / "app" / "views").iterdir()
    if folder.is_dir() and any(folder.glob("*.py"))
)
PAGES = sorted(file.stem.removesuffix("_page") for file in (ROOT / "app/services/reports").glob("*_page.py"))
SHARED = "base"  # proven piece by piece, under each piece's name


def proofs(kind: str, word: str) -> list[Path]:
    """The test files of a kind that carry the feature's word."""
    return [file for file in (ROOT / "tests" / kind).glob("test_*.py") if word in file.stem.split("_")]


@pytest.mark.parametrize("feature", RULES)
def test_the_rules_of_a_feature_have_unit_tests(feature: str) -> None:
    assert proofs("unit", feature), f"write tests/unit/test_{feature}_rules.py"


@pytest.mark.parametrize("feature", [name for name in SCREENS if name != SHARED])
def test_a_screen_has_tests(feature: str) -> None:
    assert proofs("view", feature), f"write tests/view/test_{feature}_view.py"


@pytest.mark.parametrize("page", PAGES)
def test_a_printed_page_has_tests(page: str) -> None:
    assert proofs("report", page), f"write tests/report/test_{page}_pdf.py"
