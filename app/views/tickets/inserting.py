"""What can be inserted while writing: knowledge articles, and the desk's texts kept ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.ids import ArticleId
from app.models.entities.knowledge import Article
from app.models.entities.settings import Script, Situation
from app.services.catalogue.rules import match_grade
from app.services.knowledge.queries import ArticleHit
from app.services.settings.script_rendering import render_script
from app.views.base.i18n import _
from app.views.tickets.composer_presenter import ComposerPresenter
from app.views.tickets.detail_names import article_number, in_reader_language
from app.views.tickets.detail_state import TicketState
from app.views.tickets.insert_popup import Insertable, InsertPopup, plain_text

_NO_MATCH = 9  # what `match_grade` says of an entry that does not fit


class Inserting(QObject):
    """Opens the popups over the page's window; each is made when it is first needed."""

    def __init__(self, presenter: ComposerPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._presenter = presenter
        self._page = page
        self.articles: InsertPopup | None = None
        self.templates: InsertPopup | None = None
        self._take_article: Callable[[Article], None] | None = None
        self._take_text: Callable[[str], None] | None = None
        self._state: TicketState | None = None
        self._is_reply = False

    def article(self, take: Callable[[Article], None]) -> None:
        """Let the person find an article; `take` gets it whole."""
        self._take_article = take
        if self.articles is None:
            self.articles = self._popup(_("Insert an article"), _("Search the knowledge base"))
            self.articles.asked.connect(self._find_articles)
            self.articles.taken.connect(self._read_article)
        self.articles.start()

    def template(self, state: TicketState, take: Callable[[str], None], *, is_reply: bool = False) -> None:
        """Let the person choose a kept text; `take` gets it with its variables filled in.

        For a reply, the texts that tell a user how it goes come first.
        """
        self._take_text = take
        self._is_reply = is_reply
        self._state = state
        if self.templates is None:
            self.templates = self._popup(_("Insert a text kept ready"), _("Name of the text"))
            self.templates.asked.connect(self._find_templates)
            self.templates.taken.connect(self._fill_template)
        self.templates.start()

    def _popup(self, title: str, placeholder: str) -> InsertPopup:
        popup = InsertPopup(self._page.window(), title, placeholder)
        self._page.destroyed.connect(popup.deleteLater)
        return popup

    def _find_articles(self, typed: str) -> None:
        self._presenter.find_articles(typed, self._show_articles)

    def _show_articles(self, hits: Sequence[ArticleHit]) -> None:
        if self.articles is None:
            return
        self.articles.offer(
            [
                Insertable(
                    int(hit.row.id),
                    f"{article_number(hit.row.number)}  {hit.row.title}",
                    plain_text("".join(text for text, _is_hit in hit.snippet)),
                    "book-open",
                )
                for hit in hits
            ]
        )

    def _read_article(self, article_id: int) -> None:
        if self._take_article is not None:
            self._presenter.read_article(ArticleId(article_id), self._take_article)

    def _find_templates(self, typed: str) -> None:
        if self.templates is not None and self._state is not None:
            fitting = [script for script in self._state.terms.scripts if _fits(script, typed)]
            if self._is_reply:
                fitting.sort(key=lambda script: script.details.situation is not Situation.PROGRESS)
            self.templates.offer([self._offer(script) for script in fitting])

    def _offer(self, script: Script) -> Insertable:
        details = script.details
        name = in_reader_language(details.name, details.name_alt)
        return Insertable(script.id, name, self._text(script), "file-text")

    def _fill_template(self, script_id: int) -> None:
        if self._state is None or self._take_text is None:
            return
        script = next((one for one in self._state.terms.scripts if one.id == script_id), None)
        if script is not None:
            self._take_text(self._text(script))

    def _text(self, script: Script) -> str:
        state = self._state
        body = in_reader_language(script.details.body, script.details.body_alt)
        if state is None:
            return body
        ticket, requester = state.ticket, state.around.requester
        due = ticket.promised_at or ticket.resolution_due_at  # what the user knows goes before
        next_update, now = state.around.outlook.next_update_at, state.detail.read_at
        me = self._presenter.ctx.actor
        return render_script(
            body,
            {
                "agent": state.names.person(me.person_id) or me.name,
                "caller": state.names.person(ticket.requester_id) if requester else "",
                "desk_phone": state.terms.desk_phone,
                "number": state.number,
                "subject": ticket.subject,
                "due": state.format.when(due, now) if due else "",
                "next_update": state.format.when(next_update, now) if next_update else "",
                "team": state.names.team(ticket.team_id),
            },
        )


def _fits(script: Script, typed: str) -> bool:
    details = script.details
    return match_grade(typed, details.code, details.name, details.name_alt) < _NO_MATCH
