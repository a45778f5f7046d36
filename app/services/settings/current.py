"""The configuration in force, loaded once and kept until it changes: what every ticket command needs."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import peewee as pw

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.catalogue import CategoryForm, Demands, Gate, demanded_at
from app.models.entities.errors import NotFound
from app.models.entities.escalation import DEFAULT_RULES, EscalationRules
from app.models.entities.ids import CategoryId, ConfigId, ReasonId, TeamId
from app.models.entities.priority import MatrixDefinition
from app.models.entities.roster_rules import DEFAULT_ROSTER_RULES, RosterRules
from app.models.entities.settings import ConfigKind, SettingValues, WaitingReason
from app.models.entities.sla import ClockKind, SlaTable, WaitingRule
from app.models.entities.tickets import WaitingKind
from app.models.entities.time import Allowance
from app.models.transactions import Reader, Row
from app.services.settings import declared
from app.services.settings.queries import load_config_version, load_settings, load_waiting_reasons

# The matrix and the SLA table in force are documents of this code; calendars have codes of their own.
SITE_DOCUMENT = "site"


class CalendarShelf(Mapping[str, BusinessCalendar]):
    """Calendars by code ("office": the version in force) and by code and version id ("office@7").

    A calendar is read when it is first asked for; both keys of one version give the same object.
    """

    def __init__(
        self, ids: dict[str, int], bodies: dict[int, str], known: dict[int, BusinessCalendar]
    ) -> None:
        self._ids = ids
        self._bodies = bodies
        self.known = known

    def __getitem__(self, key: str) -> BusinessCalendar:
        config_id = self._ids[key]
        if config_id not in self.known:
            self.known[config_id] = BusinessCalendar.from_dict(json.loads(self._bodies[config_id]))
        return self.known[config_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


@dataclass(frozen=True)
class SiteConfig:
    """Everything configured that decides about a ticket, with the version ids a ticket keeps.

    What the fold of a ticket's log must know of it, `sla.current.fold_settings` takes out.
    """

    settings: SettingValues
    matrix_definition: MatrixDefinition
    matrix_version: ConfigId
    sla: SlaTable
    sla_version: ConfigId
    calendars: CalendarShelf
    calendar_versions: Mapping[str, int]
    waiting_reasons: Mapping[ReasonId, WaitingReason]
    waiting_rules: Mapping[ReasonId, WaitingRule]
    team_lines: Mapping[TeamId, int]
    category_parents: Mapping[CategoryId, CategoryId | None]
    category_teams: Mapping[CategoryId, TeamId] = field(default_factory=dict)
    line_teams: Mapping[tuple[CategoryId, int], TeamId] = field(default_factory=dict)
    category_demands: Mapping[CategoryId, Demands] = field(default_factory=dict)
    escalation: EscalationRules = DEFAULT_RULES
    escalation_version: int = 0
    roster_rules: RosterRules = DEFAULT_ROSTER_RULES

    @property
    def default_calendar(self) -> BusinessCalendar:
        """The site's own calendar; the first by code where the setting names none that exists."""
        code = self.settings[declared.DEFAULT_CALENDAR]
        return self.calendars[code if code in self.calendars else min(self.calendars)]

    @property
    def reopen_window(self) -> Allowance:
        """How long after closing a ticket may be reopened."""
        return Allowance(working_days=self.settings[declared.REOPEN_DAYS])

    @property
    def auto_close_after(self) -> Allowance:
        """How long a resolved ticket waits for the user's word before it closes by itself."""
        return Allowance(working_days=self.settings[declared.AUTO_CLOSE_DAYS])

    def category_and_parents(self, category_id: CategoryId | None) -> tuple[CategoryId, ...]:
        """Return a category and all above it, itself first; nothing for None or an unknown one."""
        found: list[CategoryId] = []
        while category_id is not None and category_id in self.category_parents and category_id not in found:
            found.append(category_id)
            category_id = self.category_parents[category_id]
        return tuple(found)

    def default_team(self, category_id: CategoryId | None) -> TeamId | None:
        """Return the team a category's tickets go to: its own, or that of the nearest category above."""
        line = self.category_and_parents(category_id)
        return next((self.category_teams[one] for one in line if one in self.category_teams), None)

    def team_of_line(self, category_id: CategoryId | None, line: int) -> TeamId | None:
        """Return the team that takes a category's tickets in a line: its own, or the nearest one's above."""
        nodes = self.category_and_parents(category_id)
        return next((self.line_teams[one, line] for one in nodes if (one, line) in self.line_teams), None)

    def demanded(self, category_id: CategoryId | None, gate: Gate) -> tuple[str, ...]:
        """Return the fields a gate demands of a category's tickets, besides what it demands of all."""
        nodes = self.category_and_parents(category_id)
        return demanded_at(
            (self.category_demands[one] for one in nodes if one in self.category_demands), gate
        )

    def number_text(self, number: int) -> str:
        """Return a ticket's number as people see it: "#10482"."""
        width = self.settings[declared.NUMBER_WIDTH]
        return f"{self.settings[declared.NUMBER_PREFIX]}{number:0{width}d}"


# Versions only grow and nothing here is ever deleted, so equal sums mean nothing was committed in between.
_MARK = (
    "SELECT (SELECT COALESCE(MAX(id), 0) FROM config_version)"
    " + (SELECT COALESCE(SUM(version), 0) FROM setting)"
    " + (SELECT COALESCE(SUM(version), 0) FROM waiting_reason)"
    " + (SELECT COALESCE(SUM(version), 0) FROM team)"
    " + (SELECT COALESCE(SUM(version), 0) FROM category)"
)


@dataclass(slots=True)
class _Kept:
    mark: int
    config: SiteConfig


# One entry per open database. Only a cache: each use proves the entry still true.
_kept: WeakKeyDictionary[pw.Database, _Kept] = WeakKeyDictionary()
_lock = threading.Lock()


def load_config(read: Reader) -> SiteConfig:
    """Return the configuration in force; one small query where nothing changed since the last call.

    Not for a transaction that itself changes configuration: what it would see may be rolled back.

    Raises:
        NotFound: `settings.config_missing`; the site is not set up.
    """
    mark = int(read.value(_MARK))
    with _lock:
        kept = _kept.get(read.database)
    if kept is not None and kept.mark == mark:
        return kept.config
    config = _load(read, kept.config.calendars.known if kept else {})
    with _lock:
        _kept[read.database] = _Kept(mark, config)
    return config


def _load(read: Reader, known: dict[int, BusinessCalendar]) -> SiteConfig:
    matrix = load_config_version(read, ConfigKind.MATRIX, SITE_DOCUMENT)
    sla = load_config_version(read, ConfigKind.SLA, SITE_DOCUMENT)
    shelf, current = _calendars(read, known)
    reasons = {reason.id: reason for reason in load_waiting_reasons(read, include_retired=True)}
    categories = read.rows("SELECT id, parent_id, default_team_id, form_fields FROM category")
    lines = read.rows("SELECT category_id, line, team_id FROM category_team")
    escalation = load_escalation(read)
    return SiteConfig(
        settings=load_settings(read),
        matrix_definition=MatrixDefinition.from_dict(matrix.body),
        matrix_version=matrix.id,
        sla=SlaTable.from_dict(sla.body),
        sla_version=sla.id,
        calendars=shelf,
        calendar_versions=current,
        waiting_reasons=reasons,
        waiting_rules={reason.id: waiting_rule(reason) for reason in reasons.values()},
        team_lines={TeamId(team): line for team, line in read.rows("SELECT id, line FROM team")},
        category_parents={CategoryId(row[0]): row[1] for row in categories},
        category_teams={CategoryId(row[0]): TeamId(row[2]) for row in categories if row[2] is not None},
        line_teams={(CategoryId(row[0]), row[1]): TeamId(row[2]) for row in lines},
        category_demands=_demands(categories),
        escalation=escalation[0],
        escalation_version=escalation[1],
        roster_rules=load_roster_rules(read)[0],
    )


def _demands(categories: Sequence[Row]) -> dict[CategoryId, Demands]:
    forms = {CategoryId(row[0]): CategoryForm.from_text(row[3]) for row in categories if row[3] != "{}"}
    return {category_id: form.demands for category_id, form in forms.items() if form.demands}


def load_escalation(read: Reader) -> tuple[EscalationRules, int]:
    """Return the escalation rules in force and their version's id; without one the shipped rules and 0."""
    try:
        document = load_config_version(read, ConfigKind.ESCALATION, SITE_DOCUMENT)
    except NotFound:
        return DEFAULT_RULES, 0
    return EscalationRules.from_dict(document.body), document.id


def load_roster_rules(read: Reader) -> tuple[RosterRules, int]:
    """Return the roster's rules in force and their version's id; without one the shipped rules and 0."""
    try:
        document = load_config_version(read, ConfigKind.ROSTER, SITE_DOCUMENT)
    except NotFound:
        return DEFAULT_ROSTER_RULES, 0
    return RosterRules.from_dict(document.body), document.id


def _calendars(read: Reader, known: dict[int, BusinessCalendar]) -> tuple[CalendarShelf, dict[str, int]]:
    rows = read.rows(
        "SELECT id, code, body FROM config_version WHERE kind = ? ORDER BY number",
        (ConfigKind.CALENDAR.value,),
    )
    if not rows:
        raise NotFound("settings.config_missing", kind=ConfigKind.CALENDAR.value, document="")
    current = {code: config_id for config_id, code, _ in rows}
    ids = {f"{code}@{config_id}": config_id for config_id, code, _ in rows}
    return CalendarShelf(ids | current, {row[0]: row[2] for row in rows}, known), current


def waiting_rule(reason: WaitingReason) -> WaitingRule:
    """Return what a waiting reason does to the clocks.

    Raises:
        BadInput: a period cannot be read (`Allowance.from_text`).
    """
    details = reason.details
    # The first line's time box is part of solving: what pauses one pauses the other.
    pauses = {ClockKind.RESOLUTION, ClockKind.FIRST_LINE} if details.pauses_resolution else set()
    if details.pauses_resolution and details.kind is WaitingKind.USER:
        # Whoever is waited for needs no news of it; somebody who waits for a supplier does.
        pauses.add(ClockKind.UPDATE_DUE)
    if details.pauses_response:
        pauses.add(ClockKind.RESPONSE)
    return WaitingRule(
        details.kind,
        frozenset(pauses),
        Allowance.from_text(details.longest) if details.longest else None,
        Allowance.from_text(details.follow_up_every) if details.follow_up_every else None,
        details.auto_resolve_after or None,
    )
