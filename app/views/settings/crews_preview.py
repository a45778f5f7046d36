"""Four weeks of a pattern for the crews, with how many of them have each shift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.entities.roster import ShiftTemplate
from app.services.roster.pattern_preview import PatternPreview
from app.views.base.i18n import _
from app.views.base.theme import tok
from app.views.base.tokens import Space, Type
from app.views.base.widgets.paint import paint_text
from app.views.settings.shift_chips import paint_chip, shift_ink

DAYS = 28
_ROW = 22
_NAME = 64
_LEAST = 15
_WEEK = 7


class PatternWeeks(QWidget):
    """A row per crew, a column per day; below how many crews have each shift, none in red."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = PatternPreview((), {}, 0)
        self._names: Sequence[str] = ()
        self._templates: Mapping[str, ShiftTemplate] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Four weeks of the pattern"))

    def show_preview(
        self, preview: PatternPreview, names: Sequence[str], templates: Mapping[str, ShiftTemplate]
    ) -> None:
        """Show another preview; `names` are those of the crews."""
        self._preview, self._names, self._templates = preview, names, templates
        least = {code: min(counts) for code, counts in preview.counts.items() if counts}
        said = (_("{shift}: at least {n} crews a day").format(shift=code, n=n) for code, n in least.items())
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = 1 + len(self._preview.lines) + len(self._preview.counts)
        return QSize(_NAME + DAYS * _LEAST, rows * _ROW + Space.XS)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide = (self.width() - _NAME) / DAYS
        middle = Qt.AlignmentFlag.AlignHCenter
        for week in range(DAYS // _WEEK):
            left = int(_NAME + week * _WEEK * wide)
            head = QRect(left + 3, 0, int(_WEEK * wide), _ROW)
            paint_text(painter, head, _("Week {n}").format(n=week + 1), "muted", pixels=Type.SMALL)
            painter.fillRect(QRect(left, 0, 1, self.height()), tok("line"))
        top = _ROW
        for name, line in zip(self._names, self._preview.lines, strict=True):
            paint_text(painter, QRect(0, top, _NAME - Space.XS, _ROW), name, pixels=Type.NUMBER)
            for day, code in enumerate(line):
                place = QRect(int(_NAME + day * wide) + 1, top + 1, int(wide) - 1, _ROW - 2)
                paint_chip(painter, place, code, self._templates.get(code))
            top += _ROW
        painter.fillRect(QRect(0, top, self.width(), 1), tok("line"))
        for code, counts in self._preview.counts.items():
            ink = shift_ink(self._templates.get(code))
            paint_text(painter, QRect(0, top, _NAME, _ROW), code, ink, pixels=Type.NUMBER, strong=True)
            for day, count in enumerate(counts):
                place = QRect(int(_NAME + day * wide), top, int(wide), _ROW)
                ink = "text" if count else "bad"
                paint_text(
                    painter, place, str(count), ink, pixels=Type.NUMBER, strong=not count, align=middle
                )
            top += _ROW
