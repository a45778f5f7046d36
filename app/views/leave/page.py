"""The page of requests: lists, what is chosen beside them; fairness, own shifts and wishes. Wiring only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.models.entities.events import LeaveChanged, RosterChanged, SettingsChanged
from app.models.entities.roster_plan import Wish
from app.services.base.context import Context
from app.views.base.actions import Action, ActionSet
from app.views.base.dialogs import FileKind
from app.views.base.i18n import _
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, PageHeader, row_of
from app.views.base.widgets.states import EmptyState
from app.views.base.widgets.switches import Choice, Segment
from app.views.leave.asking import Asking
from app.views.leave.deciding import Deciding
from app.views.leave.details_pane import DetailsPane
from app.views.leave.fairness_view import FairnessView
from app.views.leave.handing_on import HandingOn
from app.views.leave.leave_words import LeaveWords
from app.views.leave.own_presenter import OwnPresenter
from app.views.leave.own_shifts_view import OwnShiftsView
from app.views.leave.page_actions import line_actions, page_actions, wish_actions
from app.views.leave.request_lines import line_of
from app.views.leave.request_list import RequestList
from app.views.leave.request_rows import Part
from app.views.leave.requests_presenter import ASKS, DECIDES, RequestsPresenter
from app.views.leave.wish_form import WishForm
from app.views.leave.wishes_view import WishesView

FAIRNESS, SHIFTS, WISHES = "fairness", "shifts", "wishes"


class RequestsPage(Page):
    """Who asks to be away or to change places. Understands the targets {"leave": id}, {"swap": id},
    {"show": part}, {"ask": "leave", "day": ISO date}, {"ask": "record", "person": id},
    {"offer": ISO date, "person": id, "to": id, "back": ISO date}, {"take": ISO date, "person": id}.
    """

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.setObjectName("requests")
        self.words = LeaveWords(env.format)
        self.presenter = RequestsPresenter(ctx, env, self)
        self.own = OwnPresenter(ctx, env, self)
        self.header = PageHeader(_("Requests"))
        self.parts = Segment(self._choices(), Part.DECIDE, said=_("Part of the page"))
        self.list = RequestList(_("Requests"))
        self.pane = DetailsPane(self.words)
        self.fairness = FairnessView(self.words)
        self.shifts = OwnShiftsView(self.words)
        self.wishes = WishesView(self.words)
        self.asking = Asking(ctx, env, self.words, self)
        self.handing = HandingOn(ctx, env, self)
        self.deciding = Deciding(self.list, self.pane, self.presenter, self.words, self)
        self.ask = Button(_("Ask for leave…"), ButtonKind.PRIMARY, icon="calendar-off", key="Alt+N")
        self.offer = Button(_("Offer a shift…"), icon="repeat")
        self.take = Button(_("Take over at once…"), icon="zap")
        self.record = Button(_("Record an absence…"), icon="pencil")
        self.stack = QStackedWidget()
        self._wanted = 0  # the line a target names, until it was read
        self._build()
        self.of_wishes = ActionSet(self.wishes.table, wish_actions(self), ctx.actor.may)
        self.of_lines = ActionSet(self.list, line_actions(self), ctx.actor.may)
        self.action_set = ActionSet(self, page_actions(self), ctx.actor.may)
        self._connect()
        self._show_part(Part.DECIDE)

    # -- what the window asks ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the part that is shown, and the lists for their counts."""
        self.presenter.refresh()
        if self.parts.key == FAIRNESS:
            self.own.read_ledger()
        elif self.parts.key == SHIFTS:
            self.own.read_shifts()
        elif self.parts.key == WISHES:
            self.own.read_wishes()

    def show_target(self, target: Target) -> None:
        """See the class."""
        if target.get("show") in self._part_keys:
            self._show_part(str(target["show"]))
        for what, odd in (("leave", 0), ("swap", 1)):
            if isinstance(target.get(what), int):
                self._wanted = int(target[what]) * 2 + odd
                self._go_to_wanted()
        self.asking.follow(target)

    def save_state(self) -> dict[str, Any]:
        """Keep the part shown."""
        return {"part": self.parts.key}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Take back what `save_state` returned."""
        if state.get("part") in self._part_keys:
            self._show_part(str(state["part"]))

    @property
    def actions_shown(self) -> tuple[Action, ...]:
        """The page's actions and those of its lines."""
        return (*super().actions_shown, *self.of_lines.actions, *self.of_wishes.actions)

    def cycle_panes(self) -> None:
        """Go from the list to what can be done with the line, and back."""
        if self.list.hasFocus():
            self.deciding.enter()
        else:
            self._shown().setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- for actions ---------------------------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """Show a part and go into it."""
        self._show_part(part)
        self.refresh()
        shown = self._shown()
        (shown if shown.isVisible() else self.parts).setFocus(Qt.FocusReason.OtherFocusReason)

    def save_calendar(self) -> None:
        """Ask where the calendar file goes, and write it."""
        if not self.own.shifts:
            self.env.shell.say(_("There is nothing to save."), tone="info")
            return
        kinds = (FileKind(_("Calendar file"), "*.ics"),)
        path = self.env.dialogs.save_file(_("Save my shifts"), "shifts.ics", kinds)
        if path is not None:
            said = _("Saved {name}").format(name=path.name)
            self.own.save(path, lambda: self.env.shell.say(said))

    def ask_leave(self) -> None:
        """Ask to be away."""
        self.asking.leave()

    def ask_wish(self) -> None:
        """Wish for days to come."""
        self._show_part(WISHES)
        self.own.read_wishes(lambda: self.asking_wish(None))

    def asking_wish(self, stands: Wish | None) -> None:
        """Open the form of a wish, of one that stands or a new one."""
        self.wish_form = WishForm(self.window(), self.words, self.own, self.wishes.desk, stands=stands)
        self.wish_form.ask()

    def take_shift(self) -> None:
        """Take a colleague's shift over at once."""
        self.asking.take()

    def record_absence(self) -> None:
        """Record somebody's absence."""
        self.asking.record()

    def offer_chosen(self) -> None:
        """Offer a shift: the one chosen among one's own, where they are shown."""
        chosen = self.shifts.chosen if self.parts.key == SHIFTS else None
        self.asking.offer(chosen.on_date if chosen is not None else None)

    # -- building ------------------------------------------------------------------------------------

    @property
    def _part_keys(self) -> frozenset[str]:
        return frozenset(choice.key for choice in self._choices())

    def _choices(self) -> list[Choice]:
        return [
            Choice(Part.DECIDE, _("To decide"), 0),
            Choice(Part.MINE, _("Mine")),
            Choice(Part.OPEN, _("Open offers"), 0),
            Choice(Part.DONE, _("Decided")),
            Choice(FAIRNESS, _("Fairness")),
            Choice(SHIFTS, _("My shifts")),
            Choice(WISHES, _("My wishes")),
        ]

    def _build(self) -> None:
        for button in (self.record, self.take, self.offer, self.ask):
            self.header.buttons.addWidget(button)
        self.record.setVisible(self.ctx.actor.may(DECIDES))
        is_somebody = self.ctx.actor.may(ASKS) and self.ctx.actor.person_id is not None
        for button in (self.take, self.offer, self.ask, self.wishes.wish, self.wishes.back):
            button.setVisible(is_somebody)
        card = Card(flush=True)
        card.body.addWidget(self.list, 1)
        self.nothing = EmptyState(
            "circle-check", _("Nothing waits here"), _("Requests appear as soon as somebody asks."), tone="ok"
        )
        card.body.addWidget(self.nothing, 1)
        self.lists = QWidget()
        beside = row_of(card, self.pane, spacing=Space.M)
        beside.setStretch(0, 4)
        beside.setStretch(1, 5)
        self.lists.setLayout(beside)
        for part in (self.lists, self.fairness, self.shifts, self.wishes):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        column.setSpacing(Space.M)
        column.addWidget(self.header)
        column.addWidget(self.parts, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        presenter, shell = self.presenter, self.env.shell
        presenter.desk_read.connect(self._show_desk)
        presenter.did.connect(shell.did)
        presenter.failed.connect(shell.failed)
        self.asking.did.connect(self._asked)
        for asked in (presenter, self.asking):
            asked.absent.connect(self.handing.offer)
        self.own.failed.connect(shell.failed)
        self.own.ledger_read.connect(self.fairness.show_ledger)
        self.own.shifts_read.connect(self.shifts.show_shifts)
        self.own.wishes_read.connect(self.wishes.show_desk)
        self.own.did.connect(self._wished)
        self.wishes.wish_asked.connect(lambda one: self.asking_wish(one) if one else self.ask_wish())
        self.wishes.back_asked.connect(lambda on: self.own.wish([on], None))
        self.shifts.save_asked.connect(self.save_calendar)
        self.shifts.offer_asked.connect(self.asking.offer)
        self.shifts.opened.connect(lambda on: shell.open("roster", {"day": on.isoformat()}))
        self.parts.chosen.connect(self.show_part)
        self.list.chosen.connect(self.deciding.show)
        self.deciding.changed.connect(self.of_lines.refresh)
        self.list.entered.connect(lambda _key: self.deciding.enter())
        self.ask.clicked.connect(self.ask_leave)
        self.offer.clicked.connect(self.offer_chosen)
        self.take.clicked.connect(self.take_shift)
        self.record.clicked.connect(self.record_absence)
        self.refresh_on(LeaveChanged)
        self.refresh_on(RosterChanged)
        self.refresh_on(SettingsChanged)

    # -- inside --------------------------------------------------------------------------------------

    def _show_part(self, part: str) -> None:
        self.parts.choose(part)
        views: Mapping[str, QWidget] = {
            FAIRNESS: self.fairness, SHIFTS: self.shifts, WISHES: self.wishes
        }  # fmt: skip
        self.stack.setCurrentWidget(views.get(part, self.lists))
        self._show_desk()

    def _shown(self) -> QWidget:
        views: Mapping[str, QWidget] = {
            FAIRNESS: self.fairness.table, SHIFTS: self.shifts.table, WISHES: self.wishes.table
        }  # fmt: skip
        return views.get(self.parts.key, self.list)

    def _show_desk(self) -> None:
        desk = self.presenter.desk
        if desk is None:
            return
        for part in (Part.DECIDE, Part.OPEN):
            self.parts.set_count(part, len(self.presenter.items(part)))
        if self.parts.key in {FAIRNESS, SHIFTS, WISHES}:
            return
        reader = self.presenter.reader
        lines = [
            line_of(item, desk, reader, self.words) for item in self.presenter.items(Part(self.parts.key))
        ]
        self.list.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.list.show_lines(lines)
        if self._wanted:
            self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        """Show the line a target names, in the list where it is looked for first."""
        part = self.presenter.part_of(self._wanted)
        if part is None:
            return
        key, self._wanted = self._wanted, 0
        self._show_part(part)
        self.list.go_to(key)

    def _wished(self, outcome: Any) -> None:
        self.env.shell.did(outcome)
        self.own.read_wishes()

    def _asked(self, outcome: Any) -> None:
        self.env.shell.did(outcome)
        self.show_part(Part.MINE)
