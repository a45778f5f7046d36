"""Proving the book: every record, paper, signature and the chain between them is computed again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from app.models.entities.handover import BookFault, BookVerified, Fault
from app.models.transactions import Reader, Row
from app.services.base.command import query
from app.services.base.context import Context
from app.services.handover.recording import line_digest_of
from app.services.handover.rules import chain_hash, digest

_AT_ONCE = 20
_COUNTER = "handover"
_CLOSED = (
    "SELECT handover.id, number, record, handover.sha256, previous_sha256, paper_sha256, out_by_id, out_at,"
    " out_reason, in_by_id, in_at, in_reason, on_date, template_id, state, remarks, attachment_body.body"
    " FROM handover LEFT JOIN attachment_body ON attachment_body.sha256 = handover.paper_sha256"
)


@dataclass(frozen=True, slots=True)
class Link:
    """Where the chain stands: the number and the hash of the record before."""

    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class VerifiedSome:
    """What some records gave; `link` is where to go on, None at the end of the book."""

    checked: int
    faults: tuple[BookFault, ...]
    link: Link | None


BEGINNING = Link(0, "")


def verify_book(ctx: Context) -> BookVerified:
    """Compute the whole book again, some records at a time; nothing is written.

    A record, paper, signature or line that was changed behind the program's back is named, and so is one
    that was taken out, the last one too.

    Raises:
        NotAllowed: the actor may not read the roster.
    """
    checked, faults = 0, list[BookFault]()
    link: Link | None = BEGINNING
    while link is not None:
        some = verify_some(ctx, link)
        checked, link = checked + some.checked, some.link
        faults += some.faults
    return BookVerified(checked, tuple(faults))


@query(permission="roster.read")
def verify_some(_ctx: Context, read: Reader, link: Link) -> VerifiedSome:
    """Compute the next records after `link` again."""
    rows = read.rows(f"{_CLOSED} WHERE number > ? ORDER BY number LIMIT ?", (link.number, _AT_ONCE))
    faults: list[BookFault] = []
    for row in rows:
        faults += [BookFault(gone, None, Fault.MISSING) for gone in range(link.number + 1, row[1])]
        found = list(_faults_of(read, row))
        if row[1] == link.number + 1 and row[4] != link.sha256:
            found.append(Fault.CHAIN)
        faults += [BookFault(row[1], row[0], fault) for fault in found]
        link = Link(row[1], row[3])
    if len(rows) == _AT_ONCE:
        return VerifiedSome(len(rows), tuple(faults), link)
    last = int(read.value("SELECT value FROM counter WHERE name = ?", (_COUNTER,)) or 0)
    faults += [BookFault(gone, None, Fault.MISSING) for gone in range(link.number + 1, last + 1)]
    faults += _unnumbered(read)
    return VerifiedSome(len(rows), tuple(faults), None)


def _faults_of(read: Reader, row: Row) -> Iterator[Fault]:
    record, paper_sha256 = row[2] or "", row[5] or ""
    if row[16] is None or digest(bytes(row[16])) != paper_sha256:
        yield Fault.PAPER
    if chain_hash(row[4], record, paper_sha256) != row[3]:
        yield Fault.RECORD
    try:
        said = json.loads(record)
        if _signed(said) != _stored(row):
            yield Fault.SIGNATURE
        if [line_digest_of(line) for line in said["lines"]] != _lines(read, row[0], said):
            yield Fault.LINES
    except (ValueError, KeyError, TypeError):  # no longer a record at all; its hash says so as well
        yield Fault.SIGNATURE


def _signed(said: dict[str, dict[str, object]]) -> tuple[object, ...]:
    out, taken, shift = said["out"], said["in"], said["shift"]
    return (
        said["number"],
        said["remarks"],
        shift["date"],
        shift["template"],
        *(out[key] for key in ("id", "at", "reason")),
        *(taken[key] for key in ("id", "at", "reason")),
    )


def _stored(row: Row) -> tuple[object, ...]:
    return (row[1], row[15], row[12], row[13], *row[6:12])


def _lines(read: Reader, handover_id: int, said: dict[str, list[dict[str, int]]]) -> list[tuple[object, ...]]:
    """Return the stored lines in the record's order; one that is not in the record comes last."""
    rows = read.rows(
        "SELECT id, section, reference, note, state, question, answer FROM handover_line"
        " WHERE handover_id = ?",
        (handover_id,),
    )
    places = {line["id"]: place for place, line in enumerate(said["lines"])}
    ordered = sorted(rows, key=lambda row: (places.get(row[0], len(places)), row[0]))
    return [tuple(row[1:]) for row in ordered]


def _unnumbered(read: Reader) -> list[BookFault]:
    """Return closed handovers that lost their number, and numbered ones that are no longer closed."""
    rows = read.rows(
        "SELECT id, COALESCE(number, 0) FROM handover"
        " WHERE (state = 'closed' AND number IS NULL) OR (state <> 'closed' AND number IS NOT NULL)"
        " ORDER BY id"
    )
    return [BookFault(row[1], row[0], Fault.SIGNATURE) for row in rows]
