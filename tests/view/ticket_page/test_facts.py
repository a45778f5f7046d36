"""Promised times on a ticket's page, by keyboard: works again, told, handed on early, estimated."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.entities.errors import BadInput
from app.models.entities.tickets import TicketStatus, TicketType
from app.services.tickets import edit_commands
from tests.support.describe import clipped_texts, nameless_inputs
from tests.support.ticket_page import SMALLEST, opened, read, shown_value

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ENTER = Qt.Key.Key_Return


def focused():
    return QApplication.focusWidget()


def type_over(line, text):
    line.selectAll()
    QTest.keyClicks(line, text)


def press(widget, key):
    QTest.keyClick(widget, key)


def edit(ctx, ticket, **changes):
    now = read(ctx, ticket)
    base = {name: getattr(now, name) for name in changes}
    edit_commands.edit_ticket(ctx, ticket, version=now.version, changes=changes, base=base)


def says(page):
    return [row.item.words for row in page.view.timeline.rows]


# -- the service works again ---------------------------------------------------------------------------


def test_one_key_and_enter_say_that_the_service_works_again_now(ctx, page, ticket):
    press(page, Qt.Key.Key_Y)
    press(page.facts.restoring.line, ENTER)

    assert read(ctx, ticket).restored_at == ctx.clock.now()
    assert page.view.header.restored.isVisible()
    assert shown_value(page, "restored_at") == page.env.format.clock(ctx.clock.now())


def test_an_earlier_time_is_typed(ctx, clock, page, ticket):
    clock.advance(2 * HOUR)
    page.facts.restore()

    type_over(page.facts.restoring.line, "40 min ago")
    press(page.facts.restoring.line, ENTER)

    assert read(ctx, ticket).restored_at == clock.now() - 40 * MINUTE


def test_a_text_that_is_no_time_keeps_the_old_one_and_says_what_would_be_right(ctx, page, ticket):
    page.facts.restore()
    popup = page.facts.restoring
    before = popup.line.value

    type_over(popup.line, "soon")
    press(popup.line, ENTER)

    assert popup.isVisible()
    assert popup.line.value == before
    assert "“soon” is no time." in popup.field.error
    assert read(ctx, ticket).restored_at is None


def test_it_can_be_said_not_to_work_after_all(ctx, page, ticket):
    page.facts.restore()
    press(page.facts.restoring.line, ENTER)
    page.facts.restore()

    page.facts.restoring.forget.click()

    assert read(ctx, ticket).restored_at is None
    assert page.view.header.restored.isHidden()


def test_a_request_has_nothing_to_restore(ctx, page, ticket):
    edit(ctx, ticket, type=TicketType.REQUEST)
    page.refresh()

    assert page.facts.blocked_restoring().startswith("Only incidents")


# -- the time told -------------------------------------------------------------------------------------


def test_one_key_offers_what_the_sla_promises_and_enter_tells_it(ctx, page, ticket):
    press(page, Qt.Key.Key_I)
    popup = page.facts.telling
    offered = popup.note.text()
    press(popup.line, ENTER)

    after = read(ctx, ticket)
    assert offered.startswith("Tell them: solved by ")
    assert after.promised_at == after.resolution_due_at
    assert page.view.clocks.resolution.told.isVisible()
    assert any(words.startswith("told the user: solved by") for words in says(page))


def test_a_later_time_is_asked_about_and_told_all_the_same(ctx, page, ticket):
    page.facts.tell()
    popup = page.facts.telling

    type_over(popup.line, "3 d")
    asked = popup.notice.isVisible(), popup.act.text()
    press(popup.line, ENTER)

    assert asked == (True, "Tell it all the same")
    assert read(ctx, ticket).promised_at == ctx.clock.now() + timedelta(days=3)


def test_a_time_that_has_passed_cannot_be_told(ctx, page, ticket):
    page.facts.tell()
    popup = page.facts.telling

    type_over(popup.line, "20 min ago")

    assert not popup.act.isEnabled()
    assert read(ctx, ticket).promised_at is None


def test_the_mark_turns_when_the_time_told_is_near_and_when_it_is_over(ctx, clock, page, ticket):
    page.facts.tell()
    type_over(page.facts.telling.line, "30 min")
    press(page.facts.telling.line, ENTER)

    clock.advance(31 * MINUTE)
    page.refresh()

    assert page.view.clocks.resolution.told.toolTip().startswith("The time the user was told is over")


# -- until when the user can wait ----------------------------------------------------------------------


def test_it_is_typed_in_the_properties_and_a_quiet_line_tells_what_follows(ctx, page, ticket):
    page.view.properties.edit("bearable_until")
    line = focused()
    QTest.keyClicks(line, "30 min")
    press(line, ENTER)

    assert read(ctx, ticket).bearable_until == ctx.clock.now() + 30 * MINUTE
    assert page.view.quiet.isVisible()
    assert page.view.quiet.text().startswith("The user can wait until ")


def test_what_is_no_time_is_told_and_nothing_changes(ctx, page, ticket, env):
    page.view.properties.edit("bearable_until")
    line = focused()
    QTest.keyClicks(line, "never")
    press(line, ENTER)

    assert isinstance(env.shell.errors[-1], BadInput)
    assert read(ctx, ticket).bearable_until is None


# -- the estimate --------------------------------------------------------------------------------------


def test_the_estimate_is_folded_and_unfolds_by_its_own_row(page):
    rows = page.view.properties.rows
    before = rows["estimate_minutes"].isHidden()

    rows["estimate"].value.click()

    assert (before, rows["estimate_minutes"].isHidden()) == (True, False)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("estimate_minutes", "1 h 30 min", 90),
        ("estimate_people", "2 people", 2),
        ("estimate_cost", "1,200", 1200),
    ],
)
def test_estimates_are_typed_as_people_write_them(ctx, page, ticket, name, typed, value):
    page.view.properties.facts.toggle_estimate()
    page.view.properties.edit(name)

    QTest.keyClicks(focused(), typed)
    press(focused(), ENTER)

    assert getattr(read(ctx, ticket), name) == value


def test_a_folded_estimate_says_what_was_estimated(ctx, page, ticket):
    edit(ctx, ticket, estimate_minutes=90, estimate_people=2, estimate_cost=1200)
    page.refresh()

    assert shown_value(page, "estimate") == "1 h 30 min · 2 people · 1,200 CNY"


# -- handing on ----------------------------------------------------------------------------------------


@pytest.fixture
def second(make, category):
    team = make.team(name="Specialists", line=2)
    make._link("category_team", {"category_id": category, "line": 2, "team_id": team})
    return team


def test_one_key_hands_the_ticket_to_the_next_line(ctx, page, ticket, second):
    press(page, Qt.Key.Key_D)

    after = read(ctx, ticket)
    assert (after.team_id, after.status) == (second.id, TicketStatus.ASSIGNED)


def test_a_ticket_that_will_be_late_says_so_on_its_clock(ctx, page, ticket):
    edit(ctx, ticket, estimate_minutes=100_000)
    page.refresh()

    button = page.view.clocks.resolution.early
    assert button.text() == "Will not be in time"
    assert "It is estimated to take" in button.toolTip()


def test_cannot_be_in_time_shows_what_is_expected_and_enter_hands_it_on(second, ctx, page, ticket):
    edit(ctx, ticket, estimate_minutes=100_000)
    page.refresh()
    page.view.clocks.resolution.early.click()
    popup = page.facts.early
    told = popup.act.text()

    press(focused(), ENTER)

    assert told == "Send to Specialists"
    assert read(ctx, ticket).team_id == second.id
    assert any("early, the promise could not be kept" in words for words in says(page))


def test_without_a_team_of_a_next_line_the_popup_says_so(page):
    page.facts.cannot_be_in_time()
    popup = page.facts.early

    press(focused(), ENTER)

    assert not popup.act.isEnabled()


# -- readable ------------------------------------------------------------------------------------------


def test_everything_fits_the_smallest_window(qtbot, ctx, clock, env, ticket):
    edit(ctx, ticket, estimate_minutes=100_000, bearable_until=clock.now() + HOUR)
    page = opened(qtbot, ctx, env, ticket, SMALLEST)
    page.facts.restore()
    press(page.facts.restoring.line, ENTER)
    page.facts.tell()
    press(page.facts.telling.line, ENTER)

    assert clipped_texts(page.view.clocks) == []
    assert clipped_texts(page.view.header) == []
    assert nameless_inputs(page) == []
