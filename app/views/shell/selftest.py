"""`selftest`: the built program proves that it works: every page opens, databases answer or say why."""

from __future__ import annotations

import platform
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase

from app.models.entities.errors import FirstlineError
from app.services.base.texts import LANGUAGES
from app.views.base.fonts import SHIPPED_FAMILY, load_shipped
from app.views.shell.faces import sentences
from app.views.shell.shots_pictures import Picture, pictures_of
from app.views.shell.stage import Stage
from app.views.shell.unattended import collected_errors

_SERVER = "postgresql://127.0.0.1:1/firstline"


def run(stage: Stage, report: Path) -> int:
    """Try everything, write the report, print it; return 0 only where nothing failed."""
    lines = [
        f"Firstline {stage.program.place.version}, Python {platform.python_version()}, {platform.platform()}",
        f"Qt {qVersion()}, SQLite {sqlite3.sqlite_version}",
    ]
    failures = 0
    checks: list[tuple[str, Callable[[], str]]] = [
        ("fonts", _fonts),
        ("sqlite", lambda: _opened(stage)),
        ("postgresql", lambda: _driver(stage)),
    ]
    for name, check in checks:
        failures += _check(lines, name, check)
    screens = stage.enter().screens
    for language in LANGUAGES:
        stage.program.change_look(language=language)
        stage.program.relook()
        for picture in (each for screen in screens for each in pictures_of(screen)):
            failures += _check(lines, f"page {picture.name} {language}", partial(_page, stage, picture))
    lines.append("failed" if failures else "everything works")
    report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if failures else 0


def _check(lines: list[str], name: str, check: Callable[[], str]) -> int:
    begun = time.monotonic()
    with collected_errors() as errors:
        try:
            said = check()
        except Exception as error:  # noqa: BLE001 - whatever it is, the report must say it and go on
            errors.append(repr(error))
            said = ""
    if errors:
        lines.append(f"FAIL {name}: {errors[0]}")
        return 1
    lines.append(f"ok   {name}: {said} ({(time.monotonic() - begun) * 1000:.0f} ms)")
    return 0


def _fonts() -> str:
    load_shipped()
    if not QFontDatabase.hasFamily(SHIPPED_FAMILY):
        raise RuntimeError("the shipped font is missing")
    return SHIPPED_FAMILY


def _opened(stage: Stage) -> str:
    opened = stage.doors.open(stage.url)
    return f"{opened.name}, schema {opened.state}"


def _driver(stage: Stage) -> str:
    """Ask a server that is not there: the driver must be found and the refusal must be a sentence."""
    try:
        opened = stage.doors.open(_SERVER)
    except FirstlineError as error:
        return sentences(error)
    return f"{opened.name} answers"


def _page(stage: Stage, picture: Picture) -> str:
    work = stage.program.workspace
    if work is None:
        raise RuntimeError("no workspace")
    work.open(picture.screen, picture.target or {})
    stage.settle()
    if work.stack.name != picture.screen:
        raise RuntimeError("another page is shown")
    return str(next(screen.title for screen in work.screens if screen.name == picture.screen))
