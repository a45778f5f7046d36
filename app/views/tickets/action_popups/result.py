"""What became of a change to many tickets: how many were saved, and which were left alone and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.views.base.errors import ERROR_TEXTS
from app.views.base.i18n import N_, LazyText, _, ngettext, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, rule
from app.views.tickets.action_popups.base import ActionPopup
from app.views.tickets.action_popups.meant import Meant

_STALE = "store.stale"
_TALLEST = 280
# A code alone, without the parameters its usual sentence wants.
_REASONS: Mapping[str, LazyText] = {
    _STALE: N_("Somebody changed it meanwhile."),
    "tickets.gate": N_("A field is missing that this step asks for."),
    "tickets.move_refused": N_("Its present state does not allow this."),
}


def told_of_many(saved: int, skipped: Mapping[int, str]) -> str:
    """Return "96 saved, 4 changed by others"; refusals of the rules are counted apart."""
    stale = sum(code == _STALE for code in skipped.values())
    refused = len(skipped) - stale
    parts = [ngettext("{count} saved", "{count} saved", saved).format(count=saved)]
    if stale:
        changed = ngettext("{count} changed by others", "{count} changed by others", stale)
        parts.append(changed.format(count=stale))
    if refused:
        parts.append(ngettext("{count} not possible", "{count} not possible", refused).format(count=refused))
    return pgettext("between things", ", ").join(parts)


def reason_of(code: str) -> str:
    """Return why a ticket was left alone, for the code alone."""
    if code in _REASONS:
        return str(_REASONS[code])
    happened, _advice = ERROR_TEXTS.get(code, (None, None))
    is_whole = happened is not None and "{" not in happened.msgid
    return str(happened) if is_whole else _("The rules of the desk do not allow it.")


class ResultPopup(ActionPopup):
    """Lists the tickets left alone; they stay marked, so that the action can be tried again on them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("OK"))
        self.setObjectName("result_popup")
        self._lines = QWidget()
        self._lines.setProperty("scrolled", True)
        self._column = QVBoxLayout(self._lines)
        self._column.setContentsMargins(0, 0, Space.S, 0)
        self._column.setSpacing(Space.S)
        self.list = QScrollArea()
        self.list.setWidget(self._lines)
        self.list.setWidgetResizable(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.content.addWidget(self.list)
        self.cancel.hide()
        self.confirmed.connect(self.close_now)

    def tell(self, saved: int, skipped: Mapping[int, str], meant: Sequence[Meant]) -> None:
        """Show what was left alone of the tickets that were meant."""
        self.say(told_of_many(saved, skipped), _("These were left as they are and stay marked:"))
        while (item := self._column.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.deleteLater()
        for ticket in meant:
            if ticket.id in skipped:
                self._add(ticket, skipped[ticket.id])
        self._column.addStretch(1)
        self.list.setFixedHeight(min(_TALLEST, self._lines.sizeHint().height() + 2))
        self.open_on(self.act)

    def _add(self, ticket: Meant, code: str) -> None:
        head = _("#{number}  {subject}").format(number=ticket.number, subject=ticket.subject)
        self._column.addWidget(ElidedLabel(head, "strong"))
        self._column.addWidget(PlainLabel(reason_of(code), "muted", wrap=True))
        self._column.addWidget(rule())
