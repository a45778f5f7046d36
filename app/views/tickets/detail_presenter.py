"""What the page of one ticket knows and does: reads it, runs its actions, settles what two people changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import FirstlineError, MergeNeeded, NotFound, StaleRecord
from app.models.entities.ids import TicketId
from app.models.entities.people import PersonFact, PersonRow
from app.models.entities.sla import ClockKind
from app.models.entities.ticket_pages import TicketDetail
from app.models.entities.tickets import Channel, Resolution, Ticket
from app.services.audit.reading import note_opened
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.people import queries as people_queries
from app.services.sla.supposing import Supposed
from app.services.tickets import commands, edit_commands, note_commands, page_queries, queries
from app.services.tickets.page_queries import DeskTerms, TicketSurroundings
from app.services.tickets.supposing_queries import supposed_clocks
from app.views.base.i18n import _
from app.views.base.masked_facts import ShownFacts
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane
from app.views.tickets.detail_names import Names
from app.views.tickets.detail_state import TicketState
from app.views.tickets.merge_words import merge_question

Done = Callable[[Outcome], None]
# An action is tried again by itself when somebody saved the ticket but left these as I saw them.
_WATCHED = (
    "status", "team_id", "assignee_id", "waiting_reason_id", "category_id", "priority", "solution",
    "promised_at", "restored_at",
)  # fmt: skip


Command = Callable[..., Outcome]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A command meant for the ticket as it was seen, and who waits for its end."""

    command: Command
    seen: Ticket
    done: Done | None
    refused: Callable[[], None] | None


class TicketPresenter(QObject):
    """State and actions of one ticket's page. Owns no widgets."""

    shown = Signal(object)  # TicketState: read, or read again
    unreadable = Signal(object)  # FirstlineError: nothing to show

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.env = env
        self.state: TicketState | None = None
        self._ticket_id: TicketId | None = None
        self._terms: DeskTerms | None = None
        self._asked = 0
        self.facts = ShownFacts(ctx, env, self)
        self.facts.changed.connect(self.refresh)

    # -- reading -----------------------------------------------------------------------------------

    @property
    def ticket_id(self) -> TicketId | None:
        """Which ticket is shown or on its way."""
        return self._ticket_id

    def open(self, ticket_id: TicketId) -> None:
        """Show another ticket from now on; `refresh` reads it."""
        if ticket_id != self._ticket_id:
            self._ticket_id = ticket_id
            self.state = None
            self.facts.forget()

    def open_number(self, number: int) -> None:
        """Show the ticket with this number."""
        self._run(partial(queries.ticket_id_of, self.ctx, number), self._open_found, self._on_unreadable)

    def forget_terms(self) -> None:
        """Read the words of the site again the next time: somebody changed the set-up."""
        self._terms = None

    def refresh(self) -> None:
        """Read the ticket again. Answers for a ticket no longer shown are dropped."""
        ticket_id = self._ticket_id
        if ticket_id is None:
            return
        self._asked += 1
        if self._terms is None:
            self._run(partial(page_queries.desk_terms, self.ctx), self._keep_terms, self._on_unreadable)
        job = partial(queries.ticket_detail, self.ctx, ticket_id)
        self._run(job, partial(self._on_detail, self._asked), self._on_unreadable)

    def suppose(self, show: Callable[[Mapping[ClockKind, tuple[Supposed, ...]]], None]) -> None:
        """Find out what the clocks would do if something happened now; `show` gets the answer by clock."""
        if self._ticket_id is not None:
            self._run(partial(supposed_clocks, self.ctx, self._ticket_id), show, self.env.shell.failed)

    def show_fact(self, fact: PersonFact) -> None:
        """Show a masked fact of the requester as long as this ticket is shown."""
        if self.state is not None and self.state.around.requester is not None:
            person = self.state.around.requester
            self.facts.show(person.id, fact, number=self.state.ticket.number)

    def may(self, permission: str) -> bool:
        """Tell whether the person holds a permission."""
        return self.ctx.actor.may(permission)

    # -- moves -------------------------------------------------------------------------------------

    def resolve(
        self,
        resolution: Resolution,
        *,
        is_final: bool = False,
        done: Done | None = None,
        refused: Callable[[], None] | None = None,
    ) -> None:
        """Record the solution; `is_final` confirms by telephone and closes in the same breath."""
        job = commands.solve_now if is_final else commands.resolve
        self._move(partial(_resolve_with, job, resolution), done, refused)

    def confirm(self, channel: Channel, note: str = "", done: Done | None = None) -> None:
        """Record that the requester confirmed, and close."""
        self._move(partial(_confirm_by, channel, note), done)

    def run(self, command: Command) -> None:
        """Run a command that takes the ticket and the version that is shown."""
        self._move(command)

    def find_callers(self, typed: str, owner: QObject, then: Callable[[Sequence[PersonRow]], None]) -> None:
        """Look people up for the requester's field, which owns the answer."""
        job = partial(people_queries.find_callers, self.ctx, typed)
        self.env.tasks.run(job, then, self.env.shell.failed, owner=owner)

    # -- fields and links --------------------------------------------------------------------------

    def edit(
        self, changes: Mapping[str, object], base: Mapping[str, object], version: int,
        done: Done | None = None, said: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """Save fields. `base` and `version` are what the person saw when beginning to type.

        `said` has the words of values that no log names yet, for the question where two people differ.
        """
        if self._ticket_id is None:
            return
        job = partial(
            edit_commands.edit_ticket,
            self.ctx,
            self._ticket_id,
            version=version,
            changes=changes,
            base=base,
        )

        def saved(outcome: Outcome) -> None:
            self._on_done(done, outcome)
            if outcome.version is not None and outcome.version > version + 1:
                self.env.shell.say(
                    _("Somebody else changed other fields meanwhile; both are kept."), tone="info"
                )

        self._run(job, saved, partial(self._on_conflict, changes, done, said or {}))

    def link(self, typed: str, done: Done | None = None) -> None:
        """Link the ticket whose number was typed."""
        self._with_number(typed, lambda other: self._add(note_commands.link_tickets, done, other))

    def unlink(self, other_id: TicketId) -> None:
        """Take a link away; the toast offers to link again."""
        self._add(note_commands.unlink_tickets, partial(self._offer_link_again, other_id), other_id)

    # -- inside ------------------------------------------------------------------------------------

    def _run(self, job: Callable[[], Any], done: Callable[[Any], None], failed: Any) -> None:
        self.env.tasks.run(job, done, failed, owner=self)

    def _open_found(self, ticket_id: TicketId) -> None:
        self.open(ticket_id)
        self.refresh()

    def _keep_terms(self, terms: DeskTerms) -> None:
        self._terms = terms

    def _on_detail(self, asked: int, detail: TicketDetail) -> None:
        if asked == self._asked and self._ticket_id is not None:
            job = partial(page_queries.ticket_surroundings, self.ctx, self._ticket_id)
            self._run(job, partial(self._on_surroundings, asked, detail), self._on_unreadable)

    def _on_surroundings(self, asked: int, detail: TicketDetail, around: TicketSurroundings) -> None:
        if asked == self._asked and self._terms is not None:
            is_opened = self.state is None
            if around.requester is not None:
                around = replace(around, requester=self.facts.applied(around.requester))
            self.state = TicketState(detail, around, self._terms, self.env.format)
            self.shown.emit(self.state)
            if is_opened:  # recorded where nothing on the screen waits for it
                self.env.tasks.run(partial(note_opened, self.ctx, detail.ticket.id), lane=Lane.LONG)

    def _on_unreadable(self, error: Exception) -> None:
        if self.state is None or isinstance(error, NotFound):
            self.unreadable.emit(error)
        else:
            self.env.shell.failed(error)

    def _move(
        self, command: Command, done: Done | None = None, refused: Callable[[], None] | None = None
    ) -> None:
        if self.state is not None:
            self._try(_Attempt(command, self.state.ticket, done, refused), may_retry=True)

    def _try(self, attempt: _Attempt, *, may_retry: bool) -> None:
        seen = attempt.seen

        def failed(error: Exception) -> None:
            if may_retry and isinstance(error, StaleRecord):
                self._try_on_fresh(attempt, error)
            else:
                self._give_up(attempt, error)

        job = partial(attempt.command, self.ctx, seen.id, version=seen.version)
        self._run(job, partial(self._on_done, attempt.done), failed)

    def _try_on_fresh(self, attempt: _Attempt, error: StaleRecord) -> None:
        """Try again on what is there now, unless it differs where it matters."""

        def read(detail: TicketDetail) -> None:
            now, seen = detail.ticket, attempt.seen
            if all(getattr(now, name) == getattr(seen, name) for name in _WATCHED):
                self._try(replace(attempt, seen=now), may_retry=False)
            else:
                self._give_up(attempt, error)

        job = partial(queries.ticket_detail, self.ctx, attempt.seen.id)
        self._run(job, read, partial(self._give_up, attempt))

    def _give_up(self, attempt: _Attempt, error: Exception) -> None:
        if attempt.refused is not None:
            attempt.refused()
        self._on_refused(error)

    def _add(self, command: Callable[..., Outcome], done: Done | None, *given: Any) -> None:
        if self._ticket_id is not None:
            job = partial(command, self.ctx, self._ticket_id, *given)
            self._run(job, partial(self._on_done, done), self._on_refused)

    def _on_done(self, done: Done | None, outcome: Outcome) -> None:
        if done is not None:
            done(outcome)
        self.env.shell.did(outcome)
        self.refresh()

    def _on_refused(self, error: Exception) -> None:
        self.env.shell.failed(error)
        if isinstance(error, StaleRecord):
            self.refresh()

    def _with_number(self, typed: str, then: Callable[[TicketId], None]) -> None:
        if self.state is None:
            return
        try:
            number = self.state.terms.numbers.number_of(typed)
        except FirstlineError as error:
            self.env.shell.failed(error)
            return
        self._run(partial(queries.ticket_id_of, self.ctx, number), then, self.env.shell.failed)

    def _offer_link_again(self, other_id: TicketId, _outcome: Outcome) -> None:
        self.env.shell.say(
            _("Removed the link"),
            action=_("Undo"),
            run=lambda: self._add(note_commands.link_tickets, None, other_id),
        )

    def _on_conflict(
        self, changes: Mapping[str, object], done: Done | None, said: Mapping[str, str], error: Exception
    ) -> None:
        if not isinstance(error, MergeNeeded) or self._ticket_id is None:
            self._on_refused(error)
            return
        # Who changed it, and the words for ids that are new here, stand in the log as it is now.
        job = partial(queries.ticket_detail, self.ctx, self._ticket_id)
        self._run(job, partial(self._ask, changes, done, said, error), self.env.shell.failed)

    def _ask(
        self, changes: Mapping[str, object], done: Done | None, said: Mapping[str, str],
        error: MergeNeeded, detail: TicketDetail,
    ) -> None:  # fmt: skip
        if self._terms is None:
            return
        names = Names(self._terms, self.env.format, detail.names)
        choices = self.env.dialogs.merge(*merge_question(error, detail, names, said))
        if choices is None:
            self.refresh()
            return
        kept = {name: value for name, value in changes.items() if choices.get(name, True)}
        version = int(str(error.params["version"]))
        if kept:
            theirs = {name: getattr(detail.ticket, name) for name in kept}
            self.edit(kept, theirs, version, done, said)
            return
        if done is not None:
            done(Outcome(self._ticket_id, version))
        self.refresh()


def _resolve_with(
    job: Callable[..., Outcome], resolution: Resolution, ctx: Context, ticket_id: TicketId, *, version: int
) -> Outcome:
    return job(ctx, ticket_id, resolution, version=version)


def _confirm_by(channel: Channel, note: str, ctx: Context, ticket_id: TicketId, *, version: int) -> Outcome:
    job = partial(commands.confirm_and_close, ctx, ticket_id, version=version, channel=channel, note=note)
    return job()
