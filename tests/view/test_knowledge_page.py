"""The knowledge page: found by words and folders, read, judged, inserted, moved through its states."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.models.entities.knowledge import ArticleState
from app.services.knowledge import commands, queries
from app.services.knowledge.commands import ArticleText
from app.views.base.i18n import current
from app.views.knowledge.lines import SortBy
from app.views.knowledge.page import KnowledgePage
from app.views.knowledge.presenter import Scope, ScopeKind
from tests.support.describe import assert_readable, clipped_texts
from tests.support.pages import page_env

BODY = "## Symptom\nThe VPN drops.\n\n## Steps\n1. Update the client.\n2. Reconnect.\n"


@pytest.fixture(params=["en", "zh_CN"])
def either_language(request):
    """The window's language, for what must hold in both."""
    before = current.code
    current.use(request.param)
    yield request.param
    current.use(before)


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def folder(make):
    return make.category(name="Network")


@pytest.fixture
def vpn(ctx, folder):
    """A published article of two parts."""
    text = ArticleText("VPN drops every few minutes", BODY, "tunnel", "en", folder.id)
    written = commands.write_article(ctx, text)
    commands.set_state(ctx, written.id, ArticleState.PUBLISHED, version=written.version)
    return queries.article(ctx, written.id)


@pytest.fixture
def page(qtbot, ctx, env, vpn):
    return shown(qtbot, KnowledgePage(ctx, env))


def shown(qtbot, page):
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.refresh()
    return page


def search(qtbot, page, words):
    with qtbot.waitSignal(page.presenter.listed):
        page.results.search.setText(words)


def titles(page):
    return ["".join(text for text, _ in line.title) for line in page.results.list.lines.lines]


def test_folders_count_what_lies_below_them(qtbot, ctx, env, make, folder, vpn):
    make.article(category_id=make.category(folder, name="Wi-Fi"))

    page = shown(qtbot, KnowledgePage(ctx, env))

    tree = page.folders.tree.model()
    top = tree.index(0, 0)
    assert (top.data(), tree.node(top).count) == ("Network", 2)


def test_found_words_are_marked_and_the_best_is_read_with_one_key(qtbot, page, vpn):
    search(qtbot, page, "VPN client")

    qtbot.keyClick(page.results.search, Qt.Key.Key_Return)

    line = page.results.list.lines.lines[0]
    assert ("VPN", True) in line.title
    assert any(is_hit for _text, is_hit in line.snippet)
    assert page.reading.title.text() == vpn.title


def test_the_page_opens_with_an_article_and_each_line_says_how_it_begins(page, vpn):
    assert page.right.currentWidget() is page.reading
    assert page.article.article == vpn
    assert page.results.list.current_id == vpn.id
    assert "The VPN drops. 1. Update the client." in page.results.list.lines.lines[0].said


def test_a_search_shows_the_first_article_found_at_once(qtbot, ctx, page, vpn):
    written = commands.write_article(ctx, ArticleText("Printer jams", BODY, "paper", "en"))
    commands.set_state(ctx, written.id, ArticleState.PUBLISHED, version=written.version)

    page.results.search.setText("paper")

    qtbot.waitUntil(lambda: page.article.article_id == written.id)
    assert page.results.list.current_id == written.id


@pytest.fixture
def drops(ctx, folder):
    """Two articles found by "drops", of which "drops office" finds the other one first: their ids."""
    texts = (
        ArticleText("Line drops", "Wait for a minute, too. At the office as well.", "", "en"),
        ArticleText("Office of the plant", "The line drops, too.", "", "en"),
    )
    return [published(ctx, text) for text in texts]


def published(ctx, text):
    written = commands.write_article(ctx, text)
    commands.set_state(ctx, written.id, ArticleState.PUBLISHED, version=written.version)
    return written.id


def first_found(page):
    return page.results.list.lines.lines[0].id


def test_who_types_on_sees_the_first_article_found_not_the_one_found_before(qtbot, ctx, env, drops):
    page = shown(qtbot, KnowledgePage(ctx, env))
    search(qtbot, page, "drops")
    before = page.article.article_id

    search(qtbot, page, "drops office")

    assert (before, page.article.article_id) == tuple(drops)
    assert page.results.list.current_id == first_found(page) == drops[1]


def test_an_article_chosen_among_the_hits_stays_while_one_types_on(qtbot, ctx, env, drops):
    page = shown(qtbot, KnowledgePage(ctx, env))
    search(qtbot, page, "drops office")
    page.results.list.step(1)

    search(qtbot, page, "drops office too")
    search(qtbot, page, "drops")
    search(qtbot, page, "drops office")

    assert page.article.article_id == page.results.list.current_id == drops[0]
    assert first_found(page) == drops[1]


def test_a_search_asked_for_from_elsewhere_begins_with_its_first_article(qtbot, ctx, env, drops):
    page = shown(qtbot, KnowledgePage(ctx, env))
    search(qtbot, page, "drops office")
    page.results.list.step(1)

    page.show_target({"text": "drops office"})
    page.refresh()

    assert page.article.article_id == page.results.list.current_id == drops[1]


def test_what_is_read_stays_when_the_same_search_is_answered_in_another_order(qtbot, ctx, env, drops):
    page = shown(qtbot, KnowledgePage(ctx, env))
    search(qtbot, page, "drops")
    read = page.article.article_id
    for _time in range(9):
        commands.judge_article(ctx, drops[1], has_helped=True)

    page.presenter.sort_by(SortBy.MOST_HELPFUL)
    page.refresh()

    assert page.article.article_id == page.results.list.current_id == read
    assert first_found(page) != read


def test_the_lists_are_as_wide_as_before_after_a_small_window(page):
    before = page.panes.sizes()[:2]
    page.resize(900, 700)
    page.resize(1200, 700)

    assert page.panes.sizes()[:2] == before


def test_words_nobody_wrote_say_so_and_offer_to_write(qtbot, page):
    search(qtbot, page, "zzz")

    assert titles(page) == []
    assert "zzz" in page.results._empty.itemAt(0).widget().text.text()


def test_half_a_filter_is_told_in_the_list_not_as_an_error(qtbot, page, env):
    page.presenter.search('"open quote')

    assert env.shell.errors == []
    assert titles(page) == []


def test_a_folder_lists_what_lies_in_it_and_below(qtbot, page, make, folder):
    make.article(title="Elsewhere", category_id=make.category())

    page.presenter.choose(Scope(ScopeKind.CATEGORY, folder.id))

    assert titles(page) == ["VPN drops every few minutes"]


def test_what_is_overdue_is_listed_and_said(qtbot, ctx, env, make):
    make.article(title="Old", review_due_at=ctx.clock.now() - timedelta(days=3))
    page = shown(qtbot, KnowledgePage(ctx, env))

    page.presenter.choose(Scope(ScopeKind.OVERDUE))
    page.results.list.step(1)

    assert titles(page) == ["Old"]
    assert page.reading.overdue.isVisible()
    assert page.results.list.lines.lines[0].facts.startswith("review due since")


def test_an_article_shows_its_number_state_people_and_contents(page, vpn):
    page.show_target({"id": vpn.id})

    assert page.reading.number.text() == f"KB-{vpn.number:04d}"
    assert page.reading.state.accessibleName() == "Published"
    assert "Update the client." in page.reading.browser.toPlainText()
    assert "Network" in page.reading.about.text()


def test_helped_counts_and_asks_no_more(qtbot, ctx, page, vpn):
    page.show_target({"id": vpn.id, "ticket": 17})

    qtbot.mouseClick(page.reading.helped.yes, Qt.MouseButton.LeftButton)

    assert queries.article(ctx, vpn.id).helped_count == 1
    assert not page.reading.helped.yes.isVisible()


def test_inserting_goes_back_to_the_ticket_it_was_opened_from(page, env, vpn):
    page.show_target({"id": vpn.id, "ticket": 17})

    page.insert()

    (name, target) = env.shell.opened[-1]
    assert (name, target) == ("ticket", {"id": 17, "write": "solution", "article": vpn.id})


def test_inserting_without_a_ticket_copies_and_says_so(page, env, vpn):
    page.show_target({"id": vpn.id})

    page.insert()

    assert "2. Reconnect." in QGuiApplication.clipboard().text()
    assert env.shell.said


def test_an_article_is_retired_with_undo(ctx, page, env, vpn):
    page.show_target({"id": vpn.id})

    page.reading.move_asked.emit(ArticleState.RETIRED)
    env.shell.outcomes[-1].undo.run()

    assert queries.article(ctx, vpn.id).state is ArticleState.PUBLISHED


def test_a_reader_sees_neither_edit_nor_state(qtbot, ctx, env, vpn):
    reader = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"knowledge.read"})))
    page = shown(qtbot, KnowledgePage(reader, env))

    page.show_target({"id": vpn.id})

    hidden = (page.reading.edit, page.reading.moves, page.reading.helped, page.folders.new)
    assert [widget.isVisible() for widget in hidden] == [False] * 4
    assert env.shell.errors == []


def test_an_author_may_hand_in_but_not_publish(qtbot, ctx, env):
    permissions = frozenset({"knowledge.read", "knowledge.edit"})
    author = ctx.acting_as(replace(ctx.actor, permissions=permissions))
    draft = commands.write_article(author, ArticleText("New", "Text"))
    page = shown(qtbot, KnowledgePage(author, env))
    page.show_target({"id": draft.id})

    page.reading.move_asked.emit(ArticleState.REVIEW)

    assert page.article.moves == (ArticleState.DRAFT,)
    assert queries.article(ctx, draft.id).state is ArticleState.REVIEW


def test_two_versions_stand_side_by_side(ctx, page, vpn):
    text = ArticleText(vpn.title, BODY.replace("Reconnect", "Restart"), "", "en", None)
    commands.revise_article(ctx, vpn.id, text, version=vpn.version, change_text="Restart works better")
    page.show_target({"id": vpn.id})

    page.reading.versions_asked.emit()

    said = page.versions.browser.toPlainText()
    assert "2. Reconnect." in said
    assert "2. Restart." in said
    assert "Restart works better" in page.versions.change.text()


def test_one_version_alone_cannot_be_compared_and_says_why(page, vpn):
    page.show_target({"id": vpn.id})

    assert not page.reading.versions.isEnabled()
    assert page.reading.versions.toolTip()


def test_large_letters_take_the_whole_page_and_escape_gives_it_back(page, vpn):
    page.show_target({"id": vpn.id})

    page.read_large(True)
    alone = not page.folders.isVisible()
    page.escape()

    assert alone
    assert page.folders.isVisible()


def test_the_page_comes_back_as_it_was(qtbot, ctx, env, page, vpn):
    page.show_target({"id": vpn.id})
    search(qtbot, page, "VPN")
    state = page.save_state()

    again = KnowledgePage(ctx, env)
    again.restore_state(state)
    shown(qtbot, again)

    assert again.results.search.text() == "VPN"
    assert again.reading.title.text() == vpn.title


def test_a_deleted_article_is_told_and_leaves_the_place_empty(page, env):
    page.show_target({"id": 999})

    assert len(env.shell.errors) == 1
    assert page.right.currentWidget() is page.nothing


def test_nothing_is_cut_off_on_the_smallest_window(page, vpn):
    page.show_target({"id": vpn.id})

    assert page.minimumSizeHint().width() <= 1280 - 72
    assert page.minimumSizeHint().height() <= 720 - 120


def test_everything_can_be_read_and_reached_in_both_languages(
    qtbot, ctx, bus, tmp_path, vpn, either_language
):
    page = shown(qtbot, KnowledgePage(ctx, page_env(bus, tmp_path, language=either_language)))
    page.resize(1280 - 72, 720 - 84)

    page.show_target({"id": vpn.id})

    qtbot.waitUntil(lambda: not clipped_texts(page))  # changed hints reach their layouts by and by
    assert_readable(page)


def test_the_form_can_be_read_and_reached_in_both_languages(qtbot, ctx, bus, tmp_path, vpn, either_language):
    page = shown(qtbot, KnowledgePage(ctx, page_env(bus, tmp_path, language=either_language)))
    page.resize(1280 - 72, 720 - 84)
    page.show_target({"id": vpn.id})

    page._edit()

    qtbot.waitUntil(lambda: not clipped_texts(page))  # changed hints reach their layouts by and by
    assert_readable(page)


def test_keys_reach_the_search_the_list_the_article_and_its_form(qtbot, page, vpn):
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.keyClick(page.results.list, Qt.Key.Key_Slash)
    is_searching = page.results.search.hasFocus()
    search(qtbot, page, "VPN")
    qtbot.keyClick(page.results.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.results.search, Qt.Key.Key_Return)
    is_reading = page.reading.browser.hasFocus()

    qtbot.keyClick(page.reading.browser, Qt.Key.Key_E)

    assert is_searching
    assert is_reading
    assert page.editor.presenter.article.id == vpn.id
