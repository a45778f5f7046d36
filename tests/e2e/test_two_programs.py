"""Two programs on one database: what a colleague changes appears here, and nobody overwrites anybody."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import Assembly, Kind
from app.models.entities.handover import HandoverState, LineState, Side
from app.models.entities.ids import TicketId
from app.models.entities.tickets import Ticket, TicketRow
from app.models.store import Store
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.demo.creating import create_demo
from app.services.demo.handing_over import DEMO_PASSWORD
from app.services.demo.planning import DEFAULT_UNTIL
from app.services.handover.book import verify_book
from app.services.tickets import queries
from app.views.base.dialogs import MergeField
from app.views.handover.page import HandoverPage
from app.views.shell.stage import Stage
from app.views.shell.unattended import NoDialogs, collected_errors
from app.views.shell.workspace import Workspace
from app.views.tickets.list_page import TicketsPage
from app.views.tickets.ticket_page import TicketPage
from tests.support.colleague_process import Colleague
from tests.support.databases import Databases
from tests.support.ticket_page import edit_location

# What is promised is 2 s on SQLite and 0.5 s on PostgreSQL, and the bench measures it; a busy computer that
# runs several tests at once gets this long.
WIDE_MARGIN = 10.0


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stage(
    qapp: QApplication, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """The real window with its real threads, following the feed of a demo site."""
    databases: Databases = request.getfixturevalue(f"{request.param}_databases")
    url, folder = databases.copy(), tmp_path_factory.mktemp("two")
    kind = Kind(is_offscreen=True, shipped_font=True)
    with (
        collected_errors() as errors,
        Assembly(FixedClock(DEFAULT_UNTIL), folder / "settings.json", folder / "drafts", kind) as made,
    ):
        stage = made.stage(url)
        create_demo(stage.ctx, tickets=40)
        stage.enter()
        stage.settle(300)  # the feed has found its place
        yield stage
        stage.ctx.store.release()
    databases.drop(url)
    assert errors == []


@pytest.fixture
def work(stage: Stage) -> Workspace:
    assert stage.program.workspace is not None
    return stage.program.workspace


@pytest.fixture(scope="module")
def colleague(stage: Stage) -> Iterator[Colleague]:
    with Colleague(stage.url) as colleague:
        yield colleague


@pytest.fixture(scope="module")
def unused(stage: Stage) -> Iterator[TicketRow]:
    return iter(queries.ticket_page(stage.ctx, queries.ticket_query(stage.ctx, "status:open")))


@pytest.fixture
def ticket_id(unused: Iterator[TicketRow]) -> TicketId:
    """A ticket that no other test has touched."""
    return next(unused).id


@pytest.fixture
def merges(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[MergeField]]:
    """The questions asked where two people changed one field; mine is kept each time."""
    asked: list[Sequence[MergeField]] = []

    def merge(_dialogs: NoDialogs, _who: str, fields: Sequence[MergeField]) -> dict[str, bool]:
        asked.append(fields)
        return {field.key: True for field in fields}

    monkeypatch.setattr(NoDialogs, "merge", merge)
    return asked


def read(stage: Stage, ticket_id: TicketId) -> Ticket:
    return queries.ticket_detail(stage.ctx, ticket_id).ticket


def page_of(stage: Stage, work: Workspace, ticket_id: TicketId) -> TicketPage:
    work.open("ticket", {"id": ticket_id})
    page = work.stack.page
    assert isinstance(page, TicketPage)
    stage.wait_until(lambda: page.presenter.state is not None, "the ticket is shown")
    return page


def seen_after(stage: Stage, since: float, is_seen: Callable[[], bool], what: str) -> None:
    """Wait until a change is seen, print how long that took since it was acknowledged."""
    stage.wait_until(is_seen, what)
    taken = time.monotonic() - since
    print(f"{stage.ctx.store.dialect.name}: {what} after {taken:.2f} s")  # noqa: T201 - shown with -s
    assert taken < WIDE_MARGIN


def test_a_ticket_changed_elsewhere_appears_in_the_open_list(
    stage: Stage, work: Workspace, colleague: Colleague, ticket_id: TicketId
) -> None:
    work.open("tickets", {"query": f"#{read(stage, ticket_id).number}"})
    page = work.stack.page
    assert isinstance(page, TicketsPage)

    def shown() -> str:
        model = page.list.model
        row = model.row_at(0) if model is not None and model.rowCount() else None
        return row.subject if row is not None else ""

    stage.wait_until(lambda: shown() != "", "the list has its row")

    since = colleague.rename(ticket_id, "Renamed by a colleague")

    seen_after(stage, since, lambda: shown() == "Renamed by a colleague", "the list shows the change")


def test_a_ticket_changed_elsewhere_appears_on_its_open_page(
    stage: Stage, work: Workspace, colleague: Colleague, ticket_id: TicketId
) -> None:
    page = page_of(stage, work, ticket_id)

    def texts() -> list[str]:
        state = page.presenter.state
        return [event.new or "" for event in state.detail.events] if state is not None else []

    since = colleague.note(ticket_id, "Called back from the other desk")

    seen_after(stage, since, lambda: "Called back from the other desk" in texts(), "the page shows the note")


def test_the_same_field_changed_in_both_is_asked_about(
    stage: Stage,
    work: Workspace,
    colleague: Colleague,
    ticket_id: TicketId,
    merges: list[Sequence[MergeField]],
) -> None:
    page = page_of(stage, work, ticket_id)
    editor = edit_location(page, "Building 3")

    colleague.move(ticket_id, "Building 5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    stage.wait_until(lambda: bool(merges), "the question is asked")

    ((field,),) = merges
    assert (field.theirs, field.mine) == ("Building 5", "Building 3")
    stage.wait_until(lambda: read(stage, ticket_id).location == "Building 3", "my answer is saved")


def test_different_fields_changed_in_both_are_both_kept_without_a_question(
    stage: Stage,
    work: Workspace,
    colleague: Colleague,
    ticket_id: TicketId,
    merges: list[Sequence[MergeField]],
) -> None:
    page = page_of(stage, work, ticket_id)
    editor = edit_location(page, "Building 3")

    colleague.rename(ticket_id, "Renamed by a colleague")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    stage.wait_until(lambda: read(stage, ticket_id).location == "Building 3", "the location is saved")

    assert read(stage, ticket_id).subject == "Renamed by a colleague"
    assert merges == []


def test_a_line_of_the_handover_ticked_elsewhere_is_ticked_here(
    stage: Stage, work: Workspace, colleague: Colleague
) -> None:
    work.open("handover", {"show": "sheet"})
    page = work.stack.page
    assert isinstance(page, HandoverPage)
    stage.wait_until(lambda: page.presenter.sheet is not None, "the shift is known")
    page.presenter.open_now()
    stage.wait_until(lambda: page.presenter.handover is not None, "the sheet is shown")
    assert page.presenter.handover is not None
    line = page.presenter.handover.lines[0]

    since = colleague.tick(line.id)

    def is_ticked() -> bool:
        now = page.presenter.line(line.id)
        return now is not None and now.state is LineState.TICKED

    seen_after(stage, since, is_ticked, "a tick on the handover")


def test_a_handover_signed_out_here_and_in_there_is_closed_and_proved_in_both(
    stage: Stage, work: Workspace, colleague: Colleague
) -> None:
    work.open("handover", {"show": "sheet"})
    page = work.stack.page
    assert isinstance(page, HandoverPage)
    presenter = page.presenter
    stage.wait_until(lambda: presenter.sheet is not None, "the shift is known")
    presenter.open_now()
    stage.wait_until(lambda: presenter.handover is not None, "the sheet is shown")
    assert presenter.handover is not None
    outgoing, incoming = presenter.handover.leaders[0], presenter.handover.next_leaders[0]

    def state() -> HandoverState | None:
        return presenter.handover.state if presenter.handover is not None else None

    presenter.sign(Side.OUT, outgoing.person_id, DEMO_PASSWORD, "")
    stage.wait_until(lambda: state() is HandoverState.SIGNED_OUT, "the outgoing signature")
    since = colleague.sign_in(presenter.handover.id, incoming.person_id)

    seen_after(stage, since, lambda: state() is HandoverState.CLOSED, "the closed handover")
    handover = presenter.handover
    assert handover is not None
    assert handover.out is not None
    assert handover.taken is not None
    signed = (handover.out.person_id, handover.taken.person_id)
    assert signed == (outgoing.person_id, incoming.person_id)
    other = Context(Store(stage.url), stage.ctx.clock, console_actor())
    here, there = verify_book(stage.ctx), verify_book(other)
    other.store.release()
    assert (here.checked, here.faults) == (there.checked, there.faults)
    assert here.faults == ()
