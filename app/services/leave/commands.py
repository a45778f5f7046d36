"""What people do about being away: ask, decide, withdraw, record sickness. Each is one transaction."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

from app.models.entities.errors import NotFound, RuleViolation
from app.models.entities.events import LeaveChanged
from app.models.entities.ids import PersonId
from app.models.entities.leave import LeaveDetails, LeaveId, LeaveRequest, LeaveState
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.entities.roster import ShiftTemplate
from app.models.transactions import Reader, Transaction
from app.services.base.command import command, require
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.leave import cells, deciders, standing_in, telling
from app.services.leave.queries import holders_of, load_request, requests_of
from app.services.leave.rules import LONGEST_REASON, LeaveMove, check_leave, leave_after
from app.services.notices.writing import put_notices
from app.services.roster.checks import RosterChecks
from app.services.roster.painting import write_cells
from app.services.roster.planned import load_plan
from app.services.roster.queries import load_templates


class AsAsked:
    """Stands for the substitute the request names."""


AS_ASKED = AsAsked()
Stand = PersonId | AsAsked | None
"""A substitute, nobody, or whoever the request names."""


@command(permission="roster.ask")
def ask_leave(ctx: Context, tx: Transaction, details: LeaveDetails) -> Outcome:
    """Ask to be away; the direct superior is told, or who decides where there is none (`leave.routing`).

    For somebody else only who holds the right to decide can ask.

    Raises:
        BadInput, RuleViolation: what `rules.check_leave` raises.
        NotFound: `roster.shift_not_found`.
    """
    if details.person_id != ctx.actor.person_id:
        require(ctx, "roster.approve")
    _check(tx, details)
    request_id = LeaveId(_insert(ctx, tx, details, LeaveState.ASKED))
    body = _body(ctx, details)
    superiors = deciders.load_superiors(tx, tx.now)
    asked = deciders.asked_first(superiors, details.person_id, holders_of(tx, deciders.DECIDES))
    told = [one for one in asked if one != ctx.actor.person_id]
    put_notices(tx, [_notice(one, NoticeKind.LEAVE_ASKED, request_id, 1, body) for one in told])
    tx.announce(LeaveChanged(frozenset({request_id})))
    back = partial(withdraw_leave, ctx, request_id, version=1)
    return Outcome(request_id, 1, Undo("leave.undo.asked", back))


@command(permission="roster.approve")
def record_absence(ctx: Context, tx: Transaction, details: LeaveDetails) -> Outcome:
    """Enter an absence that nobody has to decide on, sickness or a training: it holds at once.

    Raises:
        BadInput, RuleViolation, NotFound: as `ask_leave`.
        RuleViolation: `leave.own_request`.
    """
    if details.person_id == ctx.actor.person_id:
        raise RuleViolation("leave.own_request")
    _check(tx, details)
    request_id = LeaveId(_insert(ctx, tx, details, LeaveState.ASKED))
    version = _approve(ctx, tx, load_request(tx, request_id), "")
    back = partial(withdraw_leave, ctx, request_id, version=version)
    return Outcome(request_id, version, Undo("leave.undo.recorded", back))


@command(permission="roster.read")
def decide_leave(
    ctx: Context,
    tx: Transaction,
    request_id: LeaveId,
    *,
    version: int,
    is_approved: bool,
    note: str = "",
    substitute: Stand = AS_ASKED,
) -> Outcome:
    """Approve or refuse a request and tell who asked.

    Approval paints the absence over the person's days; a substitute gets the shifts that fall away where
    they are free and no rule forbids it. `substitute` names another one, or (None) nobody. Refusing needs
    a reason. The person's superior, or who stands in for them, may without the right roster.approve.

    Raises:
        NotAllowed: the actor is neither.
        RuleViolation: `leave.own_request` (somebody else decides on one's own), `leave.refusal_unexplained`,
            `leave.not_now`.
        StaleRecord: somebody decided since `version`, or painted one of the days meanwhile.
    """
    request = load_request(tx, request_id)
    if request.person_id == ctx.actor.person_id:
        raise RuleViolation("leave.own_request")
    deciders.require_decider(ctx, tx, request.person_id)
    if is_approved:
        if not isinstance(substitute, AsAsked):
            request = replace(request, substitute_id=substitute)
            _check(tx, _details(request), itself=request_id)
        new = _approve(ctx, tx, replace(request, version=version), note)
    else:
        if not note.strip():
            raise RuleViolation("leave.refusal_unexplained")
        state = leave_after(request.state, LeaveMove.REFUSE)
        new = _write_decision(ctx, tx, request, version, state, note)
    telling.settle_leave(tx, request_id, new)
    _tell(ctx, tx, request, NoticeKind.LEAVE_DECIDED, new, {"is_approved": is_approved, "note": note.strip()})
    code = "leave.undo.approved" if is_approved else "leave.undo.refused"
    return Outcome(request_id, new, Undo(code, partial(reopen_leave, ctx, request_id, version=new)))


@command(permission="roster.read")
def withdraw_leave(ctx: Context, tx: Transaction, request_id: LeaveId, *, version: int) -> Outcome:
    """Withdraw a request. One that was approved gives the days back, which only who decides on it may do.

    Days that somebody painted since keep what stands there now.

    Raises:
        NotAllowed: it is somebody else's, or approved, and the right to decide is missing.
        RuleViolation: `leave.not_now`.
        StaleRecord: somebody decided since `version`.
    """
    request = load_request(tx, request_id)
    deciders.require_say(ctx, tx, request, alone=request.state is not LeaveState.APPROVED)
    state = leave_after(request.state, LeaveMove.WITHDRAW)
    _give_back(tx, request)
    new = tx.update_versioned("leave_request", request_id, version, {"state": state.value, "replaced": "[]"})
    telling.settle_leave(tx, request_id, new)
    if request.state is LeaveState.APPROVED:
        facts: dict[str, object] = {"is_approved": False, "is_withdrawn": True}
        _tell(ctx, tx, request, NoticeKind.LEAVE_DECIDED, new, facts)
    tx.announce(LeaveChanged(frozenset({request_id})))
    return Outcome(
        request_id,
        new,
        Undo("leave.undo.withdrawn", partial(reopen_leave, ctx, request_id, version=new)),
    )


@command(permission="roster.read")
def reopen_leave(ctx: Context, tx: Transaction, request_id: LeaveId, *, version: int) -> Outcome:
    """Let a decided or withdrawn request wait for an answer again; what approval painted is given back.

    Raises:
        NotAllowed: it is somebody else's, or was decided, and the right to decide is missing.
        RuleViolation: `leave.not_now`, or `leave.overlaps` with a request made meanwhile.
        StaleRecord: somebody changed it since `version`.
    """
    request = load_request(tx, request_id)
    deciders.require_say(ctx, tx, request, alone=request.state is LeaveState.WITHDRAWN)
    state = leave_after(request.state, LeaveMove.REVIVE)
    _check(tx, _details(request), itself=request_id)
    _give_back(tx, request)
    new = tx.update_versioned(
        "leave_request",
        request_id,
        version,
        {
            "state": state.value,
            "replaced": "[]",
            "decided_by_id": None,
            "decided_at": None,
            "decision_note": "",
        },
    )
    telling.reopen_leave_asked(tx, request_id, new)
    tx.announce(LeaveChanged(frozenset({request_id})))
    return Outcome(
        request_id, new, Undo("leave.undo.reopened", partial(withdraw_leave, ctx, request_id, version=new))
    )


def _approve(ctx: Context, tx: Transaction, request: LeaveRequest, note: str) -> int:
    state = leave_after(request.state, LeaveMove.APPROVE)
    checks = RosterChecks(load_plan(tx, request.first, request.last))
    painted = write_cells(tx, standing_in.absence(checks, _details(request)).cells)
    kept = json.dumps([cells.to_dict(one) for one in painted], sort_keys=True)
    return _write_decision(ctx, tx, request, request.version, state, note, replaced=kept)


def _write_decision(
    ctx: Context,
    tx: Transaction,
    request: LeaveRequest,
    version: int,
    state: LeaveState,
    note: str,
    *,
    replaced: str = "[]",
) -> int:
    tx.announce(LeaveChanged(frozenset({request.id})))
    return tx.update_versioned(
        "leave_request",
        request.id,
        version,
        {
            "state": state.value,
            "decided_by_id": ctx.actor.person_id,
            "decided_at": tx.now_micros,
            "decision_note": note.strip()[:LONGEST_REASON],
            "substitute_id": request.substitute_id,
            "replaced": replaced,
        },
    )


def _give_back(tx: Transaction, request: LeaveRequest) -> None:
    text = tx.value("SELECT replaced FROM leave_request WHERE id = ?", (request.id,))
    kept = [cells.from_dict(one) for one in json.loads(text or "[]")]
    write_cells(tx, cells.still_ours(tx, kept))


def _check(read: Reader, details: LeaveDetails, *, itself: int = 0) -> None:
    others = requests_of(read, details.person_id, details.first, details.last)
    check_leave(details, _template(read, details.template_id), others, itself=itself)
    for person_id in (details.person_id, details.substitute_id):
        if person_id is not None and read.one("SELECT 1 FROM person WHERE id = ?", (person_id,)) is None:
            raise NotFound("people.not_found", id=person_id)


def _template(read: Reader, template_id: int) -> ShiftTemplate:
    for template in load_templates(read, include_retired=True):
        if template.id == template_id:
            return template
    raise NotFound("roster.shift_not_found", id=template_id)


def _details(request: LeaveRequest) -> LeaveDetails:
    return LeaveDetails(
        request.person_id,
        request.template_id,
        request.first,
        request.last,
        request.reason,
        request.substitute_id,
    )


def _insert(ctx: Context, tx: Transaction, details: LeaveDetails, state: LeaveState) -> int:
    return tx.insert(
        "leave_request",
        {
            "person_id": details.person_id,
            "template_id": details.template_id,
            "first_date": details.first.isoformat(),
            "last_date": details.last.isoformat(),
            "reason": details.reason.strip()[:LONGEST_REASON],
            "state": state.value,
            "substitute_id": details.substitute_id,
            "asked_by_id": ctx.actor.person_id,
            "asked_at": tx.now_micros,
        },
    )


def _body(ctx: Context, details: LeaveDetails) -> dict[str, object]:
    return {
        "by": ctx.actor.person_id,
        "person": details.person_id,
        "first": details.first.isoformat(),
        "last": details.last.isoformat(),
    }


def _tell(
    ctx: Context,
    tx: Transaction,
    request: LeaveRequest,
    kind: NoticeKind,
    version: int,
    facts: dict[str, object],
) -> None:
    body = {**_body(ctx, _details(request)), **facts}
    concerns_both = facts.get("is_approved") or facts.get("is_withdrawn")
    people = {request.person_id, request.substitute_id} if concerns_both else {request.person_id}
    told = [one for one in people if one is not None and one != ctx.actor.person_id]
    put_notices(tx, [_notice(one, kind, request.id, version, body) for one in sorted(told)])


def _notice(
    person_id: PersonId, kind: NoticeKind, request_id: LeaveId, version: int, body: dict[str, object]
) -> NewNotice:
    key = f"{kind.value}:{request_id}:{version}:{person_id}"
    return NewNotice(person_id, kind, key, body={**body, "leave": request_id})
