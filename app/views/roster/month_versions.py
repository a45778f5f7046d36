"""The published versions of a month: what changed between two, who has seen one, and restoring it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.models.entities.events import RosterChanged
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.views.base.bridge import RefreshMark
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel, plain_tip
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.rows import TallRows
from app.views.base.widgets.states import EmptyState
from app.views.base.widgets.switches import Choice, Segment
from app.views.roster.filling_parts import JumpList
from app.views.roster.filling_says import ListLine
from app.views.roster.month_presenter import VersionsPresenter
from app.views.roster.month_says import MonthSays
from app.views.roster.roster_presenter import RosterPresenter

_SIZE = (720, 560)
_LIST = 150
_OTHER = 230
_NOW = -1


class VersionsPopup(Popup):
    """Versions above, what the chosen one is about below. Enter on a change goes to its cell, Esc closes."""

    asked = Signal(object)  # ListLine: where to go

    def __init__(self, window: QWidget, ctx: Context, env: PageEnv, roster: RosterPresenter) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("versions")
        self._env = env
        self.says = MonthSays(roster.words)
        self.presenter = VersionsPresenter(ctx, env.tasks, roster.stretch.month, self)
        self.title = PlainLabel(_("Versions of {month}").format(month=roster.month_name()), "section")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Versions, the newest first"))
        self.list.setItemDelegate(TallRows(parent=self.list))
        self.list.setMaximumHeight(_LIST)
        self.pages = Segment(
            (
                Choice("changes", _("Compared"), 0),
                Choice("seen", _("Seen by"), 0),
                Choice("unseen", _("Not seen"), 0),
            ),
            said=_("What is shown of the version"),
        )
        self.other = Choose()
        self.other.setAccessibleName(_("Compared with"))
        self.other.setMinimumWidth(_OTHER)
        self.changes = JumpList(_("What differs"))
        self.seen = JumpList(_("Who has seen this version"))
        self.unseen = JumpList(_("Who has a shift and has not seen this version"))
        self.restore = Button(_("Restore this version"), icon="rotate-ccw")
        self.nothing = EmptyState(
            "history",
            _("No version yet"),
            _("Each time the month is published, it is kept here as a version."),
        )
        self._build()
        self._connect()

    def show_popup(self) -> None:
        """Open in the middle of the window, with the focus on the newest version."""
        self.setFixedSize(
            min(_SIZE[0], self._window.width() - 2 * Space.L),
            min(_SIZE[1], self._window.height() - 2 * Space.L),
        )
        self.open_centred()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)
        self.presenter.refresh()

    # -- inside --------------------------------------------------------------------------------------

    def _build(self) -> None:
        close = IconButton("x", _("Close"), key="Esc", small=True)
        close.clicked.connect(self.close_now)
        self.setAccessibleName(self.title.text())
        self.body.addLayout(row_of(self.title, None, close))
        self.body.addWidget(self.nothing, 1)
        self.whole = QWidget()
        column = QVBoxLayout(self.whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.list)
        self.against = PlainLabel(_("with"), "muted")
        column.addLayout(row_of(self.pages, None, self.against, self.other))
        for each in (self.changes, self.seen, self.unseen):
            column.addWidget(each, 1)
        self.restore.setVisible(self.presenter.may_restore)
        hint = PlainLabel(_("Restoring can be undone; those concerned are told as of any change."), "small")
        column.addLayout(row_of(hint, None, self.restore))
        hint.setVisible(self.presenter.may_restore)
        self.body.addWidget(self.whole, 1)
        self.nothing.hide()
        self._show_page()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed.connect(self._show)
        presenter.compared.connect(self._show_version)
        presenter.done.connect(self._done)
        presenter.failed.connect(self._env.shell.failed)
        self.list.currentItemChanged.connect(lambda item, _before: self._choose(item))
        self.other.activated.connect(self._compare)
        self.pages.chosen.connect(lambda _key: self._show_page())
        self.restore.clicked.connect(presenter.restore)
        self.changes.asked.connect(self._jump)
        self.closed.connect(self.deleteLater)
        RefreshMark(self, presenter.refresh).on(self._env.bridge, RosterChanged)

    def _show(self) -> None:
        history = self.presenter.history
        if history is None:
            return
        self.nothing.setVisible(not history.versions)
        self.whole.setVisible(bool(history.versions))
        self.list.blockSignals(True)
        self.list.clear()
        for one in history.versions:
            text = self.says.version(one.version, one.seen)
            item = QListWidgetItem(text)
            item.setToolTip(plain_tip(text))
            item.setData(Qt.ItemDataRole.UserRole, one.version.id)
            self.list.addItem(item)
            if one.version.id == self.presenter.chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._show_others()

    def _show_others(self) -> None:
        history = self.presenter.history
        self.other.clear()
        self.other.addItem(_("what stands there now"), _NOW)
        for one in history.versions if history is not None else ():
            if one.version.id != self.presenter.chosen:
                self.other.addItem(_("Version {number}").format(number=one.version.number), one.version.id)
        wanted = _NOW if self.presenter.other is None else self.presenter.other
        self.other.setCurrentIndex(max(0, self.other.findData(wanted)))

    def _show_version(self) -> None:
        presenter = self.presenter
        if presenter.history is None:
            return
        board = presenter.history.board
        changes = self.says.changes(board, presenter.changes)
        self.changes.show_lines(changes or [ListLine(_("Nothing differs."))])
        self.seen.show_lines(self.says.seen(presenter.seen) or [ListLine(_("Nobody has seen it yet."))])
        unseen = self.says.unseen(board, presenter.unseen)
        self.unseen.show_lines(unseen or [ListLine(_("Everybody with a shift has seen it."))])
        self.pages.set_count("changes", len(changes))
        self.pages.set_count("seen", len(presenter.seen))
        self.pages.set_count("unseen", len(unseen))
        is_same = presenter.other is None and not presenter.changes
        self.restore.wait_for(_("The month is as this version says.") if is_same else "")

    def _show_page(self) -> None:
        key = self.pages.key
        self.changes.setVisible(key == "changes")
        self.seen.setVisible(key == "seen")
        self.unseen.setVisible(key == "unseen")
        self.other.setVisible(key == "changes")
        self.against.setVisible(key == "changes")

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.presenter.choose(item.data(Qt.ItemDataRole.UserRole))
            self._show_others()

    def _compare(self) -> None:
        version_id = self.other.currentData()
        self.presenter.compare_with(None if version_id == _NOW else version_id)

    def _jump(self, line: ListLine) -> None:
        if line.key is not None:
            self.close_now()
            self.asked.emit(line)

    def _done(self, outcome: Outcome) -> None:
        self._env.shell.did(outcome)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_plain and self.list.hasFocus():
            self.changes.setFocus()
        else:
            super().keyPressEvent(event)
