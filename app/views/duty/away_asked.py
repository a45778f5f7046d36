"""Longer times away that wait for the supervisor's word, above the people of the board (S4-22)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.duty import AwayPermission, DutyBoard
from app.models.entities.ids import PersonId
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Notice
from app.views.duty.duty_words import DutyWords


class AwayAsked(QWidget):
    """One box for each, with both answers; nothing where nobody asks or the reader may not answer."""

    answered = Signal(int, bool)  # the time away, granted

    def __init__(self, words: DutyWords, *, may_answer: bool, me: PersonId | None) -> None:
        super().__init__()
        self._words = words
        self._may_answer = may_answer
        self._me = me
        self._said: list[tuple[int, str]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self.shown: list[Notice] = []
        self.hide()

    def show_board(self, board: DutyBoard, now: datetime) -> None:
        """Show who asks; while they are the same, the focus stays."""
        asking = [
            (one.away.id, one.duty.person_name, self._words.away(one.away, now))
            for one in board.people
            if one.away is not None
            and one.away.permission is AwayPermission.ASKED
            and self._may_answer
            and one.duty.person_id != self._me
        ]
        said = [(away_id, f"{name} {words}") for away_id, name, words in asking]
        if said == self._said:
            return
        self._said = said
        for old in self.shown:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.shown = [self._box(*each) for each in asking]
        self.setVisible(bool(self.shown))

    def _box(self, away_id: int, name: str, words: str) -> Notice:
        title = _("{name} asks to be away from the desk").format(name=name)
        box = Notice(words, title=title, tone="warn", icon="clock")
        grant = Button(_("Grant"), ButtonKind.PRIMARY, icon="check", small=True)
        stay = Button(_("Please stay"), icon="x", small=True)
        grant.setAccessibleName(_("Grant {name} the time away").format(name=name))
        stay.setAccessibleName(_("Ask {name} to stay").format(name=name))
        grant.clicked.connect(partial(self._answer, away_id, is_granted=True))
        stay.clicked.connect(partial(self._answer, away_id, is_granted=False))
        for button in (stay, grant):
            box.buttons.addWidget(button)
        self._column.addWidget(box)
        return box

    def _answer(self, away_id: int, _checked: bool = False, *, is_granted: bool) -> None:
        self.answered.emit(away_id, is_granted)
