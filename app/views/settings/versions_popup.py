"""Every saved version of a document: who, when, what it would change now, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.settings import ConfigVersion
from app.services.settings.level_queries import SavedVersion
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.applybar import Change
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection

_SIZE = (720, 460)
_LIST_WIDTH = 250


class VersionsPopup(Popup):
    """The versions at the left, at the right what restoring the chosen one would change."""

    restored = Signal(int)  # the number of the version to restore

    def __init__(
        self,
        window: QWidget,
        versions: Sequence[SavedVersion],
        changes_to: Callable[[ConfigVersion], Sequence[Change]],
        fmt: Format,
        *,
        may_edit: bool,
    ) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("versions")
        self._versions = {str(each.version.number): each for each in versions}
        self._newest = versions[0].version.number if versions else 0
        self._changes_to = changes_to
        self._format = fmt
        self._may_edit = may_edit
        self.list = SideList(_("Versions"))
        self.restore = Button(_("Restore this version"), ButtonKind.PRIMARY, icon="archive-restore")
        self._title = PlainLabel("", "section")
        self._when = PlainLabel("", "muted", wrap=True)
        self._area = QScrollArea()
        self._build()
        self.list.set_sections([SideSection("", [self._item(each) for each in versions])])
        self.list.chosen.connect(self._show)
        self.list.selectionModel().currentChanged.connect(lambda *_change: self._show(self.list.key))
        self.restore.clicked.connect(self._restore)
        self.closed.connect(self.deleteLater)
        if versions:
            self.list.choose(str(self._newest))
            self._show(str(self._newest))
        self.setFocusProxy(self.list)

    def _build(self) -> None:
        self.setFixedSize(
            min(_SIZE[0], self._window.width() - 2 * Space.XL),
            min(_SIZE[1], self._window.height() - 2 * Space.XL),
        )
        close = IconButton("x", _("Close"), key="Esc")
        close.clicked.connect(self.close_now)
        self.list.setFixedWidth(_LIST_WIDTH)
        self._area.setWidgetResizable(True)
        right = QVBoxLayout()
        right.setSpacing(Space.S)
        right.addWidget(self._title)
        right.addWidget(self._when)
        right.addWidget(self._area, 1)
        right.addLayout(row_of(None, self.restore))
        body = QHBoxLayout()
        body.setSpacing(Space.L)
        body.addWidget(self.list)
        body.addLayout(right, 1)
        self.body.addLayout(row_of(PlainLabel(_("Versions"), "record"), None, close))
        self.body.addLayout(body, 1)

    def _item(self, saved: SavedVersion) -> SideItem:
        text = _("Version {number} · {when}").format(
            number=saved.version.number, when=self._format.exact(saved.version.at)
        )
        return SideItem(str(saved.version.number), text, "history")

    def _show(self, key: str) -> None:
        saved = self._versions.get(key)
        if saved is None:
            return
        version = saved.version
        self._title.setText(_("Version {number}").format(number=version.number))
        who = saved.who or _("the set-up or the command line")
        said = _("Saved by {who}, {when}").format(who=who, when=self._format.exact(version.at))
        self._when.setText(f"{said}\n{version.note}" if version.note else said)
        changes = self._changes_to(version)
        self._show_changes(changes, is_newest=version.number == self._newest)
        self._let_restore(version.number, changes)

    def _let_restore(self, number: int, changes: Sequence[Change]) -> None:
        if not self._may_edit:
            reason = _("You may look at the versions, but not restore one.")
        elif number == self._newest:
            reason = _("This version is in force.")
        else:
            reason = "" if changes else _("This version says the same as the one in force.")
        self.restore.wait_for(reason)

    def _show_changes(self, changes: Sequence[Change], *, is_newest: bool) -> None:
        rows = QWidget()  # the scroll area destroys the rows of the last choice with their layout
        rows.setProperty("scrolled", True)
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, Space.S, 0)
        grid.setColumnStretch(1, 1)
        if is_newest or not changes:
            text = _("This version is in force.") if is_newest else _("Restoring it would change nothing.")
            grid.addWidget(PlainLabel(text, "muted", wrap=True), 0, 0, 1, 2)
        else:
            grid.addWidget(PlainLabel(_("Restoring it would change:"), "muted"), 0, 0, 1, 2)
        for row, change in enumerate(() if is_newest else changes, start=1):
            grid.addWidget(PlainLabel(change.label, "muted", wrap=True), row, 0)
            grid.addWidget(PlainLabel(f"{change.before} → {change.after}", "strong", wrap=True), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(rows)

    def _restore(self) -> None:
        number = int(self.list.key)
        self.close_now()
        self.restored.emit(number)
