"""`shots OUT`: every page in every language and theme as PNG, on the demo site under its fixed clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from app.models.entities.background import BackgroundState
from app.services.base.texts import LANGUAGES
from app.views.base.tokens import ThemeName
from app.views.base.widgets.popups import Popup
from app.views.shell.keys import press_in
from app.views.shell.program import Program
from app.views.shell.shots_faces import FACES
from app.views.shell.shots_pictures import Picture, pictures_of
from app.views.shell.stage import Stage
from app.views.shell.workspace import Workspace

LARGE = (1440, 900)
SMALL = (1280, 720)


@dataclass(frozen=True, slots=True)
class Scene:
    """What brings the window into a picture's state, and what takes it back. `window` is a picture's."""

    name: str
    show: Callable[[], None]
    clear: Callable[[], None]
    window: str = ""


# States of the window itself, by name.
OVERLAYS: Mapping[str, Callable[[Program, Workspace], None]] = {
    "notices": lambda _program, work: _show_notices(work),
    "palette": lambda program, _work: program.palette.search("vpn") if program.palette else None,
    "shortcuts": lambda _program, work: _press(work, "shell.shortcuts"),
    "lost": lambda _program, work: work.watch.hear(is_reachable=False),
}


def run(stage: Stage, out: Path, only: str = "") -> int:
    """Write the pictures whose name begins with `only`; return the exit code."""
    stage.application.setCursorFlashTime(0)  # it stands in every picture or in none
    count = 0
    for language in LANGUAGES:
        for theme in ThemeName:
            stage.program.change_look(language=language, theme=theme)
            stage.program.relook()
            for size in sizes(theme):
                stage.program.window.resize(*size)
                _begin_anew(stage)
                for scene in scenes(stage):
                    if scene.name.startswith(only):
                        scene.show()
                        stage.picture(out / file_name(scene.name, language, theme, size), scene.window)
                        scene.clear()
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
        _begin_anew(stage)
    return len(wanted)


def sizes(theme: ThemeName) -> tuple[tuple[int, int], ...]:
    """Return the sizes a theme is drawn in: the smallest window only once per language."""
    return (LARGE, SMALL) if theme is ThemeName.LIGHT else (LARGE,)


def file_name(name: str, language: str, theme: ThemeName, size: tuple[int, int]) -> str:
    """Return "tickets-zh-dark.png"; the small window's end in its size."""
    small = "" if size == LARGE else f"-{size[0]}x{size[1]}"
    return f"{name}-{language[:2]}-{theme}{small}.png"


def scenes(stage: Stage) -> Iterator[Scene]:
    """Yield what there is to see in the window as it is dressed now."""
    work = stage.program.workspace
    calm = partial(_calm, stage)
    for screen in work.screens if work is not None else ():
        for picture in pictures_of(screen):
            clear = partial(_begin_anew, stage) if picture.leaves_text else calm
            yield Scene(picture.name, partial(_open, stage, picture), clear, picture.window)
    for name, begin in OVERLAYS.items():
        yield Scene(name, partial(_begin, stage, begin), calm)


def _open(stage: Stage, picture: Picture) -> None:
    work = stage.program.workspace
    if work is not None:
        work.open(picture.screen, picture.target or {})
        stage.settle(300 if picture.target else 60)  # what is typed is looked for after a pause
        page = work.stack.page
        if picture.then and page is not None and page.action_set is not None:
            page.action_set.run(picture.then)
            stage.settle()
        if picture.keys and page is not None:
            page.cycle_panes()
            for key in picture.keys:
                press_in(stage.program.window, key)
                stage.settle(0)
            stage.settle(300)  # what a value means is told after a pause in typing
        if picture.deed is not None:
            picture.deed(stage)


def _begin(stage: Stage, begin: Callable[[Program, Workspace], None]) -> None:
    work = stage.program.workspace
    if work is not None:
        begin(stage.program, work)
        stage.settle(300)  # the palette waits for a pause in typing


def _show_notices(work: Workspace) -> None:
    """Open the bell, and let another PC do the background work: on the demo site nobody does it."""
    now = work.session.ctx.clock.now()
    heard = now - timedelta(seconds=12)
    work.background.show_state(BackgroundState("PC-03", heard, heard + timedelta(minutes=1), now, False, 0))
    work.notices.open()


def _press(work: Workspace, action: str) -> None:
    if work.action_set is not None:
        work.action_set.run(action)


def _calm(stage: Stage) -> None:
    """Close what was opened over the pages."""
    work = stage.program.workspace
    if work is not None:
        work.watch.hear(is_reachable=True)
        _close_popups(stage)


def _close_popups(stage: Stage) -> None:
    """Close what lies over the pages, the last opened first: each gives the focus back to the one below."""
    for popup in reversed(stage.program.window.findChildren(Popup)):
        if popup.isVisible():
            popup.close_now()


def _begin_anew(stage: Stage) -> None:
    """Sign in again without drafts: what one picture typed must not be seen in the next.

    A popup that was closed leaves the window inactive; then no picture would show where the cursor is.
    """
    work = stage.program.workspace
    if work is not None:
        _close_popups(stage)
        work.leave()  # its drafts are written now, not when its pages are thrown away
    stage.program.place.drafts.delete_older_than(stage.clock.now() + timedelta(days=1))
    stage.enter()
    stage.program.window.activateWindow()
