"""Writing an article: saves it, shows how it will look, settles what two authors changed at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import FirstlineError, StaleRecord
from app.models.entities.ids import CategoryId
from app.models.entities.knowledge import Article, ArticleRevision
from app.services.base.context import Context
from app.services.base.drafts import Draft, DraftKey
from app.services.base.merging import merge
from app.services.base.undo import Outcome
from app.services.knowledge import commands, queries
from app.services.knowledge.commands import ArticleText
from app.services.knowledge.markup import Rendered, render
from app.views.base.dialogs import MergeField
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane

T = TypeVar("T")
Values = Mapping[str, Any]
_FORM = "knowledge.article"
# In which field an error belongs.
_FIELD_OF = {
    "knowledge.no_title": "title",
    "knowledge.title_too_long": "title",
    "knowledge.no_body": "body",
    "knowledge.body_too_long": "body",
}
FIELD_LABELS = {
    "title": N_("Title"),
    "category_id": N_("Category"),
    "language": N_("Language"),
    "keywords": N_("Keywords"),
    "body": N_("Article text"),
}


class EditorPresenter(QObject):
    """One article being written; `article` None is a new one. Owns no widgets."""

    saved = Signal(int)  # the article's id
    refused = Signal(str, object)  # field name or "", FirstlineError
    previewed = Signal(object)  # Rendered
    draft_found = Signal(object)  # Draft of an earlier attempt

    def __init__(
        self, ctx: Context, env: PageEnv, article: Article | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.article = article
        self.is_saving = False
        self._previews = 0

    @property
    def draft_key(self) -> DraftKey:
        """Where this text's draft belongs."""
        record = str(self.article.id) if self.article is not None else ""
        user = str(self._ctx.actor.person_id or self._ctx.actor.name)
        return DraftKey(user, self._env.epoch, _FORM, record)

    @property
    def values(self) -> dict[str, Any]:
        """What the form begins with."""
        return values_of(self.article) if self.article is not None else dict(_NEW)

    def look_for_draft(self) -> None:
        """Ask the disk whether an earlier attempt was kept."""
        key = self.draft_key
        job = partial(self._env.drafts.offers, key.user, key.epoch)
        self._env.tasks.run(job, self._offer, self._env.shell.failed, lane=Lane.FILES, owner=self)

    def preview(self, markdown: str) -> None:
        """Show how the text will look; only the answer to the newest question is told."""
        self._previews += 1
        self._run(partial(render, markdown), partial(self._tell_preview, self._previews))

    def save(self, values: Values, change_text: str) -> None:
        """Save the text. While one save is on its way another is not begun."""
        if self.is_saving:
            return
        self.is_saving = True
        job: Callable[[], Outcome]
        if self.article is None:
            job = partial(commands.write_article, self._ctx, text_of(values))
        else:
            job = self._revision(values, self.article.version, change_text)
        failed = partial(self._on_refused, values, change_text)
        self._env.tasks.run(job, self._on_saved, failed, owner=self)

    def _revision(self, values: Values, version: int, change_text: str) -> Callable[[], Outcome]:
        if self.article is None:
            raise ValueError("a new article has no version to revise")
        return partial(
            commands.revise_article,
            self._ctx,
            self.article.id,
            text_of(values),
            version=version,
            change_text=change_text,
        )

    def _on_saved(self, outcome: Outcome) -> None:
        self.is_saving = False
        is_new = self.article is None
        self._env.shell.did(
            outcome, _("The draft is saved. Send it to review when it is ready.") if is_new else ""
        )
        if outcome.id is not None:
            self.saved.emit(outcome.id)

    def _on_refused(self, values: Values, change_text: str, error: Exception) -> None:
        self.is_saving = False
        if isinstance(error, StaleRecord) and self.article is not None:
            job = partial(queries.article, self._ctx, self.article.id)
            self._run(job, partial(self._who_was_it, values, change_text))
        elif isinstance(error, FirstlineError) and error.code in _FIELD_OF:
            self.refused.emit(_FIELD_OF[error.code], error)
        else:
            self._env.shell.failed(error)

    def _who_was_it(self, values: Values, change_text: str, theirs: Article) -> None:
        job = partial(queries.article_revisions, self._ctx, theirs.id)
        self._run(job, partial(self._merge, values, change_text, theirs))

    def _merge(
        self, values: Values, change_text: str, theirs: Article, revisions: list[ArticleRevision]
    ) -> None:
        """Save on top of theirs: silently where the fields differ, after asking where they are the same."""
        if self.article is None:
            return
        base, now = values_of(self.article), values_of(theirs)
        merged = merge(base, now, {name: value for name, value in values.items() if value != base.get(name)})
        chosen: dict[str, object] = {**now, **merged.values}
        if merged.conflicts:
            fields = [
                MergeField(
                    each.field,
                    str(FIELD_LABELS[each.field]),
                    _told(each.base),
                    _told(each.theirs),
                    _told(each.mine),
                )
                for each in merged.conflicts
            ]
            who = revisions[0].author_name if revisions else ""
            answer = self._env.dialogs.merge(who or _("Somebody"), fields)
            if answer is None:
                self._env.shell.say(_("Nothing was saved. Your text is still here."), tone="warn")
                return
            chosen |= {each.field: each.mine for each in merged.conflicts if answer[each.field]}
        self.article = theirs
        self.save(chosen, change_text)

    def _offer(self, drafts: list[Draft]) -> None:
        found = next((draft for draft in drafts if draft.key == self.draft_key), None)
        if found is not None:
            self.draft_found.emit(found)

    def _tell_preview(self, asked: int, rendered: Rendered) -> None:
        if asked == self._previews:
            self.previewed.emit(rendered)

    def _run(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._env.tasks.run(job, done, self._env.shell.failed, owner=self)


_NEW: Values = {"title": "", "category_id": None, "language": "en", "keywords": "", "body": ""}


def values_of(article: Article) -> dict[str, Any]:
    """Return the fields of an article that its author types."""
    return {
        "title": article.title,
        "category_id": article.category_id,
        "language": article.language,
        "keywords": article.keywords,
        "body": article.body,
    }


def text_of(values: Values) -> ArticleText:
    """Return typed values as what the command takes."""
    category = values.get("category_id")
    return ArticleText(
        title=str(values.get("title", "")),
        body=str(values.get("body", "")),
        keywords=str(values.get("keywords", "")),
        language=str(values.get("language", "en")),
        category_id=None if category is None else CategoryId(int(category)),
    )


def _told(value: object) -> str:
    return "" if value is None else str(value)
