"""Ctrl+K: commands at once, records from the database, Enter opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.base.context import Context
from app.services.base.events import EventBus
from app.services.tickets.commands import create_ticket
from app.views.base.actions import Action
from app.views.base.i18n import N_
from app.views.shell.finding import split
from app.views.shell.palette import Palette
from app.views.shell.workspace import Workspace
from tests.support.shell import PAGES, NotePage, session_of, site_of, workplace


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def palette(qtbot: QtBot, ctx: Context, bus: EventBus, tmp_path: Path, ran: list[str]) -> Palette:
    site_of(ctx)
    for subject in ("VPN drops every 5 minutes", "Printer prints blank pages"):
        create_ticket(ctx, NewTicket(TicketType.INCIDENT, Channel.PHONE, subject, impact=3, urgency=2))
    work = Workspace(session_of(ctx), workplace(tmp_path, bus), screens=PAGES)
    qtbot.addWidget(work)
    work.install(
        [
            Action("a.dark", N_("Dark"), lambda: ran.append("dark")),
            Action("a.no", N_("Darker still"), lambda: ran.append("no"), blocked=lambda: "not now"),
        ]
    )
    work.resize(1280, 720)
    work.show()
    work.start()
    made = Palette(work)
    made.open()
    return made


def test_an_empty_field_offers_the_commands(palette: Palette) -> None:
    assert palette.list.texts == ["Commands", "Dark"]


def test_a_command_that_is_not_possible_now_is_not_offered(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.field, "darker")

    assert palette.list.texts == []


def test_enter_runs_the_chosen_command_and_closes(qtbot: QtBot, palette: Palette, ran: list[str]) -> None:
    qtbot.keyClicks(palette.field, "dar")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    assert ran == ["dark"]
    assert not palette.isVisible()


def test_words_find_tickets(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.field, "vpn")

    qtbot.waitUntil(lambda: palette.list.texts == ["Tickets", "VPN drops every 5 minutes"])


def test_a_number_finds_its_ticket_and_enter_opens_it(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.field, "#2")
    qtbot.waitUntil(lambda: "Printer prints blank pages" in palette.list.texts)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    work = palette.parentWidget()
    assert isinstance(work, Workspace)
    page = work.stack.page
    assert isinstance(page, NotePage)
    assert page.target == {"id": 2}


def test_a_half_typed_query_is_no_error(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.field, '"vpn')
    qtbot.wait(200)

    work = palette.parentWidget()
    assert isinstance(work, Workspace)
    assert work.toasts.shown == []


def test_escape_closes_it(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)

    assert not palette.isVisible()


def test_arrows_pass_over_the_headings(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.field, "minutes")
    qtbot.waitUntil(lambda: "Tickets" in palette.list.texts)

    palette.list.step(-1)

    assert palette.list.currentIndex().data() == "VPN drops every 5 minutes"


@pytest.mark.parametrize(
    ("typed", "kind", "words"),
    [("vpn", "", "vpn"), ("> dark", ">", "dark"), ("@li na", "@", "li na"), ("#10482", "#", "10482")],
)
def test_the_first_sign_says_what_is_wanted(typed: str, kind: str, words: str) -> None:
    assert split(typed) == (kind, words)
