"""Laying a pattern: which, for whom, from when on, how far shifted; the grid shows it before it is laid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster_plan import Crew, ShiftPattern
from app.services.base.names import named
from app.views.base.i18n import _, ngettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.days import DayEdit
from app.views.base.widgets.fields import Choose, Field, NumberField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.roster.board import Board, Stroke
from app.views.roster.roster_words import RosterWords
from app.views.roster.strokes import laid, pattern_codes, tone_of

POPUP_SIZE = QSize(400, 400)
"""About how large the popup is, for whoever finds a place for it."""
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PatternPopup(Popup):
    """Every change shows the roster as it would be, in the grid; Enter paints it, Esc leaves it as it was."""

    previewed = Signal()  # the board was sketched on
    confirmed = Signal(object)  # the stroke to paint

    def __init__(
        self,
        window: QWidget,
        words: RosterWords,
        patterns: Sequence[ShiftPattern],
        crews: Sequence[Crew],
    ) -> None:
        super().__init__(window)
        self.setObjectName("lay_pattern")
        self._words = words
        self._patterns = tuple(patterns)
        self._crews = tuple(crews)
        self._board: Board | None = None
        self._chosen: tuple[PersonId, ...] = ()
        self._days: tuple[date, ...] = ()
        self._stroke: Stroke = ()
        self.pattern = Choose()
        self.people = Choose()
        self.anchor = DayEdit()
        self.offset = NumberField(1, 1)
        self.step = NumberField(0, 31)
        self.row = PlainLabel("", "muted", wrap=True)
        self.outcome = PlainLabel("", wrap=True)
        self.act = Button(_("Lay"), ButtonKind.PRIMARY, key="Enter")
        self._build()

    def open_for(self, board: Board, people: Sequence[PersonId], days: Sequence[date], at: QPoint) -> None:
        """Open for these people and days; crews and everybody can be chosen instead of the people."""
        self._board, self._chosen, self._days = board, tuple(people), tuple(days)
        self.people.clear()
        one = board.person(self._chosen[0])
        said = ngettext("{who}", "{n} selected people", len(people))
        self.people.addItem(said.format(who=self._words.person(one), n=len(people)), None)
        for crew in self._crews:
            self.people.addItem(named(crew, self._words.language), crew.id)
        self.people.addItem(_("Everybody shown"), 0)
        first = self._days[0]
        self.anchor.setDate(QDate(first.year, first.month, first.day))
        self._choose_pattern()
        self.setFixedWidth(POPUP_SIZE.width())
        self.open_at(at.x(), at.y())
        self.pattern.setFocus(Qt.FocusReason.PopupFocusReason)

    def refresh(self, board: Board) -> None:
        """Show the pattern on another board, for the roster was read again."""
        self._board = board
        self._preview()

    @property
    def stroke(self) -> Stroke:
        """What would be painted now."""
        return self._stroke

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._confirm()
        else:
            super().keyPressEvent(event)

    def close_now(self) -> None:
        if self._board is not None:
            self._board.drop_sketch()
            self.previewed.emit()
        super().close_now()

    # -- inside --------------------------------------------------------------------------------------

    def _build(self) -> None:
        title = _("Lay a pattern")
        self.setAccessibleName(title)
        cross = IconButton("x", _("Close"), small=True, key="Esc")
        cross.clicked.connect(self.close_now)
        self.body.addLayout(row_of(PlainLabel(title, "section"), None, cross))
        for pattern in self._patterns:
            self.pattern.addItem(named(pattern, self._words.language), pattern.id)
        self.body.addWidget(Field(_("Pattern"), self.pattern))
        self.body.addWidget(self.row)
        self.body.addWidget(Field(_("People"), self.people))
        line = QHBoxLayout()
        line.setSpacing(Space.M)
        for field in (
            Field(_("Begins on"), self.anchor),
            Field(_("With its day"), self.offset),
            Field(_("Next one later by"), self.step),
        ):
            line.addWidget(field)
        self.body.addLayout(line)
        self.body.addWidget(self.outcome)
        cancel = Button(_("Cancel"))
        cancel.clicked.connect(self.close_now)
        self.act.clicked.connect(self._confirm)
        self.body.addLayout(row_of(None, cancel, self.act))
        self.pattern.currentIndexChanged.connect(self._choose_pattern)
        self.people.currentIndexChanged.connect(self._preview)
        self.anchor.dateChanged.connect(self._preview)
        self.offset.valueChanged.connect(self._preview)
        self.step.valueChanged.connect(self._preview)

    @property
    def _shown(self) -> ShiftPattern | None:
        return next((each for each in self._patterns if each.id == self.pattern.currentData()), None)

    def _choose_pattern(self) -> None:
        pattern = self._shown
        if pattern is not None:
            self.offset.setRange(1, len(pattern.cells))
            self.row.setText(" ".join(code or "·" for code in pattern.cells))
        self._preview()

    def _members(self, board: Board) -> list[PersonId]:
        asked = self.people.currentData()
        if asked is None:
            return [person for person in self._chosen if board.place_of((person, board.days[0]))]
        return [person.id for person in board.people if asked in {0, person.crew_id}]

    def _preview(self) -> None:
        board, pattern = self._board, self._shown
        if board is None or pattern is None:
            return
        board.drop_sketch()
        codes = pattern_codes(board)
        cells: list[TemplateId | None] = [codes.get(code) if code else None for code in pattern.cells]
        chosen = self.anchor.date()
        self._stroke = laid(
            board,
            cells,
            self._members(board),
            date(chosen.year(), chosen.month(), chosen.day()),
            self._days,
            offset=self.offset.value() - 1,
            step=-self.step.value(),
        )
        change = board.sketch(self._stroke)
        count = len(self._stroke)
        changed = ngettext("{count} cell changes", "{count} cells change", count).format(count=count)
        unknown = [code for code in pattern.cells if code and code not in codes]
        said = [changed, self._words.outcome(board, change.added)] if count else [changed]
        if unknown:
            said.append(_("The pattern's shift {code} is not used any more.").format(code=unknown[0]))
        self.outcome.setText("\n".join(said))
        self.outcome.set_ink(tone_of(change) if count else "")
        self.act.wait_for("" if count else _("Nothing would change."))
        self.previewed.emit()

    def _confirm(self) -> None:
        stroke = self._stroke
        if stroke:
            self.close_now()
            self.confirmed.emit(stroke)
