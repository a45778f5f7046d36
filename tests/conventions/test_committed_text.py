"""What is committed names no machine, no account and no package registry."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.conventions.sources import ROOT

# Written in pieces, so that this file does not break its own rule.
FORBIDDEN = {
    "a folder of one machine": ("/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "C:\\Us" + "ers\\"),
    "a registry's address": (
        "pypi" + ".org",
        "python" + "hosted.org",
        "npmjs" + ".org",
        "npmjs" + ".com",
        "deb.deb" + "ian.org",
        "--index" + "-url",
        "--extra-index" + "-url",
    ),
    "how the text was made": ("clau" + "de", "anthro" + "pic", "chat" + "gpt", "sub" + "agent"),
}
BINARY = {".ttf", ".png", ".ico", ".icns", ".zip", ".pdf", ".db", ".mo", ".xlsx"}


@cache
def committed_files() -> tuple[Path, ...]:
    """Text files that git tracks or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    files = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(file for file in files if file.suffix not in BINARY and file.is_file())


@pytest.mark.parametrize(("kind", "words"), FORBIDDEN.items(), ids=list(FORBIDDEN))
def test_committed_text_names_nothing_of_the_place_it_was_written_at(
    kind: str, words: tuple[str, ...]
) -> None:
    found = [
        f"{file.relative_to(ROOT).as_posix()}: {word}"
        for file in committed_files()
        for text in [file.read_text(encoding="utf-8").lower()]
        for word in words
        if word.lower() in text
    ]

    assert not found, f"{kind} in committed text"


def test_no_file_needs_more_than_a_repository_should_carry() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    heavy = [
        name
        for name in tracked.stdout.split("\0")
        if name and (ROOT / name).is_file() and (ROOT / name).stat().st_size > 16 * 1024 * 1024
    ]

    assert not heavy
