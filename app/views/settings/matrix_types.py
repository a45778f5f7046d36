"""Whose matrix is shown: tabs for all types and for each, and the button that gives a type its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QKeyCombination, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from app.models.entities.priority import MatrixDefinition
from app.models.entities.tickets import TicketType
from app.services.priority.edits import ALL_TYPES
from app.views.base.i18n import _
from app.views.base.icons import icon
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel, plain_tip
from app.views.settings.matrix_words import followers_words, has_trouble, type_words

KINDS = (ALL_TYPES, *(kind.value for kind in TicketType))
"""What the tabs stand for, in their order."""

_CTRL = Qt.KeyboardModifier.ControlModifier
_PREVIOUS, _NEXT, _TURN = (
    QKeyCombination(_CTRL, key) for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_M)
)


class MatrixTypes(QWidget):
    """The tabs, what holds for the chosen one, and its button.

    Arrows on the tabs choose; so do Ctrl+Page up and Ctrl+Page down from anywhere on the page, and Ctrl+M
    presses the button: the page asks `meant_by` about its keys. `before` and `after` stand in one line with
    what the tab means.
    """

    chosen = Signal(str)  # another tab: a type's value, or ALL_TYPES
    turned = Signal()  # the chosen type shall get a matrix of its own, or follow all types again

    def __init__(self, before: Sequence[QWidget], after: QWidget, *, may_edit: bool) -> None:
        super().__init__()
        self._may_edit = may_edit
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Type of ticket"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setProperty("dense", True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        for kind in KINDS:
            self.tabs.addTab(type_words(kind))
        self.state = PlainLabel("", "muted", wrap=True)
        self.turn = Button("", small=True, key="Ctrl+M")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self.tabs)
        line = row_of(*before, self.state, self.turn, after, spacing=Space.M)
        line.setStretch(len(before), 1)
        line.addStrut(self.turn.sizeHint().height())  # nothing jumps where the button comes or goes
        column.addLayout(line)
        self.turn.hide()
        self.tabs.currentChanged.connect(lambda place: self.chosen.emit(KINDS[place]))
        self.turn.clicked.connect(self.turned)

    @property
    def kind(self) -> str:
        """The chosen type's value, or ALL_TYPES."""
        return KINDS[self.tabs.currentIndex()]

    def choose(self, kind: str) -> None:
        """Choose a tab without telling anybody."""
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(KINDS.index(kind))

    def show_matrix(self, matrix: MatrixDefinition) -> None:
        """Say for every tab whether its type has its own matrix, and what the chosen one means."""
        for place, kind in enumerate(KINDS):
            is_own = kind in matrix.by_type
            said = _("has its own matrix") if is_own else _("as all types")
            tip = _("Ctrl+PgUp and Ctrl+PgDn go from type to type.") if kind == ALL_TYPES else said
            self.tabs.setTabToolTip(place, plain_tip(tip))
            self.tabs.setTabIcon(place, _mark(matrix, kind))
            self.tabs.setAccessibleTabName(place, ", ".join((type_words(kind), *([said] if is_own else []))))
        self._show_state(matrix)

    def _show_state(self, matrix: MatrixDefinition) -> None:
        kind = self.kind
        self.turn.setVisible(self._may_edit and kind != ALL_TYPES)
        if kind == ALL_TYPES:
            self.state.setText(followers_words(matrix))
        elif kind in matrix.by_type:
            self.state.setText(_("Own matrix, same levels."))
            self.turn.say(_("Follow all types again"), "undo-2")
        else:
            self.state.setText(_("As all types."))
            self.turn.say(_("Give this type its own matrix"), "grid-3x3")

    def meant_by(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what a key does here, or None for one that means nothing."""
        asked = event.keyCombination()
        if asked == _PREVIOUS:
            return lambda: self._step(-1)
        if asked == _NEXT:
            return lambda: self._step(1)
        return self.turned.emit if asked == _TURN and not self.turn.isHidden() else None

    def _step(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(KINDS))


def _mark(matrix: MatrixDefinition, kind: str) -> QIcon:
    if has_trouble(matrix, kind):
        return icon("triangle-alert", "warn")
    return icon("grid-3x3", "accent") if kind in matrix.by_type else QIcon()
