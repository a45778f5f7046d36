"""The bars of fairness: nights, weekends and holidays of a person beside what would be their part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from app.models.entities.ids import PersonId
from app.views.base.theme import tok
from app.views.base.tokens import Space, Type
from app.views.base.widgets.paint import paint_text
from app.views.roster.fair_shares import FairBar, FairBars

_FIGURE = 18
_ROOMY = 40  # pixels of a bar with its figure beside it; a narrower one stands below its figure
_INKS = {-1: "info", 0: "bar", 1: "warn"}


def paint_bar_heads(painter: QPainter, place: QRect, titles: Sequence[str]) -> None:
    """Write what the bars are about over them."""
    for number, title in enumerate(titles):
        spot = _column(place, number, len(titles))
        paint_text(painter, spot, title, "muted", pixels=Type.SMALL)


def paint_bars(painter: QPainter, place: QRect, fair: FairBars, person_id: PersonId) -> None:
    """Paint somebody's bars; the upright line in each is their part of what the team did."""
    bars = fair.bars.get(person_id, ())
    for number, bar in enumerate(bars):
        _paint_bar(painter, _column(place, number, len(bars)), bar, fair.longest)


def _column(place: QRect, number: int, count: int) -> QRect:
    wide = (place.width() - Space.S) // count
    return QRect(place.x() + Space.S + number * wide, place.y(), wide - Space.XS, place.height())


def _paint_bar(painter: QPainter, place: QRect, bar: FairBar, longest: int) -> None:
    is_roomy = place.width() >= _ROOMY
    align = Qt.AlignmentFlag.AlignRight if is_roomy else Qt.AlignmentFlag.AlignLeft
    figure = QRect(place.x(), place.y(), _FIGURE, place.height())
    groove = QRectF(figure.right() + 4, place.center().y() - 3, place.width() - _FIGURE - 5, 7)
    if not is_roomy:
        figure = QRect(place.x(), place.y() + 3, place.width(), place.height() - 10)
        groove = QRectF(place.x(), place.bottom() - 7, place.width(), 4)
    ink = "hint" if bar.is_spared else "text" if bar.lean else "muted"
    said = "–" if bar.is_spared and not bar.value else str(bar.value)
    paint_text(painter, figure, said, ink, pixels=Type.SMALL, strong=bool(bar.lean), align=align)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok("track"))
    painter.drawRect(groove)
    filled = QRectF(groove)
    filled.setWidth(groove.width() * min(1.0, bar.value / longest))
    painter.setBrush(tok(_INKS[bar.lean]))
    painter.drawRect(filled)
    if not bar.is_spared and bar.part:
        x = groove.left() + groove.width() * min(1.0, bar.part / longest)
        painter.setBrush(tok("text"))
        painter.drawRect(QRectF(x - 0.75, groove.top() - 2.5, 1.5, groove.height() + 5))
