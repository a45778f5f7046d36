"""How the page of one ticket is laid out: head and clocks, timeline and composer, cards at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.views.base.tokens import Space
from app.views.base.widgets.labels import rule
from app.views.tickets.clocks_bar import ClocksBar
from app.views.tickets.composer import Composer
from app.views.tickets.composer_parts import DropZone
from app.views.tickets.detail_header import TicketHeader
from app.views.tickets.detail_state import TicketState
from app.views.tickets.properties import PropertiesCard
from app.views.tickets.side_cards import FilesCard, LinksCard, RequesterCard
from app.views.tickets.timeline_items import timeline_of
from app.views.tickets.timeline_view import TimelineView

_SIDE_WIDTH = 344


class TicketView(DropZone):
    """The parts of the page, handed to it ready made; `may` tells which rights the person holds."""

    def __init__(
        self,
        header: TicketHeader,
        clocks: ClocksBar,
        composer: Composer,
        properties: PropertiesCard,
        links: LinksCard,
        files: FilesCard,
        may: Callable[[str], bool],
    ) -> None:
        super().__init__()
        self.header = header
        self.clocks = clocks
        self.timeline = TimelineView()
        self.composer = composer
        self.properties = properties
        self.requester = RequesterCard(properties.rows["requester_id"], may_edit=may("tickets.edit"))
        self.links = links
        self.files = files
        self._may_wait = may("tickets.wait")
        self._build()
        composer.setVisible(may("tickets.note"))
        self.setAcceptDrops(may("tickets.note"))
        self.files_dropped.connect(composer.attach_paths)

    def show_state(self, state: TicketState, *, is_other: bool) -> None:
        """Show a ticket; `is_other` says that it is another one than before."""
        if is_other:
            self.timeline.clear()
            self.properties.close_editors()
            self.header.end_edit()
        self.header.show_state(state)
        self.clocks.show_state(state, may_wait=self._may_wait)
        items = timeline_of(state.detail, state.names)
        self.timeline.show_items(items, state.format, state.detail.read_at)
        self.composer.show_state(state)
        self.properties.show_state(state)
        self.requester.show_state(state)
        self.links.show_state(state)
        self.files.show_files(state.detail.attachments, state)

    def _build(self) -> None:
        above = QVBoxLayout()
        above.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        above.setSpacing(Space.M)
        above.addWidget(self.header)
        above.addWidget(self.clocks)
        middle = QVBoxLayout()
        middle.setContentsMargins(0, Space.M, 0, Space.L)
        middle.setSpacing(Space.M)
        middle.addWidget(self.timeline, 1)
        middle.addWidget(self.composer)
        below = QHBoxLayout()
        below.setContentsMargins(Space.XL, 0, Space.S, 0)
        below.setSpacing(Space.L)
        below.addLayout(middle, 1)
        below.addWidget(self._side())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(above)
        whole.addWidget(rule())
        whole.addLayout(below, 1)

    def _side(self) -> QScrollArea:
        sheet = QFrame()
        sheet.setProperty("surface", "page")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, Space.M, Space.M, Space.L)
        column.setSpacing(Space.M)
        for card in (self.properties, self.requester, self.links, self.files):
            column.addWidget(card)
        column.addStretch(1)
        area = _SideArea()
        area.setWidget(sheet)
        area.setFixedWidth(_SIDE_WIDTH)
        return area


class _SideArea(QScrollArea):
    """Scrolls down only; it does not ask for the height of what it holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.setWidgetResizable(True)
        # What it holds takes the focus and is scrolled into view; the area alone would be a stop for nothing.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        return QSize(_SIDE_WIDTH, 120)
