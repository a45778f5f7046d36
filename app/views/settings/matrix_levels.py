"""Asking for a level's words and place, and adding one: what a person does to the levels of the matrix."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint

from app.models.entities.priority import Level, MatrixDefinition
from app.services.priority.edits import Side, add_level, change_level, levels_of, move_level, remove_level
from app.services.priority.rules import FEWEST_LEVELS
from app.views.base.i18n import _
from app.views.settings.document_pane import DocumentPane
from app.views.settings.matrix_panels import LevelPopup


class LevelEditing:
    """Changes the levels of a pane's draft, in the matrices of all types at once.

    `place` says where in the window the popup of a level opens, `follow` lets the cursor go with a level.
    """

    def __init__(
        self,
        pane: DocumentPane[MatrixDefinition],
        place: Callable[[Side, int], QPoint],
        follow: Callable[[Side, int], None],
    ) -> None:
        self._pane = pane
        self._place = place
        self._follow = follow

    def add(self, side: Side) -> None:
        """Add the mildest level and ask for its words."""
        draft = self._pane.editor.draft
        count = len(levels_of(draft, side)) + 1
        self._pane.edit(add_level(draft, side, _("Level {number}").format(number=count)))
        self.ask(side, count)

    def move(self, side: Side, number: int, by: int) -> None:
        """Move a level with its cells."""
        if self._pane.may_edit:
            self._pane.edit(move_level(self._pane.editor.draft, side, number, by))
            self._follow(side, by)

    def ask(self, side: Side, number: int) -> None:
        """Open the popup of a level."""
        pane = self._pane
        if not pane.may_edit:
            return
        levels = levels_of(pane.editor.draft, side)
        level = next((one for one in levels if one.number == number), Level(number, f"P{number}"))
        few = _("At least {n} levels are needed.").format(n=FEWEST_LEVELS)
        titles = {
            Side.IMPACT: _("Impact {number}"),
            Side.URGENCY: _("Urgency {number}"),
            Side.PRIORITY: _("Priority P{number}"),
        }
        popup = LevelPopup(
            pane.window(),
            side,
            level,
            titles[side].format(number=number),
            keep=few if len(levels) <= FEWEST_LEVELS else "",
        )
        popup.accepted.connect(partial(self._take_words, side))
        popup.moved.connect(partial(self.move, side, number))
        popup.removed.connect(lambda: pane.edit(remove_level(pane.editor.draft, side, number)))
        place = self._place(side, number)
        popup.open_beside(place.x(), place.y())

    def _take_words(self, side: Side, level: Level) -> None:
        self._pane.edit(change_level(self._pane.editor.draft, side, level))
