"""The second word before a month goes out with gaps: what it lacks, going back, publishing all the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.roster_lacks import Lacks
from app.views.base.i18n import _, ngettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Notice, row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.roster.filling_parts import JumpList
from app.views.roster.filling_says import ListLine


class AnywayStep(QWidget):
    """Names what a month lacks. Enter goes back, for that is where the focus begins."""

    agreed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.standing = Notice("", tone="warn")
        self.list = JumpList(_("What the month lacks"))
        self.back = Button(_("Go back"), ButtonKind.PRIMARY)
        self.agree = Button("", icon="send")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.standing)
        column.addWidget(self.list, 1)
        column.addWidget(PlainLabel(_("The version keeps what it went out without."), "small"))
        column.addLayout(row_of(None, self.agree, self.back))
        self.back.clicked.connect(self.left)
        self.agree.clicked.connect(self.agreed)

    def ask(self) -> None:
        """Begin where nothing happens."""
        self.back.setFocus(Qt.FocusReason.PopupFocusReason)

    def say(self, lacks: Lacks, said: str, lines: Sequence[ListLine]) -> None:
        """Name what is lacking: `said` in figures, `lines` one by one."""
        self.standing.say(said, tone="bad" if lacks.counts.forbidden else "warn")
        self.list.show_lines(lines)
        count = len(lacks.findings)
        if lacks.is_empty:
            self.agree.say(_("Publish the empty month"))
        else:
            self.agree.say(ngettext("Publish with {n} gap", "Publish with {n} gaps", count).format(n=count))
