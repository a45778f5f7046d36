"""`shots OUT`: every page in every language and theme as PNG, on the demo site under its fixed clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from app.models.entities.background import BackgroundState
from app.models.entities.sla import ClockKind
from app.services.base.texts import LANGUAGES
from app.views.base.i18n import current
from app.views.base.tokens import ThemeName
from app.views.base.widgets.popups import Popup
from app.views.settings.pages import PANES
from app.views.shell.call import CALLS, take_call
from app.views.shell.keys import press_in
from app.views.shell.program import Program
from app.views.shell.registry import Screen
from app.views.shell.shots_catalogue import ask_merge, fill_demands, look_at_file
from app.views.shell.shots_faces import FACES
from app.views.shell.shots_requests import OPEN
from app.views.shell.shots_roster import fill_roster
from app.views.shell.shots_settings_file import look_at_settings
from app.views.shell.shots_whatif import (
    choose_open,
    close_on_friday_noon,
    let_the_clock_run,
    see_figures,
    see_list,
)
from app.views.shell.stage import Stage
from app.views.shell.workspace import Workspace
from app.views.tickets.new_page import NewTicketPage
from app.views.tickets.ticket_page import TicketPage

LARGE = (1440, 900)
SMALL = (1280, 720)


@dataclass(frozen=True, slots=True)
class Picture:
    """One state of one page. `suffix` tells several of a page apart; `then` is an action of the page.

    `keys` are pressed in its second pane; `deed` is what a person does there with more than some keys.
    """

    screen: str
    suffix: str = ""
    target: Mapping[str, Any] | None = None
    then: str = ""
    keys: Sequence[str] = ()
    deed: Callable[[Stage], None] | None = None

    @property
    def name(self) -> str:
        """What the file is called, without language, theme and size."""
        return f"{self.screen}-{self.suffix}" if self.suffix else self.screen

    @property
    def leaves_text(self) -> bool:
        """Whether something typed and not saved stands in the window afterwards."""
        return bool(self.keys) or self.deed is not None


@dataclass(frozen=True, slots=True)
class Scene:
    """What brings the window into a picture's state, and what takes all of it back."""

    name: str
    show: Callable[[], None]
    clear: Callable[[], None]


def _take_call(stage: Stage) -> None:
    work = stage.program.workspace
    page = work.stack.page if work is not None else None
    if isinstance(page, NewTicketPage):
        take_call(stage, page, CALLS[current.code])


def _ask_why(stage: Stage) -> None:
    work = stage.program.workspace
    page = work.stack.page if work is not None else None
    if isinstance(page, TicketPage):
        page.popups.explain(ClockKind.RESOLUTION)
        stage.settle(300)


# A promise being typed over, and a matrix in which a greater impact gives a lower priority.
_EDITED_PROMISE = ("Tab", "Home", "Down", "Down", "Right", "Right", "Right", "F2", "Ctrl+A", "6", " ", "h")
_SAVED_PROMISE = (*_EDITED_PROMISE, "Return")
_EDITED_MATRIX = ("Tab", "Down", "4", "Right", "Down", "2")
# Service requests get a matrix of their own, in which nothing is urgent.
_MATRIX_OF_A_TYPE = (
    "Ctrl+PgDown", "Ctrl+PgDown", "Ctrl+M", "Tab", "Tab",
    "Down", "Down", "3", "Down", "4", "Right", "4",
)  # fmt: skip
# Pages that need to be told what to show; every other page is shown as it opens.
PICTURES: Mapping[str, Sequence[Picture]] = {
    "ticket": (
        Picture("ticket", target={"number": 10482}),
        Picture("ticket", "why", {"number": 10482}, deed=_ask_why),
        Picture("ticket", "risen", {"number": 10467}),
        Picture("ticket", "escalate", {"number": 10467}, "ticket.escalate"),
        Picture("ticket", "major", {"number": 10467}, "ticket.declare_major"),
        Picture("ticket", "tell", {"number": 10467}, "ticket.tell"),
        Picture("ticket", "early", {"number": 10467}, "ticket.early"),
    ),
    "tickets": (Picture("tickets", target={"view": "all-open"}),),
    "new_ticket": (Picture("new_ticket"), Picture("new_ticket", "typed", deed=_take_call)),
    "knowledge": (
        Picture("knowledge", target={"text": ""}),
        Picture("knowledge", "article", {"id": 1}),
        Picture("knowledge", "search", {"text": "ERP 503"}),
    ),
    "roster": (
        Picture("roster", target={"view": "month"}),
        Picture("roster", "week", {"view": "week"}),
        Picture("roster", "day", {"view": "day"}),
        Picture("roster", "why", {"view": "month"}, "roster.next_fix"),
        Picture("roster", "staffing", {"view": "month"}, "roster.staffing"),
        Picture("roster", "fill", {"view": "month"}, "roster.fill"),
        Picture("roster", "filled", {"view": "month"}, "roster.fill", deed=fill_roster),
        Picture("roster", "publish", {"view": "month"}, "roster.publish"),
        Picture("roster", "versions", {"view": "month"}, "roster.versions"),
    ),
    "duty": (
        Picture("duty"),
        Picture("duty", "away", None, "duty.away"),
        Picture("duty", "remind", None, "duty.remind"),
        Picture("duty", "levels", {"show": "sla"}),
        Picture("duty", "month", None, "duty.month"),
    ),
    "wall": (Picture("wall"), Picture("wall", "assign", None, "wall.assign")),
    "handover": (
        Picture("handover", "", {"show": "sheet"}),
        Picture("handover", "book", {"show": "book"}),
        Picture("handover", "opportunities", {"show": "opportunities"}),
        Picture("handover", "must_read", {"show": "must_read"}),
        Picture("handover", "sign", {"show": "sheet"}, "handover.sign_out"),
    ),
    "requests": tuple(Picture("requests", name, deed=deed) for name, deed in OPEN),
    "reports": (
        Picture("reports", target={"report": "shift"}),
        Picture("reports", "roster", {"report": "roster"}),
        Picture("reports", "people", {"report": "people"}),
        Picture("reports", "calls", {"report": "calls"}),
    ),
    "settings": (
        *(Picture("settings", pane.key, {"page": pane.key}) for pane in PANES),
        Picture("settings", "categories-fields", {"page": "categories"}, deed=fill_demands),
        Picture("settings", "categories-merge", {"page": "categories"}, deed=ask_merge),
        Picture("settings", "categories-import", {"page": "categories"}, deed=look_at_file),
        Picture("settings", "settings_file-import", {"page": "settings_file"}, deed=look_at_settings),
        Picture("settings", "sla-edited", {"page": "sla"}, keys=_EDITED_PROMISE),
        Picture("settings", "matrix-edited", {"page": "matrix"}, keys=_EDITED_MATRIX, deed=see_figures),
        Picture("settings", "whatif-list", {"page": "matrix"}, keys=_EDITED_MATRIX, deed=see_list),
        Picture("settings", "matrix-type", {"page": "matrix"}, keys=_MATRIX_OF_A_TYPE, deed=see_figures),
        Picture("settings", "whatif-sla", {"page": "sla"}, keys=_SAVED_PROMISE, deed=choose_open),
        Picture("settings", "whatif-calendars", {"page": "calendars"}, deed=close_on_friday_noon),
        Picture("settings", "whatif-reasons", {"page": "reasons"}, deed=let_the_clock_run),
    ),
}
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
                        stage.picture(out / file_name(scene.name, language, theme, size))
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
            yield Scene(picture.name, partial(_open, stage, picture), clear)
    for name, begin in OVERLAYS.items():
        yield Scene(name, partial(_begin, stage, begin), calm)


def pictures_of(screen: Screen) -> Sequence[Picture]:
    """Return the pictures of one screen."""
    return PICTURES.get(screen.name) or (Picture(screen.name),)


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
