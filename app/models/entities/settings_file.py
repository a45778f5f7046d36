"""The settings as one document: its sections, and what taking such a document in would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.models.entities.errors import FirstlineError

Plain = Mapping[str, Any]
"""One entry as the file holds it: texts, whole numbers, flags, lists and objects; codes instead of ids."""

SECTION_MARK = ""
"""The code of an entry that is the whole section, and of a change of a list's order."""


class Section(StrEnum):
    """The parts of the file, in its order; the value is the key under which a part stands."""

    SETTINGS = "settings"
    CALENDARS = "calendars"
    MATRIX = "matrix"
    SLA = "sla"
    ESCALATION = "escalation"
    WAITING_REASONS = "waiting_reasons"
    CAUSES = "cause_codes"
    RESOLUTIONS = "resolution_codes"
    CATEGORIES = "categories"
    SERVICES = "services"
    SCRIPTS = "scripts"
    SKILLS = "skills"
    SHIFTS = "shifts"
    PATTERNS = "patterns"
    CREWS = "crews"
    SHIFT_CHECKS = "shift_checks"
    ROSTER = "roster_rules"
    TEAMS = "teams"
    ROLES = "roles"


DOCUMENT_SECTIONS = frozenset({Section.MATRIX, Section.SLA, Section.ESCALATION, Section.ROSTER})
"""Sections that are one document; the others are entries by code."""

SECTION_RIGHTS: Mapping[Section, str] = {
    Section.TEAMS: "people.edit",
    Section.ROLES: "access.manage",
    Section.PATTERNS: "roster.edit",
    Section.CREWS: "roster.edit",
}
"""What importing a section needs besides the right to change settings."""


class EntryState(StrEnum):
    """What an import would do with an entry."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Given:
    """One entry of a file as it was read: what it says, or why that cannot be read.

    A field that is not in `fields` stays as the site has it.
    """

    code: str
    fields: Plain = field(default_factory=dict)
    refusal: FirstlineError | None = field(default=None, compare=False)


@dataclass(frozen=True)
class SettingsDocument:
    """What a file says, section by section; a section that is not in it is not in `sections`."""

    sections: Mapping[Section, tuple[Given, ...]]


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """One line of a preview. `changes` are (where within the entry, before, after).

    `refusal` is why the entry cannot be taken, `remark` what is left out of it although it is taken.
    """

    section: Section
    code: str
    name: str
    state: EntryState
    changes: tuple[tuple[str, str, str], ...] = ()
    refusal: FirstlineError | None = field(default=None, compare=False)
    remark: FirstlineError | None = field(default=None, compare=False)
    name_alt: str = ""


@dataclass(frozen=True, slots=True)
class SettingsPlan:
    """What an import would do, entry by entry, in the order of the file. What is not in it stays."""

    entries: tuple[PlannedEntry, ...]

    def of(self, section: Section) -> tuple[PlannedEntry, ...]:
        """Return the entries of one section."""
        return tuple(entry for entry in self.entries if entry.section is section)

    def count(self, state: EntryState, section: Section | None = None) -> int:
        """Return how many entries are of a state, in one section or in all."""
        return sum(
            entry.state is state and (section is None or entry.section is section) for entry in self.entries
        )

    @property
    def refused(self) -> tuple[PlannedEntry, ...]:
        """The entries that cannot be taken; while there are any, nothing is imported."""
        return tuple(entry for entry in self.entries if entry.state is EntryState.REFUSED)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do: everything is as the site has it."""
        return all(entry.state is EntryState.UNCHANGED for entry in self.entries)


@dataclass(frozen=True, slots=True)
class SettingsPreview:
    """What a file says, and what importing it would do now. `locked`: sections this person may not take."""

    document: SettingsDocument
    plan: SettingsPlan
    locked: Mapping[Section, str] = field(default_factory=dict)
