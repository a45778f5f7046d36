"""The right side of a ticket's page: its cards one below the other, or behind tabs in a low window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.cards import Card
from app.views.base.widgets.switches import Choice, Segment

DETAILS, LINKS, FILES = "details", "links", "files"
_WIDTH = 344


class SidePane(QWidget):
    """`details` are shown together; links and files have tabs of their own once the pane is folded."""

    def __init__(
        self, details: tuple[Card, ...], links: Card, files: Card, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cards: dict[str, tuple[Card, ...]] = {DETAILS: details, LINKS: (links,), FILES: (files,)}
        self._is_folded = False
        self.tabs = Segment(
            [Choice(DETAILS, _("Properties")), Choice(LINKS, _("Links")), Choice(FILES, _("Attachments"))],
            DETAILS,
            said=_("What is shown beside the timeline"),
        )
        self.tabs.hide()
        self.tabs.chosen.connect(lambda _key: self._show())
        self._build()
        self.setFixedWidth(_WIDTH)

    def fold(self, *, is_folded: bool) -> None:
        """Show tabs, or every card."""
        self._is_folded = is_folded
        self.tabs.setVisible(is_folded)
        self._show()

    def show_tab(self, key: str) -> None:
        """Show DETAILS, LINKS or FILES, where there are tabs."""
        self.tabs.choose(key)
        self._show()

    def show_counts(self, links: int, files: int) -> None:
        """Say on the tabs how much is behind them."""
        self.tabs.set_count(LINKS, links or None)
        self.tabs.set_count(FILES, files or None)

    def _show(self) -> None:
        for key, cards in self._cards.items():
            for card in cards:
                card.setVisible(not self._is_folded or key == self.tabs.key)

    def _build(self) -> None:
        sheet = QFrame()
        sheet.setProperty("surface", "page")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, Space.M, Space.L)
        column.setSpacing(Space.M)
        for cards in self._cards.values():
            for card in cards:
                column.addWidget(card)
        column.addStretch(1)
        area = _SideArea()
        area.setWidget(sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, Space.M, 0, 0)
        whole.setSpacing(Space.S)
        whole.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(area, 1)


class _SideArea(QScrollArea):
    """Scrolls down only; it does not ask for the height of what it holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.setWidgetResizable(True)
        # What it holds takes the focus and is scrolled into view; the area alone would be a stop for nothing.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        return QSize(_WIDTH, 120)
