"""The page of the heat wall: filters above, the wall below, the room's monitor on F11."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.events import (
    DutyChanged,
    PeopleChanged,
    RosterChanged,
    SettingsChanged,
    TicketsChanged,
)
from app.models.entities.ids import TeamId
from app.models.entities.wall import WallTicket
from app.services.base.context import Context
from app.services.base.names import name_in
from app.views.base.actions import Action, ActionSet
from app.views.base.bridge import RefreshMark
from app.views.base.i18n import N_, _, current
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import PageHeader
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.states import EmptyState
from app.views.base.widgets.switches import Toggle
from app.views.wall.assign_popup import AssignPopup
from app.views.wall.canvas import WallCanvas
from app.views.wall.room import RoomWindow
from app.views.wall.wall_presenter import ASSIGNS, WallPresenter
from app.views.wall.wall_words import WallWords

_EVERY = 5_000  # milliseconds between two places of a card
_TEAM_WIDTH = 200


class WallPage(Page):
    """Open tickets moving towards their targets. Understands {"team": team id} and {"at_risk": bool}."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.presenter = WallPresenter(ctx, env, self)
        self.words = WallWords(env.format)
        self.header = PageHeader(_("Heat wall"))
        self.team = Choose()
        self.team.setAccessibleName(_("Team"))
        self.team.setFixedWidth(_TEAM_WIDTH)
        self.team.addItem(_("All teams"), None)
        self.risk = Toggle(_("At risk only"), shown=True)
        self.sound = Toggle(_("Sound"), shown=True, on=env.prefs.values.wall_with_sound)
        self.whole = Button(_("Whole monitor"), icon="maximize-2", key="F11")
        self.canvas = WallCanvas(self.words)
        self.empty = EmptyState(
            "circle-check", _("No card here"), _("No open ticket fits what the wall is asked to show.")
        )
        self.room: RoomWindow | None = None
        self.popup: AssignPopup | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._wanted_team: int | None = None
        self._arrange()
        self._connect()
        self.action_set = ActionSet(self, self._actions(), ctx.actor.may)
        self.of_cards = ActionSet(self.canvas, self._card_actions(), ctx.actor.may)
        self.setFocusProxy(self.canvas)

    # --- what the window asks ----------------------------------------------------------------------

    def refresh(self) -> None:
        """See `Page.refresh`."""
        self.presenter.refresh()

    def show_target(self, target: Target) -> None:
        """See the class."""
        if isinstance(target.get("team"), int):
            self._wanted_team = target["team"]
        if isinstance(target.get("at_risk"), bool):
            self.risk.setChecked(target["at_risk"])
        self._filter()

    def save_state(self) -> dict[str, Any]:
        """See `Page.save_state`."""
        return {"team": self.team.currentData(), "at_risk": self.risk.isChecked()}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """See `Page.restore_state`."""
        self.show_target(state)

    @property
    def actions_shown(self) -> tuple[Action, ...]:
        """The page's actions and those of its cards."""
        return (*self.of_cards.actions, *super().actions_shown)

    def cycle_panes(self) -> None:
        """Go to the cards."""
        self.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- building ----------------------------------------------------------------------------------

    def _arrange(self) -> None:
        buttons = self.header.buttons
        buttons.setSpacing(Space.L)
        for part in (self.team, self.risk, self.sound, self.whole):
            buttons.addWidget(part)
        head = QHBoxLayout()
        head.setContentsMargins(Space.XL, Space.L, Space.XL, Space.M)
        head.addWidget(self.header)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.canvas, 1)
        whole.addWidget(self.empty, 1)
        self.empty.hide()

    def _connect(self) -> None:
        presenter, canvas = self.presenter, self.canvas
        presenter.changed.connect(self._show)
        presenter.crossed.connect(self._sound)
        presenter.crossed_unseen.connect(self._tell_unseen)
        self.team.activated.connect(lambda _at: self._filter())
        self.risk.toggled.connect(lambda _on: self._filter())
        self.sound.toggled.connect(lambda on: self.env.prefs.change(wall_with_sound=on))
        self.whole.clicked.connect(self.fill_monitor)
        canvas.opened.connect(self._open)
        canvas.assign_asked.connect(self.ask_assign)
        canvas.dropped.connect(presenter.assign)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.env.ticker.minute.connect(self._minute)
        self._hear(self)

    def _hear(self, screen: QWidget) -> None:
        """Read again after events while `screen` is seen: the page, or the room's monitor."""
        mark = RefreshMark(screen, self.refresh)
        for event in (TicketsChanged, RosterChanged, DutyChanged, PeopleChanged):
            mark.on(self.env.bridge, event)
        mark.on(self.env.bridge, SettingsChanged, self._settings_changed)

    def _actions(self) -> list[Action]:
        return [
            Action(
                "wall.room", N_("Show the wall on a whole monitor"), self.fill_monitor, "maximize-2", "F11"
            ),
            Action("wall.risk", N_("Show only cards at risk"), self.risk.toggle, "flag", "Alt+R"),
            Action("wall.go", N_("Go to the cards"), self.canvas.setFocus, "grid-3x3", "Alt+W"),
        ]

    def _card_actions(self) -> list[Action]:
        """Return what is done to the chosen card; the key works while the cards have the focus."""

        def none_chosen() -> str:
            return "" if self.canvas.current is not None else _("Choose a ticket first.")

        return [
            Action(
                "wall.assign",
                N_("Assign the chosen card"),
                self._assign_current,
                "user-plus",
                "A",
                ASSIGNS,
                blocked=none_chosen,
            ),
        ]

    # --- doing -------------------------------------------------------------------------------------

    def fill_monitor(self) -> None:
        """Show the wall on a whole monitor; again, and it is gone."""
        if self.room is not None and self.room.isVisible():
            self.room.close()
            return
        if self.room is None:
            self.room = RoomWindow(self.words, self)
            self.room.canvas.opened.connect(self._open_from_room)
            self.room.canvas.assign_asked.connect(self._assign_from_room)
            self.room.canvas.dropped.connect(self.presenter.assign)
            self._hear(self.room)
        self.room.fill()
        self._show()
        if self.canvas.current is not None:
            self.room.canvas.go_to(self.canvas.current)

    def ask_assign(self, ticket_id: int) -> None:
        """Ask for whom a card is."""
        ticket = self.presenter.ticket(ticket_id)
        if ticket is None:
            return
        if not self.presenter.may_assign:
            self.env.shell.say(_("You lack the right to assign tickets."), tone="warn")
            return
        if self.popup is None:
            self.popup = AssignPopup(self.window())
            self.popup.chosen.connect(self.presenter.assign)
        now, presenter = self.ctx.clock.now(), self.presenter
        lanes = [(lane, self.words.lane(lane, presenter.shares, now)) for lane in presenter.lanes]
        self.popup.ask(ticket, f"{self.words.prefix}{ticket.row.number}", lanes)

    # --- inside ------------------------------------------------------------------------------------

    @property
    def _is_seen(self) -> bool:
        return self.isVisible() or (self.room is not None and self.room.isVisible())

    def _tick(self) -> None:
        if self._is_seen:
            self.presenter.tick()

    def _minute(self) -> None:
        """Shifts begin and end without anybody changing a record."""
        if self._is_seen:
            self.refresh()

    def _settings_changed(self, _event: SettingsChanged) -> bool:
        self.presenter.forget()
        return True

    def _filter(self) -> None:
        wanted = self._wanted_team if self._wanted_team is not None else self.team.currentData()
        team_id = None if wanted is None else TeamId(wanted)
        self.presenter.show_only(team_id=team_id, at_risk=self.risk.isChecked())

    def _show(self) -> None:
        presenter, now = self.presenter, self.ctx.clock.now()
        if presenter.wall is not None:
            self.words.prefix = presenter.wall.prefix
        self._offer_teams()
        shown, at_risk = presenter.counts
        said = self.words.counts(shown, at_risk)
        if presenter.wall is not None and not presenter.wall.is_whole:
            said = _("{what}; more than the wall shows").format(what=said)
        self.header.note.setText(said)
        for canvas in (self.canvas, *((self.room.canvas,) if self.room is not None else ())):
            canvas.show_wall(presenter.lanes, presenter.shares, presenter.marks, now, presenter.fresh)
        self.empty.setVisible(not presenter.lanes and presenter.wall is not None)
        self.canvas.setVisible(bool(presenter.lanes) or presenter.wall is None)
        if self.room is not None:
            self.room.note.setText(said)
            self.room.duty.setText(f"{self._leader()} · {self.env.format.clock(now)}".strip(" ·"))

    def _leader(self) -> str:
        wall = self.presenter.wall
        names = [one.person_name for one, _away in wall.on_duty if one.is_supervisor] if wall else []
        return ", ".join(names) or _("no duty supervisor")

    def _offer_teams(self) -> None:
        wall = self.presenter.wall
        offered: list[tuple[int | None, str]] = [(None, _("All teams"))]
        if wall is not None:
            offered += [(one.id, name_in(one.name, one.name_alt, current.code)) for one in wall.teams]
        kept = self.team.currentData() if self._wanted_team is None else self._wanted_team
        there = [(self.team.itemData(at), self.team.itemText(at)) for at in range(self.team.count())]
        if there != offered:
            self.team.clear()
            for team_id, name in offered:
                self.team.addItem(name, team_id)
        self.team.setCurrentIndex(max(0, self.team.findData(kept)))
        if wall is not None:
            self._wanted_team = None

    def _sound(self, crossed: Sequence[WallTicket]) -> None:
        if crossed and self._is_seen and self.env.prefs.values.wall_with_sound:
            QApplication.beep()

    def _tell_unseen(self, crossed: Sequence[WallTicket]) -> None:
        """Ring for critical tickets the filter hides, and say which they are: nothing on the wall does."""
        if not self._is_seen:
            return
        self._sound(crossed)
        prefix = self.presenter.wall.prefix if self.presenter.wall is not None else ""
        said = _("Hidden by the filter, critical: {number} {subject} is running out of time.")
        for one in crossed:
            text = said.format(number=f"{prefix}{one.row.number}", subject=one.row.subject)
            self.env.shell.say(text, tone="bad")

    def _open(self, ticket_id: int) -> None:
        self.env.shell.open("ticket", {"id": ticket_id})

    def _open_from_room(self, ticket_id: int) -> None:
        if self.room is not None:
            self.room.close()
        self._open(ticket_id)

    def _assign_current(self) -> None:
        if self.canvas.current is not None:
            self.ask_assign(self.canvas.current)

    def _assign_from_room(self, ticket_id: int) -> None:
        """Ask on the page: a popup belongs to its window."""
        if self.room is not None:
            self.room.close()
        self.window().activateWindow()
        self.ask_assign(ticket_id)
