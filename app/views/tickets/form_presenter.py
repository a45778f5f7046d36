"""What the form of a new ticket knows and asks: choices, caller, promise in advance, live helpers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.entities.ids import ArticleId, PersonId, ServiceId
from app.models.entities.people import PersonDetails
from app.models.entities.ticket_pages import PromisePreview
from app.models.entities.tickets import TicketType
from app.services.announcements.queries import announcements_in_force
from app.services.base.clock import FixedClock
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.knowledge import queries as knowledge
from app.services.people import commands as people_commands
from app.services.people import queries as people
from app.services.tickets import desk_queries, form_queries, queries
from app.services.tickets.form_choices import Caller, FormChoices, read_caller, read_form_choices
from app.services.tickets.suggesting_queries import suggested_for
from app.views.base.lanes import Running
from app.views.base.tasks import Tasks
from app.views.tickets.form_values import FormValues

T = TypeVar("T")

TYPING_PAUSE = 250
"""Milliseconds of rest after a key before articles and similar tickets are looked for."""
MOST_ARTICLES = 3
_LEAST_TEXT = 2


class FormPresenter(QObject):
    """Owns no widgets. Whatever it finds it tells by a signal; an older answer never follows a newer one."""

    choices_ready = Signal(object)  # FormChoices
    callers_found = Signal(object)  # list[PersonRow]
    caller_known = Signal(object)  # Caller, or None
    caller_added = Signal(object)  # Outcome
    promised = Signal(object)  # PromisePreview, or None while too little is known
    articles_found = Signal(object)  # list[ArticleHit]
    similar_found = Signal(object)  # list[TicketHit]
    same_service_found = Signal(object)  # SameService, or None
    suggested = Signal(object, object)  # TeamId, Suggestion
    announced_read = Signal(object)  # list[Announcement] in force
    article_read = Signal(object)  # Article
    failed = Signal(object)

    def __init__(self, ctx: Context, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks
        self.choices: FormChoices | None = None
        self.caller: Caller | None = None
        self.opened_at: datetime = ctx.clock.now()
        self._values = FormValues()
        self._running: dict[str, Running] = {}
        self._asked: dict[str, object] = {}
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE)
        self._typing.timeout.connect(self.ask_helpers)

    # -- a call begins -----------------------------------------------------------------------------

    def begin(self, opened_at: datetime | None = None) -> None:
        """A new call: the clock of its promise begins now, or when its draft was opened."""
        self.opened_at = opened_at or self._ctx.clock.now()
        self._values = FormValues()
        self._asked.clear()
        self._typing.stop()
        self._know_caller(None)
        self.promised.emit(None)
        self.articles_found.emit([])
        self.similar_found.emit([])
        self.same_service_found.emit(None)

    def read_choices(self) -> None:
        """Read what the form offers, anew; what the form says is asked for again with it."""
        self._asked.clear()
        self._run("choices", partial(read_form_choices, self._ctx), self._take_choices)
        self.read_announced()

    def read_announced(self) -> None:
        """Read what is announced now."""
        job = partial(announcements_in_force, self._ctx)
        self._run("announced", job, self.announced_read.emit)

    def look(self, values: FormValues) -> None:
        """Take notice of what the form says now; what follows from it is asked for."""
        self._values = values
        if self._is_new("caller", values.requester_id):
            self.take_caller(values.requester_id)
        self.ask_promise(values.cell)
        if self._is_new("suggested", (values.category_id, self.choices is not None)):
            self.ask_suggested()
        helpers = (values.text, values.category, values.service)
        if self._is_new("helpers", helpers):
            self._typing.start()

    def rest(self) -> None:
        """Ask nothing more while nobody sees the form."""
        self._typing.stop()
        self._asked.pop("helpers", None)

    # -- the caller --------------------------------------------------------------------------------

    def find_callers(self, text: str) -> None:
        """Look for who may be calling."""
        self._run("callers", partial(people.find_callers, self._ctx, text), self.callers_found.emit)

    def take_caller(self, person_id: PersonId | None) -> None:
        """Show who is calling; None for nobody."""
        if person_id is None:
            self._know_caller(None)
            return
        self._run("caller", partial(read_caller, self._ctx, person_id), self._know_caller)

    def add_caller(self, details: PersonDetails) -> None:
        """Add somebody nobody knew before and take them as the caller."""
        job = partial(people_commands.add_person, self._ctx, details)
        self._run("add_caller", job, self._on_added)

    # -- promise and helpers -----------------------------------------------------------------------

    def ask_promise(self, cell: tuple[int, int] | None) -> None:
        """Show the promise of a cell, chosen or only looked at; asked once for the same question."""
        values = self._values
        if cell is None:
            self._asked.pop("promise", None)
            self._drop("promise")
            self.promised.emit(None)
            return
        question: dict[str, Any] = {
            "ticket_type": TicketType(values.type),
            "impact": cell[0],
            "urgency": cell[1],
            "category_id": values.category_id,
            "service_id": values.service_id,
            "requester_id": values.requester_id,
            "priority": values.priority,
        }
        if self._is_new("promise", (question, self.opened_at)):
            # Promised from the moment the form was opened: the clocks of the saved ticket begin then.
            then = replace(self._ctx, clock=FixedClock(self.opened_at))
            self._run("promise", partial(queries.promise_preview, then, **question), self._tell_promise)

    def ask_suggested(self) -> None:
        """Ask whom the roster suggests of the category's team; without that right nobody is."""
        category = self._values.category_id
        teams = self.choices.category_teams if self.choices is not None else {}
        team = teams.get(category) if category is not None else None
        if team is None or not self._ctx.actor.may("roster.read"):
            self._drop("suggested")
            return
        job = partial(suggested_for, self._ctx, team, category)
        self._run("suggested", job, partial(self.suggested.emit, team))

    def ask_helpers(self) -> None:
        """Look for articles and tickets that fit what is typed, and for others with the same trouble."""
        values = self._values
        text = values.text
        has_text = len(text) >= _LEAST_TEXT
        # A category's own articles are offered before a word is typed.
        if (has_text or values.category_id is not None) and self._ctx.actor.may("knowledge.read"):
            suggest = partial(
                knowledge.suggested_articles,
                self._ctx,
                text if has_text else "",
                category_id=values.category_id,
                limit=MOST_ARTICLES,
            )
            self._run("articles", suggest, self.articles_found.emit)
        else:
            self._drop("articles")
            self.articles_found.emit([])
        if not has_text:
            self._drop("similar")
            self.similar_found.emit([])
        else:
            similar = partial(desk_queries.similar_tickets, self._ctx, text)
            self._run("similar", similar, self.similar_found.emit)
        self._ask_same_service(values.service_id)

    def read_article(self, article_id: int) -> None:
        """Read an article whole, to use it."""
        job = partial(knowledge.article, self._ctx, ArticleId(article_id))
        self._run("article", job, self.article_read.emit)

    # -- inside ------------------------------------------------------------------------------------

    def _ask_same_service(self, service_id: ServiceId | None) -> None:
        if service_id is None:
            self._drop("same")
            self.same_service_found.emit(None)
            return
        job = partial(form_queries.same_service_today, self._ctx, service_id)
        self._run("same", job, self.same_service_found.emit)

    def _take_choices(self, choices: FormChoices) -> None:
        self.choices = choices
        self.choices_ready.emit(choices)

    def _know_caller(self, caller: Caller | None) -> None:
        if caller is None:
            self._drop("caller")
        self.caller = caller
        self.caller_known.emit(caller)

    def _on_added(self, outcome: Outcome) -> None:
        self.caller_added.emit(outcome)

    def _tell_promise(self, preview: PromisePreview) -> None:
        self.promised.emit(preview)

    def _is_new(self, what: str, question: object) -> bool:
        if self._asked.get(what) == question:
            return False
        self._asked[what] = question
        return True

    def _drop(self, *whats: str) -> None:
        for what in whats:
            running = self._running.pop(what, None)
            if running is not None:
                running.drop()

    def _run(self, what: str, job: Callable[[], T], done: Callable[[T], None]) -> None:
        """Ask one thing; an answer still on its way to the same question before is dropped."""
        self._drop(what)
        self._running[what] = self._tasks.run(job, done, partial(self._fail, what), owner=self)

    def _fail(self, what: str, error: Exception) -> None:
        self._running.pop(what, None)
        self.failed.emit(error)
