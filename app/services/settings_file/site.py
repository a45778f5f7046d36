"""The site's settings in the form of the file: entries by code in their order, with their rows' ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.models.entities.escalation import EscalationRules
from app.models.entities.roster_rules import RosterRules
from app.models.entities.settings_file import SECTION_MARK, Plain, Section
from app.models.transactions import Reader
from app.services.catalogue.queries import load_categories, load_services
from app.services.catalogue.rules import tree
from app.services.people.queries import load_roles
from app.services.roster.planned import load_skill_needs
from app.services.roster.queries import load_coverage, load_templates
from app.services.roster.template_writing import end_of
from app.services.settings.current import SITE_DOCUMENT, load_escalation, load_roster_rules
from app.services.settings.declared import SETTINGS
from app.services.settings.queries import load_config_version, load_settings
from app.services.settings_file.documents import CONFIG_KINDS, canonical, in_file
from app.services.settings_file.shapes import SHAPES

CODE_KINDS: Mapping[Section, str] = {Section.CAUSES: "cause", Section.RESOLUTIONS: "resolution"}
_NO_KIND = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry is stored, and the version it was read in; of a document the number of its version."""

    id: int
    version: int


@dataclass(frozen=True)
class SiteState:
    """Everything the file can speak of, in its form.

    `entries` are in the order of their lists. `articles` maps the numbers of knowledge articles to ids,
    `shift_ends` the codes of shifts without an end to the last date of each, were it retired now.
    """

    entries: Mapping[Section, Mapping[str, Plain]]
    places: Mapping[Section, Mapping[str, Place]]
    articles: Mapping[int, int]
    shift_ends: Mapping[str, str] = field(default_factory=dict)

    def ids(self, section: Section) -> dict[str, int]:
        """Return the ids of a list's entries by code."""
        return {code: place.id for code, place in self.places[section].items()}


Read = tuple[dict[str, Plain], dict[str, Place]]


def load_site(read: Reader, now: datetime) -> SiteState:
    """Return the site's settings as they are at `now`.

    Raises:
        NotFound: `settings.config_missing`; the site is not set up.
    """
    articles: dict[int, int] = dict(read.rows("SELECT number, id FROM article ORDER BY number"))
    codes: dict[Section, dict[int, str]] = {}
    found: dict[Section, Read] = {}
    found[Section.TEAMS] = _rows(read, Section.TEAMS)
    codes[Section.TEAMS] = _by_id(found[Section.TEAMS])
    found[Section.ROLES] = _roles(read)
    found[Section.CATEGORIES] = _categories(read, codes[Section.TEAMS], articles)
    found[Section.SERVICES] = _services(read, codes[Section.TEAMS])
    for section in (Section.CATEGORIES, Section.SERVICES):
        codes[section] = _by_id(found[section])
    for section in (Section.WAITING_REASONS, Section.CAUSES, Section.RESOLUTIONS, Section.SCRIPTS):
        found[section] = _rows(read, section)
    for section in (Section.SKILLS, Section.PATTERNS, Section.CREWS, Section.SHIFT_CHECKS):
        found[section] = _rows(read, section)
    found[Section.SHIFTS] = _shifts(read, codes[Section.TEAMS], _by_id(found[Section.SKILLS]))
    found[Section.SETTINGS] = _settings(read)
    found[Section.CALENDARS] = _calendars(read)
    for section in (Section.MATRIX, Section.SLA, Section.ESCALATION, Section.ROSTER):
        found[section] = _document(read, section, codes)
    return SiteState(
        {section: found[section][0] for section in Section},
        {section: found[section][1] for section in Section},
        articles,
        {
            template.code: end_of(read, template, now).last_text
            for template in load_templates(read)
            if template.last_date is None
        },
    )


def _by_id(rows: Read) -> dict[int, str]:
    return {place.id: code for code, place in rows[1].items()}


def _shaped(section: Section, values: Plain) -> dict[str, Any]:
    return {name: kind.of_site(values[name]) for name, kind in SHAPES[section].fields.items()}


def _rows(read: Reader, section: Section, more: Callable[[int], Plain] = lambda _id: {}) -> Read:
    """Return the entries of a list whose columns are called as its fields; `more` has what hangs on a row."""
    shape = SHAPES[section]
    linked = set(more(0))
    columns = [name for name in shape.fields if name not in linked]
    kind = CODE_KINDS.get(section, _NO_KIND)
    condition = " WHERE kind = ?" if kind else ""
    text = f'SELECT code, id, version, {", ".join(columns)} FROM "{shape.table}"{condition}'
    rows = read.rows(f"{text} ORDER BY position, id", (kind,) if kind else ())
    entries: dict[str, Plain] = {
        row[0]: _shaped(section, {**dict(zip(columns, row[3:], strict=True)), **more(row[1])}) for row in rows
    }
    return entries, {row[0]: Place(row[1], row[2]) for row in rows}


def _shifts(read: Reader, teams: Mapping[int, str], skills: Mapping[int, str]) -> Read:
    needs: dict[int, list[dict[str, Any]]] = {}
    for rule in load_coverage(read):
        team = None if rule.team_id is None else teams[rule.team_id]
        row = {"team": team, "day_type": rule.day_type, "minimum": rule.minimum}
        needs.setdefault(rule.template_id, []).append(row)
    wanted: dict[int, list[dict[str, Any]]] = {}
    for need in load_skill_needs(read):
        row = {"skill": skills[need.skill_id], "level": need.level.value, "day_type": need.day_type}
        wanted.setdefault(need.template_id, []).append({**row, "minimum": need.minimum})
    for rows in needs.values():
        rows.sort(key=coverage_order)
    for rows in wanted.values():
        rows.sort(key=skill_order)
    return _rows(
        read,
        Section.SHIFTS,
        lambda template: {"coverage": needs.get(template, []), "skills": wanted.get(template, [])},
    )


def coverage_order(row: Plain) -> tuple[str, str]:
    """Return the key by which a shift's needs are sorted: the whole desk first, then by team and day."""
    return row["team"] or "", row["day_type"]


def skill_order(row: Plain) -> tuple[str, str]:
    """Return the key by which the skills a shift needs are sorted."""
    return row["skill"] or "", row["day_type"]


def _roles(read: Reader) -> Read:
    roles = sorted(load_roles(read), key=lambda role: role.code)
    entries: dict[str, Plain] = {
        role.code: _shaped(
            Section.ROLES,
            {
                "name": role.name,
                "name_alt": role.name_alt,
                "permissions": role.permissions,
                "is_active": role.is_active,
            },
        )
        for role in roles
    }
    return entries, {role.code: Place(role.id, role.version) for role in roles}


def _categories(read: Reader, teams: Mapping[int, str], articles: Mapping[int, int]) -> Read:
    listed = [node.category for node in tree(load_categories(read, include_retired=True))]
    codes = {int(each.id): each.details.code for each in listed}
    numbers = {article: number for number, article in articles.items()}
    entries: dict[str, Plain] = {}
    for each in listed:
        details = each.details
        values = {name: getattr(details, name, None) for name in SHAPES[Section.CATEGORIES].fields}
        values |= {
            "parent": codes.get(each.parent_id or 0),
            "default_team": teams.get(details.default_team_id or 0),
            "teams": {str(line): teams[team] for line, team in details.line_teams},
            "demands": {gate.value: names for gate, names in details.demands},
            "articles": [numbers[int(article)] for article in details.article_ids],
            "merged_into": codes.get(each.merged_into or 0),
            "is_active": each.is_active,
        }
        entries[details.code] = _shaped(Section.CATEGORIES, values)
    return entries, {each.details.code: Place(int(each.id), each.version) for each in listed}


def _services(read: Reader, teams: Mapping[int, str]) -> Read:
    listed = load_services(read, include_retired=True)
    codes = {int(each.id): each.details.code for each in listed}
    entries: dict[str, Plain] = {}
    for each in listed:
        values = {name: getattr(each.details, name, None) for name in SHAPES[Section.SERVICES].fields}
        values |= {
            "parent": codes.get(each.details.parent_id or 0),
            "owner_team": teams.get(each.details.owner_team_id or 0),
            "is_active": each.is_active,
        }
        entries[each.details.code] = _shaped(Section.SERVICES, values)
    return entries, {each.details.code: Place(int(each.id), each.version) for each in listed}


def _settings(read: Reader) -> Read:
    values = load_settings(read)
    entries: dict[str, Plain] = {key.name: {"value": values.values[key.name]} for key in SETTINGS}
    return entries, {key.name: Place(0, values.version_of(key)) for key in SETTINGS}


def _calendars(read: Reader) -> Read:
    kind = CONFIG_KINDS[Section.CALENDARS]
    rows = read.rows(
        "SELECT code, MAX(number) FROM config_version WHERE kind = ? GROUP BY code ORDER BY code",
        (kind.value,),
    )
    versions = {code: load_config_version(read, kind, code, number) for code, number in sorted(rows)}
    entries = {code: canonical(Section.CALENDARS, version.body) for code, version in versions.items()}
    return entries, {code: Place(version.id, version.number) for code, version in versions.items()}


# What holds without a document of the site's own.
_SHIPPED: Mapping[Section, Callable[[Reader], tuple[EscalationRules | RosterRules, int]]] = {
    Section.ESCALATION: load_escalation,
    Section.ROSTER: load_roster_rules,
}


def _document(read: Reader, section: Section, codes: Mapping[Section, Mapping[int, str]]) -> Read:
    if section in _SHIPPED:
        rules, known = _SHIPPED[section](read)
        if not known:
            return {SECTION_MARK: rules.to_dict()}, {SECTION_MARK: Place(0, 0)}
    version = load_config_version(read, CONFIG_KINDS[section], SITE_DOCUMENT)
    shown = in_file(section, canonical(section, version.body), codes)
    return {SECTION_MARK: shown}, {SECTION_MARK: Place(version.id, version.number)}
