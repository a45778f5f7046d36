"""Assigning: asks for whom, shows who is on duty, hands the command on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.ids import TeamId
from app.models.entities.suggesting import Suggestion
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster import queries as roster_queries
from app.services.tickets import commands, edit_commands
from app.services.tickets.assigning_commands import assign_by_roster
from app.services.tickets.suggesting_queries import suggested_for
from app.views.base.pages import PageEnv
from app.views.tickets.action_popups.assign import AssignPopup
from app.views.tickets.action_popups.meant import Meant
from app.views.tickets.desk_names import DeskNames
from app.views.tickets.suggested_words import nobody_words

Job = Callable[[], Outcome]


class AssignAsker(QObject):
    """Asks for whom tickets are."""

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        names: DeskNames,
        page: QWidget,
        run: Callable[[Job], None],
        run_many: Callable[[Sequence[Meant], Job], None],
    ) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._names = names
        self._page = page
        self._run = run
        self._run_many = run_many
        self.popup: AssignPopup | None = None

    def ask(self, meant: Sequence[Meant]) -> None:
        """Ask at once; who is on duty follows."""
        if self.popup is None:
            self.popup = AssignPopup(self._page.window(), self._names)
            self.popup.confirmed.connect(self._confirmed)
            self.popup.team_shown.connect(self._suggest)
        self.popup.ask(meant)
        job = partial(roster_queries.on_duty_at, self._ctx, self._ctx.clock.now())
        # Whoever may not see the roster assigns all the same, only without knowing who is there.
        self._env.tasks.run(job, self.popup.show_on_duty, lambda _error: None, owner=self.popup)

    def _suggest(self, team_id: TeamId) -> None:
        """Ask whom the roster would choose of a team; a popup without it assigns all the same."""
        popup = self.popup
        if popup is None or not popup.meant:
            return
        ticket = popup.meant[0]
        category = ticket.category_id or popup.category_id
        job = partial(suggested_for, self._ctx, team_id, category, ticket.id)

        def show(found: Suggestion) -> None:
            nobody = nobody_words(found, self._env.format, self._ctx.clock.now())
            popup.show_suggested(team_id, found, nobody)

        self._env.tasks.run(job, show, lambda _error: None, owner=popup)

    def _confirmed(self) -> None:
        popup = self.popup
        if popup is None or popup.team_id is None:
            return
        popup.close_now()
        if len(popup.meant) > 1:
            seen = tuple((ticket.id, ticket.version) for ticket in popup.meant)
            many = partial(
                edit_commands.assign_many,
                self._ctx,
                seen,
                team_id=popup.team_id,
                assignee_id=popup.person_id,
            )
            self._run_many(popup.meant, many)
        elif popup.category_id is not None:
            self._sort_first(popup, popup.meant[0])
        else:
            self._assign(popup, popup.meant[0], popup.meant[0].version)

    def _assign(self, popup: AssignPopup, ticket: Meant, version: int) -> None:
        if popup.by_roster:
            chosen = partial(assign_by_roster, self._ctx, ticket.id, version=version)
            self._run(partial(chosen, team_id=popup.team_id, note=popup.text))
            return
        self._run(
            partial(
                commands.assign_to,
                self._ctx,
                ticket.id,
                version=version,
                team_id=popup.team_id,
                assignee_id=popup.person_id,
                note=popup.text,
            )
        )

    def _sort_first(self, popup: AssignPopup, ticket: Meant) -> None:
        """Give the ticket the category chosen in the popup, then assign it."""
        job = partial(
            edit_commands.edit_ticket,
            self._ctx,
            ticket.id,
            version=ticket.version,
            changes={"category_id": popup.category_id},
            base={"category_id": None},
        )

        def sorted_in(outcome: Outcome) -> None:
            self._assign(popup, ticket, ticket.version if outcome.version is None else outcome.version)

        self._env.tasks.run(job, sorted_in, self._env.shell.failed, owner=self)
