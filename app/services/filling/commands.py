"""Taking over what was filled: one stroke on the roster, undone as one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.models.entities.roster import PaintedCell
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster.commands import paint_cells
from app.services.roster.painting import write_cells


@command(permission="roster.edit")
def apply_fill(ctx: Context, tx: Transaction, cells: Sequence[PaintedCell]) -> Outcome:
    """Paint what was filled (see `problems.strokes`) in one commit; undo puts back what stood there.

    Raises:
        StaleRecord: somebody painted one of the cells after the problem was read; nothing was changed.
        NotFound: a shift, a person or a team is gone.
    """
    undone = write_cells(tx, cells)
    run = partial(paint_cells, ctx, undone)
    return Outcome(None, None, Undo("filling.undo.applied", run, {"count": len(cells)}))
