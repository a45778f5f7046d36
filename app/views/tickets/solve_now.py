"""Solving the call in the form itself: solution, cause, how it was solved, and the knowledge used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.models.entities.settings import CodeItem
from app.services.base.names import name_in, named
from app.services.catalogue.rules import match_grade
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import ElidedLabel, PlainLabel
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.switches import Toggle
from app.views.tickets.form_typeahead import Offer, TypeAhead

_NO_MATCH = 9
_SOLUTION_HEIGHT = 76


class SolveSection(QWidget):
    """Opened by the first press of "Solve now"; the second one saves. No dialog."""

    changed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._causes: Sequence[CodeItem] = ()
        self._article: int | None = None
        self.solution = QPlainTextEdit()
        self.solution.setObjectName("solution")
        self.solution.setTabChangesFocus(True)
        self.solution.setFixedHeight(_SOLUTION_HEIGHT)
        self.solution.setPlaceholderText(_("What solved it, so that the next colleague can do it too"))
        self.solution_field = Field(_("Solution"), self.solution, required=True)
        self.cause = TypeAhead(_("Name, code or initials"))
        self.cause.setObjectName("cause")
        self.cause_field = Field(_("Cause"), self.cause, required=True)
        self.resolution = Choose()
        self.resolution_field = Field(_("How it was solved"), self.resolution)
        self.none_fits = Toggle(_("None fits"), shown=True)
        self.article = ElidedLabel("", "strong")
        self._clear_article = IconButton("x", _("Use no article"), small=True)
        self._close = Button(_("Not solved yet"), ButtonKind.LINK, icon="x", small=True)
        self.article_field = Field(_("Knowledge used"), self._knowledge_row(), required=True)
        self._build()
        self._connect()

    @property
    def article_id(self) -> int | None:
        """The article that was used."""
        return self._article

    def show_codes(self, causes: Sequence[CodeItem], resolutions: Sequence[CodeItem]) -> None:
        """Offer the site's codes; what is chosen stays chosen."""
        self._causes = causes
        kept = self.resolution.currentData()
        self.resolution.blockSignals(True)
        self.resolution.clear()
        self.resolution.addItem("–", "")
        for item in resolutions:
            self.resolution.addItem(named(item, current.code), item.code)
        self.resolution.setCurrentIndex(max(0, self.resolution.findData(kept)))
        self.resolution.blockSignals(False)
        self.set_cause(self.cause.key)

    def set_cause(self, code: str) -> None:
        """Show a cause as chosen without telling anybody."""
        found = next((item for item in self._causes if item.code == code), None)
        self.cause.show_taken(code, named(found, current.code) if found is not None else code)

    def set_article(self, article_id: int | None, title: str = "") -> None:
        """Show the article that was used, without telling anybody."""
        self._article = article_id
        self.article.setText(title or (_("Article chosen") if article_id is not None else ""))
        is_used = article_id is not None
        self.article.setVisible(is_used)
        self._clear_article.setVisible(is_used)
        self._icon.setVisible(is_used)
        self.none_fits.setVisible(not is_used)
        self._hint.setVisible(not is_used)

    def _knowledge_row(self) -> QWidget:
        whole = QWidget()
        self._icon = IconSpot("book-open", "accent")
        self._hint = PlainLabel(_("take one at the right, or"), "muted")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(Space.S)
        row.addWidget(self._icon)
        row.addWidget(self.article, 1)
        row.addWidget(self._clear_article)
        row.addWidget(self._hint)
        row.addWidget(self.none_fits)
        row.addStretch(0)
        whole.setFocusProxy(self.none_fits)
        return whole

    def _build(self) -> None:
        codes = QHBoxLayout()
        codes.setSpacing(Space.M)
        codes.addWidget(self.cause_field, 3)
        codes.addWidget(self.resolution_field, 3)
        codes.addWidget(self.article_field, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(
            row_of(IconSpot("zap", "accent"), PlainLabel(_("Solve now"), "section"), None, self._close)
        )
        column.addWidget(self.solution_field)
        column.addLayout(codes)
        self.set_article(None)

    def _connect(self) -> None:
        self.cause.asked.connect(self._offer_causes)
        self.cause.taken.connect(lambda _code: self.changed.emit())
        self.solution.textChanged.connect(self.changed)
        self.resolution.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.none_fits.toggled.connect(lambda _on: self.changed.emit())
        self._clear_article.clicked.connect(self._drop_article)
        self._close.clicked.connect(self.closed)

    def _offer_causes(self, typed: str) -> None:
        graded = [
            (match_grade(typed, item.code, item.name, item.name_alt), place, item)
            for place, item in enumerate(self._causes)
        ]
        found = sorted((each for each in graded if each[0] < _NO_MATCH), key=lambda each: each[:2])
        self.cause.offer(
            [
                Offer(item.code, name_in(item.name, item.name_alt, current.code), item.code)
                for _grade, _place, item in found
            ]
        )

    def _drop_article(self) -> None:
        self.set_article(None)
        self.changed.emit()
        self.none_fits.setFocus()
