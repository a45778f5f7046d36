"""Texts that broke, opened or ran something elsewhere, in every screen (R20): shown as they are."""

from __future__ import annotations

import re
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.bootstrap import Assembly, Kind
from app.models.entities.errors import BadInput
from app.models.entities.ids import TicketId
from app.models.entities.tickets import EventKind
from app.models.store import Operation
from app.services.base.clock import FixedClock
from app.services.base.drafts import Draft, DraftKey
from app.services.demo.creating import create_demo
from app.services.demo.planning import DEFAULT_UNTIL
from app.services.tickets import queries
from app.views.base.dialogs import ConfirmDialog, MergeDialog, MergeField, Question, ReportDialog, TextDialog
from app.views.base.widgets.browser import SafeBrowser
from app.views.base.widgets.labels import plain_tip
from app.views.roster.page import RosterPage
from app.views.roster.page_actions import cell_menu
from app.views.shell.registry import SCREENS
from app.views.shell.shots_pictures import pictures_of
from app.views.shell.stage import Stage
from app.views.shell.unattended import collected_errors
from app.views.shell.workspace import Workspace
from app.views.tickets.list_page import TicketsPage
from app.views.tickets.new_page import NewTicketPage
from app.views.tickets.ticket_page import TicketPage
from tests.support.hostile import Traps, faults, fill, is_rich, tips, traps, words

# A tip is a window of its own, which the off-screen platform cannot put on top.
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)", extend=True)

SPOKEN = {EventKind.NOTE, EventKind.REPLY, EventKind.CALL}


@pytest.fixture(scope="module")
def patches() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patches:
        yield patches


@pytest.fixture(scope="module")
def set_traps(tmp_path_factory: pytest.TempPathFactory, patches: pytest.MonkeyPatch) -> Iterator[Traps]:
    with traps(tmp_path_factory.mktemp("canary"), patches) as found:
        yield found


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, set_traps: Traps) -> Iterator[Stage]:
    """The real window on a site in which every text is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    kind = Kind(is_offscreen=True, is_immediate=True, shipped_font=True)
    with Assembly(FixedClock(DEFAULT_UNTIL), folder / "settings.json", folder / "drafts", kind) as made:
        stage = made.stage(f"sqlite:///{(folder / 'demo.db').as_posix()}")
        create_demo(stage.ctx, tickets=300)
        fill(stage.ctx, set_traps.payloads)
        stage.enter()
        yield stage


@pytest.fixture
def work(stage: Stage) -> Workspace:
    assert stage.program.workspace is not None
    return stage.program.workspace


@pytest.fixture(autouse=True)
def nothing_is_touched(set_traps: Traps, stage: Stage) -> Iterator[None]:
    """Whatever a test shows, it fetches nothing, and nobody hears of an error."""
    with collected_errors() as errors:
        yield
        stage.settle()
    assert set_traps.touched() == []
    assert errors == []


def subject_of(stage: Stage, number: int) -> str:
    with stage.ctx.store.read() as read:
        return str(read.value("SELECT subject FROM ticket WHERE id = ?", (number,)))


def in_qt(text: str) -> str:
    """Return a text as Qt's strings hold it: without the invisible mark that may begin a file."""
    return text.removeprefix("\ufeff")


def no_faults(root: QWidget) -> None:
    found = faults(root) + tips(root)
    assert not found, "\n".join(sorted(set(found)))


@pytest.mark.parametrize("name", [screen.name for screen in SCREENS])
def test_a_page_shows_hostile_texts_as_text(stage: Stage, work: Workspace, name: str) -> None:
    screen = next(each for each in work.screens if each.name == name)
    for picture in pictures_of(screen):
        work.open(picture.screen, picture.target or {})
        stage.settle(20)
        stage.program.window.grab()
        no_faults(work)


def test_the_list_paints_all_300_texts_as_they_are(stage: Stage, work: Workspace) -> None:
    work.open("tickets", {"query": ""})
    page = work.stack.page
    assert isinstance(page, TicketsPage)
    table = page.list.table
    shown = {}
    for row in range(0, table.model().rowCount(), 20):
        table.scrollTo(table.model().index(row, 0))
        table.viewport().grab()
        for each in range(row, min(row + 20, table.model().rowCount())):
            found = page.list.model.row_at(each)
            if found is not None:
                shown[int(found.id)] = found.subject

    assert len(shown) >= 300
    assert all(subject == subject_of(stage, number) for number, subject in shown.items())


def test_the_reading_pane_shows_them_as_they_are(stage: Stage, work: Workspace) -> None:
    work.open("tickets", {"query": ""})
    page = work.stack.page
    assert isinstance(page, TicketsPage)
    for row in range(0, 300, 12):
        page.list.table.setCurrentIndex(page.list.model.index(row, 1))
        stage.settle(200 if row == 0 else 90)
        found = page.list.model.row_at(row)
        assert found is not None
        assert page.pane.subject.text() == in_qt(found.subject)
    no_faults(page)


def test_tickets_show_subject_and_timeline_as_they_were_typed(stage: Stage, work: Workspace) -> None:
    for number in range(1, 301, 6):
        work.open("ticket", {"id": number})
        page = work.stack.page
        assert isinstance(page, TicketPage)
        said = words(page)
        detail = queries.ticket_detail(stage.ctx, TicketId(number))
        texts = [event.new for event in detail.events if event.kind in SPOKEN and event.new]
        assert in_qt(subject_of(stage, number)) in said
        assert [text for text in texts[-10:] if in_qt(text) not in said] == []
        if number % 10 == 1:
            page.grab()
            no_faults(page)


def test_articles_are_sanitised_and_fetch_nothing(stage: Stage, work: Workspace, set_traps: Traps) -> None:
    with stage.ctx.store.read() as read:
        numbers = [row[0] for row in read.rows("SELECT id FROM article ORDER BY id")]
    bodies = [set_traps.payloads[at : at + 20] for at in range(0, 300, 20)]
    for number, body in zip(numbers, bodies, strict=False):
        write_body(stage, number, "\n\n".join(body))
        work.open("knowledge", {"id": number})
        stage.settle(20)
        page = work.stack.page
        assert page is not None
        page.grab()
        (browser,) = page.findChildren(SafeBrowser)[:1]
        assert re.findall(r'<script|src="(?!data:|cid:)|href="(?!https?:|mailto:|#)', browser.toHtml()) == []
        no_faults(page)


def write_body(stage: Stage, number: int, body: str) -> None:
    operation = Operation(uuid.uuid4().hex, stage.clock.now(), None, "tests")
    stage.ctx.store.write(
        operation, lambda tx: tx.execute("UPDATE article SET body = ? WHERE id = ?", (body, number))
    )


def test_drafts_are_offered_with_their_hostile_titles(
    stage: Stage, work: Workspace, set_traps: Traps
) -> None:
    user = str(work.session.ctx.actor.person_id or work.session.ctx.actor.name)
    key = DraftKey(user, work.session.site.epoch, "tickets.new")
    for number, text in enumerate(set_traps.payloads[::15]):
        values = {"subject": text, "description": text, "location": text, "draft_number": number}
        work.place.drafts.save(Draft(uuid.uuid4().hex, key, 0, stage.clock.now(), text, values))

    work.open("new_ticket")
    page = work.stack.page
    assert isinstance(page, NewTicketPage)
    page.refresh()
    for draft in list(page.shelf.drafts):
        page.resume(draft)
        stage.settle(20)
        assert page.view.fields.location.text() == one_line(str(draft.values["location"]))
    no_faults(page)
    page.shelf.forget()


def one_line(text: str) -> str:
    line = QLineEdit()
    line.setText(text)
    return line.text()


def test_the_palette_finds_and_shows_them(stage: Stage, work: Workspace, set_traps: Traps) -> None:
    palette = stage.program.palette
    assert palette is not None
    for text in ("never", "closed", "没有", *set_traps.payloads[::30], "@b", "#1"):
        palette.search(text)
        stage.settle(150)
        palette.grab()
    no_faults(palette)
    palette.close_now()


def test_what_the_window_says_is_text(work: Workspace, stage: Stage, set_traps: Traps) -> None:
    for text in set_traps.payloads[::20]:
        work.say(text, action=text, run=lambda: None)
        work.top.duty.show_duty(text, text, text)
        work.failed(BadInput("search.unknown_value", position=1, field=text, value=text, known=text))
        stage.settle(10)
        no_faults(work)
    stage.program.window.show_face(work, set_traps.payloads[0])


@pytest.mark.parametrize("at", range(0, 300, 60))
def test_questions_are_asked_in_plain_text(qtbot: QtBot, set_traps: Traps, at: int) -> None:
    for text in set_traps.payloads[at : at + 60 : 6]:
        fields = (MergeField("subject", text, text, text, text),)
        for dialog in (
            ConfirmDialog(Question(text, text, text)),
            TextDialog(text, text, text, text),
            MergeDialog(text, fields),
            ReportDialog(text, text),
        ):
            qtbot.addWidget(dialog)
            dialog.grab()
            assert faults(dialog) == []


def test_menus_made_of_names_swallow_no_ampersand(stage: Stage, work: Workspace) -> None:
    work.open("tickets", {"query": ""})
    page = work.stack.page
    assert isinstance(page, TicketsPage)
    for menu in (page.views.menu(page), page.list.filters.add_menu(page)):
        assert menu.actions()
        no_faults(menu)
    work.open("roster")
    roster = work.stack.page
    assert isinstance(roster, RosterPage)
    stage.settle(50)
    assert roster.action_set is not None
    no_faults(cell_menu(roster.grid, roster.presenter, roster.action_set))


def test_the_walker_notices_what_would_fall_for_a_text(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    tipped, button = QWidget(), QPushButton("Save &copy")
    tipped.setMinimumSize(9, 9)
    tipped.setToolTip("<b>bold</b>")
    listed = QListWidget()
    item = QListWidgetItem("name")
    item.setToolTip("<i>name</i>")
    listed.addItem(item)
    for part in (QLabel("<b>bold</b>"), tipped, button, QTextBrowser(), QTextEdit(), listed):
        column.addWidget(part)
    root.show()

    found = "\n".join(faults(root))

    assert [sign in found for sign in ("QLabel", "QWidget", "QPushButton", "QTextBrowser", "QTextEdit")] == (
        [True] * 5
    )
    assert "QListWidget" in found
    assert tips(root) != []


def test_the_traps_notice_a_picture_that_is_fetched(
    set_traps: Traps, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with traps(tmp_path, monkeypatch) as others:
        bare = QTextBrowser()
        qtbot.addWidget(bare)
        bare.setHtml(f'<img src="{others.picture.as_posix()}">')
        bare.grab()
        if others.inotify is not None:
            assert others.touched() == ["the picture was opened"]
        safe = SafeBrowser()
        qtbot.addWidget(safe)
        safe.show_html('<img src="file:///somewhere.png">')
        safe.grab()
        assert "file:///somewhere.png" in others.touched()
        with socket.create_connection(others.listener.getsockname()):
            assert "a connection" in "".join(others.touched())
    set_traps.asked.clear()


def test_a_tip_of_ours_is_not_taken_for_html() -> None:
    assert not is_rich(plain_tip("a <b> c & d"))
    assert is_rich("a <b> c")
