"""What settings are: declared values, versioned documents, short lists and telephone scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from app.models.entities.ids import ConfigId, PersonId, ReasonId
from app.models.entities.tickets import WaitingKind

T = TypeVar("T", str, int, bool)


class SettingScope(StrEnum):
    """For whom a value holds."""

    SITE = "site"
    WORKSTATION = "workstation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class SettingKey(Generic[T]):
    """One setting, declared once: its default gives the type.

    Whole numbers lie between `least` and `most`; texts have at most `longest` characters and, where
    `choices` are given, are one of them. `unit` names what a number counts, for the label.
    """

    name: str
    default: T
    scope: SettingScope = SettingScope.SITE
    least: int = 0
    most: int = 1_000_000
    longest: int = 200
    choices: tuple[str, ...] = ()
    unit: str = ""
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class BrokenSetting:
    """A stored value that cannot be used; the default holds instead. `code` says why, as an error code."""

    name: str
    value: object
    code: str


@dataclass(frozen=True, slots=True)
class SettingValues:
    """The values in force, the version of each stored one, and what had to be passed over."""

    values: Mapping[str, object]
    versions: Mapping[str, int] = field(default_factory=dict)
    broken: tuple[BrokenSetting, ...] = ()

    def __getitem__(self, key: SettingKey[T]) -> T:
        """Return the value in force of a declared setting."""
        return self.values.get(key.name, key.default)  # type: ignore[return-value]

    def version_of(self, key: SettingKey[T]) -> int:
        """Return the version to hand back when changing it; 0 where nothing was stored yet."""
        return self.versions.get(key.name, 0)


class ConfigKind(StrEnum):
    """Documents that are versioned as a whole."""

    MATRIX = "matrix"
    SLA = "sla"
    CALENDAR = "calendar"
    ESCALATION = "escalation"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class ConfigVersion:
    """One version of a document; `number` counts from 1 within its kind and code."""

    id: ConfigId
    kind: ConfigKind
    code: str
    number: int
    body: Mapping[str, Any]
    at: datetime
    actor_id: PersonId | None
    note: str


class CodeKind(StrEnum):
    """The short lists of codes."""

    CAUSE = "cause"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class CodeItem:
    """An entry of a short list."""

    id: int
    kind: CodeKind
    code: str
    name: str
    name_alt: str
    position: int
    is_active: bool
    version: int


@dataclass(frozen=True, slots=True)
class ReasonDetails:
    """Everything about a waiting reason that somebody types; periods are texts such as "5 d", "" for none.

    After `auto_resolve_after` follow-ups without an answer the ticket resolves by itself; 0 for never.
    """

    kind: WaitingKind
    code: str
    name: str
    name_alt: str = ""
    pauses_response: bool = False
    pauses_resolution: bool = True
    longest: str = ""
    follow_up_every: str = ""
    auto_resolve_after: int = 0


@dataclass(frozen=True, slots=True)
class WaitingReason:
    """Why a ticket may wait, and which clocks stand still meanwhile."""

    id: ReasonId
    details: ReasonDetails
    position: int
    is_active: bool
    version: int


class Situation(StrEnum):
    """The moments of a call for which there is a script."""

    GREETING = "greeting"
    IDENTIFY = "identify"
    DIAGNOSE = "diagnose"
    PROMISE = "promise"
    PROGRESS = "progress"  # what a user is told between promise and solution, written or said
    HOLD = "hold"
    TRANSFER = "transfer"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    COMPLAINT = "complaint"
    GOODBYE = "goodbye"
    FIELD_START = "field_start"
    FIELD_END = "field_end"


@dataclass(frozen=True, slots=True)
class ScriptDetails:
    """Everything about a script that somebody types; the bodies are templates with variables."""

    code: str
    situation: Situation
    name: str
    name_alt: str = ""
    body: str = ""
    body_alt: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """What an agent says at a moment of a call."""

    id: int
    details: ScriptDetails
    position: int
    is_active: bool
    version: int


@dataclass(frozen=True, slots=True)
class SiteChoices:
    """What the first start asks. `country` is an ISO code, or "" for no holidays; `matrix` names a preset."""

    name: str
    name_alt: str = ""
    desk_phone: str = "1818"
    language: str = "zh_CN"
    timezone: str = "Asia/Shanghai"
    country: str = "CN"
    matrix: str = "desk_4x3"
