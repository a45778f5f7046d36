"""What the ticket list shows: which view, which filters, which order; and what is done to views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import BadInput, FirstlineError
from app.models.entities.ids import ViewId
from app.models.entities.saved_views import SavedView, ViewSection
from app.models.entities.tickets import TicketRow
from app.services.base.context import Context
from app.services.base.names import name_in
from app.services.base.undo import Outcome
from app.services.search.rules import FilterTerm, Query, Word, parse, to_text, with_term, without
from app.services.tickets import queries, view_commands, view_queries
from app.services.tickets.listing import TicketOrder, TicketQuery, anchor_of
from app.views.base.errors import explain
from app.views.base.i18n import _, current
from app.views.base.lanes import Running
from app.views.base.page_source import PageSource, Total
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane
from app.views.tickets.list_columns import ORDERS
from app.views.tickets.list_filters import narrowed

Order = tuple[TicketOrder, bool]
"""An order and whether it is descending."""

_FIRST_QUERY = "status:open"
_SHARE = "views.share"


class ListPresenter(QObject):
    """State of the list. Owns no widgets; counts and pages are read off the window thread."""

    views_changed = Signal()  # other views, or another one is chosen
    counts_changed = Signal()
    filters_changed = Signal()  # chips, order, title
    refused = Signal(str)  # why the typed filter cannot be read, "" once it can
    unreadable = Signal(object)  # FirstlineError: there is no list to show yet
    source_ready = Signal()  # once: there is something to make a model of
    pages_stale = Signal()  # another query: begin again from the top
    refresh_asked = Signal()  # the same query: read what is visible again

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.views: Sequence[SavedView] = ()
        self.counts: Mapping[ViewId, int | None] = {}
        self.view: SavedView | None = None
        self.base = Query()
        self.typed = ""
        self.order: Order | None = None
        self.natural: Order = (TicketOrder.TIME_LEFT, False)
        self.source: PageSource[TicketQuery, TicketRow] | None = None
        self._wanted_view: int | None = None
        self._asked: Running | None = None
        self._choose_after: ViewId | None = None

    # -- reading -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read views, counts and visible rows again."""
        job = partial(view_queries.saved_views, self._ctx)
        self._env.tasks.run(job, self._keep_views, self._fail, owner=self)
        if self.source is not None:
            self.refresh_asked.emit()

    def refresh_counts(self) -> None:
        """Count the tickets of every view again."""
        views = tuple(self.views)
        job = partial(view_queries.view_counts, self._ctx, [view.query for view in views])

        def keep(counts: list[tuple[int, bool] | None]) -> None:
            self.counts = {
                view.id: None if count is None else count[0]
                for view, count in zip(views, counts, strict=True)
            }
            self.counts_changed.emit()

        self._env.tasks.run(job, keep, self._env.shell.failed, lane=Lane.LONG, owner=self)

    # -- which list ----------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The name of what is shown."""
        return _("Tickets") if self.view is None else self.name_of(self.view)

    @property
    def is_changed(self) -> bool:
        """Whether filters or order differ from the chosen view's."""
        if self.view is None:
            return not self.base.is_empty
        return to_text(self.shown_query) != to_text(_parsed(self.view.query)) or self.order != _order_of(
            self.view
        )

    @property
    def shown_query(self) -> Query:
        """The view's filters with what was typed; what cannot be read is left out."""
        return narrowed(self.base, _parsed(self.typed))

    @property
    def order_in_force(self) -> Order:
        """The order shown: the person's, else the natural one of the query."""
        return self.order or self.natural

    @property
    def layout_name(self) -> str:
        """Under which name the table's layout is remembered."""
        return f"tickets.{self.view.id}" if self.view is not None else "tickets"

    def name_of(self, view: SavedView) -> str:
        """Return a view's name in the reader's language."""
        return name_in(view.name, view.name_alt, current.code)

    def may_change(self, view: SavedView) -> bool:
        """Whether this person may rename, change or retire the view."""
        return not view.is_shared or self._ctx.actor.may(_SHARE)

    def may_share(self) -> bool:
        """Whether this person may share views."""
        return self._ctx.actor.may(_SHARE)

    def choose_view(self, view_id: int) -> None:
        """Show a view as it was saved."""
        found = next((view for view in self.views if view.id == view_id), None)
        if found is None:
            self._wanted_view = view_id
            return
        self.view = found
        self.base, self.typed = _parsed(found.query), ""
        self.order = _order_of(found)
        self.views_changed.emit()
        self._show()

    def show_query(self, text: str) -> None:
        """Show what somebody asked for elsewhere: a saved view of that query, else the query alone."""
        wanted = to_text(_parsed(text))
        same = next((view for view in self.views if to_text(_parsed(view.query)) == wanted), None)
        if same is not None:
            self.choose_view(same.id)
            return
        self.view, self.base, self.typed, self.order = None, _parsed(text), "", None
        self._wanted_view = None
        self.views_changed.emit()
        self._show()

    def restore(self, view_id: int | None, base: str, typed: str, order: Order | None) -> None:
        """Come back as it was left; takes effect with the next `refresh`."""
        self._wanted_view = view_id
        self.base, self.typed, self.order = _parsed(base), typed, order

    # -- filters and order ---------------------------------------------------------------------------

    def type_filter(self, text: str) -> None:
        """Narrow by what is in the filter field now; what cannot be read changes nothing but the hint."""
        if text != self.typed:
            self.typed = text
            if self._can_read():
                self._show()

    def take_typed(self) -> str:
        """Turn typed filters into chips (Enter); return the words that stay in the field."""
        if not self._can_read():
            return self.typed
        typed = _parsed(self.typed)
        self.base = narrowed(self.base, Query(filters=typed.filters))
        self.typed = to_text(Query(typed.words))
        self._show()
        return self.typed

    def add(self, term: FilterTerm) -> None:
        """Add a filter from the menu; values of one field join."""
        self.base = with_term(self.base, term)
        self._show()

    def replace(self, old: FilterTerm, new: FilterTerm) -> None:
        """Change one chip's value."""
        kept = tuple(new if each == old else each for each in self.base.filters)
        self.base = Query(self.base.words, kept)
        self._show()

    def remove(self, term: FilterTerm) -> None:
        """Take a chip away."""
        self.base = without(self.base, term)
        self._show()

    def remove_word(self, word: Word) -> None:
        """Take a word of the view's query away."""
        kept = tuple(each for each in self.base.words if each != word)
        self.base = Query(kept, self.base.filters)
        self._show()

    def sort_by(self, column: str, is_descending: bool) -> None:
        """Sort by a column's order; a column without one sorts nothing."""
        if column in ORDERS:
            self.order_by(ORDERS[column], is_descending)

    def order_by(self, order: TicketOrder, is_descending: bool) -> None:
        """Show the same tickets in another order."""
        self.order = (order, is_descending)
        self._show()

    def sort_naturally(self) -> None:
        """Go back to the order that suits the query."""
        self.order = None
        self._show()

    # -- saving views --------------------------------------------------------------------------------

    def save_view(self, name: str, layout: Mapping[str, Any]) -> None:
        """Save what is shown under a new name, and choose it."""
        job = partial(
            view_commands.save_view,
            self._ctx,
            name=name,
            query=to_text(self.shown_query),
            layout=self._with_order(layout),
        )

        def saved(outcome: Outcome) -> None:
            self._choose_after = None if outcome.id is None else ViewId(outcome.id)
            self._env.shell.did(outcome, _("Saved the view “{name}”").format(name=name.strip()))
            self.refresh()

        self._env.tasks.run(job, saved, self._env.shell.failed, owner=self)

    def save_changes(self, layout: Mapping[str, Any]) -> None:
        """Keep the filters shown under the chosen view's name."""
        if self.view is None:
            return
        job = partial(
            view_commands.change_view,
            self._ctx,
            self.view.id,
            version=self.view.version,
            query=to_text(self.shown_query),
            layout=self._with_order(layout),
        )
        self._choose_after = self.view.id
        self._change(job, _("Changed the view “{name}”").format(name=self.title))

    def rename_view(self, name: str) -> None:
        """Call the chosen view something else."""
        if self.view is not None:
            view = self.view
            job = partial(view_commands.rename_view, self._ctx, view.id, version=view.version, name=name)
            self._change(job, _("Renamed the view to “{name}”").format(name=name.strip()))

    def share_view(self) -> None:
        """Let everybody see the chosen view, or take a shared one back for oneself."""
        if self.view is None:
            return
        view = self.view
        owner = self._ctx.actor.person_id if view.is_shared else None
        job = partial(view_commands.share_view, self._ctx, view.id, version=view.version, owner_id=owner)
        said = _("Only you see “{name}” now") if view.is_shared else _("Everybody sees “{name}” now")
        self._change(job, said.format(name=self.title))

    def retire_view(self) -> None:
        """Take the chosen view off the list."""
        if self.view is not None:
            view = self.view
            job = partial(view_commands.retire_view, self._ctx, view.id, version=view.version)
            self._change(job, _("Removed the view “{name}”").format(name=self.title))

    # -- inside --------------------------------------------------------------------------------------

    def _change(self, job: Callable[[], Outcome], said: str) -> None:
        def changed(outcome: Outcome) -> None:
            self._env.shell.did(outcome, said)
            self.refresh()

        self._env.tasks.run(job, changed, self._env.shell.failed, owner=self)

    def _with_order(self, layout: Mapping[str, Any]) -> dict[str, Any]:
        kept = dict(layout)
        if self.order is not None:
            kept["sort"] = [self.order[0].value, self.order[1]]
        return kept

    def _keep_views(self, views: list[SavedView]) -> None:
        self.views = views
        if self._choose_after is not None:
            wanted, self._choose_after = self._choose_after, None
            self.choose_view(wanted)
        else:
            self._find_view()
        self.views_changed.emit()
        self.refresh_counts()

    def _find_view(self) -> None:
        """Stay with the chosen view; at the first time choose the wanted one or the desk's open tickets."""
        by_id = {int(view.id): view for view in self.views}
        if self.view is not None:
            gone = self.view.id not in by_id
            self.view = by_id.get(int(self.view.id))
            if gone:
                self._choose_first()
        elif self._wanted_view in by_id:
            self.view = by_id[self._wanted_view]
            if self.base.is_empty:
                self.choose_view(self.view.id)
            else:
                self._show()
        elif self.source is None and not self.base.is_empty:
            self._show()
        elif self.source is None:
            self._choose_first()
        self._wanted_view = None

    def _choose_first(self) -> None:
        desk = [view for view in self.views if view.section is ViewSection.DESK]
        first = next((view for view in desk if view.query == _FIRST_QUERY), None) or next(iter(desk), None)
        if first is not None:
            self.choose_view(first.id)
        else:
            self.show_query(_FIRST_QUERY)

    def _can_read(self) -> bool:
        try:
            parse(self.typed)
        except BadInput as error:
            self.refused.emit(self._told(error))
            return False
        self.refused.emit("")
        return True

    def _told(self, error: BadInput) -> str:
        told = explain(error, self._env.format)
        position = error.params.get("position")
        sentence = f"{told.happened} {told.advice}".strip()
        if not isinstance(position, int):
            return sentence
        return _("At character {position}: {sentence}").format(position=position + 1, sentence=sentence)

    def _show(self) -> None:
        """Make the query ready and let the rows be read; an earlier answer still on its way is dropped."""
        if self._asked is not None:
            self._asked.drop()
        self.filters_changed.emit()
        job = partial(queries.ticket_query, self._ctx, self.shown_query)
        self._asked = self._env.tasks.run(job, self._ready, self._not_ready, owner=self)

    def _ready(self, ready: TicketQuery) -> None:
        self.natural = (ready.order, ready.is_descending)
        order, is_descending = self.order_in_force
        query = ready.sorted_by(order, is_descending=is_descending)
        self.filters_changed.emit()
        if self.source is None:
            self.source = PageSource(
                self._env.tasks,
                query,
                fetch=partial(queries.ticket_page, self._ctx),
                anchor_of=anchor_of,
                count=partial(_total, partial(queries.ticket_count, self._ctx)),
                steps=partial(queries.ticket_anchors, self._ctx),
                failed=self._env.shell.failed,
            )
            self.source_ready.emit()
        else:
            self.source.query = query
            self.pages_stale.emit()

    def _not_ready(self, error: Exception) -> None:
        if isinstance(error, BadInput):
            self.refused.emit(self._told(error))
        else:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if self.source is None and isinstance(error, FirstlineError):
            self.unreadable.emit(error)
        self._env.shell.failed(error)


def _parsed(text: str) -> Query:
    """Return a query; an empty one for text that cannot be read."""
    try:
        return parse(text)
    except BadInput:
        return Query()


def _order_of(view: SavedView) -> Order | None:
    sort = view.layout.get("sort")
    if isinstance(sort, list) and len(sort) == 2 and sort[0] in set(TicketOrder):
        return TicketOrder(sort[0]), bool(sort[1])
    return None


def _total(count: Callable[[TicketQuery], tuple[int, bool]], query: TicketQuery) -> Total:
    return Total(*count(query))
