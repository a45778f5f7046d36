"""The top bar's mark of an open handover, and what the bell says once it is signed."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.ids import PersonId
from app.models.entities.notices import NewNotice, NoticeKind
from app.services.base.clock import FixedClock
from app.services.base.texts import Texts
from app.services.notices.queries import my_notices
from app.services.shell.queries import duty_now
from app.views.base.format import Format
from app.views.shell.duty_line import handover_line
from app.views.shell.notice_words import sentence, target_of
from app.views.shell.registry import SCREENS, rail_order
from app.views.shell.workspace import Workspace
from tests.support.handovers import BEFORE_CHANGE, HandoverDesk, handover_desk
from tests.support.notices import told
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture
from tests.support.shell import PAGES, session_of, workplace


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


@pytest.fixture
def work(qtbot, desk, bus, tmp_path) -> Workspace:
    made = Workspace(session_of(desk.incoming), workplace(tmp_path, bus), screens=PAGES)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.start()
    return made


def fmt() -> Format:
    return Format(Texts("en"), ZoneInfo("Asia/Shanghai"))


def test_the_mark_stands_beside_the_duty_chip_until_both_have_signed(desk, work):
    shown = work.top.handover.isVisible()

    desk.closed()
    work.refresh_duty()

    assert (shown, work.top.handover.isVisible()) == (True, False)


def test_the_mark_says_what_is_missing(desk, clock):
    desk.opened()
    near = handover_line(duty_now(desk.incoming), fmt(), clock.now())
    clock.advance(timedelta(minutes=40))

    over = handover_line(duty_now(desk.incoming), fmt(), clock.now())

    assert near == "The shift ends 20:00: its handover is written and waits for both signatures."
    assert over == "Not handed over since 20:00: a signature is missing."


def test_nothing_is_said_where_nothing_is_missing(desk, clock):
    clock.advance(timedelta(hours=-3))

    assert handover_line(duty_now(desk.incoming), fmt(), clock.now()) == ""


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"name": "Day", "name_alt": "白班"},
            "Wang Fang signed the handover of Day: look through it and take over",
        ),
        ({}, "The handover is signed and waits for you: look through it and take over"),
    ],
    ids=["named", "of a newer program"],
)
def test_the_bell_says_who_signed_and_leads_to_the_sheet(desk, facts, said):
    body = {"by": desk.wang.id, "day": "2026-11-20", "shift": "D", **facts}
    told(desk.ctx, [NewNotice(PersonId(desk.li.id), NoticeKind.HANDOVER_SIGNED, "k", None, body)])

    (found,) = my_notices(desk.incoming)

    assert sentence(found) == said
    assert target_of(found) == ("handover", {"show": "sheet", "day": "2026-11-20", "shift": "D"})


def test_the_rail_goes_from_the_day_to_looking_back():
    assert [screen.name for screen in rail_order(SCREENS)] == [
        "desk",
        "tickets",
        "knowledge",
        "roster",
        "handover",
        "wall",
        "reports",
        "settings",
    ]
