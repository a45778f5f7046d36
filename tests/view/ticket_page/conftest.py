"""Fixtures of a ticket's page: a set-up site, one ticket of it, and the page that shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.models.entities.ids import CategoryId
from app.models.entities.settings import SiteChoices
from app.services.base.context import Context
from app.services.base.events import EventBus
from app.services.setup.first_start import set_up
from app.services.tickets import commands
from app.views.base.pages import PageEnv
from app.views.tickets.ticket_page import TicketPage
from tests.support.factories import Made, Make
from tests.support.pages import page_env
from tests.support.ticket_page import CALL, opened


@pytest.fixture(autouse=True)
def site(ctx: Context) -> None:
    """The sample set-up, in English."""
    set_up(ctx, SiteChoices("Test desk", language="en"))


@pytest.fixture
def env(bus: EventBus, tmp_path: Path) -> PageEnv:
    """What the page is handed by its window, in doubles."""
    return page_env(bus, tmp_path)


@pytest.fixture
def category(ctx: Context, make: Make) -> Made:
    """A category whose tickets go to a team."""
    return make.category(name="ERP", default_team_id=make.team(name="Second line").id)


@pytest.fixture
def ticket(ctx: Context, category: Made) -> Any:
    """The id of an open ticket of that category."""
    return commands.create_ticket(ctx, replace(CALL, category_id=CategoryId(category.id))).id


@pytest.fixture
def page(qtbot: QtBot, ctx: Context, env: PageEnv, ticket: Any) -> TicketPage:
    """The page, shown in the usual size, with the ticket open."""
    return opened(qtbot, ctx, env, ticket)
