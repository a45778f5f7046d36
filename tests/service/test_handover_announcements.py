"""A shift's sheet names what is announced: lines to tick, frozen as the others once both have signed."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.announcements import AnnouncementDetails, AnnouncementKind
from app.models.entities.handover import LineState, Section
from app.services.announcements import commands
from app.services.base.clock import FixedClock
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.base.texts import Texts
from app.services.handover.book import verify_book
from app.services.handover.words import HandoverWords
from app.services.reports.queries import shift_report
from tests.support.handovers import BEFORE_CHANGE, FRIDAY, HandoverDesk, handover_desk
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture

HOUR = timedelta(hours=1)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


def announce(desk, title, kind=AnnouncementKind.FAULT, **more):
    writer = desk.as_(desk.wang, *ALL_PERMISSIONS)
    return commands.write_announcement(writer, AnnouncementDetails(kind, title, **more))


def notes(handover):
    return [line for line in handover.lines if line.section is Section.NOTE]


def titles(handover):
    return [line.body["text"] for line in notes(handover)]


def test_the_sheet_names_what_holds_and_what_begins_within_the_next_shift(desk):
    announce(desk, "Mail is down")
    announce(desk, "ERP maintenance", shown_from=BEFORE_CHANGE + 3 * HOUR)
    announce(desk, "Next week", shown_from=BEFORE_CHANGE + timedelta(days=7))

    assert titles(desk.opened()) == ["Mail is down", "ERP maintenance"]


def test_what_is_withdrawn_or_over_is_not_handed_over(desk, clock):
    gone = announce(desk, "Wrong")
    commands.withdraw_announcement(desk.as_(desk.wang, *ALL_PERMISSIONS), gone.id, version=1)
    announce(desk, "Short", shown_until=BEFORE_CHANGE + HOUR / 12)
    clock.advance(HOUR / 12)

    assert titles(desk.opened()) == []


@pytest.mark.parametrize(
    ("language", "said", "facts"),
    [
        ("en", "Known fault: Mail is down", "20 Nov 19:50 to 20 Nov 21:50 · Wang Fang"),
        ("zh_CN", "已知故障：Mail is down", "11月20日 19:50 至 11月20日 21:50"),
    ],
)
def test_a_line_says_what_it_is_how_long_it_holds_and_who_announced_it(desk, language, said, facts):
    announce(desk, "Mail is down", shown_until=BEFORE_CHANGE + 2 * HOUR)
    (line,) = notes(desk.opened())

    words = HandoverWords(Texts(language), ZONE).line(line.section, line.reference, line.body)

    assert words.title == said
    assert words.facts.startswith(facts)


def test_a_kind_of_a_newer_program_is_read_by_its_title(desk):
    announce(desk, "Mail is down")
    (line,) = notes(desk.opened())

    words = HandoverWords(Texts("en"), ZONE).line(
        line.section, line.reference, {**line.body, "announced": "party"}
    )

    assert words.title == "Mail is down"


def test_once_signed_it_stays_as_it_was_seen(desk):
    made = announce(desk, "Mail is down")
    closed = desk.closed()
    later = AnnouncementDetails(AnnouncementKind.FAULT, "Mail is slow")
    commands.edit_announcement(desk.as_(desk.wang, *ALL_PERMISSIONS), made.id, later, version=1)

    after = desk.sheet(closed.id)

    assert (titles(after), notes(after)[0].state) == (["Mail is down"], LineState.TICKED)
    assert verify_book(desk.ctx).faults == ()


def test_the_report_of_the_shift_lists_what_was_announced_during_it(desk):
    announce(desk, "Mail is down", shown_until=BEFORE_CHANGE + 2 * HOUR)
    announce(desk, "Next week", shown_from=BEFORE_CHANGE + timedelta(days=7))

    report = shift_report(desk.as_(desk.wang, *ALL_PERMISSIONS), FRIDAY, "D", "en")

    (note,) = report.notes
    assert note.text.startswith("Known fault: Mail is down\n20 Nov 19:50 to 20 Nov 21:50")
    assert (note.by, note.at) == ("Wang Fang", BEFORE_CHANGE)
