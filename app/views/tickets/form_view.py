"""The form of a new ticket as one sees it: caller and fields at the left, live helpers at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services.base.drafts import Draft
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Card, Notice, row_of
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.labels import ElidedLabel, PlainLabel
from app.views.base.widgets.switches import Choice, Segment
from app.views.tickets.caller_card import CallerCard
from app.views.tickets.form_fields import TicketFields
from app.views.tickets.form_script import ScriptPane
from app.views.tickets.helper_panes import KnowledgePane, SimilarPane

# Narrower or lower than this, the helpers fold into tabs (a window of 1280 x 720).
_FOLDS_BELOW = QSize(1300, 730)
_LEAST_HELPERS = 340
_LEFT, _RIGHT = 9, 5


class FormHeader(QWidget):
    """Title, call timer, what is kept, other drafts, Hold and Cancel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(_("New ticket"), "page")
        self.call = Pill(_("In call"), "ok", icon="phone")
        self.draft = PlainLabel("", "small")
        self.drafts = Button(_("Drafts"), icon="file-text")
        self.drafts.hide()
        self.hold = Button(_("Hold"), icon="pause", key="F8")
        self.cancel = Button(_("Cancel"))
        row = row_of(self.title, self.call, None, self.draft, self.drafts, self.hold, self.cancel)
        row.setSpacing(Space.M)
        self.setLayout(row)


class FormFooter(QWidget):
    """What is still needed, and the three ways to end the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attach = IconButton("paperclip", _("Attach file"), key="Ctrl+Shift+A")
        self.picture = IconButton("image", _("Attach the screenshot of the clipboard"))
        self.needed = ElidedLabel("", "muted")
        self.needed.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.second_line = Button(_("To second line"), icon="arrow-right")
        self.create_button = Button(_("Create"), key="Ctrl+Enter")
        self.solve = Button(_("Solve now"), ButtonKind.PRIMARY, icon="zap", key="Ctrl+Shift+Enter")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.attach)
        row.addWidget(self.picture)
        row.addWidget(self.needed, 1)
        for button in (self.second_line, self.create_button, self.solve):
            row.addWidget(button)


class Helpers(QWidget):
    """Script, knowledge and similar tickets: three cards where there is room, else one card with tabs."""

    def __init__(self, fmt: Format, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.script = ScriptPane()
        self.knowledge = KnowledgePane()
        self.similar = SimilarPane(fmt, now)
        self._panes: tuple[QWidget, ...] = (self.script, self.knowledge, self.similar)
        self._is_folded: bool | None = None
        self._is_chosen_by_hand = False
        self.tabs = Segment(
            [
                Choice("script", _("Script")),
                Choice("knowledge", _("Knowledge")),
                Choice("similar", _("Similar")),
            ],
            "knowledge",
            said=_("Helpers"),
        )
        self._cards = (
            Card(_("Script"), icon="headset"),
            Card(_("Knowledge"), icon="book-open"),
            Card(_("Similar open tickets"), icon="git-merge"),
        )
        self._fold_card = Card()
        self._stack = QStackedWidget()
        self._build()
        self.knowledge.counted.connect(lambda count: self._show_count("knowledge", count))
        self.similar.counted.connect(lambda count: self._show_count("similar", count))
        self.tabs.chosen.connect(self._choose_tab)
        self.fold(is_folded=False)

    @property
    def is_folded(self) -> bool:
        """Whether the helpers are tabs."""
        return bool(self._is_folded)

    def fold(self, *, is_folded: bool) -> None:
        """Show tabs in one card, or three cards."""
        if is_folded == self._is_folded:
            return
        self._is_folded = is_folded
        for place, pane in enumerate(self._panes):
            if is_folded:
                self._folded[place].insertWidget(0, pane)
            else:
                self._cards[place].body.addWidget(pane)
        self.similar.place_warning(self._fold_card.body if is_folded else None)
        self._wide.setVisible(not is_folded)
        self._fold_card.setVisible(is_folded)

    def show_tab(self, key: str) -> None:
        """Show one of the tabs: "script", "knowledge" or "similar"."""
        self.tabs.choose(key)
        self._stack.setCurrentIndex(("script", "knowledge", "similar").index(key))

    def begin(self) -> None:
        """A new call: what to say comes first; what is found follows, until somebody chooses a tab."""
        self._is_chosen_by_hand = False
        self.script.begin()
        self.show_tab("script")

    def next_tab(self) -> None:
        """Show the next tab."""
        keys = ("script", "knowledge", "similar")
        self._choose_tab(keys[(keys.index(self.tabs.key) + 1) % len(keys)])

    def _choose_tab(self, key: str) -> None:
        self._is_chosen_by_hand = True
        self.show_tab(key)

    def _show_count(self, key: str, count: int) -> None:
        self.tabs.set_count(key, count or None)
        if count and key == "knowledge" and not self._is_chosen_by_hand:
            self.show_tab(key)
        self._cards[1 if key == "knowledge" else 2].set_note(str(count) if count else "")

    def _build(self) -> None:
        self._folded: list[QVBoxLayout] = []
        for _pane in self._panes:
            area, column = _scrolling_column()
            column.addStretch(1)
            self._folded.append(column)
            self._stack.addWidget(area)
        self._stack.setCurrentIndex(1)
        self._fold_card.body.addLayout(row_of(self.tabs, None))
        self._fold_card.body.addWidget(self._stack, 1)
        self._wide, cards = _scrolling_column()
        cards.setSpacing(Space.M)
        for card in self._cards:
            cards.addWidget(card)
        cards.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._wide, 1)
        whole.addWidget(self._fold_card, 1)
        self.setMinimumWidth(_LEAST_HELPERS)


class NewTicketView(QWidget):
    """Widgets and their places; it decides nothing."""

    resumed = Signal(object)  # Draft
    discarded = Signal(object)  # Draft

    def __init__(
        self,
        fmt: Format,
        now: Callable[[], datetime],
        *,
        may_override: bool,
        may_add_people: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._format = fmt
        self._offered: Draft | None = None
        self.header = FormHeader()
        self.offer = Notice("", tone="info", icon="file-text")
        self.resume = Button(_("Go on writing"), small=True)
        self.discard = Button(_("Discard"), ButtonKind.GHOST, small=True)
        self.outbox = Notice("", tone="warn")
        self.send_now = Button(_("Send now"), icon="send", small=True)
        self.caller = CallerCard(may_add=may_add_people)
        self.fields = TicketFields(fmt, now, may_override=may_override)
        self.footer = FormFooter()
        self.helpers = Helpers(fmt, now)
        self._build()

    def show_offer(self, draft: Draft | None, sentence: str = "") -> None:
        """Offer a draft that was left unsaved; None takes the offer away."""
        self._offered = draft
        self.offer.setVisible(draft is not None)
        if draft is not None:
            title = draft.title or _("without a caller or a subject yet")
            self.offer.say(f"{sentence}: {title}", tone="info")

    def show_queued(self, sentence: str) -> None:
        """Say what is kept on this PC and not saved yet; "" takes it away."""
        self.outbox.setVisible(bool(sentence))
        self.outbox.say(sentence, tone="warn")

    def show_needed(self, sentence: str) -> None:
        """Say what the form still waits for."""
        self.footer.needed.setText(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_small = self.width() < _FOLDS_BELOW.width() or self.height() < _FOLDS_BELOW.height()
        self.helpers.fold(is_folded=is_small)
        self.caller.set_compact(is_compact=is_small)
        self.fields.set_compact(is_compact=is_small)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to the field that a key went to; Qt does so for Tab alone."""
        if now is not None and self.left.isAncestorOf(now):
            self.left.ensureWidgetVisible(now, 0, Space.L)

    def _build(self) -> None:
        self.offer.buttons.addWidget(self.discard)
        self.offer.buttons.addWidget(self.resume)
        self.outbox.buttons.addWidget(self.send_now)
        self.offer.hide()
        self.outbox.hide()
        self.resume.clicked.connect(lambda: self.resumed.emit(self._offered))
        self.discard.clicked.connect(lambda: self.discarded.emit(self._offered))
        card = Card()
        card.body.addWidget(self.fields)
        self.left, column = _scrolling_column()
        column.setSpacing(Space.S)
        for part in (self.outbox, self.offer, self.caller):
            column.addWidget(part)
        column.addWidget(card, 1)
        beside = QVBoxLayout()
        beside.setSpacing(6)
        beside.addWidget(self.left, 1)
        beside.addWidget(self.footer)
        body = QHBoxLayout()
        body.setSpacing(Space.M)
        body.addLayout(beside, _LEFT)
        body.addWidget(self.helpers, _RIGHT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.XL, Space.S, Space.XL, Space.S)
        whole.setSpacing(Space.S)
        promise, left = self.fields.promise, self.left
        promise.panel.override.clicked.connect(
            lambda: QTimer.singleShot(0, promise, lambda: left.ensureWidgetVisible(promise.reason_field))
        )
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        whole.addWidget(self.header)
        whole.addLayout(body, 1)


class _DownArea(QScrollArea):
    """Scrolls down only, so it is never narrower than what it holds and the bar beside it."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        inner = self.widget()
        if inner is None:
            return least
        wide = inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return least.expandedTo(QSize(wide, 0))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


def _scrolling_column() -> tuple[QScrollArea, QVBoxLayout]:
    """Return a column that scrolls down where there is no room, on the ground behind it."""
    inner = QWidget()
    inner.setProperty("scrolled", "true")
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    area = _DownArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area, column
