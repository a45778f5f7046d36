"""Why a cell or a count is marked: the rule, its figures, and what can be done at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.models.entities.roster import Severity
from app.models.entities.roster_plan import RemedyCode
from app.views.base.i18n import _, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.popups import cast_shadow
from app.views.roster.board import Stroke

_WIDTH = 360
_ICONS = {
    RemedyCode.SWAP: "arrow-left-right",
    RemedyCode.GIVE: "user-check",
    RemedyCode.ADD: "user-plus",
    RemedyCode.LEAD: "crown",
    RemedyCode.LEAD_NO_LONGER: "crown",
    RemedyCode.CLEAR: "x",
}
MOST_WAYS = 9
"""How many ways to mend can be offered: each has a digit for its key."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to mend: what its button says, and what it paints. Without a stroke it is advice."""

    text: str
    stroke: Stroke
    code: RemedyCode


@dataclass(frozen=True, slots=True)
class Reason:
    """What is wrong: title, sentence, how much it weighs, and ways to mend it."""

    title: str
    sentence: str
    severity: Severity = Severity.OFF
    ways: tuple[Way, ...] = ()


class WhyPopup(QFrame):
    """A popup beside a cell that leaves the focus where it is, so that one can go on painting."""

    cleared = Signal()
    mended = Signal(object)  # the stroke of the way that was chosen
    left = Signal()  # the mouse went away from it
    entered = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("why")
        self.setProperty("surface", "popup")
        self.setFixedWidth(_WIDTH)
        self._window = window
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self._column.setSpacing(Space.XS)
        self.reasons: tuple[Reason, ...] = ()
        self.ways: list[Way] = []
        self.buttons: list[Button] = []
        self.clear: Button | None = None
        self.hide()
        cast_shadow(self)

    @property
    def text(self) -> str:
        """Everything it says, without its buttons."""
        return "\n".join(
            f"{each.title}\n{each.sentence}" if each.title else each.sentence for each in self.reasons
        )

    def explain(self, reasons: Sequence[Reason], beside: QRect, *, can_clear: bool) -> None:
        """Show reasons beside a rectangle of the window, without covering it."""
        self.reasons = tuple(reasons)
        _empty(self._column)
        self.ways, self.buttons, self.clear = [], [], None
        for reason in reasons:
            if reason.title:
                icon, tone = _look(reason.severity)
                self._column.addLayout(row_of(IconSpot(icon, tone), PlainLabel(reason.title, "strong"), None))
            self._column.addWidget(PlainLabel(reason.sentence, "muted" if reason.title else "", wrap=True))
            self._offer(reason.ways)
        is_cleared = any(way.code is RemedyCode.CLEAR for way in self.ways)
        if can_clear and not is_cleared:
            self.clear = self._button(pgettext("roster", "Clear"), "x", "Del")
            self.clear.clicked.connect(self.cleared)
            self._column.addLayout(row_of(self.clear, None))
        self.setAccessibleName(self._said())
        self._place(beside)

    def run(self, number: int) -> bool:
        """Mend in the way with that number, from 1 on; False if there is none."""
        if not 1 <= number <= len(self.ways):
            return False
        self.mended.emit(self.ways[number - 1].stroke)
        return True

    def _offer(self, ways: Sequence[Way]) -> None:
        """Put buttons in rows as wide as the popup; advice without a stroke is a line of text."""
        row: QHBoxLayout | None = None
        room = 0
        for way in ways:
            if not way.stroke:
                self._column.addWidget(PlainLabel(way.text, "small", wrap=True))
                continue
            if len(self.ways) == MOST_WAYS:
                return
            button = self._button(way.text, _ICONS.get(way.code, ""), str(len(self.ways) + 1))
            wide = button.sizeHint().width() + Space.S
            if row is None or wide > room:
                row = row_of(None)
                self._column.addLayout(row)
                room = _WIDTH - 2 * Space.L
            row.insertWidget(row.count() - 1, button)
            room -= wide
            self.ways.append(way)
            self.buttons.append(button)
            if way.code is RemedyCode.CLEAR:
                self.clear = button
            button.clicked.connect(partial(self._clicked, len(self.ways)))

    def _button(self, text: str, icon: str, key: str) -> Button:
        button = Button(text, icon=icon, key=key, small=True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _clicked(self, number: int, _checked: bool = False) -> None:
        self.run(number)

    def _said(self) -> str:
        offers = [
            _("{key}: {what}").format(key=number, what=way.text) for number, way in enumerate(self.ways, 1)
        ]
        return "\n".join([self.text, *offers])

    def _place(self, beside: QRect) -> None:
        self._column.activate()
        self.setFixedHeight(self._column.totalHeightForWidth(_WIDTH))
        right = self._window.width() - self.width() - Space.S
        top = beside.bottom() + Space.S
        if top + self.height() > self._window.height() - Space.S:
            top = beside.top() - self.height() - Space.S
        self.move(max(Space.S, min(beside.left() - Space.S, right)), max(Space.S, top))
        self.show()
        self.raise_()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()
        super().leaveEvent(event)


def _look(severity: Severity) -> tuple[str, str]:
    if severity is Severity.OFF:
        return "info", "info"
    return "triangle-alert", "bad" if severity is Severity.FORBID else "warn"


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            _empty(inner)
        if widget is not None:
            widget.hide()
            widget.deleteLater()
