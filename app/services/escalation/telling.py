"""From what fell due to notices: the words' facts, quiet hours, storms. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.escalation import EscalationRules
from app.models.entities.ids import PersonId, TicketId
from app.models.entities.instants import EPOCH
from app.models.entities.notices import NewNotice, NoticeKind
from app.services.escalation.steps import DueKind, DueStep
from app.services.settings.escalation_edits import quiet_end

_KINDS: Mapping[DueKind, NoticeKind] = {
    DueKind.WARNING: NoticeKind.WARNED,
    DueKind.BREACH: NoticeKind.BREACHED,
    DueKind.STEP: NoticeKind.ESCALATED,
    DueKind.FOLLOW_UP: NoticeKind.FOLLOW_UP,
    DueKind.WAITED_TOO_LONG: NoticeKind.WAITED_TOO_LONG,
    DueKind.AUTO_RESOLVE: NoticeKind.AUTO_RESOLVED,
    DueKind.CONFIRM_REMINDER: NoticeKind.CONFIRM_REMINDER,
    DueKind.AUTO_CLOSE: NoticeKind.AUTO_CLOSED,
    DueKind.TOLD_NEAR: NoticeKind.WARNED,
    DueKind.TOLD_OVER: NoticeKind.BREACHED,
}
TOLD = "promised"
"""Stands for a clock in the notices about a time told to the user."""
_OF_TOLD = frozenset({DueKind.TOLD_NEAR, DueKind.TOLD_OVER})
STORMY = frozenset({NoticeKind.WARNED, NoticeKind.BREACHED, NoticeKind.ESCALATED})
"""What a storm is made of; the rest asks for a deed of its own and is never grouped."""


@dataclass(frozen=True, slots=True)
class Told:
    """One step that fired for a ticket, its effective priority, and the people it is told to."""

    ticket_id: TicketId
    priority: int
    step: DueStep
    people: Collection[PersonId]


@dataclass(frozen=True, slots=True)
class Storm:
    """What one person has before them of one stretch of `storm_minutes`: unread steps, and their storm.

    `grouped` is how many a storm already told of; 0 where there is none.
    """

    singles: int = 0
    grouped: int = 0


def notices_of(
    told: Sequence[Told], rules: EscalationRules, zone: ZoneInfo, now: datetime, working: Collection[PersonId]
) -> list[NewNotice]:
    """Return one notice per person and step; of several about one clock of a ticket only the gravest.

    Notices about tickets of a priority milder than `rules.quiet_spares` are shown when the quiet hours that
    hold now end, except to whoever is at work (`working`).
    """
    chosen: dict[tuple[object, ...], tuple[PersonId, Told]] = {}
    for one in told:
        if one.step.kind not in _KINDS:
            continue
        for person in one.people:
            about = (person, one.ticket_id, one.step.clock or one.step.code)
            if about not in chosen or one.step.percent > chosen[about][1].step.percent:
                chosen[about] = (person, one)
    ends = quiet_end(rules, now.astimezone(zone))
    return [
        _notice(person, one, shown_at(person, one.priority, rules, ends, working))
        for person, one in chosen.values()
    ]


def shown_at(
    person: PersonId,
    priority: int,
    rules: EscalationRules,
    ends: datetime | None,
    working: Collection[PersonId],
) -> datetime | None:
    """Return when a notice about a ticket of an effective priority is shown to somebody; None for at once.

    `ends` is when the quiet hours end that hold now (`quiet_end`), None where none do.
    """
    if ends is None or priority <= rules.quiet_spares or person in working:
        return None
    return ends.astimezone(UTC)


def storm_key(person_id: PersonId, shown: datetime, rules: EscalationRules) -> str:
    """Return the key of the storm that a notice shown at `shown` would belong to."""
    return f"storm:{person_id}:{_stretch(shown, rules)}"


def stretch_start(shown: datetime, rules: EscalationRules) -> datetime:
    """Return when the stretch of `storm_minutes` begins that an instant lies in."""
    length = timedelta(minutes=rules.storm_minutes)
    return EPOCH + _stretch(shown, rules) * length


def grouped(
    notices: Iterable[NewNotice], rules: EscalationRules, now: datetime, before: Mapping[str, Storm]
) -> list[NewNotice]:
    """Return notices with those of a storm made one for each person.

    A storm is `storm_count` or more steps shown to one person within one stretch of `storm_minutes`; what
    stands before them unread (`before`, by `storm_key`) counts. A storm's notice counts all of them.
    """
    if rules.storm_count < 2 or rules.storm_minutes < 1:
        return list(notices)
    kept: list[NewNotice] = []
    heaps: defaultdict[str, list[NewNotice]] = defaultdict(list)
    for notice in notices:
        if notice.kind in STORMY:
            heaps[storm_key(notice.person_id, notice.show_at or now, rules)].append(notice)
        else:
            kept.append(notice)
    for key, heap in heaps.items():
        known = before.get(key, Storm())
        count = max(known.singles, known.grouped) + len(heap)
        if not known.grouped and count < rules.storm_count:
            kept += heap
        else:
            first = heap[0]
            kept.append(
                NewNotice(first.person_id, NoticeKind.STORM, key, None, {"count": count}, first.show_at)
            )
    return kept


def _stretch(shown: datetime, rules: EscalationRules) -> int:
    return (shown - EPOCH) // timedelta(minutes=rules.storm_minutes)


def _notice(person: PersonId, told: Told, show_at: datetime | None) -> NewNotice:
    step = told.step
    body: dict[str, object] = {}
    if step.clock is not None:
        body = {"clock": step.clock.value, "percent": step.percent}
    elif step.kind in _OF_TOLD:
        body = {"clock": TOLD}
    elif step.count:
        body = {"count": step.count}
    key = f"{step.code}:t{told.ticket_id}:c{step.cycle}:p{person}"
    return NewNotice(person, _KINDS[step.kind], key, told.ticket_id, body, show_at)
