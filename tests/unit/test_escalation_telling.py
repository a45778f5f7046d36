"""Whom a step is told to and when it is shown: the gravest only, quiet hours, storms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.escalation import EscalationRules
from app.models.entities.ids import PersonId, TicketId
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.entities.sla import ClockKind
from app.services.escalation.steps import DueKind, DueStep
from app.services.escalation.telling import Storm, Told, grouped, notices_of, storm_key, stretch_start

ZONE = ZoneInfo("Asia/Shanghai")
LI, WANG = PersonId(7), PersonId(8)
NIGHT = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
MORNING = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)  # 7:00 there
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
RULES = EscalationRules(
    quiet_from=22 * 60, quiet_until=7 * 60, quiet_spares=2, storm_count=3, storm_minutes=10
)


def step(kind=DueKind.WARNING, percent=50, clock=ClockKind.RESOLUTION, **facts) -> DueStep:
    return DueStep(kind, f"{kind}:{percent}", 1, NOON, clock=clock, percent=percent, **facts)


def told(*steps: DueStep, ticket=1, priority=3, people=(LI,)) -> list[Told]:
    return [Told(TicketId(ticket), priority, one, people) for one in steps]


def notices(given, now=NOON, working=(), rules=RULES) -> list[NewNotice]:
    return notices_of(given, rules, ZONE, now, working)


def test_a_notice_carries_what_its_words_need():
    (notice,) = notices(told(step(percent=90)))

    assert (notice.person_id, notice.kind, notice.ticket_id) == (LI, NoticeKind.WARNED, 1)
    assert notice.body == {"clock": "resolution", "percent": 90}
    assert notice.show_at is None


def test_keys_differ_by_step_ticket_cycle_and_person():
    given = (
        told(step(), people=(LI, WANG))
        + told(step(), ticket=2)
        + told(replace(step(percent=75), cycle=2), ticket=3)
    )

    assert len({notice.key for notice in notices(given)}) == 4
    assert all(len(notice.key) <= 120 for notice in notices(given))


def test_a_rise_is_seen_on_the_ticket_and_told_to_nobody():
    assert notices(told(step(DueKind.RISE))) == []


def test_of_several_about_one_clock_a_person_hears_the_gravest():
    given = told(step(DueKind.BREACH, 100), step(DueKind.STEP, 150))

    assert [notice.kind for notice in notices(given)] == [NoticeKind.ESCALATED]


def test_of_two_at_the_same_share_the_plainer_one_is_told():
    given = told(step(DueKind.WARNING, 75), step(DueKind.STEP, 75))

    assert [notice.kind for notice in notices(given)] == [NoticeKind.WARNED]


def test_two_clocks_of_a_ticket_are_told_apart():
    assert len(notices(told(step(), step(clock=ClockKind.RESPONSE)))) == 2


@pytest.mark.parametrize(
    ("now", "priority", "working", "shown"),
    [
        (NOON, 4, (), None),
        (NIGHT, 3, (), MORNING),
        (NIGHT, 2, (), None),
        (NIGHT, 3, (LI,), None),
        (NIGHT, 3, (WANG,), MORNING),
    ],
)
def test_u22_quiet_hours(now, priority, working, shown):
    (notice,) = notices(told(step(), priority=priority), now, working)

    assert notice.show_at == shown


def test_without_quiet_hours_everything_is_shown_at_once():
    none = replace(RULES, quiet_from=0, quiet_until=0)

    assert notices(told(step()), NIGHT, rules=none)[0].show_at is None


# -- storms ----------------------------------------------------------------------------------------


def many(count: int, kind=DueKind.WARNING) -> list[NewNotice]:
    return [one for ticket in range(count) for one in notices(told(step(kind), ticket=ticket))]


def test_fewer_than_a_storm_stay_single():
    assert grouped(many(2), RULES, NOON, {}) == many(2)


def test_a_storm_is_one_notice_that_counts():
    (storm,) = grouped(many(3), RULES, NOON, {})

    assert (storm.kind, storm.person_id, storm.body, storm.ticket_id) == (
        NoticeKind.STORM,
        LI,
        {"count": 3},
        None,
    )


def test_what_stands_unread_counts_towards_a_storm():
    before = {storm_key(LI, NOON, RULES): Storm(singles=2)}

    (storm,) = grouped(many(1), RULES, NOON, before)

    assert storm.body == {"count": 3}


def test_in_a_storm_even_one_more_is_grouped():
    before = {storm_key(LI, NOON, RULES): Storm(grouped=12)}

    (storm,) = grouped(many(1), RULES, NOON, before)

    assert storm.body == {"count": 13}


def test_everybody_has_storms_of_their_own():
    given = many(2) + [replace(one, person_id=WANG, key=f"w{one.key}") for one in many(2)]

    assert grouped(given, RULES, NOON, {}) == given


def test_what_asks_for_a_deed_is_never_grouped():
    asks = [
        NewNotice(LI, NoticeKind.FOLLOW_UP, f"f{number}", TicketId(number), {"count": 1})
        for number in range(9)
    ]

    assert grouped(asks, RULES, NOON, {}) == asks


@pytest.mark.parametrize("off", [{"storm_count": 0}, {"storm_count": 1}, {"storm_minutes": 0}])
def test_storms_can_be_switched_off(off):
    assert grouped(many(9), replace(RULES, **off), NOON, {}) == many(9)


def test_a_night_of_notices_is_one_storm_in_the_morning():
    given = [one for ticket in range(5) for one in notices(told(step(), ticket=ticket), NIGHT)]

    (storm,) = grouped(given, RULES, NIGHT, {})

    assert (storm.kind, storm.show_at, storm.body) == (NoticeKind.STORM, MORNING, {"count": 5})


def test_a_stretch_begins_at_a_whole_number_of_minutes():
    assert stretch_start(NOON.replace(minute=17), RULES) == NOON.replace(minute=10)
