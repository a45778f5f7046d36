"""Ctrl+K: one field for tickets, people, articles and everything that can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from app.views.base.i18n import _, ngettext, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.chips import KeyCap
from app.views.base.widgets.fields import SearchField
from app.views.base.widgets.labels import PlainLabel, rule
from app.views.base.widgets.popups import Popup
from app.views.shell.finding import Finder, Found
from app.views.shell.findings_list import FindingsList
from app.views.shell.workspace import Workspace

_WIDTH, _HEIGHT = 720, 504
_TYPING_PAUSE = 120  # milliseconds without a key before the database is asked


class Palette(Popup):
    """Opens over the page; commands are found at once, records as the database answers."""

    def __init__(self, work: Workspace) -> None:
        super().__init__(work, scrim=True)
        self.setObjectName("palette")
        self._work = work
        self._finder = Finder(work)
        self._finder.found.connect(self._show)
        self.field = SearchField(_("Search or run a command"))
        self.field.setProperty("bare", True)
        self.field.installEventFilter(self)
        self.count = PlainLabel("", "small")
        self.list = FindingsList()
        self.list.chosen.connect(self._run)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(self._ask)
        self._build()
        self.field.textChanged.connect(self._typed)
        self.field.step.connect(self.list.step)
        work.stack.shown.connect(self._leave)

    def open(self) -> None:
        """Appear with an empty field, or put the cursor into the open one."""
        width = min(_WIDTH, self._work.width() - 2 * Space.XL)
        height = min(_HEIGHT, self._work.height() - 2 * Space.XL)
        self.setFixedSize(QSize(width, height))
        self.field.clear()
        self._typed("")
        if not self.isVisible():
            self.open_at((self._work.width() - width) // 2, 84 if self._work.height() > 700 else 24)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def search(self, text: str) -> None:
        """Open with a text already typed."""
        self.open()
        self.field.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter choose and Escape close while the cursor stays in the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.list.choose_current()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_now()
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.body.setContentsMargins(1, Space.M, 1, Space.S)
        self.body.setSpacing(Space.S)
        top = row_of(self.field, self.count, KeyCap("Esc"), spacing=Space.M)
        top.setContentsMargins(Space.M, 0, Space.L, 0)
        top.setStretch(0, 1)
        self.body.addLayout(top)
        self.body.addWidget(rule())
        self.body.addWidget(self.list, 1)
        self.body.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, 0, Space.L, 0)
        foot.setSpacing(Space.S)
        for key, text in (("↑", ""), ("↓", pgettext("key", "move")), ("Enter", pgettext("key", "open"))):
            foot.addWidget(KeyCap(key))
            if text:
                foot.addWidget(PlainLabel(text, "small"))
        foot.addStretch(1)
        for key, text in (
            (">", pgettext("key", "commands")),
            ("@", pgettext("key", "people")),
            ("#", pgettext("key", "ticket")),
        ):
            foot.addWidget(KeyCap(key))
            foot.addWidget(PlainLabel(text, "small"))
        self.body.addLayout(foot)

    def _typed(self, text: str) -> None:
        self._finder.ask_here(text)
        self._pause.start()

    def _ask(self) -> None:
        if self.isVisible():  # closed within the pause: nobody waits for an answer
            self._finder.ask(self.field.text())

    def _show(self, groups: list[tuple[str, list[Found]]]) -> None:
        self.list.show_groups(groups)
        count = sum(len(found) for _title, found in groups)
        self.count.setText(ngettext("{count} result", "{count} results", count).format(count=count))

    def _leave(self, _page: str) -> None:
        """Go away where another page is shown by its key."""
        if self.isVisible():
            self.close_now()

    def _run(self, found: Found) -> None:
        self.close_now()
        found.run()
