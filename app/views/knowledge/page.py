"""The knowledge page: folders, what was found, and the article, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.models.entities.errors import FirstlineError
from app.models.entities.events import CatalogueChanged, KnowledgeChanged
from app.models.entities.ids import TicketId
from app.models.entities.knowledge import Article, ArticleRevision, ArticleState
from app.services.base.context import Context
from app.views.base.actions import Action, ActionSet
from app.views.base.dialogs import Question
from app.views.base.errors import explain
from app.views.base.i18n import N_, _
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.widgets.states import EmptyState
from app.views.knowledge.article_presenter import ArticlePresenter, Sight
from app.views.knowledge.editor_presenter import EditorPresenter
from app.views.knowledge.editor_view import EditorView
from app.views.knowledge.lines import SortBy
from app.views.knowledge.panes import Panes
from app.views.knowledge.presenter import KnowledgePresenter, Listed, Scope, ScopeKind
from app.views.knowledge.reading_view import ReadingView
from app.views.knowledge.results_view import ResultsPanel
from app.views.knowledge.tree_view import FolderPanel
from app.views.knowledge.versions_view import VersionsView

_SEARCH_AFTER = 150


class KnowledgePage(Page):
    """Finds, shows and edits articles.

    Targets: {"id": article id} opens an article, {"text": words} searches, {"new": text} begins one. With
    {"ticket": ticket id} beside them, *Insert into ticket* goes back to that ticket and "helped?" counts for
    it: the ticket is opened to write its solution, with {"article": article id} beside its id.
    """

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.presenter = KnowledgePresenter(ctx, env, self)
        self.article = ArticlePresenter(ctx, env, self)
        self.editor: EditorView | None = None
        self._revisions: list[ArticleRevision] = []
        self._may_write = ctx.actor.may("knowledge.edit")
        self._waits_to_edit: dict[str, Any] | None = None
        self._answered = ""  # the words the list shows hits for
        self._is_chosen = False  # whether a person asked for the article that is open
        self._build()
        self._connect()
        self.action_set = ActionSet(self, self._actions(), ctx.actor.may)
        self.setFocusProxy(self.results.list)
        self.refresh_on(KnowledgeChanged)
        self.refresh_on(CatalogueChanged)

    # --- what the window asks ----------------------------------------------------------------------

    def refresh(self) -> None:
        """See `Page.refresh`."""
        self.presenter.refresh()
        self.article.refresh()

    def show_target(self, target: Target) -> None:
        """See the class."""
        ticket = target.get("ticket")
        self.article.ticket_id = TicketId(ticket) if isinstance(ticket, int) else None
        if isinstance(target.get("id"), int):
            self._read(target["id"])
        elif isinstance(target.get("text"), str):
            self._answered = ""
            self._set_words(target["text"])
            self.results.search.setFocus()
        elif isinstance(target.get("new"), str):
            self.write(None)
            if self.editor is not None and target["new"]:
                self.editor.restore({"body": target["new"]})

    def save_state(self) -> dict[str, Any]:
        """See `Page.save_state`."""
        state: dict[str, Any] = {
            "scope": [self.presenter.scope.kind, self.presenter.scope.category_id],
            "words": self.presenter.words,
            "sort": self.presenter.sort,
            "article": self.article.article_id,
            "widths": self.panes.widths,
        }
        if self.editor is not None:
            edited = self.editor.presenter.article
            state["editing"] = {
                "id": edited.id if edited else None,
                "values": self.editor.form.changed_values,
            }
        return state

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """See `Page.restore_state`."""
        kind, category = _pair(state.get("scope"))
        if kind in set(ScopeKind):
            self.presenter.scope = Scope(ScopeKind(kind), category)
            self.folders.show_scope(self.presenter.scope)
        if state.get("sort") in set(SortBy):
            self.presenter.sort = SortBy(str(state["sort"]))
        if isinstance(state.get("words"), str) and state["words"]:
            self._set_words(state["words"])
            self._answered = self.presenter.words
        if isinstance(state.get("article"), int):
            self.article.open(state["article"])
        self.panes.restore(state.get("widths"))
        editing = state.get("editing")
        if isinstance(editing, dict) and self._may_write:
            self._resume(editing)

    def focus_search(self) -> None:
        """See `Page.focus_search`."""
        self.results.search.setFocus()
        self.results.search.selectAll()

    def cycle_panes(self) -> None:
        """See `Page.cycle_panes`."""
        panes: list[QWidget] = [self.folders.tree, self.results.list, self.reading.browser]
        at = next((n for n, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(at + 1) % len(panes)].setFocus()

    def leave(self) -> None:
        """See `Page.leave`."""
        if self.editor is not None:
            self.editor.keeper.save_now()

    # --- what a person does ------------------------------------------------------------------------

    def write(self, article: Article | None) -> None:
        """Open the form for an article, or for a new one; one that is being written stays."""
        if self.editor is not None:
            self.right.setCurrentWidget(self.editor)
            return
        presenter = EditorPresenter(self.ctx, self.env, article, self)
        editor = EditorView(self.ctx, self.env, presenter, self.presenter.categories)
        presenter.setParent(editor)
        presenter.saved.connect(self._saved)
        editor.closed.connect(self._close_editor)
        self.editor = editor
        self.right.addWidget(editor)
        self.right.setCurrentWidget(editor)
        self._give_room(is_wide=True)
        self._refresh_actions()
        editor.begin()

    def insert(self) -> None:
        """Hand the article to the ticket it was opened from; else put its text on the clipboard."""
        article, ticket_id = self.article.article, self.article.ticket_id
        if article is None:
            return
        given = {"article": int(article.id)}
        if ticket_id is not None:
            self.env.shell.open("ticket", {"id": ticket_id, "write": "solution", **given})
            return
        QGuiApplication.clipboard().setText(self.article.text_to_insert)
        told = _("Copied. Paste it into the ticket with Ctrl+V.")
        if self.ctx.actor.may("tickets.create"):
            write = partial(self.env.shell.open, "new_ticket", given)
            self.env.shell.say(told, tone="info", action=_("New ticket"), run=write)
        else:
            self.env.shell.say(told, tone="info")

    def read_large(self, is_large: bool) -> None:
        """Read in large letters over the whole page, or as before."""
        self.reading.set_large(is_large=is_large)
        self._give_room(is_wide=is_large)

    def escape(self) -> None:
        """Close the innermost thing."""
        if self.editor is not None and self.right.currentWidget() is self.editor:
            self.editor.cancel()
        elif self.right.currentWidget() is self.versions:
            self.right.setCurrentWidget(self.reading)
        elif self.reading.large.isChecked():
            self.read_large(False)
        else:
            self.results.list.setFocus()

    # --- building ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.folders = FolderPanel(may_write=self._may_write)
        self.results = ResultsPanel(may_write=self._may_write)
        self.reading = ReadingView(self.env.format, self.ctx.actor.may)
        self.versions = VersionsView(self.env)
        self.nothing = QWidget()
        column = QVBoxLayout(self.nothing)
        self.choose_hint = EmptyState(
            "book-open",
            _("Choose an article"),
            _("Type what the caller says into the search field, or open a folder at the left."),
            tone="accent",
        )
        column.addWidget(self.choose_hint)
        self.right = QStackedWidget()
        for widget in (self.nothing, self.reading, self.versions):
            self.right.addWidget(widget)
        self.panes = Panes((self.folders, self.results, self.right))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.panes)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SEARCH_AFTER)

    def _connect(self) -> None:
        finding, reading = self.presenter, self.reading
        finding.tree_read.connect(self.folders.tree.set_nodes)
        finding.totals_read.connect(self.folders.show_totals)
        finding.listed.connect(self._show_listed)
        finding.unreadable.connect(self._show_unreadable)
        self.folders.scope_chosen.connect(finding.choose)
        self.folders.new_asked.connect(partial(self.write, None))
        self.results.new_asked.connect(partial(self.write, None))
        self.results.sorted_by.connect(finding.sort_by)
        self.results.searched.connect(lambda _text: self._timer.start())
        self._timer.timeout.connect(lambda: finding.search(self.results.search.text()))
        self.results.list.current_changed.connect(self._choose)
        self.results.list.entered.connect(self._enter)
        self.article.shown.connect(self._show_sight)
        self.article.unreadable.connect(self._show_gone)
        self.article.revisions_read.connect(self._keep_revisions)
        self.article.tickets_read.connect(reading.show_tickets)
        self.article.judged.connect(lambda _helped: reading.helped.thank())
        reading.move_asked.connect(self._move)
        reading.judge_asked.connect(lambda helped: self.article.judge(has_helped=helped))
        reading.insert_asked.connect(self.insert)
        reading.edit_asked.connect(self._edit)
        reading.versions_asked.connect(self._show_versions)
        reading.large_asked.connect(self.read_large)
        reading.ticket_asked.connect(lambda ticket_id: self.env.shell.open("ticket", {"id": ticket_id}))
        reading.link_asked.connect(self._follow)
        self.versions.closed.connect(lambda: self.right.setCurrentWidget(reading))

    def _actions(self) -> list[Action]:
        shown = self._blocked_without_article
        return [
            Action("knowledge.find", N_("Search articles"), self.focus_search, "search", "/"),
            Action(
                "knowledge.new",
                N_("New article"),
                partial(self.write, None),
                "plus",
                "Ctrl+Shift+N",
                "knowledge.edit",
            ),
            Action("knowledge.edit", N_("Edit"), self._edit, "pencil", "E", "knowledge.edit", shown),
            Action(
                "knowledge.insert",
                N_("Insert into ticket"),
                self.insert,
                "corner-up-left",
                "Ctrl+I",
                "",
                shown,
            ),
            Action(
                "knowledge.large",
                N_("Large letters, to read aloud"),
                lambda: self.read_large(not self.reading.large.isChecked()),
                "maximize-2",
                "L",
                "",
                shown,
            ),
            Action(
                "knowledge.versions",
                N_("Compare versions"),
                self._show_versions,
                "columns-3",
                "V",
                "",
                self._blocked_without_versions,
            ),
            Action(
                "knowledge.save",
                N_("Save"),
                self._save,
                "save",
                "Ctrl+S",
                "knowledge.edit",
                self._blocked_without_editor,
            ),
            Action("knowledge.close", N_("Close"), self.escape, "x", "Esc"),
        ]

    # --- inside ------------------------------------------------------------------------------------

    def _set_words(self, words: str) -> None:
        """Put words into the search field without waiting for more; the next refresh looks for them."""
        self.results.search.blockSignals(True)
        self.results.search.setText(words)
        self.results.search.blockSignals(False)
        self.presenter.words = words.strip()

    def _blocked_without_article(self) -> str:
        return "" if self.article.article is not None else _("Choose an article first.")

    def _blocked_without_versions(self) -> str:
        return "" if len(self._revisions) > 1 else _("There is only one version so far.")

    def _blocked_without_editor(self) -> str:
        return "" if self.editor is not None else _("Nothing is being written.")

    def _refresh_actions(self) -> None:
        if self.action_set is not None:
            self.action_set.refresh()

    def _show_listed(self, listed: Listed) -> None:
        folder = self.presenter.category_name(listed.scope.category_id)
        self.results.show_listed(listed, folder)
        self.results.show_sort(self.presenter.sort, is_search=listed.is_search)
        self.choose_hint.setVisible(bool(listed.lines))  # an empty list says itself what to do
        before, self._answered = self._answered, listed.words
        if not before:
            self._is_chosen = False  # what was read before a search begins is no choice among its hits
        opened = self.article.article_id
        stays = self._is_chosen or not listed.is_search or listed.words == before
        is_listed = opened is not None and stays and self.results.list.go_to(opened)
        if listed.lines and not is_listed and (opened is None or listed.is_search):
            self._read_first()

    def _choose(self, article_id: int) -> None:
        """Show the article a person asked for; it stays while they type on, as long as it is found."""
        self._is_chosen = True
        self.article.open(article_id)

    def _read_first(self) -> None:
        """Show the first article found, unless something else is being written or compared."""
        if self.editor is None and self.right.currentWidget() is not self.versions:
            self._is_chosen = False
            first = self.results.list.lines.lines[0].id
            self.results.list.go_to(first)
            self.article.open(first)

    def _show_unreadable(self, error: FirstlineError) -> None:
        told = explain(error, self.env.format)
        self.results.show_problem(told.happened, told.advice)

    def _show_sight(self, sight: Sight) -> None:
        category = self.presenter.category_name(sight.article.category_id)
        self.reading.show_sight(sight, self.article.moves, category, self.ctx.clock.now())
        self._refresh_actions()
        self.results.list.go_to(sight.article.id)
        if self.right.currentWidget() is self.nothing:
            self.right.setCurrentWidget(self.reading)
        if self._waits_to_edit is not None:
            values, self._waits_to_edit = self._waits_to_edit, None
            self._write_with(sight.article, values)

    def _show_gone(self, _error: FirstlineError) -> None:
        if self.editor is None:
            self.right.setCurrentWidget(self.nothing)

    def _read(self, article_id: int) -> None:
        if self.editor is None:
            self.right.setCurrentWidget(self.reading if self.article.article else self.nothing)
        self._choose(article_id)

    def _enter(self) -> None:
        if self.article.article is not None:
            self.right.setCurrentWidget(self.reading)
            self.reading.browser.setFocus()

    def _keep_revisions(self, revisions: list[ArticleRevision]) -> None:
        self._revisions = revisions
        self.reading.versions.wait_for(self._blocked_without_versions())
        self._refresh_actions()

    def _show_versions(self) -> None:
        article = self.article.article
        if article is not None and len(self._revisions) > 1:
            self.versions.show_revisions(article.title, self._revisions)
            self.right.setCurrentWidget(self.versions)

    def _edit(self) -> None:
        if self.article.article is not None:
            self.write(self.article.article)

    def _save(self) -> None:
        if self.editor is not None:
            self.editor.save()

    def _saved(self, article_id: int) -> None:
        self._close_editor()
        self._read(article_id)
        self.presenter.refresh()

    def _close_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            self.right.removeWidget(editor)
            editor.deleteLater()
        self.right.setCurrentWidget(self.reading if self.article.article is not None else self.nothing)
        self._give_room(is_wide=self.reading.large.isChecked())
        self._refresh_actions()

    def _resume(self, editing: Mapping[str, Any]) -> None:
        values = editing.get("values")
        typed = dict(values) if isinstance(values, dict) else {}
        if isinstance(editing.get("id"), int):
            self._waits_to_edit = typed
            self.article.open(editing["id"])
        else:
            self._write_with(None, typed)

    def _write_with(self, article: Article | None, values: dict[str, Any]) -> None:
        self.write(article)
        if self.editor is not None and values:
            self.editor.restore(values)

    def _give_room(self, *, is_wide: bool) -> None:
        self.folders.setVisible(not is_wide)
        self.results.setVisible(not is_wide)

    def _move(self, state: ArticleState) -> None:
        self.article.move(state)

    def _follow(self, url: QUrl) -> None:
        """Open a link outside, after asking: the text was written by somebody else."""
        address = url.toString()
        asked = Question(_("Open this address?"), address, _("Open"), is_destructive=False)
        if self.env.dialogs.confirm(asked):
            QDesktopServices.openUrl(url)


def _pair(value: object) -> tuple[str, int]:
    if isinstance(value, list | tuple) and len(value) == 2 and isinstance(value[1], int):
        return str(value[0]), value[1]
    return "", 0
