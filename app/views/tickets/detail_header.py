"""The head of a ticket's page: way back, number, subject, priority, state, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.models.entities.sla import ClockKind
from app.models.entities.tickets import MAJOR_TYPES, OPEN_STATUSES, Move, Ticket, TicketStatus
from app.services.tickets.facts import can_be_restored
from app.services.tickets.rules import moves_from
from app.views.base.i18n import _, ngettext
from app.views.base.icons import icon
from app.views.base.major_words import MAJOR_ICON, major_pill
from app.views.base.priority_words import priority_said
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton, MenuButton
from app.views.base.widgets.chips import Pill, PriorityChip
from app.views.base.widgets.labels import ElidedLabel, PlainLabel
from app.views.base.widgets.paint import STATUS_LOOK
from app.views.tickets.action_popups.actions import MOVE_ICONS
from app.views.tickets.detail_state import TicketState

_LONGEST_SUBJECT = 200
_ENDS = frozenset({Move.CANCEL, Move.OUT_OF_SCOPE, Move.DUPLICATE})


class TicketHeader(QWidget):
    """Two rows. The one primary button is what usually comes next in this state."""

    back_asked = Signal()
    escalate_asked = Signal()
    declare_asked = Signal()  # a major incident
    withdraw_asked = Signal()
    move_asked = Signal(object)  # Move
    subject_given = Signal(str)
    restore_asked = Signal()
    tell_asked = Signal()
    send_on_asked = Signal()
    early_asked = Signal()

    def __init__(
        self,
        may: Callable[[Move], bool],
        *,
        may_edit: bool,
        may_escalate: bool = False,
        may_declare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._may = may
        self._may_edit = may_edit
        self._may_escalate = may_escalate
        self._may_declare = may_declare
        self._state: TicketState | None = None
        self.back = IconButton("chevron-left", _("Back"), key="Alt+Left", small=True)
        self.number = PlainLabel("", "muted")
        self.kind = PlainLabel("", "muted")
        self.reopened = Pill("", "bad", icon="rotate-ccw")
        self.restored = Pill("", "ok", icon="plug")
        self.take = Button(_("Take"), icon="play")
        self.assign = Button(_("Assign"), icon="user-plus")
        self.escalate = Button(_("Escalate"), icon="chevrons-up")
        self.refuse = Button(_("Not solved…"), icon="thumbs-down")
        self.chip = PriorityChip(3)
        self.major = major_pill()
        self.subject = ElidedLabel("", "record")
        self.rename = IconButton("pencil", _("Change the subject"), small=True, key="F2")
        self.subject_line = _SubjectLine()
        self.subject_line.hide()
        self.moves = QMenu(self)
        self.status = MenuButton("", self.moves)
        self.primary = Button("", ButtonKind.PRIMARY)
        self.reopen = Button(_("Reopen"), icon="rotate-ccw")
        self._next = Move.RESOLVE
        self._build()
        self._connect()
        self.rename.setVisible(may_edit)

    def show_state(self, state: TicketState) -> None:
        """Show the ticket as it is now."""
        self._state = state
        ticket, names = state.ticket, state.names
        self.number.setText(state.number)
        self.kind.setText(names.word(ticket.type))
        count = ticket.reopened_count
        self.reopened.setVisible(count > 0)
        self.reopened.say(
            ngettext("reopened {count} time", "reopened {count} times", count).format(count=count)
        )
        self._show_restored(state)
        self._show_priority(state)
        self.major.setVisible(ticket.is_major)
        self.subject.setText(ticket.subject)
        # No wider than its words, so that the pencil stands beside them.
        self.subject.ensurePolished()
        self.subject.setMaximumWidth(self.subject.fontMetrics().horizontalAdvance(ticket.subject) + Space.XS)
        self.status.say(names.word(ticket.status), STATUS_LOOK[ticket.status][0])
        possible = [move for move in moves_from(ticket.status) if self._may(move)]
        self._fill_menu(possible)
        self.take.setVisible(Move.START in possible and ticket.status is not TicketStatus.WAITING)
        self.assign.setVisible(Move.ASSIGN in possible)
        self.refuse.setVisible(Move.REFUSE in possible)
        self.escalate.setVisible(self._may_escalate and ticket.status in OPEN_STATUSES)
        self._show_next(state, possible)

    def _show_restored(self, state: TicketState) -> None:
        since = state.ticket.restored_at
        self.restored.setVisible(since is not None)
        if since is not None:
            said = _("works again since {time}")
            self.restored.say(said.format(time=state.format.when(since, state.detail.read_at)), "ok")

    def _show_priority(self, state: TicketState) -> None:
        ticket = state.ticket
        resolution = state.detail.clocks.get(ClockKind.RESOLUTION)
        used = None if resolution is None else resolution.used_percent
        said = priority_said(state.format.texts, ticket.priority, ticket.priority_now, used)
        self.chip.show_level(ticket.priority_now, said, is_raised=ticket.priority_now != ticket.priority)

    def edit_subject(self) -> None:
        """Put the subject into a line, to be changed."""
        if self._state is None or self.subject_line.isVisible():
            return
        self.subject_line.setText(self._state.ticket.subject)
        self._show_line(is_editing=True)
        self.subject_line.selectAll()
        self.subject_line.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_edit(self) -> None:
        """Show the subject again."""
        self._show_line(is_editing=False)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(Space.S)
        for part in (self.back, self.number, self.kind, self.reopened, self.restored):
            top.addWidget(part)
        top.addStretch(1)
        for button in (self.escalate, self.take, self.assign, self.refuse):
            top.addWidget(button)
        below = QHBoxLayout()
        below.setSpacing(Space.S)
        below.addWidget(self.chip)
        below.addWidget(self.major)
        below.addWidget(self.subject, 1)
        below.addWidget(self.subject_line, 1)
        below.addWidget(self.rename)
        below.addStretch(0)
        below.addWidget(self.status)
        below.addWidget(self.reopen)
        below.addWidget(self.primary)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.S)
        whole.addLayout(top)
        whole.addLayout(below)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.take.clicked.connect(lambda: self.move_asked.emit(Move.START))
        self.assign.clicked.connect(lambda: self.move_asked.emit(Move.ASSIGN))
        self.escalate.clicked.connect(self.escalate_asked)
        self.refuse.clicked.connect(lambda: self.move_asked.emit(Move.REFUSE))
        self.primary.clicked.connect(lambda: self.move_asked.emit(self._next))
        self.reopen.clicked.connect(lambda: self.move_asked.emit(Move.REOPEN))
        self.rename.clicked.connect(self.edit_subject)
        self.subject_line.returnPressed.connect(self._give_subject)
        self.subject_line.left.connect(self.end_edit)

    def _give_subject(self) -> None:
        self.subject_given.emit(self.subject_line.text().strip())

    def _show_line(self, *, is_editing: bool) -> None:
        self.subject_line.setVisible(is_editing)
        self.subject.setVisible(not is_editing)
        self.rename.setVisible(self._may_edit and not is_editing)

    def _fill_menu(self, possible: list[Move]) -> None:
        self.moves.clear()
        if self._state is None:
            return
        names = self._state.names
        for move in possible:
            if move in _ENDS and not any(done in _ENDS for done in possible[: possible.index(move)]):
                self.moves.addSeparator()
            action = self.moves.addAction(icon(MOVE_ICONS[move], "muted"), names.word(move))
            action.setData(move)
            action.triggered.connect(lambda _checked=False, move=move: self.move_asked.emit(move))
        if not possible:
            self.moves.addAction(_("No move is possible")).setEnabled(False)
        self._offer_facts(self._state.ticket)
        self._offer_major(self._state.ticket)

    def _offer_facts(self, ticket: Ticket) -> None:
        offers: list[tuple[str, str, SignalInstance]] = []
        if self._may(Move.START) and can_be_restored(ticket):
            offers.append(("plug", _("Service works again…"), self.restore_asked))
        if ticket.status in OPEN_STATUSES:
            offers.append(("megaphone", _("Tell the user a time…"), self.tell_asked))
            if self._may(Move.ASSIGN):
                offers.append(("arrow-right", _("To the next line"), self.send_on_asked))
                offers.append(("clock-alert", _("Cannot be in time…"), self.early_asked))
        if offers:
            self.moves.addSeparator()
        for sign, said, asked in offers:
            self.moves.addAction(icon(sign, "muted"), said).triggered.connect(
                lambda _checked=False, asked=asked: asked.emit()
            )

    def _offer_major(self, ticket: Ticket) -> None:
        if not self._may_declare or ticket.status not in OPEN_STATUSES:
            return
        if ticket.is_major:
            said, asked = _("Withdraw the major incident…"), self.withdraw_asked
        elif ticket.type in MAJOR_TYPES:
            said, asked = _("Declare a major incident…"), self.declare_asked
        else:
            return
        self.moves.addSeparator()
        self.moves.addAction(icon(MAJOR_ICON, "muted"), said).triggered.connect(lambda _checked: asked.emit())

    def _show_next(self, state: TicketState, possible: list[Move]) -> None:
        is_open = state.ticket.status in OPEN_STATUSES
        self._next = Move.RESOLVE if is_open else Move.CLOSE
        if is_open:
            self.primary.say(_("Solve"), "circle-check")
        else:
            self.primary.say(_("Confirm and close"), "check-check")
        self.primary.setVisible(self._next in possible)
        self.reopen.setVisible(Move.REOPEN in possible)
        until = state.around.reopen_until
        reason = ""
        if until is not None and state.detail.read_at > until:
            reason = _("The time to reopen ended {when}. Register a new ticket and link it.")
            reason = reason.format(when=state.format.exact(until))
        self.reopen.wait_for(reason)


class _SubjectLine(QLineEdit):
    """The subject while it is changed; Esc puts it back."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_LONGEST_SUBJECT)
        self.setAccessibleName(_("Subject"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
