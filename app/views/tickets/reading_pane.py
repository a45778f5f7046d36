"""The pane at the right of the list: the current ticket at a glance, its buttons, and the composer."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.models.entities.errors import FirstlineError
from app.models.entities.sla import ClockKind, ClockState
from app.models.entities.tickets import TicketStatus
from app.services.base.terms import term
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.major_words import major_pill
from app.views.base.priority_words import priority_said
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, IconButton
from app.views.base.widgets.chips import Pill, PriorityChip
from app.views.base.widgets.clocks import ClockCard
from app.views.base.widgets.labels import PlainLabel, rule
from app.views.base.widgets.paint import STATUS_LOOK
from app.views.base.widgets.states import EmptyState
from app.views.tickets.clock_words import face_of
from app.views.tickets.detail_names import PATH_SIGN
from app.views.tickets.reading_parts import CallerLine, Composer, LastLines
from app.views.tickets.reading_presenter import Reading, ReadingPresenter
from app.views.tickets.timeline_items import timeline_of

NARROWEST = 320
_TONES = {"muted": "", "info": "info", "accent": "accent", "warn": "warn", "ok": "ok"}
_CLOCKS = (ClockKind.RESPONSE, ClockKind.RESOLUTION)


class ReadingPane(QFrame):
    """Widgets of the pane; every button only says what is asked."""

    open_asked = Signal()
    assign_asked = Signal()
    status_asked = Signal(QPoint)
    reply_asked = Signal()
    more_asked = Signal(QPoint)
    levels_asked = Signal()

    def __init__(self, presenter: ReadingPresenter, fmt: Format, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading")
        self.setProperty("surface", "page")
        self.setMinimumWidth(NARROWEST)
        self._presenter = presenter
        self._format = fmt
        self._shown_id: int | None = None
        self.number = PlainLabel("", "muted")
        self.open = IconButton("maximize-2", _("Open the ticket"), key="Enter")
        self.more = IconButton("ellipsis", _("More"))
        self.subject = PlainLabel("", "record", wrap=True)
        self.chip = PriorityChip(3)
        self.major = major_pill()
        self.status = Pill("")
        self.category = Pill("", icon="tag")
        self.clocks = {kind: ClockCard(term(current.texts, kind), compact=True) for kind in _CLOCKS}
        self.assign = Button(_("Assign"), icon="user-plus")
        self.status_button = Button(_("Status"), icon="circle-dot")
        self.reply = Button(_("Reply"), icon="reply")
        self.caller = CallerLine()
        self.lines = LastLines()
        self.composer = Composer()
        self.nothing = EmptyState(
            "inbox", _("No ticket chosen"), _("Choose a ticket in the list, and it can be read here.")
        )
        self.trouble = EmptyState("circle-alert", _("This ticket cannot be shown"), "", tone="bad")
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def show_reading(self, reading: Reading) -> None:
        """Show a ticket, or the same one as it is now."""
        ticket, names = reading.detail.ticket, reading.names
        self.number.setText(
            _("{number} · {type}").format(
                number=names.number(ticket.number), type=term(current.texts, ticket.type)
            )
        )
        self.subject.setText(ticket.subject)
        resolution = reading.detail.clocks.get(ClockKind.RESOLUTION)
        used = None if resolution is None else resolution.used_percent
        said = priority_said(current.texts, ticket.priority, ticket.priority_now, used)
        self.chip.show_level(ticket.priority_now, said, is_raised=ticket.priority_now != ticket.priority)
        self.major.setVisible(ticket.is_major)
        self._show_status(ticket.status)
        category = names.category(ticket.category_id)
        self.category.say(category.rsplit(PATH_SIGN, 1)[-1])
        self.category.setVisible(bool(category))
        for kind, card in self.clocks.items():
            clock = reading.detail.clocks.get(kind)
            card.setVisible(clock is not None)
            if clock is not None:
                face = face_of(clock, names, reading.now)
                detail = _detail(clock, self._format, reading)
                card.show_clock(face.share, face.tone, face.left, detail, face.why)
        self.caller.show_person(names.person(ticket.requester_id), reading.requester)
        self.lines.show_lines(timeline_of(reading.detail, names), reading.article, reading)
        if ticket.id != self._shown_id:
            self._shown_id = ticket.id
            self.composer.begin(self._presenter.channels)
            self._presenter.begin_writing()
            self._scroll.verticalScrollBar().setValue(0)
        self._stack.setCurrentWidget(self._whole)

    def show_nothing(self) -> None:
        """Say that no ticket is chosen."""
        self._shown_id = None
        self._stack.setCurrentWidget(self.nothing)

    def show_trouble(self, error: FirstlineError) -> None:
        """Say why the ticket cannot be shown."""
        told = explain(error, self._format)
        self.trouble.text.setText(f"{told.happened} {told.advice}".strip())
        self._stack.setCurrentWidget(self.trouble)

    def _show_status(self, status: TicketStatus) -> None:
        icon, ink = STATUS_LOOK[status]
        self.status.say(term(current.texts, status), _TONES.get(ink, ""), icon)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.XS)
        head.addWidget(self.number, 1)
        head.addWidget(self.open)
        head.addWidget(self.more)
        self._whole = QWidget()
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(Space.L, Space.M, 0, Space.M)
        whole.setSpacing(Space.S)
        head.setContentsMargins(0, 0, Space.L, 0)
        whole.addLayout(head)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body())
        whole.addWidget(self._scroll, 1)
        whole.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, Space.L, 0)
        foot.addWidget(self.composer)
        whole.addLayout(foot)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self.trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _body(self) -> QWidget:
        body = QWidget()
        body.setProperty("scrolled", True)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, Space.L, 0)
        column.setSpacing(Space.M)
        chips = QHBoxLayout()
        chips.setSpacing(Space.S)
        for chip in (self.chip, self.major, self.status, self.category):
            chips.addWidget(chip)
        chips.addStretch(1)
        clocks = QHBoxLayout()
        clocks.setSpacing(Space.S)
        for card in self.clocks.values():
            clocks.addWidget(card, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        for button in (self.assign, self.status_button, self.reply):
            buttons.addWidget(button, 1)
        column.addWidget(self.subject)
        column.addLayout(chips)
        column.addLayout(clocks)
        column.addLayout(buttons)
        column.addWidget(rule())
        column.addWidget(self.caller)
        column.addWidget(rule())
        column.addWidget(self.lines)
        column.addStretch(1)
        return body

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.shown.connect(self.show_reading)
        presenter.emptied.connect(self.show_nothing)
        presenter.unreadable.connect(self.show_trouble)
        presenter.sent.connect(lambda: self.composer.begin(presenter.channels))
        presenter.draft_found.connect(self.composer.show_unsent)
        self.composer.typed.connect(presenter.typed)
        self.open.clicked.connect(self.open_asked)
        self.assign.clicked.connect(self.assign_asked)
        self.reply.clicked.connect(self.reply_asked)
        self.status_button.clicked.connect(lambda: self.status_asked.emit(_under(self.status_button)))
        self.more.clicked.connect(lambda: self.more_asked.emit(_under(self.more)))


def _detail(clock: ClockState, fmt: Format, reading: Reading) -> str:
    """Return the one line a narrow card has room for; the card's explanation holds the rest."""
    hours, rest = divmod(clock.target, timedelta(hours=1))
    length = fmt.duration(clock.target) if rest or not hours else _("{count} h").format(count=hours)
    target = _("target {target}").format(target=length)
    if clock.met_at is not None:
        first = _("met") if not clock.is_breached else _("too late")
    elif clock.is_paused or clock.due_at is None:
        first = _("paused")
    else:
        first = _("due {time}").format(time=fmt.when(clock.due_at, reading.now))
    return " · ".join((first, target))


def _under(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height()))
