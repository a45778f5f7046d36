"""Articles handed in for review by authors who may not publish, and what waits for a look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation, StaleRecord
from app.models.entities.knowledge import ArticleState
from app.services.knowledge import commands, queries, review_commands
from app.services.knowledge.commands import ArticleText
from app.services.tickets import desk_queries

TEXT = ArticleText("VPN drops", "Update the client.")


@pytest.fixture
def author(ctx):
    """Somebody who writes but may not publish."""
    return ctx.acting_as(replace(ctx.actor, permissions=frozenset({"knowledge.read", "knowledge.edit"})))


def test_an_author_hands_a_draft_in_and_takes_it_back(ctx, author):
    written = commands.write_article(author, TEXT)

    handed = review_commands.hand_in(author, written.id, version=written.version)
    waiting = queries.article(ctx, written.id).state
    handed.undo.run()

    assert waiting is ArticleState.REVIEW
    assert queries.article(ctx, written.id).state is ArticleState.DRAFT


def test_handing_in_publishes_nothing(ctx, author):
    written = commands.write_article(author, TEXT)
    handed = review_commands.hand_in(author, written.id, version=written.version)

    with pytest.raises(NotAllowed):
        commands.set_state(author, written.id, ArticleState.PUBLISHED, version=handed.version)

    assert queries.search_articles(ctx, "VPN") == []


def test_what_is_published_cannot_be_handed_in(ctx, author, make):
    article = make.article()

    with pytest.raises(RuleViolation):
        review_commands.hand_in(author, article.id, version=article.version)
    with pytest.raises(RuleViolation):
        review_commands.take_back(author, article.id, version=article.version)


def test_handing_in_what_somebody_changed_meanwhile_is_refused(author):
    written = commands.write_article(author, TEXT)
    commands.revise_article(author, written.id, TEXT, version=written.version, change_text="")

    with pytest.raises(StaleRecord):
        review_commands.hand_in(author, written.id, version=written.version)


def test_totals_count_states_and_what_is_overdue(ctx, make):
    now = ctx.clock.now()
    make.article(review_due_at=now - timedelta(days=1))
    make.article(review_due_at=now + timedelta(days=1))
    make.article(state=ArticleState.REVIEW, review_due_at=now - timedelta(days=1))

    totals = queries.article_totals(ctx)

    assert totals.by_state == {ArticleState.PUBLISHED: 2, ArticleState.REVIEW: 1}
    assert totals.overdue == 1


def test_the_longest_overdue_comes_first(ctx, make):
    now = ctx.clock.now()
    late = make.article(review_due_at=now - timedelta(days=1))
    later = make.article(review_due_at=now - timedelta(days=9))
    make.article()

    assert [row.id for row in queries.overdue_articles(ctx)] == [later.id, late.id]


def test_the_tickets_an_article_solved_come_newest_first(ctx, make):
    article = make.article()
    first = make.ticket(article_id=article)
    second = make.ticket(article_id=article)
    make.ticket()

    rows = desk_queries.tickets_of_article(ctx, article.id)

    assert [row.id for row in rows] == [second.id, first.id]
