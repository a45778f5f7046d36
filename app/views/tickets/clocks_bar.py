"""The promised times of a ticket: response, resolution, the first line's box, and pause or resume."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.sla import ClockKind, ClockState
from app.models.entities.tickets import OPEN_STATUSES, TicketStatus
from app.views.base.i18n import N_, LazyText, _
from app.views.base.tokens import Radius, Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.clocks import ClockCard
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, set_tip
from app.views.base.widgets.paint import CLOCK_LOOK, ClockTone, paint_ring
from app.views.base.widgets.painted import IconSpot
from app.views.tickets.clock_words import face_of
from app.views.tickets.detail_state import TicketState
from app.views.tickets.fact_asker import EARLY_KEY, TELL_KEY
from app.views.tickets.fact_words import forecast_words, told_mark

_TOLD_ICONS = {"ok": "circle-check", "bad": "triangle-alert", "warn": "clock-alert"}
_TOLD_TIPS: Mapping[str, LazyText] = {
    "": N_("What the user was told"),
    "ok": N_("Solved by the time the user was told"),
    "bad": N_("The time the user was told is over"),
    "warn": N_("The time the user was told is near"),
}
_PRESSES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class ClocksBar(QWidget):
    """Two wide cards and a narrow one. Each card is a Tab stop: Enter, Space or a click explains it."""

    why_asked = Signal(object)  # ClockKind
    pause_asked = Signal()
    resume_asked = Signal()
    early_asked = Signal()  # it cannot be in time
    tell_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.response = WhyCard(_("Response"))
        self.resolution = ResolutionCard(_("Resolution"))
        self.first_line = FirstLineCard()
        self.none = PlainLabel(_("No SLA covers this ticket: nothing is promised."), "muted")
        self.none.hide()
        self.response.asked.connect(lambda: self.why_asked.emit(ClockKind.RESPONSE))
        self.resolution.asked.connect(lambda: self.why_asked.emit(ClockKind.RESOLUTION))
        self.first_line.asked.connect(lambda: self.why_asked.emit(ClockKind.FIRST_LINE))
        self.first_line.pause.clicked.connect(self._press_pause)
        self.resolution.early.clicked.connect(self.early_asked)
        self.resolution.told.clicked.connect(self.tell_asked)
        self._status = TicketStatus.NEW
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(self.none, 5)
        row.addWidget(self.response, 5)
        row.addWidget(self.resolution, 7)
        row.addWidget(self.first_line, 4)

    def show_state(self, state: TicketState, *, may_wait: bool, may_assign: bool = True) -> None:
        """Show the clocks as they stood when the ticket was read."""
        clocks, names, now = state.detail.clocks, state.names, state.detail.read_at
        for kind, card in ((ClockKind.RESPONSE, self.response), (ClockKind.RESOLUTION, self.resolution)):
            clock = clocks.get(kind)
            card.setVisible(clock is not None)
            if clock is not None:
                face = face_of(clock, names, now)
                card.show_clock(face.share, face.tone, face.left, face.detail, face.why)
        self.resolution.show_facts(state, may_assign=may_assign)
        self.none.setVisible(not clocks)
        self.first_line.show_clock(clocks.get(ClockKind.FIRST_LINE), state)
        self._status = state.ticket.status
        self._show_pause(may_wait=may_wait)

    def _show_pause(self, *, may_wait: bool) -> None:
        button = self.first_line.pause
        button.setVisible(may_wait and self._status in OPEN_STATUSES)
        is_waiting = self._status is TicketStatus.WAITING
        button.say(_("Resume") if is_waiting else _("Pause…"), "play" if is_waiting else "pause")
        set_tip(button, _("Go on with the work; the clocks run again") if is_waiting else _("Set waiting"))

    def _press_pause(self) -> None:
        (self.resume_asked if self._status is TicketStatus.WAITING else self.pause_asked).emit()


class WhyCard(ClockCard):
    """A clock card that explains itself when it is pressed."""

    asked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PRESSES:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint_ring(QPainter(self), self.rect(), Radius.CARD)


class ResolutionCard(WhyCard):
    """The time to resolve, with what the user was told, and the way out when it cannot be kept."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.told = Button("", ButtonKind.LINK, icon="megaphone", small=True)
        self.early = Button("", ButtonKind.GHOST, icon="clock-alert", small=True)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.told, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.early, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.addLayout(column)

    def show_facts(self, state: TicketState, *, may_assign: bool) -> None:
        """Show the time told and what is expected of the ticket."""
        fmt, now = state.format, state.detail.read_at
        said, tone = told_mark(state.ticket, fmt, now)
        self.told.setVisible(bool(said))
        self.told.say(said, _TOLD_ICONS.get(tone, "megaphone"))
        self.told.setAccessibleName(_("Time told to the user: {time}").format(time=said))
        set_tip(self.told, str(_TOLD_TIPS.get(tone, _TOLD_TIPS[""])), TELL_KEY)
        forecast = state.around.outlook.forecast
        clock = state.detail.clocks.get(ClockKind.RESOLUTION)
        is_late = forecast is not None and forecast.is_late and clock is not None and not clock.is_breached
        self.early.setVisible(may_assign and state.ticket.status in OPEN_STATUSES)
        is_over = clock is not None and clock.is_breached
        self.early.say(_("Hand on…") if is_over else _("Will not be in time") if is_late else _("In time?"))
        tip = _("Cannot be in time: hand it on early")
        if forecast is not None:
            tip = forecast_words(forecast, fmt, now)
        set_tip(self.early, tip, EARLY_KEY)
        self.early.setAccessibleDescription(tip)


class FirstLineCard(QFrame):
    """The first line's time box in two lines, and the button that pauses or resumes the work."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon = IconSpot("timer", size=20)
        self._name = ElidedLabel(_("First-line time box"), "muted")
        self._left = PlainLabel("", "strong")
        self.pause = Button("", small=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._left)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self.pause)

    def show_clock(self, clock: ClockState | None, state: TicketState) -> None:
        """Show the time box; without one, only whether the work runs."""
        if clock is None:
            self._name.setText(_("Work"))
            self._show(ClockTone.NORMAL, state.names.word(state.ticket.status), "")
            return
        self._name.setText(_("First-line time box"))
        face = face_of(clock, state.names, state.detail.read_at)
        self._show(face.tone, face.left, " ".join((face.detail + ".", face.why)))

    def _show(self, tone: ClockTone, left: str, why: str) -> None:
        _bar, ink, name = CLOCK_LOOK[tone]
        icon = "circle-check" if tone is ClockTone.MET else name or "timer"
        self._icon.show_icon(icon, "muted" if ink == "text" else ink)
        self._left.setText(left)
        self._left.set_ink("" if ink in {"text", "muted"} else ink)
        self.setAccessibleName(f"{self._name.text()}: {left}")
        self.setAccessibleDescription(why)
        set_tip(self, why)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PRESSES:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint_ring(QPainter(self), self.rect(), Radius.CARD)
