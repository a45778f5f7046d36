"""Where the consequences stand: a column beside the edit where there is room, else lying below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.views.base.tokens import Space
from app.views.settings.whatif_card import WhatIfCard

COLUMN_WIDTH = 336
_UNBOUND = 16777215  # what Qt holds for no limit


class Beside(QWidget):
    """An edit that scrolls, and beside it a card that stays.

    Where the edit would be narrower than `least` pixels, the card lies in the edit's own column, as its
    part number `place`.
    """

    def __init__(self, parts: list[QWidget], card: WhatIfCard, *, least: int, place: int) -> None:
        super().__init__()
        self._card = card
        self._least = least
        self._place = place
        self._is_beside = False
        room = QWidget()
        self._column = QVBoxLayout(room)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.M)
        for part in parts:
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._area = scrolling(room)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.M)
        self._row.addWidget(self._area, 1)
        card.became_low.connect(self._align)
        self._stand(is_beside=True)

    @property
    def is_beside(self) -> bool:
        """Whether the card stands in a column of its own now."""
        return self._is_beside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand(is_beside=self.width() - COLUMN_WIDTH - Space.M >= self._least)

    def _stand(self, *, is_beside: bool) -> None:
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        held = self._card.window().focusWidget() if self._card.window() is not None else None
        if is_beside:
            self._column.removeWidget(self._card)
            self._card.setFixedWidth(COLUMN_WIDTH)
            self._row.addWidget(self._card)
            self._align()
        else:
            self._row.removeWidget(self._card)
            self._card.setMinimumWidth(0)
            self._card.setMaximumWidth(_UNBOUND)
            self._column.insertWidget(self._place, self._card)
        self._card.lay_down(is_lying=not is_beside)
        if held is not None and self._card.isAncestorOf(held):
            held.setFocus(Qt.FocusReason.OtherFocusReason)  # another parent takes the focus away

    def _align(self) -> None:
        """With little to say the card is as high as that, at the top; figures get the height of the page."""
        if self._is_beside:
            self._row.setAlignment(self._card, at_top(self._card))


def at_top(card: WhatIfCard) -> Qt.AlignmentFlag:
    """Return how a card that stands is aligned: at the top while it is low, else over all there is."""
    return Qt.AlignmentFlag.AlignTop if card.is_low else Qt.AlignmentFlag(0)


def scrolling(room: QWidget) -> QScrollArea:
    """Let a part of a page be higher than the window; its width follows what is there."""
    room.setProperty("scrolled", True)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(room)
    return area


def put_below(page: QWidget, card: WhatIfCard) -> None:
    """Let a card lie below all that a page has laid out already."""
    held = page.layout()
    above = QWidget()
    if held is not None:
        above.setLayout(held)  # which moves the parts along
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.M)
    column.addWidget(above, 1)
    card.lay_down(is_lying=True)
    column.addWidget(card)
