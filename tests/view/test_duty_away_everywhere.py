"""Somebody who is away is marked wherever people on duty are named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget

from app.models.entities.ids import PersonId
from app.services.duty import commands
from app.services.roster.queries import on_duty_at, shift_templates
from app.views.desk.duty import duty_lines
from app.views.desk.duty_cards import DutyCard
from app.views.roster.duty_popup import DutyPopup
from app.views.tickets.action_popups.assign import AssignPopup
from app.views.tickets.desk_names import DeskNames
from tests.support.describe import shown_texts
from tests.support.duty import duty_desk


@pytest.fixture
def desk(ctx, make, qapp):
    desk = duty_desk(ctx, make)
    until = ctx.clock.now() + timedelta(minutes=30)
    commands.go_away(desk.as_li(), reason="server room", planned_until=until)
    return desk


def now_on_duty(desk):
    return on_duty_at(desk.ctx, desk.ctx.clock.now())


def test_the_roster_says_who_of_those_on_duty_is_away(desk):
    assert [(one.person_name, one.away) for one in now_on_duty(desk)] == [
        ("Wang Fang", ""),
        ("Li Na", "server room"),
        ("Zhou Jie", ""),
    ]


def test_after_coming_back_nobody_is_marked(desk):
    commands.come_back(desk.as_li())

    assert [one.away for one in now_on_duty(desk)] == ["", "", ""]


def test_the_desk_says_it_with_the_planned_return(qtbot, desk, env):
    lines = duty_lines(now_on_duty(desk), shift_templates(desk.ctx), env.format)
    card = DutyCard()
    qtbot.addWidget(card)

    card.show_lines(lines)

    assert [line.away for line in lines][1] == "away: server room, back 18:30"
    tips = [label.toolTip() for label in card.findChildren(QWidget)]
    assert any("away: server room, back 18:30" in tip for tip in tips)


def test_the_rosters_popup_says_it(qtbot, desk, env):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()

    popup = DutyPopup(window, now_on_duty(desk), desk.ctx.clock.now(), env.format)
    popup.open_centred()

    assert "away: server room" in shown_texts(popup)


def test_assigning_says_it(qtbot, desk, env):
    window = QWidget()
    qtbot.addWidget(window)
    names = DeskNames(desk.as_wang(), env, window)
    popup = AssignPopup(window, names)

    popup.show_on_duty(now_on_duty(desk))

    assert popup._person_item(PersonId(desk.li.id)).text == "Li Na, away: server room"
