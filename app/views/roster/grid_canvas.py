"""The roster's grid as a picture: what it shows, and what of it is drawn again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from app.models.entities.ids import PersonId
from app.views.base.theme import tok
from app.views.roster.board import Board, Key
from app.views.roster.cell_pictures import CellPictures
from app.views.roster.day_hours import DayHours
from app.views.roster.fair_shares import FairBars
from app.views.roster.grid_cursor import Place
from app.views.roster.grid_frame import paint_sides, paint_top
from app.views.roster.grid_paint import Ghost, GridState, paint_body
from app.views.roster.grid_surface import GridSurface
from app.views.roster.roster_words import RosterWords

_DAY_SECONDS = 24 * 60 * 60
_MOST_PIECES = 6


class GridCanvas(GridSurface):
    """Shows a `Board`.

    What is still being drawn or carried is a sketch on the board itself; `ghost` says where it is carried.
    """

    def __init__(self, words: RosterWords, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.ghost: Ghost | None = None
        self.fair = FairBars()
        self._pictures = CellPictures()
        self._now: datetime | None = None
        self._leading: PersonId | None = None

    def show_board(self, board: Board) -> None:
        """Show another roster; cursor and selection stay. With other days, the cursor keeps its date."""
        before, key = self.board, self.current_key
        if before is board:
            self.show_touched()
            return
        self.board = board
        board.take_touched()
        self.cursor_state.fit(len(board.people), len(board.days))
        if key is not None and (place := board.place_of(key)) is not None and before is not None:
            self.cursor_state.follow(place)
        elif before is not None and key is not None and before.days != board.days:
            self.cursor_state.go(self._place_near(key))
        self.arrange()

    def show_touched(self) -> None:
        """Paint again what the last strokes changed: rows, strip and figures, not the whole roster."""
        touched = self.board.take_touched() if self.board is not None else None
        if self.board is None or touched is None:
            self.viewport().update()
        else:
            self.viewport().update(QRect(0, 0, self.places.width, self.places.top))
            for person in touched:
                place = self.board.place_of((person, self.board.days[0]))
                if place is not None:
                    self.viewport().update(self.places.row(place[0]))
        self.speak()

    def show_fair(self, fair: FairBars, *, shown: bool) -> None:
        """Show how evenly nights and weekends are shared beside the hours, or leave it out."""
        self.fair = fair
        if shown != self.has_fair:
            self.has_fair = shown
            self.arrange()
        elif shown:
            self.viewport().update()

    def _place_near(self, key: Key) -> Place:
        """Return the place of a cell on the new days: that of its date, else of today, else as it was."""
        board, (row, day) = self.board, self.cursor_state.place
        today = self.words.fmt.local(self._now).date() if self._now is not None else key[1]
        shown = (on for on in (key[1], today) if board is not None and on in board.days)
        on = next(shown, None)
        return (row, board.days.index(on)) if board is not None and on is not None else (row, day)

    def show_now(self, now: datetime, leading: PersonId | None) -> None:
        """Draw the line of now there, and the crown beside whoever leads the shift that runs."""
        self._now, self._leading = now, leading
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        state = self._state()
        # A stroke changes the strip and a row far below it: what lies between need not be drawn again.
        for dirty in _rects(event.region()):
            painter.setClipRect(dirty)
            painter.fillRect(dirty, tok("card"))
            if state is not None:
                paint_body(painter, dirty, state, self.places, self._pictures)
                painter.setClipRect(dirty)
                paint_sides(painter, dirty, state, self.places)
                painter.setClipRect(dirty)
                paint_top(painter, dirty, state, self.places)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusOutEvent(event)

    def _state(self) -> GridState | None:
        if self.board is None or self._texts is None:
            return None
        return GridState(
            self.board,
            self._texts,
            self.cursor_state.place,
            self.cursor_state.selection,
            self.hasFocus(),
            self._now_in_days(self.board),
            self._leading,
            self.ghost,
            self.fair,
            self._hours_of(self.board),
        )

    def _now_in_days(self, board: Board) -> float | None:
        if self._now is None or not board.days:
            return None
        hours = self._hours_of(board)
        if hours is not None:
            passed_hours = hours.hour_of(self._now)
            return passed_hours / hours.length if passed_hours is not None else None
        local = self.words.fmt.local(self._now)
        day = (local.date() - board.days[0]).days
        passed = (local.hour * 60 + local.minute) * 60 / _DAY_SECONDS
        return day + passed if 0 <= day < len(board.days) else None

    def _hours_of(self, board: Board) -> DayHours | None:
        """Return the hours of the only day shown; None where there are several."""
        return DayHours(board, board.days[0]) if len(board.days) == 1 else None


def _rects(region: QRegion) -> list[QRect]:
    """Return what to draw again; all at once where it is in many pieces."""
    found = [QRect(each) for each in cast("Iterable[QRect]", region)]
    return found if len(found) <= _MOST_PIECES else [region.boundingRect()]
