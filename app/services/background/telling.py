"""Writing what fell due as notices: put off in quiet hours, made one in a storm."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from app.models.entities.escalation import EscalationRules
from app.models.entities.events import NoticesChanged
from app.models.entities.instants import from_micros, to_micros
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Transaction
from app.services.escalation.recipients import Directory
from app.services.escalation.telling import (
    STORMY,
    Storm,
    Told,
    grouped,
    notices_of,
    storm_key,
    stretch_start,
)
from app.services.notices.writing import put_notices


def tell(
    tx: Transaction, told: Sequence[Told], rules: EscalationRules, zone: ZoneInfo, directory: Directory
) -> int:
    """Write the notices of what fired in this transaction; return how many were new."""
    if not told:
        return 0
    working = directory.working if rules.quiet_from != rules.quiet_until else ()
    notices = notices_of(told, rules, zone, tx.now, working)
    before = _before(tx, notices, rules)
    ready = grouped(notices, rules, tx.now, before)
    grown = {one.key for one in ready if one.kind is NoticeKind.STORM and _count_again(tx, one)}
    return put_notices(tx, [one for one in ready if one.key not in grown])


def _before(tx: Transaction, notices: Sequence[NewNotice], rules: EscalationRules) -> Mapping[str, Storm]:
    """Return what the people concerned have unread of the stretches their new notices fall into.

    Read straight off the index (person, read_at, show_at).
    """
    stormy = [notice for notice in notices if notice.kind in STORMY]
    if not stormy or rules.storm_count < 2 or rules.storm_minutes < 1:
        return {}
    people = sorted({notice.person_id for notice in stormy})
    since = min(stretch_start(notice.show_at or tx.now, rules) for notice in stormy)
    marks = ", ".join("?" * len(people))
    singles: Counter[str] = Counter()
    storms: dict[str, int] = {}
    for person, kind, key, body, shown in tx.rows(
        "SELECT person_id, kind, key, body, show_at FROM notice"
        f" WHERE person_id IN ({marks}) AND read_at IS NULL AND show_at >= ?",
        (*people, to_micros(since)),
    ):
        if kind == NoticeKind.STORM:
            storms[key] = int(json.loads(body).get("count", 0))
        elif NoticeKind(kind) in STORMY:
            singles[storm_key(person, from_micros(shown), rules)] += 1
    return {key: Storm(singles[key], storms.get(key, 0)) for key in {*singles, *storms}}


def _count_again(tx: Transaction, notice: NewNotice) -> bool:
    """Let a storm that is told already tell of more; tell whether there was one.

    One that was read is unread again, and tells of what came since: its key is taken for the whole stretch.
    """
    body = json.dumps(dict(notice.body), ensure_ascii=False, sort_keys=True)
    if not tx.execute("UPDATE notice SET body = ?, read_at = NULL WHERE key = ?", (body, notice.key)):
        return False
    tx.announce(NoticesChanged(frozenset({int(notice.person_id)})))
    return True
