"""The face of the Auto-fill panel that says why no roster fits, and the least that could give way."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.filled import FillResult, Trouble
from app.models.entities.roster_plan import CellKey
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.rows import TallRows
from app.views.roster.filling_parts import ROW, JumpList
from app.views.roster.filling_says import ListLine
from app.views.roster.filling_words import FillingWords


class NothingPart(QWidget):
    """Why no roster fits, and the least that could give way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ended = PlainLabel("", "strong", wrap=True)
        self.why = PlainLabel(_("These rules cannot all hold:"), "muted")
        self.reasons = JumpList(_("Rules that cannot all hold"))
        self.ways = PlainLabel("", "muted", wrap=True)
        self.relax = JumpList(_("What could give way"))
        self.options = Button(_("Other options"), key="Esc")
        self.soft = Button(_("Fill with soft rules"), icon="wand-sparkles")
        self.fill = Button(
            _("Fill with these exceptions"), ButtonKind.PRIMARY, icon="wand-sparkles", key="Ctrl+Enter"
        )
        for each in (self.reasons, self.relax):
            each.setWordWrap(True)
            each.setUniformItemSizes(False)
            each.setItemDelegate(TallRows(2 * ROW - 8, parent=each))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.ended)
        column.addWidget(self.why)
        column.addWidget(self.reasons, 3)
        column.addWidget(self.ways)
        column.addWidget(self.relax, 2)
        column.addLayout(row_of(None, self.options, self.soft))
        column.addLayout(row_of(None, self.fill))

    def show_result(self, result: FillResult, words: FillingWords, *, is_strict: bool) -> None:
        """Show the reasons of a search that found nothing, and the ways out there are."""
        explanation = result.explanation
        reasons = (*explanation.checks, *explanation.conflict) if explanation is not None else ()
        relax = explanation.relax if explanation is not None else ()
        self.why.setVisible(bool(reasons))
        self.reasons.setVisible(bool(reasons))
        self.reasons.show_lines([ListLine(words.reason(one), _place(one)) for one in reasons])
        self.relax.setVisible(bool(relax))
        self.relax.show_lines([ListLine(words.giving_way(one), _place(one)) for one in relax])
        self.ways.setText(_ways(result))
        self.fill.setVisible(bool(relax))
        self.fill.setEnabled(bool(relax))
        self.soft.setVisible(is_strict)


def _ways(result: FillResult) -> str:
    explanation = result.explanation
    if explanation is None:
        return _("Give it more seconds, or let it keep fewer rules.")
    if not explanation.relax:
        return _("Change what is needed, who is there, or the limit that is named, and fill again.")
    if explanation.is_smallest:
        return _("With the least that can give way, all other rules hold:")
    return _("With these giving way, all other rules hold; there may be fewer:")


def _place(trouble: Trouble) -> CellKey | None:
    person = trouble.instance.person_id if trouble.instance is not None else None
    return (person, trouble.on) if person is not None else None
