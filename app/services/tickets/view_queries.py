"""What is asked about saved views: which there are for me, and how many tickets each holds now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from app.models.entities.errors import BadInput, NotFound
from app.models.entities.ids import PersonId, ViewId
from app.models.entities.saved_views import SavedView, ViewSection
from app.models.transactions import Reader, Row
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.resources import resource_path
from app.services.search.fields import ME
from app.services.search.rules import parse
from app.services.settings import declared
from app.services.settings.current import load_config
from app.services.tickets.listing import count_rows, make_ready


@query(permission="tickets.read")
def saved_views(ctx: Context, read: Reader) -> list[SavedView]:
    """Return the shared views and this person's own, in their order."""
    rows = read.rows(
        f"{_VIEW} WHERE is_active = true AND (owner_id IS NULL OR owner_id = ?) ORDER BY position, id",
        (ctx.actor.person_id or 0,),
    )
    return [_view(row) for row in rows]


@query(permission="tickets.read")
def view_counts(ctx: Context, read: Reader, texts: Sequence[str]) -> list[tuple[int, bool] | None]:
    """Return how many tickets each query finds now, and whether that is exact.

    None for one that cannot be read any more, such as a view of a team that was renamed.
    """
    now = ctx.clock.now()
    timezone = load_config(read).settings[declared.TIMEZONE]
    counts: list[tuple[int, bool] | None] = []
    for text in texts:
        try:
            ready = make_ready(read, parse(text), me=ctx.actor.person_id, timezone=timezone)
        except BadInput:
            counts.append(None)
        else:
            counts.append(count_rows(read, ready, now))
    return counts


# --- what commands share ---------------------------------------------------------------------------


def load_view(read: Reader, view_id: ViewId) -> SavedView:
    """Return one view, retired or not. NotFound `settings.entry_missing`."""
    row = read.one(f"{_VIEW} WHERE id = ?", (view_id,))
    if row is None:
        raise NotFound("settings.entry_missing", id=view_id)
    return _view(row)


_VIEW = "SELECT id, owner_id, name, name_alt, query, columns, position, version FROM saved_view"


def _view(row: Row) -> SavedView:
    owner = None if row[1] is None else PersonId(row[1])
    return SavedView(
        ViewId(row[0]),
        owner,
        row[2],
        row[3],
        row[4],
        _section(owner, row[4]),
        row[6],
        row[7],
        _layout(row[5]),
    )


def _layout(text: str) -> Mapping[str, Any]:
    layout = json.loads(text)
    return layout if isinstance(layout, dict) else {}


def _section(owner: PersonId | None, text: str) -> ViewSection:
    if owner is not None:
        return ViewSection.MINE
    if text in _shipped_sections():
        return _shipped_sections()[text]
    try:
        asks_for_me = any(ME in term.values for term in parse(text).filters)
    except BadInput:
        asks_for_me = False
    return ViewSection.MINE if asks_for_me else ViewSection.SHARED


@cache
def _shipped_sections() -> Mapping[str, ViewSection]:
    """The headings of the shipped views by their query: the table keeps none, so that a person's view
    never needs one."""
    shipped = json.loads(resource_path("defaults", "views.json").read_text("utf-8"))["views"]
    return {view["query"]: ViewSection(view["group"]) for view in shipped}
