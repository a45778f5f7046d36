"""Reads a ticket's log into stretches: when each clock ran, stood still, or was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import NeverDue, NeverOpen, NotFound
from app.models.entities.ids import ReasonId, TeamId
from app.models.entities.sla import (
    DEFAULT_CONTACTS,
    ClockKind,
    ContactKind,
    Promise,
    ReopenPolicy,
    SegmentKind,
    Stretch,
    WaitingRule,
)
from app.models.entities.tickets import (
    ENDED_WITHOUT_WORK,
    OPEN_STATUSES,
    Channel,
    EventKind,
    TicketEvent,
    TicketStatus,
)
from app.services.calendars.rules import add_working_time, working_day_length

LIVE_CHANNELS = frozenset({Channel.PHONE, Channel.VISIT, Channel.VIDEO})
MANUAL_DUE_FIELD = "resolution_due_at"
_DONE = frozenset({TicketStatus.RESOLVED, TicketStatus.CLOSED})
_STATUSES = {status.value: status for status in TicketStatus}
_MOVING_KINDS = frozenset({EventKind.CREATED, EventKind.STATUS, EventKind.IMPORTED, EventKind.PROMISED})
_WATCHED_FIELDS = frozenset({"waiting_reason_id", "team_id", MANUAL_DUE_FIELD})
_CONTACT_OF_KIND = {
    EventKind.REPLY: ContactKind.REPLY,
    EventKind.CALL: ContactKind.CALL,
    EventKind.CONFIRMATION: ContactKind.CONFIRMATION,
}


@dataclass(frozen=True)
class FoldSettings:
    """What the fold must know besides the log; all of it is configuration.

    waiting_rules: what each waiting reason pauses; an unknown reason pauses nothing.
    team_lines: the line (1, 2, 3) of each team; an unknown team is the desk.
    """

    waiting_rules: Mapping[ReasonId, WaitingRule] = field(default_factory=dict)
    team_lines: Mapping[TeamId, int] = field(default_factory=dict)
    contacts: frozenset[ContactKind] = DEFAULT_CONTACTS
    reopen: ReopenPolicy = ReopenPolicy.RESUME


@dataclass(slots=True)
class Step:
    """One event as the clocks see it: states before and after it, and what it means for a promise."""

    event: TicketEvent
    at: datetime
    is_first: bool
    before: TicketStatus
    after: TicketStatus
    is_contact: bool
    is_word: bool
    line: int

    @property
    def is_done(self) -> bool:
        """The ticket was solved by this event."""
        return self.after in _DONE and self.before not in _DONE

    @property
    def is_ended(self) -> bool:
        """The ticket was ended without work by this event."""
        return self.after in ENDED_WITHOUT_WORK

    @property
    def is_reopened(self) -> bool:
        """The ticket went back to work by this event."""
        return self.after in OPEN_STATUSES and self.before not in OPEN_STATUSES


@dataclass(frozen=True)
class ClockRule:
    """When a clock starts, when what it measures is done, and whether it goes on after a reopening.

    One that `restarts` counts anew from each such step: what came before is kept as its history only.
    """

    kind: ClockKind
    starts: Callable[[Step], bool]
    is_met: Callable[[Step], bool]
    goes_on: bool = False
    restarts: Callable[[Step], bool] | None = None


TICKET_CLOCKS = (
    ClockRule(
        ClockKind.RESPONSE,
        starts=lambda step: step.is_first,
        is_met=lambda step: step.is_contact or step.is_done,
    ),
    ClockRule(
        ClockKind.RESOLUTION,
        starts=lambda step: step.is_first,
        is_met=lambda step: step.is_done,
        goes_on=True,
    ),
    ClockRule(
        ClockKind.FIRST_LINE,
        starts=lambda step: step.is_first,
        is_met=lambda step: step.is_done or step.line > 1,
    ),
)

# How long the user may be left without a word (S2-6). Only the desk's own words count: the user's asking
# again must not give the desk more time.
UPDATE_CLOCK = ClockRule(
    ClockKind.UPDATE_DUE,
    starts=lambda step: step.is_first,
    is_met=lambda step: step.is_done,
    goes_on=True,
    restarts=lambda step: step.is_word,
)


@dataclass(slots=True)
class ClockHistory:
    """One clock's stretches, oldest first and without gaps from its start on.

    `counts_from` is the index of the first stretch that counts: not 0 after a restart. `ended_under` is the
    promise that stood when the clock ended, with since when (None: the first): a later one says nothing about
    what was done before it.
    """

    rule: ClockRule
    started_at: datetime | None = None
    met_at: datetime | None = None
    ended_at: datetime | None = None
    stretches: list[Stretch] = field(default_factory=list)
    counts_from: int = 0
    ended_under: tuple[Promise, datetime | None] | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """From `since` on, until the next one: in which state and with which line the ticket was."""

    since: datetime
    status: TicketStatus
    line: int
    waiting_for: ReasonId | None
    promise: Promise


@dataclass(slots=True)
class TicketHistory:
    """What a ticket's log says to its clocks."""

    clocks: list[ClockHistory]
    promise: Promise
    promised_at: datetime | None  # None while the first promise stands
    manual_due_at: datetime | None
    hands: list[Hand] = field(default_factory=list)

    def promise_of(self, clock: ClockHistory) -> tuple[Promise, datetime | None]:
        """Return the promise a clock is judged by, and since when it stood (None: from the start)."""
        return clock.ended_under or (self.promise, self.promised_at)


def calendar_of(calendars: Mapping[str, BusinessCalendar], promise: Promise) -> BusinessCalendar:
    """Return the calendar version a promise names; a caller without versions gives plain codes.

    Raises:
        NotFound: `sla.calendar_missing`.
    """
    found = calendars.get(promise.calendar_key) or calendars.get(promise.calendar)
    if found is None:
        raise NotFound("sla.calendar_missing", calendar=promise.calendar_key)
    return found


def read_log(
    events: Sequence[TicketEvent],
    calendars: Mapping[str, BusinessCalendar],
    settings: FoldSettings,
    rules: Sequence[ClockRule],
) -> TicketHistory | None:
    """Return the ticket's history, or None when it was never promised anything.

    Events come in the order of the log. Where an instant goes back (imports, skewed clocks), the latest one
    seen so far holds, so that no stretch is ever negative.
    """
    first = next((event for event in events if event.kind is EventKind.PROMISED), None)
    if first is None:
        return None
    reader = _Reader(Promise.from_dict(first.detail), calendars, settings, rules)
    for event in events:
        reader.read(event, is_first_promise=event is first)
    return reader.finish()


class _Mode(NamedTuple):
    """What a clock does at the moment. `since` is when it began to; `start` is later after a new promise."""

    kind: SegmentKind
    start: datetime
    reason: ReasonId | None
    since: datetime


class _Reader:
    """Walks the log once, cutting every clock's stretches where something changes for it."""

    def __init__(
        self,
        promise: Promise,
        calendars: Mapping[str, BusinessCalendar],
        settings: FoldSettings,
        rules: Sequence[ClockRule],
    ) -> None:
        self._calendars = calendars
        self._settings = settings
        self._history = TicketHistory([ClockHistory(rule) for rule in rules], promise, None, None)
        self._modes: dict[ClockKind, _Mode] = {}
        self._at: datetime | None = None
        self._status = TicketStatus.NEW
        self._reason: ReasonId | None = None
        self._line = 1
        self._is_from_machine = False

    def read(self, event: TicketEvent, *, is_first_promise: bool) -> None:
        is_contact = self._is_contact(event)
        if not (is_contact or self._at is None or _matters(event) or _is_word(event)):
            return
        step = self._step(event, is_contact)
        promise = None
        if event.kind is EventKind.PROMISED and not is_first_promise:
            promise = Promise.from_dict(event.detail)
            self._history.promised_at = step.at
        elif event.kind is EventKind.CHANGED and event.field == MANUAL_DUE_FIELD:
            self._history.manual_due_at = datetime.fromisoformat(event.new) if event.new else None
        waiting_for = self._reason if self._status is TicketStatus.WAITING else None
        for clock in self._history.clocks:
            self._apply(clock, step, waiting_for, has_new_promise=promise is not None)
        if promise is not None:
            self._history.promise = promise
        self._note_hand(step, waiting_for)

    def finish(self) -> TicketHistory:
        for clock in self._history.clocks:
            mode = self._modes.get(clock.rule.kind)
            if mode is not None:
                self._add(clock, mode, None)
        return self._history

    def _step(self, event: TicketEvent, is_contact: bool) -> Step:
        is_first = self._at is None
        at = event.at.replace(microsecond=0)
        if self._at is not None and at < self._at:
            at = self._at
        self._at = at
        before = self._status
        if event.kind in (EventKind.STATUS, EventKind.IMPORTED, EventKind.CREATED):
            self._status = _STATUSES.get(event.new or "", before)
        self._note_reason(event)
        self._note_line(event)
        return Step(event, at, is_first, before, self._status, is_contact, _is_word(event), self._line)

    def _note_reason(self, event: TicketEvent) -> None:
        if event.kind is EventKind.CHANGED:
            if event.field == "waiting_reason_id":
                self._reason = ReasonId(int(event.new)) if event.new else None
        elif "waiting_reason_id" in event.detail:
            self._reason = _reason_id(event.detail["waiting_reason_id"])

    def _note_line(self, event: TicketEvent) -> None:
        team: object = None
        if event.kind is EventKind.CHANGED:
            if event.field == "team_id":
                team = event.new
        elif event.detail:
            team = event.detail.get("team_id")
        if team:
            self._line = self._settings.team_lines.get(TeamId(int(str(team))), 1)

    def _note_hand(self, step: Step, waiting_for: ReasonId | None) -> None:
        promise, hands = self._history.promise, self._history.hands
        last = hands[-1] if hands else None
        if last is None or (last.status, last.line, last.waiting_for, last.promise) != (
            step.after,
            step.line,
            waiting_for,
            promise,
        ):
            since = step.at if hands else _received_at(step)
            hands.append(Hand(since, step.after, step.line, waiting_for, promise))

    def _is_contact(self, event: TicketEvent) -> bool:
        """Whether the desk spoke to the user: its own words count, the user's and a machine's do not."""
        if event.detail.get("by", "desk") != "desk":
            return False
        contacts = self._settings.contacts
        kind = _CONTACT_OF_KIND.get(event.kind)
        if kind is not None:
            return kind in contacts
        if event.kind is EventKind.CREATED:
            # Nobody waits for a word about a machine's own report: beginning to work is the answer.
            is_machine = event.detail.get("channel") == Channel.MONITORING
            self._is_from_machine = is_machine and not event.detail.get("requester_id")
            is_live = event.detail.get("channel") in LIVE_CHANNELS
            return is_live and ContactKind.LIVE_CHANNEL in contacts
        if event.kind is EventKind.NOTE:
            return bool(event.detail.get("public")) and ContactKind.PUBLIC_NOTE in contacts
        begins = (
            event.kind in (EventKind.STATUS, EventKind.IMPORTED) and event.new == TicketStatus.IN_PROGRESS
        )
        return begins and (self._is_from_machine or ContactKind.START in contacts)

    def _apply(
        self, clock: ClockHistory, step: Step, waiting_for: ReasonId | None, *, has_new_promise: bool
    ) -> None:
        kind = clock.rule.kind
        mode = self._modes.get(kind)
        if mode is None:
            if not clock.rule.starts(step):
                return
            clock.started_at = started_at = _received_at(step)
            mode = self._modes[kind] = _Mode(SegmentKind.OPEN, started_at, None, started_at)
        elif mode.kind is SegmentKind.STOPPED and not (clock.rule.goes_on and step.is_reopened):
            return
        wanted, reason = self._wanted(clock, step, waiting_for)
        is_new = wanted is not mode.kind or reason != mode.reason
        is_anew = clock.rule.restarts is not None and clock.rule.restarts(step)
        if is_new or is_anew or has_new_promise:
            self._add(clock, mode, step.at)
            if is_anew and wanted is not SegmentKind.STOPPED:
                clock.started_at, clock.counts_from = step.at, len(clock.stretches)
            if wanted is not SegmentKind.STOPPED and mode.kind is SegmentKind.STOPPED:
                clock.met_at = clock.ended_at = clock.ended_under = None
                if self._settings.reopen is ReopenPolicy.RESTART:
                    clock.counts_from = len(clock.stretches)
            self._modes[kind] = _Mode(wanted, step.at, reason, step.at if is_new else mode.since)

    def _wanted(
        self, clock: ClockHistory, step: Step, waiting_for: ReasonId | None
    ) -> tuple[SegmentKind, ReasonId | None]:
        """Return what the clock does after a step, noting when it was met or ended."""
        rule = clock.rule
        if rule.is_met(step) or step.is_ended:
            clock.ended_at = step.at
            clock.ended_under = self._history.promise, self._history.promised_at
            clock.met_at = None if step.is_ended else step.at
            return SegmentKind.STOPPED, None
        if waiting_for is not None:
            waiting = self._settings.waiting_rules.get(waiting_for)
            if waiting is not None and rule.kind in waiting.pauses:
                return SegmentKind.PAUSED, waiting_for
        return SegmentKind.OPEN, None

    def _add(self, clock: ClockHistory, mode: _Mode, end: datetime | None) -> None:
        kind, start, reason, since = mode
        promise = self._history.promise
        limit = None if reason is None else self._pause_limit(reason, since)
        if limit is not None and (end is None or limit < end):
            if start < limit:
                clock.stretches.append(Stretch(start, limit, kind, promise, reason))
            kind, start, reason = SegmentKind.OPEN, max(start, limit), None
        if end is None or start < end:
            clock.stretches.append(Stretch(start, end, kind, promise, reason))

    def _pause_limit(self, reason: ReasonId, since: datetime) -> datetime | None:
        """Return when a pause ends by itself, or None when the reason sets no limit."""
        longest = self._settings.waiting_rules[reason].longest_pause
        if longest is None:
            return None
        calendar = calendar_of(self._calendars, self._history.promise)
        try:
            return add_working_time(calendar, since, longest.length(working_day_length(calendar)))
        except (NeverOpen, NeverDue):
            return None


def _is_word(event: TicketEvent) -> bool:
    """Whether the desk told the user something: a reply, a call, or a note the user can read."""
    if event.detail.get("by", "desk") != "desk":
        return False
    return event.kind in _CONTACT_OF_KIND or (
        event.kind is EventKind.NOTE and bool(event.detail.get("public"))
    )


def _matters(event: TicketEvent) -> bool:
    """Whether an event that is no contact can change anything for a clock."""
    if event.kind is EventKind.CHANGED:
        return event.field in _WATCHED_FIELDS
    return event.kind in _MOVING_KINDS


def _received_at(step: Step) -> datetime:
    """Return since when the caller waits: the moment the form was opened, if the log knows it."""
    received = step.event.detail.get("received_at")
    if not isinstance(received, str):
        return step.at
    return min(datetime.fromisoformat(received).replace(microsecond=0), step.at)


def _reason_id(value: object) -> ReasonId | None:
    return ReasonId(int(str(value))) if value else None
