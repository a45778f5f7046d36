"""Between the three lists of the page and their presenter: who hears whom."""

from __future__ import annotations

from typing import Protocol

from app.models.entities.handover import BookEntry
from app.views.base.pages import PageEnv
from app.views.handover.book_view import BookView
from app.views.handover.lists_presenter import ListsPresenter
from app.views.handover.must_read_view import MustReadView
from app.views.handover.opportunities_view import OpportunitiesView


class Lists(Protocol):
    """The page, as far as its lists are concerned."""

    env: PageEnv
    lists: ListsPresenter
    book: BookView
    opportunities: OpportunitiesView
    must_read: MustReadView

    def open_ticket(self, ticket_id: int) -> None: ...
    def open_entry(self, entry: BookEntry) -> None: ...


def wire_lists(page: Lists) -> None:
    """Connect book, opportunities and what everybody must read."""
    lists, shell = page.lists, page.env.shell
    lists.failed.connect(shell.failed)
    lists.book_read.connect(
        lambda found: page.book.show_entries(found, has_more=lists.more_after is not None)
    )
    lists.opportunities_read.connect(lambda found: page.opportunities.show_found(found, lists.managers))
    lists.articles_read.connect(page.must_read.show_found)
    lists.noted.connect(page.opportunities.clear)
    page.book.searched.connect(lists.search)
    page.book.more_asked.connect(lists.more)
    page.book.opened.connect(page.open_entry)
    page.opportunities.noted.connect(lists.note)
    page.opportunities.forwarded.connect(lists.forward)
    page.opportunities.ended.connect(lambda one, text, won: lists.end(one, text, is_won=won))
    page.opportunities.ended_asked.connect(lists.show_ended)
    page.opportunities.ticket_asked.connect(page.open_ticket)
    page.must_read.read_asked.connect(lists.acknowledge)
    page.must_read.article_asked.connect(lambda number: shell.open("knowledge", {"id": number}))
