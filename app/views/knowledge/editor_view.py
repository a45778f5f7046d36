"""The form of an article: its text at the left, how it will look at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from app.models.entities.catalogue import CategoryNode
from app.models.entities.errors import FirstlineError
from app.services.base.context import Context
from app.services.base.drafts import Draft
from app.services.base.names import name_in
from app.services.knowledge import rules
from app.services.knowledge.markup import Rendered
from app.views.base.drafts import DraftKeeper
from app.views.base.errors import explain
from app.views.base.forms import Binding, Form
from app.views.base.i18n import _, current
from app.views.base.marked_text import INDENT, article_page
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane
from app.views.base.theme import theme
from app.views.base.tokens import Space
from app.views.base.widgets.browser import SafeBrowser
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, Notice
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.knowledge.editor_presenter import FIELD_LABELS, EditorPresenter

_PREVIEW_AFTER = 150
_LANGUAGES = (("en", "English"), ("zh_CN", "简体中文"))
_LONGEST_KEYWORDS = 250
_INDENT = "    "


class EditorView(QWidget):
    """Made for one article and one sitting; the page throws it away afterwards."""

    closed = Signal()

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        presenter: EditorPresenter,
        categories: Sequence[CategoryNode],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._env = env
        self.presenter = presenter
        self.form = Form(self)
        self._rendered: Rendered | None = None
        self._found: Draft | None = None
        self._build(categories)
        self._arrange()
        self.form.load(presenter.values)
        self.keeper = DraftKeeper(
            self,
            self.form,
            files=env.drafts,
            tasks=env.tasks,
            clock=ctx.clock,
            key=presenter.draft_key,
            base_version=presenter.article.version if presenter.article is not None else 0,
            title=lambda: self.title.text().strip() or _("New article"),
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PREVIEW_AFTER)
        self._connect()
        presenter.preview(self.body.toPlainText())
        presenter.look_for_draft()

    def begin(self) -> None:
        """Put the cursor where writing begins."""
        (self.body if self.presenter.article is not None else self.title).setFocus()

    def save(self) -> None:
        """Save what stands in the form."""
        self.form.clear_errors()
        self.presenter.save(self.form.values, self.change.text())

    def cancel(self) -> None:
        """Close; what was typed is kept as a draft and offered the next time."""
        if self.form.is_dirty:
            self.keeper.save_now()
            self._env.shell.say(_("Your text is kept as a draft."), tone="info")
        self.closed.emit()

    def restore(self, values: dict[str, Any]) -> None:
        """Put typed values back after the page was built anew."""
        self.form.fill(values)

    # --- building ----------------------------------------------------------------------------------

    def _build(self, categories: Sequence[CategoryNode]) -> None:
        self.title = QLineEdit()
        self.title.setMaxLength(rules.LONGEST_TITLE)
        self.title.setPlaceholderText(_("What a colleague would search for: symptom, system, message"))
        self.category = Choose()
        self.category.addItem(_("No category"), None)
        for node in categories:
            name = name_in(node.path[-1], node.path_alt[-1], current.code)
            self.category.addItem(_INDENT * node.depth + name, int(node.category.id))
        self.language = Choose()
        for code, name in _LANGUAGES:
            self.language.addItem(name, code)
        self.keywords = QLineEdit()
        self.keywords.setMaxLength(_LONGEST_KEYWORDS)
        self.keywords.setPlaceholderText(_("Other words people use for it"))
        self.body = QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        self.body.setPlaceholderText(
            _("## Symptom\n\n## Steps\n1. First …\n\n> **Note** what must not be done")
        )
        self.preview = SafeBrowser(_("Preview"))
        self.preview.document().setIndentWidth(INDENT)
        self.change = QLineEdit()
        self.change.setPlaceholderText(_("What did you change, and why?"))
        self.kept = PlainLabel("", "faint")
        self.save_button = Button(_("Save"), ButtonKind.PRIMARY, icon="save", key="Ctrl+S")
        self.cancel_button = Button(_("Cancel"), key="Esc")
        self.restore_button = Button(_("Take it back"), small=True)
        self.drop_button = Button(_("Discard it"), ButtonKind.GHOST, small=True)
        self.notice = Notice("", tone="accent", icon="history")
        self.notice.buttons.addWidget(self.restore_button)
        self.notice.buttons.addWidget(self.drop_button)
        self.notice.hide()

    def _arrange(self) -> None:
        form = self.form
        second = QHBoxLayout()
        second.setSpacing(Space.M)
        second.addWidget(form.add("category_id", Field(str(FIELD_LABELS["category_id"]), self.category)), 2)
        second.addWidget(form.add("language", Field(str(FIELD_LABELS["language"]), self.language)), 1)
        left = QWidget()
        fields = QVBoxLayout(left)
        fields.setContentsMargins(0, 0, Space.M, 0)
        fields.setSpacing(Space.M)
        fields.addWidget(form.add("title", Field(str(FIELD_LABELS["title"]), self.title, required=True)))
        fields.addLayout(second)
        fields.addWidget(form.add("keywords", Field(str(FIELD_LABELS["keywords"]), self.keywords)))
        body = Field(str(FIELD_LABELS["body"]), self.body, hint=_("Markdown"), required=True)
        as_typed = Binding(self.body.toPlainText, self._write_body, self.body.textChanged, _on_one_line)
        fields.addWidget(form.add("body", body, as_typed), 1)
        card = Card(_("Preview"))
        card.body.addWidget(self.preview, 1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(left)
        halves.addWidget(card)
        halves.setSizes([520, 420])
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.change, 1)
        foot.addWidget(self.kept)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        self.change.setVisible(self.presenter.article is not None)
        self.change.setAccessibleName(_("What was changed"))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.M)
        is_new = self.presenter.article is None
        column.addWidget(PlainLabel(_("New article") if is_new else _("Edit article"), "page"))
        column.addWidget(self.notice)
        column.addWidget(halves, 1)
        column.addLayout(foot)
        if is_new:
            foot.insertStretch(0, 1)

    def _connect(self) -> None:
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.cancel)
        self.restore_button.clicked.connect(self._restore_draft)
        self.drop_button.clicked.connect(self._drop_draft)
        self.body.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(lambda: self.presenter.preview(self.body.toPlainText()))
        self.presenter.previewed.connect(self._show_preview)
        self.presenter.refused.connect(self._show_refusal)
        self.presenter.saved.connect(lambda _id: self.keeper.forget())
        self.presenter.draft_found.connect(self._offer)
        self.keeper.saved.connect(self._tell_kept)
        self.keeper.failed.connect(self._env.shell.failed)
        theme.changed.connect(self._paint_preview)

    # --- inside ------------------------------------------------------------------------------------

    def _write_body(self, text: str) -> None:
        self.body.setPlainText(text or "")

    def _show_preview(self, rendered: Rendered) -> None:
        self._rendered = rendered
        self._paint_preview()

    def _paint_preview(self) -> None:
        if self._rendered is not None:
            self.preview.show_html(article_page(self._rendered.html))

    def _show_refusal(self, field: str, error: FirstlineError) -> None:
        self.form.show_errors({field: explain(error, self._env.format).happened})

    def _offer(self, draft: Draft) -> None:
        self._found = draft
        when = self._env.format.exact(draft.saved_at)
        said = _("A text of yours from {time} was never saved.").format(time=when)
        self.notice.say(said, tone="accent")
        self.notice.show()

    def _restore_draft(self) -> None:
        if self._found is not None:
            self.keeper.restore(self._found)
        self.notice.hide()

    def _drop_draft(self) -> None:
        if self._found is not None:
            job = partial(self._env.drafts.delete, self._found.id)
            self._env.tasks.run(job, lane=Lane.FILES)
        self.notice.hide()

    def _tell_kept(self, draft: Draft) -> None:
        self.kept.setText(_("draft kept {time}").format(time=self._env.format.clock(draft.saved_at)))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
