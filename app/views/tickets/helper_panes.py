"""What helps while a caller talks: articles that may solve it, and tickets that may be the same fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.ticket_pages import TicketHit
from app.models.entities.tickets import TicketRow
from app.services.knowledge.queries import ArticleHit
from app.services.tickets.form_queries import SameService
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, IconButton
from app.views.base.widgets.cards import Notice, row_of
from app.views.base.widgets.chips import PriorityChip
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, rule
from app.views.tickets.form_hits import HitText, marked

_MANY = 2
"""As many people with the same service on one day may have the same fault."""


_MARKS = re.compile(r"#{1,6}\s+|(?m:^>\s+)|[*`]+")


def without_marks(markdown: str) -> str:
    """Return an article's text without the signs of headings, quotes, bold and code."""
    return _MARKS.sub("", markdown)


class HelperPane(QWidget):
    """A list of rows with a sentence where there are none; `counted` tells how many there are."""

    counted = Signal(int)

    def __init__(self, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = PlainLabel(empty, "muted", wrap=True)
        self.rows: list[QWidget] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.S)
        self.column.addWidget(self._empty)

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Show these rows instead of those before, a line between two of them."""
        for old in self.rows:
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = []
        for row in rows:
            if self.rows:
                self._put(rule())
            self._put(row)
        self._empty.setVisible(not rows)
        self.counted.emit(len(rows))

    def _put(self, widget: QWidget) -> None:
        self.rows.append(widget)
        self.column.addWidget(widget)


class ArticleLine(QWidget):
    """One article: title and number, text around the hits, how often it helped, and a button to use it."""

    used = Signal(int)
    opened = Signal(int)

    def __init__(self, hit: ArticleHit, *, is_used: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = hit.row
        self.article_id = int(row.id)
        hits = {text for text, is_hit in hit.snippet if is_hit and len(text.strip()) > 1}
        self.title = HitText(marked(row.title, hits), lines=1, strong=True)
        self.snippet = HitText([(without_marks(text), is_hit) for text, is_hit in hit.snippet])
        self.use = Button(_("Use this solution"), small=True)
        self.use.wait_for(_("Already used") if is_used else "")
        look = IconButton("eye", _("Open {title}").format(title=row.title), small=True)
        self.use.clicked.connect(lambda: self.used.emit(self.article_id))
        look.clicked.connect(lambda: self.opened.emit(self.article_id))
        head = row_of(PlainLabel(f"KB-{row.number:04d}", "small"))
        head.insertWidget(0, self.title, 1)
        used = ngettext("used {count} time", "used {count} times", row.used_count)
        facts = [_("for this category")] if hit.is_linked else []
        facts.append(used.format(count=row.used_count))
        if row.helped_count:
            facts.append(_("helped {count}").format(count=row.helped_count))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.snippet)
        column.addLayout(row_of(PlainLabel(" · ".join(facts), "small"), None, look, self.use))


class KnowledgePane(HelperPane):
    """Articles that share words with what is typed."""

    used = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Articles that fit appear here while you type."), parent)
        self._hits: Sequence[ArticleHit] = ()
        self._used: int | None = None

    def show_articles(self, hits: Sequence[ArticleHit]) -> None:
        """Show what was found."""
        self._hits = hits
        lines = [ArticleLine(hit, is_used=int(hit.row.id) == self._used) for hit in hits]
        for line in lines:
            line.used.connect(self.used)
            line.opened.connect(self.opened)
        self.show_rows(lines)

    def mark_used(self, article_id: int | None) -> None:
        """Say which article the form uses."""
        if article_id != self._used:
            self._used = article_id
            self.show_articles(self._hits)

    @property
    def lines(self) -> list[ArticleLine]:
        """The articles shown, best first."""
        return [row for row in self.rows if isinstance(row, ArticleLine)]


class TicketLine(QWidget):
    """One ticket that may be the same fault, with a button that links it once this one is saved."""

    toggled = Signal(int)
    opened = Signal(int)

    def __init__(
        self, row: TicketRow, number: str, when: str, *, is_linked: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ticket_id = int(row.id)
        self.subject = ElidedLabel(row.subject)
        self.link = Button(
            _("Linked") if is_linked else pgettext("join tickets", "Link"),
            icon="check" if is_linked else "link",
            small=True,
        )
        self.link.setAccessibleDescription(f"{number} {row.subject}")
        self.link.clicked.connect(lambda: self.toggled.emit(self.ticket_id))
        who = row.requester_name or _("no caller")
        facts = [number, who, when, row.assignee_name or _("not assigned")]
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.subject)
        words.addWidget(ElidedLabel(" · ".join(facts), "small"))
        whole = row_of(PriorityChip(row.priority))
        whole.addLayout(words, 1)
        look = IconButton("eye", _("Open {number}").format(number=number), small=True)
        look.clicked.connect(lambda: self.opened.emit(self.ticket_id))
        whole.addWidget(look, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addWidget(self.link, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(whole)


class SimilarPane(HelperPane):
    """Open tickets like this one; a warning where several people report the same service today."""

    link_toggled = Signal(int)
    opened = Signal(int)

    def __init__(self, fmt: Format, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(_("Open tickets like this one appear here: perhaps it is the same fault."), parent)
        self._format = fmt
        self._now = now
        self._hits: Sequence[TicketHit] = ()
        self._same: SameService | None = None
        self._links: Sequence[int] = ()
        self._number_text: Callable[[int], str] = str
        self.warning = Notice("", tone="warn")
        self.link_first = Button(_("Link it"), icon="link", small=True)
        self.link_first.clicked.connect(self._toggle_first)
        self.warning.buttons.addWidget(self.link_first)
        self.warning.hide()
        self.column.insertWidget(0, self.warning)

    def set_numbers(self, number_text: Callable[[int], str]) -> None:
        """How a ticket's number is written at this site."""
        self._number_text = number_text

    def show_similar(self, hits: Sequence[TicketHit]) -> None:
        """Show the tickets found by their words."""
        self._hits = hits
        self._show()

    def show_same_service(self, same: SameService | None) -> None:
        """Show how many people reported the service today."""
        self._same = same
        is_many = same is not None and same.people >= _MANY
        self.warning.setVisible(is_many)
        if same is not None and is_many:
            text = ngettext(
                "{count} person reported the same service today; it may be the same fault.",
                "{count} people reported the same service today; it may be the same fault.",
                same.people,
            )
            self.warning.say(text.format(count=same.people), tone="warn")
        self._show()

    def show_links(self, links: Sequence[int]) -> None:
        """Say which tickets will be linked."""
        if tuple(links) != tuple(self._links):
            self._links = tuple(links)
            self._show()

    @property
    def lines(self) -> list[TicketLine]:
        """The tickets shown, most alike first."""
        return [row for row in self.rows if isinstance(row, TicketLine)]

    def place_warning(self, outside: QVBoxLayout | None) -> None:
        """Put the warning where it is seen beside other tabs too, or back over the rows for None."""
        if outside is None:
            self.column.insertWidget(0, self.warning)
        else:
            outside.insertWidget(1, self.warning)

    def _toggle_first(self) -> None:
        if self._same is not None and self._same.first is not None:
            self.link_toggled.emit(int(self._same.first.id))

    def _show_first(self) -> None:
        first = self._same.first if self._same is not None else None
        self.link_first.setVisible(first is not None)
        if first is not None:
            number = self._number_text(first.number)
            is_linked = int(first.id) in self._links
            words = _("{number} linked") if is_linked else _("Link {number}")
            self.link_first.say(words.format(number=number), "check" if is_linked else "link")

    def _show(self) -> None:
        self._show_first()
        rows = [hit.row for hit in self._hits]
        first = self._same.first if self._same is not None and self._same.people >= _MANY else None
        if first is not None and first.id not in {row.id for row in rows}:
            rows.insert(0, first)
        lines = [self._line(row) for row in rows]
        self.show_rows(lines)

    def _line(self, row: TicketRow) -> TicketLine:
        line = TicketLine(
            row,
            self._number_text(row.number),
            self._format.when(row.received_at, self._now()),
            is_linked=int(row.id) in self._links,
        )
        line.toggled.connect(self.link_toggled)
        line.opened.connect(self.opened)
        return line
