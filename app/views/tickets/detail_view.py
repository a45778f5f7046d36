"""How the page of one ticket is laid out: head and clocks, timeline and composer, cards at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.views.base.masked_facts import RIGHT as REVEAL_RIGHT
from app.views.base.tokens import Space
from app.views.base.widgets.labels import PlainLabel, rule
from app.views.tickets.clocks_bar import ClocksBar
from app.views.tickets.composer import Composer
from app.views.tickets.composer_parts import DropZone
from app.views.tickets.detail_header import TicketHeader
from app.views.tickets.detail_state import TicketState
from app.views.tickets.fact_words import wait_words
from app.views.tickets.properties import PropertiesCard
from app.views.tickets.side_cards import FilesCard, LinksCard, RequesterCard
from app.views.tickets.side_pane import SidePane
from app.views.tickets.timeline_items import timeline_of
from app.views.tickets.timeline_view import TimelineView

# Narrower or lower than this, the page folds: cards into tabs, the composer into one line until it is used.
_FOLDS_BELOW = QSize(1300, 730)


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
        self.requester = RequesterCard(
            properties.rows["requester_id"], may_edit=may("tickets.edit"), may_reveal=may(REVEAL_RIGHT)
        )
        self.links = links
        self.files = files
        self.side = SidePane((properties, self.requester), links, files)
        self._may_wait = may("tickets.wait")
        self._may_assign = may("tickets.assign")
        self.quiet = PlainLabel("", "small", ink="warn")
        self.quiet.hide()
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
        self.clocks.show_state(state, may_wait=self._may_wait, may_assign=self._may_assign)
        ticket, now = state.ticket, state.detail.read_at
        due = ticket.resolution_due_at if ticket.resolved_at is None else None
        quiet = wait_words(ticket.bearable_until, due, state.format, now)
        self.quiet.setText(quiet)
        self.quiet.setVisible(bool(quiet))
        items = timeline_of(state.detail, state.names)
        self.timeline.show_items(items, state.format, state.detail.read_at)
        self.composer.show_state(state)
        self.properties.show_state(state)
        self.requester.show_state(state)
        self.links.show_state(state)
        self.files.show_files(state.detail.attachments, state)
        self.side.show_counts(self.links.count, len(state.detail.attachments))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_small = self.width() < _FOLDS_BELOW.width() or self.height() < _FOLDS_BELOW.height()
        self.side.fold(is_folded=is_small)
        self.composer.set_compact(is_compact=is_small)

    def _build(self) -> None:
        above = QVBoxLayout()
        above.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        above.setSpacing(Space.M)
        above.addWidget(self.header)
        above.addWidget(self.clocks)
        above.addWidget(self.quiet)
        middle = QVBoxLayout()
        middle.setContentsMargins(0, Space.M, 0, Space.L)
        middle.setSpacing(Space.M)
        middle.addWidget(self.timeline, 1)
        middle.addWidget(self.composer)
        below = QHBoxLayout()
        below.setContentsMargins(Space.XL, 0, Space.S, 0)
        below.setSpacing(Space.L)
        below.addLayout(middle, 1)
        below.addWidget(self.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(above)
        whole.addWidget(rule())
        whole.addLayout(below, 1)
