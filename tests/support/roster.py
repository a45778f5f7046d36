"""A small desk with a roster, and a page of it to try: two people, two shifts, one rule of coverage."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pytestqt.qtbot import QtBot

from app.models.entities.roster import PaintedCell
from app.models.store import Operation
from app.services.base.context import Context
from app.services.roster import commands, queries
from app.views.base.pages import PageEnv
from app.views.roster.page import RosterPage
from tests.support.factories import Made, Make
from tests.support.site import set_up_site

FRIDAY = date(2026, 11, 20)
"""The day the tests' clock shows."""
SATURDAY = FRIDAY + timedelta(days=1)
ROOM = (1280 - 72, 720 - 52 - 32)
"""What the smallest window leaves for a page."""
OpenPage = Callable[..., RosterPage]


@dataclass(frozen=True)
class Desk:
    """Who works at the desk, and which shifts there are."""

    day: Made
    night: Made
    wang: Made
    li: Made


def roster_desk(ctx: Context, make: Make) -> Desk:
    """Write the desk: on workdays one of the first line is needed by day."""
    set_up_site(ctx)
    team = make.team(name="First line", name_alt="一线")
    day = make.shift_template("D", name="Day", name_alt="白班", duration_minute=720, tone="d")
    rule = {"template_id": day.id, "team_id": team.id, "day_type": "workday", "minimum": 1, "version": 1}
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    ctx.store.write(operation, lambda tx: tx.insert("coverage_rule", rule))
    return Desk(
        day=day,
        night=make.shift_template("N", name="Night", start_minute=1200, duration_minute=720, tone="n"),
        wang=make.agent(name="Wang Fang", name_alt="王芳", phone="138 0013 8000", teams=(team,)),
        li=make.agent(name="Li Na", phone="6102", teams=(team,)),
    )


def page_opener(qtbot: QtBot, env: PageEnv) -> OpenPage:
    """Return what opens a page for a context, shown, read, and with the focus in its cells."""

    def open_page(ctx: Context, size: tuple[int, int] = ROOM) -> RosterPage:
        page = RosterPage(ctx, env)
        qtbot.addWidget(page)
        page.resize(*size)
        page.refresh()
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.grid.setFocus()
        return page

    return open_page


def codes(ctx: Context) -> dict[tuple[int, date], str]:
    """Return what is stored for the two days, as codes."""
    roster = queries.roster(ctx, FRIDAY, SATURDAY)
    names = {template.id: template.code for template in roster.templates}
    return {key: names[cell.template_id] for key, cell in roster.cells.items()}


def paint(ctx: Context, *cells: tuple[Made, date, Made]) -> None:
    """Paint cells as somebody else would: person, date, shift."""
    commands.paint_cells(ctx, [PaintedCell(person.id, on, shift.id) for person, on, shift in cells])
