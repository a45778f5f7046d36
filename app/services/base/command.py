"""The two decorators every public service function wears: one transaction per command, one read per query.

A command body takes `(ctx, tx, ...)` and is called as `(ctx, ...)`; it may be run again from its start, so it
has no effect outside `tx`. A query body takes `(ctx, read, ...)`. Both declare the permission they need.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from app.models.entities.errors import NotAllowed
from app.models.store import Operation
from app.models.transactions import Reader, Transaction
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY
from app.services.base.undo import Outcome

P = ParamSpec("P")
R = TypeVar("R")


CommandBody = Callable[Concatenate[Context, Transaction, P], Outcome]
CommandCall = Callable[Concatenate[Context, P], Outcome]


def command(*, permission: str, serializable: bool = False) -> Callable[[CommandBody[P]], CommandCall[P]]:
    """Make a body one transaction: permission, clock once, retries, feed last, events after the commit.

    The caller may pass `op_id=` (32 hex digits, from the operation journal): run twice with the same one,
    it happens once and the second call answers with what the first did, without undo.
    """

    def wrap(body: CommandBody[P]) -> CommandCall[P]:
        @functools.wraps(body)
        def run(ctx: Context, *args: P.args, **kwargs: P.kwargs) -> Outcome:
            given = kwargs.pop("op_id", None)
            require(ctx, permission)
            operation = Operation(
                op_id=str(given or uuid.uuid4().hex),
                now=ctx.clock.now(),
                actor_id=ctx.actor.person_id,
                client=ctx.actor.client,
                is_serializable=serializable,
                may_be_repeated=given is not None,
            )

            def attempt(tx: Transaction) -> Outcome:
                outcome = body(ctx, tx, *args, **kwargs)
                tx.answer = {"id": outcome.id, "version": outcome.version}
                return outcome

            outcome: Outcome | None = ctx.store.write(operation, attempt)
            if outcome is None:
                answer = ctx.store.answer_of(operation.op_id)
                return Outcome(answer.get("id"), answer.get("version"))
            return outcome

        _declare(run, permission)
        return cast("CommandCall[P]", run)

    return wrap


def query(
    *, permission: str
) -> Callable[[Callable[Concatenate[Context, Reader, P], R]], Callable[Concatenate[Context, P], R]]:
    """Make a body one read on this thread's connection, after the permission was checked."""

    def wrap(body: Callable[Concatenate[Context, Reader, P], R]) -> Callable[Concatenate[Context, P], R]:
        @functools.wraps(body)
        def run(ctx: Context, *args: P.args, **kwargs: P.kwargs) -> R:
            require(ctx, permission)
            with ctx.store.read() as read:
                return body(ctx, read, *args, **kwargs)

        _declare(run, permission)
        return cast("Callable[Concatenate[Context, P], R]", run)

    return wrap


def require(ctx: Context, permission: str) -> None:
    """Raise NotAllowed unless the actor holds `permission`; `who` names the roles that do."""
    if permission == ANYBODY or ctx.actor.may(permission):
        return
    with ctx.store.read() as read:
        rows = read.rows(
            "SELECT role.name FROM role JOIN role_permission ON role_permission.role_id = role.id"
            " WHERE role_permission.permission = ? AND role.is_active = true ORDER BY role.id",
            (permission,),
        )
    raise NotAllowed("access.not_allowed", permission=permission, who=[row[0] for row in rows])


def declared_permission(function: Any) -> str | None:
    """Return the permission a service function declares, or None where it declares none."""
    return getattr(function, "__permission__", None)


def _declare(function: Any, permission: str) -> None:
    function.__permission__ = permission
