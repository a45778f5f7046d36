"""What makes notices known in the window: bell, popup, toasts, the tray, a sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.models.entities.notices import Notice
from app.services.base.undo import Outcome
from app.services.notices.queries import Bell
from app.services.settings.local import LocalSettings
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext
from app.views.base.widgets.toasts import ToastHost
from app.views.shell.bell import BellButton
from app.views.shell.duty_line import fitting
from app.views.shell.notice_words import LOOKS, about, sentence, target_of
from app.views.shell.notices_popup import NoticesPopup
from app.views.shell.notices_presenter import NoticesPresenter
from app.views.shell.session import Session, Workplace
from app.views.shell.tray import Tray

_TOAST_TONES = frozenset({"ok", "info", "warn", "bad"})


class Around(Protocol):
    """What the centre asks of the workspace it lives in."""

    toasts: ToastHost
    format: Format
    session: Session
    place: Workplace

    def open(self, page: str, target: Mapping[str, Any] | None = None) -> None:
        """See `Shell.open`."""
        ...

    def did(self, outcome: Outcome, text: str = "", *, quiet: bool = False) -> None:
        """See `Shell.did`."""
        ...

    def failed(self, error: Exception) -> None:
        """See `Shell.failed`."""
        ...


class NoticesCentre(QObject):
    """Lives with the workspace. How loud it is, is a preference of this person on this PC."""

    def __init__(self, window: QWidget, around: Around, bell: BellButton) -> None:
        super().__init__(window)
        self._window = window
        self._around = around
        self._bell = bell
        session, place = around.session, around.place
        self.presenter = NoticesPresenter(session.ctx, place.tasks, around.did, around.failed, self)
        self.popup: NoticesPopup | None = None
        self._tray: Tray | None = None
        self._duty = ""
        self._on_duty: tuple[str, ...] = ()
        bell.setVisible(self.presenter.is_for_me)
        bell.clicked.connect(self.open)
        self.presenter.changed.connect(self._show)
        self.presenter.arrived.connect(self._tell)
        if self.presenter.is_for_me:
            self.presenter.follow(place.bridge, place.ticker)
            place.prefs.changed.connect(self._wear)
            self._wear(place.prefs.values)

    def start(self) -> None:
        """Read the notices for the first time."""
        self.presenter.refresh()

    def open(self) -> None:
        """Show my notices under the bell."""
        if not self.presenter.is_for_me:
            return
        if self.popup is None:
            session = self._around.session
            self.popup = NoticesPopup(
                self._window,
                self.presenter,
                session.ctx.clock,
                self._around.format,
                session.site.number_prefix,
                self._around.open,
            )
        if not self.popup.isVisible():
            self.popup.open_under(self._bell)

    def say_duty(self, text: str, entries: Sequence[str] = ()) -> None:
        """Let the icon in the tray say who is on duty and what comes next; "" for nothing to say.

        `entries` are everybody on duty with their numbers, for its menu.
        """
        self._duty, self._on_duty = text, tuple(entries)
        self._say_in_tray(self.presenter.bell)

    def remove(self) -> None:
        """Take the icon out of the tray; the window closes or somebody signs out."""
        if self._tray is not None:
            self._tray.remove()
            self._tray = None

    def _wear(self, values: LocalSettings) -> None:
        if not values.notices_in_tray:
            self.remove()
        elif self._tray is None:
            self._tray = self._around.place.tray(self._window, self._come_forward)
            self._say_in_tray(self.presenter.bell)

    def _show(self, bell: Bell) -> None:
        self._bell.show_unread(bell.unread)
        self._say_in_tray(bell)

    def _say_in_tray(self, bell: Bell) -> None:
        if self._tray is not None:
            unread = ngettext("{count} unread notice", "{count} unread notices", bell.unread)
            said = _("Firstline: {what}").format(what=unread.format(count=bell.unread))
            head = said if bell.unread else _("Firstline")
            self._tray.say(fitting(f"{head}\n{self._duty}".strip()))
            self._tray.list_people(self._on_duty)

    def _tell(self, fresh: tuple[Notice, ...]) -> None:
        """Tell what has just come: in the window while somebody works in it, else in the tray."""
        if self.popup is not None and self.popup.isVisible():
            return  # it is being looked at
        values = self._around.place.prefs.values
        if self._tray is not None and not self._window.isActiveWindow():
            self._tray.tell(*self._balloon(fresh))
        elif values.notices_as_toasts:
            self._toast(fresh)
        if values.notices_with_sound:
            QApplication.beep()

    def _balloon(self, fresh: tuple[Notice, ...]) -> tuple[str, str]:
        if len(fresh) > 1:
            return self._many(fresh), "\n".join(sentence(notice) for notice in fresh[:3])
        return sentence(fresh[0]), about(fresh[0], self._around.session.site.number_prefix)

    def _toast(self, fresh: tuple[Notice, ...]) -> None:
        icon, tone = LOOKS[_gravest(fresh).kind]
        tone = tone if tone in _TOAST_TONES else "info"
        act: Callable[[], None] = self.open
        if len(fresh) > 1:
            text, action = self._many(fresh), _("Show")
        else:
            (notice,) = fresh
            parts = (sentence(notice), about(notice, self._around.session.site.number_prefix))
            text, action = " · ".join(part for part in parts if part), _("Show")
            if target_of(notice) is not None:
                action, act = _("Open"), lambda: self._follow(notice)
        self._around.toasts.say(text, tone=tone, icon=icon, action=action, run=act)

    def _follow(self, notice: Notice) -> None:
        self.presenter.mark_read(notice)
        target = target_of(notice)
        if target is not None:
            self._around.open(*target)

    def _come_forward(self) -> None:
        window = self._window.window()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.activateWindow()
        self.open()

    @staticmethod
    def _many(fresh: tuple[Notice, ...]) -> str:
        said = ngettext("{count} new notice", "{count} new notices", len(fresh))
        return said.format(count=len(fresh))


def _gravest(fresh: tuple[Notice, ...]) -> Notice:
    order = ("bad", "warn", "accent", "info", "ok")
    return min(fresh, key=lambda notice: order.index(LOOKS[notice.kind][1]))
