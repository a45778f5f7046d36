"""Rows of the roster's tables that have no command yet, or whose command is not what a test is about."""

from __future__ import annotations

import uuid
from datetime import date
from enum import Enum

from app.models.store import Operation
from app.services.base.context import Context


def put_row(ctx: Context, table: str, **values: object) -> int:
    """Write one row and return its id; dates and enums are stored as columns hold them."""
    stored = {name: _stored(value) for name, value in values.items()}
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    number = ctx.store.write(operation, lambda tx: tx.insert(table, stored))
    assert number is not None
    return number


def put_leave(
    ctx: Context, person: int, template: int, first: date, last: date, state: str = "approved"
) -> int:
    """Write a request for leave."""
    request = {"person_id": person, "template_id": template, "first_date": first, "last_date": last}
    return put_row(ctx, "leave_request", **request, reason="", state=state, asked_at=0, version=1)


def _stored(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
