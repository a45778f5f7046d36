"""The month of presence on the duty board: people above, the days of the chosen one below, months by key."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from app.models.entities.instants import to_micros
from app.services.duty import commands, queries
from app.views.duty.page import DutyPage
from tests.support.describe import clipped_texts
from tests.support.duty import FRIDAY, duty_desk, put


@pytest.fixture
def desk(ctx, make):
    return duty_desk(ctx, make)


@pytest.fixture
def opened(qtbot, env, desk):
    """Opens the board as somebody, and the month on it."""

    def open_month(ctx):
        page = DutyPage(ctx, env)
        qtbot.addWidget(page)
        page.resize(1208, 636)
        page.refresh()
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.asking.show_month()
        return page.asking.month_popup

    return open_month


def cells(rows):
    return [
        [rows.cell(row, column).text for column in range(len(rows.columns))] for row in range(rows.rowCount())
    ]


def test_a_planner_sees_everybody_and_the_days_of_the_first_who_was_not_as_planned(desk, opened):
    commands.check_in(desk.as_li())

    popup = opened(desk.as_wang())

    assert popup.title.text() == "Presence in November 2026"
    assert cells(popup.people) == [
        ["Wang Fang", "1", "0", "1", "–", "–", "–", "0"],
        ["Li Na", "1", "1", "0", "1 × · 600 min", "–", "–", "0"],
    ]
    assert popup.about.text() == "Wang Fang: days that were not as planned"
    assert cells(popup.days) == [["20 Nov 2026", "D 08:00 – 20:00", "Did not come"]]


def test_the_month_opens_on_somebody_with_a_day_to_tell_of(desk, opened):
    put(
        desk.ctx,
        "attendance",
        person_id=desk.wang.id,
        on_date=FRIDAY.isoformat(),
        template_id=desk.day.id,
        in_at=to_micros(datetime(2026, 11, 20, tzinfo=UTC)),
    )

    popup = opened(desk.as_wang())

    assert popup.people_table.current_id == desk.li.id
    assert popup.about.text() == "Li Na: days that were not as planned"


def test_the_down_key_shows_the_next_persons_days(qtbot, desk, opened):
    commands.check_in(desk.as_li())
    popup = opened(desk.as_wang())

    qtbot.keyClick(popup.people_table, Qt.Key.Key_Down)

    assert cells(popup.days) == [["20 Nov 2026", "D 08:00 – 20:00", "600 min late"]]


def test_an_agent_sees_only_their_own(desk, opened):
    popup = opened(desk.as_li())

    assert [row[0] for row in cells(popup.people)] == ["Li Na"]
    assert [day.person_name for day in queries.unpunctual_days(desk.as_li(), "2026-11")] == ["Li Na"]


def test_the_keys_turn_the_months_and_stop_at_the_present_one(qtbot, desk, opened):
    popup = opened(desk.as_wang())
    blocked = popup.later.isEnabled()

    qtbot.keyClick(popup, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    before = (popup.title.text(), cells(popup.people), popup.about.text())
    qtbot.keyClick(popup, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(popup, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)

    assert blocked is False
    assert before == ("Presence in October 2026", [], "No shift of this month has begun.")
    assert popup.title.text() == "Presence in November 2026"


def test_nothing_is_cut_off(desk, opened, either_language):
    commands.check_in(desk.as_li())

    popup = opened(desk.as_wang())

    assert clipped_texts(popup) == []
