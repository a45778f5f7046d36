"""Why a clock shows what it shows: a strip of its life and every stretch in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QWidget

from app.models.entities.sla import ClockKind, SegmentReason
from app.services.sla.explain import ExplainLine
from app.services.sla.supposing import Supposed
from app.views.base.i18n import _, ngettext, pgettext
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Space
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import Painted
from app.views.base.widgets.popups import Popup
from app.views.tickets.clock_words import line_text, span_text
from app.views.tickets.detail_names import Names
from app.views.tickets.explain_whatif import WhatIfRow

_WIDTH = 560
_LIST_HEIGHT = 220
_MOST_LINES = 60
_MARK = 3
_PREFIX = "sla.explain."

# Per reason: the token of its colour, and whether it is drawn as a full bar or a low one (time not counted).
_LOOK: dict[str, tuple[str, bool]] = {
    SegmentReason.RUNNING: ("bar", True),
    SegmentReason.OUTSIDE_HOURS: ("track", False),
    SegmentReason.BREAK: ("track", False),
    SegmentReason.DAY_CLOSED: ("track", False),
    SegmentReason.HOLIDAY: ("shift_n", False),
    SegmentReason.WAITING: ("warn", False),
    SegmentReason.DONE: ("ok", False),
}


class ExplainPopup(Popup):
    """The strip, its legend, and the sentences; Esc or the cross closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("explain_popup")
        self.setFixedWidth(_WIDTH)
        self.title = PlainLabel("", "section")
        self.strip = ExplainStrip()
        self.summary = PlainLabel("", wrap=True)
        cross = IconButton("x", _("Close"), small=True, key="Esc")
        cross.clicked.connect(self.close_now)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(cross)
        self._legend: dict[str, QWidget] = {}
        self._lines = QWidget()
        self._lines.setProperty("scrolled", True)
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, Space.S, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(2, 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(self._lines)
        self.area.setAccessibleName(_("Every stretch"))
        self.body.addLayout(head)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.strip)
        self.body.addLayout(self._make_legend())
        self.body.addWidget(self.area)
        self.what_if = WhatIfRow()
        self.body.addWidget(self.what_if)
        self._names: Names | None = None

    def explain(self, title: str, lines: Sequence[ExplainLine], names: Names) -> None:
        """Show one clock's explanation in the middle of the window."""
        self._names = names
        self.what_if.hide()
        self.title.setText(title)
        self.setAccessibleName(title)
        stretches = [line for line in lines if span_text(line, names)]
        around = [line_text(line, names) for line in lines if line not in stretches]
        self.summary.setText("\n".join(text for text in around if text))
        # What came after the end would only push the clock's own life together.
        is_over = bool(stretches) and _reason_of(stretches[-1]) == SegmentReason.DONE
        drawn = stretches[:-1] if is_over else stretches
        self.strip.show_lines(drawn, names, _due_of(lines))
        looks = {_LOOK.get(_reason_of(line)) for line in drawn}
        for reason, words in self._legend.items():
            words.setVisible(_LOOK[reason] in looks)
        self._fill(stretches, names)
        self.area.setFixedHeight(min(_LIST_HEIGHT, self._grid.sizeHint().height() + Space.S))
        self.open_centred()
        self.area.setFocus(Qt.FocusReason.PopupFocusReason)

    def offer(self, kind: ClockKind, supposed: Mapping[ClockKind, tuple[Supposed, ...]]) -> None:
        """Offer what the clock would do if something happened now."""
        if self._names is None or not self.isVisible() or not supposed.get(kind):
            return
        self.what_if.offer(supposed[kind], self._names)
        self.open_centred()

    @property
    def texts(self) -> list[str]:
        """What the lines say, for whoever reads them aloud or tests them."""
        labels = self._lines.findChildren(PlainLabel)
        return [label.text() for label in labels if label.isVisibleTo(self._lines)]

    def _make_legend(self) -> QHBoxLayout:
        """Only the kinds of time this clock has met are shown."""
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        for reason, text in (
            (SegmentReason.RUNNING, pgettext("clock", "open")),
            (SegmentReason.OUTSIDE_HOURS, pgettext("clock", "closed")),
            (SegmentReason.HOLIDAY, _("public holiday")),
            (SegmentReason.WAITING, pgettext("clock", "paused")),
            (SegmentReason.DONE, pgettext("clock", "done")),
        ):
            entry = self._legend[reason] = QWidget()
            pair = QHBoxLayout(entry)
            pair.setContentsMargins(0, 0, 0, 0)
            pair.setSpacing(6)
            pair.addWidget(_Swatch(reason))
            pair.addWidget(PlainLabel(text, "small"))
            row.addWidget(entry)
        row.addStretch(1)
        return row

    def _fill(self, stretches: Sequence[ExplainLine], names: Names) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = stretches[-_MOST_LINES:]
        row = 0
        if len(shown) < len(stretches):
            hidden = len(stretches) - len(shown)
            text = ngettext("{count} earlier stretch", "{count} earlier stretches", hidden)
            self._grid.addWidget(PlainLabel(text.format(count=hidden), "faint"), row, 1, 1, 2)
            row += 1
        for line in shown:
            self._grid.addWidget(_Swatch(_reason_of(line)), row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(PlainLabel(span_text(line, names), "muted"), row, 1)
            self._grid.addWidget(PlainLabel(line_text(line, names), wrap=True), row, 2)
            row += 1
        self._grid.setRowStretch(row, 1)


class ExplainStrip(QWidget):
    """A clock's life as one bar, left to right; time that counted stands full height, the rest is low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[float, float, str]] = []
        self._due: float | None = None

    def show_lines(self, lines: Sequence[ExplainLine], names: Names, due: datetime | None = None) -> None:
        """Show these stretches, with a mark where the promise fell due among them."""
        self._parts, self._due = [], None
        spans = [(line.params["start"], line.params["end"], _reason_of(line)) for line in lines]
        known = [span for span in spans if isinstance(span[0], datetime) and isinstance(span[1], datetime)]
        if known:
            first, last = known[0][0], known[-1][1]
            whole = max((last - first).total_seconds(), 1.0)  # type: ignore[operator]
            self._parts = [
                (
                    (start - first).total_seconds() / whole,  # type: ignore[operator]
                    (end - first).total_seconds() / whole,  # type: ignore[operator]
                    reason,
                )
                for start, end, reason in known
            ]
            if due is not None and first <= due <= last:  # type: ignore[operator]
                self._due = (due - first).total_seconds() / whole  # type: ignore[operator]
        self.setAccessibleName(" ".join(line_text(line, names) for line in lines[-12:]))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 26)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for start, end, reason in self._parts:
            left, right = start * self.width(), end * self.width()
            _paint_part(painter, QRectF(left, 0, max(1.5, right - left - 0.5), self.height()), reason)
        if self._due is not None:
            at = min(self.width() - _MARK, self._due * self.width())
            painter.fillRect(QRectF(at - 1, 0, _MARK + 2, self.height()), tok("popup"))
            painter.fillRect(QRectF(at, 0, _MARK, self.height()), tok("bad"))


class _Swatch(Painted):
    """The colour of one kind of stretch, as in the strip."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self._reason = reason

    def sizeHint(self) -> QSize:
        return QSize(14, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_part(painter, QRectF(self.rect()), self._reason)


def _paint_part(painter: QPainter, box: QRectF, reason: str) -> None:
    token, is_full = _LOOK.get(reason, ("track", False))
    place = box if is_full else box.adjusted(0, box.height() * 0.5, 0, 0)
    painter.setPen(QPen(tok("edge"), 0.8) if token == "track" else Qt.PenStyle.NoPen)
    painter.setBrush(tok(token))
    painter.drawRoundedRect(place, min(2.0, Radius.CONTROL), 2)


def _due_of(lines: Sequence[ExplainLine]) -> datetime | None:
    """Return when the promise fell or falls due: the outcome's line knows."""
    due = lines[-1].params.get("due_at") if lines else None
    return due if isinstance(due, datetime) else None


def _reason_of(line: ExplainLine) -> str:
    return line.code.removeprefix(_PREFIX)
