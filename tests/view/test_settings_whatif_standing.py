"""A settings page without an edit: which versions open tickets hold, and applying what is in force."""

from __future__ import annotations

import pytest

from app.models.entities.settings import ConfigKind
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.tickets.commands import create_ticket
from app.services.whatif.standing_queries import open_standing
from app.views.settings.whatif_list import OpenChangesPopup
from tests.support.describe import assert_readable, shown_texts
from tests.support.whatif_site import save, stricter, table_with
from tests.view.settings_room import KEY, desk, open_settings, press, reader, speaking


@pytest.fixture
def behind(ctx):
    """Two open tickets that were promised before the table became stricter."""
    desk(ctx)
    for subject in ("VPN drops", "No dial tone"):
        create_ticket(ctx, NewTicket(TicketType.INCIDENT, Channel.PHONE, subject, impact=2, urgency=3))
    save(ctx, ConfigKind.SLA, table_with(stricter).to_dict())
    return ctx


@pytest.mark.parametrize("page", ["matrix", "sla", "calendars"])
def test_a_page_without_an_edit_tells_which_versions_open_tickets_hold(qtbot, behind, bus, tmp_path, page):
    card = open_settings(qtbot, behind, bus, tmp_path, page).pane.what_if.card

    texts = shown_texts(card)
    assert "2 of 2 open tickets were promised under older versions:" in texts
    assert "SLA table · version 1" in texts
    assert "2 of them would get other priorities or times." in texts
    assert card.is_low
    assert_readable(card)


def test_what_is_in_force_is_applied_after_a_look_at_the_tickets(qtbot, behind, bus, tmp_path):
    screen = open_settings(qtbot, behind, bus, tmp_path, "sla")
    panel = screen.pane.what_if.panel
    panel.apply.setFocus()
    press(panel.apply, KEY.Key_Space)
    popup = panel.popup
    assert isinstance(popup, OpenChangesPopup)
    assert [effect.subject for effect in popup.model.rows] == ["VPN drops", "No dial tone"]
    assert popup.apply.text() == "Apply to 2 open tickets"

    popup.apply.click()

    assert open_standing(behind).behind == 0
    assert "All 2 open tickets hold what is in force." in shown_texts(panel)
    assert not panel.apply.isVisible()


def test_leaving_the_list_applies_nothing(qtbot, behind, bus, tmp_path):
    screen = open_settings(qtbot, behind, bus, tmp_path, "sla")
    panel = screen.pane.what_if.panel
    panel.apply.click()

    press(panel.popup.table, KEY.Key_Escape)

    assert open_standing(behind).behind == 2


def test_an_edit_takes_the_place_of_what_is_held_and_discarding_it_brings_that_back(
    qtbot, behind, bus, tmp_path
):
    screen = open_settings(qtbot, behind, bus, tmp_path, "matrix")
    screen.pane.grid.setFocus()
    press(screen.pane.grid, "4")
    assert not screen.pane.what_if.panel.isVisible()
    assert not screen.pane.what_if.card.is_low

    screen.pane.discard()

    assert screen.pane.what_if.panel.isVisible()


def test_who_may_not_edit_settings_sees_what_is_held_and_no_button(qtbot, behind, bus, tmp_path):
    panel = open_settings(qtbot, reader(behind), bus, tmp_path, "sla").pane.what_if.panel

    assert "2 of 2 open tickets were promised under older versions:" in shown_texts(panel)
    assert not panel.apply.isVisible()


def test_what_open_tickets_hold_is_told_in_chinese(qtbot, behind, bus, tmp_path):
    with speaking("zh_CN"):
        panel = open_settings(qtbot, behind, bus, tmp_path, "sla", language="zh_CN").pane.what_if.panel

        texts = shown_texts(panel)
    assert "2 张未结工单中有 2 张按较早版本承诺：" in texts
    assert "SLA 表 · 第 1 版" in texts
