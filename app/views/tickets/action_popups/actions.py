"""Acting on tickets from anywhere: opens the popup, runs the command, tells what was done.

A page makes one `TicketActions` and calls `assign`, `wait`, `set_levels`, `resolve`, `escalate`, `move`,
`status_menu`, or `declare` and `withdraw` of its `majors`, with the tickets meant. It hears `done` after a
change and `refused` when somebody was faster, and reads again; the list does so by the event anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.models.entities.errors import MergeNeeded
from app.models.entities.ids import TicketId
from app.models.entities.ticket_pages import TicketDetail
from app.models.entities.tickets import OPEN_STATUSES, Channel, Move, Ticket
from app.services.base.command import declared_permission
from app.services.base.context import Context
from app.services.base.terms import term
from app.services.base.undo import Outcome
from app.services.tickets import commands, edit_commands, form_queries, page_queries, queries
from app.services.tickets.line_commands import send_many_to_next_line, send_to_next_line
from app.services.tickets.page_queries import DeskTerms
from app.services.tickets.rules import moves_from
from app.views.base.i18n import _, current
from app.views.base.icons import icon
from app.views.base.pages import PageEnv
from app.views.tickets.action_popups.assign_asker import AssignAsker
from app.views.tickets.action_popups.escalate_asker import EscalateAsker
from app.views.tickets.action_popups.levels_asker import LevelsAsker
from app.views.tickets.action_popups.major_asker import MajorAsker
from app.views.tickets.action_popups.meant import Meant, told
from app.views.tickets.action_popups.resolve_asker import ResolveAsker
from app.views.tickets.action_popups.result import ResultPopup, told_of_many
from app.views.tickets.action_popups.wait_asker import WaitAsker
from app.views.tickets.desk_names import DeskNames
from app.views.tickets.detail_names import Names
from app.views.tickets.merge_words import merge_question

MOVE_ICONS: Mapping[Move, str] = {
    Move.ASSIGN: "user-plus",
    Move.START: "play",
    Move.WAIT: "circle-pause",
    Move.RESUME: "play",
    Move.RESOLVE: "circle-check",
    Move.CLOSE: "check-check",
    Move.REFUSE: "thumbs-down",
    Move.REOPEN: "rotate-ccw",
    Move.CANCEL: "circle-x",
    Move.OUT_OF_SCOPE: "circle-slash",
    Move.DUPLICATE: "copy",
}
_COMMANDS: Mapping[Move, Callable[..., Outcome]] = {
    Move.ASSIGN: commands.assign_to,
    Move.START: commands.start_work,
    Move.WAIT: commands.set_waiting,
    Move.RESUME: commands.resume_work,
    Move.RESOLVE: commands.resolve,
    Move.CLOSE: commands.confirm_and_close,
    Move.REFUSE: commands.refuse_solution,
    Move.REOPEN: commands.reopen,
    Move.CANCEL: commands.cancel,
    Move.OUT_OF_SCOPE: commands.mark_out_of_scope,
    Move.DUPLICATE: commands.mark_duplicate,
}
# Moves that want a sentence from the person.
_WITH_REASON = frozenset({Move.REFUSE, Move.REOPEN, Move.CANCEL, Move.OUT_OF_SCOPE})
ESCALATE_KEY = "U"  # up
_BULK_RIGHT = "tickets.bulk"
_EDIT_RIGHT = "tickets.edit"
_ESCALATE_RIGHT = "tickets.escalate"


class TicketActions(QObject):
    """What a person can do to tickets from one page. Popups are made when they are first needed."""

    done = Signal(object)  # Outcome: something was saved
    refused = Signal(object)  # the error, after the person was told

    def __init__(self, ctx: Context, env: PageEnv, names: DeskNames, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._page = page
        self.result_popup: ResultPopup | None = None
        self.assigning = AssignAsker(ctx, env, names, page, self.run, self.run_many)
        self.waiting = WaitAsker(ctx, env, page, self.run, self.run_many)
        self.levels = LevelsAsker(ctx, env, page, self.run, self.run_many, self.edit)
        self.resolving = ResolveAsker(ctx, env, page, self.run)
        self.escalating = EscalateAsker(ctx, env, page, self.run)
        self.majors = MajorAsker(ctx, env, page, self.run)

    # -- what is possible ----------------------------------------------------------------------------

    def may(self, move: Move) -> bool:
        """Whether this person may make the move at all."""
        permission = declared_permission(_COMMANDS[move])
        return permission is None or self._ctx.actor.may(permission)

    def blocked(self, move: Move, meant: Sequence[Meant]) -> str:
        """Return why the move cannot be made on these tickets now, or ""."""
        if reason := self._lacking(meant, may=self.may(move)):
            return reason
        if all(move not in moves_from(ticket.status) for ticket in meant):
            return _("This is not possible in the ticket's present state.")
        return ""

    def blocked_edit(self, meant: Sequence[Meant]) -> str:
        """Return why fields of these tickets cannot be changed now, or ""."""
        return self._lacking(meant, may=self._ctx.actor.may(_EDIT_RIGHT))

    def blocked_escalation(self, meant: Sequence[Meant]) -> str:
        """Return why the supervisor cannot be called to these tickets now, or ""."""
        if reason := self._lacking(meant[:1], may=self._ctx.actor.may(_ESCALATE_RIGHT)):
            return reason
        if len(meant) > 1:
            return _("One ticket at a time: each has its own reason.")
        return "" if meant[0].status in OPEN_STATUSES else _("Only an open ticket can be escalated.")

    def _lacking(self, meant: Sequence[Meant], *, may: bool) -> str:
        if not meant:
            return _("Choose a ticket first.")
        if not may:
            return _("You lack the right to do this.")
        if len(meant) > 1 and not self._ctx.actor.may(_BULK_RIGHT):
            return _("You lack the right to change many tickets at once.")
        return ""

    def blocked_sending_on(self, meant: Sequence[Meant]) -> str:
        """Return why these tickets cannot go to their next line now, or ""."""
        return self.blocked(Move.ASSIGN, meant)

    def send_on(self, meant: Sequence[Meant]) -> None:
        """Hand tickets to the next line of their categories; each can be taken back."""
        if self.blocked_sending_on(meant):
            return
        if len(meant) == 1:
            self.run(partial(send_to_next_line, self._ctx, meant[0].id, version=meant[0].version))
        else:
            seen = tuple((ticket.id, ticket.version) for ticket in meant)
            self.run_many(meant, partial(send_many_to_next_line, self._ctx, seen))

    def status_menu(self, meant: Sequence[Meant], parent: QWidget) -> QMenu:
        """Return the moves possible for these tickets; for many, only those that need no own answer each."""
        menu = QMenu(parent)
        for move in self._possible(meant):
            if move is Move.CANCEL and not menu.isEmpty():
                menu.addSeparator()
            action = menu.addAction(icon(MOVE_ICONS[move], "muted"), term(current.texts, move))
            action.triggered.connect(partial(self._move_later, move, tuple(meant)))
        if menu.isEmpty():
            menu.addAction(_("No move is possible")).setEnabled(False)
        return menu

    def _possible(self, meant: Sequence[Meant]) -> list[Move]:
        if len(meant) > 1:
            return [move for move in (Move.ASSIGN, Move.WAIT) if not self.blocked(move, meant)]
        return [move for ticket in meant for move in moves_from(ticket.status) if self.may(move)]

    def _move_later(self, move: Move, meant: Sequence[Meant], _is_checked: bool = False) -> None:
        self.move(move, meant)

    # -- doing it ------------------------------------------------------------------------------------

    def move(self, move: Move, meant: Sequence[Meant]) -> None:
        """Make a move, asking first for what it demands."""
        if self.blocked(move, meant):
            return
        only = meant[0]
        if move is Move.ASSIGN:
            self.assign(meant)
        elif move is Move.WAIT:
            self.wait(meant)
        elif move is Move.RESOLVE:
            self.resolve(only)
        elif move is Move.DUPLICATE:
            self._mark_duplicate(only)
        elif move is Move.OUT_OF_SCOPE:
            self._refuse(only)
        elif move in _WITH_REASON:
            self._move_with_reason(move, only)
        elif move is Move.CLOSE:
            self.run(self._job(move, only, channel=Channel.PHONE))
        else:
            self.run(self._job(move, only))

    def assign(self, meant: Sequence[Meant]) -> None:
        """Ask for whom the tickets are, and hand them over."""
        if meant:
            self.assigning.ask(tuple(meant))

    def wait(self, meant: Sequence[Meant]) -> None:
        """Ask what the tickets wait for, and stop work on them."""
        if meant:
            self.waiting.ask(tuple(meant))

    def set_levels(self, meant: Sequence[Meant]) -> None:
        """Ask for impact and urgency, and set them."""
        if meant:
            self.levels.ask(tuple(meant))

    def escalate(self, meant: Sequence[Meant]) -> None:
        """Ask why the supervisor on duty is needed, and tell them."""
        if not self.blocked_escalation(meant):
            self.escalating.ask(meant[0])

    def resolve(self, meant: Meant, solution: str = "") -> None:
        """Ask for what is missing, and resolve; `solution` is what was typed already."""
        self.resolving.ask(meant, solution)

    def edit(self, ticket: Ticket, changes: Mapping[str, Any]) -> None:
        """Change fields of a ticket; where somebody changed the same ones, ask which hold."""
        base = {name: getattr(ticket, name) for name in changes}
        self._edit(ticket.id, ticket.version, changes, base)

    def run(self, job: Callable[[], Outcome], then: Callable[[Outcome], None] | None = None) -> None:
        """Run a command on one ticket and tell the window; errors are told in a sentence."""

        def succeeded(outcome: Outcome) -> None:
            self._env.shell.did(outcome)
            self.done.emit(outcome)
            if then is not None:
                then(outcome)

        self._env.tasks.run(job, succeeded, self._fail, owner=self)

    def run_many(self, meant: Sequence[Meant], job: Callable[[], Outcome]) -> None:
        """Run a command on many tickets; those left alone are listed with the reason."""

        def succeeded(outcome: Outcome) -> None:
            saved = len(meant) - len(outcome.skipped)
            self._env.shell.did(outcome, told_of_many(saved, outcome.skipped))
            self.done.emit(outcome)
            if outcome.skipped:
                self._show_result(saved, outcome, meant)

        self._env.tasks.run(job, succeeded, self._fail, owner=self)

    # -- inside --------------------------------------------------------------------------------------

    def _job(self, move: Move, ticket: Meant, **answers: Any) -> Callable[[], Outcome]:
        return partial(_COMMANDS[move], self._ctx, ticket.id, version=ticket.version, **answers)

    def _fail(self, error: Exception) -> None:
        self._env.shell.failed(error)
        self.refused.emit(error)

    def _refuse(self, ticket: Meant) -> None:
        """Ask what the caller was told, beginning with what the catalogue says politely."""
        ask = partial(self._move_with_reason, Move.OUT_OF_SCOPE, ticket)
        job = partial(form_queries.polite_refusal, self._ctx, ticket.id)
        self._env.tasks.run(job, ask, self._fail, owner=self)

    def _move_with_reason(self, move: Move, ticket: Meant, text: str = "") -> None:
        labels = {
            Move.REFUSE: _("What does the caller say?"),
            Move.REOPEN: _("Why is it opened again?"),
            Move.CANCEL: _("Why is it ended without work?"),
            Move.OUT_OF_SCOPE: _("What was the caller told?"),
        }
        said = term(current.texts, move)
        title = _("{move}: {ticket}").format(move=said, ticket=told([ticket]))
        reason = self._env.dialogs.ask_text(title, labels[move], text=text, action=said)
        if reason:
            self.run(self._job(move, ticket, reason=reason))

    def _mark_duplicate(self, ticket: Meant) -> None:
        said = term(current.texts, Move.DUPLICATE)
        text = self._env.dialogs.ask_text(
            _("{move}: {ticket}").format(move=said, ticket=told([ticket])),
            _("Number of the ticket it repeats"),
            action=said,
        )
        digits = (text or "").strip().lstrip("#")
        if not digits.isascii() or not digits.isdigit():
            return

        def found(other: TicketId) -> None:
            self.run(self._job(Move.DUPLICATE, ticket, duplicate_of=other))

        job = partial(queries.ticket_id_of, self._ctx, int(digits))
        self._env.tasks.run(job, found, self._fail, owner=self)

    def _edit(
        self, ticket_id: TicketId, version: int, changes: Mapping[str, Any], base: Mapping[str, Any]
    ) -> None:
        def refused(error: Exception) -> None:
            if isinstance(error, MergeNeeded):
                self._merge(ticket_id, changes, error)
            else:
                self._fail(error)

        def succeeded(outcome: Outcome) -> None:
            self._env.shell.did(outcome)
            self.done.emit(outcome)

        job = partial(
            edit_commands.edit_ticket, self._ctx, ticket_id, version=version, changes=changes, base=base
        )
        self._env.tasks.run(job, succeeded, refused, owner=self)

    def _merge(self, ticket_id: TicketId, changes: Mapping[str, Any], error: MergeNeeded) -> None:
        """Both changed the same fields: let the person choose, then save over the version they saw."""

        def known(terms: DeskTerms) -> None:
            job = partial(queries.ticket_detail, self._ctx, ticket_id)
            chosen = partial(self._edit_chosen, terms, changes, error)
            self._env.tasks.run(job, chosen, self._fail, owner=self)

        self._env.tasks.run(partial(page_queries.desk_terms, self._ctx), known, self._fail, owner=self)

    def _edit_chosen(
        self, terms: DeskTerms, changes: Mapping[str, Any], error: MergeNeeded, detail: TicketDetail
    ) -> None:
        names = Names(terms, self._env.format, detail.names)
        choices = self._env.dialogs.merge(*merge_question(error, detail, names, {}))
        if choices is None:
            return
        kept = {name: value for name, value in changes.items() if choices.get(name, True)}
        if kept:
            base = {name: getattr(detail.ticket, name) for name in kept}
            self._edit(detail.ticket.id, detail.ticket.version, kept, base)

    def _show_result(self, saved: int, outcome: Outcome, meant: Sequence[Meant]) -> None:
        if self.result_popup is None:
            self.result_popup = ResultPopup(self._page.window())
        self.result_popup.tell(saved, outcome.skipped, meant)
