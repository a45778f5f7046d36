"""Telling people about their shifts: a month published, and what changes in a published one.

Changes of one month are one notice as long as it is unread: it grows, and what was changed back leaves it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.models.entities.events import NoticesChanged
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.entities.roster import Assignment
from app.models.entities.roster_plan import CellChange
from app.models.transactions import Transaction
from app.services.notices.writing import put_notices
from app.services.roster.queries import load_templates, site_zone

Moved = tuple[str, str, str]
"""A date, and the codes of the shifts before and after; "" is off, a star marks who leads."""


def tell_published(tx: Transaction, month: str, number: int, people: Iterable[PersonId]) -> None:
    """Tell people that a month stands; whoever published it knows."""
    put_notices(
        tx,
        [
            NewNotice(
                person,
                NoticeKind.ROSTER_PUBLISHED,
                published_key(month, number, person),
                body={"by": tx.actor_id, "month": month, "number": number},
            )
            for person in sorted(set(people))
            if person != tx.actor_id
        ],
    )


def published_key(month: str, number: int, person: PersonId) -> str:
    """Return the key of the notice that a version was published."""
    return f"roster:{month}:{number}:{person}"


def tell_changed(tx: Transaction, changes: Sequence[CellChange]) -> None:
    """Tell whose shifts of published months change, as far as these lie ahead; drafts concern nobody."""
    months = {change.on_date.isoformat()[:7] for change in changes}
    if not months:
        return
    marks = ", ".join("?" * len(months))
    rows = tx.rows(
        f"SELECT month FROM roster_month WHERE is_published = true AND month IN ({marks})", sorted(months)
    )
    for row in rows:
        of_month = [change for change in changes if change.on_date.isoformat()[:7] == row[0]]
        tell_months_changes(tx, row[0], of_month)


def tell_months_changes(tx: Transaction, month: str, changes: Sequence[CellChange]) -> None:
    """As `tell_changed`, for one month that is published or just being so."""
    today = tx.now.astimezone(site_zone(tx)).date()
    codes = {template.id: template.code for template in load_templates(tx, include_retired=True)}
    active = {row[0] for row in tx.rows("SELECT id FROM person WHERE is_active = true AND is_staff = true")}
    moved: dict[PersonId, dict[date, Moved]] = {}
    for change in changes:
        if change.on_date >= today and change.person_id in active and change.person_id != tx.actor_id:
            said = (change.on_date.isoformat(), _said(change.before, codes), _said(change.after, codes))
            moved.setdefault(change.person_id, {})[change.on_date] = said
    for person, dates in sorted(moved.items()):
        _grow(tx, month, person, dates.values())


def _said(cell: Assignment | None, codes: Mapping[TemplateId, str]) -> str:
    if cell is None:
        return ""
    return codes.get(cell.template_id, "?") + ("*" if cell.is_supervisor else "")


def _grow(tx: Transaction, month: str, person: PersonId, moved: Iterable[Moved]) -> None:
    unread = _unread(tx, month, person)
    notice_id, told = unread if unread is not None else (0, {})
    for on, before, after in moved:
        told[on] = (on, told[on][1] if on in told else before, after)
    left = sorted(one for one in told.values() if one[1] != one[2])
    body = {"by": tx.actor_id, "month": month, "dates": [list(one) for one in left]}
    if not notice_id and left:
        key = f"roster:{month}:changed:{person}:{tx.op_id}"
        put_notices(tx, [NewNotice(person, NoticeKind.ROSTER_CHANGED, key, body=body)])
    if not notice_id:
        return
    if left:
        tx.execute(
            "UPDATE notice SET body = ?, at = ?, show_at = ? WHERE id = ?",
            (json.dumps(body, ensure_ascii=False, sort_keys=True), tx.now_micros, tx.now_micros, notice_id),
        )
    else:
        tx.execute("DELETE FROM notice WHERE id = ?", (notice_id,))
    tx.announce(NoticesChanged(frozenset({int(person)})))


def _unread(tx: Transaction, month: str, person: PersonId) -> tuple[int, dict[str, Moved]] | None:
    """Return the unread notice about a month's changes, if there is one, and what it tells by date."""
    rows = tx.rows(
        "SELECT id, body FROM notice WHERE person_id = ? AND read_at IS NULL AND kind = ? ORDER BY id DESC",
        (person, NoticeKind.ROSTER_CHANGED.value),
    )
    for notice_id, text in rows:
        body = json.loads(text)
        if body.get("month") == month:
            return notice_id, {on: (on, before, after) for on, before, after in body.get("dates", [])}
    return None
