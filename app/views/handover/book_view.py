"""The book of all handovers: searched, and each one's frozen paper opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.handover import BookEntry, HandoverState
from app.services.base.names import name_in
from app.services.handover.words import HandoverWords
from app.views.base.i18n import _, current, ngettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.fields import SearchField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.handover.row_list import ListRow, RowList

_TYPING = 250  # milliseconds after the last key before the book is searched
_TONES = {
    HandoverState.DRAFT: ("pencil", "muted", ""),
    HandoverState.SIGNED_OUT: ("circle-dot", "warn", "warn"),
    HandoverState.CLOSED: ("shield-check", "ok", "ok"),
}


class BookView(QWidget):
    """Search field and list; Enter opens the paper of a closed handover, the sheet of one that is not.

    Arrows move through the list from the search field too.
    """

    searched = Signal(str)
    more_asked = Signal()
    opened = Signal(object)  # BookEntry

    def __init__(self, words: HandoverWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._entries: Sequence[BookEntry] = ()
        self.search = SearchField(_("Search people, dates and everything written down"))
        self.count = PlainLabel("", "muted")
        self.list = RowList(_("Book of handovers"))
        self.more = Button(_("Read further back"), ButtonKind.LINK, small=True)
        self.empty = EmptyState(
            "book-open",
            _("No handover here"),
            _("Handovers come into the book with their first look; both signatures close them."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row_of(self.search, self.count))
        card = Card(flush=True)
        card.body.addWidget(self.list, 1)
        card.body.addWidget(self.empty, 1)
        card.body.addLayout(row_of(None, self.more, None))
        column.addWidget(card, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._search_now)
        self.search.step.connect(self.list.step)
        self.more.clicked.connect(self.more_asked)
        self.list.entered.connect(self._open)
        self.show_entries((), has_more=False)

    def show_entries(self, entries: Sequence[BookEntry], *, has_more: bool) -> None:
        """Show what was found."""
        self._entries = entries
        said = ngettext("{count} handover", "{count} handovers", len(entries))
        self.count.setText(said.format(count=f"{len(entries)}{'+' if has_more else ''}"))
        self.list.show_rows([self._row(entry) for entry in entries])
        self.list.setVisible(bool(entries))
        self.empty.setVisible(not entries)
        self.more.setVisible(has_more)

    def _row(self, entry: BookEntry) -> ListRow:
        icon, tone, pill = _TONES[entry.state]
        shift = name_in(entry.shift_name, entry.shift_name_alt, current.code)
        day = self._words.texts.day(entry.on_date, "full")
        number = _("No. {number}").format(number=entry.number) if entry.number is not None else ""
        lines = ngettext("{count} line", "{count} lines", entry.lines).format(count=entry.lines)
        people = f"{entry.out_by or '–'} → {entry.in_by or '–'}" if entry.out_by or entry.in_by else ""
        facts = " · ".join(part for part in (number, people, lines) if part)
        if entry.closed_at is not None:
            facts += " · " + self._words.when(entry.closed_at)
        return ListRow(
            entry.id,
            f"{shift} · {day}",
            facts,
            icon,
            tone,
            pill=self._words.state(entry.state),
            pill_tone=pill,
        )

    def _search_now(self) -> None:
        """Search what was just typed; where that was done, open what is chosen among it."""
        if self._typing.isActive():
            self._typing.stop()
            self.searched.emit(self.search.text())
        else:
            self._open(self.list.key)

    def _open(self, key: int) -> None:
        entry = next((one for one in self._entries if one.id == key), None)
        if entry is not None:
            self.opened.emit(entry)
