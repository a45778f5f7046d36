"""A table of a settings page edited in place: its look, and a word under the cell on what was understood."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.views.base.i18n import _
from app.views.base.tokens import Size, Space
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.chips import KeyCap
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.popups import cast_shadow
from app.views.settings.edited_cells import ROW, Understood

_POPUP_WIDTH = 300


class EditedTable(QTableView):
    """As high as its rows. `least` is what each column needs; `shares` divide the room that is left."""

    row_chosen = Signal(int)

    def __init__(
        self,
        model: QAbstractItemModel,
        said: str,
        *,
        least: Mapping[int, int],
        shares: Mapping[int, float],
        narrowest: int,
    ) -> None:
        super().__init__()
        self.setAccessibleName(said)
        self.popup: UnderstoodPopup | None = None
        self._least = least
        self._shares = shares
        self._narrowest = narrowest
        self.setModel(model)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(Size.ROW)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.row_chosen.emit(now.row()))

    def sizeHint(self) -> QSize:
        wide = sum(self._least.values())
        bar = self.horizontalScrollBar().sizeHint().height() if self.viewport().width() < wide else 0
        return QSize(wide, Size.ROW + ROW * max(1, self.model().rowCount()) + 2 + bar)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._narrowest, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        spare = max(0, self.viewport().width() - sum(self._least.values()))
        for at, least in self._least.items():
            self.setColumnWidth(at, least + int(spare * self._shares.get(at, 0.1)))
        self.updateGeometry()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        self._hide_popup()
        super().closeEditor(editor, hint)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def reset(self) -> None:
        """Begin again on new rows. Qt drops an open editor here without closing it: so goes what it told."""
        self._hide_popup()
        super().reset()

    def hideEvent(self, event: QHideEvent) -> None:
        self._hide_popup()
        super().hideEvent(event)

    def understood(self, index: QModelIndex, text: str) -> Understood:
        """Return what a text typed into a cell means."""
        raise NotImplementedError

    def tell_understood(self, index: QModelIndex, text: str) -> None:
        """Say under the cell that is edited what the typed text means."""
        if self.popup is None:
            self.popup = UnderstoodPopup(self.window())
        self.popup.say(self.understood(index, text))
        cell = self.visualRect(index)
        below = self.viewport().mapTo(self.window(), QPoint(cell.left(), cell.bottom() + 2))
        above = self.viewport().mapTo(self.window(), cell.topLeft())
        self.popup.open_under(below, above)

    def _hide_popup(self) -> None:
        if self.popup is not None:
            self.popup.hide()
            self.popup.deleteLater()
            self.popup = None


class UnderstoodPopup(QFrame):
    """Under the cell one types in: what was understood, due when now and before. Never takes the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("understood")
        self.setProperty("surface", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._icon = IconSpot("circle-check", "ok")
        self.title = PlainLabel("", "strong", wrap=True)
        self.lines = PlainLabel("", "muted", wrap=True)
        keys = row_of(
            KeyCap("Enter"),
            PlainLabel(_("take it"), "small"),
            KeyCap("Esc"),
            PlainLabel(_("back"), "small"),
            None,
            spacing=6,
        )
        head = row_of(self._icon, self.title)
        head.setStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.lines)
        column.addLayout(keys)
        self.setFixedWidth(_POPUP_WIDTH)
        self.hide()
        cast_shadow(self)

    def say(self, understood: Understood) -> None:
        """Show what a text means."""
        name, ink = ("circle-check", "ok") if understood.is_right else ("circle-alert", "bad")
        self._icon.show_icon(name, ink)
        self.title.setText(understood.title)
        self.lines.setText("\n".join(understood.lines))
        self.setAccessibleName(f"{understood.title}. {self.lines.text()}")

    def open_under(self, below: QPoint, above: QPoint) -> None:
        """Show under a cell, or over it where there is no room under it."""
        self.setFixedHeight(self.sizeHint().height() if not self.hasHeightForWidth() else self._height())
        top = below.y()
        if top + self.height() > self._window.height() - Space.S:
            top = above.y() - self.height() - 2
        left = min(below.x(), self._window.width() - self.width() - Space.S)
        self.move(left, top)
        self.show()
        self.raise_()

    def _height(self) -> int:
        return self.heightForWidth(_POPUP_WIDTH)
