"""Announcements: written, changed, ended, withdrawn, read; and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.entities.announcements import AnnouncementChannel, AnnouncementKind, AnnouncementState
from app.models.entities.errors import BadInput, NotAllowed, NotFound, RuleViolation, StaleRecord
from app.models.entities.events import AnnouncementsChanged
from app.services.announcements import commands, queries
from tests.report.payloads import PAYLOADS
from tests.support.announcing import AnnouncingDesk, announcing_desk

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(ctx, make) -> AnnouncingDesk:
    return announcing_desk(ctx, make)


def test_what_is_announced_holds_from_now_on_and_every_program_hears_of_it(desk, announced):
    made = desk.write("  Mail   is down ", text="Nobody can send.")

    found = desk.one(made)
    assert (found.details.title, found.details.text) == ("Mail is down", "Nobody can send.")
    assert (found.state, found.written_by) == (AnnouncementState.SHOWN, "Chen Jie")
    assert AnnouncementsChanged(frozenset({made})) in announced


def test_it_leads_to_its_service_article_and_ticket(desk):
    service = desk.make.service(name="Mail", name_alt="邮件")
    article = desk.make.article(title="Mail: how to look")
    ticket = desk.make.ticket(subject="Mail is down for all")

    made = desk.write(service_id=service.id, article_id=article.id, ticket_id=ticket.id)

    found = desk.one(made)
    assert (found.service_name, found.service_name_alt) == ("Mail", "邮件")
    assert found.article is not None
    assert found.article.title == "Mail: how to look"
    assert found.ticket is not None
    assert (found.ticket.number, found.ticket.subject) == (ticket.number, "Mail is down for all")


def test_ways_ticked_are_kept_once_each_and_in_their_order(desk):
    told = (AnnouncementChannel.PHONE, AnnouncementChannel.BOARD, AnnouncementChannel.PHONE)

    made = desk.write(channels=told)

    assert desk.one(made).details.channels == (AnnouncementChannel.BOARD, AnnouncementChannel.PHONE)


def test_time_alone_carries_it_from_planned_over_shown_to_ended(desk, clock):
    now = clock.now()
    made = desk.write(shown_from=now + HOUR, shown_until=now + 2 * HOUR)
    states = [desk.state(made)]
    clock.advance(HOUR)
    states.append(desk.state(made))
    clock.advance(HOUR)

    states.append(desk.state(made))

    assert states == [AnnouncementState.PLANNED, AnnouncementState.SHOWN, AnnouncementState.ENDED]


def test_only_a_new_system_keeps_a_day_and_training(desk):
    made = desk.write(live_on=date(2026, 12, 1), training_minutes=60)

    details = desk.one(made).details
    assert (details.live_on, details.training_minutes) == (None, None)


@pytest.mark.parametrize("title", PAYLOADS[::30])
def test_any_text_comes_back_as_text(desk, title):
    made = desk.write(f"x {title}"[:200], text=title)

    assert desk.one(made).details.title.startswith("x")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " \n "}, "announcements.title_missing"),
        ({"title": "x" * 201}, "announcements.too_long"),
        ({"text": "x" * 10_001}, "announcements.too_long"),
        ({"kind": AnnouncementKind.NEW_SYSTEM, "live_on": date(2026, 12, 1), "training_minutes": 0},
         "announcements.minutes"),
    ],
)  # fmt: skip
def test_what_cannot_be_announced_is_refused(desk, more, code):
    with pytest.raises(BadInput, match=code):
        desk.write(**more)


def test_an_end_before_its_beginning_is_refused(desk, clock):
    begin = clock.now() + HOUR

    with pytest.raises(BadInput, match=r"announcements\.ends_before"):
        desk.write(shown_from=begin, shown_until=begin)


def test_what_is_over_already_is_not_announced(desk, clock):
    with pytest.raises(BadInput, match=r"announcements\.over_already"):
        desk.write(shown_from=clock.now() - 2 * HOUR, shown_until=clock.now() - HOUR)


def test_training_without_a_day_is_refused(desk):
    with pytest.raises(RuleViolation, match=r"announcements\.live_day_missing"):
        desk.write(kind=AnnouncementKind.NEW_SYSTEM, training_minutes=60)


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("service_id", "catalogue.service_missing"),
        ("article_id", "knowledge.not_found"),
        ("ticket_id", "tickets.not_found"),
    ],
)
def test_what_is_not_there_cannot_be_linked(desk, link, code):
    with pytest.raises(NotFound, match=code):
        desk.write(**{link: 4711})


def test_an_announcement_whose_article_is_gone_can_still_be_read_and_changed(desk, ctx):
    article = desk.make.article()
    made = desk.write(article_id=article.id)
    desk.forget("article", article.id)
    found = desk.one(made)

    commands.edit_announcement(desk.writer, made, replace(found.details, title="Mail works"), version=1)

    assert (found.article, desk.one(made).details.title) == (None, "Mail works")


def test_whoever_may_not_announce_is_told_so(desk):
    with pytest.raises(NotAllowed):
        commands.write_announcement(desk.reader, desk.details())


def test_of_two_who_change_it_the_second_is_told(desk):
    made = desk.write()
    commands.edit_announcement(desk.writer, made, desk.details("Mail is slow"), version=1)

    with pytest.raises(StaleRecord):
        commands.edit_announcement(desk.writer, made, desk.details("Mail is gone"), version=1)

    assert desk.one(made).details.title == "Mail is slow"


def test_a_change_keeps_its_beginning_and_is_taken_back(desk, clock):
    made = desk.write()
    begun = desk.one(made).shown_from
    clock.advance(HOUR)

    changed = commands.edit_announcement(desk.writer, made, desk.details("Mail is slow"), version=1)
    after = desk.one(made)
    changed.undo.run()

    assert (after.details.title, after.shown_from) == ("Mail is slow", begun)
    assert desk.one(made).details.title == "Mail is down"


def test_writing_is_taken_back_and_done_again(desk):
    outcome = commands.write_announcement(desk.writer, desk.details())

    taken_back = outcome.undo.run()
    gone = desk.state(outcome.id)
    taken_back.undo.run()

    assert (gone, desk.state(outcome.id)) == (AnnouncementState.WITHDRAWN, AnnouncementState.SHOWN)


def test_a_withdrawn_one_stays_on_record_with_who_withdrew_it(desk):
    made = desk.write()

    commands.withdraw_announcement(desk.writer, made, version=1)

    assert desk.one(made).withdrawn_by == "Chen Jie"
    assert desk.in_force() == []
    assert [one.id for one in queries.announcements(desk.reader)] == [made]


def test_what_is_withdrawn_is_neither_changed_nor_withdrawn_again(desk):
    made = desk.write()
    commands.withdraw_announcement(desk.writer, made, version=1)

    with pytest.raises(RuleViolation, match=r"announcements\.withdrawn"):
        commands.edit_announcement(desk.writer, made, desk.details(), version=2)
    with pytest.raises(RuleViolation, match=r"announcements\.over"):
        commands.withdraw_announcement(desk.writer, made, version=2)


def test_a_fault_that_is_mended_ends_now_and_the_end_is_taken_back(desk, clock):
    made = desk.write()
    clock.advance(HOUR)

    ended = commands.end_announcement(desk.writer, made, version=1)
    after = desk.state(made)
    ended.undo.run()

    assert (after, desk.state(made)) == (AnnouncementState.ENDED, AnnouncementState.SHOWN)


def test_ending_one_that_is_still_to_come_withdraws_it(desk, clock):
    made = desk.write(shown_from=clock.now() + HOUR)

    commands.end_announcement(desk.writer, made, version=1)

    assert desk.state(made) is AnnouncementState.WITHDRAWN


def test_one_who_says_to_have_read_it_is_counted_once_and_can_take_it_back(desk):
    made = desk.write(must_read=True)

    said = commands.mark_announcement_read(desk.reader, made)
    commands.mark_announcement_read(desk.reader, made)
    read = {one.name for one in queries.readings(desk.reader, made) if one.at is not None}
    said.undo.run()

    assert read == {"Chen Jie", "Wang Fang"}
    assert desk.one(made).is_unread


def test_reading_what_does_not_exist_is_told(desk):
    with pytest.raises(NotFound, match=r"announcements\.not_found"):
        commands.mark_announcement_read(desk.reader, 99)


def test_what_must_still_be_read_stands_first_the_oldest_on_top(desk, clock):
    desk.write("News of today", kind=AnnouncementKind.NEWS)
    clock.advance(HOUR)
    desk.write("Read me first", must_read=True, kind=AnnouncementKind.NEWS)
    clock.advance(HOUR)
    desk.write("Read me second", must_read=True)
    clock.advance(HOUR)

    desk.write("Mail is down")

    assert desk.in_force() == ["Read me first", "Read me second", "Mail is down", "News of today"]


def test_the_list_shows_what_holds_then_what_comes_then_what_was(desk, clock):
    now = clock.now()
    desk.write("over", shown_until=now + HOUR)
    desk.write("to come", shown_from=now + 9 * HOUR)
    commands.withdraw_announcement(desk.writer, desk.write("withdrawn"), version=1)
    desk.write("holds")
    clock.advance(2 * HOUR)

    found = queries.announcements(desk.reader)

    assert [one.details.title for one in found] == ["holds", "to come", "over", "withdrawn"]


def test_the_list_of_one_state_holds_no_other(desk, clock):
    desk.write("holds")
    desk.write("to come", shown_from=clock.now() + HOUR)

    found = queries.announcements(desk.reader, state=AnnouncementState.PLANNED)

    assert [one.details.title for one in found] == ["to come"]
