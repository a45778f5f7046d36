"""Fixtures of the form of a new ticket: an agent's desk, somebody who calls, and the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.models.entities.people import NumberKind, PersonDetails
from app.services.base.context import Context
from app.services.people import commands as people
from app.views.tickets.new_page import NewTicketPage
from tests.support.factories import Make
from tests.support.new_ticket import Desk
from tests.support.site import set_up_site


@pytest.fixture
def desk(ctx: Context, make: Make, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """The desk of an agent on a configured site."""
    set_up_site(ctx)
    desk = Desk(ctx, make, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def caller(desk: Desk) -> Any:
    """The id of somebody the desk knows well."""
    details = PersonDetails(
        "Wang Fang", "王芳", company="Huaxin", department="Finance", location="Building 3", is_vip=True,
        phones=((NumberKind.WORK, "6120"),),
    )  # fmt: skip
    return people.add_person(desk.ctx, details).id


@pytest.fixture
def page(desk: Desk, caller: Any, qtbot: QtBot) -> NewTicketPage:
    """The empty form, shown and active."""
    page = desk.page()
    qtbot.addWidget(page)
    page.resize(1366, 814)
    page.show()
    page.activateWindow()
    return page
