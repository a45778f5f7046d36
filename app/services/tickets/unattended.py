"""Tickets in a queue that nobody at work serves: the duty supervisor has a notice that grows (U43)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from app.models.entities.events import NoticesChanged
from app.models.entities.ids import PersonId, TeamId, TicketId
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.entities.tickets import EventKind, TicketEvent
from app.models.transactions import Transaction
from app.services.escalation.recipients import Directory
from app.services.notices.writing import put_notices
from app.services.roster.queries import load_templates, site_zone
from app.services.roster.rules import shift_at
from app.services.roster.team_duty import is_unattended

MOST_TICKETS = 200
"""So many tickets a notice counts at most: more than anybody would hand on one by one."""
# Both databases limit the parameters of one statement.
_AT_ONCE = 500


def tell_queues(tx: Transaction, lines: Sequence[TicketEvent], zone: ZoneInfo | None = None) -> None:
    """Tell of the tickets that these log lines leave in a queue nobody serves now."""
    waiting: defaultdict[TeamId, list[TicketId]] = defaultdict(list)
    for ticket_id, team_id in _come(tx, lines):
        waiting[team_id].append(ticket_id)
    for team_id, tickets in sorted(waiting.items()):
        if is_unattended(tx, team_id, tx.now, zone):
            tell_unattended(tx, tickets, team_id)


def _come(tx: Transaction, lines: Sequence[TicketEvent]) -> list[tuple[TicketId, TeamId]]:
    """Return the tickets that come to a queue, with the team; of a new ticket its first line says both."""
    come = sorted({line.ticket_id for line in lines if _comes_to_a_queue(line)})
    if come and lines[0].kind is EventKind.CREATED and len(come) == 1:
        is_given = any(line.field == "assignee_id" for line in lines)
        return [] if is_given else [(come[0], TeamId(int(str(lines[0].detail["team_id"]))))]
    found: list[tuple[TicketId, TeamId]] = []
    for start in range(0, len(come), _AT_ONCE):
        part = come[start : start + _AT_ONCE]
        rows = tx.rows(
            "SELECT id, team_id FROM ticket WHERE is_open = true AND assignee_id IS NULL"
            f" AND team_id IS NOT NULL AND id IN ({', '.join('?' * len(part))}) ORDER BY id",
            part,
        )
        found += [(TicketId(row[0]), TeamId(row[1])) for row in rows]
    return found


def tell_unattended(tx: Transaction, tickets: Sequence[TicketId], team_id: TeamId) -> None:
    """Tell the duty supervisor of tickets that stay in a team's queue while nobody of it is at work.

    Nobody else is picked in its place: that is decided by people. Of a team and a shift each supervisor has
    one notice; it grows by every further ticket and is unread again then.
    """
    names = tx.one("SELECT name, name_alt FROM team WHERE id = ?", (team_id,))
    team, team_alt = names if names is not None else ("", "")
    told = [int(ticket) for ticket in tickets[:MOST_TICKETS]]
    body = {"by": tx.actor_id, "team": team, "team_alt": team_alt or "", "tickets": told}
    stem = f"{NoticeKind.TEAM_ABSENT.value}:{team_id}:{_shift_key(tx)}"
    for person in sorted(one for one in Directory(tx, tx.now).supervisors if one != tx.actor_id):
        key = f"{stem}:{person}"
        notice = NewNotice(person, NoticeKind.TEAM_ABSENT, key, TicketId(told[-1]), body)
        if not put_notices(tx, [notice]):
            _grow(tx, key, person, told)


def _grow(tx: Transaction, key: str, person: PersonId, tickets: Sequence[int]) -> None:
    # Written before it is read: whoever else adds a ticket now waits, and none is lost.
    tx.execute("UPDATE notice SET at = at WHERE key = ?", (key,))
    body = json.loads(str(tx.value("SELECT body FROM notice WHERE key = ?", (key,))))
    known = body.get("tickets", [])
    more = [ticket for ticket in tickets if ticket not in known]
    if not more:
        return
    body |= {"by": tx.actor_id, "tickets": [*known, *more][:MOST_TICKETS]}
    stored = json.dumps(body, ensure_ascii=False, sort_keys=True)
    tx.execute(
        "UPDATE notice SET body = ?, ticket_id = ?, at = ?, show_at = ?, read_at = NULL WHERE key = ?",
        (stored, more[-1], tx.now_micros, tx.now_micros, key),
    )
    tx.announce(NoticesChanged(frozenset({int(person)})))


def _shift_key(tx: Transaction) -> str:
    zone = site_zone(tx)
    shift = shift_at(load_templates(tx), tx.now, zone)
    if shift is None:
        return tx.now.astimezone(zone).date().isoformat()
    return f"{shift.on_date.isoformat()}:{shift.template.id}"


def _comes_to_a_queue(line: TicketEvent) -> bool:
    if line.kind is EventKind.CREATED:
        return line.detail.get("team_id") is not None and line.detail.get("assignee_id") is None
    if line.kind is not EventKind.CHANGED:
        return False
    if line.field == "assignee_id":
        return line.new is None
    return line.field == "team_id" and line.new is not None
