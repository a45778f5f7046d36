"""One property of a ticket: its label, its value as a button, and the field that takes the value's place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.tokens import Size, Space
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.paint import (
    font,
    paint_avatar,
    paint_ground,
    paint_priority,
    paint_ring,
    paint_text,
    width_of,
)
from app.views.tickets.detail_names import NOTHING
from app.views.tickets.form_typeahead import Offer, TypeAhead

_LABEL_WIDTH = 92
_ROW = 27


class PropertyValue(QAbstractButton):
    """A value as it reads, with a pencil when it may be changed. `priority` or `person` draw their sign."""

    def __init__(self, label: str, *, is_fixed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._priority = 0
        self._person: str | None = None
        self._is_fixed = is_fixed
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_fixed else Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if not is_fixed:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_value(self, text: str, *, priority: int = 0, person: str | None = None) -> None:
        """Show another value; a dash for nothing."""
        self._priority, self._person = priority, person
        self.setText((text or NOTHING).replace("\n", " "))
        self.setShortcut(QKeySequence())  # which Qt makes of the letter after an "&"
        self.setAccessibleName(f"{self._label}: {text or NOTHING}")
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, _ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        is_over = self.underMouse() and not self._is_fixed
        if is_over:
            paint_ground(painter, self.rect(), "hover", "hover")
        left = 6
        if self._priority:
            paint_priority(painter, QRect(left, 0, Size.CHIP_WIDTH, self.height()), self._priority)
            left += Size.CHIP_WIDTH + Space.S
        elif self._person is not None:
            paint_avatar(painter, QRect(left, (self.height() - 20) // 2, 20, 20), self._person)
            left += 20 + Space.S
        right = 22 if is_over or (self.hasFocus() and not self._is_fixed) else 4
        ink = "faint" if self.text() == NOTHING else "text"
        paint_text(painter, QRect(left, 0, self.width() - left - right, self.height()), self.text(), ink)
        if right > 4:
            paint_icon(
                painter, QRect(self.width() - 20, (self.height() - 14) // 2, 14, 14), "pencil", "muted"
            )
        if self.hasFocus():
            paint_ring(painter, self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        is_cut = width_of(self.text()) > self.width() - 60
        hint = "" if self._is_fixed else _("Enter changes it")
        set_tip(self, " · ".join(part for part in (self.text() if is_cut else "", hint) if part))


class PropertyRow(QWidget):
    """Label and value. `begun` asks for an editor; `edit_with` puts it into the value's place."""

    begun = Signal()
    opened = Signal(bool)  # an editor stands in the value's place, or went away

    def __init__(self, label: str, *, is_fixed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = PropertyValue(label, is_fixed=is_fixed)
        self.editor: QWidget | None = None
        self._label = label
        self._begun_with = ""
        words = PlainLabel(label, "muted")
        words.setFixedWidth(max(_LABEL_WIDTH, width_of(label) + Space.XS))
        words.setFont(font())
        place = QWidget()
        self._stack = QStackedLayout(place)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(words)
        row.addWidget(place, 1)
        self._place = place
        self._fit()
        if not is_fixed:
            self.value.clicked.connect(self.begun)

    @property
    def is_open(self) -> bool:
        """Whether somebody is typing here: the page must not put another value under their fingers."""
        return self.editor is not None

    def edit_with(self, editor: QWidget) -> None:
        """Show the editor and put the cursor into it."""
        self.close_editor()
        self.editor = editor
        editor.setAccessibleName(self._label)
        self._stack.addWidget(editor)
        self._stack.setCurrentWidget(editor)
        self._fit()
        self._begun_with = _text_in(editor)
        editor.installEventFilter(self)
        self.opened.emit(True)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_editor(self) -> None:
        """Show the value again; the focus goes back to it if it was in the editor."""
        editor = self.editor
        if editor is None:
            return
        had_focus = editor.hasFocus() or editor.isAncestorOf(self.focusWidget())
        self.editor = None
        self._stack.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self._stack.setCurrentWidget(self.value)
        self._fit()
        self.opened.emit(False)
        if had_focus:
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.editor is not None:
            self.close_editor()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close an editor that is left as it was; one with something typed stays, for nothing is lost."""
        if event.type() == QEvent.Type.FocusOut and watched is self.editor:
            QTimer.singleShot(0, self, self._close_if_left)
        return super().eventFilter(watched, event)

    def _close_if_left(self) -> None:
        editor = self.editor
        here = self.window().focusWidget()
        is_left = editor is not None and here is not None and here is not editor
        if editor is not None and is_left and _text_in(editor) == self._begun_with:
            self.close_editor()

    def _fit(self) -> None:
        self._place.setFixedHeight(Size.CONTROL if self.editor is not None else _ROW)


def _text_in(editor: QWidget) -> str:
    if isinstance(editor, QLineEdit):
        return editor.text()
    return editor.currentText() if isinstance(editor, QComboBox) else ""


Saved = Callable[[object], None]


def line_editor(text: str, saved: Saved, *, longest: int = 200) -> QLineEdit:
    """Return a line; Enter saves what stands in it."""
    line = QLineEdit(text)
    line.setMaxLength(longest)
    line.selectAll()
    line.returnPressed.connect(lambda: saved(line.text().strip()))
    return line


def choice_editor(choices: Sequence[tuple[object, str]], chosen: object, saved: Saved) -> Choose:
    """Return a drop-down; choosing an entry saves it."""
    box = Choose()
    for value, text in choices:
        box.addItem(text, value)
    box.setCurrentIndex(next((at for at, (value, _text) in enumerate(choices) if value == chosen), 0))
    box.activated.connect(lambda _at: saved(box.currentData()))
    return box


def find_editor(
    placeholder: str, key: str, words: str, asked: Callable[[str, TypeAhead], None], saved: Saved,
    *, pause: int = 0,
) -> TypeAhead:  # fmt: skip
    """Return a line that finds a record; taking one saves its key. `asked` answers with `offer`."""
    line = TypeAhead(placeholder, pause=pause)
    line.show_taken(key, words)
    line.asked.connect(lambda typed: asked(typed, line))
    line.taken.connect(lambda taken: saved(int(taken) if taken else None))
    line.selectAll()
    return line


def offers_of(found: Sequence[tuple[int, str, str]]) -> list[Offer]:
    """Return offers of (id, name, what tells it apart)."""
    return [Offer(str(number), text, detail) for number, text, detail in found]


def column_of(rows: Sequence[QWidget]) -> QVBoxLayout:
    """Return rows under each other, close together."""
    column = QVBoxLayout()
    column.setSpacing(0)
    for row in rows:
        column.addWidget(row)
    return column
