"""What stands around the matrix: the warning about odd cells, what priorities promise, a level's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.sla import ClockKind, SlaTable
from app.models.entities.tickets import TicketType
from app.services.base.terms import term
from app.services.priority.edits import Side
from app.services.priority.rules import OddCell
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Card, Notice, row_of
from app.views.base.widgets.chips import PriorityChip
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel, rule, set_tip
from app.views.base.widgets.popups import Popup
from app.views.settings.level_words import priorities, priority_name, soon
from app.views.settings.matrix_words import odd_sentence
from app.views.settings.promises import Promised, allowance, promised_to

_POPUP_WIDTH = 340
_SHOWN = (ClockKind.RESPONSE, ClockKind.RESOLUTION)
_GRAVER = 3  # priorities in the left half of what they promise
_LEAST_WIDTH, _TWO_HALVES = 340, 700  # pixels it needs, and from which on both halves stand side by side
_DUE_WIDTH = 84  # so that times stand below each other in both halves


@dataclass(frozen=True, slots=True)
class PromiseBasis:
    """What is needed to say what a priority means now."""

    matrix: MatrixDefinition
    table: SlaTable
    calendars: Mapping[str, BusinessCalendar]
    now: datetime
    format: Format


class OddNotice(Notice):
    """The first odd cell in a sentence with its remedies; allowed, so Keep only puts the sentence away."""

    mended = Signal(object)  # the OddCell to give its neighbour's priority
    kept = Signal(object)

    def __init__(self) -> None:
        super().__init__("", tone="warn")
        self.mend = Button("", small=True)
        self.keep = Button(_("Keep"), small=True)
        self.buttons.addWidget(self.mend)
        self.buttons.addWidget(self.keep)
        self._odd: OddCell | None = None
        self.mend.clicked.connect(lambda: self.mended.emit(self._odd))
        self.keep.clicked.connect(lambda: self.kept.emit(self._odd))

    def show_odd(self, matrix: MatrixDefinition, odd: Sequence[OddCell], *, may_edit: bool) -> None:
        """Show the first of `odd`; nothing hides the notice."""
        self.setVisible(bool(odd))
        if not odd:
            return
        self._odd = odd[0]
        more = _("{n} more like this.").format(n=len(odd) - 1) if len(odd) > 1 else ""
        self.say(f"{odd_sentence(matrix, odd[0])} {more}".strip(), tone="warn")
        self.mend.say(_("Set P{priority}").format(priority=odd[0].neighbour_priority))
        self.mend.setVisible(may_edit)
        self.keep.setVisible(may_edit)


class PromisesCard(Card):
    """What each priority is promised, and when it would be due if such a ticket were received now."""

    rename_asked = Signal(int)  # the priority whose words are to be changed

    def __init__(self) -> None:
        super().__init__(_("What each priority promises"))
        self._basis: PromiseBasis | None = None
        self.edit_sla = Button(_("Edit SLA tables"), ButtonKind.LINK, icon="timer")
        self.kind = Choose()
        for kind in TicketType:
            self.kind.addItem(term(current.texts, kind), kind)
        self.kind.setAccessibleName(_("Type of ticket"))
        self.kind.currentIndexChanged.connect(lambda _at: self._fill())
        self.head.addWidget(self.kind)
        self.head.addWidget(self.edit_sla)
        self._names: dict[int, PlainLabel] = {}
        self.pencils: dict[int, IconButton] = {}
        self._allowed: dict[int, PlainLabel] = {}
        self._due: dict[int, PlainLabel] = {}
        self._lines: dict[int, str] = {}
        self._heads: list[PlainLabel] = []
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(Space.L)
        self._between = rule(down=True)
        graver, milder = list(priorities())[:_GRAVER], list(priorities())[_GRAVER:]
        self._halves.addLayout(self._half(graver), 1)
        self._halves.addWidget(self._between)
        self._halves.addLayout(self._half(milder), 1)
        self.body.addLayout(self._halves)
        self.body.addStretch(1)

    def show_basis(self, basis: PromiseBasis, *, may_edit: bool) -> None:
        """Show what holds under this matrix and this SLA table."""
        self._basis = basis
        for pencil in self.pencils.values():
            pencil.setVisible(may_edit)
        self._fill()

    @property
    def lines(self) -> dict[int, str]:
        """What is shown per priority, in one sentence."""
        return dict(self._lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _TWO_HALVES
        way = QBoxLayout.Direction
        self._halves.setDirection(way.LeftToRight if is_wide else way.TopToBottom)
        self._halves.setSpacing(Space.L if is_wide else 0)
        self._between.setVisible(is_wide)
        for label in self._heads[2:]:
            label.setVisible(is_wide)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())  # or it could never fold again

    def _half(self, shown: Sequence[int]) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(3, _DUE_WIDTH)
        for column, text in ((2, _("Promised")), (3, _("If received now"))):
            head = PlainLabel(text, "small")
            grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignRight)
            self._heads.append(head)
        for row, priority in enumerate(shown, start=1):
            self._add_row(grid, row, priority)
        half = QVBoxLayout()
        half.addLayout(grid)
        half.addStretch(1)
        return half

    def _add_row(self, grid: QGridLayout, row: int, priority: int) -> None:
        name = PlainLabel("")
        said = _("Change the words for P{priority}").format(priority=priority)
        pencil = IconButton("pencil", said, small=True)
        pencil.clicked.connect(lambda: self.rename_asked.emit(priority))
        allowed, due = PlainLabel("", "strong"), PlainLabel("", "muted")
        grid.addWidget(PriorityChip(priority), row, 0)
        grid.addLayout(row_of(name, pencil, None, spacing=2), row, 1)
        grid.addWidget(allowed, row, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(due, row, 3, Qt.AlignmentFlag.AlignRight)
        self._names[priority] = name
        self.pencils[priority] = pencil
        self._allowed[priority] = allowed
        self._due[priority] = due

    def _fill(self) -> None:
        basis = self._basis
        if basis is None:
            return
        kind_asked = TicketType(self.kind.currentData())  # Qt hands a text back
        for priority in priorities():
            name = priority_name(basis.matrix, priority) or f"P{priority}"
            self._names[priority].setText(name)
            held = promised_to(basis.table, basis.calendars, kind_asked, priority, basis.now)
            shown = [promise_words(held, kind, basis) for kind in _SHOWN]
            self._allowed[priority].setText(" · ".join(words[0] for words in shown))
            self._due[priority].setText(shown[-1][1] or "–")
            self._lines[priority] = _sentence(shown) if held is not None else _("nothing is promised")
            for label in (self._allowed[priority], self._due[priority]):
                set_tip(label, self._lines[priority])
                label.setAccessibleName(self._lines[priority])


def promise_words(held: Promised | None, kind: ClockKind, basis: PromiseBasis) -> tuple[str, str]:
    """Return ("4 h", "today 18:02"): what is allowed, and when it is due."""
    if held is None or kind not in held.allowed:
        return "–", ""
    due = soon(held.due[kind], basis.now, basis.format) if kind in held.due else _("never")
    return allowance(held.allowed[kind]), due


def _sentence(shown: Sequence[tuple[str, str]]) -> str:
    (response, answered), (resolution, solved) = shown
    if not (answered and solved):
        return _("due {time}").format(time=answered or solved)
    return _("answered within {response} ({answered}), solved within {resolution} ({solved})").format(
        response=response, answered=answered, resolution=resolution, solved=solved
    )


class LevelPopup(Popup):
    """A level's words in both languages, and for impact and urgency its place: earlier, later, removed."""

    accepted = Signal(object)  # the changed Level
    moved = Signal(int)  # -1 graver, 1 milder
    removed = Signal()

    def __init__(self, window: QWidget, side: Side, level: Level, title: str, *, keep: str = "") -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("level")
        self._level = level
        self.name = QLineEdit(level.name)
        self.name_alt = QLineEdit(level.name_alt)
        self.guidance = QLineEdit(level.guidance)
        self.guidance_alt = QLineEdit(level.guidance_alt)
        for line in (self.guidance, self.guidance_alt):
            line.setCursorPosition(0)
        self.done = Button(_("Done"), ButtonKind.PRIMARY, key="Enter")
        self.remove = Button(_("Remove"), ButtonKind.DANGER, icon="trash-2")
        self.graver = IconButton("arrow-up", _("Move towards graver"), key="Alt+Up")
        self.milder = IconButton("arrow-down", _("Move towards milder"), key="Alt+Down")
        self._keys = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1} if side is Side.IMPACT else {}
        if side is Side.URGENCY:
            self._keys = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
            self.graver = IconButton("arrow-left", _("Move towards graver"), key="Alt+Left")
            self.milder = IconButton("arrow-right", _("Move towards milder"), key="Alt+Right")
        self.remove.wait_for(keep)
        self._build(title, has_place=side is not Side.PRIORITY)
        for line in (self.name, self.name_alt, self.guidance, self.guidance_alt):
            line.returnPressed.connect(self._accept)
        self.done.clicked.connect(self._accept)
        self.remove.clicked.connect(self._remove)
        self.graver.clicked.connect(lambda: self._move(-1))
        self.milder.clicked.connect(lambda: self._move(1))
        self.closed.connect(self.deleteLater)

    def open_beside(self, left: int, top: int) -> None:
        """Open there with the cursor in the name the reader sees."""
        self.open_at(left, top)
        line = self.name_alt if current.code.startswith("zh") else self.name
        line.setFocus(Qt.FocusReason.PopupFocusReason)
        line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = (
            self._keys.get(Qt.Key(event.key()))
            if event.modifiers() == Qt.KeyboardModifier.AltModifier
            else None
        )
        if by is None:
            super().keyPressEvent(event)
        else:
            self._move(by)

    def _build(self, title: str, *, has_place: bool) -> None:
        self.setFixedWidth(_POPUP_WIDTH)
        close = IconButton("x", _("Close"), key="Esc", small=True)
        close.clicked.connect(self.close_now)
        self._name_field = Field(_("Name in English"), self.name, required=True)
        self.body.addLayout(row_of(PlainLabel(title, "section"), None, close))
        self.body.addWidget(self._name_field)
        self.body.addWidget(Field(_("Name in Chinese"), self.name_alt))
        self.body.addWidget(Field(_("What it means, in English"), self.guidance))
        self.body.addWidget(Field(_("What it means, in Chinese"), self.guidance_alt))
        self.body.addWidget(rule())
        buttons = row_of(self.graver, self.milder, self.remove, None, self.done)
        self.body.addLayout(buttons)
        for part in (self.graver, self.milder, self.remove):
            part.setVisible(has_place)

    def _changed(self) -> Level:
        return replace(
            self._level,
            name=self.name.text().strip(),
            name_alt=self.name_alt.text().strip(),
            guidance=self.guidance.text().strip(),
            guidance_alt=self.guidance_alt.text().strip(),
        )

    def _accept(self) -> None:
        level = self._changed()
        if not level.name:
            self._name_field.set_error(_("A level needs a name."))
            self.name.setFocus()
            return
        self.close_now()
        self.accepted.emit(level)

    def _move(self, by: int) -> None:
        self._accept()
        self.moved.emit(by)

    def _remove(self) -> None:
        self.close_now()
        self.removed.emit()
