"""The roster's grid as a picture that scrolls: what it shows, where things lie, and what is read out."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from app.models.entities.ids import PersonId, TemplateId
from app.views.base.i18n import _
from app.views.base.theme import theme, tok
from app.views.roster.board import Board, Key
from app.views.roster.grid_cursor import GridCursor, Place
from app.views.roster.grid_frame import paint_sides, paint_top
from app.views.roster.grid_layout import HOURS, LEAST_COLUMN, ROW, GridLayout, Spot, Zone
from app.views.roster.grid_paint import CellPictures, GridState, paint_body
from app.views.roster.grid_texts import GridTexts
from app.views.roster.roster_words import RosterWords

_DAY_SECONDS = 24 * 60 * 60
_LEAST_ROWS = 5


class GridCanvas(QAbstractScrollArea):
    """Shows a `Board` under frozen names and header, with a cursor and a selection.

    `sketch` is the board with the stroke that the mouse is drawing; it is shown instead while there is one.
    """

    pointed = Signal(object)  # Spot under the mouse, or None when it is nowhere
    cursor_moved = Signal()

    def __init__(self, words: RosterWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.board: Board | None = None
        self.sketch: Board | None = None
        self.places = GridLayout((), 0, 0, name_width=0, viewport_width=0)
        self.cursor_state = GridCursor()
        self.help = ""
        self._texts: GridTexts | None = None
        self._weekdays: dict[date, str] = {}
        self._pictures = CellPictures()
        self._now: datetime | None = None
        self._leading: PersonId | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.horizontalScrollBar().setSingleStep(LEAST_COLUMN)
        self.verticalScrollBar().setSingleStep(ROW)
        theme.changed.connect(self.viewport().update)
        self.speak()

    # -- what is shown -------------------------------------------------------------------------------

    def show_board(self, board: Board) -> None:
        """Show another roster; cursor and selection stay. With other days, the cursor keeps its date."""
        before, key = self.board, self.current_key
        self.board = board
        self.sketch = None
        self.cursor_state.fit(len(board.people), len(board.days))
        if before is not None and key is not None and before.days != board.days:
            self.cursor_state.go(self._place_near(key))
        self.arrange()

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

    @property
    def current_key(self) -> Key | None:
        """The cell under the cursor, or None in an empty grid."""
        if self.board is None or not self.board.people or not self.board.days:
            return None
        return self.board.key_at(*self.cursor_state.place)

    @property
    def selected_keys(self) -> list[Key]:
        """Every selected cell."""
        board = self.board
        return [] if board is None else [board.key_at(*place) for place in self.cursor_state.places]

    def go_to(self, key: Key) -> None:
        """Move the cursor to a cell and scroll there; a cell not shown changes nothing."""
        place = self.board.place_of(key) if self.board is not None else None
        if place is not None:
            self.cursor_state.go(place)
            self.moved()

    def cell_rect(self, key: Key) -> QRect:
        """Return where a cell is painted in the viewport; an empty rectangle if it is not shown."""
        place = self.board.place_of(key) if self.board is not None else None
        return self.places.cell(*place) if place is not None else QRect()

    def spot_rect(self, spot: Spot) -> QRect:
        """Return where a cell or a count of the strip is painted in the viewport."""
        if spot.zone is Zone.STRIP:
            return self.places.strip_cell(spot.row, spot.day)
        return self.places.cell(spot.row, spot.day) if spot.zone is Zone.CELL else QRect()

    def spot_of(self, on: date, person_id: PersonId | None, template_id: TemplateId | None) -> Spot | None:
        """Go to a person's cell, or to a shift's count in the strip, and return where it is."""
        board = self.board
        if board is None or on not in board.days:
            return None
        day = board.days.index(on)
        if person_id is not None:
            self.go_to((person_id, on))
            place = board.place_of((person_id, on))
            return Spot(Zone.CELL, *place) if place is not None else None
        self.cursor_state.go((self.cursor_state.place[0], day))
        self.moved()
        lines = [number for number, line in enumerate(board.coverage) if line.template_id == template_id]
        return Spot(Zone.STRIP, lines[0], day) if lines else None

    def sizeHint(self) -> QSize:
        return QSize(900, self.places.top + self.places.content_height + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.places.name_width + HOURS + 7 * LEAST_COLUMN, self.places.top + _LEAST_ROWS * ROW)

    # -- painting ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        dirty = event.rect()
        painter.fillRect(dirty, tok("card"))
        state = self._state()
        if state is None:
            return
        paint_body(painter, dirty, state, self.places, self._pictures)
        paint_sides(painter, dirty, state, self.places)
        paint_top(painter, dirty, state, self.places)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.places.scroll = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        self.pointed.emit(None)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.arrange()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusOutEvent(event)

    def _state(self) -> GridState | None:
        board = self.sketch or self.board
        if board is None or self._texts is None:
            return None
        return GridState(
            board,
            self._texts,
            self.cursor_state.place,
            self.cursor_state.selection,
            self.hasFocus(),
            self._now_in_days(board),
            self._leading,
        )

    def _now_in_days(self, board: Board) -> float | None:
        if self._now is None or not board.days:
            return None
        local = self.words.fmt.local(self._now)
        day = (local.date() - board.days[0]).days
        passed = (local.hour * 60 + local.minute) * 60 / _DAY_SECONDS
        return day + passed if 0 <= day < len(board.days) else None

    def retell(self) -> None:
        """Make the words anew, for hours and names may be others."""
        board = self.sketch or self.board
        if board is not None:
            self._texts = GridTexts(board, self.words, self._weekdays)

    def arrange(self) -> None:
        """Lay everything out again, for the size or the board changed."""
        self.retell()
        board = self.board
        if board is not None and self._texts is not None:
            self.places = GridLayout(
                [group.size for group in board.groups],
                len(board.days),
                len(board.coverage),
                name_width=self._texts.name_width(),
                viewport_width=self.viewport().width(),
            )
            self._set_scroll_bars()
        self.show_change()

    def _set_scroll_bars(self) -> None:
        layout, size = self.places, self.viewport().size()
        down, across = size.height() - layout.top, layout.body.width()
        self.verticalScrollBar().setPageStep(max(0, down))
        self.verticalScrollBar().setRange(0, max(0, layout.content_height - down))
        self.horizontalScrollBar().setPageStep(across)
        self.horizontalScrollBar().setRange(0, max(0, layout.content_width - across))
        layout.scroll = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def moved(self) -> None:
        """Follow the cursor to where it went."""
        self.scroll_to_cursor()
        self.show_change()
        self.cursor_moved.emit()

    def scroll_to_cursor(self) -> None:
        """Scroll as little as brings the cursor into view."""
        spot = self.places.cell(*self.cursor_state.place)
        body = self.places.body
        for bar, near, far, first, last in (
            (
                self.verticalScrollBar(),
                spot.top(),
                spot.bottom(),
                self.places.top,
                self.viewport().height() - 1,
            ),
            (self.horizontalScrollBar(), spot.left(), spot.right(), body.left(), body.right()),
        ):
            if near < first:
                bar.setValue(bar.value() - (first - near))
            elif far > last:
                bar.setValue(bar.value() + (far - last))

    def show_change(self) -> None:
        """Paint again and let screen readers hear it."""
        self.viewport().update()
        self.speak()

    def speak(self) -> None:
        """Keep what screen readers say in step with the cursor."""
        key = self.current_key
        board = self.sketch or self.board
        said = [_("Roster")]
        if key is not None and board is not None:
            said.append(self.words.cell(board, key))
            chosen = len(self.cursor_state.places)
            if chosen > 1:
                said.append(_("{n} cells selected").format(n=chosen))
        self.setAccessibleName(self.words.sentences(said))
        self.setAccessibleDescription(self.help)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
