"""The popup of the bell: my notices, the newest first, read with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.entities.notices import Notice
from app.services.base.clock import Clock
from app.services.notices.queries import Bell
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.chips import KeyCap
from app.views.base.widgets.labels import PlainLabel, rule
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.states import EmptyState
from app.views.shell.notice_words import target_of
from app.views.shell.notices_list import NoticesList
from app.views.shell.notices_presenter import NoticesPresenter

_WIDTH = 460
_TALLEST = 464


class NoticesPopup(Popup):
    """Opens under the bell. What is opened is marked read; the rest stays as it is."""

    def __init__(
        self,
        window: QWidget,
        presenter: NoticesPresenter,
        clock: Clock,
        fmt: Format,
        prefix: str,
        follow: Callable[[str, dict[str, object]], None],
    ) -> None:
        """`prefix` stands before ticket numbers; `follow` opens a page with a target."""
        super().__init__(window, scrim=True)
        self.setObjectName("notices")
        self.setAccessibleName(_("Notices"))
        self._presenter = presenter
        self._clock = clock
        self._follow = follow
        self._bell: QWidget | None = None
        self.setFixedWidth(_WIDTH)
        self.title = PlainLabel(_("Notices"), "section")
        self.count = PlainLabel("", "muted")
        self.all_read = Button(_("Mark all as read"), ButtonKind.LINK, small=True)
        self.list = NoticesList(prefix, fmt)
        self.nothing = EmptyState("bell", _("No notices"), _("What you should know will stand here."))
        self._build()
        self.all_read.clicked.connect(presenter.mark_all_read)
        self.list.opened.connect(self._open)
        self.list.switched.connect(presenter.switch_read)
        presenter.changed.connect(self._show)
        self._show(presenter.bell)

    def open_under(self, bell: QWidget) -> None:
        """Appear under the bell, its right edge at the bell's; read again what it shows."""
        self._bell = bell
        self._presenter.refresh()
        self._show(self._presenter.bell)
        self._place()
        self._take_focus()

    def _place(self) -> None:
        if self._bell is not None:
            foot = QPoint(self._bell.width(), self._bell.height() + Space.XS)
            place = self._bell.mapTo(self._window, foot)
            self.open_at(place.x() - _WIDTH, place.y())

    def _take_focus(self) -> None:
        stop = self.list if self._presenter.bell.notices else self
        stop.setFocus(Qt.FocusReason.PopupFocusReason)

    def _build(self) -> None:
        self.body.setContentsMargins(1, Space.M, 1, Space.S)
        self.body.setSpacing(Space.S)
        top = QHBoxLayout()
        top.setContentsMargins(Space.L, 0, Space.S, 0)
        top.setSpacing(Space.S)
        top.addWidget(self.title)
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.all_read)
        self.body.addLayout(top)
        self.body.addWidget(rule())
        self.body.addWidget(self.list)
        self.body.addWidget(self.nothing)
        self.body.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, 0, Space.L, 0)
        foot.setSpacing(Space.S)
        keys = (
            ("↑", ""),
            ("↓", pgettext("key", "move")),
            ("Enter", pgettext("key", "open")),
            ("R", pgettext("key", "read or unread")),
            ("Esc", pgettext("key", "close")),
        )
        for key, text in keys:
            foot.addWidget(KeyCap(key))
            if text:
                foot.addWidget(PlainLabel(text, "small"))
        foot.addStretch(1)
        self.body.addLayout(foot)

    def _show(self, bell: Bell) -> None:
        self.list.show_notices(bell.notices, self._clock.now())
        unread = ngettext("{count} unread", "{count} unread", bell.unread).format(count=bell.unread)
        self.count.setText(unread if bell.unread else "")
        self.all_read.setVisible(bell.unread > 0)
        has_some = bool(bell.notices)
        self.list.setVisible(has_some)
        self.nothing.setVisible(not has_some)
        self.list.setFixedHeight(min(_TALLEST, self.list.height_wanted()))
        if self.isVisible():
            self.adjustSize()

    def _open(self, notice: Notice) -> None:
        self._presenter.mark_read(notice)
        target = target_of(notice)
        if target is not None:
            self.close_now()
            self._follow(*target)
