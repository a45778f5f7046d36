"""What the palette finds: commands at once from the actions, records from the database a moment later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.entities.people import PersonRow
from app.models.entities.tickets import TicketRow
from app.services.base.terms import term
from app.services.knowledge.queries import ArticleHit
from app.services.shell.queries import Findings, findings
from app.views.base.actions import Action
from app.views.base.i18n import _, current
from app.views.base.lanes import Running
from app.views.shell.workspace import Workspace

_EACH = 4
_COMMANDS_WHEN_EMPTY = 12
COMMANDS_ONLY, PEOPLE_ONLY, TICKETS_ONLY = ">", "@", "#"


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the palette. `note` explains `text`; `person` draws an avatar instead of the icon."""

    text: str
    note: str
    icon: str
    run: Callable[[], None]
    key: str = ""
    priority: int = 0
    person: str = ""
    words: tuple[str, ...] = ()


Groups = list[tuple[str, list[Found]]]


class Finder(QObject):
    """Answers `ask_here` at once and `ask` later, both through `found`; the newest question counts."""

    found = Signal(list)  # Groups

    def __init__(self, work: Workspace) -> None:
        super().__init__(work)
        self._work = work
        self._running: Running | None = None
        self._text = ""
        self._records: Groups = []

    def ask_here(self, text: str) -> None:
        """Find commands only."""
        self._text = text.strip()
        if not self._text:
            self._records = []
        self._tell()

    def ask(self, text: str) -> None:
        """Find records too."""
        if self._running is not None:
            self._running.drop()
        wanted, words = split(text)
        if wanted == COMMANDS_ONLY or not words:
            self._records = []
            self._tell()
            return
        job = partial(
            findings,
            self._work.session.ctx,
            words,
            with_tickets=wanted in {"", TICKETS_ONLY},
            with_articles=not wanted,
            with_people=wanted in {"", PEOPLE_ONLY},
            limit=_EACH,
        )
        self._running = self._work.place.tasks.run(job, self._keep, self._missed, owner=self)

    def _missed(self, error: Exception) -> None:
        """Half a search cannot be read yet: no toast for it, only for a database that is gone."""
        self._work.watch.hear_of(error)

    def _keep(self, records: Findings) -> None:
        words = tuple(split(self._text)[1].split())
        self._records = [
            (_("Tickets"), self._tickets(records, words)),
            (_("Articles"), [self._article(hit, words) for hit in records.articles]),
            (_("People"), [self._person(row, words) for row in records.people]),
        ]
        self._tell()

    def _tell(self) -> None:
        groups = [*self._records, (_("Commands"), self._commands())]
        self.found.emit([(title, found) for title, found in groups if found])

    def _commands(self) -> list[Found]:
        wanted, words = split(self._text)
        if wanted in {PEOPLE_ONLY, TICKETS_ONLY}:
            return []
        page = self._work.stack.page
        actions = [*(page.actions_shown if page is not None else ())]
        actions += self._work.action_set.actions if self._work.action_set is not None else ()
        asked = tuple(words.casefold().split())
        hits = [
            action
            for action in actions
            if not action.reason and action.id != "shell.palette" and _fits(str(action.text), asked)
        ]
        most = _COMMANDS_WHEN_EMPTY if not self._records else _EACH
        return [_command(action, asked) for action in hits[:most]]

    def _tickets(self, records: Findings, words: tuple[str, ...]) -> list[Found]:
        rows = [hit.row for hit in records.tickets]
        numbered = records.numbered
        if numbered is not None:
            rows = [numbered, *(row for row in rows if row.id != numbered.id)]
        return [self._ticket(row, words) for row in rows[:_EACH]]

    def _ticket(self, row: TicketRow, words: tuple[str, ...]) -> Found:
        parts = (self._number(row.number), row.requester_name, term(current.texts, row.status))
        return Found(
            row.subject,
            " · ".join(part for part in parts if part),
            "inbox",
            partial(self._work.open, "ticket", {"id": row.id}),
            priority=row.priority_now,
            words=words,
        )

    def _number(self, number: int) -> str:
        return f"{self._work.session.site.number_prefix}{number}"

    def _article(self, hit: ArticleHit, words: tuple[str, ...]) -> Found:
        run = partial(self._work.open, "knowledge", {"id": hit.row.id})
        row = hit.row
        note = f"KB-{row.number:04d}"
        judged = row.helped_count + row.not_helped_count
        if judged:
            share = self._work.format.percent(row.helped_count / judged)
            note += " · " + _("helped {share}").format(share=share)
        return Found(row.title, note, "book-open", run, words=words)

    def _person(self, row: PersonRow, words: tuple[str, ...]) -> Found:
        parts = (row.company, row.department, row.phone)
        run = partial(self._work.open, "new_ticket", {"caller": row.id})
        return Found(
            row.name, " · ".join(part for part in parts if part), "user", run, person=row.name, words=words
        )


def split(text: str) -> tuple[str, str]:
    """Return which kind is wanted (">", "@", "#" or "" for all) and the words after it."""
    text = text.strip()
    if text[:1] in {COMMANDS_ONLY, PEOPLE_ONLY, TICKETS_ONLY}:
        return text[0], text[1:].strip()
    return "", text


def _fits(text: str, asked: tuple[str, ...]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in asked)


def _command(action: Action, asked: tuple[str, ...]) -> Found:
    return Found(str(action.text), "", action.icon or "zap", action.run, key=action.shortcut, words=asked)
