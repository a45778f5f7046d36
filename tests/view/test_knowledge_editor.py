"""Writing an article: preview, drafts, and two authors at once."""

from __future__ import annotations

from functools import partial

import pytest

from app.models.entities.knowledge import ArticleState
from app.services.knowledge import commands, queries
from app.services.knowledge.commands import ArticleText
from app.views.knowledge.page import KnowledgePage
from tests.support.pages import page_env


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def article(ctx):
    written = commands.write_article(ctx, ArticleText("VPN drops", "Update the client.", "tunnel"))
    return queries.article(ctx, written.id)


@pytest.fixture
def page(qtbot, ctx, env, article):
    page = KnowledgePage(ctx, env)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.refresh()
    page.show_target({"id": article.id})
    return page


def test_a_new_article_begins_as_a_draft(ctx, page):
    page.write(None)
    page.editor.title.setText("Printer prints blank pages")
    page.editor.body.setPlainText("Change the toner.")

    page.editor.save()

    (found,) = [row for row in queries.articles(ctx, state=ArticleState.DRAFT) if row.title[0] == "P"]
    assert page.editor is None
    assert page.reading.title.text() == found.title


def test_without_a_title_the_field_says_what_is_missing(page):
    page.write(None)
    page.editor.body.setPlainText("Text")

    page.editor.save()

    assert page.editor.form._fields["title"].error
    assert page.editor.body.toPlainText() == "Text"


def test_the_preview_follows_what_is_typed(qtbot, page):
    page._edit()

    with qtbot.waitSignal(page.editor.presenter.previewed):
        page.editor.body.setPlainText("# Big\n\n**strong** words")

    assert page.editor.preview.toPlainText().split("\n") == ["Big", "strong words"]


def test_a_change_keeps_the_old_text_as_a_version_and_can_be_undone(ctx, page, env, article):
    page._edit()
    page.editor.body.setPlainText("Reinstall the client.")
    page.editor.change.setText("The update did not help")

    page.editor.save()
    revisions = queries.article_revisions(ctx, article.id)
    env.shell.outcomes[-1].undo.run()

    assert (revisions[0].body, revisions[0].change_text) == (
        "Reinstall the client.",
        "The update did not help",
    )
    assert queries.article(ctx, article.id).body == "Update the client."


def test_what_two_authors_changed_in_different_fields_is_joined(ctx, page, env, article):
    page._edit()
    page.editor.body.setPlainText("Mine.")
    theirs = ArticleText("VPN drops often", article.body, article.keywords)
    commands.revise_article(ctx, article.id, theirs, version=article.version, change_text="")

    page.editor.save()

    saved = queries.article(ctx, article.id)
    assert (saved.title, saved.body) == ("VPN drops often", "Mine.")
    assert env.dialogs.merged == []


def test_what_two_authors_changed_alike_is_asked(ctx, page, env, article):
    page._edit()
    page.editor.body.setPlainText("Mine.")
    theirs = ArticleText(article.title, "Theirs.", article.keywords)
    commands.revise_article(ctx, article.id, theirs, version=article.version, change_text="")
    env.dialogs.choices = {"body": False}

    page.editor.save()

    assert [field.theirs for field in env.dialogs.merged[0]] == ["Theirs."]
    assert queries.article(ctx, article.id).body == "Theirs."


def test_nothing_is_saved_or_lost_when_the_question_is_closed(ctx, page, env, article):
    page._edit()
    page.editor.body.setPlainText("Mine.")
    theirs = ArticleText(article.title, "Theirs.", article.keywords)
    commands.revise_article(ctx, article.id, theirs, version=article.version, change_text="")

    page.editor.save()

    assert page.editor.body.toPlainText() == "Mine."
    assert queries.article(ctx, article.id).body == "Theirs."


def test_what_was_not_saved_is_offered_the_next_time(page):
    page._edit()
    page.editor.body.setPlainText("Half a sentence")
    page.escape()

    page._edit()
    is_offered = page.editor.notice.isVisible()
    page.editor.restore_button.click()

    assert is_offered
    assert page.editor.body.toPlainText() == "Half a sentence"


def test_a_discarded_draft_is_not_offered_again(page):
    page._edit()
    page.editor.body.setPlainText("Half a sentence")
    page.escape()
    page._edit()
    page.editor.drop_button.click()
    page.escape()

    page._edit()

    assert not page.editor.notice.isVisible()


def test_a_change_of_language_keeps_what_is_being_typed(qtbot, ctx, env, page, article):
    page._edit()
    page.editor.title.setText("VPN drops at noon")
    page.leave()
    again = KnowledgePage(ctx, env)
    qtbot.addWidget(again)

    again.restore_state(page.save_state())
    again.refresh()

    assert again.editor.title.text() == "VPN drops at noon"
    assert again.editor.presenter.article.id == article.id


def test_the_form_fits_the_smallest_window(page):
    page._edit()

    assert page.minimumSizeHint().width() <= 1280 - 72
    assert page.minimumSizeHint().height() <= 720 - 120


def test_a_second_save_is_not_begun_while_one_is_on_its_way(qtbot, ctx, env, page, article):
    page._edit()
    page.editor.presenter.is_saving = True
    page.editor.body.setPlainText("Twice")

    save = partial(page.editor.save)
    save()

    assert queries.article(ctx, article.id).body == article.body
