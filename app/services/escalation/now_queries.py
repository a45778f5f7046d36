"""Who the recipients of an escalation would be just now, as the background work would find them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.entities.escalation import HIERARCHY, Recipient
from app.models.entities.ids import PersonId
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import name_in
from app.services.escalation.recipients import Directory, Hands


@dataclass(frozen=True, slots=True)
class RecipientsNow:
    """The names behind the recipients that no ticket decides; nobody is an empty tuple.

    Where `is_led` is False the roster names no duty supervisor: those told instead stand in their place.
    """

    names: Mapping[Recipient, tuple[str, ...]]
    is_led: bool


@query(permission="settings.read")
def recipients_now(ctx: Context, read: Reader) -> RecipientsNow:
    """Return whom a step would tell at this instant, by name in the reader's language, sorted."""
    directory = Directory(read, ctx.clock.now())
    found = {one: directory.of({one}, Hands()) for one in sorted(HIERARCHY - {Recipient.DUTY_SUPERVISOR})}
    # A role nobody holds is passed on to the supervisor: here it is told that nobody holds it.
    held = {one: people if directory.holders(one.value) else frozenset() for one, people in found.items()}
    held[Recipient.DUTY_SUPERVISOR] = directory.supervisors
    names = _names(read, frozenset().union(*held.values()), ctx.language)
    told = {one: tuple(sorted(names[person] for person in people)) for one, people in held.items()}
    return RecipientsNow(told, bool(directory.leading))


def _names(read: Reader, people: frozenset[PersonId], language: str) -> dict[PersonId, str]:
    if not people:
        return {}
    marks = ", ".join("?" * len(people))
    rows = read.rows(f"SELECT id, name, name_alt FROM person WHERE id IN ({marks})", sorted(people))
    return {PersonId(row[0]): name_in(row[1], row[2] or "", language) for row in rows}
