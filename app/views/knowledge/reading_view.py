"""The article being read: its head, its text with contents and usage beside it, and whether it helped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.knowledge import Article, ArticleState
from app.models.entities.tickets import TicketRow
from app.services.base.terms import term
from app.services.knowledge.markup import Heading
from app.views.base.format import Format
from app.views.base.i18n import _, current, ngettext
from app.views.base.marked_text import INDENT, LARGE, article_page
from app.views.base.theme import theme
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.avatars import Avatar
from app.views.base.widgets.browser import SafeBrowser
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Well
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, rule, set_tip
from app.views.knowledge.article_presenter import Sight
from app.views.knowledge.lines import STATE_LOOK, helped_share, is_overdue, number_text

_SIDE_WIDTH = 176
_ROOM_FOR_SIDE = 560


def move_name(state: ArticleState, before: ArticleState) -> str:
    """Return what giving an article this state is called."""
    if state is ArticleState.DRAFT:
        return _("Bring back as a draft") if before is ArticleState.RETIRED else _("Back to draft")
    return {
        ArticleState.REVIEW: _("Send to review"),
        ArticleState.PUBLISHED: _("Publish"),
        ArticleState.RETIRED: _("Retire"),
    }[state]


class ReadingView(QWidget):
    """Shows one article. Everything it may do is a signal; the page connects them."""

    move_asked = Signal(object)  # ArticleState
    judge_asked = Signal(bool)
    insert_asked = Signal()
    edit_asked = Signal()
    versions_asked = Signal()
    large_asked = Signal(bool)
    ticket_asked = Signal(int)
    link_asked = Signal(QUrl)

    def __init__(self, fmt: Format, may: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = fmt
        self._may = may
        self._sight: Sight | None = None
        self._is_large = False
        # Text is read on the ground of a card; a surface property would add a border.
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._build_head()
        self.browser = SafeBrowser(_("Article"))
        self.browser.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.browser.document().setIndentWidth(INDENT)
        self.browser.link_asked.connect(self.link_asked)
        self.side = _Side()
        self.side.anchor_asked.connect(self.browser.scrollToAnchor)
        self.side.ticket_asked.connect(self.ticket_asked)
        self.helped = _Helped()
        self.helped.judged.connect(self.judge_asked)
        self._arrange()
        theme.changed.connect(self._show_text)

    # --- what is shown -----------------------------------------------------------------------------

    def show_sight(self, sight: Sight, moves: Sequence[ArticleState], category: str, now: datetime) -> None:
        """Show an article and what may be done with it."""
        is_other = self._sight is None or self._sight.article.id != sight.article.id
        self._sight = sight
        self._show_head(sight.article, moves, category, now)
        self.side.show_headings(sight.rendered.headings)
        self.side.show_usage(sight.article, self._format)
        if is_other:
            self.helped.ask()
            self.side.show_tickets(())
        self._show_text()
        if is_other:
            self.browser.verticalScrollBar().setValue(0)

    def show_tickets(self, rows: Sequence[TicketRow]) -> None:
        """Show which tickets the article solved."""
        self.side.show_tickets(rows)

    def set_large(self, *, is_large: bool) -> None:
        """Read in letters large enough to read aloud, without contents beside the text."""
        self._is_large = is_large
        self.large.setChecked(is_large)
        self._show_side()
        self._show_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_side()

    # --- building ----------------------------------------------------------------------------------

    def _build_head(self) -> None:
        self.number = PlainLabel("", "muted")
        self.state = Pill("")
        self.revision = Pill("", icon="history")
        self.overdue = Pill(_("Review due"), "warn", icon="clock-alert")
        self.title = PlainLabel("", "page", wrap=True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.face = Avatar("")
        self.about = ElidedLabel("", "muted")
        self.large = IconButton("maximize-2", _("Large letters, to read aloud"), key="L")
        self.large.setCheckable(True)
        self.versions = Button(_("Versions"), icon="columns-3")
        self.edit = Button(_("Edit"), icon="pencil", key="E")
        self.insert = Button(_("Insert into ticket"), ButtonKind.PRIMARY, icon="corner-up-left", key="Ctrl+I")
        set_tip(self.versions, _("Compare versions"), "V")
        self._moves = QMenu(self)
        self.moves = IconButton("ellipsis", _("Change the state"))
        self.moves.setMenu(self._moves)
        self.large.clicked.connect(self.large_asked)
        self.versions.clicked.connect(self.versions_asked)
        self.edit.clicked.connect(self.edit_asked)
        self.insert.clicked.connect(self.insert_asked)

    def _arrange(self) -> None:
        pills = QHBoxLayout()
        pills.setSpacing(Space.S)
        for pill in (self.number, self.state, self.revision, self.overdue):
            pills.addWidget(pill)
        pills.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        for button in (self.large, self.versions, self.edit, self.moves, self.insert):
            buttons.addWidget(button)
        self._top = QHBoxLayout()
        self._top.addLayout(pills, 1)
        self._top.addLayout(buttons)
        who = QHBoxLayout()
        who.setSpacing(Space.S)
        who.addWidget(self.face)
        who.addWidget(self.about, 1)
        text = QHBoxLayout()
        text.setSpacing(Space.L)
        text.addWidget(self.browser, 1)
        text.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(self._top)
        column.addWidget(self.title)
        column.addLayout(who)
        column.addWidget(rule())
        column.addLayout(text, 1)
        column.addWidget(self.helped)
        self.helped.setVisible(self._may("knowledge.rate"))
        self.edit.setVisible(self._may("knowledge.edit"))

    # --- inside ------------------------------------------------------------------------------------

    def _show_head(
        self, article: Article, moves: Sequence[ArticleState], category: str, now: datetime
    ) -> None:
        icon, tone = STATE_LOOK[article.state]
        self.number.setText(number_text(article.number))
        self.state.say(term(current.texts, article.state), tone, icon)
        self.revision.say(_("Version {number}").format(number=article.revision))
        self.overdue.setVisible(is_overdue(article.state, article.review_due_at, now))
        if article.review_due_at is not None:
            day = self._format.day(self._format.local(article.review_due_at).date())
            set_tip(self.overdue, _("Somebody should have looked at it again by {day}.").format(day=day))
        self.title.setText(article.title)
        self.face.show_person(article.author_name)
        self.face.setVisible(bool(article.author_name))
        self.about.setText(self._about(article, category, now))
        self._moves.clear()
        for state in moves:
            action = QAction(move_name(state, article.state), self._moves)
            action.triggered.connect(partial(self.move_asked.emit, state))
            self._moves.addAction(action)
        self.moves.setVisible(bool(moves))

    def _about(self, article: Article, category: str, now: datetime) -> str:
        updated = self._format.when(article.updated_at, now)
        parts = [article.author_name, _("updated {time}").format(time=updated)]
        if article.reviewer_name:
            parts.append(_("reviewed by {name}").format(name=article.reviewer_name))
        return " · ".join(part for part in (*parts, category) if part)

    def _show_text(self) -> None:
        if self._sight is not None:
            pixels = LARGE if self._is_large else Type.BASE
            self.browser.show_html(article_page(self._sight.rendered.html, pixels=pixels))

    def _show_side(self) -> None:
        self.side.setVisible(not self._is_large and self.width() >= _ROOM_FOR_SIDE)


class _Side(QScrollArea):
    """Beside the text: contents, how often it was used, and by which tickets."""

    anchor_asked = Signal(str)
    ticket_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(_SIDE_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("scrolled", True)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(Space.M, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self.contents = _Group(_("Contents"))
        self.usage = _Group(_("Usage"))
        self.related = _Group(_("Solved with it"))
        for group in (self.contents, self.usage, self.related):
            self._column.addWidget(group)
        self._column.addStretch(1)
        self.setWidget(inner)

    def show_headings(self, headings: Sequence[Heading]) -> None:
        """List the article's parts; a click goes there."""
        self.contents.clear()
        for heading in headings:
            line = Button(heading.text, ButtonKind.LINK, small=True)
            line.clicked.connect(partial(self.anchor_asked.emit, heading.anchor))
            self.contents.add(line)
        self.contents.setVisible(len(headings) > 1)

    def show_usage(self, article: Article, fmt: Format) -> None:
        """Show how often it was used and whether it helped."""
        self.usage.clear()
        used = ngettext("used by {count} ticket", "used by {count} tickets", article.used_count)
        if article.used_count:
            self.usage.add(PlainLabel(used.format(count=fmt.count(article.used_count))))
        else:
            self.usage.add(PlainLabel(_("not yet used by a ticket"), wrap=True))
        share = helped_share(article.helped_count, article.not_helped_count)
        answers = article.helped_count + article.not_helped_count
        words = _("Nobody has said yet whether it helps")
        if share is not None:
            words = ngettext(
                "{share} of {count} answer: helped", "{share} of {count} answers: helped", answers
            )
            words = words.format(share=fmt.percent(share), count=fmt.count(answers))
        self.usage.add(PlainLabel(words, "muted", wrap=True))

    def show_tickets(self, rows: Sequence[TicketRow]) -> None:
        """List tickets it solved; a click opens one."""
        self.related.clear()
        for row in rows:
            line = Button(f"#{row.number}", ButtonKind.LINK, icon="inbox", small=True)
            set_tip(line, row.subject)
            line.clicked.connect(partial(self.ticket_asked.emit, int(row.id)))
            self.related.add(line)
        self.related.setVisible(bool(rows))


class _Group(QWidget):
    """A small heading and lines under it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, Space.M)
        self._lines.setSpacing(2)
        self._lines.addWidget(PlainLabel(title, "caps"))

    def add(self, widget: QWidget) -> None:
        """Add a line."""
        if isinstance(widget, Button):
            self._lines.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._lines.addWidget(widget)

    def clear(self) -> None:
        """Take all lines away, not the heading."""
        while self._lines.count() > 1:
            taken = self._lines.takeAt(1)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class _Helped(Well):
    """Asks whether the article solved the problem, once per article opened."""

    judged = Signal(bool)

    def __init__(self, parent: QFrame | None = None) -> None:
        super().__init__(parent)
        self.question = PlainLabel("", "strong")
        self.yes = Button(_("It helped"), icon="thumbs-up")
        self.no = Button(_("It did not help"), icon="thumbs-down")
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.question)
        row.addSpacing(Space.S)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        self.body.addLayout(row)
        self.setMinimumHeight(Size.CONTROL + 2 * Space.S)
        self.yes.clicked.connect(partial(self.judged.emit, True))
        self.no.clicked.connect(partial(self.judged.emit, False))
        self.ask()

    def ask(self) -> None:
        """Ask about another article."""
        self._show(_("Did this article solve the problem?"), is_open=True)

    def thank(self) -> None:
        """Say that the answer was counted."""
        self._show(_("Your answer is counted. Thank you."), is_open=False)

    def _show(self, text: str, *, is_open: bool) -> None:
        self.question.setText(text)
        self.yes.setVisible(is_open)
        self.no.setVisible(is_open)
