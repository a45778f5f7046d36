"""The popup that finds something to insert into a text: a knowledge article, or a text kept ready."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.views.base.i18n import _
from app.views.base.widgets.cards import Well
from app.views.base.widgets.fields import SearchField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.tickets.action_popups.base import ActionPopup

_WIDTH = 600
_LIST_HEIGHT = 232
_PREVIEW_HEIGHT = 92
_PAUSE = 150
_LONGEST_PREVIEW = 400
_HEADING = re.compile(r"(?m)^#{1,6}\s+")
_EMPHASIS = re.compile(r"(\*\*|__|`)(.+?)\1")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Insertable:
    """One thing to insert: its id, its title, and the beginning of its text."""

    id: int
    title: str
    preview: str
    icon: str = "file-text"


class InsertPopup(ActionPopup):
    """Search, list, preview. `asked` wants what fits; `taken` tells which one the person took."""

    asked = Signal(str)
    taken = Signal(int)

    def __init__(self, window: QWidget, title: str, placeholder: str) -> None:
        super().__init__(window, _("Insert"), width=_WIDTH)
        self.say(title)
        self._offers: dict[str, Insertable] = {}
        self.search = SearchField(placeholder)
        self.list = SideList(title)
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.nothing = PlainLabel(_("Nothing found. Try fewer or other words."), "muted", wrap=True)
        self.nothing.hide()
        self.preview = PlainLabel("", "muted", wrap=True)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        well = Well()
        well.setFixedHeight(_PREVIEW_HEIGHT)
        well.body.addWidget(self.preview)
        for part in (self.search, self.nothing, self.list, well):
            self.content.addWidget(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(lambda: self.asked.emit(self.search.text().strip()))
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.search.step.connect(self._step)
        self.list.selectionModel().currentChanged.connect(self._show_preview)
        self.list.doubleClicked.connect(lambda _index: self._take())
        self.confirmed.connect(self._take)

    def start(self) -> None:
        """Open with what fits without a word typed."""
        self.search.clear()
        self._timer.stop()
        self.offer(())
        self.nothing.hide()
        self.open_on(self.search)
        self.asked.emit("")

    def offer(self, found: Sequence[Insertable]) -> None:
        """Show what was found, the best chosen."""
        self._offers = {str(each.id): each for each in found}
        items = [SideItem(str(each.id), each.title, each.icon) for each in found]
        self.list.set_sections([SideSection("", items)] if items else [])
        self.nothing.setVisible(not items)
        self.list.choose(items[0].key if items else "")
        self._show_preview()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        chosen = self._offers.get(self.list.key)
        if chosen is not None:
            self.close_now()
            self.taken.emit(chosen.id)

    def _show_preview(self, _index: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        chosen = self._offers.get(self.list.key)
        self.preview.setText(chosen.preview[:_LONGEST_PREVIEW] if chosen else "")
        self.act.wait_for("" if chosen else _("Choose an entry first."))

    def _step(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.list.model().rowCount():
            self.list.setCurrentIndex(self.list.model().index(row, 0))


def plain_text(markdown: str) -> str:
    """Return an article's Markdown as people write in a note: no marks, lists and line breaks kept."""
    text = _HEADING.sub("", markdown)
    text = _LINK.sub(r"\1 (\2)", text)
    return _EMPHASIS.sub(r"\2", text)
