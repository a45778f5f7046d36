"""What the commands on swaps share: making one in the roster, and telling those concerned."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from app.models.entities.errors import NotFound, RuleViolation
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.leave import ShiftSwap, SwapDetails, SwapId
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.entities.roster import BrokenRule, Severity, ShiftTemplate, Violation
from app.models.transactions import Reader, Transaction
from app.services.base.context import Context
from app.services.leave import cells
from app.services.leave.rules import LONGEST_REASON
from app.services.leave.swap_queries import swap_cells
from app.services.notices.writing import put_notices
from app.services.roster.checks import RosterChecks
from app.services.roster.painting import write_cells
from app.services.roster.planned import load_plan
from app.services.roster.queries import load_cells, load_templates, site_zone
from app.services.roster.rules import shift_span

_WEEK = timedelta(days=7)
WAITING = (NoticeKind.SWAP_ASKED, NoticeKind.SWAP_TO_DECIDE)
"""The notices of a swap that ask somebody for something."""


def made(tx: Transaction, details: SwapDetails, *, despite_rules: bool) -> dict[str, object]:
    """Paint a swap and return the columns that keep what stood there.

    Raises:
        RuleViolation: `swap.breaks_rules` (with the rules) where it newly breaks one that forbids, unless
            `despite_rules`; what `swap_cells` raises.
    """
    painted = swap_cells(tx, details)
    broken = newly_forbidden(tx, details)
    if broken and not despite_rules:
        raise RuleViolation("swap.breaks_rules", rules=sorted({one.rule for one in broken}))
    undone = write_cells(tx, painted)
    return {"replaced": json.dumps([cells.to_dict(one) for one in undone], sort_keys=True)}


def newly_forbidden(read: Reader, details: SwapDetails) -> tuple[Violation, ...]:
    """Return the rules a swap would newly break that may not be broken."""
    return tuple(one for one in _newly_broken(read, details) if one.severity is Severity.FORBID)


def newly_unled(read: Reader, details: SwapDetails) -> tuple[Violation, ...]:
    """Return the shifts that nobody would lead after a swap, where the site only warns of that."""
    return tuple(
        one
        for one in _newly_broken(read, details)
        if one.rule is BrokenRule.NO_SUPERVISOR and one.severity is Severity.WARN
    )


def code_of(read: Reader, violation: Violation) -> str:
    """Return the code of the shift something is wrong with."""
    found = (
        one.code for one in load_templates(read, include_retired=True) if one.id == violation.template_id
    )
    return next(found, "")


def _newly_broken(read: Reader, details: SwapDetails) -> tuple[Violation, ...]:
    dates = [details.on_date, details.other_date or details.on_date]
    plan = load_plan(read, min(dates) - _WEEK, max(dates) + _WEEK)
    return RosterChecks(plan).trial(swap_cells(read, details)).added


def shifts_of(read: Reader, details: SwapDetails) -> tuple[ShiftTemplate, ShiftTemplate | None]:
    """Return the shift that is given, and the one that is given back.

    Raises:
        RuleViolation: `swap.nothing_to_give`, `swap.nothing_in_return`; what `swap_cells` raises.
        NotFound: `people.not_found`.
    """
    if details.other_id is not None:
        if read.one("SELECT 1 FROM person WHERE id = ?", (details.other_id,)) is None:
            raise NotFound("people.not_found", id=details.other_id)
        swap_cells(read, details)
    templates = {template.id: template for template in load_templates(read, include_retired=True)}
    dates = [details.on_date, details.other_date or details.on_date]
    present = load_cells(read, min(dates), max(dates))
    given = present.get((details.asker_id, details.on_date))
    if given is None or templates[given.template_id].kind.value == "absence":
        raise RuleViolation("swap.nothing_to_give", date=details.on_date)
    if details.other_id is None or details.other_date is None:
        return templates[given.template_id], None
    return templates[given.template_id], templates[present[details.other_id, details.other_date].template_id]


def starts_of(
    read: Reader, details: SwapDetails, given: ShiftTemplate, back: ShiftTemplate | None
) -> list[datetime]:
    """Return when the shifts of a swap begin."""
    zone = site_zone(read)
    starts = [shift_span(given, details.on_date, zone)[0]]
    if back is not None and details.other_date is not None:
        starts.append(shift_span(back, details.other_date, zone)[0])
    return starts


def asked(details: SwapDetails, given: ShiftTemplate, back: ShiftTemplate | None) -> dict[str, object]:
    """Return the columns of what is asked."""
    return {
        "asker_id": details.asker_id,
        "on_date": details.on_date.isoformat(),
        "template_id": given.id,
        "other_id": details.other_id,
        "other_date": details.other_date.isoformat() if details.other_date else "",
        "other_template_id": back.id if back is not None else None,
        "reason": details.reason.strip()[:LONGEST_REASON],
    }


def check_live(now: datetime, swap: ShiftSwap) -> None:
    """Refuse a swap whose time is over. RuleViolation `swap.expired`."""
    if swap.expires_at <= now:
        raise RuleViolation("swap.expired", at=swap.expires_at)


def body_of(ctx: Context, details: SwapDetails, shift: TemplateId | None = None) -> dict[str, object]:
    """Return what a notice about a swap says."""
    body: dict[str, object] = {
        "by": ctx.actor.person_id,
        "person": details.asker_id,
        "date": details.on_date.isoformat(),
    }
    return body if shift is None else {**body, "shift": shift}


def tell(
    ctx: Context,
    tx: Transaction,
    people: Iterable[PersonId | None],
    kind: NoticeKind,
    swap_id: SwapId,
    version: int,
    body: Mapping[str, object],
) -> None:
    """Tell people, each once, but not who does it."""
    told = sorted({one for one in people if one is not None and one != ctx.actor.person_id})
    put_notices(
        tx,
        [
            NewNotice(one, kind, f"{kind.value}:{swap_id}:{version}:{one}", body={**body, "swap": swap_id})
            for one in told
        ],
    )
