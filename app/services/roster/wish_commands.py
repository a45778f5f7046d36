"""What people wish for dates to come: a shift, or to be off. A wish binds nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from app.models.entities.errors import BadInput, NotAllowed, NotFound
from app.models.entities.events import RosterChanged
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster_plan import CellKey
from app.models.entities.wishes import Wished
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster import wishing
from app.services.roster.queries import load_templates, site_zone
from app.services.roster.template_dates import check_holds
from app.services.settings import declared
from app.services.settings.current import load_config

LONGEST_WISH = 200


@command(permission="roster.ask", serializable=True)
def set_wish(
    ctx: Context,
    tx: Transaction,
    person_id: PersonId,
    on_date: date,
    template_id: TemplateId | None,
    text: str = "",
) -> Outcome:
    """Wish for a shift on a date, or (without one) to be off; another wish for the date is replaced.

    Whoever plans may note the wishes of others. Raises as `put_wishes`.
    """
    return _put(ctx, tx, {(person_id, on_date): Wished(template_id, text)})


@command(permission="roster.ask", serializable=True)
def clear_wish(ctx: Context, tx: Transaction, person_id: PersonId, on_date: date) -> Outcome:
    """Take a wish back; none there is nothing to do. Raises as `put_wishes`."""
    return _put(ctx, tx, {(person_id, on_date): None})


@command(permission="roster.ask", serializable=True)
def put_wishes(ctx: Context, tx: Transaction, wished: Mapping[CellKey, Wished | None]) -> Outcome:
    """Note wishes of several dates as one step, or (None) take them back; all of them or none.

    Whoever plans may note the wishes of others. Nobody may have more wishes in a month than the site allows,
    whoever notes them; taking one back is always within it.

    Raises:
        NotAllowed: one is somebody else's, and the actor does not plan.
        NotFound: `roster.shift_not_found`, `people.not_found`.
        BadInput: `catalogue.text_too_long`, `roster.wish_empty` (nothing is wished).
        RuleViolation: `roster.wish_past`, `roster.wishes_closed` (the month is published),
            `roster.wishes_most`, `roster.shift_not_then`.
    """
    return _put(ctx, tx, wished)


def _put(ctx: Context, tx: Transaction, asked: Mapping[CellKey, Wished | None]) -> Outcome:
    if not asked:
        raise BadInput("roster.wish_empty")
    wished = {
        key: None if each is None else Wished(each.template_id, each.text.strip())
        for key, each in asked.items()
    }
    _check_right(ctx, tx, {person for person, _on in wished})
    _check_facts(tx, wished)
    before = {key: _stands(tx, key) for key in wished}
    if before == wished:
        return Outcome()
    _check_months(tx, wished, before)
    for key, each in wished.items():
        _write(tx, key, each)
    tx.announce(RosterChanged())
    is_taken_back = all(each is None for each in wished.values())
    code = "roster.undo.wish_cleared" if is_taken_back else "roster.undo.wished"
    if len(wished) > 1:
        code = "roster.undo.wishes_cleared" if is_taken_back else "roster.undo.wishes"
    return Outcome(None, None, Undo(code, partial(put_wishes, ctx, before), {"count": len(wished)}))


def _stands(tx: Transaction, key: CellKey) -> Wished | None:
    row = tx.one(
        "SELECT template_id, text FROM shift_wish WHERE person_id = ? AND on_date = ?",
        (key[0], key[1].isoformat()),
    )
    return None if row is None else Wished(row[0], row[1])


def _write(tx: Transaction, key: CellKey, wished: Wished | None) -> None:
    person_id, on = key[0], key[1].isoformat()
    if wished is None:
        tx.execute("DELETE FROM shift_wish WHERE person_id = ? AND on_date = ?", (person_id, on))
        return
    tx.execute(
        "INSERT INTO shift_wish (person_id, on_date, template_id, text, version) VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT (on_date, person_id) DO UPDATE SET template_id = excluded.template_id,"
        " text = excluded.text, version = shift_wish.version + 1",
        (person_id, on, wished.template_id, wished.text),
    )


def _check_right(ctx: Context, tx: Transaction, people: set[PersonId]) -> None:
    if people != {ctx.actor.person_id} and not ctx.actor.may("roster.edit"):
        rows = tx.rows(
            "SELECT role.name FROM role JOIN role_permission ON role_permission.role_id = role.id"
            " WHERE role_permission.permission = ? AND role.is_active = true ORDER BY role.id",
            ("roster.edit",),
        )
        raise NotAllowed("access.not_allowed", permission="roster.edit", who=[row[0] for row in rows])


def _check_facts(tx: Transaction, wished: Mapping[CellKey, Wished | None]) -> None:
    known = {each.id: each for each in load_templates(tx)}
    for (person_id, on), each in wished.items():
        if each is None:
            continue
        if len(each.text) > LONGEST_WISH:
            raise BadInput("catalogue.text_too_long", longest=LONGEST_WISH)
        if each.template_id is not None and each.template_id not in known:
            raise NotFound("roster.shift_not_found", id=each.template_id)
        if each.template_id is not None:
            check_holds(known[each.template_id], on)
        if tx.one("SELECT 1 FROM person WHERE id = ? AND is_staff = true", (person_id,)) is None:
            raise NotFound("people.not_found", id=person_id)


def _check_months(
    tx: Transaction, wished: Mapping[CellKey, Wished | None], before: Mapping[CellKey, Wished | None]
) -> None:
    today = tx.now.astimezone(site_zone(tx)).date()
    wishing.check_dates((on for _person, on in wished), today, wishing.closed_months(tx, wished))
    most = load_config(tx).settings[declared.WISHES_A_MONTH]
    for (person_id, month), added in wishing.added(wished, before).items():
        wishing.check_most(month, wishing.count_of(tx, person_id, month) + added, added, most)
