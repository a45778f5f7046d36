"""The popup that asks for whom a card is: the people and queues of the wall, each with its load."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.models.entities.wall import WallTicket
from app.views.base.i18n import _
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.wall.lanes import Lane, LaneKind
from app.views.wall.wall_words import LaneFace

_WIDTH = 420
_HEIGHT = 340
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class AssignPopup(Popup):
    """People on duty with their load, then queues. Arrows move, letters search, Enter assigns."""

    chosen = Signal(int, str)  # ticket id, key of a lane

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("wall_assign")
        self.setFixedWidth(_WIDTH)
        self._ticket_id = 0
        self.title = PlainLabel("", "section", wrap=True)
        self.subject = PlainLabel("", "muted", wrap=True)
        self.list = SideList(_("For whom"))
        self.list.setFixedHeight(_HEIGHT)
        close = IconButton("x", _("Close"), key="Esc", small=True)
        close.clicked.connect(self.close_now)
        self.body.addLayout(row_of(self.title, None, close))
        self.body.addWidget(self.subject)
        self.body.addWidget(self.list)
        self.body.addWidget(PlainLabel(_("Arrows choose, Enter assigns."), "small"))
        self.list.chosen.connect(self._take)

    def ask(self, ticket: WallTicket, number: str, lanes: Sequence[tuple[Lane, LaneFace]]) -> None:
        """Ask for whom a ticket is."""
        self._ticket_id = ticket.id
        self.title.setText(_("Assign {tickets}").format(tickets=number))
        self.setAccessibleName(self.title.text())
        self.subject.setText(ticket.row.subject)
        people = [_item(lane, face) for lane, face in lanes if lane.kind is LaneKind.PERSON]
        queues = [_item(lane, face) for lane, face in lanes if lane.kind is LaneKind.TEAM]
        sections = [SideSection(_("On duty now"), people), SideSection(_("Queues"), queues)]
        self.list.set_sections([each for each in sections if each.items])
        self.list.choose("")
        self.open_centred()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)
        # Under the first heading; made current without being chosen, so that a click on it still counts.
        self.list.setCurrentIndex(self.list.model().index(1, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what is chosen, also the first line, which was chosen by nobody."""
        if event.key() in _ENTER and self.list.key:
            self._take(self.list.key)
        else:
            super().keyPressEvent(event)

    def _take(self, key: str) -> None:
        if self.isVisible():  # the list and the popup may both hear of one Enter
            self.close_now()
            self.chosen.emit(self._ticket_id, key)


def _item(lane: Lane, face: LaneFace) -> SideItem:
    text = f"{face.title} · {face.note}" if face.note else face.title
    icon = face.icon or ("clock" if face.is_away else "crown" if face.is_supervisor else "user-check")
    return SideItem(lane.key, text, icon, face.count, "bad" if face.at_risk else "")
