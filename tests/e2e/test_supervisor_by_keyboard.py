"""A duty supervisor's shift of twelve hours at the keyboard alone, from taking over to handing on.

Wang Fang takes the day over from Guo Ming at ten to eight and hands it on to Sun Lei at another program.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.bootstrap import Assembly, Kind
from app.models.entities.handover import HandoverState, LineState
from app.models.entities.leave import LeaveRequest, ShiftSwap
from app.services.base.clock import FixedClock
from app.services.base.context import Context
from app.services.demo.creating import create_demo
from app.services.demo.handing_over import DEMO_PASSWORD, DEMO_PIN
from app.services.demo.planning import SITE_ZONE
from app.services.demo.queries import actor_of
from app.services.handover.book import verify_book
from app.views.base.i18n import current
from app.views.desk.page import DeskPage
from app.views.duty.page import DutyPage
from app.views.handover.page import HandoverPage
from app.views.leave.page import RequestsPage
from app.views.reports.page import ReportsPage
from app.views.roster.filling_panel import FillingPanel
from app.views.roster.filling_presenter import FillStage
from app.views.roster.page import RosterPage
from app.views.shell import unattended
from app.views.shell.stage import Stage
from app.views.wall.page import WallPage
from tests.support.dialogs import FakeDialogs
from tests.support.duty import put
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture
from tests.support.shift_keyboard import ShiftKeyboard, sheet_of

pytestmark = pytest.mark.long

TODAY, IN_MAY = date(2026, 4, 16), date(2026, 5, 16)
TEN_TO_EIGHT, FIVE_PAST_EIGHT, QUARTER_TO_EIGHT_PM = (
    datetime(2026, 4, 16, hour, minute, tzinfo=SITE_ZONE) for hour, minute in ((7, 50), (8, 5), (19, 45))
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(TEN_TO_EIGHT)


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> FakeDialogs:
    """Every dialog a window would have opened."""
    asked = FakeDialogs()
    monkeypatch.setattr(unattended, "NoDialogs", lambda _window: asked)
    return asked


@contextmanager
def program(clock: FixedClock, folder: Path, name: str) -> Iterator[Stage]:
    """A whole program on the desk's database, with preferences of its own."""
    kind = Kind(is_offscreen=True, shipped_font=True)
    with Assembly(clock, folder / f"{name}.json", folder / name, kind) as made:
        yield made.stage(f"sqlite:///{(folder / 'desk.db').as_posix()}")
    current.use("en")


@pytest.fixture
def folder(tmp_path: Path, qapp: QApplication, clock: FixedClock, dialogs: FakeDialogs) -> Path:
    """Where the desk's database lies: a demo site, whose supervisor may publish a month too."""
    with program(clock, tmp_path, "made") as stage:
        create_demo(stage.ctx, tickets=120, handovers=1)
        ctx = stage.ctx
        publisher = value(ctx, "SELECT id FROM role WHERE code = 'desk_manager'")
        put(ctx, "person_role", person_id=actor_of(ctx, "wang.fang").person_id, role_id=publisher)
        ctx.store.release()
    return tmp_path


def value(ctx: Context, statement: str, *parameters: object) -> int:
    with ctx.store.read() as read:
        return int(read.value(statement, parameters) or 0)


def code_of(ctx: Context, login: str, on: date) -> str:
    """Return the code of somebody's shift on a day, "" for none."""
    statement = (
        "SELECT shift_template.code FROM assignment"
        " JOIN person ON person.id = assignment.person_id"
        " JOIN shift_template ON shift_template.id = assignment.template_id"
        " WHERE person.login = ? AND assignment.on_date = ?"
    )
    with ctx.store.read() as read:
        return str(read.value(statement, (login, on.isoformat())) or "")


def take_over(keys: ShiftKeyboard) -> None:
    """Read the sheet of the night, ask back, take all over; both sign at this keyboard."""
    page = keys.go("Alt+5", HandoverPage)
    keys.wait(lambda: page.sheet.lines.key != 0, "the sheet")
    asked = page.sheet.lines.key
    keys.press("Q")
    keys.type("Since when?")
    keys.press("Ctrl+Enter")
    keys.wait(lambda: page.presenter.line(asked).state is LineState.ASKED, "the question stands")
    keys.press("A")
    keys.type("Since six.")
    keys.press("Ctrl+Enter")
    keys.wait(lambda: page.presenter.line(asked).state is LineState.ANSWERED, "it is answered")
    keys.take_all_over(page)
    keys.press("Alt+O")
    keys.wait_for_popup("sign")
    keys.type(DEMO_PIN)
    keys.press("Enter")
    keys.wait(lambda: sheet_of(page).state is HandoverState.SIGNED_OUT, "Guo Ming has signed")
    keys.press("Alt+I")
    keys.wait_for_popup("sign")
    keys.type(DEMO_PASSWORD)
    keys.press("Enter")
    keys.wait(lambda: sheet_of(page).state is HandoverState.CLOSED, "Wang Fang has signed")
    assert page.sheet.lines.hasFocus()


def begin_the_day(keys: ShiftKeyboard) -> None:
    """Check in, find two things good, and be away for a moment."""
    page = keys.go("Alt+D", DutyPage)
    keys.wait(lambda: page.presenter.mine is not None, "Wang Fang is on duty")
    keys.press("Alt+I")
    keys.wait(lambda: page.mine.text() == "Check out", "she is there")
    keys.go_to_pane(page.checks)
    keys.press("Space")
    keys.wait(lambda: page.checks.note.text().startswith("1 of"), "a check is noted")
    keys.press("Down", "Space")
    keys.wait(lambda: page.checks.note.text().startswith("2 of"), "a second check is noted")
    keys.press("Alt+A")
    keys.wait_for_popup("away_popup")
    keys.type("Keys")
    keys.press("Enter")
    keys.wait(lambda: page.away.text() == "I am back", "she is away")
    keys.press("Alt+A")
    keys.wait(lambda: page.away.text() != "I am back", "she is back")


def hand_a_ticket_to_li_na(keys: ShiftKeyboard) -> None:
    page = keys.go("Alt+6", WallPage)
    keys.wait(lambda: page.canvas.current is not None, "a card is chosen")
    ticket = page.canvas.current
    keys.press("F11")
    keys.wait(lambda: page.room is not None and page.room.isVisible(), "the whole monitor")
    keys.press("F11")
    keys.press("A")
    keys.wait_for_popup("wall_assign")
    keys.press("Down", "Enter")
    keys.wait(lambda: "Assigned" in " ".join(keys.said), "it is handed over")
    assert page.canvas.hasFocus()
    assert page.canvas.current == ticket


def decide_requests(keys: ShiftKeyboard) -> None:
    """Approve a leave and a swap, each after its effect is seen."""
    page = keys.go("Alt+L", RequestsPage)
    keys.wait(page.list.hasFocus, "the requests to decide")
    keys.go_to_request(page, LeaveRequest)
    keys.approve(page)
    keys.go_to_request(page, ShiftSwap)
    keys.approve(page)
    assert page.list.hasFocus()


def mend_a_sick_call(keys: ShiftKeyboard, ctx: Context) -> None:
    """Li Na is ill: record it, go to the gap and take what is proposed."""
    keys.go("Alt+L", RequestsPage)
    keys.press("Alt+R")
    keys.wait_for_popup("record_popup")
    keys.choose("Li Na")
    keys.press("Tab")
    keys.choose("Sick")
    keys.press("Tab")
    keys.type("today")
    keys.press("Tab", "Tab")
    keys.type("Fever")
    keys.press("Ctrl+Enter")
    keys.wait_for_popup("hand_on_popup")
    keys.press("Esc")
    keys.wait(lambda: keys.open_popups == [], "the form has gone")
    assert code_of(ctx, "li.na", TODAY) == "K"
    roster = keys.go("Alt+4", RosterPage)
    keys.wait(roster.grid.hasFocus, "the roster")
    told = keys.go_to_mark(roster, "Day, Thu 16 Apr")
    keys.press("1")
    keys.wait(lambda: code_of(ctx, "shen.yan", TODAY) == "D", f"the gap is closed: {told}")


def plan_may(keys: ShiftKeyboard, ctx: Context) -> None:
    """Paint, take back, do again; let the month be filled, cancelled once; publish it and see who knows."""
    page = keys.go("Alt+4", RosterPage)
    keys.press("Ctrl+PgDown")
    keys.wait(lambda: page.presenter.stretch.month.first.month == 5, "May")
    keys.wait(lambda: page.grid.board is not None and IN_MAY in page.grid.board.days, "May is read")
    keys.press("D", "Right", "N", "Ctrl+Z", "Ctrl+Y", "Ctrl+L")
    keys.press("Ctrl+Shift+A")
    keys.wait_for_popup("filling")
    panel = keys.work.window().findChild(FillingPanel)
    keys.press("Ctrl+Enter")
    keys.wait(lambda: panel.presenter.stage is FillStage.RUNNING, "the search runs")
    keys.press("Esc")
    keys.wait_long(lambda: panel.presenter.stage is FillStage.CHOOSING, "it was cancelled")
    keys.press("Ctrl+Enter")
    keys.wait_long(lambda: panel.presenter.stage is FillStage.PROPOSED, "a proposal")
    keys.press("Ctrl+Enter")
    keys.wait_long(lambda: "filling" not in keys.open_popups, "it is taken over")
    assert page.grid.hasFocus()
    keys.publish("May")
    keys.wait_long(lambda: page.presenter.is_published, "May is published")
    keys.press("Ctrl+Shift+V")
    keys.wait_for_popup("versions")
    keys.press("Tab", "Right", "Esc")
    assert keys.open_popups == []
    assert value(ctx, "SELECT COUNT(*) FROM roster_version WHERE month = ?", "2026-05") == 1


def hand_on(keys: ShiftKeyboard) -> None:
    """Note what somebody could be offered, write a note to the sheet, and sign it."""
    page = keys.go("Alt+5", HandoverPage)
    keys.press("Alt+N")
    keys.type("A second scanner for Finance")
    keys.press("Enter")
    keys.wait(lambda: "Noted an opportunity" in keys.said, "it is noted")
    keys.press("Ctrl+1")
    keys.wait(lambda: page.sheet.lines.hasFocus() and page.sheet.lines.key != 0, "the sheet of the day")
    keys.wait(
        lambda: page.presenter.handover is not None and page.presenter.shift.on_date == TODAY, "its draft"
    )
    keys.press("N")
    keys.type("Ring back at nine")
    keys.press("Ctrl+Enter")
    keys.wait(
        lambda: any(line.note == "Ring back at nine" for line in sheet_of(page).lines), "the note stands"
    )
    keys.press("Alt+O")
    keys.wait_for_popup("sign")
    keys.type(DEMO_PIN)
    keys.press("Enter")
    keys.wait(lambda: sheet_of(page).state is HandoverState.SIGNED_OUT, "Wang Fang has signed")


def take_the_night(keys: ShiftKeyboard) -> None:
    """Sun Lei takes over at his own program, proves the book, opens the record and the shift report."""
    page = keys.go("Alt+5", HandoverPage)
    keys.wait(lambda: page.sheet.lines.key != 0, "the sheet")
    keys.take_all_over(page)
    keys.press("Alt+I")
    keys.wait_for_popup("sign")
    keys.type(DEMO_PIN)
    keys.press("Enter")
    keys.wait(lambda: sheet_of(page).state is HandoverState.CLOSED, "Sun Lei has signed")
    keys.press("Ctrl+Shift+V")
    keys.wait(lambda: any("what was signed" in text for text in keys.said), "the book is proved")
    keys.press("Ctrl+2")
    keys.type("scanner for")
    keys.press("Ctrl+A", "Backspace")
    keys.type("Ring back at nine")
    keys.press("Enter")
    keys.wait(lambda: len(page.lists.entries) == 1, "the record is found")
    keys.press("Enter")
    keys.wait(lambda: isinstance(keys.work.stack.page, ReportsPage), "its paper")
    keys.go("Alt+1", DeskPage)
    keys.press("Ctrl+P")
    keys.wait(lambda: isinstance(keys.work.stack.page, ReportsPage), "the report of the shift")


def test_a_shift_is_led_and_handed_on_by_keys_alone(
    folder: Path, clock: FixedClock, dialogs: FakeDialogs
) -> None:
    with program(clock, folder, "wang") as stage:
        keys = ShiftKeyboard(stage, clock)
        keys.sign_in("wang.fang")
        take_over(keys)
        keys.at(FIVE_PAST_EIGHT)
        begin_the_day(keys)
        hand_a_ticket_to_li_na(keys)
        decide_requests(keys)
        mend_a_sick_call(keys, stage.ctx)
        plan_may(keys, stage.ctx)
        keys.at(QUARTER_TO_EIGHT_PM)
        hand_on(keys)
        stage.ctx.store.release()
    with program(clock, folder, "sun") as stage:
        keys = ShiftKeyboard(stage, clock)
        keys.sign_in("sun.lei")
        take_the_night(keys)
        book = verify_book(stage.ctx)
        stage.ctx.store.release()

    assert (book.checked, book.faults) == (3, ())
    assert (dialogs.titles, dialogs.questions, dialogs.reports) == ([], [], [])
