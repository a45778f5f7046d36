"""The line between header and grid: the brushes, what is selected, fairness, grouping, the crown."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.base.actions import ActionSet
from app.views.base.i18n import _
from app.views.base.tokens import Space, Type
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import ElidedLabel, set_tip
from app.views.base.widgets.paint import width_of
from app.views.roster.board_parts import Grouping
from app.views.roster.legend import BrushBar
from app.views.roster.roster_words import RosterWords

_WIDEST_HINT = 520


class ToolsBar(QWidget):
    """Brushes at the left; at the right what the selection holds, and what changes how the grid is shown."""

    def __init__(self, words: RosterWords, actions: ActionSet, *, editable: bool) -> None:
        super().__init__()
        self._editable = editable
        self.legend = BrushBar(words, editable=editable)
        self.hint = ElidedLabel("", "small")
        # It keeps its width: the brushes say less before it does.
        self.hint.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.fair = Button("", ButtonKind.GHOST, icon="gauge", small=True)
        self.crews = IconButton("layers", _("Group by crew"), key="Ctrl+Shift+G", small=True)
        self.crown = IconButton("crown", _("Name the duty supervisor"), key="L", small=True)
        self.fair.clicked.connect(lambda: actions.run("roster.fairness"))
        self.crews.clicked.connect(lambda: actions.run("roster.crews"))
        row = row_of(self.legend, None, self.hint, self.crews, self.fair, self.crown)
        self.setLayout(row)
        self.crown.setVisible(editable)  # only now: without a parent it would be a window of its own
        self.show_score(None, shown=False)

    def say(self, text: str, *, may_wait: bool = False) -> None:
        """Say something at the right of the brushes; a hint that may wait gives way to their hours."""
        wide = width_of(text, Type.SMALL) + 4 if text else 24
        beside = sum(
            part.sizeHint().width() + Space.S for part in (self.legend, self.crews, self.fair, self.crown)
        )
        if may_wait and beside + wide > self.width():
            text, wide = "", 24
        self.hint.setText(text)
        self.hint.setMinimumWidth(min(_WIDEST_HINT, wide))

    def show_score(self, score: int | None, *, shown: bool) -> None:
        """Show how even the shares are, 0 to 100; None: there is nobody to compare."""
        said = _("Fairness {score}").format(score=score) if score is not None else _("Fairness")
        self.fair.say(said)
        tip = _("Hide nights, weekends and holidays") if shown else _("Show nights, weekends and holidays")
        set_tip(self.fair, tip, "Ctrl+Shift+F")

    def show_grouping(self, grouping: Grouping, *, has_crews: bool) -> None:
        """Show below whom people stand now."""
        self.crews.setVisible(has_crews)
        is_crew = grouping is Grouping.CREW
        set_tip(self.crews, _("Group by team") if is_crew else _("Group by crew"), "Ctrl+Shift+G")
