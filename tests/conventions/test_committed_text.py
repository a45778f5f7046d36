"""What is committed names no machine, no account and no package registry."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.remembered import ROOT

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
HEAVIEST = 16 * 1024 * 1024
LINK = re.compile(r"\]\(([^)#\s]+)")
BINARY = {".ttf", ".png", ".ico", ".icns", ".zip", ".pdf", ".db", ".mo", ".xlsx"}


@cache
def committed_files() -> tuple[Path, ...]:
    """Files that git tracks or would add; without git, all but what is made by running things."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        made = {".venv", "build", "dist", "demo-out", "shots", "out", "__pycache__", "bench-out"}
        return tuple(
            file
            for file in ROOT.rglob("*")
            if file.is_file()
            and not made & set(file.parts)
            and not any(part.startswith(".") and part != ".ci" for part in file.relative_to(ROOT).parts)
        )
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def texts() -> Iterator[tuple[str, str]]:
    """The path and the text of every committed file that is text."""
    for file in committed_files():
        if file.suffix not in BINARY:
            yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "words"), FORBIDDEN.items(), ids=list(FORBIDDEN))
def test_committed_text_names_nothing_of_the_place_it_was_written_at(
    kind: str, words: tuple[str, ...]
) -> None:
    found = [f"{path}: {word}" for path, text in texts() for word in words if word.lower() in text.lower()]

    assert not found, f"{kind} in committed text"


def test_no_file_is_heavier_than_a_repository_should_carry() -> None:
    assert not [file for file in committed_files() if file.stat().st_size > HEAVIEST]


def test_every_link_in_the_documents_leads_somewhere() -> None:
    dead = [
        f"{path}: {target}"
        for path, text in texts()
        if path.endswith(".md")
        for target in LINK.findall(text)
        if not target.startswith(("http", "#", "mailto:"))
        and not (ROOT / path).parent.joinpath(target).exists()
    ]

    assert not dead
