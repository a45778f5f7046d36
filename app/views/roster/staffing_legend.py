"""What the lines and bars of the staffing picture mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.views.base.i18n import _, pgettext
from app.views.base.theme import theme, tok
from app.views.base.tokens import Space
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import Painted

_SIZE = QSize(18, 12)


class Mark(Painted):
    """One sign of the legend: a filled box, a box with dashes, a line, or a line in its band."""

    def __init__(self, token: str, *, tint: str = "", is_line: bool = False) -> None:
        super().__init__()
        self._token, self._tint, self._is_line = token, tint, is_line

    def sizeHint(self) -> QSize:
        return _SIZE

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(0.5, 0.5, _SIZE.width() - 1, _SIZE.height() - 1)
        if self._tint:
            is_band = self._is_line and not theme.outlined
            painter.setPen(Qt.PenStyle.NoPen if is_band else QPen(tok(self._token), 1, Qt.PenStyle.DashLine))
            painter.setBrush(tok(self._tint))
            painter.drawRect(box)
        elif not self._is_line:
            painter.fillRect(box, tok(self._token))
        if self._is_line:
            painter.setPen(QPen(tok(self._token), 2))
            middle = box.center().y()
            painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))


class StaffingLegend(QWidget):
    """The four signs in a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = row_of(
            Mark("bar"),
            PlainLabel(_("on duty"), "small"),
            Mark("text", is_line=True),
            PlainLabel(pgettext("staffing", "needed"), "small"),
            Mark("bad", tint="bad_tint"),
            PlainLabel(pgettext("staffing", "missing"), "small"),
            Mark("info", tint="info_tint", is_line=True),
            PlainLabel(_("calls expected, and as on eight days of ten"), "small"),
            None,
            spacing=Space.S,
        )
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)
