"""The wall as a picture that scrolls: one Tab stop, cards driven by keys and mouse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QSizePolicy, QWidget

from app.views.base.i18n import _
from app.views.base.theme import theme, tok
from app.views.base.widgets.labels import set_tip
from app.views.wall.card_paint import (
    CardPictures,
    paint_dragged,
    paint_lane,
    paint_mark_round,
    paint_scale,
)
from app.views.wall.lanes import Lane, LaneKind
from app.views.wall.layout import Measures, WallLayout
from app.views.wall.wall_words import CardFace, LaneFace, WallWords

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_EDGE = 28


class WallCanvas(QAbstractScrollArea):
    """Shows lanes and cards where they stand now. It changes nothing itself."""

    opened = Signal(int)  # ticket id
    assign_asked = Signal(int)  # ticket id: by keyboard
    dropped = Signal(int, str)  # ticket id, key of a lane

    def __init__(self, words: WallWords, *, scale: float = 1.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._scale = scale
        self._lanes: Sequence[Lane] = ()
        self._shares: dict[int, float | None] = {}
        self._marks: Sequence[int] = ()
        self._fresh: frozenset[int] = frozenset()
        self._now: datetime | None = None
        self._faces: dict[int, CardFace] = {}
        self._heads: dict[str, LaneFace] = {}
        self._lane_of: dict[int, Lane] = {}
        self._pictures = CardPictures()
        self._pressed: tuple[int, QPoint] | None = None
        self._dragged: int | None = None
        self._mouse = QPoint()
        self.current: int | None = None
        self.places = WallLayout((), {}, Measures.of(scale), 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleDescription(_("Arrows choose a card, Enter opens it, A assigns it"))
        theme.changed.connect(self.viewport().update)
        self.speak()

    # -- what is shown -------------------------------------------------------------------------------

    def show_wall(
        self,
        lanes: Sequence[Lane],
        shares: dict[int, float | None],
        marks: Sequence[int],
        now: datetime,
        fresh: frozenset[int] = frozenset(),
    ) -> None:
        """Show these lanes with the shares of this moment; the cursor stays on its card."""
        self._lanes, self._shares, self._marks, self._now = lanes, shares, marks, now
        self._fresh = fresh
        words = self._words
        self._lane_of = {one.id: lane for lane in lanes for one in lane.tickets}
        self._faces = {
            one.id: words.card(one, shares.get(one.id), now, names_assignee=lane.kind is LaneKind.OFF_DUTY)
            for lane in lanes
            for one in lane.tickets
        }
        self._heads = {lane.key: words.lane(lane, shares, now) for lane in lanes}
        if self.current not in self._lane_of:
            self.current = next(iter(self._lane_of), None)
        self.arrange()

    def arrange(self) -> None:
        """Lay everything out again, for the size or the wall changed."""
        measures = Measures.of(self._scale, len(self._lane_of))
        self.places = WallLayout(self._lanes, self._shares, measures, self.viewport().width())
        bar = self.verticalScrollBar()
        room = max(0, self.viewport().height() - measures.top)
        bar.setPageStep(room)
        bar.setSingleStep(measures.card_height + measures.gap)
        bar.setRange(0, max(0, self.places.height - room))
        self.viewport().update()
        self.speak()

    def go_to(self, ticket_id: int) -> None:
        """Put the cursor on a card and scroll there; a card not shown changes nothing."""
        if ticket_id in self.places.cards:
            self.current = ticket_id
            self._scroll_to(self.places.cards[ticket_id])
            self.viewport().update()
            self.speak()

    def card_rect(self, ticket_id: int) -> QRect:
        """Return where a card is painted in the viewport; an empty rectangle if it is not shown."""
        rect = self.places.cards.get(ticket_id)
        return QRect() if rect is None else rect.translated(self._offset)

    def card_text(self, ticket_id: int) -> str:
        """Return a card as a sentence."""
        lane = self._lane_of.get(ticket_id)
        ticket = next((one for one in lane.tickets if one.id == ticket_id), None) if lane else None
        if lane is None or ticket is None or self._now is None:
            return ""
        return self._words.said(ticket, lane, self._shares.get(ticket_id), self._now)

    def speak(self) -> None:
        """Keep what screen readers say in step with the cursor."""
        said = [_("Heat wall")]
        if self.current is not None:
            said.append(self.card_text(self.current))
        self.setAccessibleName(": ".join(part for part in said if part))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def sizeHint(self) -> QSize:
        return QSize(900, 500)

    def minimumSizeHint(self) -> QSize:
        measures = self.places.measures
        return QSize(measures.head + 2 * measures.card_width, measures.top + 3 * measures.card_height)

    # -- painting ------------------------------------------------------------------------------------

    @property
    def _offset(self) -> QPoint:
        return QPoint(0, self.places.measures.top - self.verticalScrollBar().value())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        dirty, offset = event.rect(), self._offset
        painter.fillRect(dirty, tok("card"))
        self._pictures.begin(self.devicePixelRatioF())
        seen = dirty.translated(-offset)
        painter.translate(offset)
        over = self.places.lane_at(self._mouse - offset) if self._dragged is not None else None
        for place in self.places.lanes:
            if place.band.intersects(seen):
                tone = "" if over is not place.lane else "ok" if place.lane.takes_cards else "bad"
                head = self._heads[place.lane.key]
                paint_lane(painter, place, head, self.places, self._marks, tone=tone)
        for ticket_id, rect in self.places.cards.items():
            if rect.intersects(seen):
                self._paint_card(painter, ticket_id, rect)
        painter.translate(-offset)
        paint_scale(painter, self.places, self._marks)
        if self._dragged is not None and self._dragged in self._faces:
            picture = self._pictures.of(self._faces[self._dragged], self.places.measures)
            paint_dragged(painter, picture, self._mouse + QPoint(10, 6))

    def _paint_card(self, painter: QPainter, ticket_id: int, rect: QRect) -> None:
        painter.drawPixmap(rect.topLeft(), self._pictures.of(self._faces[ticket_id], self.places.measures))
        is_current, is_fresh = ticket_id == self.current, ticket_id in self._fresh
        if is_current or is_fresh:
            paint_mark_round(
                painter, rect, is_fresh=is_fresh, is_current=is_current, has_focus=self.hasFocus()
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusOutEvent(event)

    # -- keys ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._dragged is not None:
            self._end_drag()
        elif self.current is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            found = self.places.step(self.current, *_STEPS[key])
            self.go_to(self.current if found is None else found)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            order = list(self.places.cards)
            self.go_to(order[0] if key == Qt.Key.Key_Home else order[-1])
        elif key in _ENTER:
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_A:
            self.assign_asked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _scroll_to(self, rect: QRect) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height() - self.places.measures.top
        gap = self.places.measures.gap
        if rect.top() - gap < bar.value():
            bar.setValue(rect.top() - gap)
        elif rect.bottom() + gap > bar.value() + room:
            bar.setValue(rect.bottom() + gap - room)

    # -- mouse ---------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        found = self._card_at(point)
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self._pressed = (found, point)
            self.go_to(found)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position().toPoint()
        if self._pressed is not None and self._dragged is None:
            ticket_id, began = self._pressed
            if (self._mouse - began).manhattanLength() >= QApplication.startDragDistance():
                self._dragged = ticket_id
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragged is not None:
            self._scroll_near_edge()
            self.viewport().update()
        else:
            found = self._card_at(self._mouse)
            set_tip(self.viewport(), "" if found is None else self.card_text(found))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._mouse = self._dragged, event.position().toPoint()
        lane = self.places.lane_at(self._mouse - self._offset)
        self._end_drag()
        if dragged is not None and lane is not None:
            self.dropped.emit(dragged, lane.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._card_at(event.position().toPoint())
        if found is not None:
            self._end_drag()
            self.opened.emit(found)

    def _card_at(self, point: QPoint) -> int | None:
        if point.y() < self.places.measures.top:
            return None
        return self.places.card_at(point - self._offset)

    def _end_drag(self) -> None:
        self._pressed = self._dragged = None
        self.viewport().unsetCursor()
        self.viewport().update()

    def _scroll_near_edge(self) -> None:
        bar = self.verticalScrollBar()
        if self._mouse.y() < self.places.measures.top + _EDGE:
            bar.setValue(bar.value() - bar.singleStep() // 2)
        elif self._mouse.y() > self.viewport().height() - _EDGE:
            bar.setValue(bar.value() + bar.singleStep() // 2)
