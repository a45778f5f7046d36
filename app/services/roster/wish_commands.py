"""What people wish for dates to come: a shift, or to be off. A wish binds nobody."""

from __future__ import annotations

from datetime import date
from functools import partial

from app.models.entities.errors import BadInput, NotAllowed, NotFound, RuleViolation
from app.models.entities.events import RosterChanged
from app.models.entities.ids import TemplateId
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster.queries import load_templates, site_zone

LONGEST_WISH = 200


@command(permission="roster.ask", serializable=True)
def set_wish(
    ctx: Context,
    tx: Transaction,
    person_id: int,
    on_date: date,
    template_id: TemplateId | None,
    text: str = "",
) -> Outcome:
    """Wish for a shift on a date, or (without one) to be off; another wish for the date is replaced.

    Whoever plans may note the wishes of others.

    Raises:
        NotAllowed: it is somebody else's, and the actor does not plan.
        NotFound: `roster.shift_not_found`, `people.not_found`.
        BadInput: `catalogue.text_too_long`.
        RuleViolation: `roster.wish_past`.
    """
    _check(ctx, tx, person_id, on_date)
    if len(text.strip()) > LONGEST_WISH:
        raise BadInput("catalogue.text_too_long", longest=LONGEST_WISH)
    if template_id is not None and template_id not in {each.id for each in load_templates(tx)}:
        raise NotFound("roster.shift_not_found", id=template_id)
    if tx.one("SELECT 1 FROM person WHERE id = ? AND is_staff = true", (person_id,)) is None:
        raise NotFound("people.not_found", id=person_id)
    before = _wish(tx, person_id, on_date)
    tx.execute(
        "INSERT INTO shift_wish (person_id, on_date, template_id, text, version) VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT (on_date, person_id) DO UPDATE SET template_id = excluded.template_id,"
        " text = excluded.text, version = shift_wish.version + 1",
        (person_id, on_date.isoformat(), template_id, text.strip()),
    )
    tx.announce(RosterChanged())
    back = (
        partial(clear_wish, ctx, person_id, on_date)
        if before is None
        else partial(set_wish, ctx, person_id, on_date, before[0], before[1])
    )
    return Outcome(None, None, Undo("roster.undo.wished", back))


@command(permission="roster.ask")
def clear_wish(ctx: Context, tx: Transaction, person_id: int, on_date: date) -> Outcome:
    """Take a wish back; none there is nothing to do. NotAllowed, `roster.wish_past` as for wishing."""
    _check(ctx, tx, person_id, on_date)
    before = _wish(tx, person_id, on_date)
    if before is None:
        return Outcome()
    tx.execute("DELETE FROM shift_wish WHERE person_id = ? AND on_date = ?", (person_id, on_date.isoformat()))
    tx.announce(RosterChanged())
    back = partial(set_wish, ctx, person_id, on_date, before[0], before[1])
    return Outcome(None, None, Undo("roster.undo.wish_cleared", back))


def _wish(tx: Transaction, person_id: int, on: date) -> tuple[TemplateId | None, str] | None:
    row = tx.one(
        "SELECT template_id, text FROM shift_wish WHERE person_id = ? AND on_date = ?",
        (person_id, on.isoformat()),
    )
    return None if row is None else (row[0], row[1])


def _check(ctx: Context, tx: Transaction, person_id: int, on: date) -> None:
    if ctx.actor.person_id != person_id and not ctx.actor.may("roster.edit"):
        rows = tx.rows(
            "SELECT role.name FROM role JOIN role_permission ON role_permission.role_id = role.id"
            " WHERE role_permission.permission = ? AND role.is_active = true ORDER BY role.id",
            ("roster.edit",),
        )
        raise NotAllowed("access.not_allowed", permission="roster.edit", who=[row[0] for row in rows])
    if on < tx.now.astimezone(site_zone(tx)).date():
        raise RuleViolation("roster.wish_past", date=on)
