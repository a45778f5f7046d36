"""Saving, changing, sharing and retiring views. Each function is one transaction.

Everybody keeps views of their own; what all see is changed only by those who may share.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from app.models.entities.errors import BadInput, NotAllowed, RuleViolation
from app.models.entities.events import ViewsChanged
from app.models.entities.ids import PersonId, ViewId
from app.models.entities.saved_views import SavedView
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.search.rules import parse
from app.services.tickets.view_queries import load_view

LONGEST_NAME = 80
_SHARE = "views.share"


@command(permission="tickets.read")
def save_view(
    ctx: Context,
    tx: Transaction,
    *,
    name: str,
    query: str,
    name_alt: str = "",
    layout: Mapping[str, Any] | None = None,
) -> Outcome:
    """Save a list under a name, for oneself; it stands last.

    Whoever is nobody in the database (the console) saves it for everybody, and needs the right to.

    Raises:
        RuleViolation: no name.
        BadInput: the name is too long, or the query cannot be read.
        NotAllowed: see above.
    """
    owner = ctx.actor.person_id
    _require_hand(ctx, tx, owner)
    parse(query)
    last = tx.value("SELECT COALESCE(MAX(position), 0) FROM saved_view")
    view_id = ViewId(
        tx.insert(
            "saved_view",
            {
                "owner_id": owner,
                "name": _checked(name),
                "name_alt": name_alt.strip()[:LONGEST_NAME],
                "query": query.strip(),
                "columns": json.dumps(dict(layout or {})),
                "position": int(last) + 1,
                "is_active": True,
                "version": 1,
            },
        )
    )
    tx.announce(ViewsChanged(frozenset({int(view_id)})))
    undo = Undo("views.saved", partial(retire_view, ctx, view_id, version=1), {"name": name.strip()})
    return Outcome(view_id, 1, undo)


@command(permission="tickets.read")
def change_view(
    ctx: Context,
    tx: Transaction,
    view_id: ViewId,
    *,
    version: int,
    query: str,
    layout: Mapping[str, Any] | None = None,
) -> Outcome:
    """Keep other filters, and another layout if one is given, under the same name.

    Raises:
        BadInput: the query cannot be read.
        NotFound, NotAllowed, StaleRecord: it is gone, not one's own, or saved by somebody since.
    """
    before = _own(ctx, tx, view_id)
    parse(query)
    kept = before.layout if layout is None else layout
    new_version = _save(tx, before, version, {"query": query.strip(), "columns": json.dumps(dict(kept))})
    back = partial(
        change_view, ctx, view_id, version=new_version, query=before.query, layout=dict(before.layout)
    )
    return _changed(view_id, new_version, before, back)


@command(permission="tickets.read")
def rename_view(
    ctx: Context, tx: Transaction, view_id: ViewId, *, version: int, name: str, name_alt: str = ""
) -> Outcome:
    """Call a view something else; without `name_alt` it has the same name in both languages.

    Raises:
        RuleViolation: no name.
        BadInput: the name is too long.
        NotFound, NotAllowed, StaleRecord: as `change_view`.
    """
    before = _own(ctx, tx, view_id)
    values = {"name": _checked(name), "name_alt": name_alt.strip()[:LONGEST_NAME]}
    new_version = _save(tx, before, version, values)
    back = partial(rename_view, ctx, view_id, version=new_version, name=before.name, name_alt=before.name_alt)
    return _changed(view_id, new_version, before, back)


@command(permission="tickets.read")
def retire_view(ctx: Context, tx: Transaction, view_id: ViewId, *, version: int) -> Outcome:
    """Take a view off the list. Nothing is ever deleted: `restore_view` brings it back.

    Raises:
        NotFound, NotAllowed, StaleRecord: as `change_view`.
    """
    before = _own(ctx, tx, view_id)
    new_version = _save(tx, before, version, {"is_active": False})
    back = partial(restore_view, ctx, view_id, version=new_version)
    return Outcome(view_id, new_version, Undo("views.retired", back, {"name": before.name}))


@command(permission="tickets.read")
def restore_view(ctx: Context, tx: Transaction, view_id: ViewId, *, version: int) -> Outcome:
    """Put a retired view back on the list.

    Raises:
        NotFound, NotAllowed, StaleRecord: as `change_view`.
    """
    before = _own(ctx, tx, view_id)
    new_version = _save(tx, before, version, {"is_active": True})
    back = partial(retire_view, ctx, view_id, version=new_version)
    return Outcome(view_id, new_version, Undo("views.restored", back, {"name": before.name}))


@command(permission=_SHARE)
def share_view(
    ctx: Context, tx: Transaction, view_id: ViewId, *, version: int, owner_id: PersonId | None = None
) -> Outcome:
    """Let everybody see a view; with `owner_id`, give a shared one back to that person alone.

    Raises:
        NotFound, NotAllowed, StaleRecord: as `change_view`.
    """
    before = _own(ctx, tx, view_id)
    new_version = _save(tx, before, version, {"owner_id": owner_id})
    back = partial(share_view, ctx, view_id, version=new_version, owner_id=before.owner_id)
    return _changed(view_id, new_version, before, back)


def _own(ctx: Context, tx: Transaction, view_id: ViewId) -> SavedView:
    view = load_view(tx, view_id)
    _require_hand(ctx, tx, view.owner_id)
    return view


def _require_hand(ctx: Context, tx: Transaction, owner: PersonId | None) -> None:
    """One's own views are one's own; those of all need the right; another person's are nobody's business."""
    is_mine = owner is not None and owner == ctx.actor.person_id
    if is_mine or (owner is None and ctx.actor.may(_SHARE)):
        return
    rows = tx.rows(
        "SELECT role.name FROM role JOIN role_permission ON role_permission.role_id = role.id"
        " WHERE role_permission.permission = ? AND role.is_active = true ORDER BY role.id",
        (_SHARE,),
    )
    raise NotAllowed("access.not_allowed", permission=_SHARE, who=[row[0] for row in rows])


def _checked(name: str) -> str:
    name = name.strip()
    if not name:
        raise RuleViolation("views.name_missing")
    if len(name) > LONGEST_NAME:
        raise BadInput("views.name_too_long", longest=LONGEST_NAME)
    return name


def _save(tx: Transaction, before: SavedView, version: int, values: Mapping[str, object]) -> int:
    new_version = tx.update_versioned("saved_view", before.id, version, values)
    tx.announce(ViewsChanged(frozenset({int(before.id)})))
    return new_version


def _changed(view_id: ViewId, version: int, before: SavedView, back: partial[Outcome]) -> Outcome:
    return Outcome(view_id, version, Undo("views.changed", back, {"name": before.name}))
