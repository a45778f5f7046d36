"""What a service level agreement is: policies, targets, promises, and the clocks that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.models.entities.errors import BadInput
from app.models.entities.forms import WrongKind, list_in, mapping_in, number_in, text_in
from app.models.entities.ids import CategoryId, ReasonId, ServiceId
from app.models.entities.tickets import TicketType, WaitingKind
from app.models.entities.time import Allowance


class ClockKind(StrEnum):
    """Everything a promise can be about."""

    RESPONSE = "response"
    RESOLUTION = "resolution"
    FIRST_LINE = "first_line"
    TASK_ACCEPT = "task_accept"
    TASK_DONE = "task_done"
    UPDATE_DUE = "update_due"
    APPOINTMENT = "appointment"
    CONFIRMATION = "confirmation"


class ContactKind(StrEnum):
    """What may count as the desk's response; an SLA table ticks the ones that do."""

    LIVE_CHANNEL = "live_channel"  # registered by the desk while talking: telephone, visit, video
    REPLY = "reply"
    CALL = "call"
    PUBLIC_NOTE = "public_note"
    CONFIRMATION = "confirmation"
    START = "start"  # work begun, nobody told


class ReopenPolicy(StrEnum):
    """What a reopened ticket's resolution clock does."""

    RESUME = "resume"  # goes on from the time used; the resolved interval never counts
    RESTART = "restart"  # begins again at zero


DEFAULT_CONTACTS = frozenset(ContactKind) - {ContactKind.START}
DEFAULT_WARNINGS = (50, 75, 90)


@dataclass(frozen=True)
class Target:
    """One row of a policy: what is allowed for a priority, and the calendar (by code) that counts it."""

    priority: int
    calendar: str
    allowances: Mapping[ClockKind, Allowance]

    def to_dict(self) -> dict[str, Any]:
        """Return {"priority": 1, "calendar": "24x7", "response": "10 min", ...}."""
        texts = {kind.value: self.allowances[kind].to_text() for kind in ClockKind if kind in self.allowances}
        return {"priority": self.priority, "calendar": self.calendar, **texts}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Target:
        """Read the form of `to_dict`.

        Raises:
            BadInput: `sla.target_bad`, `sla.field_unknown`, or what `Allowance.from_text` raises.
        """
        try:
            priority = number_in(mapping_in(data).get("priority"))
            calendar = text_in(data.get("calendar"))
        except WrongKind as wrong:
            raise BadInput("sla.target_bad", value=str(data)[:60]) from wrong
        _refuse_unknown(data, {"priority", "calendar", *ClockKind})
        allowances = {
            kind: Allowance.from_text(str(data[kind.value])) for kind in ClockKind if data.get(kind.value)
        }
        return cls(priority, calendar, allowances)


@dataclass(frozen=True)
class SlaPolicy:
    """One line of the table: whom it is for, and its targets. An empty condition matches everything."""

    code: str
    targets: tuple[Target, ...]
    name: str = ""
    name_alt: str = ""
    types: frozenset[TicketType] = frozenset()
    service_ids: frozenset[ServiceId] = frozenset()
    category_ids: frozenset[CategoryId] = frozenset()
    companies: frozenset[str] = frozenset()
    vip: bool | None = None
    warn_percents: tuple[int, ...] = DEFAULT_WARNINGS

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form that `from_dict` reads; empty conditions are left out."""
        data: dict[str, Any] = {"code": self.code}
        parts = {
            "name": self.name,
            "name_alt": self.name_alt,
            "types": sorted(self.types),
            "service_ids": sorted(self.service_ids),
            "category_ids": sorted(self.category_ids),
            "companies": sorted(self.companies),
        }
        data.update({key: value for key, value in parts.items() if value})
        if self.vip is not None:
            data["vip"] = self.vip
        data["warn_percents"] = list(self.warn_percents)
        data["targets"] = [target.to_dict() for target in self.targets]
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SlaPolicy:
        """Read the form of `to_dict`.

        Raises:
            BadInput: `sla.policy_bad`, `sla.type_unknown`, `sla.field_unknown`, `sla.warn_bad`, or what
                `Target.from_dict` raises.
        """
        try:
            return cls._read(mapping_in(data))
        except WrongKind as wrong:
            raise BadInput("sla.policy_bad", value=str(wrong)) from wrong

    @classmethod
    def _read(cls, data: Mapping[str, Any]) -> SlaPolicy:
        code, vip = text_in(data.get("code")), data.get("vip")
        if not code or not isinstance(vip, bool | None):
            raise WrongKind(dict(data))
        _refuse_unknown(data, set(cls.__dataclass_fields__))
        warn = list_in(data.get("warn_percents", DEFAULT_WARNINGS))
        if any(not isinstance(percent, int) or not 1 <= percent <= 1000 for percent in warn):
            raise BadInput("sla.warn_bad", policy=code)
        types = list_in(data.get("types", ()))
        for kind in types:
            if kind not in list(TicketType):
                raise BadInput("sla.type_unknown", policy=code, type=str(kind)[:60])
        return cls(
            code=code,
            targets=tuple(Target.from_dict(target) for target in list_in(data.get("targets", ()))),
            name=str(data.get("name", "")),
            name_alt=str(data.get("name_alt", "")),
            types=frozenset(TicketType(kind) for kind in types),
            service_ids=frozenset(ServiceId(number) for number in _ids(data, "service_ids")),
            category_ids=frozenset(CategoryId(number) for number in _ids(data, "category_ids")),
            companies=frozenset(str(company) for company in list_in(data.get("companies", ()))),
            vip=vip,
            warn_percents=tuple(sorted(set(warn))),
        )


@dataclass(frozen=True)
class SlaTable:
    """Policies in order: the first that matches a ticket is its policy. Versioned as a whole.

    `contacts` says what counts as a response; `rises` is how many steps the effective priority climbs at
    how many percent of the resolution allowance.
    """

    policies: tuple[SlaPolicy, ...]
    contacts: frozenset[ContactKind] = DEFAULT_CONTACTS
    reopen: ReopenPolicy = ReopenPolicy.RESUME
    rises: tuple[tuple[int, int], ...] = ((75, 1), (90, 2))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form that `from_dict` reads."""
        return {
            "policies": [policy.to_dict() for policy in self.policies],
            "contacts": sorted(self.contacts),
            "reopen": self.reopen.value,
            "rises": [list(rise) for rise in self.rises],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SlaTable:
        """Read the form of `to_dict`; everything but `policies` has a default.

        Raises:
            BadInput: `sla.table_bad`, `sla.field_unknown`, or what `SlaPolicy.from_dict` raises.
        """
        try:
            _refuse_unknown(mapping_in(data), set(cls.__dataclass_fields__))
            return cls(
                policies=tuple(SlaPolicy.from_dict(policy) for policy in list_in(data.get("policies", ()))),
                contacts=frozenset(ContactKind(kind) for kind in data.get("contacts", DEFAULT_CONTACTS)),
                reopen=ReopenPolicy(data.get("reopen", ReopenPolicy.RESUME)),
                rises=tuple((int(at), int(by)) for at, by in data.get("rises", ((75, 1), (90, 2)))),
            )
        except (ValueError, TypeError, OverflowError) as error:
            raise BadInput("sla.table_bad", value=str(error)[:60]) from error


@dataclass(frozen=True)
class Promise:
    """What one ticket was promised: kept in the detail of its PROMISED events, never looked up again.

    Working days are already turned into time, so a later change of the calendar's working day changes
    nothing. `calendar_version` and `sla_version` are ids of configuration versions; 0 means unversioned.
    """

    policy: str
    priority: int
    calendar: str
    allowed: Mapping[ClockKind, timedelta]
    warn_percents: tuple[int, ...] = DEFAULT_WARNINGS
    calendar_version: int = 0
    sla_version: int = 0

    @property
    def calendar_key(self) -> str:
        """Under which key a mapping of calendar versions holds the one meant: "office@7"."""
        return f"{self.calendar}@{self.calendar_version}" if self.calendar_version else self.calendar

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form for an event's detail; durations in whole seconds."""
        return {
            "policy": self.policy,
            "priority": self.priority,
            "calendar": self.calendar,
            "allowed": {
                kind.value: allowed.days * 86400 + allowed.seconds for kind, allowed in self.allowed.items()
            },
            "warn_percents": list(self.warn_percents),
            "calendar_version": self.calendar_version,
            "sla_version": self.sla_version,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Promise:
        """Read an event's detail. Clock kinds of a newer program are ignored."""
        return cls(
            policy=data["policy"],
            priority=data["priority"],
            calendar=data["calendar"],
            allowed={
                _CLOCK_KINDS[kind]: timedelta(seconds=seconds)
                for kind, seconds in data["allowed"].items()
                if kind in _CLOCK_KINDS
            },
            warn_percents=tuple(data.get("warn_percents", DEFAULT_WARNINGS)),
            calendar_version=data.get("calendar_version", 0),
            sla_version=data.get("sla_version", 0),
        )


_CLOCK_KINDS = {kind.value: kind for kind in ClockKind}


@dataclass(frozen=True)
class WaitingRule:
    """What a waiting reason does to the clocks.

    `pauses` names the clocks that stand still. A pause longer than `longest_pause` (working time) ends by
    itself: the clocks run again although the ticket still waits.
    """

    kind: WaitingKind
    pauses: frozenset[ClockKind] = frozenset()
    longest_pause: Allowance | None = None
    follow_up_every: Allowance | None = None
    resolve_after: int | None = None  # unanswered follow-ups until the ticket is resolved by itself


class SegmentKind(StrEnum):
    """What a stretch of a ticket's life was to a clock."""

    OPEN = "open"  # the clock ran
    CLOSED = "closed"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    STOPPED = "stopped"  # the thing promised was done; nothing runs


class SegmentReason(StrEnum):
    """Which rule made a segment what it is."""

    RUNNING = "running"
    OUTSIDE_HOURS = "outside_hours"  # before or after that date's windows
    BREAK = "break"  # between two windows of one date: lunch
    DAY_CLOSED = "day_closed"  # a date without any window
    HOLIDAY = "holiday"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a clock's life. `counted` is the working time it added: zero unless OPEN.

    `reason_id` names the waiting reason of a PAUSED segment. `clock_change` is by how much the zone's clocks
    went forward (back: below zero) within it.
    """

    start: datetime
    end: datetime
    kind: SegmentKind
    reason: SegmentReason
    counted: timedelta
    calendar: str
    reason_id: ReasonId | None = None
    clock_change: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch between two events in which a clock did one thing; `end` None means until further notice."""

    start: datetime
    end: datetime | None
    kind: SegmentKind  # OPEN (ran, while its calendar was open), PAUSED or STOPPED
    promise: Promise
    reason_id: ReasonId | None = None


@dataclass(frozen=True)
class ClockState:
    """Where one clock of one ticket stands at `now`.

    target: working time allowed. elapsed: working time used (net). paused: working time that stood still.
    gross: wall time from start to the end, or to now. remaining: target - elapsed, below zero when overdue
    (for a manual due time: working time until that time). due_at: the earliest instant at which the target
    is used up; None while a pause without end stands before it. met_at: when the thing promised was done,
    late or not. breached_at: since when the promise is broken, None while it is kept. ended_at: when the
    clock stopped for good, done or not. warnings: the percentages reached, ascending.
    """

    kind: ClockKind
    target: timedelta
    elapsed: timedelta
    remaining: timedelta
    paused: timedelta
    gross: timedelta
    started_at: datetime
    due_at: datetime | None
    is_running: bool
    is_paused: bool
    is_locked: bool
    met_at: datetime | None
    ended_at: datetime | None
    breached_at: datetime | None
    warnings: tuple[int, ...]
    stretches: tuple[Stretch, ...] = field(repr=False)

    @property
    def is_breached(self) -> bool:
        """Whether the promise is broken."""
        return self.breached_at is not None

    @property
    def used_percent(self) -> int:
        """Whole percent of the target used, rounded down; 100 for a used-up target of zero."""
        if not self.target:
            return 100
        return int(self.elapsed * 100 // self.target)


def _ids(data: Mapping[str, Any], name: str) -> list[int]:
    return [number_in(number) for number in list_in(data.get(name, ()))]


def _refuse_unknown(data: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(str(key) for key in data if key not in known):
        raise BadInput("sla.field_unknown", field=unknown[0])
