"""Where an announcement stands, what may be written, what fits a call, who is trained: without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.entities.announcements import (
    Announcement,
    AnnouncementChannel,
    AnnouncementDetails,
    AnnouncementKind,
    AnnouncementState,
    LinkedTicket,
)
from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.ids import AnnouncementId, CategoryId, ServiceId, TicketId
from app.services.announcements import rules

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MAIL, OUTLOOK, VPN = ServiceId(1), ServiceId(2), ServiceId(3)
NETWORK = CategoryId(7)


def details(kind=AnnouncementKind.FAULT, title="Mail is down", **more) -> AnnouncementDetails:
    return AnnouncementDetails(kind, title, **more)


def announced(number=1, *, begin=NOON, read_at=None, category=None, **more) -> Announcement:
    about = None
    if category is not None:
        about = LinkedTicket(TicketId(9), 10482, "All mail waits", category)
    return Announcement(
        AnnouncementId(number), details(**more), begin, AnnouncementState.SHOWN, "", "", None, about, "",
        NOON, "", None, read_at, 0, 1,
    )  # fmt: skip


def numbers(found) -> list[int]:
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        (-1, AnnouncementState.PLANNED),
        (0, AnnouncementState.SHOWN),
        (59, AnnouncementState.SHOWN),
        (60, AnnouncementState.ENDED),
    ],
)
def test_it_holds_from_its_beginning_until_just_before_its_end(minutes, state):
    now = NOON + timedelta(minutes=minutes)

    assert rules.state_of(NOON, NOON + HOUR, None, now) is state


def test_what_is_withdrawn_is_withdrawn_at_any_time():
    assert rules.state_of(NOON, None, NOON + HOUR, NOON) is AnnouncementState.WITHDRAWN


def test_without_an_end_it_holds_for_good():
    later = NOON + timedelta(days=4000)

    assert rules.state_of(NOON, None, None, later) is AnnouncementState.SHOWN


def test_what_is_kept_is_trimmed_begins_and_has_each_way_once():
    typed = details(
        title="  Mail \n is   down ",
        text=" x ",
        channels=(AnnouncementChannel.PHONE, AnnouncementChannel.BOARD, AnnouncementChannel.PHONE),
    )

    kept = rules.checked(typed, NOON)

    assert (kept.title, kept.text, kept.shown_from) == ("Mail is down", "x", NOON)
    assert kept.channels == (AnnouncementChannel.BOARD, AnnouncementChannel.PHONE)


@pytest.mark.parametrize("kind", [kind for kind in AnnouncementKind if kind != AnnouncementKind.NEW_SYSTEM])
def test_a_day_and_training_fall_away_from_all_but_a_new_system(kind):
    kept = rules.checked(details(kind, live_on=date(2026, 12, 1), training_minutes=30), NOON)

    assert (kept.live_on, kept.training_minutes) == (None, None)


@pytest.mark.parametrize("minutes", [0, -5, rules.MOST_MINUTES + 1])
def test_minutes_that_cannot_be_are_refused(minutes):
    typed = details(AnnouncementKind.NEW_SYSTEM, live_on=date(2026, 12, 1), training_minutes=minutes)

    with pytest.raises(BadInput, match=r"announcements\.minutes"):
        rules.checked(typed, NOON)


def test_an_end_at_the_very_beginning_is_refused():
    with pytest.raises(BadInput, match=r"announcements\.ends_before"):
        rules.checked(details(shown_from=NOON, shown_until=NOON), NOON)


@pytest.mark.parametrize("state", [AnnouncementState.ENDED, AnnouncementState.WITHDRAWN])
def test_what_is_over_is_not_ended_again(state):
    with pytest.raises(RuleViolation, match=r"announcements\.over"):
        rules.check_live(state)


def test_unread_ones_stand_first_the_oldest_on_top_then_faults_before_news():
    found = [
        announced(1, kind=AnnouncementKind.NEWS),
        announced(2, begin=NOON + HOUR, must_read=True, kind=AnnouncementKind.NEWS),
        announced(3, begin=NOON, must_read=True),
        announced(4, begin=NOON - HOUR),
        announced(5, begin=NOON - HOUR, must_read=True, read_at=NOON),
    ]

    assert numbers(rules.in_reading_order(found)) == [3, 2, 5, 4, 1]


def test_a_fault_of_the_chosen_service_fits_and_one_of_another_does_not():
    found = [announced(1, service_id=MAIL), announced(2, service_id=VPN)]

    assert numbers(rules.known_for(found, [OUTLOOK, MAIL], [])) == [1]


def test_while_nothing_is_chosen_every_fault_fits_and_nothing_else():
    found = [announced(1, service_id=MAIL), announced(2, kind=AnnouncementKind.MAINTENANCE, service_id=VPN)]

    assert numbers(rules.known_for(found, [], [])) == [1]


def test_a_fault_that_names_no_service_concerns_everybody():
    assert numbers(rules.known_for([announced(1)], [VPN], [])) == [1]


def test_the_category_of_its_ticket_finds_it_too():
    found = [announced(1, kind=AnnouncementKind.MAINTENANCE, category=NETWORK)]

    assert numbers(rules.known_for(found, [], [CategoryId(8), NETWORK])) == [1]
    assert numbers(rules.known_for(found, [], [CategoryId(8)])) == []


def test_of_several_a_fault_comes_before_maintenance_and_a_new_system_and_news_never():
    found = [
        announced(number, kind=kind, service_id=MAIL) for number, kind in enumerate(AnnouncementKind, start=1)
    ]

    kinds = [one.details.kind for one in rules.known_for(found, [MAIL], [])]

    assert kinds == [
        AnnouncementKind.FAULT,
        AnnouncementKind.MAINTENANCE,
        AnnouncementKind.CHANGE,
        AnnouncementKind.NEW_SYSTEM,
    ]


@pytest.mark.parametrize(
    ("minutes", "wanted", "is_ready"), [(59, 60, False), (60, 60, True), (0, None, False), (1, None, True)]
)
def test_whoever_had_the_minutes_wanted_is_trained(minutes, wanted, is_ready):
    assert rules.is_trained(minutes, wanted) is is_ready


@pytest.mark.parametrize(("days", "is_due"), [(-1, False), (0, True), (3, True), (4, False)])
def test_training_is_due_some_days_before_and_on_the_day_but_not_after(days, is_due):
    today = date(2026, 11, 20)

    assert rules.is_training_due(today + timedelta(days=days), today, 3) is is_due


def test_a_circle_in_a_tree_ends_where_it_closes():
    assert rules.lineage(1, {1: 2, 2: 1}) == [1, 2]
    assert rules.lineage(None, {}) == []
