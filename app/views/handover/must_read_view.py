"""Articles everybody must have read: what I have not, and who else has not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.handover import MustRead
from app.views.base.i18n import _, ngettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.handover.row_list import ListRow, RowList

_SIDE = 340


class MustReadView(QWidget):
    """The list of articles, and beside it the chosen one's readers."""

    read_asked = Signal(object)  # MustRead: the reader has read it
    article_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Sequence[MustRead] = ()
        self.list = RowList(_("What everybody must read"))
        self.empty = EmptyState(
            "book-open",
            _("Nothing that everybody must read"),
            _("Articles with the keyword “sop” or “制度” stand here, with who has not read them."),
        )
        self.title = PlainLabel("", "section", wrap=True)
        self.facts = PlainLabel("", "muted", wrap=True)
        self.missing = PlainLabel("", wrap=True)
        self.open = Button(_("Open the article"), icon="book-open")
        self.done = Button(_("I have read it"), ButtonKind.PRIMARY, icon="check")
        left = Card(flush=True)
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self.empty, 1)
        self.side = Card()
        self.side.setFixedWidth(_SIDE)
        self.side.body.addWidget(self.title)
        self.side.body.addWidget(self.facts)
        self.side.body.addLayout(row_of(self.done, self.open, None))
        self.side.body.addWidget(PlainLabel(_("Not read yet"), "caps"))
        self.side.body.addWidget(self.missing)
        self.side.body.addStretch(1)
        panes = QHBoxLayout()
        panes.setSpacing(Space.M)
        panes.addWidget(left, 1)
        panes.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(panes, 1)
        self.list.chosen.connect(lambda _key: self._show_chosen())
        self.list.entered.connect(self.article_asked)
        self.open.clicked.connect(self._open_chosen)
        self.done.clicked.connect(self._acknowledge)
        self.show_found(())

    @property
    def chosen(self) -> MustRead | None:
        """The article the list stands on."""
        return next((one for one in self._found if one.article_id == self.list.key), None)

    def show_found(self, found: Sequence[MustRead]) -> None:
        """Show these articles."""
        self._found = found
        self.list.show_rows([self._row(one) for one in found])
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._show_chosen()

    def _row(self, one: MustRead) -> ListRow:
        all_read = not one.missing
        icon, tone = ("circle-check", "ok") if one.is_mine_read else ("circle", "warn")
        return ListRow(
            one.article_id,
            one.title,
            self._facts(one),
            icon,
            tone,
            pill="" if one.is_mine_read else _("To read"),
            pill_tone="warn",
            is_faded=all_read,
        )

    def _facts(self, one: MustRead) -> str:
        missing = ngettext("{count} has not read it", "{count} have not read it", len(one.missing))
        parts = [
            _("Revision {number}").format(number=one.revision),
            _("read by {count}").format(count=one.acknowledged),
            missing.format(count=len(one.missing)) if one.missing else _("all have read it"),
        ]
        return " · ".join(parts)

    def _show_chosen(self) -> None:
        one = self.chosen
        self.side.setVisible(one is not None)
        if one is None:
            return
        self.title.setText(one.title)
        self.facts.setText(self._facts(one))
        self.missing.setText(_(", ").join(one.missing) or "–")
        self.done.wait_for(_("You have said so already.") if one.is_mine_read else "")

    def _open_chosen(self) -> None:
        if self.chosen is not None:
            self.article_asked.emit(self.chosen.article_id)

    def _acknowledge(self) -> None:
        if self.chosen is not None:
            self.read_asked.emit(self.chosen)
