"""What the bell says of absences and swaps, and where it leads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.models.entities.notices import Notice, NoticeKind
from app.views.shell.notice_words import LOOKS, sentence, target_of

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
SPAN = {"first": "2026-11-23", "last": "2026-11-24", "leave": 7}
DAY = {"date": "2026-11-23", "swap": 9}


def notice(kind, by="Wang Fang", **body):
    return Notice(1, kind, AT, None, None, "", body, is_read=False, by=by)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            notice(NoticeKind.LEAVE_ASKED, **SPAN),
            "Wang Fang asks to be away: Mon 23 Nov to Tue 24 Nov",
        ),
        (
            notice(NoticeKind.LEAVE_ASKED, is_reminder=True, **SPAN),
            "A request to be away waits for an answer: Mon 23 Nov to Tue 24 Nov",
        ),
        (
            notice(NoticeKind.LEAVE_DECIDED, is_approved=False, note="Too few\npeople", **SPAN),
            "The absence is refused: Mon 23 Nov to Tue 24 Nov: Too few people",
        ),
        (
            notice(NoticeKind.LEAVE_DECIDED, is_withdrawn=True, is_approved=False, **SPAN),
            "The absence is withdrawn: Mon 23 Nov to Tue 24 Nov",
        ),
        (
            notice(NoticeKind.SWAP_ASKED, other_date="2026-11-26", **DAY),
            "Wang Fang offers the shift of Mon 23 Nov for yours of Thu 26 Nov",
        ),
        (
            notice(NoticeKind.SWAP_ASKED, by="", is_reminder=True, **DAY),
            "The offer of the shift of Mon 23 Nov lapses within a day",
        ),
        (
            notice(NoticeKind.SWAP_ANSWERED, is_accepted=True, **DAY),
            "Wang Fang accepts your shift of Mon 23 Nov",
        ),
        (
            notice(NoticeKind.SWAP_ASKED, is_open=True, **DAY),
            "Wang Fang looks for somebody to take the shift of Mon 23 Nov",
        ),
        (
            notice(NoticeKind.LEAVE_ASKED, is_settled=True, **SPAN),
            "Settled: Wang Fang asks to be away: Mon 23 Nov to Tue 24 Nov",
        ),
        (
            notice(NoticeKind.SWAP_DECIDED, state="withdrawn", **DAY),
            "Wang Fang withdrew the swap of Mon 23 Nov",
        ),
        (
            notice(NoticeKind.SWAP_DECIDED, by="", state="expired", was_accepted=True, **DAY),
            "Nobody decided in time: the swap of Mon 23 Nov lapsed",
        ),
        (notice(NoticeKind.SWAP_TO_DECIDE, **DAY), "A swap is to be approved: Mon 23 Nov"),
        (notice(NoticeKind.SWAP_DECIDED, state="approved", **DAY), "The swap of Mon 23 Nov is made"),
        (
            notice(NoticeKind.SWAP_DECIDED, by="", state="expired", **DAY),
            "Nobody agreed in time: the swap of Mon 23 Nov lapsed",
        ),
        (
            notice(NoticeKind.SWAP_TAKEN, is_taken_back=False, **DAY),
            "Wang Fang took over the shift of Mon 23 Nov at once",
        ),
    ],
)
def test_a_notice_says_who_and_which_days(told, said, qapp):
    assert sentence(told) == said


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind.value.startswith(("leave_", "swap_"))])
@pytest.mark.parametrize("body", [{}, {"first": 7, "last": None, "date": "soon", "leave": "x", "swap": True}])
def test_a_body_that_lacks_things_is_still_a_sentence(kind, body, qapp):
    told = notice(kind, **body)

    assert sentence(told).strip()
    assert "{" not in sentence(told)
    assert target_of(told) == ("requests", {})
    assert kind in LOOKS


def test_a_notice_leads_to_its_request(qapp):
    leave, swap = notice(NoticeKind.LEAVE_ASKED, **SPAN), notice(NoticeKind.SWAP_ASKED, **DAY)

    assert target_of(leave) == ("requests", {"leave": 7})
    assert target_of(swap) == ("requests", {"swap": 9})
