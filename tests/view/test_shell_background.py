"""The background line of the status bar, and the timers' work as a part of the window's life."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.models.entities.background import BackgroundState, ClockDoubt
from app.models.entities.people import NewAdministrator
from app.models.entities.settings import SiteChoices
from app.models.store import Store
from app.services.background.high_water import acted_at
from app.services.background.runner import BackgroundWork
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.base.events import EventBus
from app.services.shell.doors import Doors
from app.views.base.format import Format
from app.views.base.i18n import current
from app.views.base.widgets.labels import PlainLabel
from app.views.shell.background_words import NOTHING, BackgroundFace, face_of
from app.views.shell.program import Program
from app.views.shell.workspace import Workspace
from tests.support.shell import PAGES, FakeKeyring, session_of, site_of, workplace

MINUTES = timedelta(minutes=1)
SECONDS = timedelta(seconds=1)
PASSWORD = "blue kettle river"


def state(clock: FixedClock, ago: timedelta, *, is_mine: bool = False, offset: int = 0) -> BackgroundState:
    now = clock.now()
    return BackgroundState("PC-03", now - ago, now - ago + MINUTES, now, is_mine, offset)


def face(
    given: BackgroundState | None, *, since: timedelta = timedelta(), open_for: timedelta = 5 * MINUTES
) -> BackgroundFace:
    return face_of(given, since, open_for, Format(current.texts, ZoneInfo("UTC")))


# -- the words -----------------------------------------------------------------------------------------


def test_it_says_who_and_how_long_ago(clock: FixedClock) -> None:
    assert face(state(clock, 12 * SECONDS)).text == "background work by PC-03, 12 s ago"
    assert face(state(clock, 12 * SECONDS)).tone == ""


def test_the_seconds_go_on_between_two_readings(clock: FixedClock) -> None:
    assert face(state(clock, 12 * SECONDS), since=10 * SECONDS).text == "background work by PC-03, 22 s ago"


def test_this_pc_is_called_so(clock: FixedClock) -> None:
    assert face(state(clock, 3 * SECONDS, is_mine=True)).text == "background work by this PC, 3 s ago"


def test_a_holder_that_is_late_is_no_reason_to_worry(clock: FixedClock) -> None:
    late = face(state(clock, 119 * SECONDS))

    assert (late.text, late.tone) == ("background work by PC-03, 1 min ago", "")


def test_silence_of_more_than_two_minutes_is_told_with_what_to_do(clock: FixedClock) -> None:
    silent = face(state(clock, 40 * MINUTES))

    assert (silent.text, silent.tone) == ("no background work for 40 min", "warn")
    assert "main.py worker" in silent.advice


@pytest.mark.parametrize(
    ("doubt", "said"),
    [(ClockDoubt.AHEAD, "the clock is far ahead"), (ClockDoubt.BEHIND, "the clock went back")],
)
def test_a_clock_nobody_confirmed_is_told_and_may_be_accepted(
    clock: FixedClock, doubt: ClockDoubt, said: str
) -> None:
    doubted = replace(state(clock, 5 * SECONDS), doubt=doubt, acted_at=clock.now() - 60 * 24 * 60 * MINUTES)

    shown = face(doubted)

    assert said in shown.text
    assert (shown.tone, shown.can_be_accepted) == ("warn", True)


def test_a_window_just_opened_gives_everybody_time_to_take_over(clock: FixedClock) -> None:
    assert face(state(clock, 40 * MINUTES), open_for=MINUTES) == NOTHING
    assert face(None, open_for=MINUTES) == NOTHING


def test_work_that_nobody_ever_did_is_told_too() -> None:
    assert face(None, open_for=3 * MINUTES).text == "no background work for 3 min"


@pytest.mark.parametrize(
    ("offset", "text"),
    [
        (61, "this PC's clock is 1 min fast"),
        (-75, "this PC's clock is 1 min slow"),
        (3_700, "this PC's clock is 1 h 1 min fast"),
    ],
)
def test_a_wrong_clock_is_told(clock: FixedClock, offset: int, text: str) -> None:
    wrong = face(state(clock, 12 * SECONDS, offset=offset))

    assert (wrong.text, wrong.tone) == (text, "warn")


def test_a_clock_a_minute_off_is_right_enough(clock: FixedClock) -> None:
    assert face(state(clock, 12 * SECONDS, offset=60)).tone == ""


def test_a_clock_that_is_far_off_says_what_this_pc_does_not_do(clock: FixedClock) -> None:
    assert "no background work" in face(state(clock, 12 * SECONDS, offset=301)).advice
    assert "no background work" not in face(state(clock, 12 * SECONDS, offset=300)).advice


# -- the line ------------------------------------------------------------------------------------------


@pytest.fixture
def work(qtbot: QtBot, ctx: Context, bus: EventBus, tmp_path: Path) -> Workspace:
    site_of(ctx)
    made = Workspace(session_of(ctx), workplace(tmp_path, bus), screens=PAGES)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.start()
    return made


def test_nothing_is_said_while_nobody_does_it_and_nobody_could(work: Workspace) -> None:
    assert not work.status.background.isVisible()


def test_the_line_shows_what_the_database_says(ctx: Context, work: Workspace) -> None:
    # Its own shared clock: the still clock of a test is far from the file server's.
    class Shared:
        def now(self, asking: Context) -> object:
            return asking.clock.now()

    BackgroundWork(ctx, holder="PC-07/1#abc", server_time=Shared()).tick()  # type: ignore[arg-type]

    work.background.refresh()

    assert work.status.background.isVisible()


def test_a_click_says_what_to_do(work: Workspace, clock: FixedClock) -> None:
    clock.advance(10 * MINUTES)
    work.background.show_state(state(clock, 40 * MINUTES))

    work.status.background.click()

    said = [label.text() for toast in work.toasts.shown for label in toast.findChildren(PlainLabel)]
    assert "Leave Firstline open" in said[0]
    assert work.status.background.accessibleName() == "no background work for 40 min"


def test_whoever_may_change_settings_says_that_the_clock_is_right(work: Workspace, clock: FixedClock) -> None:
    long_ago = clock.now() - 90 * 24 * 60 * MINUTES
    doubted = replace(state(clock, 5 * SECONDS), doubt=ClockDoubt.AHEAD, acted_at=long_ago)
    work.background.show_state(doubted)
    work.status.background.click()

    (toast,) = work.toasts.shown
    next(one for one in toast.findChildren(QPushButton) if one.text() == "The clock is right").click()

    with work.session.ctx.store.read() as read:
        assert acted_at(read) == clock.now()


def test_it_counts_on_without_asking_and_asks_again_now_and_then(work: Workspace, clock: FixedClock) -> None:
    work.background.show_state(state(clock, 12 * SECONDS))
    clock.advance(5 * SECONDS)

    work.background.tick()
    assert work.status.background.face.text == "background work by PC-03, 17 s ago"

    for _number in range(3):
        work.background.tick()
    assert not work.status.background.isVisible()  # read again: in truth nobody does it here


# -- in the life of the window -------------------------------------------------------------------------


class FakeBackground:
    """Remembers whether it works."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.deeds: list[str] = []

    def start(self) -> None:
        self.deeds.append("start")

    def stop(self) -> None:
        self.deeds.append("stop")


@pytest.fixture
def made() -> list[FakeBackground]:
    return []


@pytest.fixture
def program(
    qtbot: QtBot, bus: EventBus, clock: FixedClock, tmp_path: Path, made: list[FakeBackground]
) -> Program:
    def beside(ctx: Context) -> FakeBackground:
        made.append(FakeBackground(ctx))
        return made[-1]

    doors = Doors(lambda url: Context(Store(url, bus.publish), clock, console_actor()), bus)
    url = f"sqlite:///{(tmp_path / 'desk.db').as_posix()}"
    opened = doors.set_up(url, SiteChoices("Desk"), NewAdministrator("Wang Fang", "wang", PASSWORD))
    program = Program(replace(workplace(tmp_path, bus), background=beside), doors, FakeKeyring())
    program.settled_after = 0
    qtbot.addWidget(program.window)
    program.window.show()
    program.enter(opened, console_actor())
    qtbot.waitUntil(lambda: made[0].deeds == ["start"])
    yield program
    program.window.close()
    doors.release()


def test_it_begins_after_signing_in_and_ends_with_signing_out(
    program: Program, made: list[FakeBackground]
) -> None:
    program.sign_out()

    assert [each.deeds for each in made] == [["start", "stop"]]


def test_it_ends_with_the_window(program: Program, made: list[FakeBackground]) -> None:
    program.window.close()

    assert [each.deeds for each in made] == [["start", "stop"]]


def test_another_look_does_not_disturb_it(program: Program, made: list[FakeBackground]) -> None:
    program.change_look(theme="dark")
    program.relook()
    QApplication.processEvents()

    assert [each.deeds for each in made] == [["start"]]


def test_who_signs_out_at_once_never_begins(
    qtbot: QtBot, program: Program, made: list[FakeBackground]
) -> None:
    opened = program._opened
    assert opened is not None
    program.sign_out()
    program.enter(opened, console_actor())

    program.sign_out()
    QApplication.processEvents()

    assert [each.deeds for each in made] == [["start", "stop"], ["stop"]]


def test_a_program_that_is_only_shown_leaves_it_to_others(
    qtbot: QtBot, ctx: Context, bus: EventBus, tmp_path: Path
) -> None:
    assert workplace(tmp_path, bus).background is None
