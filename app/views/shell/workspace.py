"""What somebody signed in works in: rail, top bar, pages, status bar, toasts; the `Shell` that pages know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QMenu, QVBoxLayout, QWidget

from app.models.entities.errors import NotAllowed
from app.models.entities.events import DutyChanged, HandoverChanged, RosterChanged, TicketsChanged
from app.models.entities.ticket_pages import Counters
from app.services.base.names import name_in, named
from app.services.base.undo import Outcome, Undo
from app.services.settings.site import site_facts
from app.services.shell.queries import DutyNow, duty_now
from app.services.tickets import desk_queries
from app.views.base.actions import Action, ActionSet
from app.views.base.bridge import RefreshMark
from app.views.base.errors import ErrorPresenter, Explanation
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tasks import Lane
from app.views.base.theme import tok
from app.views.base.undo import UndoStack
from app.views.base.undo_texts import undo_text
from app.views.base.widgets.toasts import ToastHost
from app.views.shell.background_presenter import BackgroundPresenter
from app.views.shell.duty_line import duty_change, duty_entries, duty_line, handover_line
from app.views.shell.notices_centre import NoticesCentre
from app.views.shell.rail import Rail
from app.views.shell.reach import LostBar, ReachWatch
from app.views.shell.registry import SCREENS, Screen, rail_order, screens_for
from app.views.shell.session import Session, Workplace
from app.views.shell.stack import PageStack
from app.views.shell.statusbar import STATUS_HEIGHT, StatusBar
from app.views.shell.topbar import TopBar, drop
from app.views.shell.waiting import WaitingDrafts

UNDO_KEY = "Ctrl+Z"
_FOLDED = "is_rail_folded"  # in the preferences, with the window's size


class Workspace(QWidget):
    """Everything between signing in and signing out, in one language and one theme.

    A change of either builds a new workspace that takes over the old one's `state`.
    """

    menu_asked = Signal()
    palette_asked = Signal()

    def __init__(
        self,
        session: Session,
        place: Workplace,
        *,
        screens: tuple[Screen, ...] = SCREENS,
        undo: UndoStack | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # Names of people come in the window's language, so the context follows it.
        self.session = session = replace(session, ctx=session.ctx.reading(current.code))
        self.place = place
        self.screens = screens_for(session.ctx.actor, screens)
        self._all_screens = screens
        self.format = Format(current.texts, session.site.zone)
        self.errors = ErrorPresenter(lambda: self.format, place.version, self)
        self.dialogs = place.dialogs(self)
        self.undo = undo or UndoStack(place.tasks)
        self.watch = ReachWatch(place.tasks, session.ctx.clock, partial(site_facts, session.ctx), self)
        self.env = self._env()
        self.action_set: ActionSet | None = None
        self._build()
        self.toasts = ToastHost(self, foot=STATUS_HEIGHT + 12)
        self.drafts = WaitingDrafts(session.ctx, self.env, self)
        self.notices = NoticesCentre(self, self, self.top.bell)
        self.background = BackgroundPresenter(session.ctx, place.tasks, self.format, self)
        self.background.changed.connect(self.status.background.show_face)
        self._connect()

    # -- the Shell that pages know -----------------------------------------------------------------

    def open(self, page: str, target: Target | None = None) -> None:
        """See `Shell.open`."""
        found = next((screen for screen in self.screens if screen.name == page), None)
        if found is not None:
            self.stack.open(found, target)
            return
        wanted = next((screen for screen in self._all_screens if screen.name == page), None)
        if wanted is not None:
            self.failed(NotAllowed("access.not_allowed", permission=wanted.permission, who=[]))

    def back(self) -> None:
        """See `Shell.back`."""
        self.stack.back()

    def say(
        self, text: str, *, tone: str = "ok", action: str = "", run: Callable[[], None] | None = None
    ) -> None:
        """See `Shell.say`."""
        self.toasts.say(text, tone=tone, action=action, run=run)

    def did(self, outcome: Outcome, text: str = "", *, quiet: bool = False) -> None:
        """See `Shell.did`."""
        self.undo.push(outcome)
        if quiet:
            return
        if outcome.undo is not None:
            said = text or undo_text(outcome.undo)
            self.toasts.say(said, action=_("Undo"), run=self.undo.undo, key=UNDO_KEY)
        elif text:
            self.toasts.say(text)

    def failed(self, error: Exception) -> None:
        """See `Shell.failed`."""
        if not self.watch.hear_of(error):
            self.errors.show(error)

    # -- for the window ----------------------------------------------------------------------------

    @property
    def state(self) -> dict[str, Any]:
        """What comes back: the page shown, and what each page shows. Plain JSON values."""
        return {"page": self.stack.name, "pages": self.stack.states}

    def start(self, state: dict[str, Any] | None = None) -> None:
        """Show the page of `state`, or the first of the rail."""
        state = state or {}
        pages = state.get("pages")
        if isinstance(pages, dict):
            self.stack.remember({name: each for name, each in pages.items() if isinstance(each, dict)})
        names = [screen.name for screen in self.screens]
        first = [screen.name for screen in rail_order(self.screens)]
        wanted = state.get("page")
        if wanted in names:
            self.open(str(wanted))
        elif first:
            self.open(first[0])
        self.refresh_counters()
        self.refresh_duty()
        self.notices.start()
        self.background.start()

    def take_up(self) -> None:
        """Go on with what an earlier run of the program left: offer unsaved text, let pages send theirs."""
        self.drafts.offer_unsaved(self.stack.name)
        for screen in self.screens:
            if screen.left_over:
                job = partial(screen.has_left_over, self.session.ctx.actor.key, self.env.epoch)
                wake = partial(self._wake, screen)
                self.place.tasks.run(job, wake, self.failed, lane=Lane.FILES, owner=self)

    def fold_rail(self) -> None:
        """Leave the words of the rail out, or bring them back; the choice is remembered."""
        is_folded = not self.rail.is_folded
        self.rail.set_folded(is_folded=is_folded)
        self.place.prefs.change(window={**self.place.prefs.values.window, _FOLDED: is_folded})

    def leave(self) -> None:
        """Let every page save its drafts, for the window closes or somebody signs out."""
        self.notices.remove()
        for page in self.findChildren(Page):
            page.leave()

    def install(self, actions: Iterable[Action]) -> None:
        """Bind the window's actions to their keys."""
        self.action_set = ActionSet(self, actions, self.session.ctx.actor.may)
        self.action_set.refused.connect(self._say_refused)
        self.undo.changed.connect(self.action_set.refresh)
        self.stack.shown.connect(lambda _name: self._yield_keys())

    def refresh(self) -> None:
        """Read again what the shown page and the counters say."""
        if self.stack.page is not None:
            self.stack.page.refresh()
        self.refresh_counters()

    def focus_search(self) -> None:
        """Put the cursor into the shown page's own search."""
        if self.stack.page is not None:
            self.stack.page.focus_search()

    def cycle_panes(self) -> None:
        """Move the focus to the shown page's next pane."""
        if self.stack.page is not None:
            self.stack.page.cycle_panes()

    def refresh_counters(self) -> None:
        """Read the live counters again."""
        if self._may_see_tickets:
            job = partial(desk_queries.counters, self.session.ctx)
            self.place.tasks.run(job, self._show_counters, self.failed, owner=self)

    def refresh_duty(self) -> None:
        """Ask again who is on duty."""
        job = partial(duty_now, self.session.ctx)
        self.place.tasks.run(job, self._show_duty, self.failed, owner=self)

    # -- inside ------------------------------------------------------------------------------------

    @property
    def _may_see_tickets(self) -> bool:
        return self.session.ctx.actor.may("tickets.read")

    def _env(self) -> PageEnv:
        return PageEnv(
            shell=self,
            tasks=self.place.tasks,
            bridge=self.place.bridge,
            prefs=self.place.prefs,
            dialogs=self.dialogs,
            drafts=self.place.drafts,
            ticker=self.place.ticker,
            format=self.format,
            epoch=self.session.site.epoch,
            may_move=self.place.may_move,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        # Nobody else paints what the page's round corners leave free; it would keep what stood there before.
        QPainter(self).fillRect(event.rect(), tok("chrome"))

    def _build(self) -> None:
        actor = self.session.ctx.actor
        names = {screen.name for screen in self.screens}
        self.rail = Rail(rail_order(self.screens))
        self.rail.set_folded(is_folded=bool(self.place.prefs.values.window.get(_FOLDED)))
        self.top = TopBar(named(actor, current.code), may_create="new_ticket" in names)
        self.status = StatusBar(self.session.database, counters=self._may_see_tickets and "tickets" in names)
        self.stack = PageStack(self._make_page)
        self.lost = LostBar(self.watch)
        sheet = QFrame()
        sheet.setObjectName("sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(1, 1, 0, 1)
        column.setSpacing(0)
        column.addWidget(self.lost)
        column.addWidget(self.stack, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.rail, 0, 0, 3, 1)
        grid.addWidget(self.top, 0, 1)
        grid.addWidget(sheet, 1, 1)
        grid.addWidget(self.status, 2, 1)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self.rail.asked.connect(self.open)
        self.rail.fold_asked.connect(self.fold_rail)
        self.stack.shown.connect(self.rail.choose)
        self.status.background.clicked.connect(self._explain_background)
        self.status.filter_asked.connect(lambda query: self.open("tickets", {"query": query}))
        self.top.search.clicked.connect(self.palette_asked)
        self.top.new.clicked.connect(lambda: self.open("new_ticket"))
        self.top.more.clicked.connect(lambda: self.drafts.fill_menu(self._drop_drafts))
        self.top.duty.clicked.connect(lambda: self.open("duty"))
        self.top.handover.clicked.connect(lambda: self.open("handover", {"show": "sheet"}))
        self.top.person.menu_asked.connect(self.menu_asked)
        self.errors.told.connect(self._tell)
        self.errors.unforeseen.connect(self.dialogs.report)
        self.undo.failed.connect(self.failed)
        self.undo.done.connect(self._tell_undone)
        self.watch.changed.connect(self._show_reachable)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._mark = RefreshMark(self.status, self.refresh_counters)
        self._mark.on(self.place.bridge, TicketsChanged)
        self.place.ticker.minute.connect(self.refresh_counters)
        self.place.ticker.minute.connect(self.refresh_duty)
        self._duty_mark = RefreshMark(self.top, self.refresh_duty)
        for kind in (RosterChanged, DutyChanged, HandoverChanged):
            self._duty_mark.on(self.place.bridge, kind)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        """Look, once all is said and done, whether what had the focus was hidden, and who has it instead."""
        if now is None or (old is not None and not old.isVisible() and self.stack.isAncestorOf(old)):
            QTimer.singleShot(0, self, self._rescue_focus)

    def _rescue_focus(self) -> None:
        """Bring the focus back into the page from nowhere, or from the rail that comes next for Qt."""
        focused = QApplication.focusWidget()
        is_lost = focused is None or self.rail.isAncestorOf(focused)
        if is_lost and self.window().isActiveWindow():
            self.stack.take_focus()

    def _wake(self, screen: Screen, has_left_over: bool) -> None:
        if has_left_over:
            self.stack.prepare(screen)

    def _drop_drafts(self, menu: QMenu) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        drop(menu, self.top.more)

    def _explain_background(self) -> None:
        face = self.background.face
        said = _("{what}: {reason}").format(what=face.text, reason=face.advice)
        if face.can_be_accepted and self.session.ctx.actor.may("settings.edit"):
            accept = partial(self.background.accept_clock, self.failed)
            self.toasts.say(said, tone=face.tone, action=_("The clock is right"), run=accept)
        else:
            self.toasts.say(said, tone=face.tone or "info")

    def _yield_keys(self) -> None:
        """Leave a key to the shown page where both have it."""
        page = self.stack.page
        if self.action_set is not None:
            self.action_set.yield_keys({action.shortcut for action in page.actions_shown} if page else set())

    def _make_page(self, screen: Screen) -> Page:
        """Build a page; the key of what is not possible there says why in a toast."""
        page = screen.make(self.session.ctx, self.env)
        for actions in page.findChildren(ActionSet):
            actions.refused.connect(self._say_refused)
        return page

    def _say_refused(self, reason: str) -> None:
        if all(reason != toast.accessibleName() for toast in self.toasts.shown):
            self.say(reason, tone="info")

    def _show_duty(self, duty: DutyNow | None) -> None:
        if duty is None:
            self.top.duty.show_duty("", "", "")
            self.top.handover.show_state("")
            self.notices.say_duty("")
            return
        shift = name_in(duty.shift, duty.shift_alt, current.code)
        person = duty.supervisor or _("no duty supervisor")
        following = duty_change(duty, self.format)
        self.top.duty.show_duty(shift, person, duty.phone, about=following, is_gap=duty.is_gap)
        self.top.handover.show_state(handover_line(duty, self.format, self.session.ctx.clock.now()))
        self.notices.say_duty(duty_line(duty, self.format), duty_entries(duty))

    def _show_counters(self, counters: Counters) -> None:
        self.status.show_counters(counters, self.format.clock(self.session.ctx.clock.now()))
        for screen in self.screens:
            if screen.counter:
                self.rail.set_badge(screen.name, getattr(counters, screen.counter))

    def _tell(self, told: Explanation) -> None:
        self.toasts.say(f"{told.happened} {told.advice}".strip(), tone="warn" if told.is_retry else "bad")

    def _tell_undone(self, step: Undo, is_undo: bool) -> None:
        sentence = _("Undone: {what}") if is_undo else _("Done again: {what}")
        self.toasts.say(sentence.format(what=undo_text(step)), tone="info")

    def _show_reachable(self, is_reachable: bool) -> None:
        self.status.show_reachable(is_reachable=is_reachable)
        if is_reachable:
            self.lost.hide()
            self.refresh()
        else:
            self.lost.show_lost(self.format)
