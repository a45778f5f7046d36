"""Two implementations that share nothing agree: the fold of a log, and a walk through each minute of it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import ReasonId
from app.models.entities.sla import ClockKind, ClockState, Promise, WaitingRule
from app.models.entities.tickets import Channel, EventKind, Move, TicketStatus, WaitingKind
from app.models.entities.time import Allowance
from app.services.sla.rules import fold
from app.services.sla.stretches import FoldSettings
from tests.support.minute_walker import Deal, Life, Opening, Walked, walk_resolution, walk_response
from tests.support.ticket_log import TicketLog

pytestmark = pytest.mark.long

MINUTE = timedelta(minutes=1)
LENGTH = 21 * 1440  # minutes walked at most: every clock below falls due, or never does, within them
BATCHES, CASES = 20, 500  # ten thousand lives

WEEK = ("mon", "tue", "wed", "thu", "fri")
FORMS = {
    "office": {
        "timezone": "Asia/Shanghai",
        "hours": {day: [["08:30", "12:00"], ["13:00", "18:30"]] for day in WEEK},
        "holidays": ["2026-05-01", "2026-05-04"],
        "special_days": {"2026-05-09": [["08:30", "12:00"], ["13:00", "18:30"]]},
    },
    "night": {"timezone": "Asia/Shanghai", "hours": {day: [["19:00", "09:00"]] for day in (*WEEK, "sat")}},
    "london": {
        "timezone": "Europe/London",
        "hours": {day: [["00:30", "09:15"], ["10:00", "24:00"]] for day in (*WEEK, "sun")},
        "breaks": {"2026-03-30": [["11:00", "13:30"]]},
    },
    "24x7": {"timezone": "UTC", "always_open": True},
}
STARTS = {
    "spring": datetime(2026, 3, 26, 22, tzinfo=UTC),  # clocks go forward in London on the 29th
    "autumn": datetime(2026, 10, 22, 22, tzinfo=UTC),
    "may": datetime(2026, 4, 29, 22, tzinfo=UTC),  # holidays, and a make-up workday on the 9th
}
CALENDARS = {code: BusinessCalendar.from_dict(form) for code, form in FORMS.items()}
NONE, BOTH, SOLUTION, LIMITED = (ReasonId(number) for number in (1, 2, 3, 4))
LONGEST = 300
PAUSES = {
    NONE: (False, False, None),
    BOTH: (True, True, None),
    SOLUTION: (False, True, None),
    LIMITED: (False, True, LONGEST),
}
SETTINGS = FoldSettings(
    waiting_rules={
        reason: WaitingRule(
            WaitingKind.USER,
            frozenset(
                kind
                for kind, stops in ((ClockKind.RESPONSE, response), (ClockKind.RESOLUTION, resolution))
                if stops
            ),
            None if longest is None else Allowance(seconds=longest * 60),
        )
        for reason, (response, resolution, longest) in PAUSES.items()
    }
)


class Story:
    """Tells one random life twice: as a log for the fold, and in plain minutes for the walker."""

    def __init__(self, chance: random.Random, start: datetime) -> None:
        self.chance, self.start, self.at = chance, start, 0
        deal = self._deal()
        self.life = Life([(0, deal)])
        self.log = TicketLog().created(start, self._promise(deal), channel=Channel.EMAIL)
        for _ in range(chance.randrange(7)):
            self.at += chance.randrange(1, 1000)
            self._go_on()
        self.now = self.at + chance.randrange(3000)

    def _go_on(self) -> None:
        when, status = self.start + self.at * MINUTE, self.log.status
        if status is TicketStatus.RESOLVED:
            self.log.moved(when, Move.REFUSE, TicketStatus.IN_PROGRESS)
            self.life.done[-1] = (self.life.done[-1][0], self.at)
        elif status is TicketStatus.WAITING:
            begin, _end, *rest = self.life.waits[-1]
            self.life.waits[-1] = (begin, self.at, *rest)
            self.log.resumes(when)
        else:
            self.chance.choice((self._wait, self._wait, self._resolve, self._promise_anew, self._reply))(when)

    def _wait(self, when: datetime) -> None:
        reason = self.chance.choice(list(PAUSES))
        self.log.waits(when, reason)
        self.life.waits.append((self.at, None, *PAUSES[reason]))

    def _resolve(self, when: datetime) -> None:
        self.log.resolved(when)
        self.life.done.append((self.at, None))

    def _promise_anew(self, when: datetime) -> None:
        deal = self._deal()
        self.log.promised(when, self._promise(deal))
        self.life.deals.append((self.at, deal))

    def _reply(self, when: datetime) -> None:
        self.log.add(when, EventKind.REPLY, new="We are on it")
        if self.life.contact is None:
            self.life.contact = self.at

    def _deal(self) -> Deal:
        response = self.chance.randrange(1, 400)
        return Deal(self.chance.choice(list(FORMS)), response, response + self.chance.randrange(1500))

    def _promise(self, deal: Deal) -> Promise:
        allowed = {
            ClockKind.RESPONSE: deal.response * MINUTE,
            ClockKind.RESOLUTION: deal.resolution * MINUTE,
        }
        return Promise("any", 3, deal.calendar, allowed)


@pytest.fixture(scope="module")
def openings():
    return {
        name: {code: Opening(form, start, LENGTH) for code, form in FORMS.items()}
        for name, start in STARTS.items()
    }


def as_walked(clock: ClockState, start: datetime) -> Walked:
    due = None if clock.due_at is None else (clock.due_at - start) // MINUTE
    return Walked(clock.elapsed // MINUTE, clock.paused // MINUTE, due, clock.is_breached)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_fold_agrees_with_a_walk_through_every_minute(batch, openings):
    chance = random.Random(batch)
    for case in range(CASES):
        name = chance.choice(list(STARTS))
        story = Story(chance, STARTS[name])
        found = fold(story.log.events, CALENDARS, story.start + story.now * MINUTE, SETTINGS)
        for kind, walk in ((ClockKind.RESPONSE, walk_response), (ClockKind.RESOLUTION, walk_resolution)):
            expected = walk(story.life, openings[name], story.now)

            assert as_walked(found[kind], story.start) == expected, (batch, case, kind, story.life)
