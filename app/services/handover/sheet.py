"""The sheet a page shows: how handovers stand, which sheet comes next, brought up to date on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.models.entities.handover import Handover, HandoverState, Leader, Standing
from app.models.entities.ids import TemplateId
from app.models.entities.roster import ShiftAt
from app.services.base.context import Context
from app.services.handover import commands, queries


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown: how handovers stand, the shift, its sheet (None: not written yet), who may sign."""

    standing: Standing
    shift: ShiftAt | None
    handover: Handover | None
    signers: Sequence[Leader]


def read_sheet(ctx: Context, asked: tuple[date, TemplateId] | None, *, is_fresh: bool) -> Sheet:
    """Read the sheet asked for; without one, that of the shift that ended unsigned, else the running one's.

    `is_fresh` writes it where it is due, and brings a draft up to date.

    Raises:
        NotFound: `roster.shift_not_found`.
        NotAllowed: the actor may not read the roster, or not write handovers where `is_fresh`.
    """
    standing = queries.standing(ctx)
    shift = standing.unsigned or standing.running
    if asked is not None:
        shift = queries.shift_named(ctx, *asked)
    if shift is None:
        return Sheet(standing, None, None, ())
    found = queries.handover_of(ctx, shift.on_date, shift.template.id)
    is_due = asked is None and (standing.draft_due or standing.unsigned is not None)
    is_draft = found is not None and found.state is HandoverState.DRAFT
    if is_fresh and (is_draft or (found is None and is_due)):
        written = commands.open_handover(ctx, shift.on_date, shift.template.id)
        found = queries.handover(ctx, written.id or 0)
    signers = queries.signers(ctx) if found is not None and found.state is not HandoverState.CLOSED else ()
    return Sheet(standing, shift, found, signers)
