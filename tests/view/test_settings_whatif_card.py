"""The card of consequences: what it says in each state, its list of open tickets, the choice, both shapes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.errors import NeverOpen
from app.models.entities.whatif import PeakNeed, PriorityEffect, Tally
from app.views.settings.whatif_beside import Beside
from app.views.settings.whatif_card import WhatIfCard
from app.views.settings.whatif_list import OpenChangesPopup
from app.views.settings.whatif_presenter import WhatIfPresenter
from app.views.settings.whatif_words import WhatIfKind
from tests.support.describe import assert_readable, clipped_texts, shown_texts, tab_order
from tests.support.pages import page_env
from tests.view.settings_room import KEY, press, speaking
from tests.view.whatif_room import HeldTasks, Services, open_effects, proposal, result


class Room:
    """A card on a window of its own, with services and tasks the test decides about."""

    def __init__(self, qtbot, ctx, bus, folder, kind=WhatIfKind.MATRIX, *, language="en"):
        self.ctx = ctx
        self.tasks, self.services = HeldTasks(), Services()
        self.env = replace(page_env(bus, folder, language=language), tasks=self.tasks)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.presenter = WhatIfPresenter(
            ctx, self.env, self.window, counting=self.services.count, applying=self.services.apply
        )
        self.card = WhatIfCard(ctx, self.env, kind, self.presenter)
        QVBoxLayout(self.window).addWidget(self.card)
        self.window.resize(336, 720)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def count(self, answer=None):
        self.services.answer = answer or result(open_changes=open_effects(self.ctx, 5))
        self.presenter.show(proposal())
        self.presenter.count()
        self.tasks.finish()

    @property
    def said(self) -> list[str]:
        return shown_texts(self.card)

    @property
    def popup(self) -> OpenChangesPopup | None:
        return next((each for each in self.window.findChildren(OpenChangesPopup) if each.isVisible()), None)


@pytest.fixture
def room(qtbot, ctx, bus, tmp_path):
    return Room(qtbot, ctx, bus, tmp_path)


@pytest.fixture
def times(qtbot, ctx, bus, tmp_path):
    return Room(qtbot, ctx, bus, tmp_path, WhatIfKind.SLA)


def bars(room):
    return room.card.bars.accessibleDescription()


def test_without_an_edit_it_says_what_it_will_answer(room):
    assert "Change a cell" in room.card.lead.text()
    assert not room.card.bars.isVisible()
    assert not room.card.list.isVisible()


def test_while_it_counts_it_says_how_far_it_is(room):
    room.presenter.show(proposal())
    room.presenter.count()
    room.tasks.report(4, 10)
    assert room.card.counting.text() == "Counting… 40%"
    assert room.card.stop.isVisible()


def test_a_matrix_tells_tickets_by_priority_before_and_after(room):
    room.count()
    assert bars(room) == "P2 10 +4; P3 10 −4"
    assert "With this matrix, 20 tickets would have been:" in room.said
    assert "tickets change priority\n(4 up, 0 down)" in room.said
    assert "90 → 75%" in room.said
    assert "resolved in time: 3 more P2 would have breached" in room.said


def test_a_table_tells_the_share_in_time_by_priority(times):
    times.count()
    assert bars(times) == "P2 70% −30; P3 80% −6"
    assert "more tickets would be late" in times.said


def test_a_share_that_falls_is_never_shown_as_good(times):
    effect = PriorityEffect(3, Tally(100, 100, 98), Tally(100, 100, 93))
    times.count(result(effects=(effect,)))
    assert times.card.bars._rows[0].tone == "warn"


def test_a_priority_nobody_has_solved_yet_has_no_share(times):
    times.count(result(effects=(PriorityEffect(1, Tally(2, 0, 0), Tally(2, 0, 0)),)))
    assert bars(times) == "P1 – "


def test_tickets_that_would_be_in_time_are_good_news(times):
    times.count(result(newly_missed=0, newly_met=2))
    assert "more tickets would be in time" in times.said
    assert times.card.figures[0].number.property("ink") == "ok"


def peak(before, after):
    return PeakNeed(datetime(2026, 11, 16, 2, tzinfo=UTC), 24, 900, 0.8, before, after)


def test_a_table_that_binds_more_people_at_the_peak_warns_of_it(times):
    times.count(result(peak=peak(6, 8)))
    figure = times.card.figures[2]
    assert (figure.number.text(), figure.number.property("ink")) == ("6 → 8", "warn")
    assert figure.text.text() == "people needed in the busiest hour"
    assert "16 Nov 2026, 10:00, 24 tickets of 15 min each" in figure.accessibleDescription()
    assert figure.toolTip() == figure.accessibleDescription()


def test_fewer_people_at_the_peak_are_good_news(times):
    times.count(result(peak=peak(8, 1)))
    assert times.card.figures[2].number.property("ink") == "ok"
    assert times.card.figures[2].text.text() == "person needed in the busiest hour"


def test_an_edit_that_changes_no_response_says_that_as_many_are_needed(times):
    times.count(result(peak=peak(6, 6)))
    assert times.card.figures[2].number.text() == "6"
    assert times.card.figures[2].text.text() == "people needed in the busiest hour, as before"


def test_without_response_targets_nothing_is_said_about_people(times):
    times.count()
    assert times.card.figures[2].isHidden()


def test_tickets_with_levels_the_matrix_lacks_are_told(room):
    room.count(result(unknown=2))
    assert "2 tickets have levels that this matrix lacks; they keep their priority." in room.said


def test_it_says_where_it_is_felt(room):
    room.count()
    at = room.said.index("Where it is felt")
    assert room.said[at + 1 : at + 5] == ["VPN", "3 up", "no category", "1 up"]


def test_without_history_it_says_so_and_still_tells_of_open_tickets(room):
    room.count(result(tickets=0, effects=(), up=0, newly_missed=0, felt=(), moved=2, becoming=0))
    assert "No tickets in the last 90 days." in room.said
    assert not room.card.bars.isVisible()
    assert room.card.for_open.isVisible()


def test_what_is_wrong_is_said_in_the_card(room):
    room.count(NeverOpen("calendar.never_open", calendar="night"))
    assert room.card.trouble.isVisible()
    assert room.card.trouble.text()
    assert not room.card.bars.isVisible()
    assert not room.env.shell.errors


def test_cancel_and_count_are_buttons(room):
    room.presenter.show(proposal())
    room.presenter.count()
    room.card.stop.click()
    assert "Not counted. The changes can be applied all the same." in room.said
    room.card.again.click()
    room.tasks.finish()
    assert bars(room)


def test_figures_of_the_edit_before_cannot_be_used_while_it_counts(room):
    room.count()
    room.presenter.show(proposal(2))
    assert room.card.bars.isVisible()
    assert not room.card.list.isEnabled()
    assert not room.card.for_open.isEnabled()


def test_the_period_is_chosen_from_a_menu(room):
    room.count()
    action = next(each for each in room.card.period.menu().actions() if "365" in each.text())
    action.trigger()
    room.tasks.finish()
    assert room.services.asked[-1][1] == 365
    assert room.card.period.text() == "Last 365 days"


def test_open_tickets_are_listed_before_and_after(room):
    room.count()
    room.card.list.setFocus()
    press(room.window, KEY.Key_Space)
    model = room.popup.model
    texts = [model.index(0, column).data() for column in range(model.columnCount())]
    assert texts[:4] == ["#101", "Printer 1 is out of order", "P3", "P2"]
    assert model.rowCount() == 5
    assert model.index(0, 5).data(Qt.ItemDataRole.ToolTipRole) == "becomes overdue"


def test_enter_in_the_list_opens_the_ticket(room):
    room.count()
    room.card.list.click()
    press(room.window, KEY.Key_Down, KEY.Key_Return)
    assert room.env.shell.opened == [("ticket", {"id": 2})]
    assert room.popup is None


def test_escape_closes_the_list_and_gives_the_focus_back(room):
    room.count()
    room.card.list.setFocus()
    press(room.window, KEY.Key_Space, KEY.Key_Escape)
    assert room.popup is None
    assert room.window.focusWidget() is room.card.list


def test_a_list_that_is_cut_says_how_many_there_are(room):
    room.count(result(moved=900, open_changes=open_effects(room.ctx, 5)))
    room.card.list.click()
    assert "The 5 most urgent of 900 open tickets" in shown_texts(room.popup)


def test_the_choice_for_open_tickets_is_off_and_turned_by_space(room):
    room.count()
    box = room.card.for_open
    assert (box.text(), box.isChecked()) == ("Apply to 5 open tickets too", False)
    assert room.card.for_open_note.text() == "Without this they keep what they were promised."
    box.setFocus()
    QTest.keyClick(box, KEY.Key_Space)
    assert room.presenter.is_for_open
    assert room.card.for_open_note.text() == "1 becomes overdue"


def test_waiting_reasons_hold_at_once_so_there_is_no_choice(qtbot, ctx, bus, tmp_path):
    room = Room(qtbot, ctx, bus, tmp_path, WhatIfKind.WAITING)
    room.count()
    assert not room.card.for_open.isVisible()
    assert "as soon as it is applied" in room.card.for_open_note.text()


@pytest.mark.parametrize("kind", list(WhatIfKind))
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_it_can_be_read_and_reached_in_both_shapes(qtbot, ctx, bus, tmp_path, kind, language):
    with speaking(language):
        room = Room(qtbot, ctx, bus, tmp_path, kind, language=language)
        room.count(result(unknown=2, open_changes=open_effects(ctx, 5)))
        assert_readable(room.window)
        room.card.lay_down(is_lying=True)
        room.window.resize(660, 820)
        qtbot.waitUntil(lambda: not clipped_texts(room.window))
        assert_readable(room.window)
        room.window.resize(660, 420)
        qtbot.waitUntil(lambda: not clipped_texts(room.window))
        assert_readable(room.window)
        room.card.list.click()
        assert_readable(room.popup)


def test_tab_visits_the_period_the_list_and_the_choice(room):
    room.count()
    assert tab_order(room.card)[-3:] == [
        "MenuButton 'Period: Last 90 days'",
        "Button 'List of the open tickets that would change'",
        "QCheckBox 'Apply to 5 open tickets too'",
    ]


def test_it_stands_beside_the_edit_and_lies_below_where_that_is_narrow(qtbot, room):
    edit = QWidget()
    edit.setMinimumSize(200, 200)
    beside = Beside([edit], room.card, least=500, place=1)
    room.window.layout().addWidget(beside)
    room.window.resize(1000, 700)
    room.count()
    assert beside.is_beside
    qtbot.waitUntil(lambda: room.card.height() == beside.height())
    room.card.list.setFocus()
    room.window.resize(700, 700)
    qtbot.waitUntil(lambda: not beside.is_beside)
    qtbot.waitUntil(lambda: room.card.width() > 500)
    assert room.window.focusWidget() is room.card.list


def test_lying_in_a_low_window_it_folds_to_a_sentence_until_opened(room):
    room.count()
    room.card.lay_down(is_lying=True)
    room.window.resize(900, 700)
    assert not room.card.bars.isVisible()
    assert room.card.lead.text().startswith("4 tickets change priority (4 up, 0 down) · 90 → 75% resolved")
    room.card.fold.setFocus()
    press(room.window, KEY.Key_Space)
    assert room.card.bars.isVisible()
    room.presenter.show(proposal(2))
    room.presenter.count()
    room.tasks.finish()
    assert room.card.bars.isVisible()


def test_lying_in_a_high_window_it_is_open(room):
    room.count()
    room.window.resize(900, 900)
    room.card.lay_down(is_lying=True)
    assert room.card.bars.isVisible()
    room.card.fold.click()
    assert not room.card.bars.isVisible()


def test_standing_it_never_folds(room):
    room.count()
    assert room.card.bars.isVisible()
    assert not room.card.fold.isVisible()
