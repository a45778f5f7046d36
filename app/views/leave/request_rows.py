"""A request as a line of a list: which lists it stands in, and what its reader may do with it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.leave import (
    LIVE_SWAPS,
    LeaveRequest,
    LeaveState,
    ShiftSwap,
    SwapDetails,
    SwapState,
)

Item = LeaveRequest | ShiftSwap


class Part(StrEnum):
    """The lists of the page."""

    DECIDE = "decide"
    MINE = "mine"
    OPEN = "open"
    DONE = "done"


class Deed(StrEnum):
    """What can be done with a request."""

    APPROVE = "approve"
    REFUSE = "refuse"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the lists; `grace` is how long whoever took a shift may put it back."""

    person_id: PersonId | None
    may_decide: bool
    may_ask: bool
    now: datetime
    grace: timedelta


def key_of(item: Item) -> int:
    """Return the key of a line: absences are even, swaps odd, so that both fit into one list."""
    return int(item.id) * 2 + isinstance(item, ShiftSwap)


def is_live(item: Item, reader: Reader) -> bool:
    """Whether somebody still has to say something to it."""
    if isinstance(item, LeaveRequest):
        return item.state is LeaveState.ASKED
    return item.state in LIVE_SWAPS and item.expires_at > reader.now


def parts_of(item: Item, reader: Reader) -> frozenset[Part]:
    """Return the lists a request stands in."""
    found = set()
    mine = _people(item)
    if reader.person_id is not None and reader.person_id in mine:
        found.add(Part.MINE)
    if {Deed.APPROVE, Deed.DECLINE} & set(deeds_of(item, reader)) and not _is_early(item, reader):
        found.add(Part.DECIDE)
    if isinstance(item, ShiftSwap) and item.state is SwapState.ASKED and is_live(item, reader):
        is_anybodys = item.other_id is None
        if is_anybodys or _is_early(item, reader):
            found.add(Part.OPEN)
    if not is_live(item, reader):
        found.add(Part.DONE)
    return frozenset(found)


def deeds_of(item: Item, reader: Reader) -> tuple[Deed, ...]:
    """Return what the reader may do with a request, the likeliest first."""
    if isinstance(item, LeaveRequest):
        acts = reader.may_ask or reader.may_decide or item.may_decide
        return _of_leave(item, reader) if acts else ()
    return _of_swap(item, reader) if reader.may_ask or reader.may_decide else ()


def details_for(swap: ShiftSwap, reader: Reader) -> SwapDetails | None:
    """Return what a swap would do: of one open to anybody, if the reader takes it; None where nobody does."""
    if swap.other_id is not None:
        return swap.details
    if reader.person_id is None or reader.person_id == swap.asker_id:
        return None
    return SwapDetails(swap.asker_id, swap.on_date, reader.person_id, swap.other_date, swap.reason)


def shifts_in(item: Item) -> Sequence[TemplateId]:
    """Return the shifts a line shows."""
    if isinstance(item, LeaveRequest):
        return (item.template_id,)
    return tuple(one for one in (item.template_id, item.other_template_id) if one is not None)


def _of_leave(request: LeaveRequest, reader: Reader) -> tuple[Deed, ...]:
    is_mine = request.person_id == reader.person_id
    if request.state is LeaveState.ASKED:
        decide = (Deed.APPROVE, Deed.REFUSE) if request.may_decide and not is_mine else ()
        return (*decide, *((Deed.WITHDRAW,) if is_mine or request.may_decide else ()))
    if request.state is LeaveState.APPROVED and (request.may_decide or reader.may_decide):
        return (Deed.WITHDRAW,)
    return ()


def _of_swap(swap: ShiftSwap, reader: Reader) -> tuple[Deed, ...]:
    me = reader.person_id
    is_party = me is not None and me in {swap.asker_id, swap.other_id}
    decides = reader.may_decide and not is_party
    if swap.state is SwapState.TAKEN and is_party and reader.now <= swap.asked_at + reader.grace:
        return (Deed.TAKE_BACK,)
    if swap.state in {SwapState.TAKEN, SwapState.APPROVED}:
        return (Deed.TAKE_BACK,) if reader.may_decide else ()
    if not is_live(swap, reader):
        return ()
    found: list[Deed] = []
    if swap.state is SwapState.ASKED and me is not None and me != swap.asker_id:
        if swap.other_id == me:
            found += [Deed.ACCEPT, Deed.DECLINE]
        elif swap.other_id is None:
            found.append(Deed.ACCEPT)
    if decides and swap.other_id is not None:
        found += [Deed.APPROVE, Deed.REFUSE]
    if me == swap.asker_id or decides:
        found.append(Deed.WITHDRAW)
    return tuple(found)


def _is_early(item: Item, reader: Reader) -> bool:
    """Whether it is a swap between two others that the second has not answered yet."""
    return (
        isinstance(item, ShiftSwap)
        and item.state is SwapState.ASKED
        and item.other_id is not None
        and reader.person_id not in {item.asker_id, item.other_id}
    )


def _people(item: Item) -> set[PersonId | None]:
    if isinstance(item, LeaveRequest):
        return {item.person_id}
    return {item.asker_id, item.other_id}
