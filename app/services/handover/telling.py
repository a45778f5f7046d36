"""Who is told of a signature: the next shift's leaders, once the one who hands over has signed."""

from __future__ import annotations

from app.models.entities.events import NoticesChanged
from app.models.entities.handover import Handover
from app.models.entities.ids import PersonId
from app.models.entities.instants import to_micros
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Transaction
from app.services.notices.writing import put_notices


def tell_signed(tx: Transaction, handover: Handover, signer: PersonId) -> None:
    """Tell the leaders who take over that the sheet waits for them, once for each time it is signed."""
    shift = handover.shift
    body = {
        "by": int(signer),
        "day": shift.on_date.isoformat(),
        "shift": shift.template.code,
        "name": shift.template.name,
        "name_alt": shift.template.name_alt,
    }
    put_notices(
        tx,
        [
            NewNotice(person, NoticeKind.HANDOVER_SIGNED, _key(handover, tx.now_micros, person), None, body)
            for person in _taking_over(handover)
            if person != signer
        ],
    )


def settle_signed(tx: Transaction, handover: Handover) -> None:
    """Mark what `tell_signed` told as read: the shift is taken over, or the signature was taken back."""
    if handover.out is None:
        return
    at = to_micros(handover.out.at)
    settled: set[int] = set()
    for person in _taking_over(handover):
        rows = tx.rows(
            "UPDATE notice SET read_at = ? WHERE key = ? AND read_at IS NULL RETURNING person_id",
            (tx.now_micros, _key(handover, at, person)),
        )
        settled |= {row[0] for row in rows}
    if settled:
        tx.announce(NoticesChanged(frozenset(settled)))


def _taking_over(handover: Handover) -> list[PersonId]:
    return [leader.person_id for leader in handover.next_leaders]


def _key(handover: Handover, signed_at: int, person: PersonId) -> str:
    return f"handover_signed:{handover.id}:{signed_at}:p{person}"
