"""Where the cursor of the roster's grid is and what is selected: rows are people, columns are days. Pure."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt

Place = tuple[int, int]
"""Row and day."""

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class GridCursor:
    """A cursor and an anchor; what lies between them is selected."""

    def __init__(self) -> None:
        self._rows = 0
        self._days = 0
        self.place: Place = (0, 0)
        self.anchor: Place = (0, 0)

    def fit(self, rows: int, days: int) -> None:
        """Stay inside a grid of this size."""
        self._rows, self._days = rows, days
        self.place = self._inside(self.place)
        self.anchor = self._inside(self.anchor)

    @property
    def selection(self) -> QRect:
        """The selected rectangle: x and width are days, y and height are rows."""
        (row, day), (other_row, other_day) = self.place, self.anchor
        left, top = min(day, other_day), min(row, other_row)
        return QRect(left, top, abs(day - other_day) + 1, abs(row - other_row) + 1)

    @property
    def places(self) -> list[Place]:
        """Every selected place, row by row; none in an empty grid."""
        if not self._rows or not self._days:
            return []
        chosen = self.selection
        return [
            (row, day)
            for row in range(chosen.top(), chosen.bottom() + 1)
            for day in range(chosen.left(), chosen.right() + 1)
        ]

    def go(self, place: Place, *, extend: bool = False) -> None:
        """Move to a place; `extend` keeps the anchor, so the selection grows."""
        self.place = self._inside(place)
        if not extend:
            self.anchor = self.place

    def follow(self, place: Place) -> None:
        """Move to where the cell under the cursor went, and the selection with it."""
        down, right = place[0] - self.place[0], place[1] - self.place[1]
        self.anchor = self._inside((self.anchor[0] + down, self.anchor[1] + right))
        self.place = self._inside(place)

    def select(self, anchor: Place, place: Place) -> None:
        """Select what lies between two places."""
        self.go(anchor)
        self.go(place, extend=True)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, page: int) -> bool:
        """Move as a key asks; False if the key does not move. `page` is how many rows a page has."""
        row, day = self.place
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        last_row, last_day = self._rows - 1, self._days - 1
        targets: dict[Qt.Key, Place] = {
            Qt.Key.Key_Home: (0 if control else row, 0),
            Qt.Key.Key_End: (last_row if control else row, last_day),
            Qt.Key.Key_PageUp: (row - page, day),
            Qt.Key.Key_PageDown: (row + page, day),
        }
        if key in _STEPS:
            down, right = _STEPS[key]
            # With Ctrl an arrow goes to the edge, as in a spreadsheet.
            far = max(self._rows, self._days) if control else 1
            targets[key] = (row + down * far, day + right * far)
        if key not in targets:
            return False
        self.go(targets[key], extend=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        return True

    def _inside(self, place: Place) -> Place:
        return (
            min(max(0, place[0]), max(0, self._rows - 1)),
            min(max(0, place[1]), max(0, self._days - 1)),
        )
