"""The paint legend: every shift as a brush, and off. It says what colours and codes mean, too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.models.entities.roster import ShiftTemplate
from app.views.base.i18n import _, pgettext
from app.views.base.theme import theme, tok
from app.views.base.tokens import Radius, Space, Type
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.paint import paint_ground, paint_text, width_of
from app.views.roster.cell_pictures import paint_shift
from app.views.roster.grid import Brush
from app.views.roster.roster_words import RosterWords

_HEIGHT = 28
_CHIP = QSize(26, 22)
_SIDE = 4


class BrushButton(QPushButton):
    """One shift to paint with, or with None "off". `detail`: 2 name and times, 1 name, 0 the code alone."""

    def __init__(self, template: ShiftTemplate | None, name: str, times: str, *, editable: bool) -> None:
        super().__init__()
        self.brush = Brush(template.id if template is not None else None)
        self._template = template
        self._name = name
        self._times = times
        self.detail = 2
        self.setCheckable(editable)
        # The keyboard paints with letters; a click must not take the focus away from the cells.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        said = " ".join(part for part in (template.code if template else "", name, times) if part)
        self.setAccessibleName(said)
        key = (template.code if template is not None else "Del") if editable else ""
        set_tip(self, _("{name}: paint by dragging").format(name=name) if editable else said, key)

    def wide(self, detail: int) -> int:
        """Return how wide the button is at a level of detail."""
        words = self._words(detail)
        return _CHIP.width() + 2 * _SIDE + (width_of(words, Type.NUMBER, strong=True) + 8 if words else 0)

    def sizeHint(self) -> QSize:
        return QSize(self.wide(self.detail), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.wide(0), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            paint_ground(painter, self.rect(), "sel", "accent")
        elif self.underMouse() and self.isCheckable():
            paint_ground(painter, self.rect(), "press", "press")
        chip = QRectF(_SIDE, (self.height() - _CHIP.height()) / 2, _CHIP.width() - 2, _CHIP.height())
        if self._template is not None:
            paint_shift(painter, chip, self._template)
        else:
            painter.setPen(QPen(tok("edge" if theme.outlined else "field"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), Radius.CONTROL, Radius.CONTROL)
        words = QRect(_SIDE + _CHIP.width() + 4, 0, self.width(), self.height())
        ink = "text" if self.isChecked() else "muted"
        paint_text(painter, words, self._words(self.detail), ink, pixels=Type.NUMBER, strong=self.isChecked())

    def _words(self, detail: int) -> str:
        return " ".join(part for part in (self._name, self._times)[:detail] if part)


class BrushBar(QWidget):
    """All brushes in a row; a click takes one up, a second click lays it down. Details give way to room."""

    brush_taken = Signal(object)  # Brush or None

    def __init__(self, words: RosterWords, *, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._editable = editable
        self._buttons: list[BrushButton] = []
        self._shown: tuple[ShiftTemplate, ...] | None = None
        self._title = PlainLabel(pgettext("roster", "Paint") if editable else _("Shifts"), "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.XS)
        self._row.addWidget(self._title)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_brushes(self, templates: Sequence[ShiftTemplate]) -> None:
        """Offer these shifts, and off."""
        if self._shown == tuple(templates):
            return
        self._shown = tuple(templates)
        for button in self._buttons:
            button.deleteLater()
        words = self._words
        self._buttons = [
            BrushButton(each, words.shift(each), words.times(each), editable=self._editable)
            for each in templates
        ]
        self._buttons.append(BrushButton(None, pgettext("roster", "Off"), "", editable=self._editable))
        for place, button in enumerate(self._buttons, start=1):
            self._row.insertWidget(place, button)
            button.clicked.connect(lambda checked=False, taken=button: self._take(taken, on=checked))
        self.updateGeometry()
        self._fit()

    @property
    def buttons(self) -> list[BrushButton]:
        """The brushes, in order."""
        return list(self._buttons)

    def choose(self, brush: Brush | None) -> None:
        """Show which brush is taken, without telling anybody."""
        for button in self._buttons:
            button.setChecked(brush is not None and button.brush == brush)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._title.sizeHint().width() + self._needed(0), _HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(self._title.sizeHint().width() + self._needed(2), _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _take(self, taken: BrushButton, *, on: bool) -> None:
        brush = taken.brush if on else None
        self.choose(brush)
        self.brush_taken.emit(brush)

    def _needed(self, detail: int) -> int:
        return sum(button.wide(detail) + Space.XS for button in self._buttons)

    def _fit(self) -> None:
        room = self.width() - self._title.sizeHint().width()
        detail = next((level for level in (2, 1) if self._needed(level) <= room), 0)
        for button in self._buttons:
            if button.detail != detail:
                button.detail = detail
                button.updateGeometry()
