"""The desk page: my queue, what breaches next, who is on duty, notes, and today's figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox

from app.models.entities.tickets import TicketStatus
from app.services.base.context import Actor
from app.services.roster import queries as roster
from app.services.tickets import queries as tickets
from app.views.base.i18n import current
from app.views.desk.page import DeskPage
from app.views.desk.presenter import QueuePart
from tests.support.describe import assert_readable, clipped_texts
from tests.support.pages import page_env
from tests.support.site import set_up_site

TODAY = date(2026, 11, 20)
TWO_PM = datetime(2026, 11, 20, 6, tzinfo=UTC)  # 14:00 in Shanghai


@pytest.fixture(params=["en", "zh_CN"])
def either_language(request):
    """The window's language, for what must hold in both."""
    before = current.code
    current.use(request.param)
    yield request.param
    current.use(before)


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx, clock):
    set_up_site(ctx)
    clock.set(TWO_PM)


@pytest.fixture
def me(ctx, make, site):
    """Li Na, who may do everything."""
    person = make.agent(name="Li Na")
    return ctx.acting_as(Actor(person.id, "Li Na", ctx.actor.permissions, "tests"))


@pytest.fixture
def crew(make, site):
    """A day shift led by Wang Fang with Li Na; a night shift that nobody works."""
    first_line = make.team(name="First line", name_alt="一线")
    leader = make.agent(name="Wang Fang", teams=(first_line,))
    agent = make.agent(name="Xu Bo", teams=(first_line,))
    day = make.shift_template("D", name="Day", name_alt="白班", duration_minute=720, tone="d", position=1)
    night = make.shift_template(
        "N", name="Night", start_minute=1200, duration_minute=720, tone="n", position=2
    )
    make.assignment(leader, TODAY, day, is_supervisor=True)
    make.assignment(agent, TODAY, day)
    make._link("phone_number", {"person_id": leader, "kind": "mobile", "number": "13900000101", "digits": ""})
    make._link("phone_number", {"person_id": agent, "kind": "extension", "number": "6102", "digits": ""})
    make._link(
        "coverage_rule",
        {"template_id": night, "team_id": first_line, "day_type": "workday", "minimum": 1},
    )
    return leader, agent


def shown(qtbot, ctx, env):
    page = DeskPage(ctx, env)
    qtbot.addWidget(page)
    page.resize(1368, 816)
    page.show()
    page.refresh()
    return page


def subjects(card):
    return [row.subject for row in card.rows.rows]


def test_my_queue_holds_my_open_tickets_and_no_others(qtbot, me, env, make):
    mine = {"assignee_id": me.actor.person_id}
    make.ticket(subject="mine", status=TicketStatus.IN_PROGRESS, **mine)
    make.ticket(subject="done", status=TicketStatus.CLOSED, **mine)
    make.ticket(subject="nobody's")

    page = shown(qtbot, me, env)

    assert subjects(page.queue) == ["mine"]
    assert page.queue.note.text() == "1"


def test_the_queue_is_parted_into_what_i_do_and_what_waits(qtbot, me, env, make):
    mine = {"assignee_id": me.actor.person_id}
    make.ticket(subject="to do", status=TicketStatus.IN_PROGRESS, **mine)
    make.ticket(subject="waits", status=TicketStatus.WAITING, **mine)
    page = shown(qtbot, me, env)

    page.queue.parts.chosen.emit(QueuePart.WAITING)
    waiting = subjects(page.queue)
    page.queue.parts.chosen.emit(QueuePart.TO_DO)

    assert waiting == ["waits"]
    assert subjects(page.queue) == ["to do"]


def test_enter_opens_the_ticket(qtbot, me, env, make):
    ticket = make.ticket(assignee_id=me.actor.person_id, status=TicketStatus.IN_PROGRESS)
    page = shown(qtbot, me, env)

    qtbot.keyClick(page.queue.table, Qt.Key.Key_Return)

    assert env.shell.opened == [("ticket", {"id": ticket.id})]


def test_what_breaches_next_comes_first_and_paused_tickets_do_not_count(qtbot, me, env, make):
    make.ticket(subject="tomorrow", due_in=timedelta(days=1))
    make.ticket(subject="over", due_in=timedelta(minutes=-18))
    make.ticket(subject="paused", due_in=timedelta(minutes=5), status=TicketStatus.WAITING)
    make.ticket(subject="never promised")

    page = shown(qtbot, me, env)

    assert subjects(page.breaches) == ["over", "tomorrow"]
    cell = page.breaches.rows.cell(0, 4)
    assert cell.text == "−18 min"


def test_a_desk_without_promises_in_danger_says_so(qtbot, me, env):
    page = shown(qtbot, me, env)

    assert page.breaches.empty.isVisible()
    assert not page.breaches.table.isVisible()


def test_a_new_ticket_appears_by_itself(qtbot, me, env, make):
    page = shown(qtbot, me, env)
    make.ticket(subject="just now", assignee_id=me.actor.person_id, status=TicketStatus.ASSIGNED)

    page.presenter.refresh_tickets()

    assert subjects(page.queue) == ["just now"]


def test_the_strip_shows_who_works_today_and_where_somebody_is_missing(qtbot, me, env, crew):
    page = shown(qtbot, me, env)

    said = page.coverage.strip.accessibleDescription()
    assert "Wang Fang: Day · Duty supervisor 08:00–20:00" in said
    assert "First line: 1 missing 20:00–08:00" in said
    assert page.coverage.gaps.accessibleName() == "1 gap today"


def test_who_is_on_duty_stands_above_the_notes_and_can_be_seen_without_scrolling(qtbot, me, env, crew):
    page = shown(qtbot, me, env)
    qtbot.waitUntil(lambda: page.duty.height() > 0)

    last = page.duty.mapTo(page, page.duty.rect().bottomLeft()).y()
    assert last < page.notes.mapTo(page, page.notes.rect().topLeft()).y()
    assert last < page.height()


def test_a_bar_that_runs_out_of_the_strip_says_the_shift_alone(qtbot, me, env, crew, make):
    evening = make.shift_template("E", name="Evening", start_minute=1260, duration_minute=720, tone="n")
    second_line = make.team(name="Second line")
    make.assignment(make.agent(name="Sun Lei", teams=(second_line,)), TODAY, evening)

    page = shown(qtbot, me, env)

    rows = {row.name: row.bars[0].text for row in page.coverage.shown.rows}
    assert (rows["Sun Lei"], rows["Xu Bo"]) == ("Evening", "Day · First line")


def test_at_two_at_night_it_is_still_yesterdays_shift(qtbot, me, env, crew, clock):
    clock.set(datetime(2026, 11, 20, 18, tzinfo=UTC))

    page = shown(qtbot, me, env)

    assert page.coverage.shown.on == TODAY
    assert page.coverage.shown.end >= 26


def test_the_duty_supervisors_mobile_is_the_emergency_number(qtbot, me, env, crew):
    page = shown(qtbot, me, env)
    numbers = {button.text(): button for button in page.duty.findChildren(type(page.print))}

    qtbot.mouseClick(numbers["139 0000 0101"], Qt.MouseButton.LeftButton)

    assert "6102" in numbers
    assert QGuiApplication.clipboard().text() == "13900000101"


def test_a_shift_without_a_leader_is_told(qtbot, me, env, site):
    page = shown(qtbot, me, env)

    labels = [label.text() for label in page.duty.findChildren(type(page.header.title))]
    assert "No duty supervisor is named for this shift." in labels


def test_a_note_is_left_with_enter_and_can_be_taken_back(qtbot, me, env, crew):
    page = shown(qtbot, me, env)
    page.notes.text.setText("Call Chen back before 18:00")

    qtbot.keyClick(page.notes.text, Qt.Key.Key_Return)
    left = [note.text for note in roster.shift_notes(me)]
    env.shell.outcomes[-1].undo.run()

    assert left == ["Call Chen back before 18:00"]
    assert page.notes.typed == ""
    assert roster.shift_notes(me) == []


def test_a_note_is_ticked_off(qtbot, me, env, crew):
    page = shown(qtbot, me, env)
    page.presenter.leave_note("Watch the mail gateway")
    page.presenter.refresh_notes()

    page.notes.findChildren(QCheckBox)[-1].click()

    assert roster.shift_notes(me) == []


def test_a_note_that_was_refused_stays_in_its_line(qtbot, me, env, site):
    page = shown(qtbot, me, env)  # no shift runs: there is nobody to leave it for
    page.notes.text.setText("Nobody is here")

    page.notes.leave.click()

    assert len(env.shell.errors) == 1
    assert page.notes.typed == "Nobody is here"


def test_somebody_who_may_not_write_notes_reads_them(qtbot, me, env, crew):
    permissions = me.actor.permissions - {"handover.write"}
    reader = me.acting_as(replace(me.actor, permissions=permissions))

    page = shown(qtbot, reader, env)

    assert not page.notes.text.isVisible()


def test_without_the_roster_the_page_still_stands(qtbot, me, env):
    reader = me.acting_as(replace(me.actor, permissions=frozenset({"tickets.read"})))

    page = shown(qtbot, reader, env)

    assert not page.coverage.isVisible()
    assert env.shell.errors == []


def test_figures_open_the_tickets_behind_them(qtbot, me, env, make):
    make.ticket()
    page = shown(qtbot, me, env)
    opened = page.tiles[0]

    qtbot.mouseClick(opened, Qt.MouseButton.LeftButton)

    (name, target) = env.shell.opened[-1]
    asked = tickets.ticket_query(me, target["query"])
    assert (name, opened.figure.value) == ("tickets", "1")
    assert tickets.ticket_count(me, asked) == (1, True)


def test_every_figures_list_can_be_read(qtbot, me, env):
    page = shown(qtbot, me, env)

    queries = [tickets.ticket_query(me, tile.figure.query) for tile in page.tiles]

    assert len(queries) == 4


def test_printing_opens_the_report_of_the_running_shift(qtbot, me, env, crew):
    page = shown(qtbot, me, env)

    page.print.click()

    assert env.shell.opened == [("reports", {"report": "shift", "day": "2026-11-20", "shift": "D"})]


def test_the_minute_moves_the_clock_and_the_line_of_now(qtbot, me, env, crew, clock):
    page = shown(qtbot, me, env)
    before = page.header.note.text()
    clock.set(TWO_PM + timedelta(minutes=1))

    env.ticker.minute.emit()

    assert before.endswith("14:00")
    assert page.header.note.text().endswith("14:01")


def test_a_half_written_note_survives_a_change_of_language(qtbot, me, env, crew):
    page = shown(qtbot, me, env)
    page.notes.text.setText("Half a")
    page.presenter.show_part(QueuePart.TO_DO)

    again = DeskPage(me, env)
    qtbot.addWidget(again)
    again.restore_state(page.save_state())

    assert again.notes.typed == "Half a"
    assert again.queue.parts.key == QueuePart.TO_DO


def test_the_smallest_window_needs_no_sideways_scrolling(qtbot, me, env, crew):
    page = shown(qtbot, me, env)

    assert page.body.widget().minimumSizeHint().width() <= 1280 - 72 - 12


def test_a_note_that_could_not_be_ticked_off_is_open_again(qtbot, me, env, crew, ctx):
    page = shown(qtbot, me, env)
    page.presenter.leave_note("Watch the mail gateway")
    page.presenter.refresh_notes()
    (note,) = roster.shift_notes(me)

    page.presenter._ctx = me.acting_as(replace(me.actor, permissions=frozenset({"roster.read"})))
    page.notes.findChildren(QCheckBox)[-1].click()

    assert len(env.shell.errors) == 1
    assert not page.notes.findChildren(QCheckBox)[-1].isChecked()
    assert roster.shift_notes(me) == [note]


def test_everything_can_be_read_and_reached_in_both_languages(
    qtbot, me, bus, tmp_path, crew, make, either_language
):
    make.ticket(assignee_id=me.actor.person_id, due_in=timedelta(hours=1))
    page = shown(qtbot, me, page_env(bus, tmp_path, language=either_language))

    page.resize(1280 - 72, 720 - 84)

    qtbot.waitUntil(lambda: not clipped_texts(page))  # changed hints reach their layouts by and by
    assert_readable(page)
