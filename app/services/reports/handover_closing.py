"""Taking over a shift, with the paper this program draws: what the window and the command line call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.models.entities.errors import NotFound
from app.models.entities.ids import PersonId
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.handover import queries, signing
from app.services.reports.building import BuiltReport


def take_over(
    ctx: Context, handover_id: int, person_id: PersonId, secret: str, *, version: int, reason: str = ""
) -> Outcome:
    """Sign as the incoming leader and freeze record and paper; raises what `signing.sign_in` raises."""
    return signing.sign_in(
        ctx, handover_id, person_id, secret, version=version, reason=reason, draw=draw_handover
    )


def draw_handover(record: Mapping[str, Any]) -> bytes:
    """Return the paper of a record."""
    from app.services.reports.handover_page import render_handover  # noqa: PLC0415 - loads reportlab

    return render_handover(record)


def handover_paper(ctx: Context, on: date, code: str) -> BuiltReport:
    """Return a shift's handover as PDF: the frozen bytes where both have signed, else a draft.

    Raises:
        NotFound: `reports.shift_unknown`; `handover.not_opened`, nobody has opened this shift's sheet.
        NotAllowed: the actor may not read the roster.
    """
    found = queries.handover_of(ctx, on, queries.shift_by_code(ctx, code))
    if found is None:
        raise NotFound("handover.not_opened", shift=code, day=on.isoformat())
    content = queries.frozen_paper(ctx, found.id)
    if content is None:
        content = draw_handover(queries.draft_record(ctx, found.id))
    plain = "".join(letter for letter in code if letter.isascii() and letter.isalnum())
    parts = ("handover", on.isoformat(), plain)
    return BuiltReport(content, "-".join(part for part in parts if part) + ".pdf")
