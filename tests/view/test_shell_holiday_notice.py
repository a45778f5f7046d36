"""The notice of missing holidays: what it says, and where it leads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.models.entities.notices import Notice, NoticeKind
from app.views.shell.notice_words import sentence, target_of


def notice(**body: object) -> Notice:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return Notice(1, NoticeKind.HOLIDAYS_MISSING, at, None, None, "", body, is_read=False)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            {"calendar": "Office", "year": 2027, "is_published": False},
            "The calendar “Office” lacks the holidays of 2027: they are not published yet",
        ),
        (
            {"calendar": "Office", "year": 2027, "is_published": True},
            "The calendar “Office” lacks the holidays of 2027: take them over",
        ),
        ({}, "A calendar lacks the holidays of next year"),
    ],
)
def test_what_it_says(body, said):
    assert sentence(notice(**body)) == said


def test_it_leads_to_the_calendars():
    assert target_of(notice()) == ("settings", {"page": "calendars"})
