"""The roster's grid as a surface that scrolls: where things lie, the cursor, and what is read out."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.views.base.i18n import _
from app.views.base.theme import theme
from app.views.roster.board import Board, Key
from app.views.roster.grid_cursor import GridCursor
from app.views.roster.grid_layout import HOURS, LEAST_COLUMN, ROW, GridLayout, Spot, Zone
from app.views.roster.grid_texts import GridTexts
from app.views.roster.roster_words import RosterWords

_LEAST_ROWS = 5


class GridSurface(QAbstractScrollArea):
    """Knows where the cells of a `Board` lie under frozen names and header, with a cursor and a selection."""

    pointed = Signal(object)  # Spot under the mouse, or None when it is nowhere
    cursor_moved = Signal()
    selection_changed = Signal()

    def __init__(self, words: RosterWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.board: Board | None = None
        self.places = GridLayout((), 0, 0, name_width=0, viewport_width=0)
        self.cursor_state = GridCursor()
        self.help = ""
        self.has_fair = False
        self._texts: GridTexts | None = None
        self._weekdays: dict[date, str] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.horizontalScrollBar().setSingleStep(LEAST_COLUMN)
        self.verticalScrollBar().setSingleStep(ROW)
        theme.changed.connect(self.viewport().update)
        self.speak()

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

    def spot_of(
        self,
        on: date,
        person_id: PersonId | None,
        template_id: TemplateId | None,
        team_id: TeamId | None = None,
    ) -> Spot | None:
        """Go to a person's cell, or to a shift's count in the strip, and return where it is."""
        board = self.board
        if board is None or on not in board.days:
            return None
        day = board.days.index(on)
        if person_id is not None:
            self.go_to((person_id, on))
            place = board.place_of((person_id, on))
            return Spot(Zone.CELL, *place) if place is not None else None
        lines = [number for number, line in enumerate(board.coverage) if line.template_id == template_id]
        meant = [number for number in lines if board.coverage[number].team_id == team_id]
        if lines:
            self.cursor_state.go((self.cursor_state.place[0], day))
            self.moved()
            return Spot(Zone.STRIP, (meant or lines)[0], day)
        on_it = (person.id for person in board.people if _has(board, (person.id, on), template_id))
        found = next(on_it, None)
        return self.spot_of(on, found, None) if found is not None else None

    def sizeHint(self) -> QSize:
        return QSize(900, self.places.top + self.places.content_height + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.places.name_width + HOURS + 7 * LEAST_COLUMN, self.places.top + _LEAST_ROWS * ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.places.scroll = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        self.pointed.emit(None)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._texts = None
            self.arrange()
        super().changeEvent(event)

    def arrange(self) -> None:
        """Lay everything out again, for the size or the board changed."""
        board = self.board
        if board is not None:
            if self._texts is None or not self._texts.is_of(board):
                self._texts = GridTexts(board, self.words, self._weekdays)
            self.places = GridLayout(
                [group.size for group in board.groups],
                len(board.days),
                len(board.coverage) + (len(board.days) == 1),
                name_width=self._texts.name_width,
                viewport_width=self.viewport().width(),
                has_notes=any(self._texts.day_notes),
                has_fair=self.has_fair,
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
        self.selection_changed.emit()

    def speak(self) -> None:
        """Keep what screen readers say in step with the cursor."""
        key = self.current_key
        board = self.board
        said = [_("Roster")]
        if key is not None and board is not None:
            said.append(self.words.cell(board, key))
            chosen = len(self.cursor_state.places)
            if chosen > 1:
                said.append(_("{n} cells selected").format(n=chosen))
        self.setAccessibleName(self.words.sentences(said))
        self.setAccessibleDescription(self.help)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))


def _has(board: Board, key: Key, template_id: TemplateId | None) -> bool:
    cell = board.cell(key)
    return cell is not None and cell.template_id == template_id
