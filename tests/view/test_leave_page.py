"""The page of requests by keyboard: absences and swaps from the question to the roster, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.entities.leave import LeaveState, SwapState
from app.models.entities.roster_plan import WorkTerms
from app.models.entities.settings import ConfigKind
from app.services.base.context import Actor
from app.services.leave import commands, queries, swap_commands, swap_queries, taking_commands
from app.services.roster import terms_commands
from app.services.roster.commands import name_supervisor
from app.services.settings.commands import save_config
from app.views.leave.page import RequestsPage
from tests.report.payloads import PAYLOADS
from tests.support.changing_places import MONDAY, places
from tests.support.describe import assert_readable, shown_texts

TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=count) for count in (1, 2, 3))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request):
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


@pytest.fixture
def open_page(show_page, env):
    def opened(ctx):
        page = show_page(RequestsPage(ctx, env))
        page.list.setFocus()
        return page

    return opened


def press(widget, key):
    QTest.keyClick(widget, key)


def type_into(widget, text):
    QTest.keyClicks(widget, text)


def lines(page):
    return [line.said for line in page.list.lines.lines]


def effects(page):
    return shown_texts(page.pane)


def leave_state(desk):
    (found,) = queries.leave_requests(desk.as_(desk.chen))
    return found.state


def swap_state(desk):
    (found,) = swap_queries.swaps(desk.as_(desk.chen))
    return found.state


# -- a shift nobody would lead --------------------------------------------------------------------------


def test_a_swap_after_which_nobody_leads_is_asked_about_and_approved_knowingly(desk, open_page, env, make):
    desk.paint(desk.chen, MONDAY, desk.night)
    name_supervisor(desk.as_(desk.chen), person_id=desk.chen.id, on_date=MONDAY, is_supervisor=True)
    warning = {"rules": {"supervisor": {"severity": "warn"}}}
    save_config(desk.ctx, ConfigKind.ROSTER, "site", warning, expected_number=0)
    offer = replace(desk.swap(MONDAY, desk.li), asker_id=desk.chen.id)
    asked = swap_commands.ask_swap(desk.as_(desk.chen), offer)
    swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)
    boss = desk.as_(desk.chen)
    page = open_page(boss.acting_as(replace(boss.actor, person_id=make.agent(name="Zhao Lei").id)))
    before = effects(page)
    press(page.list, Qt.Key.Key_A)
    refused = swap_state(desk)
    env.dialogs.confirms = True

    press(page.list, Qt.Key.Key_A)

    assert any(text.startswith("Nobody will lead Night on ") for text in before)
    assert (refused, swap_state(desk)) == (SwapState.ACCEPTED, SwapState.APPROVED)


# -- absences -------------------------------------------------------------------------------------------


def test_leave_is_asked_for_with_keys_alone(desk, open_page, qtbot):
    page = open_page(desk.as_(desk.wang))

    page.action_set.run("requests.leave")
    popup = page.asking.popup
    type_into(popup.first, "23")
    type_into(popup.last, "+1")
    type_into(popup.reason, "Family visit")
    QTest.keyClick(popup.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (asked,) = queries.leave_requests(desk.as_(desk.chen))
    assert (asked.first, asked.last, asked.reason) == (MONDAY, TUESDAY, "Family visit")
    assert lines(page)[0].startswith("Wang Fang, V, ")


def test_one_key_approves_and_the_roster_has_it(desk, open_page, env):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, TUESDAY))
    page = open_page(desk.as_(desk.chen))

    press(page.list, Qt.Key.Key_A)

    assert leave_state(desk) is LeaveState.APPROVED
    assert desk.cells()["Wang Fang", "Mon"] == "V"
    assert lines(page) == []


def test_a_superior_decides_with_one_key_without_the_right_to_decide_on_others(desk, make, open_page):
    zhao = make.agent(name="Zhao Lei")
    terms_commands.set_terms(desk.as_(desk.chen), WorkTerms(superior_id=zhao.id), person_id=desk.wang.id)
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, TUESDAY))
    page = open_page(desk.as_(zhao))
    said = page.pane.history.text()

    press(page.list, Qt.Key.Key_A)

    assert leave_state(desk) is LeaveState.APPROVED
    assert "With Zhao Lei, the direct superior" in said


def test_refusing_asks_for_the_reason_beside_the_list(desk, open_page):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, TUESDAY))
    page = open_page(desk.as_(desk.chen))

    press(page.list, Qt.Key.Key_R)
    waits = page.pane.send.isEnabled()
    type_into(page.pane.entry, "Too few people")
    QTest.keyClick(page.pane.entry, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (found,) = queries.leave_requests(desk.as_(desk.wang))
    assert not waits
    assert (found.state, found.decision_note) == (LeaveState.REFUSED, "Too few people")


def test_escape_leaves_the_reason_and_refuses_nothing(desk, open_page):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, TUESDAY))
    page = open_page(desk.as_(desk.chen))
    press(page.list, Qt.Key.Key_R)
    type_into(page.pane.entry, "No")

    press(page.pane.entry, Qt.Key.Key_Escape)

    assert leave_state(desk) is LeaveState.ASKED
    assert page.list.hasFocus()


def test_what_falls_away_is_shown_and_a_substitute_takes_it_over(desk, open_page):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, TUESDAY))
    page = open_page(desk.as_(desk.chen))
    before = effects(page)
    offered = [page.pane.substitute.itemText(at) for at in range(page.pane.substitute.count())]

    page.pane.substitute.setCurrentIndex(1)
    page.pane.substitute.activated.emit(1)
    after = effects(page)
    page.list.setFocus()
    press(page.list, Qt.Key.Key_A)

    assert "Mon 23 Nov Day: falls away" in before
    assert offered[0] == "nobody"
    assert offered[1].startswith("Chen Jie: 2 of 2 shifts")
    assert "Mon 23 Nov Day: Chen Jie takes it over" in after
    assert desk.cells()["Chen Jie", "Mon"] == "D"


def test_whoever_asked_may_withdraw_it(desk, open_page):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, TUESDAY))
    page = open_page(desk.as_(desk.wang))
    page.show_part("mine")

    press(page.list, Qt.Key.Key_W)

    assert leave_state(desk) is LeaveState.WITHDRAWN


def test_a_refusal_of_the_form_is_told_in_it_and_nothing_typed_is_lost(desk, open_page):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, TUESDAY))
    page = open_page(desk.as_(desk.wang))
    page.ask_leave()
    popup = page.asking.popup
    type_into(popup.first, "23")
    type_into(popup.reason, "Again")

    popup.confirm()

    assert "There is a request for these days already" in popup.refusal.text()
    assert popup.reason.toPlainText() == "Again"


def test_a_day_nobody_can_read_keeps_the_form_waiting(desk, open_page):
    page = open_page(desk.as_(desk.wang))
    page.ask_leave()
    popup = page.asking.popup

    type_into(popup.first, "32")
    type_into(popup.reason, "Family visit")

    assert popup.first_field.error == "Not a day"
    assert not popup.act.isEnabled()


def test_sickness_is_recorded_at_once(desk, open_page):
    page = open_page(desk.as_(desk.chen))
    page.record_absence()
    popup = page.asking.popup
    popup.person.setCurrentText("Wang Fang")
    type_into(popup.first, "23")
    type_into(popup.reason, "Ill")

    popup.confirm()

    assert desk.cells()["Wang Fang", "Mon"] == "V"


# -- swaps ----------------------------------------------------------------------------------------------


def test_a_swap_goes_from_the_offer_to_the_roster_by_keys(desk, open_page):
    giver = open_page(desk.as_(desk.wang))
    giver.show_target({"offer": MONDAY.isoformat(), "to": desk.li.id, "back": THURSDAY.isoformat()})
    QTest.keyClick(giver.asking.popup, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    taker = open_page(desk.as_(desk.li))
    press(taker.list, Qt.Key.Key_A)
    decider = open_page(desk.as_(desk.chen))

    press(decider.list, Qt.Key.Key_A)

    assert swap_state(desk) is SwapState.APPROVED
    assert (desk.cells()["Li Na", "Mon"], desk.cells()["Wang Fang", "Thu"]) == ("D", "D")


def test_what_a_swap_does_is_shown_before_anybody_agrees(desk, open_page):
    desk.paint(desk.li, TUESDAY, desk.night)
    swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(WEDNESDAY, desk.li))

    page = open_page(desk.as_(desk.li))

    shown = effects(page)
    assert "24 → 36" in shown
    assert any(text.startswith("Forbidden: Day shift after a night: Li Na, Wed") for text in shown)
    assert any(text.startswith("Fairness ") for text in shown)
    assert desk.cells()["Wang Fang", "Wed"] == "D"


def test_against_a_rule_that_forbids_it_approval_asks_why(desk, open_page):
    desk.paint(desk.li, TUESDAY, desk.night)
    asked = swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(WEDNESDAY, desk.li))
    swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)
    page = open_page(desk.as_(desk.chen))

    press(page.list, Qt.Key.Key_A)
    between = swap_state(desk)
    type_into(page.pane.entry, "Nobody else can")
    QTest.keyClick(page.pane.entry, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert between is SwapState.ACCEPTED
    assert swap_state(desk) is SwapState.APPROVED


def test_declining_is_one_key(desk, open_page):
    swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, desk.li))
    page = open_page(desk.as_(desk.li))

    press(page.list, Qt.Key.Key_R)

    assert swap_state(desk) is SwapState.DECLINED


def test_the_offer_names_what_stands_in_a_colleagues_way(desk, open_page):
    desk.paint(desk.li, TUESDAY, desk.night)
    page = open_page(desk.as_(desk.wang))

    page.show_target({"offer": WEDNESDAY.isoformat()})

    box = page.asking.popup.colleague
    offered = [box.itemText(at) for at in range(box.count())]
    assert offered[0] == "anybody"
    assert any(text.startswith("Li Na: free, rest 0 h, forbidden: ") for text in offered)
    assert any(text.startswith("Chen Jie: free") for text in offered)


def test_a_shift_is_taken_over_at_once_and_put_back(desk, open_page):
    before = desk.cells()
    taker = open_page(desk.as_(desk.li))
    taker.show_target({"take": MONDAY.isoformat(), "person": desk.wang.id})
    type_into(taker.asking.popup.reason, "Wang is ill")
    QTest.keyClick(taker.asking.popup.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    during = desk.cells()

    press(taker.list, Qt.Key.Key_B)

    assert during["Li Na", "Mon"] == "D"
    assert desk.cells() == before


def test_what_was_withdrawn_meanwhile_is_not_approved(desk, open_page, env):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, TUESDAY))
    page = open_page(desk.as_(desk.chen))
    (request,) = queries.leave_requests(desk.as_(desk.chen))
    commands.withdraw_leave(desk.as_(desk.wang), request.id, version=1)

    press(page.list, Qt.Key.Key_A)

    assert leave_state(desk) is LeaveState.WITHDRAWN
    assert [error.code for error in env.shell.errors] == ["leave.not_now"]


def test_a_swap_taken_elsewhere_is_read_again(desk, open_page):
    page = open_page(desk.as_(desk.chen))

    taking_commands.take_shift(desk.as_(desk.li), desk.swap(MONDAY, desk.li, reason="Wang is ill"))
    page.show_part("done")

    assert lines(page)[0].startswith("Wang Fang → Li Na")


# -- fairness and own shifts ------------------------------------------------------------------------------


def test_an_agent_sees_their_own_figures_and_the_mean_only(desk, open_page, clock):
    clock.advance(timedelta(days=10))
    page = open_page(desk.as_(desk.li))

    page.show_part("fairness")

    names = [page.fairness.model.cell(row, 0).text for row in range(page.fairness.model.rowCount())]
    assert names == ["Li Na (you)", "Mean of First line"]


def test_who_decides_sees_everybody(desk, open_page, clock):
    clock.advance(timedelta(days=10))
    page = open_page(desk.as_(desk.chen))

    page.show_part("fairness")

    names = [page.fairness.model.cell(row, 0).text for row in range(page.fairness.model.rowCount())]
    assert names == ["Li Na", "Wang Fang", "Mean of First line"]


def test_ones_own_shifts_are_saved_as_a_calendar_file(desk, open_page, env, tmp_path):
    page = open_page(desk.as_(desk.wang))
    page.show_part("shifts")
    env.dialogs.path = tmp_path / "mine.ics"

    page.action_set.run("requests.calendar")

    assert (tmp_path / "mine.ics").read_bytes().count(b"BEGIN:VEVENT") == 3


# -- texts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", PAYLOADS[::25])
def test_hostile_text_in_a_reason_is_shown_as_it_is(desk, open_page, text):
    details = desk.leave_of(desk.wang, MONDAY, TUESDAY)
    commands.ask_leave(desk.as_(desk.wang), type(details)(*[*_values(details)[:4], text]))

    page = open_page(desk.as_(desk.chen))

    assert page.pane.reason.textFormat() is Qt.TextFormat.PlainText
    assert page.pane.reason.text() == text.strip().lstrip("\ufeff")  # Qt leaves out a byte order mark


def _values(details):
    return [getattr(details, name) for name in details.__slots__]


def test_everything_can_be_read_in_both_languages(desk, open_page, either_language):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, TUESDAY))
    page = open_page(desk.as_(desk.chen))

    assert_readable(page)


# -- coming from elsewhere ----------------------------------------------------------------------------------


def test_a_notice_opens_the_list_with_its_request(desk, open_page):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY))
    asked = swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(TUESDAY, None))
    page = open_page(desk.as_(desk.li))

    page.show_target({"swap": asked.id})

    assert page.parts.key == "open"
    assert page.list.key == asked.id * 2 + 1


@pytest.mark.parametrize(
    "target",
    [{"swap": "x"}, {"leave": 999}, {"offer": "soon"}, {"take": 7}, {"show": "nothing"}, {"ask": "money"}],
)
def test_a_target_nobody_understands_is_passed_over(desk, open_page, target):
    page = open_page(desk.as_(desk.li))

    page.show_target(target)

    assert page.parts.key == "decide"
    assert page.asking.popup is None


def test_the_part_shown_comes_back(desk, open_page):
    page = open_page(desk.as_(desk.li))
    page.show_part("mine")
    again = open_page(desk.as_(desk.li))

    again.restore_state(page.save_state())

    assert again.parts.key == "mine"


def test_who_may_only_read_is_offered_nothing(desk, open_page):
    swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, None))
    reader = desk.ctx.acting_as(Actor(desk.li.id, "Li Na", frozenset({"roster.read"}), "pc"))

    page = open_page(reader)
    page.show_part("open")

    assert len(lines(page)) == 1
    assert not [button for button in page.pane.buttons.values() if button.isVisible()]
    assert not page.ask.isVisible()
