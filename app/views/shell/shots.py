"""`shots OUT`: every page in every language and theme as PNG, on the demo site under its fixed clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from app.services.base.texts import LANGUAGES
from app.views.base.tokens import ThemeName
from app.views.base.widgets.popups import Popup
from app.views.settings.pages import PANES
from app.views.shell.program import Program
from app.views.shell.registry import Screen
from app.views.shell.shots_faces import FACES
from app.views.shell.stage import Stage
from app.views.shell.workspace import Workspace

LARGE = (1440, 900)
SMALL = (1280, 720)


@dataclass(frozen=True, slots=True)
class Picture:
    """One state of one page. `suffix` tells several of a page apart; `then` is an action of the page.

    `keys` are pressed in its second pane, and `back` is the action that takes back what they did.
    """

    screen: str
    suffix: str = ""
    target: Mapping[str, Any] | None = None
    then: str = ""
    keys: Sequence[str] = ()
    back: str = ""

    @property
    def name(self) -> str:
        """What the file is called, without language, theme and size."""
        return f"{self.screen}-{self.suffix}" if self.suffix else self.screen


# A promise being typed over, and a matrix in which a greater impact gives a lower priority.
_EDITED_PROMISE = ("Tab", "Home", "Down", "Down", "Right", "Right", "Right", "F2", "Ctrl+A", "6", " ", "h")
_EDITED_MATRIX = ("Down", "4", "Right", "Down", "2")
# Pages that need to be told what to show; every other page is shown as it opens.
PICTURES: Mapping[str, Sequence[Picture]] = {
    "ticket": (Picture("ticket", target={"number": 10482}),),
    "tickets": (Picture("tickets", target={"view": "all-open"}),),
    "new_ticket": (Picture("new_ticket"), Picture("new_ticket", "typed", {"subject": "VPN drops at home"})),
    "knowledge": (
        Picture("knowledge", target={"text": ""}),
        Picture("knowledge", "article", {"id": 1}),
        Picture("knowledge", "search", {"text": "ERP 503"}),
    ),
    "roster": (
        Picture("roster", target={"view": "month"}),
        Picture("roster", "week", {"view": "week"}),
        Picture("roster", "why", {"view": "month"}, "roster.next_fix"),
    ),
    "reports": (
        Picture("reports", target={"report": "shift"}),
        Picture("reports", "roster", {"report": "roster"}),
    ),
    "settings": (
        *(Picture("settings", pane.key, {"page": pane.key}) for pane in PANES),
        Picture("settings", "sla-edited", {"page": "sla"}, keys=_EDITED_PROMISE, back="settings.discard"),
        Picture(
            "settings", "matrix-edited", {"page": "matrix"}, keys=_EDITED_MATRIX, back="settings.discard"
        ),
    ),
}
# States of the window itself, by name; `_calm` takes each back.
OVERLAYS: Mapping[str, Callable[[Program, Workspace], None]] = {
    "palette": lambda program, _work: program.palette.search("vpn") if program.palette else None,
    "shortcuts": lambda _program, work: _press(work, "shell.shortcuts"),
    "lost": lambda _program, work: work.watch.hear(is_reachable=False),
}


def run(stage: Stage, out: Path, only: str = "") -> int:
    """Write the pictures whose name begins with `only`; return the exit code."""
    stage.enter()
    count = 0
    for language in LANGUAGES:
        for theme in ThemeName:
            stage.program.change_look(language=language, theme=theme)
            stage.program.relook()
            for size in sizes(theme):
                stage.program.window.resize(*size)
                for name, show in pictures(stage):
                    if name.startswith(only):
                        show()
                        stage.picture(out / file_name(name, language, theme, size))
                        count += 1
                count += _faces(stage, out, only, (language, theme, size))
    return 0 if count else 1


def _faces(stage: Stage, out: Path, only: str, look: tuple[str, ThemeName, tuple[int, int]]) -> int:
    """Write the pictures of what is shown before sign-in, then sign in again; return how many."""
    wanted = [name for name in FACES if name.startswith(only)]
    for name in wanted:
        FACES[name](stage)
        stage.settle()
        stage.picture(out / file_name(name, *look))
    if wanted:
        # What one picture typed must not be offered in the next.
        stage.program.place.drafts.delete_older_than(stage.clock.now() + timedelta(days=1))
        stage.enter()
    return len(wanted)


def sizes(theme: ThemeName) -> tuple[tuple[int, int], ...]:
    """Return the sizes a theme is drawn in: the smallest window only once per language."""
    return (LARGE, SMALL) if theme is ThemeName.LIGHT else (LARGE,)


def file_name(name: str, language: str, theme: ThemeName, size: tuple[int, int]) -> str:
    """Return "tickets-zh-dark.png"; the small window's end in its size."""
    small = "" if size == LARGE else f"-{size[0]}x{size[1]}"
    return f"{name}-{language[:2]}-{theme}{small}.png"


def pictures(stage: Stage) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield each picture's name with what brings the window into its state."""
    work = stage.program.workspace
    if work is None:
        return
    for screen in work.screens:
        for picture in pictures_of(screen):
            yield picture.name, partial(_open, stage, picture)
            if picture.back:
                _press_page(work, picture.back)
    for name, begin in OVERLAYS.items():
        yield name, partial(_begin, stage, begin)
        _calm(work)


def pictures_of(screen: Screen) -> Sequence[Picture]:
    """Return the pictures of one screen."""
    return PICTURES.get(screen.name) or (Picture(screen.name),)


def _open(stage: Stage, picture: Picture) -> None:
    work = stage.program.workspace
    if work is not None:
        _calm(work)
        work.open(picture.screen, picture.target or {})
        stage.settle(300 if picture.target else 60)  # what is typed is looked for after a pause
        page = work.stack.page
        if picture.then and page is not None and page.action_set is not None:
            page.action_set.run(picture.then)
            stage.settle()
        if picture.keys and page is not None:
            page.cycle_panes()
            for key in picture.keys:
                _type(stage.program.window, key)
                stage.settle(0)
            stage.settle(300)  # what a value means is told after a pause in typing


def _begin(stage: Stage, begin: Callable[[Program, Workspace], None]) -> None:
    work = stage.program.workspace
    if work is not None:
        begin(stage.program, work)
        stage.settle(300)  # the palette waits for a pause in typing


def _press(work: Workspace, action: str) -> None:
    if work.action_set is not None:
        work.action_set.run(action)


def _press_page(work: Workspace, action: str) -> None:
    page = work.stack.page
    if page is not None and page.action_set is not None:
        page.action_set.run(action)


def _type(window: QWidget, key: str) -> None:
    """Press one key where the cursor is."""
    sequence: Any = QKeySequence(key)  # can be indexed, which its stubs do not know
    pressed = QKeyCombination(Qt.Key.Key_Space) if key == " " else sequence[0]
    text = key if len(key) == 1 else ""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        target = window.focusWidget()
        if target is not None:
            event = QKeyEvent(kind, pressed.key(), pressed.keyboardModifiers(), text)
            QApplication.sendEvent(target, event)


def _calm(work: Workspace) -> None:
    work.watch.hear(is_reachable=True)
    for popup in work.findChildren(Popup):
        if popup.isVisible():
            popup.close_now()
