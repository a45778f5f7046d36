"""The duty board: numbers, people, what comes next, and the checks of the shift."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.duty import BoardPerson, CheckLine, DutyBoard, ReminderLink
from app.models.entities.events import (
    DutyChanged,
    PeopleChanged,
    RosterChanged,
    SettingsChanged,
    TicketsChanged,
)
from app.models.entities.roster import ShiftAt
from app.services.base.context import Context
from app.views.base.actions import Action, ActionSet
from app.views.base.i18n import N_, _
from app.views.base.icons import icon
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import PageHeader
from app.views.duty.asking import DutyAsking
from app.views.duty.away_asked import AwayAsked
from app.views.duty.cards import Figures, Gaps, PeopleCard, ReachableCard
from app.views.duty.checks_card import ChecksCard
from app.views.duty.duty_presenter import CHECKS_IN, PLANS, TICKS, DutyPresenter
from app.views.duty.duty_words import DutyWords
from app.views.duty.paper import CardPaper

_SIDE_WIDTH, _SIDE_MOST = 372, 520


class DutyPage(Page):
    """Who is on duty now. Understands {"show": "sla" or "services"}: opens what a reminder is about."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.presenter = DutyPresenter(ctx, env, self)
        self.words = DutyWords(env.format)
        self.paper = CardPaper(ctx, env, self)
        self.header = PageHeader(_("Duty board"))
        self.mine = Button(_("Check in"), ButtonKind.PRIMARY, icon="log-in", key="Alt+I")
        self.away = Button(_("Away…"), icon="clock", key="Alt+A")
        self.remind = Button(_("Remind…"), icon="bell", key="Alt+M")
        self.levels = Button(_("Service levels"), icon="timer")
        self.announced = IconButton("megaphone", _("Announcements"), key="Alt+U")
        self.month = IconButton("calendar-check", _("Presence of the month"), key="Alt+P")
        self.card = Button(_("Emergency card"), icon="siren")
        self.gaps = Gaps()
        self.asked = AwayAsked(self.words, may_answer=self.presenter.may_plan, me=ctx.actor.person_id)
        self.figures = Figures(self.words)
        self.people = PeopleCard(self.words, lambda one: self.presenter.may_speak_for(one.duty.person_id))
        self.reachable = ReachableCard(self.words)
        self.checks = ChecksCard(self.words, may_tick=ctx.actor.may(TICKS))
        self.asking = DutyAsking(ctx, env, self.presenter, self)
        self._arrange()
        self._connect()
        self.action_set = ActionSet(self, self._actions(), ctx.actor.may)
        self._tick()

    # --- what the window asks ----------------------------------------------------------------------

    def refresh(self) -> None:
        """See `Page.refresh`."""
        self.presenter.refresh()
        self._tick()

    def show_target(self, target: Target) -> None:
        """See the class."""
        if target.get("show") in {ReminderLink.SLA.value, ReminderLink.SERVICES.value}:
            self.asking.show_levels(ReminderLink(str(target["show"])))

    def cycle_panes(self) -> None:
        """See `Page.cycle_panes`."""
        panes: list[QWidget] = [self.people, self.reachable, self.checks]
        at = next((n for n, pane in enumerate(panes) if pane.isAncestorOf(self.focusWidget() or self)), -1)
        pane = panes[(at + 1) % len(panes)]
        parts = [each for each in pane.findChildren(QWidget) if each.isVisible()]
        stops = [each for each in parts if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if stops:
            stops[0].setFocus(Qt.FocusReason.TabFocusReason)

    # --- building ----------------------------------------------------------------------------------

    def _arrange(self) -> None:
        for button in (self.announced, self.month, self.levels, self.remind, self.card, self.away, self.mine):
            self.header.buttons.addWidget(button)
        self.remind.setVisible(self.presenter.may_plan)
        self.mine.hide()
        self.away.hide()
        left = QVBoxLayout()
        left.setSpacing(Space.M)
        for part in (self.gaps, self.asked, self.figures, self.people, self.reachable):
            left.addWidget(part)
        left.addStretch(1)
        side = QWidget()
        side.setMinimumWidth(_SIDE_WIDTH)
        side.setMaximumWidth(_SIDE_MOST)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(Space.M)
        right.addWidget(self.checks)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(Space.L)
        columns.addLayout(left, 3)
        columns.addWidget(side, 1)
        inner = QWidget()
        inner.setProperty("scrolled", True)
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        whole.setSpacing(Space.M)
        whole.addWidget(self.header)
        whole.addLayout(columns, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _connect(self) -> None:
        presenter, shell = self.presenter, self.env.shell
        presenter.board_read.connect(self._show)
        presenter.checks_read.connect(self._show_checks)
        self.asked.answered.connect(presenter.answer_away)
        self.gaps.roster_asked.connect(lambda: shell.open("roster"))
        for card in (self.people, self.reachable):
            card.copied.connect(self._copy)
        self.people.tickets_asked.connect(self._list_tickets)
        self.people.menu_asked.connect(self._open_menu)
        self.checks.found_good.connect(lambda check: presenter.tick(check, is_good=True))
        self.checks.found_bad.connect(self.asking.ask_note)
        self.checks.taken_back.connect(lambda check: presenter.tick(check, is_good=None))
        self.mine.clicked.connect(self.come_or_leave)
        self.away.clicked.connect(self.leave_desk)
        self.remind.clicked.connect(self._remind_everybody)
        self.announced.clicked.connect(lambda: shell.open("announcements", {}))
        self.levels.clicked.connect(lambda: self.asking.show_levels(ReminderLink.SLA))
        self.month.clicked.connect(self.asking.show_month)
        self.card.clicked.connect(self._open_card_menu)
        self.env.ticker.minute.connect(self._minute)
        for event in (RosterChanged, DutyChanged, TicketsChanged, PeopleChanged, SettingsChanged):
            self.refresh_on(event)

    def _actions(self) -> list[Action]:
        return [
            Action("duty.come", N_("Check in or out"), self.come_or_leave, "log-in", "Alt+I", CHECKS_IN),
            Action(
                "duty.away",
                N_("Leave the desk, or come back"),
                self.leave_desk,
                "clock",
                "Alt+A",
                CHECKS_IN,
                blocked=self._why_not_away,
            ),
            Action("duty.remind", N_("Remind colleagues"), self._remind_everybody, "bell", "Alt+M", PLANS),
            Action(
                "duty.card",
                N_("Print the emergency card"),
                self.paper.print,
                "printer",
                "Ctrl+P",
            ),
            Action(
                "duty.save_card", N_("Save the emergency card as PDF"), self.paper.save, "download", "Ctrl+S"
            ),
            Action(
                "duty.month", N_("Presence of the month"), self.asking.show_month, "calendar-check", "Alt+P"
            ),
            Action(
                "duty.sla",
                N_("Look up the SLA in force"),
                partial(self.asking.show_levels, ReminderLink.SLA),
                "timer",
                "",
                "tickets.read",
            ),
            Action(
                "duty.services",
                N_("Look up the service catalogue"),
                partial(self.asking.show_levels, ReminderLink.SERVICES),
                "layers",
                "",
                "tickets.read",
            ),
        ]

    # --- doing -------------------------------------------------------------------------------------

    def come_or_leave(self) -> None:
        """Check in, or out if one is there."""
        mine = self.presenter.mine
        is_there = mine is not None and mine.attendance is not None and mine.attendance.out_at is None
        if is_there:
            self.presenter.check_out()
        else:
            self.presenter.check_in()

    def leave_desk(self) -> None:
        """Ask why the desk is left, or come back if one is away."""
        mine = self.presenter.mine
        if mine is not None and mine.away is not None:
            self.presenter.come_back()
        else:
            self.asking.ask_away()

    # --- inside ------------------------------------------------------------------------------------

    def _why_not_away(self) -> str:
        return "" if self.presenter.mine is not None else _("Only who is on duty can be away from the desk.")

    def _tick(self) -> None:
        now, fmt = self.ctx.clock.now(), self.env.format
        self.header.note.setText(f"{fmt.day(fmt.local(now).date(), 'full')} · {fmt.clock(now)}")

    def _minute(self) -> None:
        """Shifts begin and end, and the countdown goes on, without anybody changing a record."""
        if self.isVisible():
            self.refresh()

    def _show(self, board: DutyBoard) -> None:
        now = self.ctx.clock.now()
        self.gaps.show_board(board)
        self.asked.show_board(board, now)
        self.figures.show_board(board, now)
        self.people.show_board(board, now)
        self.reachable.show_people(board.reachable)
        self._show_mine()

    def _show_mine(self) -> None:
        """Offer what fits: whoever is not on duty may still check in to a shift that begins soon."""
        mine = self.presenter.mine
        may = self.ctx.actor.may(CHECKS_IN) and self.ctx.actor.person_id is not None
        is_there = mine is not None and mine.attendance is not None and mine.attendance.out_at is None
        self.mine.say(_("Check out") if is_there else _("Check in"), "log-out" if is_there else "log-in")
        self.mine.setVisible(may and (mine is None or not mine.duty.is_standby))
        is_away = mine is not None and mine.away is not None
        self.away.say(_("I am back") if is_away else _("Away…"), "user-check" if is_away else "clock")
        self.away.setVisible(may and mine is not None)
        if self.action_set is not None:
            self.action_set.refresh()

    def _show_checks(self, _shift: ShiftAt | None, lines: list[CheckLine]) -> None:
        self.checks.show_lines(lines, self.ctx.clock.now())

    def _open_menu(self, one: BoardPerson, button: QWidget) -> None:
        menu = self.menu_of(one)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def menu_of(self, one: BoardPerson) -> QMenu:
        """Return what can be said of somebody on duty."""
        menu, presenter, who = QMenu(self), self.presenter, one.duty.person_id
        is_there = one.attendance is not None and one.attendance.out_at is None
        if not one.duty.is_standby:
            if is_there:
                menu.addAction(icon("log-out"), _("Check out"), partial(presenter.check_out, who))
            else:
                menu.addAction(icon("log-in"), _("Check in"), partial(presenter.check_in, who))
        if one.away is None:
            ask = partial(self.asking.ask_away, who, one.duty.person_name)
            menu.addAction(icon("clock"), _("Away…"), ask)
        else:
            menu.addAction(icon("user-check"), _("Back at the desk"), partial(presenter.come_back, who))
        if presenter.may_plan and not one.duty.is_standby:
            correct = partial(self.asking.correct_duty, one)
            menu.addAction(icon("pencil"), _("Correct the times…"), correct)
        if presenter.may_plan:
            menu.addAction(icon("bell"), _("Remind…"), partial(self.asking.ask_reminder, who))
        return menu

    def _open_card_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("printer"), _("Print…"), self.paper.print)
        menu.addAction(icon("download"), _("Save as PDF…"), self.paper.save)
        menu.popup(self.card.mapToGlobal(self.card.rect().bottomLeft()))

    def _remind_everybody(self) -> None:
        self.asking.ask_reminder()

    def _list_tickets(self, name: str) -> None:
        self.env.shell.open("tickets", {"query": f'status:open assignee:"{name}"'})

    def _copy(self, name: str, number: str) -> None:
        QGuiApplication.clipboard().setText(number.replace(" ", ""))
        self.env.shell.say(_("Copied the number of {name}.").format(name=name), tone="info")
