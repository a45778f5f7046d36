"""The small table of a swap's effect on people: hours, nights, weekend days, before and after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from app.models.entities.leave import PersonEffect
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.labels import PlainLabel
from app.views.leave.leave_words import LeaveWords


def figures(words: LeaveWords, people: Sequence[PersonEffect]) -> QWidget:
    """Return the table; read out, it is a sentence for each person."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Space.L)
    grid.setVerticalSpacing(Space.XS)
    heads = ("", _("Hours worked"), _("Nights"), _("Weekend days"), _("Shortest rest"))
    for column, head in enumerate(heads):
        grid.addWidget(PlainLabel(head, "small"), 0, column)
    for row, one in enumerate(people, start=1):
        for column, text in enumerate(words.person_cells(one)):
            grid.addWidget(PlainLabel(text, "strong" if column == 0 else ""), row, column)
    grid.setColumnStretch(len(heads), 1)
    box.setAccessibleName(". ".join(words.person_said(one) for one in people))
    return box
