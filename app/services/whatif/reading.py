"""Loading lives, and keeping them: an administrator tries one edit after the other on the same tickets.

What is kept is only a cache: before each use the change feed tells which tickets were touched since, and
these are read again. A load that was cancelled keeps what it has, so that the next one goes on from there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

import peewee as pw

from app.models.entities.events import TicketsChanged
from app.models.entities.ids import PersonId
from app.models.entities.instants import to_micros
from app.models.entities.settings import SettingValues
from app.models.entities.tickets import EventKind
from app.models.transactions import Reader
from app.services.base.progress import Progress
from app.services.settings import declared
from app.services.whatif.documents import Documents, Judge, Standing, TermsShelf
from app.services.whatif.figures import Side
from app.services.whatif.lives import Life, Line
from app.services.whatif.log_reading import READ_FIELDS, READ_KINDS, LifeReader
from app.services.whatif.peak import Handling, Peak
from app.services.whatif.terms import ways_of

# Well below the number of parameters that one statement of either database may have.
BATCH = 500
# So many are kept (half a kilobyte each) and answer each edit from memory; more are read again every time.
MOST_KEPT = 150_000
# Reading a ticket's log takes as long as replaying it so many times.
READING = 4
_WAIT_SECONDS = 0.2

_TICKETS = (
    "SELECT id, received_at, requester_id, is_open, type, impact, urgency, priority, priority_source,"
    " service_id, category_id FROM ticket WHERE id IN ({marks})"
)
# A note's or a mail's text may be long, and no clock ever reads it.
_LINES = (
    "SELECT ticket_id, at, kind, field,"
    " CASE WHEN kind = 'changed' THEN old END,"
    " CASE WHEN kind IN ('changed', 'created', 'status', 'imported') THEN new END,"
    " detail FROM ticket_event WHERE ticket_id IN ({marks}) AND {condition} ORDER BY ticket_id, id"
)
_KINDS = ", ".join(f"'{kind.value}'" for kind in READ_KINDS)
_FIELDS = ", ".join(f"'{name}'" for name in READ_FIELDS)
_COUNTS = f"(kind IN ({_KINDS}) OR (kind = 'changed' AND field IN ({_FIELDS})))"
_PROMISES_TOO = _COUNTS.replace("(kind IN (", f"(kind IN ('{EventKind.PROMISED.value}', ", 1)


class _Kept:
    """The lives of one open database, and how far the log and the feed had come when they were read."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.reader = LifeReader()
        self.lives: dict[int, Life] = {}
        self.feed = 0
        self.last_event = 0


_kept: WeakKeyDictionary[pw.Database, _Kept] = WeakKeyDictionary()
_lock = threading.Lock()


def load_lives(read: Reader, since: datetime, progress: Progress) -> tuple[list[Life], int]:
    """Return the lives of all tickets received since an instant, and of all open ones, in the order of ids.

    What was read before and not touched since is not read again. Reports steps of a whole that counts one
    more step for each life, for the replay that follows; the second answer is how many steps were taken here.
    `Cancelled` passes through.
    """
    kept = _kept_of(read)
    with _turn(kept.lock, progress):
        _forget_touched(read, kept)
        wanted = _wanted(read, since)
        for gone in kept.lives.keys() - wanted:
            del kept.lives[gone]
        missing = sorted(wanted - kept.lives.keys())
        for start in range(0, len(missing), BATCH):
            progress.report(start * READING, len(missing) * READING + len(wanted))
            for life in read_lives(read, missing[start : start + BATCH], kept.reader):
                kept.lives[life.id] = life
        lives = sorted(kept.lives.values(), key=lambda life: life.id)
        if len(lives) > MOST_KEPT:
            kept.lives, kept.reader = {}, LifeReader()
    return lives, len(missing) * READING


def read_lives(read: Reader, ticket_ids: Sequence[int], reader: LifeReader) -> list[Life]:
    """Return the lives of these tickets, at most BATCH of them, in two or three queries."""
    marks = ", ".join("?" * len(ticket_ids))
    tickets = read.rows(_TICKETS.format(marks=marks), ticket_ids)
    are_open = {row[0] for row in tickets if row[3]}
    others = [ticket_id for ticket_id in ticket_ids if ticket_id not in are_open]
    logs: dict[int, list[Line]] = {ticket_id: [] for ticket_id in ticket_ids}
    for ids, condition in ((sorted(are_open), _PROMISES_TOO), (others, _COUNTS)):
        if ids:
            text = _LINES.format(marks=", ".join("?" * len(ids)), condition=condition)
            for row in read.rows(text, ids):
                logs[row[0]].append(row)
    return [
        reader.life(
            row[0],
            received_at=row[1] // 1_000_000,
            facts=reader.facts(row[4:]),
            requester_id=row[2],
            is_open=bool(row[3]),
            lines=logs[row[0]],
        )
        for row in tickets
    ]


def open_ids(read: Reader) -> list[int]:
    """Return the ids of all open tickets."""
    return [row[0] for row in read.rows("SELECT id FROM ticket WHERE is_open = true ORDER BY id")]


def sides_of(read: Reader, *documents: Documents) -> list[Side]:
    """Return sets of documents, ready to replay lives under; equal promises compare by identity."""
    shelf = TermsShelf()
    people = _load_standings(read) if any(each.asks_for_people for each in documents) else {}
    return [Side(Judge(each, shelf, people), ways_of(each.settings)) for each in documents]


def load_peak(read: Reader, settings: SettingValues) -> Peak:
    """Return what counts the busiest hour, with the usual times of categories and services."""
    usual = Handling(
        settings[declared.STAFFING_HANDLING],
        _usual_seconds(read, "category"),
        _usual_seconds(read, "service"),
    )
    return Peak(usual, settings[declared.STAFFING_LEVEL] / 100)


def _usual_seconds(read: Reader, table: str) -> dict[Any, int]:
    return dict(
        read.rows(f"SELECT id, handling_minutes * 60 FROM {table} WHERE handling_minutes IS NOT NULL")
    )


def _load_standings(read: Reader) -> Mapping[PersonId, Standing]:
    """Return the company's name and whether they are a VIP, for everybody with either."""
    rows = read.rows(
        "SELECT person.id, COALESCE(company.name, ''), person.is_vip FROM person"
        " LEFT JOIN company ON company.id = person.company_id"
        " WHERE person.company_id IS NOT NULL OR person.is_vip = true"
    )
    return {PersonId(row[0]): (row[1], bool(row[2])) for row in rows}


def _kept_of(read: Reader) -> _Kept:
    with _lock:
        return _kept.setdefault(read.database, _Kept())


@contextmanager
def _turn(lock: threading.Lock, progress: Progress) -> Iterator[None]:
    """Wait until nobody else loads, hearing meanwhile whether the person still wants it."""
    while not lock.acquire(timeout=_WAIT_SECONDS):
        progress.report(0, 0)
    try:
        yield
    finally:
        lock.release()


def _wanted(read: Reader, since: datetime) -> set[int]:
    recent = read.rows("SELECT id FROM ticket WHERE received_at >= ?", (to_micros(since),))
    return {row[0] for row in recent} | set(open_ids(read))


def _forget_touched(read: Reader, kept: _Kept) -> None:
    """Forget the lives of tickets that were touched since they were read, by any program.

    The feed names every ticket a command touched, in the order of commits. Log lines are asked for besides:
    after weeks the feed may have been cut behind the place we know.
    """
    if not kept.lives:
        kept.feed = read.value("SELECT COALESCE(MAX(seq), 0) FROM change")
        kept.last_event = read.value("SELECT COALESCE(MAX(id), 0) FROM ticket_event")
        return
    oldest, newest = read.one("SELECT COALESCE(MIN(seq), 0), COALESCE(MAX(seq), 0) FROM change") or (0, 0)
    last_event = read.value("SELECT COALESCE(MAX(id), 0) FROM ticket_event")
    touched = {
        row[0]
        for row in read.rows(
            "SELECT entity_id FROM change WHERE seq > ? AND entity = ?", (kept.feed, TicketsChanged.entity)
        )
    }
    if 0 in touched or kept.feed + 1 < oldest or newest < kept.feed:
        kept.lives.clear()
    else:
        rows = read.rows("SELECT DISTINCT ticket_id FROM ticket_event WHERE id > ?", (kept.last_event,))
        touched |= {row[0] for row in rows}
        for ticket_id in touched & kept.lives.keys():
            del kept.lives[ticket_id]
    kept.feed, kept.last_event = newest, last_event
