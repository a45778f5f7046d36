"""Notices for tests: somebody who reads them, and a deed that writes them."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.entities.ids import PersonId
from app.models.entities.notices import NewNotice
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Actor, Context
from app.services.base.permissions import ALL_PERMISSIONS, ANYBODY
from app.services.base.undo import Outcome
from app.services.notices.writing import put_notices
from tests.support.factories import Made


@command(permission=ANYBODY)
def told(_ctx: Context, tx: Transaction, notices: Sequence[NewNotice]) -> Outcome:
    """A deed that tells people; its `id` is how many notices were new."""
    return Outcome(put_notices(tx, notices))


def acting(ctx: Context, person: Made, permissions: frozenset[str] = ALL_PERMISSIONS) -> Context:
    """The program with somebody signed in."""
    return ctx.acting_as(Actor(PersonId(person.id), person.name, permissions, "pc"))
