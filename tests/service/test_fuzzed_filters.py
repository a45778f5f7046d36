"""Whatever is typed into the search field is answered or refused with a sentence (R11), on both databases."""

from __future__ import annotations

import random
import time

import pytest

from app.models.entities.errors import BadInput
from app.services.search.fields import FIELDS
from app.services.tickets import commands, desk_queries, queries
from tests.report.payloads import PAYLOADS
from tests.service.test_tickets_commands import CALL
from tests.support.site import set_up_site

CASES = 500  # a release runs 10,000
LONGEST = 2.0
OPERATORS = (":", "：", "=", "<", "<=", ">", ">=", "-:", " : ", "::", ":<")
VALUES = (
    "open", "closed", "new", "me", "none", "yes", "no", "today", "now", "2d", "-3 h", "99999d", "2026-02-30",
    "2026-04-16", "0001-01-01", "9999-12-31", "1", "-1", "0", "99999999999999999999999", "1e9", "٣", "½",
    "field", "“打印 机”", '"VPN', "a,b,c", ",,", "%", "_", "\\", "'", "''", ";--", "*", "^", "~", "NEAR(a b)",
    "a AND b", "NOT", "OR", "(", ")", "{a}", "a:*", "\0", "\ud800", "\u202e", "😀", "é", "ﬁ", "W" * 300,
)  # fmt: skip


@pytest.fixture
def desk(ctx, make):
    set_up_site(ctx)
    make.team(code="field", name="Field")
    make.agent(name="Li Na")
    for subject in ("VPN drops", "打印机卡纸", "100% _done_ 'quoted' \\ end"):
        commands.create_ticket(ctx, CALL)
        make.ticket(subject=subject)
    return ctx


def typed(seeded: random.Random) -> str:
    """Return something between a sensible filter and noise."""
    parts = []
    for _ in range(seeded.randint(1, 5)):
        what = seeded.randrange(5)
        value = seeded.choice(VALUES)
        if what <= 1:
            word = seeded.choice(seeded.choice(FIELDS).words)
            parts.append(f"{seeded.choice(('', '-', '+'))}{word}{seeded.choice(OPERATORS)}{value}")
        elif what == 2:
            parts.append(seeded.choice(PAYLOADS))
        elif what == 3:
            parts.append("".join(seeded.choices("aZ9#@:<>=-\"'“”（）,，*%_ \t打印é\u200d", k=12)))
        else:
            parts.append(value)
    return " ".join(parts)


def test_any_text_is_a_list_or_a_sentence_never_an_sql_error(desk):
    seeded = random.Random(2026)
    refused = 0
    for number in range(CASES):
        text = PAYLOADS[number] if number < len(PAYLOADS) else typed(seeded)
        begun = time.monotonic()
        try:
            asked = queries.ticket_query(desk, text)
        except BadInput:
            refused += 1
            continue
        rows = queries.ticket_page(desk, asked, None, 50)
        count, _is_exact = queries.ticket_count(desk, asked)
        assert len(rows) == min(count, 50), text
        assert time.monotonic() - begun < LONGEST, text

    assert 0 < refused < CASES


def test_the_ranked_search_takes_any_text(desk):
    seeded = random.Random(7)
    for number in range(CASES // 2):
        text = PAYLOADS[number] if number % 2 else typed(seeded)
        try:
            desk_queries.search_tickets(desk, text)
        except BadInput:
            continue


def test_what_no_database_can_hold_is_kept_as_a_question_mark_of_its_kind(desk, make):
    ticket = make.ticket(subject="NUL \0 and half \ud800 of a pair", description="😀 whole")

    found = queries.ticket_detail(desk, ticket.id).ticket

    assert found.subject == "NUL \ufffd and half \ufffd of a pair"
    assert found.description == "😀 whole"
