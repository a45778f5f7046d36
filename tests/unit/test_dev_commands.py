"""`dev.py` knows what is missing, makes an environment per set of dependencies, and says what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(dev.__file__).parent


def test_only_what_is_not_installed_is_missing() -> None:
    installed = frozenset({"libegl1", "libglib2.0-0t64"})

    assert dev.missing_packages(("libegl1", "libglib2.0-0", "xvfb"), installed) == ["xvfb"]


def test_a_person_without_root_is_shown_the_one_apt_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.platform, "system", lambda: "Linux")
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/usr/bin/dpkg-query")
    monkeypatch.setattr(dev, "installed_packages", lambda: frozenset({"libegl1"}))
    monkeypatch.setattr(dev, "is_root", lambda: False)

    with pytest.raises(dev.CannotGoOn, match="sudo apt-get install --yes --no-install-recommends xvfb xauth"):
        dev.require_system_packages(("libegl1", "xvfb", "xauth"))


def test_windows_needs_no_system_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.platform, "system", lambda: "Windows")

    dev.require_system_packages(("xvfb",))


def test_everybody_but_root_gets_the_environment_in_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "is_root", lambda: False)

    assert dev.environment_folder() == ROOT / ".venv"


def test_the_fingerprint_follows_the_dependencies(monkeypatch: pytest.MonkeyPatch) -> None:
    before = dev.fingerprint()
    monkeypatch.setattr(dev, "requirements", lambda: ["peewee==1.0"])

    assert dev.fingerprint() != before


def test_a_failing_step_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([dev.CannotGoOn("no network"), None])
    pauses: list[float] = []
    monkeypatch.setattr(dev.time, "sleep", pauses.append)

    def install() -> None:
        answer = next(answers)
        if answer is not None:
            raise answer

    dev.retry("pip", install)

    assert len(pauses) == 1


def test_a_step_that_keeps_failing_says_what_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.time, "sleep", lambda seconds: None)
    program = [sys.executable, "-c", "print('the mirror is down'); raise SystemExit(7)"]

    with pytest.raises(dev.CannotGoOn, match="the mirror is down"):
        dev.retry("apt-get", lambda: dev.run_quietly(program))


@pytest.mark.parametrize("shown", [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}], ids=["X", "Wayland"])
def test_a_screen_is_recognised(monkeypatch: pytest.MonkeyPatch, shown: dict[str, str]) -> None:
    monkeypatch.setattr(dev.platform, "system", lambda: "Linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)

    assert not dev.has_screen()
    for name, value in shown.items():
        monkeypatch.setenv(name, value)
    assert dev.has_screen()


def test_every_dependency_is_pinned() -> None:
    pinned = {line.partition("==")[0] for line in dev.CONSTRAINTS.read_text(encoding="utf-8").splitlines()}
    named = {pinned_name(requirement) for requirement in dev.requirements()}

    assert not named - pinned


def test_help_lists_the_commands() -> None:
    told = subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), "--help"], capture_output=True, text=True, check=True
    )

    assert all(command in told.stdout for command in ("demo", "test", "setup"))


def pinned_name(requirement: str) -> str:
    """The package's name as a constraints file writes it: lower case, dashes, no extras."""
    name = requirement.partition(";")[0].partition("[")[0]
    for sign in "<>=!~ ":
        name = name.partition(sign)[0]
    return name.lower().replace("_", "-")
