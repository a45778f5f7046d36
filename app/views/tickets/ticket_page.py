"""The page of one ticket: wires what a person does to the presenters, and shows the states of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.models.entities.errors import FirstlineError, NotFound
from app.models.entities.events import (
    CatalogueChanged,
    PeopleChanged,
    SettingsChanged,
    TicketsChanged,
)
from app.models.entities.ids import ArticleId, TicketId
from app.models.entities.tickets import Move, Ticket
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.views.base.actions import Action, ActionSet
from app.views.base.errors import explain
from app.views.base.i18n import N_, _
from app.views.base.major_words import MAJOR_ICON
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.states import EmptyState, Skeleton
from app.views.tickets.action_popups.actions import ESCALATE_KEY, TicketActions
from app.views.tickets.action_popups.major_asker import MAJOR_KEY, MAJOR_RIGHT
from app.views.tickets.clocks_bar import ClocksBar
from app.views.tickets.composer import Composer
from app.views.tickets.composer_presenter import ComposerPresenter, Mode
from app.views.tickets.desk_names import DeskNames
from app.views.tickets.detail_header import TicketHeader
from app.views.tickets.detail_presenter import TicketPresenter
from app.views.tickets.detail_state import TicketState
from app.views.tickets.detail_view import TicketView
from app.views.tickets.fact_asker import FactAsker
from app.views.tickets.inserting import Inserting
from app.views.tickets.properties import PropertiesCard
from app.views.tickets.side_cards import FilesCard, LinksCard
from app.views.tickets.side_pane import DETAILS
from app.views.tickets.ticket_popups import TicketPopups

_SKELETON_AFTER = 300


class TicketPage(Page):
    """Targets: `{"id": 17}` or `{"number": 10482}`; with `"write": "note" | "reply" | "solution"` the cursor
    stands in the composer, and `"article": article id` puts that article's steps there.
    """

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.presenter = TicketPresenter(ctx, env, self)
        self.writing = ComposerPresenter(self.presenter, self)
        self.names = DeskNames(ctx, env, self)
        self.moves = TicketActions(ctx, env, self.names, self)
        self._shown_id: TicketId | None = None
        self._write: Mode | None = None
        self._article: ArticleId | None = None
        self.popups = TicketPopups(self.presenter, self.writing, self)
        self.facts = FactAsker(self.presenter, self)
        self.view = self._make_view()
        self._skeleton = Skeleton(9, said=_("The ticket is being read"))
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_SKELETON_AFTER)
        self._build()
        self._connect()
        self.action_set = ActionSet(self, self._actions(), self.presenter.may)
        self.setFocusProxy(self.view.timeline.area)

    # -- for the window ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the ticket again; the first time a skeleton stands in if that takes long."""
        if self.presenter.state is None:
            self._waiting.start()
        self.presenter.refresh()

    def show_target(self, target: Target) -> None:
        """Show the ticket asked for; a text being written for another one is kept as its draft."""
        write = target.get("write")
        self._write = Mode(write) if write in set(Mode) else None
        article = target.get("article")
        self._article = ArticleId(article) if isinstance(article, int) else None
        ticket_id, number = target.get("id"), target.get("number")
        if isinstance(ticket_id, int):
            if ticket_id != self._shown_id:
                self._begin()
            self.presenter.open(TicketId(ticket_id))
        elif isinstance(number, int):
            self._begin()
            self.presenter.open_number(number)

    def save_state(self) -> dict[str, Any]:
        """Return which ticket is shown."""
        ticket_id = self.presenter.ticket_id
        return {} if ticket_id is None else {"id": int(ticket_id)}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Show the ticket that was shown."""
        if isinstance(state.get("id"), int):
            self.show_target({"id": state["id"]})

    def cycle_panes(self) -> None:
        """Move on: timeline, composer, properties, state."""
        view = self.view
        stops = (
            view.timeline.area,
            view.composer.text,
            view.properties.rows["location"].value,
            view.header.status,
        )
        panes = (view.timeline, view.composer, view.properties, view.header)
        here = self.window().focusWidget()
        at = next((n for n, pane in enumerate(panes) if here is not None and pane.isAncestorOf(here)), -1)
        going_to = (at + 1) % len(stops)
        if panes[going_to] is view.properties:
            view.side.show_tab(DETAILS)
        stops[going_to].setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep what is being written."""
        self.view.composer.save_draft()

    # -- building ----------------------------------------------------------------------------------

    def _make_view(self) -> TicketView:
        may = self.presenter.may
        return TicketView(
            TicketHeader(
                self.moves.may,
                may_edit=may("tickets.edit"),
                may_escalate=may("tickets.escalate"),
                may_declare=may(MAJOR_RIGHT),
            ),
            ClocksBar(),
            Composer(self.writing, Inserting(self.writing, self), self),
            PropertiesCard(self.presenter),
            LinksCard(may_link=may("tickets.link")),
            FilesCard(may_add=may("tickets.attach")),
            may,
        )

    def _build(self) -> None:
        back = Button(_("Back"), icon="chevron-left")
        back.clicked.connect(self.env.shell.back)
        self._nothing = EmptyState("inbox", _("No ticket is open"), _("Choose one in the list."), back)
        waiting = QWidget()
        QVBoxLayout(waiting).addWidget(self._skeleton)
        self._faces = QStackedLayout(self)
        self._faces.setContentsMargins(0, 0, 0, 0)
        for face in (self._nothing, waiting, self.view):
            self._faces.addWidget(face)

    def _connect(self) -> None:
        view, presenter = self.view, self.presenter
        presenter.shown.connect(self._show)
        presenter.unreadable.connect(self._show_trouble)
        self._waiting.timeout.connect(lambda: self._faces.setCurrentIndex(1))
        self.moves.done.connect(lambda _outcome: presenter.refresh())
        self.moves.refused.connect(lambda _error: presenter.refresh())
        view.header.back_asked.connect(self.env.shell.back)
        view.header.move_asked.connect(self._move)
        view.header.escalate_asked.connect(self._escalate)
        view.header.declare_asked.connect(lambda: self.moves.majors.declare(self._meant))
        view.header.withdraw_asked.connect(lambda: self.moves.majors.withdraw(self._meant))
        view.header.subject_given.connect(self._rename)
        view.header.restore_asked.connect(self.facts.restore)
        view.header.send_on_asked.connect(self.facts.send_on)
        for part in (view.header, view.clocks):
            part.tell_asked.connect(self.facts.tell)
            part.early_asked.connect(self.facts.cannot_be_in_time)
        view.properties.facts.tell_asked.connect(self.facts.tell)
        view.properties.facts.restore_asked.connect(self.facts.restore)
        view.clocks.why_asked.connect(self.popups.explain)
        view.clocks.pause_asked.connect(partial(self._move, Move.WAIT))
        view.clocks.resume_asked.connect(partial(self._move, Move.RESUME))
        view.timeline.file_asked.connect(self.popups.ask_about_file)
        view.files.file_asked.connect(self.popups.ask_about_file)
        view.files.add_asked.connect(self.writing.choose_file)
        view.properties.levels_asked.connect(self._set_levels)
        view.properties.assign_asked.connect(partial(self._move, Move.ASSIGN))
        view.properties.description_asked.connect(self.popups.edit_description)
        view.requester.masked.asked.connect(presenter.show_fact)
        view.links.open_asked.connect(lambda ticket_id: self.env.shell.open("ticket", {"id": ticket_id}))
        view.links.add_asked.connect(lambda typed: presenter.link(typed, lambda _done: view.links.added()))
        view.links.remove_asked.connect(lambda other: presenter.unlink(TicketId(other)))
        self.env.ticker.minute.connect(self._tick)
        self.refresh_on(TicketsChanged, self._concerns)
        for kind in (PeopleChanged, CatalogueChanged, SettingsChanged):
            self.env.bridge.listen(kind, self, lambda _event: self._forget_terms())

    def _actions(self) -> tuple[Action, ...]:
        def move(action_id: str, text: Any, what: Move, icon: str, key: str, permission: str) -> Action:
            return Action(
                f"ticket.{action_id}",
                text,
                partial(self._move, what),
                icon,
                key,
                permission,
                partial(self._blocked, what),
            )

        def write(mode: Mode) -> Callable[[], None]:
            return partial(self.view.composer.begin, mode)

        return (
            move("assign", N_("Assign"), Move.ASSIGN, "user-plus", "A", "tickets.assign"),
            move("take", N_("Start work"), Move.START, "play", "T", "tickets.work"),
            move("wait", N_("Set waiting"), Move.WAIT, "circle-pause", "W", "tickets.wait"),
            move("resume", N_("Resume work"), Move.RESUME, "play", "G", "tickets.wait"),
            Action("ticket.note", N_("Internal note"), write(Mode.NOTE), "lock", "N", "tickets.note"),
            Action("ticket.reply", N_("Reply"), write(Mode.REPLY), "reply", "R", "tickets.note"),
            move("solve", N_("Solve"), Move.RESOLVE, "circle-check", "E", "tickets.resolve"),
            move("close", N_("Confirm and close"), Move.CLOSE, "check-check", "C", "tickets.close"),
            move("reopen", N_("Reopen"), Move.REOPEN, "rotate-ccw", "O", "tickets.reopen"),
            Action("ticket.levels", N_("Set priority"), self._set_levels, "flag", "P", "tickets.edit"),
            Action(
                "ticket.escalate",
                N_("Escalate to the supervisor"),
                self._escalate,
                "chevrons-up",
                ESCALATE_KEY,
                "tickets.escalate",
                self._blocked_escalation,
            ),
            Action(
                "ticket.declare_major",
                N_("Declare a major incident…"),
                lambda: self.moves.majors.declare(self._meant),
                MAJOR_ICON,
                MAJOR_KEY,
                MAJOR_RIGHT,
                lambda: self.moves.majors.blocked_declaring(self._meant),
            ),
            Action(
                "ticket.withdraw_major",
                N_("Withdraw the major incident…"),
                lambda: self.moves.majors.withdraw(self._meant),
                MAJOR_ICON,
                "",
                MAJOR_RIGHT,
                lambda: self.moves.majors.blocked_withdrawing(self._meant),
            ),
            *self.facts.actions(),
            Action("ticket.status", N_("Change the state"), self._open_moves, "circle-dot", "S"),
            Action(
                "ticket.rename",
                N_("Change the subject"),
                self.view.header.edit_subject,
                "pencil",
                "F2",
                "tickets.edit",
            ),
            Action(
                "ticket.opportunity",
                N_("Note an opportunity"),
                self._note_opportunity,
                "lightbulb",
                permission="opportunities.write",
            ),
            Action("ticket.back", N_("Back"), self.env.shell.back, "chevron-left", "Alt+Left"),
        )

    def _note_opportunity(self) -> None:
        state = self.presenter.state
        if state is not None:
            found = {"note": "", "ticket": int(state.ticket.id), "number": state.number}
            self.env.shell.open("handover", found)

    # -- showing -----------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.view.composer.save_draft()
        self._waiting.start()

    def _show(self, state: TicketState) -> None:
        self._waiting.stop()
        is_other = state.ticket.id != self._shown_id
        self._shown_id = state.ticket.id
        self.view.show_state(state, is_other=is_other)
        self._faces.setCurrentWidget(self.view)
        if is_other:
            self.title_changed.emit(f"{state.number} {state.ticket.subject}")
            if self.isVisible():  # the keys of the page work where the focus is in it
                self.view.timeline.area.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.action_set is not None:
            self.action_set.refresh()
        if self._write is not None:
            mode, self._write = self._write, None
            self.view.composer.begin(mode)
        if self._article is not None:
            article, self._article = self._article, None
            self.view.composer.take_article(article)

    def _show_trouble(self, error: Exception) -> None:
        self._waiting.stop()
        self._shown_id = None
        if not isinstance(error, FirstlineError):
            return
        told = explain(error, self.env.format)
        self._nothing.title.setText(told.happened)
        gone = _("It may have been typed wrong, or belong to another database.")
        self._nothing.text.setText(gone if isinstance(error, NotFound) else told.advice)
        self._faces.setCurrentWidget(self._nothing)

    def _concerns(self, event: TicketsChanged) -> bool:
        return not event.ids or self.presenter.ticket_id in event.ids

    def _forget_terms(self) -> None:
        self.presenter.forget_terms()
        if self.isVisible():
            self.refresh()

    def _tick(self) -> None:
        if self.isVisible() and self.presenter.state is not None:
            self.presenter.refresh()

    # -- acting ------------------------------------------------------------------------------------

    @property
    def _state(self) -> TicketState | None:
        return self.presenter.state

    @property
    def _meant(self) -> tuple[Ticket, ...]:
        return (self._state.ticket,) if self._state is not None else ()

    def _blocked(self, move: Move) -> str:
        return self.moves.blocked(move, self._meant)

    def _move(self, move: Move) -> None:
        state = self._state
        if state is None:
            return
        if move is Move.RESOLVE:
            self.view.composer.begin(Mode.SOLUTION)
        elif move is Move.CLOSE:
            self.popups.confirm(state)
        else:
            self.moves.move(move, (state.ticket,))

    def _open_moves(self) -> None:
        self.view.header.status.showMenu()

    def _set_levels(self) -> None:
        if self._state is not None:
            self.moves.set_levels((self._state.ticket,))

    def _escalate(self) -> None:
        if self._state is not None:
            self.moves.escalate((self._state.ticket,))

    def _blocked_escalation(self) -> str:
        return self.moves.blocked_escalation(self._meant)

    def _rename(self, subject: str) -> None:
        state = self._state
        if state is None or subject == state.ticket.subject:
            self.view.header.end_edit()
            return

        def saved(_outcome: Outcome) -> None:
            self.view.header.end_edit()

        base = {"subject": state.ticket.subject}
        self.presenter.edit({"subject": subject}, base, state.ticket.version, saved)
