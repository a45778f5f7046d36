"""The timeline of a ticket: a filter and the items, the newest first, drawn as far as one scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.views.base.format import Format
from app.views.base.i18n import _, ngettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.paint import paint_ring
from app.views.base.widgets.switches import Choice, Segment
from app.views.tickets.timeline_items import Group, TimelineItem, counts_of
from app.views.tickets.timeline_rows import TimelineRow

_ALL = "all"
_STEP = 25
"""How many items are drawn at a time: a log of hundreds would hold the window for a second."""
_NEAR_THE_END = 200
_BY_KEYBOARD = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})


class TimelineView(QWidget):
    """Heading with the filter, and the scrolled list. Rows that did not change are kept as they are."""

    file_asked = Signal(object)  # Attachment

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._items: Sequence[TimelineItem] = ()
        self._rows: dict[int, TimelineRow] = {}
        self._most = _STEP
        self._format: Format | None = None
        self._now: datetime | None = None
        self.filter = Segment(
            [
                Choice(_ALL, _("All"), 0),
                Choice(Group.NOTES, _("Notes"), 0),
                Choice(Group.REPLIES, _("Replies"), 0),
                Choice(Group.CALLS, _("Calls"), 0),
                Choice(Group.CHANGES, _("Changes"), 0),
            ],
            said=_("Show in the timeline"),
        )
        self.filter.chosen.connect(lambda _key: self._filter())
        self.nothing = PlainLabel("", "muted", wrap=True)
        self.more = Button("", ButtonKind.LINK)
        self.more.clicked.connect(self._draw_more)
        self._build()

    def show_items(self, items: Sequence[TimelineItem], fmt: Format, now: datetime) -> None:
        """Show these items, keeping filter, place and what is drawn already."""
        self._items, self._format, self._now = items, fmt, now
        counts = counts_of(items)
        self.filter.set_count(_ALL, len(items))
        for group in Group:
            self.filter.set_count(group, counts[group])
        self._draw()

    def clear(self) -> None:
        """Forget everything: another ticket comes."""
        self._items = ()
        self._most = _STEP
        self.filter.choose(_ALL)
        self._draw()
        self.area.verticalScrollBar().setValue(0)

    @property
    def shown(self) -> list[TimelineItem]:
        """The items the filter lets through, the newest first."""
        key = self.filter.key
        return [item for item in self._items if key == _ALL or Group(key) in item.groups]

    @property
    def rows(self) -> list[TimelineRow]:
        """The rows drawn now, from above."""
        return [self._rows[item.key] for item in self.shown[: self._most] if item.key in self._rows]

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(PlainLabel(_("Timeline"), "section"))
        head.addStretch(1)
        head.addWidget(self.filter)
        sheet = QFrame()
        sheet.setProperty("surface", "page")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.addLayout(self._list)
        column.addWidget(self.nothing)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.more)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.area = _Area()
        self.area.setWidgetResizable(True)
        self.area.setWidget(sheet)
        self.area.setAccessibleName(_("Timeline"))
        self.area.verticalScrollBar().valueChanged.connect(self._draw_when_near)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addLayout(head)
        whole.addWidget(self.area, 1)

    def _filter(self) -> None:
        self._most = _STEP
        self.area.verticalScrollBar().setValue(0)
        self._draw()

    def _draw(self) -> None:
        shown = self.shown
        drawn = shown[: self._most]
        wanted = {item.key: item for item in drawn}
        for key, row in list(self._rows.items()):
            if wanted.get(key) != row.item:
                self._list.removeWidget(row)
                row.hide()
                row.deleteLater()
                del self._rows[key]
        for place, item in enumerate(drawn):
            self._place(place, item, is_last=item is shown[-1])
        left = len(shown) - len(drawn)
        self.more.setVisible(left > 0)
        self.more.say(ngettext("{count} earlier entry", "{count} earlier entries", left).format(count=left))
        self.nothing.setVisible(not shown and bool(self._items))
        self.nothing.setText(_("Nothing of this kind yet. “All” shows the whole timeline."))

    def _place(self, place: int, item: TimelineItem, *, is_last: bool) -> None:
        if self._format is None or self._now is None:
            return
        row = self._rows.get(item.key)
        if row is None:
            row = TimelineRow(item, self._format, self._now)
            row.file_asked.connect(self.file_asked)
            self._rows[item.key] = row
        row.show_now(self._now)
        row.set_last(is_last)
        if self._list.indexOf(row) != place:
            self._list.insertWidget(place, row)

    def _draw_more(self) -> None:
        self._most += _STEP
        self._draw()

    def _draw_when_near(self, value: int) -> None:
        bar = self.area.verticalScrollBar()
        if value and value >= bar.maximum() - _NEAR_THE_END and self._most < len(self.shown):
            self._draw_more()


class _Area(QScrollArea):
    """A scroll area that shows when the arrow keys move it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._ring = _Ring(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.setVisible(event.reason() in _BY_KEYBOARD)
        self._ring.raise_()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ring.setGeometry(self.rect())


class _Ring(QWidget):
    """The focus ring over what scrolls under it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_ring(QPainter(self), self.rect())
