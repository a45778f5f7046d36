"""Which face the window shows, and what leads from one to the next: first start, sign-in, the workspace."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from app.models.entities.errors import FirstlineError, StoreRefused
from app.models.schema import SchemaState
from app.services.access import signing_in
from app.services.access.keyrings import KeyringBackend
from app.services.base.context import Actor, Context
from app.services.base.feed import FeedReader
from app.services.base.names import named
from app.services.settings.site import SiteFacts, site_facts
from app.services.shell.doors import Doors, Opened
from app.views.base.i18n import _, current
from app.views.base.tasks import Lane
from app.views.base.undo import UndoStack
from app.views.shell.commands import PERSON_MENU, window_actions
from app.views.shell.faces import BusyFace, TroubleFace
from app.views.shell.firststart import FirstStart
from app.views.shell.looks import dress
from app.views.shell.newpassword import NewPassword
from app.views.shell.palette import Palette
from app.views.shell.session import Background, Session, Workplace
from app.views.shell.shortcuts import ShortcutsPopup
from app.views.shell.signin import SignIn
from app.views.shell.topbar import drop
from app.views.shell.update import UpdateFace
from app.views.shell.window import ShellWindow
from app.views.shell.workspace import Workspace

_MINUTE = 60_000
_SETTLED = 3_000  # milliseconds: the first list comes before the timers' work
_DRIVER = "psycopg"


class Program(QObject):
    """Drives one window from its first face to its last."""

    entered = Signal(object)  # the Workspace, each time one is shown
    _heard = Signal(bool)

    def __init__(self, place: Workplace, doors: Doors, keyring: KeyringBackend) -> None:
        super().__init__()
        self.place = place
        self._doors = doors
        self._keyring = keyring
        self.window = ShellWindow(place)
        self.window.closing.connect(self._close)
        self.workspace: Workspace | None = None
        self.palette: Palette | None = None
        self._opened: Opened | None = None
        self._reader: FeedReader | None = None
        self._background: Background | None = None
        self.settled_after = _SETTLED
        self._show_again: Callable[[], None] = lambda: None
        self._heard.connect(self._on_heard)
        self._worn = (place.prefs.values.language, place.prefs.values.theme)
        # Later, because whoever asked is a part of what is thrown away.
        place.prefs.changed.connect(lambda _settings: QTimer.singleShot(0, self, self.relook))
        self._minutes = QTimer(self)
        self._minutes.setInterval(_MINUTE)
        self._minutes.timeout.connect(place.ticker.minute)
        self._minutes.start()

    # -- the way in --------------------------------------------------------------------------------

    def start(self, url: str, *, remembered: bool = True) -> None:
        """Open the database of the preferences; none leads to the first start."""
        if not url:
            self._show(lambda: FirstStart(self, self._doors, self.place))
            return
        self._show(lambda: BusyFace(_("Opening {name}").format(name=_short(url))))
        self._run(
            partial(self._doors.open, url),
            partial(self.arrive, remembered=remembered),
            partial(self._show_trouble, url),
        )

    def arrive(self, opened: Opened, *, remembered: bool = True) -> None:
        """Go on with a database that answered: set it up, update it, sign in."""
        self._opened = opened
        if opened.state in {SchemaState.NEWER, SchemaState.FOREIGN}:
            self._show_trouble(opened.url, _refusal(opened))
        elif opened.state is SchemaState.OLDER:
            self.ask_for_password(opened)  # who may update it is asked of the old database itself
        elif opened.state is SchemaState.EMPTY or not opened.has_administrator:
            self._show(lambda: FirstStart(self, self._doors, self.place, opened))
        elif remembered:
            job = partial(signing_in.sign_in_remembered, opened.ctx, self._keyring)
            self._run(job, partial(self._after_remembered, opened), partial(self._show_trouble, opened.url))
        else:
            self.ask_for_password(opened)

    def ask_for_password(self, opened: Opened) -> None:
        """Show the sign-in."""
        self._show(lambda: SignIn(self, self.place, opened, self._keyring))

    def ask_for_new_password(self, opened: Opened, actor: Actor, given: str) -> None:
        """Let somebody whose password was valid once choose another."""
        self._show(lambda: NewPassword(self, self.place, opened, actor, given))

    def choose_database(self) -> None:
        """Begin again with the choice of a database.

        A program that began with a SQLite file cannot take up PostgreSQL any more: a new one begins.
        """
        if sys.modules.get(_DRIVER, sys) is None:
            self.keep_database("")
            QProcess.startDetached(sys.executable, [] if hasattr(sys, "frozen") else sys.argv[:1])
            self.window.close()
            return
        self._show(lambda: FirstStart(self, self._doors, self.place))

    def report(self, error: Exception) -> None:
        """Tell what nobody foresaw, wherever the window is."""
        if self.workspace is not None:
            self.workspace.failed(error)
        elif isinstance(error, FirstlineError):
            self._show_trouble(self._opened.url if self._opened else "", error)
        else:
            details = "".join(traceback.format_exception(error))
            self.place.dialogs(self.window).report(_("The program goes on working."), details)

    def keep_database(self, url: str, user: str = "") -> None:
        """Remember on this PC which database is used, and who signed in last. Never a password."""
        changes = {"last_user": user} if user else {}
        self.place.prefs.change(database_url=url, **changes)

    def enter(self, opened: Opened, actor: Actor) -> None:
        """Show the workspace to somebody who may."""
        ctx = opened.ctx.acting_as(actor)
        self._opened = opened
        if opened.state is SchemaState.OLDER:
            self._show(lambda: UpdateFace(self, self._doors, self.place, opened, actor))
            return

        def begin(site: SiteFacts) -> None:
            session = Session(ctx, site, opened.name)
            self._begin(session, self._kept_state()).take_up()
            self._follow(ctx)
            self._work_beside(ctx)

        self._run(partial(site_facts, ctx), begin, partial(self._show_trouble, opened.url))

    # -- Steering, for the actions of the workspace ------------------------------------------------

    def change_look(self, *, language: str | None = None, theme: str | None = None) -> None:
        """See `Steering.change_look`."""
        wanted = {"language": language, "theme": theme}
        self.place.prefs.change(**{key: value for key, value in wanted.items() if value is not None})

    def relook(self) -> None:
        """Dress the program as the preferences want it and build what is shown again, as it was."""
        settings = self.place.prefs.values
        if self._worn == (settings.language, settings.theme):
            return
        self._worn = (settings.language, settings.theme)
        work = self.workspace
        if work is None:
            dress(settings, shipped_font=self.place.shipped_font)
            self._show_again()
            return
        work.leave()
        state, session, undo = work.state, work.session, work.undo
        self.workspace = self.palette = None
        # Gone before the new style comes: dressing hundreds of widgets that are thrown away takes 0.4 s.
        delete(work)
        dress(settings, shipped_font=self.place.shipped_font)
        self._begin(session, state, undo)

    def wears(self, theme: str) -> bool:
        """See `Steering.wears`."""
        return self.place.prefs.values.theme == theme

    def sign_out(self) -> None:
        """See `Steering.sign_out`."""
        work, opened = self.workspace, self._opened
        if work is None or opened is None:
            return
        work.leave()
        self._unfollow()
        self._rest()
        self.window.keep_place(work.state)
        self.place.tasks.run(partial(signing_in.forget, opened.ctx, self._keyring), lane=Lane.FILES)
        self.workspace = None
        self.ask_for_password(opened)

    # -- inside ------------------------------------------------------------------------------------

    def _begin(self, session: Session, state: dict[str, Any], undo: UndoStack | None = None) -> Workspace:
        work = Workspace(session, self.place, undo=undo)
        palette = self.palette = Palette(work)
        work.install(
            window_actions(
                work, self, palette=palette.open, shortcuts=lambda: ShortcutsPopup(work).open_centred()
            )
        )
        work.palette_asked.connect(palette.open)
        work.menu_asked.connect(lambda: self._open_menu(work))
        self.workspace = work
        self.window.show_face(work, named(session.ctx.actor, current.code))
        work.start(state)
        self.entered.emit(work)
        return work

    def _follow(self, ctx: Context) -> None:
        self._unfollow()
        if not self.place.follows:
            return
        self._reader = self._doors.follower(ctx, self._heard.emit)
        self.place.tasks.run(self._reader.follow, lane=Lane.FEED)

    def _unfollow(self) -> None:
        if self._reader is not None:
            self._reader.stop()
            self._reader = None

    def _work_beside(self, ctx: Context) -> None:
        """Do the timers' work on this database from now on, if this program does it at all."""
        self._rest()
        if self.place.background is not None:
            background = self._background = self.place.background(ctx)
            QTimer.singleShot(self.settled_after, self, lambda: self._begin_beside(background))

    def _begin_beside(self, background: Background) -> None:
        if background is self._background:  # nobody signed out meanwhile
            background.start()

    def _rest(self) -> None:
        if self._background is not None:  # it may be in a batch: nobody waits for that in the window
            self.place.tasks.run(self._background.stop, lane=Lane.FILES)
            self._background = None

    def _open_menu(self, work: Workspace) -> None:
        if work.action_set is not None:
            drop(work.action_set.menu(PERSON_MENU, work), work.top.person)

    def _kept_state(self) -> dict[str, Any]:
        kept = self.place.prefs.values.window.get("workspace")
        return kept if isinstance(kept, dict) else {}

    def _show(self, make: Callable[[], QWidget]) -> None:
        self.workspace = None
        self._show_again = lambda: self.window.show_face(make())
        self._show_again()

    def _run(self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[..., None]) -> None:
        self.place.tasks.run(job, done, failed, owner=self)

    def _after_remembered(self, opened: Opened, actor: Actor | None) -> None:
        if actor is None:
            self.ask_for_password(opened)
        else:
            self.enter(opened, actor)

    def _show_trouble(self, url: str, error: Exception) -> None:
        if isinstance(error, FirstlineError):
            self._show(
                lambda: TroubleFace(error, again=partial(self.start, url), choose=self.choose_database)
            )

    def _on_heard(self, is_reachable: bool) -> None:
        if self.workspace is not None:
            self.workspace.watch.hear(is_reachable)

    def _close(self) -> None:
        self._minutes.stop()
        self._unfollow()
        self._rest()
        if self.workspace is not None:
            self.workspace.leave()
            self.window.keep_place(self.workspace.state)
        else:
            self.window.keep_place()


def _short(url: str) -> str:
    return url.rpartition("/")[2] or url


def _refusal(opened: Opened) -> FirstlineError:
    return StoreRefused(f"store.{opened.state.value}")
