"""The articles linked to a category, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.entities.knowledge import ArticleRow
from app.views.base.i18n import _, pgettext
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import set_tip
from app.views.settings.inputs import fill
from app.views.settings.line_list import EditedLine, LineList

_LEAST_CHARACTERS = 6


def article_title(article: ArticleRow) -> str:
    """Return "KB-0012 Paper jam"."""
    return f"KB-{article.number:04d} {article.title}"


class _Line(EditedLine):
    def __init__(self, choices: Sequence[tuple[str, int]], article: int | None) -> None:
        super().__init__(_("Do not link this article"))
        self.article = Choose()
        self.article.setAccessibleName(_("Article"))
        self.offer(choices)
        at = self.article.findData(article) if article is not None else -1
        self.article.setCurrentIndex(at)
        self.lay_out((self.article, 1))
        self.article.currentIndexChanged.connect(self._on_chosen)
        set_tip(self.article, self.article.currentText())

    def offer(self, choices: Sequence[tuple[str, int]]) -> None:
        fill(self.article, choices)
        self.article.setMinimumContentsLength(_LEAST_CHARACTERS)

    def _on_chosen(self) -> None:
        set_tip(self.article, self.article.currentText())
        self.changed.emit()


class ArticleLines(LineList[_Line]):
    """One line for each article; a line without a choice counts as none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Link an article"), parent)
        self._choices: list[tuple[str, int]] = []
        self.add.clicked.connect(self._add_next)

    @property
    def article_ids(self) -> list[int]:
        """The articles chosen, each once, in their order."""
        chosen = [line.article.currentData() for line in self._lines]
        return list(dict.fromkeys(int(each) for each in chosen if each is not None))

    def offer(self, articles: Iterable[ArticleRow]) -> None:
        """Offer these articles; a line keeps the one it has."""
        kept = self.article_ids
        self._choices = [(article_title(each), int(each.id)) for each in articles]
        self.clear()
        for article in kept:
            self._append(article)

    def show_ids(self, article_ids: Sequence[int] | None) -> None:
        """Show these articles instead."""
        if list(article_ids or ()) == self.article_ids:
            return
        self.clear()
        for article in article_ids or ():
            self._append(article)

    def told(self, article_ids: Sequence[int] | None) -> str:
        """Return articles as a person reads them."""
        names = {article: name for name, article in self._choices}
        between = pgettext("between things", ", ")
        return between.join(names.get(each, f"#{each}") for each in article_ids or ())

    def _append(self, article: int) -> _Line:
        if article not in {each for _name, each in self._choices}:
            # One that is not offered (retired, or not to be read here) stays linked.
            self._choices.append((_("an article that is not offered"), article))
        return self.append(_Line(self._choices, article))

    def _add_next(self) -> None:
        line = self.append(_Line(self._choices, None))
        line.article.setFocus(Qt.FocusReason.OtherFocusReason)
