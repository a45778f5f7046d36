"""The year view: twelve months painted in one widget, in which dates are chosen and given a kind of day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QKeyCombination, QLocale, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from app.models.entities.calendars import DayType
from app.services.calendars.painting import Brush
from app.views.base.i18n import _, current, ngettext
from app.views.base.tokens import Type
from app.views.base.widgets.labels import plain_tip
from app.views.base.widgets.paint import paint_text
from app.views.settings.calendar_week import weekday_name
from app.views.settings.calendar_year_layout import (
    CELL_HEIGHT,
    LEAST_WIDTH,
    YearLayout,
    dates_between,
    last_of_month,
    month_later,
)
from app.views.settings.calendar_year_paint import DayLook, paint_day

BRUSH_KEYS: Mapping[Qt.Key, Brush] = {
    Qt.Key.Key_W: DayType.WORKDAY,
    Qt.Key.Key_E: DayType.WEEKEND,
    Qt.Key.Key_H: DayType.HOLIDAY,
    Qt.Key.Key_L: DayType.DAY_OFF_IN_LIEU,
    Qt.Key.Key_M: DayType.MAKE_UP_WORKDAY,
    Qt.Key.Key_Delete: None,
    Qt.Key.Key_Backspace: None,
}
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True, slots=True)
class YearShown:
    """What the year view shows. `looks` has every date of the year; `words_of` says one in words."""

    year: int
    looks: Mapping[date, DayLook]
    words_of: Callable[[date], str]
    today: date


class YearGrid(QWidget):
    """One Tab stop. Arrows move by days and weeks, Page keys by months, Home and End within the month.

    Shift selects from where one was; Ctrl+Home and Ctrl+End go to the ends of the year, Ctrl with a Page
    key to another year. W, E, H, L, M and Delete give the selected dates a kind of day at once; Space and
    Enter, and a drag of the mouse, give them that of `brush`, where there is one.
    """

    painted = Signal(object, object)  # the dates, and their DayType or None: like their weekdays
    moved = Signal()  # cursor or selection are others
    year_asked = Signal(int)
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.brush: tuple[Brush] | None = None  # what a drag paints; None only selects
        self.may_paint = True
        self._shown = YearShown(today.year, {}, lambda _on: "", today)
        self._layout = YearLayout(today.year, LEAST_WIDTH)
        self._cursor = self._anchor = today
        self._hovered: date | None = None
        self._drags = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # -- what is shown -------------------------------------------------------------------------------

    def show_year(self, shown: YearShown) -> None:
        """Show a year; the cursor keeps its day and month in it."""
        self._shown = shown
        if self._cursor.year != shown.year:
            same_day = month_later(self._cursor, 12 * (shown.year - self._cursor.year))
            self._cursor = self._anchor = same_day
        self._layout = YearLayout(shown.year, self.width())
        self.updateGeometry()
        self._tell()

    @property
    def cursor_date(self) -> date:
        """The date under the cursor."""
        return self._cursor

    @property
    def selection(self) -> tuple[date, ...]:
        """The selected dates, at least the one under the cursor."""
        return dates_between(self._anchor, self._cursor)

    def go(self, on: date, *, extend: bool = False) -> None:
        """Put the cursor on a date of the year shown; `extend` keeps the other end of the selection."""
        first, last = date(self._shown.year, 1, 1), date(self._shown.year, 12, 31)
        self._cursor = min(max(on, first), last)
        if not extend:
            self._anchor = self._cursor
        self._tell()
        self._scroll_there()
        self.moved.emit()

    def cell_center(self, on: date) -> tuple[int, int]:
        """Return the middle of a date's place."""
        middle = self._layout.cell(on).center()
        return middle.x(), middle.y()

    def sizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, self._layout.height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # -- keys ----------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._deed(event) is not None:  # letters and Ctrl+Z are this view's while it has the focus
                event.accept()
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            on = self._layout.date_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(self._shown.words_of(on)) if on else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._deed(event)
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()

    def _deed(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what a key does here, or None where it is not ours."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return self.undo_asked.emit
        if event.matches(QKeySequence.StandardKey.Redo) or event.keyCombination() == _REDO:
            return self.redo_asked.emit
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~_KEYPAD
        return self._step(key, modifiers) or (None if modifiers else self._stroke(key))

    def _step(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> Callable[[], None] | None:
        """Return where a key goes."""
        target = self._target(key, control=bool(modifiers & _CONTROL))
        if target is not None and not modifiers & ~(_CONTROL | _SHIFT):
            return lambda: self.go(target, extend=bool(modifiers & _SHIFT))
        if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown} and modifiers == _CONTROL:
            year = self._shown.year + (1 if key == Qt.Key.Key_PageDown else -1)
            return lambda: self.year_asked.emit(year)
        return None

    def _stroke(self, key: Qt.Key) -> Callable[[], None] | None:
        """Return what a key without others does to the selected dates."""
        if key in BRUSH_KEYS:
            return lambda: self._paint(BRUSH_KEYS[key])
        if key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.brush is not None:
            brush = self.brush[0]
            return lambda: self._paint(brush)
        if key == Qt.Key.Key_Escape and (self._drags or self._anchor != self._cursor):
            return self._give_up
        return None

    def _target(self, key: Qt.Key, *, control: bool) -> date | None:
        at = self._cursor
        if key in _STEPS and not control:
            return at + timedelta(days=_STEPS[key])
        if key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown} and not control:
            return self._month_target(1 if key == Qt.Key.Key_PageDown else -1)
        if key == Qt.Key.Key_Home:
            return date(at.year, 1, 1) if control else at.replace(day=1)
        if key == Qt.Key.Key_End:
            return date(at.year, 12, 31) if control else last_of_month(at)
        return None

    def _month_target(self, by: int) -> date:
        later = month_later(self._cursor, by)
        return later if later.year == self._shown.year else self._cursor

    # -- mouse ---------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        on = self._layout.date_at(event.position().toPoint())
        if on is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._drags = True
        self.go(on, extend=bool(event.modifiers() & _SHIFT))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        on = self._layout.date_at(event.position().toPoint())
        if self._drags and on is not None and on != self._cursor:
            self.go(on, extend=True)
        if on != self._hovered:
            self._hovered = on
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._drags:
            self._drags = False
            if self.brush is not None:
                self._paint(self.brush[0])
        super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    # -- painting ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = self._layout.height
        self._layout = YearLayout(self._shown.year, self.width())
        if self._layout.height != before:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignHCenter
        for number in range(1, 13):
            if not self._layout.month(number).intersects(event.rect()):
                continue
            name = QLocale(current.code).standaloneMonthName(number)
            paint_text(painter, self._layout.title(number), name, "text", strong=True)
            for weekday in range(7):
                head = self._layout.head(number, weekday)
                letters = weekday_name(weekday)
                paint_text(painter, head, letters, "faint", pixels=Type.SMALL, align=middle)
        chosen, has_many = frozenset(self.selection), self._anchor != self._cursor
        for on, look in self._shown.looks.items():
            place = self._layout.cell(on)
            if place.intersects(event.rect()):
                shown = replace(
                    look,
                    is_today=on == self._shown.today,
                    is_selected=has_many and on in chosen,
                    is_cursor=on == self._cursor,
                    is_hovered=on == self._hovered,
                    has_focus=self.hasFocus(),
                )
                paint_day(painter, place, on.day, shown)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._drags = False
        self.update()
        super().focusOutEvent(event)

    # -- inside --------------------------------------------------------------------------------------

    def _paint(self, brush: Brush) -> None:
        if self.may_paint:
            self.painted.emit(self.selection, brush)

    def _scroll_there(self) -> None:
        """Keep the cursor in sight: the year is taller than most windows."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        content = area.widget() if area is not None else None
        if area is not None and content is not None and self.hasFocus() and not self._drags:
            spot = self.mapTo(content, self._layout.cell(self._cursor).center())
            area.ensureVisible(spot.x(), spot.y(), 0, 2 * CELL_HEIGHT)

    def _give_up(self) -> None:
        self._drags = False
        self.go(self._cursor)

    def _tell(self) -> None:
        """Paint again, and keep what screen readers say in step with cursor and selection."""
        day = self._shown.words_of(self._cursor)
        self.setAccessibleName(_("Year {year}. {day}").format(year=self._shown.year, day=day))
        count = len(self.selection)
        chosen = ngettext("{n} day selected", "{n} days selected", count).format(n=count)
        self.setAccessibleDescription(chosen if count > 1 else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
