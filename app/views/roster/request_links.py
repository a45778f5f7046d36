"""From the roster to the requests and to a shift's handover: button, cell menu, and a shift dragged over.

Whoever may not plan drags one of their own shifts onto a colleague's cell to offer a swap: the cells stay as
they are, and the offer opens with both filled in.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout

from app.models.entities.events import LeaveChanged
from app.models.entities.roster import ShiftKind
from app.services.base.context import Context
from app.services.leave.queries import waiting_for_me
from app.views.base.actions import Action
from app.views.base.bridge import RefreshMark
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.labels import set_tip
from app.views.roster.board import Key
from app.views.roster.grid import RosterGrid
from app.views.roster.grid_layout import Zone
from app.views.roster.header import RosterHeader

_KEY = "Alt+R"
_ROOM_FOR_WORDS = 1300  # pixels of the header


class RequestLinks(QObject):
    """Opens the page of requests with what is meant, and counts what waits there for the reader."""

    def __init__(self, ctx: Context, env: PageEnv, grid: RosterGrid, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self._grid = grid
        self._from: Key | None = None  # the own shift that is being dragged
        self._count = 0
        self._header: RosterHeader | None = None
        self.button = Button(_("Requests"), icon="calendar-off")
        set_tip(self.button, _("Absences, swaps, fairness and your own shifts"), _KEY)
        self.button.clicked.connect(self.open)
        grid.viewport().installEventFilter(self)

    def connect_to(self, header: RosterHeader) -> None:
        """Put the button into the header and keep its count up to date."""
        row = header.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.indexOf(header.duty), self.button)
        self._header = header
        header.installEventFilter(self)
        RefreshMark(header, self.count).on(self._env.bridge, LeaveChanged)
        self.count()

    @property
    def actions(self) -> tuple[Action, ...]:
        """What the page offers; part of its keys and of the palette."""
        return (
            Action("roster.requests", N_("Requests: absences and swaps"), self.open, "calendar-off", _KEY),
        )

    @property
    def cell_actions(self) -> tuple[Action, ...]:
        """What is offered at a cell."""
        ask, nobody = "roster.ask", self._nobody
        return (
            Action("roster.offer", N_("Offer this shift…"), self.offer, "repeat", "Alt+O", ask, nobody),
            Action(
                "roster.take", N_("Take this shift over at once…"), self.take, "zap", "Alt+T", ask, nobody
            ),
            Action("roster.absence", N_("Ask for leave…"), self.ask, "calendar-off", "Alt+N", ask, nobody),
            Action(
                "roster.handover", N_("Handover of this shift"), self.hand_over, "clipboard-check", "Alt+H"
            ),
        )

    def open(self) -> None:
        """Open the page of requests."""
        self._env.shell.open("requests", {})

    def offer(self) -> None:
        """Offer the shift under the cursor: one's own, or anybody's for who decides."""
        key, actor = self._grid.current_key, self._ctx.actor
        if key is not None and key[0] != actor.person_id and not actor.may("roster.approve"):
            self._env.shell.say(_("Choose one of your own shifts first."), tone="info")
        else:
            self._open_at("offer")

    def take(self) -> None:
        """Take the shift under the cursor over at once."""
        key = self._grid.current_key
        if key is not None and key[0] == self._ctx.actor.person_id:
            self._env.shell.say(_("Choose a colleague's shift first."), tone="info")
        else:
            self._open_at("take")

    def ask(self) -> None:
        """Ask for leave on the days selected."""
        days = sorted(on for _person, on in self._grid.selected_keys)
        target = {"ask": "leave", "day": days[0].isoformat(), "last": days[-1].isoformat()} if days else {}
        self._env.shell.open("requests", target or {"ask": "leave"})

    def hand_over(self) -> None:
        """Open the handover of the shift under the cursor; where nobody works, that of the running shift."""
        key, board = self._grid.current_key, self._grid.board
        template = board.template_at(key) if board is not None and key is not None else None
        target = {"show": "sheet"}
        if key is not None and template is not None and template.kind is ShiftKind.WORK:
            target = {"day": key[1].isoformat(), "shift": template.code}
        self._env.shell.open("handover", target)

    def count(self) -> None:
        """Read how many requests wait for the reader."""
        job = partial(waiting_for_me, self._ctx)
        self._env.tasks.run(job, self._keep_count, self._env.shell.failed, owner=self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a drag from one's own shift to a colleague's cell; the grid selects meanwhile as always."""
        if event.type() == QEvent.Type.Resize and watched is self._header:
            self._show_count()
        elif isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if event.type() == QEvent.Type.MouseButtonPress:
                key = self._key_at(event)
                self._from = key if key is not None and self._is_my_shift(key) else None
            elif event.type() == QEvent.Type.MouseButtonRelease and self._from is not None:
                given, self._from = self._from, None
                key = self._key_at(event)
                if key is not None and key[0] != given[0]:
                    self._offer_to(given, key)
        return False

    # -- inside --------------------------------------------------------------------------------------

    def _nobody(self) -> str:
        return "" if self._ctx.actor.person_id is not None else _("Nobody is signed in.")

    def _keep_count(self, count: int) -> None:
        self._count = count
        self._show_count()

    def _show_count(self) -> None:
        """Say how many wait; without room the figure alone, the name stays for readers."""
        count, name = self._count, _("Requests")
        said = _("Requests: {n}").format(n=count) if count else name
        is_narrow = self._header is not None and self._header.width() < _ROOM_FOR_WORDS
        words = (str(count) if count else "") if is_narrow else said
        if self.button.text() != words:
            self.button.say(words)
        self.button.setAccessibleName(said)

    def _open_at(self, deed: str) -> None:
        key = self._grid.current_key
        if key is not None:
            self._env.shell.open("requests", {deed: key[1].isoformat(), "person": int(key[0])})

    def _offer_to(self, given: Key, onto: Key) -> None:
        target: dict[str, Any] = {
            "offer": given[1].isoformat(), "person": int(given[0]), "to": int(onto[0])
        }  # fmt: skip
        if self._works(onto):
            target["back"] = onto[1].isoformat()
        self._env.shell.open("requests", target)

    def _key_at(self, event: QMouseEvent) -> Key | None:
        board = self._grid.board
        spot = self._grid.places.spot(event.position().toPoint())
        if board is None or spot.zone is not Zone.CELL:
            return None
        return board.people[spot.row].id, board.days[spot.day]

    def _is_my_shift(self, key: Key) -> bool:
        actor = self._ctx.actor
        plans = actor.may("roster.edit") or not actor.may("roster.ask")
        return not plans and key[0] == actor.person_id and self._works(key)

    def _works(self, key: Key) -> bool:
        board = self._grid.board
        template = board.template_at(key) if board is not None else None
        return template is not None and template.kind is not ShiftKind.ABSENCE
