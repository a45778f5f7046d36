"""A list of boxes to tick, each of which acts at once: members of a team, roles of a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from app.services.search.tokens import norm
from app.views.base.tokens import Space
from app.views.base.widgets.fields import SearchField
from app.views.base.widgets.labels import PlainLabel

_SEARCHED_FROM = 12
_HIGHEST = 364
_ROW = 26


class CheckList(QWidget):
    """Ticked entries stand first. From a dozen entries on there is a search over them."""

    ticked = Signal(int, bool)  # only when a person ticked

    def __init__(self, said: str, search: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(said)
        self.search = SearchField(search)
        self.search.hide()
        self._nothing = PlainLabel("", "muted", wrap=True)
        self._nothing.hide()
        self._boxes: dict[int, QCheckBox] = {}
        self._entries: tuple[tuple[int, str], ...] = ()
        self._ticked: frozenset[int] = frozenset()
        inside = QWidget()
        inside.setProperty("scrolled", True)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(2, 2, 2, 2)
        self._column.setSpacing(Space.XS)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.S)
        whole.addWidget(self.search)
        whole.addWidget(self._area)
        whole.addWidget(self._nothing)
        self.search.textChanged.connect(self._filter)

    def show_entries(
        self, entries: Sequence[tuple[int, str]], ticked: Collection[int], *, nothing: str = ""
    ) -> None:
        """Show these entries by id and name; `nothing` is said where there are none."""
        if (tuple(entries), frozenset(ticked)) == (self._entries, self._ticked):
            return
        kept = next((each for each, box in self._boxes.items() if box.hasFocus()), None)
        self._entries, self._ticked = tuple(entries), frozenset(ticked)
        self._rebuild()
        if kept in self._boxes:
            self._boxes[kept].setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setVisible(len(entries) >= _SEARCHED_FROM)
        self._area.setVisible(bool(entries))
        self._area.setFixedHeight(min(_HIGHEST, _ROW * len(entries) + Space.S))
        self._nothing.setText(nothing)
        self._nothing.setVisible(not entries and bool(nothing))
        self._filter(self.search.text())

    def box(self, entry_id: int) -> QCheckBox:
        """Return an entry's box. KeyError where there is no such entry."""
        return self._boxes[entry_id]

    def _rebuild(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes = {}
        for entry_id, name in sorted(self._entries, key=lambda entry: entry[0] not in self._ticked):
            box = QCheckBox(name.replace("&", "&&"))
            box.setChecked(entry_id in self._ticked)
            box.clicked.connect(lambda is_ticked, each=entry_id: self.ticked.emit(each, is_ticked))
            self._boxes[entry_id] = box
            self._column.addWidget(box)
        self._column.addStretch(1)

    def _filter(self, typed: str) -> None:
        words = norm(typed).split()
        for entry_id, name in self._entries:
            self._boxes[entry_id].setVisible(all(word in norm(name) for word in words))
