"""What the wall knows: the last read, where every card stands now, which have just crossed a mark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.entities.ids import TeamId
from app.models.entities.wall import Wall, WallTicket
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.tickets import commands, wall_queries
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.wall.lanes import (
    Lane,
    LaneKind,
    WallFilter,
    is_at_risk,
    lanes_of,
    marks_passed,
    team_for,
    used_share,
)

ASSIGNS = "tickets.assign"
_FRESH = timedelta(seconds=30)
_CRITICAL = 1


class WallPresenter(QObject):
    """State and actions of the wall. Owns no widgets. `tick` moves the cards without reading anything."""

    changed = Signal()  # other lanes, other cards, or other places
    crossed = Signal(object)  # list[WallTicket]: those shown that have just passed a warning or their end
    crossed_unseen = Signal(object)  # list[WallTicket]: critical ones that did so and that the filter hides

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.wall: Wall | None = None
        self.lanes: list[Lane] = []
        self.shares: dict[int, float | None] = {}
        self.wanted = WallFilter()
        self._passed: dict[int, int] = {}
        self._lit: dict[int, datetime] = {}
        self._is_stale_config = False

    # -- reading -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the wall again; what has not changed since the last time is not worked out anew."""
        known = (
            {} if self.wall is None or self._is_stale_config else {one.id: one for one in self.wall.tickets}
        )
        self._is_stale_config = False
        job = partial(wall_queries.wall, self._ctx, known)
        self._env.tasks.run(job, self._keep, self._env.shell.failed, owner=self)

    def forget(self) -> None:
        """Work every clock out anew with the next read: settings changed."""
        self._is_stale_config = True

    def tick(self) -> None:
        """Let every card stand where it belongs at this moment."""
        if self.wall is None:
            return
        now = self._ctx.clock.now()
        self.shares = {one.id: used_share(one.clock, now) for one in self.wall.tickets}
        fresh = self._newly_passed(self.wall)
        self.lanes = lanes_of(self.wall, self.shares, self.wanted)
        self.changed.emit()
        # A filter says what somebody looks at: what it hides keeps silent, or the sound points at nothing.
        # Critical tickets are the exception: they concern the whole desk, and are told by name.
        shown = {one.id for lane in self.lanes for one in lane.tickets}
        seen = [one for one in fresh if one.id in shown]
        unseen = [one for one in fresh if one.id not in shown and _is_critical(one)]
        if seen:
            self.crossed.emit(seen)
        if unseen:
            self.crossed_unseen.emit(unseen)

    def show_only(self, *, team_id: TeamId | None, at_risk: bool) -> None:
        """Show the cards of one team, or those at risk, only."""
        self.wanted = WallFilter(team_id, at_risk)
        self.tick()

    @property
    def marks(self) -> tuple[int, ...]:
        """The warnings of the SLA table in force, in percent."""
        return () if self.wall is None else self.wall.marks

    @property
    def counts(self) -> tuple[int, int]:
        """How many cards are shown, and how many of them are at risk."""
        shown = [one for lane in self.lanes for one in lane.tickets]
        return len(shown), sum(is_at_risk(one, self.shares.get(one.id)) for one in shown)

    @property
    def fresh(self) -> frozenset[int]:
        """Tickets that crossed a mark within the last half minute."""
        now = self._ctx.clock.now()
        return frozenset(one for one, at in self._lit.items() if now - at < _FRESH)

    def ticket(self, ticket_id: int) -> WallTicket | None:
        """Return a card's ticket."""
        if self.wall is None:
            return None
        return next((one for one in self.wall.tickets if one.id == ticket_id), None)

    # -- doing ---------------------------------------------------------------------------------------

    @property
    def may_assign(self) -> bool:
        """Whether this person may hand tickets over at all."""
        return self._ctx.actor.may(ASSIGNS)

    def refusal(self, ticket_id: int, lane: Lane) -> str:
        """Return why a card cannot go into a lane, or ""."""
        ticket = self.ticket(ticket_id)
        if ticket is None:
            return _("This ticket is not on the wall any more.")
        if not self.may_assign:
            return _("You lack the right to assign tickets.")
        if not lane.takes_cards:
            return _("A ticket goes to somebody or to a team: drop it on a person or a queue.")
        return ""

    def assign(self, ticket_id: int, lane_key: str) -> None:
        """Hand a card's ticket to whom a lane belongs; into its own lane nothing happens."""
        lane = next((one for one in self.lanes if one.key == lane_key), None)
        ticket = self.ticket(ticket_id)
        if lane is None or any(one.id == ticket_id for one in lane.tickets):
            return
        if reason := self.refusal(ticket_id, lane):
            self._env.shell.say(reason, tone="warn")
            return
        if ticket is not None and self.wall is not None:
            self._hand_over(ticket, lane, self.wall)

    def _hand_over(self, ticket: WallTicket, lane: Lane, wall: Wall) -> None:
        is_person = lane.kind is LaneKind.PERSON and lane.duty is not None
        if is_person and lane.duty is not None:
            team_id = team_for(ticket, lane.duty, wall.teams)
        else:
            team_id = lane.team.id if lane.team is not None else None
        job = partial(
            commands.assign_to,
            self._ctx,
            ticket.id,
            version=ticket.row.version,
            team_id=team_id,
            assignee_id=lane.person_id if is_person else None,
        )
        self._env.tasks.run(job, self._assigned, self._refused, owner=self)

    # -- inside --------------------------------------------------------------------------------------

    def _keep(self, wall: Wall) -> None:
        self.wall = wall
        self.tick()

    def _assigned(self, outcome: Outcome) -> None:
        self._env.shell.did(outcome)
        self.refresh()

    def _refused(self, error: Exception) -> None:
        self._env.shell.failed(error)
        self.refresh()

    def _newly_passed(self, wall: Wall) -> list[WallTicket]:
        """Return those that passed a mark since the last time they were seen; a new card has passed none."""
        now = self._ctx.clock.now()
        passed: Mapping[int, int] = {
            one.id: marks_passed(one.clock, self.shares[one.id]) for one in wall.tickets
        }
        fresh = [one for one in wall.tickets if passed[one.id] > self._passed.get(one.id, passed[one.id])]
        self._passed = dict(passed)
        self._lit = {one: at for one, at in self._lit.items() if one in passed}
        self._lit.update({one.id: now for one in fresh})
        return fresh


def _is_critical(ticket: WallTicket) -> bool:
    row = ticket.row
    return (row.priority if row.effective_priority is None else row.effective_priority) == _CRITICAL
