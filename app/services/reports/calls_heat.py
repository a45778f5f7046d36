"""A table of weekdays and hours whose cells are the darker the more there was; each says its number too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import draw_text
from app.services.reports.pdf.text import fitted

_NAMES = 74.0
_ROW = 17.0
_HEAD = 15.0
_NUMBER = styles.TextStyle(size=7)
_LABEL = styles.TextStyle(size=7, color=styles.MUTED)


class HeatTable(Flowable):  # type: ignore[misc] # reportlab ships no types
    """Rows of values from 0 on; None is no value and has no ground. The largest is the darkest."""

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[tuple[str, Sequence[float | None]]],
        written: Callable[[float | None], str],
        room: float,
    ) -> None:
        """Take as many values in each row as there are columns."""
        super().__init__()
        self._columns = columns
        self._rows = rows
        self._written = written
        self._room = room
        self._most = max((value or 0.0 for _name, values in rows for value in values), default=0.0)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._room, _HEAD + _ROW * len(self._rows)

    def draw(self) -> None:
        each = (self._room - _NAMES) / max(1, len(self._columns))
        top = _ROW * len(self._rows)
        for at, title in enumerate(self._columns):
            draw_text(self.canv, _NAMES + (at + 0.5) * each, top + 4, title, _LABEL, "center")
        for number, (name, values) in enumerate(self._rows):
            y = top - (number + 1) * _ROW
            shown = fitted(name, styles.CELL.font, styles.CELL.size, _NAMES - styles.CELL_PAD)
            draw_text(self.canv, 0, y + 5.5, shown, styles.CELL)
            for at, value in enumerate(values):
                self._draw_cell(_NAMES + at * each, y, each, value)

    def _draw_cell(self, x: float, y: float, width: float, value: float | None) -> None:
        if value is not None:
            self.canv.setFillColor(HexColor(_shade(value / self._most if self._most else 0.0)))
            self.canv.rect(x + 0.5, y + 0.5, width - 1, _ROW - 1, stroke=0, fill=1)
        draw_text(self.canv, x + width / 2, y + 5.5, self._written(value), _NUMBER, "center")


def _shade(part: float) -> str:
    """Return the colour between an empty cell's and the darkest on which black can be read."""
    ends = [[int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in (styles.WELL, styles.ACCENT_PALE)]
    return "#" + "".join(f"{round(low + (high - low) * part):02X}" for low, high in zip(*ends, strict=True))
