"""The settings file in the reader's words: sections, states, and the rows of the preview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.models.entities.settings_file import EntryState, PlannedEntry, Section, SettingsPlan
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, pgettext

SECTIONS: Mapping[Section, LazyText] = {
    Section.SETTINGS: N_("Site and time"),
    Section.CALENDARS: N_("Calendars"),
    Section.MATRIX: N_("Priority matrix"),
    Section.SLA: N_("SLA tables"),
    Section.ESCALATION: N_("Escalation"),
    Section.WAITING_REASONS: N_("Waiting reasons"),
    Section.CAUSES: N_("Causes"),
    Section.RESOLUTIONS: N_("Ways of resolving"),
    Section.CATEGORIES: N_("Categories"),
    Section.SERVICES: N_("Services"),
    Section.SCRIPTS: N_("Telephone scripts"),
    Section.SKILLS: N_("Skills"),
    Section.SHIFTS: N_("Shifts and coverage"),
    Section.PATTERNS: N_("Patterns"),
    Section.CREWS: N_("Crews"),
    Section.SHIFT_CHECKS: N_("Checks of the shift"),
    Section.ROSTER: N_("Rules of the roster"),
    Section.TEAMS: N_("Teams"),
    Section.ROLES: N_("Roles and rights"),
}
"""As their pages are called."""

STATES: Mapping[EntryState, LazyText] = {
    EntryState.ADDED: N_("new"),
    EntryState.CHANGED: N_("changed"),
    EntryState.RETIRED: N_("is retired"),
    EntryState.UNCHANGED: N_("unchanged"),
    EntryState.REFUSED: N_("cannot be taken"),
}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One line of the preview: an entry, or one of the things that change in it."""

    number: int
    entry: PlannedEntry
    is_first: bool
    where: str
    says: str

    @property
    def line(self) -> str:
        """What is changed, with the field it is about: "name: VPN → VPN and remote desktop"."""
        return f"{self.where}: {self.says}" if self.where else self.says


def rows_of(plan: SettingsPlan, fmt: Format) -> list[PreviewRow]:
    """Return what would happen, a line for each change; what cannot be taken stands first."""
    entries = [each for each in plan.entries if each.state is not EntryState.UNCHANGED or each.remark]
    entries.sort(key=lambda each: each.state is not EntryState.REFUSED)
    found: list[PreviewRow] = []
    for entry in entries:
        for place, (where, says) in enumerate(_lines(entry, fmt)):
            found.append(PreviewRow(len(found), entry, place == 0, where, says))
    return found


def _lines(entry: PlannedEntry, fmt: Format) -> Iterator[tuple[str, str]]:
    if entry.refusal is not None:
        yield "", explain(entry.refusal, fmt).happened
        return
    for where, before, after in entry.changes:
        yield where, f"{before or '–'} → {after or '–'}"
    if entry.remark is not None:
        yield "", explain(entry.remark, fmt).happened
    elif not entry.changes:
        yield "", ""


def told_of(plan: SettingsPlan, fmt: Format, section: Section) -> str:
    """Return what changes in a section, "2 new, 1 changed"; that nothing does only where nothing does."""
    entries = tuple(entry for entry in plan.of(section) if entry.state is not EntryState.UNCHANGED)
    return counts_of(SettingsPlan(entries), fmt) if entries else str(STATES[EntryState.UNCHANGED])


def counts_of(plan: SettingsPlan, fmt: Format) -> str:
    """Return "3 new, 2 changed, 40 unchanged"; what there is none of is left out."""
    counts = ((state, plan.count(state)) for state in EntryState)
    found = [f"{fmt.number(count)} {STATES[state]}" for state, count in counts if count]
    return pgettext("between things", ", ").join(found)
