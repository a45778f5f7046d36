"""Who decides on whose leave, read inside a query or a command (S4-20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app.models.entities.ids import PersonId
from app.models.entities.leave import LeaveRequest
from app.models.entities.roster import ShiftKind
from app.models.transactions import Reader
from app.services.base.command import require
from app.services.base.context import Context
from app.services.leave.routing import Superiors
from app.services.roster.planned import load_leaves, load_terms
from app.services.roster.superiors import superiors_of, terms_of
from app.services.settings import declared
from app.services.settings.current import load_config

DECIDES = "roster.approve"


def load_superiors(read: Reader, now: datetime) -> Superiors:
    """Return who is over whom, and who is away on the site's date of an instant.

    Away is who has an absence planned that day, or approved leave; who has left the desk for an hour is not.
    """
    today = now.astimezone(ZoneInfo(load_config(read).settings[declared.TIMEZONE])).date()
    rows = read.rows("SELECT id, department_id, is_active, is_staff FROM person WHERE is_staff = true")
    terms = terms_of([(PersonId(row[0]), row[1]) for row in rows], load_terms(read))
    planned = read.rows(
        "SELECT person_id FROM assignment JOIN shift_template ON shift_template.id = template_id"
        " WHERE on_date = ? AND shift_template.kind = ?",
        (today.isoformat(), ShiftKind.ABSENCE.value),
    )
    retired = {PersonId(row[0]) for row in rows if not row[2]}
    left = {one for one, each in terms.items() if each.left_on is not None and each.left_on < today}
    over = superiors_of(terms)
    known = {PersonId(row[0]) for row in rows}
    return Superiors(
        superiors=over,
        substitutes={
            one: each.substitute_id for one, each in terms.items() if each.substitute_id is not None
        },
        absent=frozenset(row[0] for row in planned)
        | frozenset(leave.person_id for leave in load_leaves(read, today, today)),
        gone=frozenset(retired | left | ({*over.values()} - known)),
    )


def require_decider(ctx: Context, read: Reader, person_id: PersonId) -> None:
    """Raise NotAllowed unless the actor may decide on somebody's leave: by right, or as their superior."""
    if ctx.actor.may(DECIDES):
        return
    if not load_superiors(read, ctx.clock.now()).may_decide(ctx.actor.person_id, person_id):
        require(ctx, DECIDES)


def require_say(ctx: Context, read: Reader, request: LeaveRequest, *, alone: bool) -> None:
    """Let who asked act where they may `alone`, and otherwise only who decides on it."""
    if alone and request.person_id == ctx.actor.person_id:
        require(ctx, "roster.ask")
    elif request.person_id == ctx.actor.person_id:
        require(ctx, DECIDES)
    else:
        require_decider(ctx, read, request.person_id)


def asked_first(superiors: Superiors, person_id: PersonId, holders: Sequence[PersonId]) -> list[PersonId]:
    """Return who is told of a request: the one it goes to, else everybody who holds the right to decide."""
    decider = superiors.route(person_id).decider_id
    return [decider] if decider is not None else list(holders)
