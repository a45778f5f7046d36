"""Two versions of an article side by side, and the list of all its versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.knowledge import ArticleRevision
from app.services.knowledge.differences import LinePair, side_by_side
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.theme import theme
from app.views.base.tokens import Space
from app.views.base.widgets.browser import SafeBrowser
from app.views.base.widgets.buttons import Button, IconButton
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel, rule
from app.views.knowledge.versions_html import versions_page


class VersionsView(QWidget):
    """Choose two versions; the differences are marked by colour, strike-through and underline."""

    closed = Signal()

    def __init__(self, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._env = env
        self._format: Format = env.format
        self._revisions: Sequence[ArticleRevision] = ()
        self._pairs: Sequence[LinePair] = ()
        self.before = Choose()
        self.after = Choose()
        self.title = PlainLabel("", "section")
        self.change = PlainLabel("", "muted", wrap=True)
        self.back = Button(_("Back to the article"), icon="arrow-left", key="Esc")
        self.swap = IconButton("arrow-left-right", _("Swap the sides"))
        self.browser = SafeBrowser(_("Versions side by side"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._arrange()
        self.back.clicked.connect(self.closed)
        self.swap.clicked.connect(self._swap)
        for box in (self.before, self.after):
            box.currentIndexChanged.connect(self._compare)
        theme.changed.connect(self._paint)

    def show_revisions(self, title: str, revisions: Sequence[ArticleRevision]) -> None:
        """Compare the last two versions, the newest first in the list."""
        self._revisions = ()  # while the boxes are filled nothing is compared
        self.title.setText(title)
        for box in (self.before, self.after):
            box.clear()
            for revision in revisions:
                box.addItem(self._name(revision), revision.revision)
        self.before.setCurrentIndex(min(1, len(revisions) - 1))
        self.after.setCurrentIndex(0)
        self._revisions = tuple(revisions)
        self._compare()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        choose = QHBoxLayout()
        choose.setSpacing(Space.S)
        choose.addWidget(Field(_("Before"), self.before), 1)
        choose.addWidget(self.swap)
        choose.addWidget(Field(_("After"), self.after), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addLayout(choose)
        column.addWidget(self.change)
        column.addWidget(rule())
        column.addWidget(self.browser, 1)

    def _name(self, revision: ArticleRevision) -> str:
        day = self._format.exact(revision.at)
        parts = [_("Version {number}").format(number=revision.revision), revision.author_name, day]
        return " · ".join(part for part in parts if part)

    def _chosen(self, box: Choose) -> ArticleRevision | None:
        return next((each for each in self._revisions if each.revision == box.currentData()), None)

    def _swap(self) -> None:
        before, after = self.before.currentIndex(), self.after.currentIndex()
        self.before.setCurrentIndex(after)
        self.after.setCurrentIndex(before)

    def _compare(self) -> None:
        before, after = self._chosen(self.before), self._chosen(self.after)
        if before is None or after is None:
            return
        job: Callable[[], list[LinePair]] = partial(side_by_side, _whole(before), _whole(after))
        self._env.tasks.run(job, self._show, self._env.shell.failed, owner=self)

    def _show(self, pairs: Sequence[LinePair]) -> None:
        self._pairs = pairs
        after = self._chosen(self.after)
        said = after.change_text if after is not None else ""
        self.change.setText(_("What was changed: {text}").format(text=said) if said else "")
        self.change.setVisible(bool(said))
        self._paint()

    def _paint(self) -> None:
        before, after = self._chosen(self.before), self._chosen(self.after)
        if before is not None and after is not None:
            self.browser.show_html(versions_page(self._pairs, self._name(before), self._name(after)))


def _whole(revision: ArticleRevision) -> str:
    return f"{revision.title}\n\n{revision.body}"
