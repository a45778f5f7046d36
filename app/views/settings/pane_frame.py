"""One settings page with what the frame gives it: title, buttons, a note for readers, scrolling, waiting."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.models.entities.people import Role
from app.services.base.names import named
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.cards import Notice, PageHeader
from app.views.base.widgets.states import Skeleton
from app.views.settings.frame import PaneEntry, SettingsPane

_PATIENCE = 300  # milliseconds until a page that is still reading says so


class PaneFrame(QWidget):
    """One page with its title, its buttons, and for readers the note who may change it."""

    def __init__(self, entry: PaneEntry, pane: SettingsPane) -> None:
        super().__init__()
        self.header = PageHeader(str(entry.title))
        self.header.say(str(entry.title), str(entry.sentence))
        for button in pane.header_buttons:
            self.header.buttons.addWidget(button)
        self.note = Notice("", tone="info", icon="lock")
        self.note.setVisible(not pane.may_edit)
        if not pane.may_edit:
            self.note.say(_("You can look at this page, but not change it."))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.XL, Space.L, 0, 0)
        self._column.setSpacing(Space.M)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, Space.XL, 0)
        head.setSpacing(Space.M)
        head.addWidget(self.header)
        head.addWidget(self.note)
        self._column.addLayout(head)
        self._room = _scrolling(pane) if entry.scrolls else _filling(pane)
        self.skeleton = Skeleton(6, said=_("Reading…"))
        self._column.addWidget(self.skeleton)
        self._column.addWidget(self._room, 1)
        self.skeleton.hide()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self.skeleton.show)
        self._pane = pane
        pane.changed.connect(self._show_ready)
        self._show_ready()

    def _show_ready(self) -> None:
        """Show the page once it has read something; grey rows only where that takes its time."""
        is_ready = self._pane.is_ready
        self._room.setVisible(is_ready)
        if is_ready:
            self._patience.stop()
            self.skeleton.hide()
        elif not self.skeleton.isVisible():
            self._patience.start()

    def show_who_may(self, permission: str, known: Sequence[Role]) -> None:
        """Name the roles that hold `permission`."""
        names = [
            named(role, current.code) for role in known if role.is_active and permission in role.permissions
        ]
        if names:
            sentence = _("You can look at this page, but not change it. These roles may: {roles}.")
            self.note.say(sentence.format(roles=_(", ").join(names)))


def _scrolling(pane: SettingsPane) -> QScrollArea:
    """Let a page be higher than the window; its width follows the window."""
    pane.setProperty("scrolled", True)
    room = QWidget()
    room.setProperty("scrolled", True)
    inside = QVBoxLayout(room)
    inside.setContentsMargins(0, 0, Space.XL, Space.XL)
    inside.addWidget(pane)
    inside.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(room)
    return area


def _filling(pane: SettingsPane) -> QWidget:
    room = QWidget()
    inside = QVBoxLayout(room)
    inside.setContentsMargins(0, 0, Space.XL, Space.L)
    inside.addWidget(pane)
    return room
