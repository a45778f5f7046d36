"""What the bell says of times away from the desk, whatever a notice lacks, and where it leads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.models.entities.notices import Notice, NoticeKind
from app.views.shell.notice_words import LOOKS, sentence, target_of

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
UNTIL = "2026-11-20T11:00:00+00:00"


def notice(kind, by="Li Na", **body):
    return Notice(1, kind, AT, None, None, "", body, is_read=False, by=by)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            notice(NoticeKind.AWAY_ASKED, reason="dentist", until=UNTIL),
            "Li Na asks to be away from the desk for 60 min: dentist",
        ),
        (
            notice(NoticeKind.AWAY_ASKED, reason="dentist", until=""),
            "Li Na asks to be away from the desk, for how long is not known: dentist",
        ),
        (
            notice(NoticeKind.AWAY_ASKED, reason="dentist", until=UNTIL, is_settled=True),
            "Settled: Li Na asks to be away from the desk for 60 min: dentist",
        ),
        (
            notice(NoticeKind.AWAY_ASKED, by="", until="soon"),
            "Somebody asks to be away from the desk, for how long is not known: –",
        ),
        (
            notice(NoticeKind.AWAY_ANSWERED, is_granted=True, reason="a\nb"),
            "Li Na grants your time away: a b",
        ),
        (
            notice(NoticeKind.AWAY_ANSWERED, is_granted=False, reason="dentist"),
            "Li Na asks you to stay at the desk: dentist",
        ),
        (notice(NoticeKind.AWAY_OVERDUE, reason=7), "Li Na is away longer than planned: –"),
    ],
)
def test_a_notice_says_who_why_and_for_how_long(told, said):
    assert sentence(told) == said


@pytest.mark.parametrize("kind", [NoticeKind.AWAY_ASKED, NoticeKind.AWAY_ANSWERED, NoticeKind.AWAY_OVERDUE])
def test_it_leads_to_the_duty_board(kind):
    assert target_of(notice(kind)) == ("duty", {})
    assert kind in LOOKS
