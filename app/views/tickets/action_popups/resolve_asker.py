"""Solving a ticket: reads what it has and what may be chosen, asks for the rest, hands the command on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.catalogue import Gate
from app.models.entities.settings import CodeItem, CodeKind
from app.models.entities.ticket_pages import TicketDetail
from app.models.entities.tickets import Ticket
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.knowledge import queries as knowledge_queries
from app.services.knowledge.queries import ArticleHit
from app.services.settings import queries as settings_queries
from app.services.tickets import commands, queries
from app.views.base.pages import PageEnv
from app.views.tickets.action_popups.meant import Meant
from app.views.tickets.action_popups.resolve import FittingArticle, ResolvePopup

Job = Callable[[], Outcome]
_CLOSE = "tickets.close"


@dataclass(slots=True)
class _Gathered:
    """What must be known before the popup is shown."""

    solution: str
    ticket: Ticket | None = None
    codes: dict[CodeKind, list[CodeItem]] = field(default_factory=dict)
    demands: Mapping[Gate, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        return self.ticket is not None and len(self.codes) == len(CodeKind)


class ResolveAsker(QObject):
    """Asks how a ticket was solved."""

    def __init__(self, ctx: Context, env: PageEnv, page: QWidget, run: Callable[[Job], None]) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._page = page
        self._run = run
        self.popup: ResolvePopup | None = None

    def ask(self, meant: Meant, solution: str) -> None:
        """Read the ticket and the code lists, then ask."""
        gathered = _Gathered(solution)

        def with_ticket(detail: TicketDetail) -> None:
            gathered.ticket, gathered.demands = detail.ticket, detail.demands
            self._open_if(gathered)

        def with_codes(kind: CodeKind, items: list[CodeItem]) -> None:
            gathered.codes[kind] = items
            self._open_if(gathered)

        run, failed = self._env.tasks.run, self._env.shell.failed
        for kind in CodeKind:
            run(
                partial(settings_queries.code_items, self._ctx, kind),
                partial(with_codes, kind),
                failed,
                owner=self,
            )
        run(partial(queries.ticket_detail, self._ctx, meant.id), with_ticket, failed, owner=self)

    def _open_if(self, gathered: _Gathered) -> None:
        if not gathered.is_complete or gathered.ticket is None:
            return
        if self.popup is None:
            self.popup = ResolvePopup(self._page.window(), may_close=self._ctx.actor.may(_CLOSE))
            self.popup.confirmed.connect(lambda: self._confirmed(commands.resolve))
            self.popup.solved_now.connect(lambda: self._confirmed(commands.solve_now))
        popup, ticket = self.popup, gathered.ticket
        causes, codes = gathered.codes[CodeKind.CAUSE], gathered.codes[CodeKind.RESOLUTION]
        popup.ask(ticket, causes, codes, 1, gathered.demands)
        popup.start_with(gathered.solution)
        text = f"{ticket.subject} {ticket.description}"
        job = partial(knowledge_queries.suggested_articles, self._ctx, text, category_id=ticket.category_id)
        # Whoever may not read articles can still say that none fits.
        self._env.tasks.run(job, partial(self._offer, ticket), lambda _error: None, owner=popup)

    def _offer(self, ticket: Ticket, hits: list[ArticleHit]) -> None:
        if self.popup is not None and self.popup.ticket is ticket:
            self.popup.show_articles([FittingArticle(hit.row.id, hit.row.title) for hit in hits])

    def _confirmed(self, command: Callable[..., Outcome]) -> None:
        popup = self.popup
        if popup is None or popup.ticket is None:
            return
        ticket, resolution = popup.ticket, popup.resolution
        popup.close_now()
        self._run(partial(command, self._ctx, ticket.id, resolution, version=ticket.version))
