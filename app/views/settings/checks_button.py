"""A button that says which of many things are chosen, and opens a list to tick them."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.services.search.tokens import matches_initials, norm
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import SearchField
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.rows import TallRows

_SHOWN = 2
_SEARCH_FROM = 8
_SIZE = (320, 300)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be ticked; `depth` indents it in a tree."""

    key: Hashable
    text: str
    depth: int = 0


class ChecksButton(Button):
    """`chosen` tells the whole new set whenever a person ticks something. Nothing ticked means any."""

    chosen = Signal(object)  # frozenset of keys
    chevron = True

    def __init__(self, said: str, any_text: str) -> None:
        super().__init__(any_text)
        self._said = said
        self._any = any_text
        self._options: tuple[Option, ...] = ()
        self._ticked: frozenset[Hashable] = frozenset()
        self.clicked.connect(self.open_list)

    def show_options(self, options: Sequence[Option]) -> None:
        """Offer these."""
        self._options = tuple(options)
        self._say()

    def tick(self, keys: Collection[Hashable]) -> None:
        """Tick these without telling anybody; a key that is not offered stays ticked and is shown."""
        self._ticked = frozenset(keys)
        self._say()

    def open_list(self) -> ChecksPopup:
        """Open the list under the button."""
        popup = ChecksPopup(self.window(), self._said, self._options, self._ticked)
        popup.chosen.connect(self._take)
        place = self.mapTo(self.window(), QPoint(0, self.height() + Space.XS))
        popup.open_at(place.x(), place.y())
        return popup

    def _take(self, keys: frozenset[Hashable]) -> None:
        self.tick(keys)
        self.chosen.emit(keys)

    def _say(self) -> None:
        names = [option.text for option in self._options if option.key in self._ticked]
        known = {option.key for option in self._options}
        names += sorted(str(key) for key in self._ticked - known)
        if not names:
            text = self._any
        elif len(names) <= _SHOWN:
            text = _(", ").join(names)
        else:
            text = _("{first} and {n} more").format(first=names[0], n=len(names) - 1)
        self.say(text)
        self.setAccessibleName(f"{self._said}: {_(', ').join(names) or self._any}")
        set_tip(self, "\n".join(names) if len(names) > 1 else "")


class ChecksPopup(Popup):
    """The list; Space ticks, Esc closes. Every tick counts at once."""

    chosen = Signal(object)

    def __init__(
        self, window: QWidget, title: str, options: Sequence[Option], ticked: frozenset[Hashable]
    ) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("checks")
        self.setFixedWidth(_SIZE[0])
        self.search = SearchField(_("Find in the list"))
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setItemDelegate(TallRows(parent=self.list))
        self.list.setMaximumHeight(_SIZE[1])
        self.none = Button(_("Any"), ButtonKind.LINK, small=True)
        done = Button(_("Done"), small=True)
        self.body.addLayout(row_of(PlainLabel(title, "section"), None, self.none, done))
        self.body.addWidget(self.search)
        self.search.setVisible(len(options) >= _SEARCH_FROM)
        self.body.addWidget(self.list)
        self._unknown = ticked - {option.key for option in options}
        for option in options:
            item = QListWidgetItem("   " * option.depth + option.text)
            item.setData(Qt.ItemDataRole.UserRole, option)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if option.key in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.list.addItem(item)
        self.list.itemChanged.connect(lambda _item: self.chosen.emit(self._keys()))
        self.search.textChanged.connect(self._narrow)
        self.none.clicked.connect(self._untick)
        done.clicked.connect(self.close_now)
        self.closed.connect(self.deleteLater)
        self.list.setCurrentRow(0)
        self.setFocusProxy(self.search if self.search.isVisibleTo(self) else self.list)

    def _keys(self) -> frozenset[Hashable]:
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        return frozenset(item.data(Qt.ItemDataRole.UserRole).key for item in ticked) | self._unknown

    def _untick(self) -> None:
        self._unknown = frozenset()
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.chosen.emit(self._keys())

    def _narrow(self, typed: str) -> None:
        for row in range(self.list.count()):
            text = self.list.item(row).text()
            found = norm(typed) in norm(text) or matches_initials(text, norm(typed))
            self.list.item(row).setHidden(not found)
