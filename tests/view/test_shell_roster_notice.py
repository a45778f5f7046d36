"""What the bell says of the roster: published, changed, and where that leads. No window."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.models.entities.notices import Notice, NoticeKind
from app.views.base.i18n import current
from app.views.shell.notice_words import sentence, target_of

AT = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def chinese():
    before = current.code
    current.use("zh_CN")
    yield
    current.use(before)


def notice(kind, by="", **body):
    return Notice(1, kind, AT, None, None, "", body, False, by)


def test_a_published_month_names_who_did_it():
    said = sentence(notice(NoticeKind.ROSTER_PUBLISHED, "Gao Jing", month="2026-12", number=1))

    assert said == "Gao Jing published the roster of December 2026"


def test_a_month_published_by_the_console_is_published_all_the_same():
    said = sentence(notice(NoticeKind.ROSTER_PUBLISHED, month="2026-12", number=1))

    assert said == "The roster of December 2026 was published"


def test_changes_are_told_with_before_and_after_and_the_rest_counted():
    dates = [["2026-12-01", "D", "N"], ["2026-12-09", "", "D*"], ["2026-12-10", "D", ""]]
    more = [["2026-12-11", "D", ""], ["2026-12-12", "D", ""]]

    said = sentence(notice(NoticeKind.ROSTER_CHANGED, "Gao Jing", month="2026-12", dates=dates + more))

    assert said == (
        "Gao Jing changed your shifts in December 2026: "
        "Tue 1 Dec D → N; Wed 9 Dec off → D (supervisor); Thu 10 Dec D → off; and 2 more"
    )


def test_changes_are_told_in_chinese(chinese):
    body = {"month": "2026-12", "dates": [["2026-12-09", "", "D"]]}

    said = sentence(notice(NoticeKind.ROSTER_CHANGED, "高静", **body))

    assert said == "高静 调整了您 2026年12月 的班次：12月9日周三 休息 → D"


@pytest.mark.parametrize("kind", [NoticeKind.ROSTER_PUBLISHED, NoticeKind.ROSTER_CHANGED])
@pytest.mark.parametrize("body", [{}, {"month": 7}, {"month": "soon", "dates": "?"}, {"dates": [["x", 1]]}])
def test_what_cannot_be_read_is_left_out(kind, body):
    assert sentence(notice(kind, **body)) in {"A roster was published", "Your shifts were changed"}
    assert target_of(notice(kind, **body)) == ("roster", {})


def test_it_leads_to_the_first_date_that_is_meant():
    dates = [["2026-12-09", "", "D"], ["2026-12-01", "D", "N"]]

    assert target_of(notice(NoticeKind.ROSTER_CHANGED, month="2026-12", dates=dates)) == (
        "roster",
        {"day": "2026-12-01"},
    )
    published = notice(NoticeKind.ROSTER_PUBLISHED, month="2026-12")
    assert target_of(published) == ("roster", {"day": "2026-12-01"})
