"""What the year view paints with, and the legend of its colours and letters: both are one bar."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QSizePolicy, QWidget

from app.models.entities.calendars import DayType
from app.services.base.terms import term
from app.services.calendars.painting import Brush
from app.views.base.i18n import _, current
from app.views.base.icons import paint_icon
from app.views.base.theme import theme, tok
from app.views.base.tokens import Radius, Size, Space, Type
from app.views.base.widgets.paint import paint_ring, paint_text, width_of
from app.views.settings.calendar_year_paint import paint_swatch

_KEYS: tuple[tuple[Brush, str], ...] = (
    (DayType.WORKDAY, "W"),
    (DayType.WEEKEND, "E"),
    (DayType.HOLIDAY, "H"),
    (DayType.DAY_OFF_IN_LIEU, "L"),
    (DayType.MAKE_UP_WORKDAY, "M"),
    (None, "Del"),
)
_ACROSS = 4
_HEIGHT = 30
_SWATCH = 20


class BrushBar(QWidget):
    """One brush is in hand; arrow keys change it. With the first of them a drag only selects dates."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("What a drag paints"))
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.XS)
        brushes: list[tuple[Brush] | None] = [None, *((brush,) for brush, _key in _KEYS)]
        keys = ["", *(key for _brush, key in _KEYS)]
        self.buttons: dict[tuple[Brush] | None, BrushButton] = {}
        for at, (brush, key) in enumerate(zip(brushes, keys, strict=True)):
            button = self.buttons[brush] = BrushButton(brush, key)
            self._group.addButton(button)
            grid.addWidget(button, at // _ACROSS, at % _ACROSS)
            button.clicked.connect(lambda _checked=False: self.chosen.emit())
        for column in range(_ACROSS):
            grid.setColumnStretch(column, 1)
        self.buttons[None].setChecked(True)

    @property
    def brush(self) -> tuple[Brush] | None:
        """The brush in hand, in a tuple of one; None where a drag only selects."""
        return next(brush for brush, button in self.buttons.items() if button.isChecked())

    def take(self, brush: tuple[Brush] | None) -> None:
        """Take a brush as a click on it does."""
        self.buttons[brush].click()


class BrushButton(QPushButton):
    """One brush: its swatch, its words, and the key that paints with it at once."""

    def __init__(self, brush: tuple[Brush] | None, key: str) -> None:
        super().__init__(_brush_words(brush))
        self._brush = brush
        self._key = key
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(key)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(width_of(self.text(), strong=True) + _SWATCH + 3 * Space.S + 2, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        live = self.isEnabled()
        if self.isChecked() and live:
            painter.setPen(QPen(tok("accent"), 2 if theme.outlined else 1))
            painter.setBrush(tok("sel"))
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        elif self.underMouse() and live:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok("hover"))
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        spot = QRect(Space.S, (self.height() - _SWATCH) // 2, _SWATCH + 4, _SWATCH)
        if self._brush is None:
            icon = QRect(0, 0, Size.ICON, Size.ICON)
            icon.moveCenter(spot.center())
            paint_icon(painter, icon, "square-check", "muted" if live else "ghost")
        else:
            paint_swatch(painter, spot, self._brush[0])
        words = QRect(spot.right() + Space.S, 0, self.width() - spot.right() - 2 * Space.S, self.height())
        paint_text(painter, words, self.text(), "text" if live else "ghost", strong=self.isChecked())
        if self.width() >= self.sizeHint().width() + width_of(self._key, Type.SMALL) + Space.XS:
            align = Qt.AlignmentFlag.AlignRight
            paint_text(painter, words, self._key, "faint", pixels=Type.SMALL, align=align)
        if self.hasFocus():
            paint_ring(painter, self.rect())


def _brush_words(brush: tuple[Brush] | None) -> str:
    if brush is None:
        return _("Select only")
    kind = brush[0]
    return term(current.texts, kind) if kind is not None else _("Like its weekday")
