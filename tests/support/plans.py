"""How a database says it would carry out a statement."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.transactions import Reader


def plan_of(read: Reader, text: str, parameters: Sequence[object]) -> str:
    """Return the steps of a statement, one a line, as the planner would choose them over many rows.

    PostgreSQL reads a small table whole and sorts it, whatever indexes there are; it is asked as if both
    were dear, so that a sort is left only where no index has the order.
    """
    if read.dialect.name == "sqlite":
        return "\n".join(str(row[-1]) for row in read.rows(f"EXPLAIN QUERY PLAN {text}", parameters))
    for name in ("enable_seqscan", "enable_sort", "enable_incremental_sort", "enable_bitmapscan"):
        read.value("SELECT set_config(?, 'off', false)", (name,))
    return "\n".join(str(row[0]) for row in read.rows(f"EXPLAIN {text}", parameters))


def sorts(steps: str) -> bool:
    """Tell whether a step sorts rows instead of reading them in their order."""
    return "TEMP B-TREE FOR" in steps or "Sort" in steps
