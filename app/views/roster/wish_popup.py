"""Noting what is wished for the selected cells: a shift or to be off, with a word about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.errors import FirstlineError
from app.models.entities.ids import TemplateId
from app.models.entities.roster import ShiftKind
from app.models.entities.wishes import Wished
from app.services.roster.wish_commands import LONGEST_WISH
from app.views.base.errors import explain
from app.views.base.i18n import _, ngettext
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.roster.board import Board, Key
from app.views.roster.roster_words import RosterWords

_WIDTH = 460
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class WishPopup(Popup):
    """Enter notes the wish, Alt+Back takes back what was wished; it stays open until that was done."""

    noted = Signal(object)  # Wished, or None to take back

    def __init__(self, window: QWidget, words: RosterWords, board: Board, keys: Sequence[Key]) -> None:
        super().__init__(window)
        self.setObjectName("wish")
        self._words = words
        self.keys = tuple(keys)
        self.setFixedWidth(_WIDTH)
        self.wish, self.text = Choose(), QLineEdit()
        self.text.setMaxLength(LONGEST_WISH)
        self.refusal = PlainLabel("", ink="bad", wrap=True)
        self.refusal.hide()
        self.back = Button(_("Withdraw the wish"), icon="undo-2", key="Alt+Backspace")
        self.act = Button(_("Note the wish"), ButtonKind.PRIMARY, key="Enter")
        self._build(board)
        self.closed.connect(self.deleteLater)

    def ask(self, left: int, top: int) -> None:
        """Open there, with the focus on what is wished."""
        self.open_at(left, top)
        self.wish.setFocus(Qt.FocusReason.PopupFocusReason)

    def refuse(self, error: Exception) -> None:
        """Say here why it was refused; what was typed stays."""
        if isinstance(error, FirstlineError):
            told = explain(error, self._words.fmt)
            self.refusal.setText(f"{told.happened} {told.advice}".strip())
            self.refusal.show()
            self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() in _ENTER:
            self._note()
        elif event.key() == Qt.Key.Key_Backspace and is_alt and self.back.isEnabled():
            self.noted.emit(None)
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------

    def _build(self, board: Board) -> None:
        title = self._title(board)
        self.setAccessibleName(title)
        cross = IconButton("x", _("Close"), small=True, key="Esc")
        cross.clicked.connect(self.close_now)
        head = row_of(PlainLabel(title, "section", wrap=True), cross)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        self.wish.addItem(_("To be off"), None)
        for template in board.brushes:
            holds = all(template.holds_on(on) for _who, on in self.keys)
            if holds and template.kind is not ShiftKind.ABSENCE:
                self.wish.addItem(self._words.shift_with_times(template), int(template.id))
        stands = [board.wishes[key] for key in self.keys if key in board.wishes]
        if stands:
            wanted = stands[0].template_id
            self.wish.setCurrentIndex(max(0, self.wish.findData(None if wanted is None else int(wanted))))
            self.text.setText(stands[0].text)
        self.body.addWidget(Field(_("Wish"), self.wish))
        self.body.addWidget(Field(_("A word about it"), self.text))
        self.body.addWidget(
            PlainLabel(_("A wish binds nobody; auto-fill and whoever plans look at it."), "small", wrap=True)
        )
        self.body.addWidget(self.refusal)
        self.body.addLayout(row_of(self.back, None, self.act))
        self.back.wait_for("" if stands else _("Nothing is wished there."))
        self.back.clicked.connect(lambda: self.noted.emit(None))
        self.act.clicked.connect(self._note)

    def _title(self, board: Board) -> str:
        people = sorted({person for person, _on in self.keys})
        if len(people) > 1:
            return ngettext(
                "Wish of {people} people for {n} cell",
                "Wish of {people} people for {n} cells",
                len(self.keys),
            ).format(people=len(people), n=len(self.keys))
        who = self._words.person(board.person(people[0]))
        if len(self.keys) == 1:
            return _("Wish of {who}, {day}").format(who=who, day=self._words.day(self.keys[0][1]))
        return ngettext("Wish of {who} for {n} day", "Wish of {who} for {n} days", len(self.keys)).format(
            who=who, n=len(self.keys)
        )

    def _note(self) -> None:
        wanted = self.wish.currentData()
        self.noted.emit(Wished(None if wanted is None else TemplateId(wanted), self.text.text().strip()))
