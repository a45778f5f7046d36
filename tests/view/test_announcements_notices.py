"""What the bell says of announcements and of training before a new system, and where it leads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.models.entities.notices import Notice, NoticeKind
from app.views.shell.notice_words import LOOKS, sentence, target_of

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
ABOUT = {"announcement": 7, "title": "New portal", "live_on": "2026-11-23"}
KINDS = (NoticeKind.ANNOUNCED, NoticeKind.TRAINING_WANTED, NoticeKind.TRAINING_LACKING)


def notice(kind, **body):
    return Notice(1, kind, AT, None, None, "", body, is_read=False)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            notice(NoticeKind.ANNOUNCED, what="fault", **ABOUT),
            "Please read: Known fault, New portal",
        ),
        (
            notice(NoticeKind.TRAINING_WANTED, minutes=45, **ABOUT),
            "New portal goes live on Mon 23 Nov: you still need the training",
        ),
        (
            notice(NoticeKind.TRAINING_LACKING, count=3, **ABOUT),
            "New portal goes live on Mon 23 Nov: 3 people still need the training",
        ),
    ],
)
def test_a_notice_says_what_is_wanted_and_by_when(told, said, qapp):
    assert (sentence(told), target_of(told)) == (said, ("announcements", {"id": 7}))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "body", [{}, {"announcement": True, "title": 7, "live_on": "soon", "count": "many", "what": "party"}]
)
def test_a_body_that_lacks_things_is_still_a_sentence(kind, body, qapp):
    told = notice(kind, **body)

    assert sentence(told).strip()
    assert "{" not in sentence(told)
    assert target_of(told) == ("announcements", {})
    assert kind in LOOKS
