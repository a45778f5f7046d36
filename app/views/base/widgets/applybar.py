"""The bar under a settings page: what would change, before and after, and the two ways out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.views.base.i18n import _, ngettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, rule, set_tip
from app.views.base.widgets.painted import IconSpot

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs from the saved one, in the reader's words."""

    label: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """The change in one line: "Response time  4 h → 6 h"."""
        return f"{self.label}  {self.before} \u2192 {self.after}"


class ApplyBar(QFrame):
    """Shown while something differs: the count, the changes, Discard and Apply.

    It hides itself with the last change. `block(reason)` keeps the changes and disables Apply.
    """

    applied = Signal()
    discarded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self._count = PlainLabel("", "strong")
        self._list = ElidedLabel("", "muted")
        self._note = PlainLabel("", "muted")
        self._reason = PlainLabel("", ink="warn")
        self.discard = Button(_("Discard"))
        self.apply = Button("", ButtonKind.PRIMARY, key="Ctrl+S")
        self.discard.clicked.connect(self.discarded)
        self.apply.clicked.connect(self.applied)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, Space.S, Space.XL, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(IconSpot("pencil", "accent"))
        row.addWidget(self._count)
        divider = rule(down=True)
        divider.setFixedHeight(16)
        row.addWidget(divider)
        row.addWidget(self._list, 1)
        row.addWidget(self._note)
        row.addWidget(self._reason)
        row.addSpacing(Space.S)
        row.addWidget(self.discard)
        row.addWidget(self.apply)
        self.set_changes(())

    def set_changes(self, changes: Sequence[Change]) -> None:
        """Show these changes; none hides the bar."""
        count = len(changes)
        self._count.setText(ngettext("{n} change", "{n} changes", count).format(n=count))
        self.apply.say(ngettext("Apply {n} change", "Apply {n} changes", count).format(n=count))
        sentences = [change.sentence for change in changes]
        shown = sentences[:_SHOWN]
        if count > _SHOWN:
            shown.append(_("and {n} more").format(n=count - _SHOWN))
        self._list.setText("  \u00b7  ".join(shown))
        set_tip(self._count, "\n".join(sentences))
        self.setAccessibleDescription("; ".join(sentences))
        self.setVisible(bool(count))

    def set_note(self, note: str) -> None:
        """Say beside Apply what it does beyond these values; "" says nothing."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.apply.setAccessibleDescription(note)

    def block(self, reason: str) -> None:
        """Keep Apply waiting and say for what; "" lets it go."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self._note.setVisible(bool(self._note.text()) and not reason)
        self.apply.wait_for(reason)
