"""What the form of a new ticket saves: one operation of several commands that can be sent again.

Every command has an operation id of its own made from the operation's. Whatever was done before a lost
connection or a killed program is found done, and the rest follows.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from functools import partial
from typing import Any, cast

from app.models.entities.errors import FirstlineError, NotFound, StoreUnavailable
from app.models.entities.ids import TicketId
from app.models.entities.tickets import Channel, NewTicket, Resolution, TicketRow, TicketType
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.tickets import commands, note_commands, queries

KIND = "tickets.new"
ReadFile = Callable[[str], bytes]
_INSTANTS = ("received_at", "bearable_until")


@dataclass(frozen=True, slots=True)
class PickedFile:
    """A file to attach: how it is called, and the name under which its bytes are kept on this computer."""

    name: str
    media_type: str
    kept_as: str
    size: int


@dataclass(frozen=True)
class Submission:
    """A new ticket with all that was decided in its form.

    With a `resolution` it is solved and closed at once; with `out_of_scope` (what the caller was told) it
    is registered and ended. `draft` is what the form looked like: where the desk's rules refuse a
    submission sent later, it goes back there.
    """

    new: NewTicket
    resolution: Resolution | None = None
    out_of_scope: str = ""
    links: tuple[TicketId, ...] = ()
    files: tuple[PickedFile, ...] = ()
    draft: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the form the operation journal keeps: plain JSON values."""
        new = asdict(self.new)
        for name in _INSTANTS:
            instant = new[name]
            new[name] = instant.isoformat() if instant is not None else None
        return {
            "new": new,
            "resolution": asdict(self.resolution) if self.resolution is not None else None,
            "out_of_scope": self.out_of_scope,
            "links": list(self.links),
            "files": [asdict(file) for file in self.files],
            "draft": dict(self.draft),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Submission:
        """Read the form of `to_dict`; what a newer program added is passed over.

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """
        new = _known(NewTicket, data["new"])
        new["type"], new["channel"] = TicketType(new["type"]), Channel(new["channel"])
        for name in _INSTANTS:
            if new.get(name):
                new[name] = datetime.fromisoformat(new[name])
        resolution = data.get("resolution")
        return cls(
            NewTicket(**new),
            Resolution(**_known(Resolution, resolution)) if resolution else None,
            str(data.get("out_of_scope", "")),
            tuple(TicketId(_whole(each)) for each in data.get("links", ())),
            tuple(PickedFile(**_known(PickedFile, each)) for each in data.get("files", ())),
            dict(data.get("draft", {})),
        )


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of it. `row` is None where the ticket could not be read back; `left_out` are the errors of
    the ending, links and files that could not be added to the saved ticket.
    """

    outcome: Outcome
    row: TicketRow | None
    left_out: tuple[FirstlineError, ...] = ()


def submit(ctx: Context, submission: Submission, op_id: str, read_file: ReadFile) -> Submitted:
    """Save a submission. Sent again with the same `op_id`, it happens once.

    A link or file that is refused does not undo the ticket: it is named in the answer.

    Raises:
        RuleViolation, BadInput, NotFound, NotAllowed: as the commands; then nothing was saved.
        StoreUnavailable: the database does not answer; send it again with the same `op_id`.
    """
    # The decorator takes `op_id` out; it is no parameter of the body, so type checkers do not know it.
    create = cast("Callable[..., Outcome]", commands.create_ticket)
    solve = cast("Callable[..., Outcome]", commands.solve_new)
    if submission.resolution is not None:
        outcome = solve(ctx, submission.new, submission.resolution, op_id=op_id)
    else:
        outcome = create(ctx, submission.new, op_id=op_id)
    if outcome.id is None:
        raise NotFound("tickets.not_found", id=0)
    ticket_id = TicketId(outcome.id)
    left_out = [
        error
        for number, step in enumerate(_additions(ctx, submission, outcome, read_file))
        if (error := _added(step, step_id(op_id, f"add{number}"))) is not None
    ]
    return Submitted(outcome, queries.ticket_row(ctx, ticket_id), tuple(left_out))


def step_id(op_id: str, step: str) -> str:
    """Return the operation id of one step: always the same for the same operation and step."""
    return uuid.uuid5(uuid.UUID(hex=op_id), step).hex


def _additions(
    ctx: Context, submission: Submission, saved: Outcome, read_file: ReadFile
) -> list[Callable[..., Outcome]]:
    ticket_id = TicketId(saved.id or 0)

    def attach(file: PickedFile, **operation: str) -> Outcome:
        add = cast("Callable[..., Outcome]", note_commands.attach_file)
        body = read_file(file.kept_as)
        return add(ctx, ticket_id, name=file.name, media_type=file.media_type, body=body, **operation)

    def end(**operation: str) -> Outcome:
        refuse = cast("Callable[..., Outcome]", commands.mark_out_of_scope)
        reason = submission.out_of_scope
        return refuse(ctx, ticket_id, version=saved.version, reason=reason, **operation)

    ends = [end] if submission.out_of_scope else []
    links = [partial(note_commands.link_tickets, ctx, ticket_id, other) for other in submission.links]
    return [*ends, *links, *(partial(attach, file) for file in submission.files)]


def _added(step: Callable[..., Outcome], op_id: str) -> FirstlineError | None:
    try:
        step(op_id=op_id)
    except StoreUnavailable:
        raise
    except FirstlineError as refused:
        return refused
    return None


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no id")
    return value


def _known(kind: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise TypeError(f"{data!r} is no {kind.__name__}")
    names = {each.name for each in fields(kind)}
    return {name: value for name, value in data.items() if name in names}
