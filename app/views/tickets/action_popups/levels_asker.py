"""Setting a priority: reads matrix and ticket, shows promises while one moves, hands the command on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.models.entities.sla import ClockKind
from app.models.entities.ticket_pages import PromisePreview, TicketDetail
from app.models.entities.tickets import Ticket
from app.services.base.context import Context
from app.services.base.terms import priority_title
from app.services.base.undo import Outcome
from app.services.settings import queries as settings_queries
from app.services.settings.current import SITE_DOCUMENT
from app.services.tickets import edit_commands, queries
from app.views.base.i18n import _, current
from app.views.base.pages import PageEnv
from app.views.tickets.action_popups.levels import LevelsPopup
from app.views.tickets.action_popups.meant import Meant

Job = Callable[[], Outcome]
_OVERRULE = "priority.override"


class LevelsAsker(QObject):
    """Asks for impact and urgency of one ticket or of many."""

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        page: QWidget,
        run: Callable[[Job], None],
        run_many: Callable[[Sequence[Meant], Job], None],
        edit: Callable[[Ticket, Mapping[str, Any]], None],
    ) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._page = page
        self._run = run
        self._run_many = run_many
        self._edit = edit
        self.popup: LevelsPopup | None = None

    def ask(self, meant: Sequence[Meant]) -> None:
        """Read the matrix, and the ticket if it is only one, then ask with what holds for their types."""

        def read(config: ConfigVersion) -> None:
            matrix = MatrixDefinition.from_dict(config.body)
            if len(meant) > 1:
                self._open(meant, matrix, None)
                return
            job = partial(queries.ticket_detail, self._ctx, meant[0].id)
            self._env.tasks.run(job, partial(self._with_ticket, meant, matrix), failed, owner=self)

        failed = self._env.shell.failed
        job = partial(settings_queries.current_config, self._ctx, ConfigKind.MATRIX, SITE_DOCUMENT)
        self._env.tasks.run(job, read, failed, owner=self)

    def _with_ticket(self, meant: Sequence[Meant], matrix: MatrixDefinition, detail: TicketDetail) -> None:
        self._open(meant, matrix, detail.ticket)

    def _open(self, meant: Sequence[Meant], matrix: MatrixDefinition, ticket: Ticket | None) -> None:
        if self.popup is None:
            may_overrule = self._ctx.actor.may(_OVERRULE)
            self.popup = LevelsPopup(self._page.window(), may_overrule=may_overrule)
            self.popup.confirmed.connect(self._confirmed)
            self.popup.previewed.connect(self._preview)
            self.popup.overruled.connect(self._overrule)
            self.popup.matrix_asked.connect(self._follow_matrix)
        self.popup.ask(meant, matrix, ticket)
        if ticket is not None:
            self._preview(ticket.impact, ticket.urgency)

    def _preview(self, impact: int, urgency: int) -> None:
        popup = self.popup
        if popup is None or popup.ticket is None:
            return
        ticket = popup.ticket
        job = partial(
            queries.promise_preview,
            self._ctx,
            ticket_type=ticket.type,
            impact=impact,
            urgency=urgency,
            category_id=ticket.category_id,
            service_id=ticket.service_id,
            requester_id=ticket.requester_id,
        )

        def show(preview: PromisePreview) -> None:
            if popup.cell == (impact, urgency):
                popup.show_promise(self._told(preview))

        self._env.tasks.run(job, show, lambda _error: None, owner=popup)

    def _told(self, preview: PromisePreview) -> str:
        if preview.priority is None:
            return ""
        said = priority_title(current.texts, preview.priority)
        seconds = preview.allowed_seconds.get(ClockKind.RESOLUTION)
        due = preview.due.get(ClockKind.RESOLUTION)
        if seconds is None or due is None:
            return _("{priority}: nothing is promised").format(priority=said)
        # What was used up stays used up; this is the promise of a ticket received now.
        when = self._env.format.when(due, self._ctx.clock.now())
        return _("{priority}: a new ticket would be due {time}").format(priority=said, time=when)

    def _confirmed(self) -> None:
        popup = self.popup
        if popup is None or popup.cell is None:
            return
        impact, urgency = popup.cell
        popup.close_now()
        changes = {"impact": impact, "urgency": urgency}
        if popup.ticket is not None:
            self._edit(popup.ticket, changes)
        else:
            seen = tuple((ticket.id, ticket.version) for ticket in popup.meant)
            many = partial(edit_commands.edit_many, self._ctx, seen, changes=changes)
            self._run_many(popup.meant, many)

    def _overrule(self) -> None:
        popup = self.popup
        if popup is None or popup.ticket is None or not popup.text:
            return
        popup.close_now()
        self._run(
            partial(
                edit_commands.override_priority,
                self._ctx,
                popup.ticket.id,
                version=popup.ticket.version,
                priority=popup.level,
                reason=popup.text,
            )
        )

    def _follow_matrix(self) -> None:
        popup = self.popup
        if popup is not None and popup.ticket is not None:
            popup.close_now()
            ticket = popup.ticket
            self._run(partial(edit_commands.follow_matrix, self._ctx, ticket.id, version=ticket.version))
