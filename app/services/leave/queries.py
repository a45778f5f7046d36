"""What is asked about leave requests: those waiting for an answer, one person's, one stretch's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.models.entities.errors import NotFound
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.instants import from_micros, from_micros_or_none, to_micros
from app.models.entities.leave import LeaveId, LeaveRequest, LeaveState
from app.models.entities.roster import ShiftTemplate
from app.models.transactions import Reader, Row
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.leave.deciders import DECIDES, load_superiors
from app.services.leave.routing import Superiors
from app.services.roster.queries import load_templates

MOST_SHOWN = 500


@query(permission="roster.read")
def leave_requests(
    ctx: Context,
    read: Reader,
    *,
    person_id: PersonId | None = None,
    first: date | None = None,
    last: date | None = None,
    open_only: bool = False,
) -> list[LeaveRequest]:
    """Return requests that touch the dates, those to be decided first, then the newest; at most 500.

    Who holds the right to decide sees everybody's with its reason, a superior those of the people they
    decide for; all others see their own, and of colleagues only approved ones, without the reason.
    """
    conditions = ["1 = 1"]
    values: list[object] = []
    if person_id is not None:
        conditions.append("leave_request.person_id = ?")
        values.append(person_id)
    if first is not None:
        conditions.append("last_date >= ?")
        values.append(first.isoformat())
    if last is not None:
        conditions.append("first_date <= ?")
        values.append(last.isoformat())
    if open_only:
        conditions.append("leave_request.state = ?")
        values.append(LeaveState.ASKED.value)
    superiors = load_superiors(read, ctx.clock.now())
    if not ctx.actor.may(DECIDES):
        mine = [ctx.actor.person_id, *superiors.decided_by(ctx.actor.person_id)]
        marks = ", ".join("?" * len(mine))
        conditions.append(f"(leave_request.person_id IN ({marks}) OR leave_request.state = ?)")
        values += [*mine, LeaveState.APPROVED.value]
    rows = read.rows(
        f"{_requests(ctx.language)} WHERE {' AND '.join(conditions)}"
        " ORDER BY CASE WHEN leave_request.state = 'asked' THEN 0 ELSE 1 END, leave_request.id DESC LIMIT ?",
        (*values, MOST_SHOWN),
    )
    names = _names(read, ctx.language, superiors)
    return [_shown_to(ctx, _request(row), superiors, names) for row in rows]


@query(permission="roster.read")
def all_shifts(_ctx: Context, read: Reader) -> dict[TemplateId, ShiftTemplate]:
    """Return every shift by id, retired ones too: old requests name them."""
    return {template.id: template for template in load_templates(read, include_retired=True)}


@query(permission="roster.read")
def waiting_for_me(ctx: Context, read: Reader) -> int:
    """Return how many requests wait for the reader: offers made to them, and what they may decide on."""
    me = ctx.actor.person_id
    asked = "SELECT COUNT(*) FROM shift_swap WHERE state = 'asked' AND other_id = ? AND expires_at > ?"
    count = int(read.value(asked, (me, to_micros(ctx.clock.now()))) or 0)
    if not ctx.actor.may(DECIDES):
        return count + _waiting_for_superior(read, me, ctx.clock.now())
    leaves = "SELECT COUNT(*) FROM leave_request WHERE state = 'asked' AND person_id <> ?"
    swaps = (
        "SELECT COUNT(*) FROM shift_swap WHERE state = 'accepted' AND expires_at > ?"
        " AND asker_id <> ? AND other_id <> ?"
    )
    nobody = 0 if me is None else me
    count += int(read.value(leaves, (nobody,)) or 0)
    return count + int(read.value(swaps, (to_micros(ctx.clock.now()), nobody, nobody)) or 0)


@query(permission="roster.approve")
def open_request_count(_ctx: Context, read: Reader) -> int:
    """Return how many leave requests wait for an answer."""
    return int(
        read.value("SELECT COUNT(*) FROM leave_request WHERE state = ?", (LeaveState.ASKED.value,)) or 0
    )


def load_request(read: Reader, request_id: LeaveId, language: str = "en") -> LeaveRequest:
    """Return one request. NotFound `leave.not_found`."""
    row = read.one(f"{_requests(language)} WHERE leave_request.id = ?", (request_id,))
    if row is None:
        raise NotFound("leave.not_found", id=request_id)
    return _request(row)


def requests_of(read: Reader, person_id: PersonId, first: date, last: date) -> list[LeaveRequest]:
    """Return every request of a person that shares a day with the dates."""
    rows = read.rows(
        f"{_requests('en')} WHERE leave_request.person_id = ? AND last_date >= ? AND first_date <= ?"
        " ORDER BY leave_request.id",
        (person_id, first.isoformat(), last.isoformat()),
    )
    return [_request(row) for row in rows]


def holders_of(read: Reader, permission: str) -> Sequence[PersonId]:
    """Return the active staff who hold a permission, by id."""
    rows = read.rows(
        "SELECT DISTINCT person.id FROM person"
        " JOIN person_role ON person_role.person_id = person.id"
        " JOIN role ON role.id = person_role.role_id"
        " JOIN role_permission ON role_permission.role_id = role.id"
        " WHERE role_permission.permission = ? AND role.is_active = true AND person.is_active = true"
        " AND person.is_staff = true ORDER BY person.id",
        (permission,),
    )
    return [PersonId(row[0]) for row in rows]


def _waiting_for_superior(read: Reader, me: PersonId | None, now: datetime) -> int:
    people = load_superiors(read, now).decided_by(me)
    if not people:
        return 0
    marks = ", ".join("?" * len(people))
    asked = f"SELECT COUNT(*) FROM leave_request WHERE state = 'asked' AND person_id IN ({marks})"
    return int(read.value(asked, people) or 0)


def _shown_to(
    ctx: Context, request: LeaveRequest, superiors: Superiors, names: Mapping[PersonId, str]
) -> LeaveRequest:
    me = ctx.actor.person_id
    decides = request.person_id != me and (
        ctx.actor.may(DECIDES) or superiors.may_decide(me, request.person_id)
    )
    if not decides and request.person_id != me and not ctx.actor.may(DECIDES):
        return replace(request, reason="", decision_note="")
    if request.state is not LeaveState.ASKED:
        return replace(request, may_decide=decides)
    route = superiors.route(request.person_id)
    return replace(
        request,
        may_decide=decides,
        route=route,
        superior_name=names.get(route.superior_id, "") if route.superior_id is not None else "",
        decider_name=names.get(route.decider_id, "") if route.decider_id is not None else "",
    )


def _names(read: Reader, language: str, superiors: Superiors) -> dict[PersonId, str]:
    """Return the names of everybody who decides as a superior or stands in for one."""
    wanted = sorted({*superiors.superiors.values(), *superiors.substitutes.values()})
    if not wanted:
        return {}
    marks = ", ".join("?" * len(wanted))
    rows = read.rows(
        f"SELECT person.id, {person_column('person', language)} FROM person WHERE person.id IN ({marks})",
        wanted,
    )
    return {PersonId(row[0]): row[1] for row in rows}


def _requests(language: str) -> str:
    return (
        f"SELECT leave_request.id, leave_request.person_id, {person_column('person', language)}, template_id,"
        " first_date, last_date, reason, leave_request.state, substitute_id, asked_by_id, asked_at,"
        " decided_by_id, decided_at, decision_note, leave_request.version,"
        f" {person_column('substitute', language)}, {person_column('decider', language)},"
        f" {person_column('asker', language)}"
        " FROM leave_request JOIN person ON person.id = leave_request.person_id"
        " LEFT JOIN person substitute ON substitute.id = leave_request.substitute_id"
        " LEFT JOIN person decider ON decider.id = leave_request.decided_by_id"
        " LEFT JOIN person asker ON asker.id = leave_request.asked_by_id"
    )


def _request(row: Row) -> LeaveRequest:
    return LeaveRequest(
        id=row[0],
        person_id=row[1],
        person_name=row[2],
        template_id=row[3],
        first=date.fromisoformat(row[4]),
        last=date.fromisoformat(row[5]),
        reason=row[6],
        state=LeaveState(row[7]),
        substitute_id=row[8],
        asked_by=row[9],
        asked_at=from_micros(row[10]),
        decided_by=row[11],
        decided_at=from_micros_or_none(row[12]),
        decision_note=row[13],
        version=row[14],
        substitute_name=row[15] or "",
        decided_name=row[16] or "",
        asked_name=row[17] or "",
    )
