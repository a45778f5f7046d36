"""The status bar: the database and whether it answers, live counters that are filters, background work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.models.entities.ticket_pages import Counters
from app.views.base.i18n import N_, LazyText, _
from app.views.base.icons import paint_icon
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text, width_of
from app.views.base.widgets.painted import Painted
from app.views.shell.background_line import BackgroundLine

STATUS_HEIGHT = 30
_DOT = 7


@dataclass(frozen=True, slots=True)
class CounterFilter:
    """One counter: its field in `Counters`, its words, and the filter it opens."""

    field: str
    text: LazyText
    icon: str
    tone: str
    query: str


COUNTER_FILTERS: Sequence[CounterFilter] = (
    CounterFilter("breached", N_("breached"), "triangle-alert", "bad", "status:open breached:yes"),
    CounterFilter("due_within_hour", N_("due < 1 h"), "clock", "warn", "status:open breached:no due<1h"),
    CounterFilter("unassigned", N_("unassigned"), "user", "", "status:open assignee:none"),
    CounterFilter("waiting", N_("waiting"), "pause", "", "status:waiting"),
)


class StatusBar(QFrame):
    """`filter_asked` carries the query of the counter somebody clicked."""

    filter_asked = Signal(str)

    def __init__(self, database: str, *, counters: bool = True, parent: QWidget | None = None) -> None:
        """`counters` leaves them out for somebody who may not see tickets."""
        super().__init__(parent)
        self.setProperty("surface", "chrome")
        self.setFixedHeight(STATUS_HEIGHT)
        self._dot = ReachDot()
        self._counters: dict[str, CounterButton] = {}
        self.background = BackgroundLine()
        self.refreshed = PlainLabel("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, 0, Space.L, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._dot)
        row.addWidget(PlainLabel(database, "muted"))
        row.addSpacing(Space.S)
        for each in COUNTER_FILTERS if counters else ():
            row.addWidget(self._counter(each))
        row.addStretch(1)
        row.addWidget(self.background)
        row.addWidget(self.refreshed)

    def show_counters(self, counters: Counters, read_at: str) -> None:
        """Show new figures; `read_at` is the time of day they were read."""
        for each in COUNTER_FILTERS:
            if each.field in self._counters:
                self._counters[each.field].show_count(getattr(counters, each.field))
        self.refreshed.setText(_("Refreshed {time}").format(time=read_at))

    def show_reachable(self, *, is_reachable: bool) -> None:
        """Say whether the database answers."""
        self._dot.show_reachable(is_reachable=is_reachable)

    def _counter(self, each: CounterFilter) -> CounterButton:
        button = CounterButton(str(each.text), each.icon, each.tone)
        button.setObjectName(f"counter.{each.field}")
        button.clicked.connect(lambda: self.filter_asked.emit(each.query))
        self._counters[each.field] = button
        return button


class CounterButton(QAbstractButton):
    """A figure with an icon and a word; toned only while it is not 0. A click opens the list behind it."""

    def __init__(self, text: str, icon: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._tone = tone
        self._count = "–"
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_count(0)

    @property
    def count(self) -> str:
        """The figure as shown."""
        return self._count

    def show_count(self, count: int) -> None:
        """Show a new figure."""
        self._count = str(count)
        self.setAccessibleName(f"{count} {self.text()}")
        set_tip(self, _("Show these tickets"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = Size.ICON_SMALL + 6 + self._count_width() + 5 + width_of(self.text()) + 2 * Space.S
        return QSize(width, STATUS_HEIGHT - 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            paint_ground(painter, self.rect(), "press", "press")
        tone = self._tone if self._count != "0" else ""
        left = Space.S
        spot = QRect(left, (self.height() - 14) // 2, Size.ICON_SMALL, Size.ICON_SMALL)
        paint_icon(painter, spot, self._icon, tone or "muted")
        left += Size.ICON_SMALL + 6
        figure = QRect(left, 0, self._count_width(), self.height())
        paint_text(painter, figure, self._count, tone or "text", strong=True)
        left += figure.width() + 5
        words = QRect(left, 0, self.width() - left, self.height())
        paint_text(painter, words, self.text(), "muted")
        if self.hasFocus():
            paint_ring(painter, self.rect())

    def _count_width(self) -> int:
        return width_of(self._count, Type.BASE, strong=True) + 2


class ReachDot(Painted):
    """A point that is green while the database answers and a hollow red ring while it does not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._is_reachable = True
        self.show_reachable(is_reachable=True)

    def show_reachable(self, *, is_reachable: bool) -> None:
        """Show whether the database answers."""
        self._is_reachable = is_reachable
        said = _("The database answers") if is_reachable else _("The database does not answer")
        self.setAccessibleName(said)
        set_tip(self, said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_DOT + 2, STATUS_HEIGHT - 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = QRect(0, (self.height() - _DOT) // 2, _DOT, _DOT)
        ink = "ok" if self._is_reachable else "bad"
        paint_ground(painter, place, ink, ink, _DOT / 2)
        if not self._is_reachable:
            paint_ground(painter, place.adjusted(2, 2, -2, -2), "chrome", "chrome", _DOT / 2)
