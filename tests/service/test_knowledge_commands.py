"""Articles from draft to retired, found in both languages and ranked by what helped, on both databases."""

from __future__ import annotations

import pytest

from app.models.entities.errors import RuleViolation, StaleRecord
from app.models.entities.events import KnowledgeChanged
from app.models.entities.knowledge import ArticleState
from app.services.knowledge import commands, queries
from app.services.knowledge.commands import ArticleText

ERP = ArticleText(
    "ERP 登录报 503：重启许可服务", "先停应用池 FIN-APP2，再重启许可服务 LIC-SVC。", "503 许可", "zh_CN"
)
VPN = ArticleText("VPN drops every few minutes", "Update the VPN client, then reconnect.", "tunnel", "en")


def published(ctx, text):
    written = commands.write_article(ctx, text)
    done = commands.set_state(ctx, written.id, ArticleState.PUBLISHED, version=written.version)
    return queries.article(ctx, done.id)


def test_a_draft_is_not_suggested_until_it_is_published(ctx):
    written = commands.write_article(ctx, VPN)
    before = queries.search_articles(ctx, "VPN")
    commands.set_state(ctx, written.id, ArticleState.PUBLISHED, version=written.version)

    after = queries.search_articles(ctx, "VPN")

    assert before == []
    assert [hit.row.id for hit in after] == [written.id]


def test_two_chinese_characters_find_an_article_and_are_marked_in_the_snippet(ctx):
    article = published(ctx, ERP)

    (hit,) = queries.search_articles(ctx, "许可")

    assert hit.row.id == article.id
    assert ("许可", True) in hit.snippet


def test_an_article_is_suggested_while_the_caller_still_talks(ctx):
    article = published(ctx, ERP)
    published(ctx, VPN)

    (hit,) = queries.suggested_articles(ctx, "ERP 登录不上，页面报错")

    assert hit.row.id == article.id


def test_what_helped_comes_first_among_equals(ctx):
    useless = published(ctx, VPN)
    useful = published(ctx, VPN)
    commands.judge_article(ctx, useful.id, has_helped=True)
    commands.judge_article(ctx, useless.id, has_helped=False)

    hits = queries.search_articles(ctx, "VPN client")

    assert [hit.row.id for hit in hits] == [useful.id, useless.id]


def test_every_text_an_article_had_is_kept_with_its_change(ctx):
    article = published(ctx, VPN)
    revised = ArticleText("VPN drops", "Reinstall the client.")

    commands.revise_article(
        ctx, article.id, revised, version=article.version, change_text="New client since May"
    )

    revisions = queries.article_revisions(ctx, article.id)
    assert [(line.revision, line.title, line.change_text) for line in revisions] == [
        (2, "VPN drops", "New client since May"),
        (1, VPN.title, ""),
    ]


def test_a_revision_taken_back_brings_the_earlier_text(ctx):
    article = published(ctx, VPN)
    changed = commands.revise_article(ctx, article.id, ERP, version=article.version, change_text="oops")

    changed.undo.run()

    assert queries.article(ctx, article.id).title == VPN.title
    assert [hit.row.id for hit in queries.search_articles(ctx, "VPN")] == [article.id]


def test_the_second_author_is_refused(ctx):
    article = published(ctx, VPN)
    commands.revise_article(ctx, article.id, ERP, version=article.version, change_text="")

    with pytest.raises(StaleRecord):
        commands.revise_article(ctx, article.id, VPN, version=article.version, change_text="")


def test_a_retired_article_cannot_be_published_directly(ctx):
    article = published(ctx, VPN)
    retired = commands.set_state(ctx, article.id, ArticleState.RETIRED, version=article.version)

    with pytest.raises(RuleViolation):
        commands.set_state(ctx, article.id, ArticleState.PUBLISHED, version=retired.version)


def test_an_article_without_text_leaves_no_trace(ctx, announced):
    with pytest.raises(RuleViolation):
        commands.write_article(ctx, ArticleText("Title only", "   "))

    assert queries.articles(ctx, state=None) == []
    assert KnowledgeChanged not in {type(event) for event in announced}


def test_the_readers_own_language_is_listed_and_found_first(ctx):
    for title, language in (("ERP 许可", "zh_CN"), ("ERP licence", "en")):
        published(ctx, ArticleText(title, "ERP 503", "", language))
    chinese = ctx.reading("zh_CN")

    listed = [row.title for row in queries.articles(chinese)]
    found = [hit.row.title for hit in queries.search_articles(chinese, "ERP")]

    assert listed == found == ["ERP 许可", "ERP licence"]
    assert [row.title for row in queries.articles(ctx)] == ["ERP licence", "ERP 许可"]


def test_a_listed_article_says_how_it_begins_without_headings_and_signs(ctx):
    published(ctx, ArticleText("VPN", "## Symptom\n\nThe **VPN** drops.\n\n- twice a day", "", "en"))

    assert queries.articles(ctx)[0].opening == "The VPN drops. twice a day"


def test_linked_articles_come_first_the_nearest_categorys_before_those_above(ctx, make):
    fits = published(ctx, VPN)
    above, below, draft = published(ctx, ERP), published(ctx, ERP), make.article(state="draft", number=99)
    parent = make.category()
    child = make.category(parent)
    for category, article in ((parent, above), (child, draft), (child, below), (parent, below)):
        make._link("category_article", {"category_id": category.id, "article_id": article.id})

    hits = queries.suggested_articles(ctx, "the VPN client drops", category_id=child.id)
    untyped = queries.suggested_articles(ctx, "", category_id=child.id)

    assert [(hit.row.id, hit.is_linked) for hit in hits] == [
        (below.id, True),
        (above.id, True),
        (fits.id, False),
    ]
    assert [hit.row.id for hit in untyped] == [below.id, above.id]
