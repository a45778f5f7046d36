"""Writing entries of the file into the site inside a transaction: what an import and its undo share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from app.models.entities.calendars import DayType
from app.models.entities.catalogue import CategoryDetails, ServiceDetails, demands_in
from app.models.entities.errors import StaleRecord
from app.models.entities.events import (
    CatalogueChanged,
    Event,
    PeopleChanged,
    RosterChanged,
    SettingsChanged,
)
from app.models.entities.ids import ArticleId, CategoryId, ServiceId, TeamId
from app.models.entities.settings_file import Plain, Section
from app.models.transactions import Transaction
from app.services.catalogue.places import CATEGORIES
from app.services.catalogue.writing import category_columns, form_text, service_columns, write_links
from app.services.settings.commands import write_setting
from app.services.settings.configs import put_config
from app.services.settings.current import SITE_DOCUMENT
from app.services.settings_file.documents import CONFIG_KINDS, kept
from app.services.settings_file.ordering import groups, line_above, merged_order
from app.services.settings_file.planning import Deed, OrderDeed
from app.services.settings_file.shapes import SHAPES
from app.services.settings_file.site import CODE_KINDS, Place, SiteState

T = TypeVar("T")

# What others name comes first: by then its id is known.
_TURNS: Sequence[Section] = (
    Section.TEAMS,
    Section.ROLES,
    Section.CALENDARS,
    Section.SETTINGS,
    Section.WAITING_REASONS,
    Section.CAUSES,
    Section.RESOLUTIONS,
    Section.SCRIPTS,
    Section.SKILLS,
    Section.SHIFTS,
    Section.PATTERNS,
    Section.CREWS,
    Section.SHIFT_CHECKS,
    Section.SERVICES,
    Section.CATEGORIES,
    Section.MATRIX,
    Section.SLA,
    Section.ESCALATION,
    Section.ROSTER,
)
_EVENTS: Mapping[Section, type[Event]] = {
    Section.TEAMS: PeopleChanged,
    Section.ROLES: PeopleChanged,
    Section.CATEGORIES: CatalogueChanged,
    Section.SERVICES: CatalogueChanged,
    **dict.fromkeys((Section.SKILLS, Section.SHIFTS, Section.PATTERNS, Section.CREWS), RosterChanged),
    Section.ROSTER: RosterChanged,
}
_TABLES: Mapping[Section, str] = {
    **{section: shape.table for section, shape in SHAPES.items() if shape.table},
    Section.CATEGORIES: "category",
    Section.SERVICES: "service",
    Section.ROLES: "role",
}


class Writer:
    """Writes deeds over what was read in `site`; versions keep it from writing over anything else."""

    def __init__(self, tx: Transaction, site: SiteState, note: str) -> None:
        self._tx = tx
        self._site = site
        self._note = note
        self._ids = {section: site.ids(section) for section in Section}

    def write(self, deeds: Sequence[Deed], orders: Sequence[OrderDeed]) -> None:
        """Write all of them.

        Raises:
            StaleRecord: somebody saved one of the entries meanwhile.
            BadInput: what the writers of single entries raise.
        """
        writers: Mapping[Section, Callable[[Deed], None]] = {
            Section.ROLES: self._role,
            Section.SETTINGS: self._setting,
            Section.SERVICES: self._service,
            Section.CATEGORIES: self._category,
            **dict.fromkeys(CONFIG_KINDS, self._document),
        }
        for section in _TURNS:
            mine = [deed for deed in deeds if deed.section is section]
            for deed in self._parents_first(section, mine):
                writers.get(section, self._row)(deed)
            if section is Section.CATEGORIES:
                self._name_mergers(mine)
        for order in orders:
            self._order(order, deeds)
        self._announce({deed.section for deed in deeds} | {order.section for order in orders})

    # -- entries -------------------------------------------------------------------------------------

    def _row(self, deed: Deed) -> None:
        values = {name: value for name, value in deed.after.items() if name not in {"coverage", "skills"}}
        if deed.section in CODE_KINDS:
            values["kind"] = CODE_KINDS[deed.section]
        if deed.section is Section.PATTERNS:
            values["cells"] = json.dumps(values["cells"], ensure_ascii=False)
        row_id = self._save(deed, values)
        if deed.section is Section.SHIFTS:
            self._coverage(row_id, deed.after["coverage"])
            self._skills(row_id, deed.after["skills"])

    def _coverage(self, template_id: int, needs: Iterable[Plain]) -> None:
        self._tx.execute("DELETE FROM coverage_rule WHERE template_id = ?", (template_id,))
        self._tx.execute_many(
            "INSERT INTO coverage_rule (template_id, team_id, day_type, minimum) VALUES (?, ?, ?, ?)",
            [
                (template_id, self._team(need["team"]), DayType(need["day_type"]).value, need["minimum"])
                for need in needs
            ],
        )

    def _skills(self, template_id: int, needs: Iterable[Plain]) -> None:
        ids = self._ids[Section.SKILLS]
        self._tx.execute("DELETE FROM skill_need WHERE template_id = ?", (template_id,))
        self._tx.execute_many(
            "INSERT INTO skill_need (template_id, skill_id, level, day_type, minimum) VALUES (?, ?, ?, ?, ?)",
            [
                (template_id, ids[need["skill"]], need["level"], need["day_type"], need["minimum"])
                for need in needs
            ],
        )

    def _role(self, deed: Deed) -> None:
        names = {name: deed.after[name] for name in ("name", "name_alt", "is_active")}
        role_id = self._save(deed, names)
        before = set(deed.before["permissions"]) if deed.before is not None else set()
        wanted = set(deed.after["permissions"])
        for permission in sorted(before - wanted):
            self._tx.execute(
                "DELETE FROM role_permission WHERE role_id = ? AND permission = ?", (role_id, permission)
            )
        self._tx.execute_many(
            "INSERT INTO role_permission (role_id, permission) VALUES (?, ?)",
            [(role_id, permission) for permission in sorted(wanted - before)],
        )

    def _service(self, deed: Deed) -> None:
        entry = deed.after
        details = ServiceDetails(
            deed.code,
            parent_id=_typed(ServiceId, self._id(Section.SERVICES, entry["parent"])),
            owner_team_id=_typed(TeamId, self._team(entry["owner_team"])),
            **_taken(entry, ServiceDetails),
        )
        at = self._ids[Section.SERVICES].get(deed.code, 0)
        self._save(deed, {**service_columns(self._tx, details, at), "is_active": entry["is_active"]})

    def _category(self, deed: Deed) -> None:
        at = self._ids[Section.CATEGORIES].get(deed.code, 0)
        details = self._category_details(deed)
        values = {
            **category_columns(self._tx, details, at, merged_into=self._merger(deed.after)),
            "parent_id": self._id(Section.CATEGORIES, deed.after["parent"]),
            "is_active": deed.after["is_active"],
        }
        write_links(self._tx, CategoryId(self._save(deed, values)), details)

    def _category_details(self, deed: Deed) -> CategoryDetails:
        entry, articles = deed.after, self._site.articles
        return CategoryDetails(
            deed.code,
            default_team_id=_typed(TeamId, self._team(entry["default_team"])),
            line_teams=tuple(
                (int(line), TeamId(self._ids[Section.TEAMS][team])) for line, team in entry["teams"].items()
            ),
            demands=demands_in(entry["demands"]),
            article_ids=tuple(ArticleId(articles[number]) for number in entry["articles"]),
            **_taken(entry, CategoryDetails),
        )

    def _merger(self, entry: Plain) -> CategoryId | None:
        return _typed(CategoryId, self._ids[Section.CATEGORIES].get(entry["merged_into"]))

    def _name_mergers(self, deeds: Iterable[Deed]) -> None:
        """Name what took over where that was added by the same import, perhaps after this entry."""
        for deed in deeds:
            if deed.after["merged_into"] is not None:
                text = form_text(self._category_details(deed), self._merger(deed.after))
                self._tx.execute(
                    "UPDATE category SET form_fields = ? WHERE id = ?",
                    (text, self._ids[Section.CATEGORIES][deed.code]),
                )

    def _setting(self, deed: Deed) -> None:
        version = self._site.places[Section.SETTINGS][deed.code].version
        write_setting(self._tx, deed.code, deed.after["value"], version)

    def _document(self, deed: Deed) -> None:
        known = self._site.places[deed.section].get(deed.code, Place(0, 0))
        body = kept(deed.section, deed.after, self._ids)
        code = deed.code or SITE_DOCUMENT
        kind = CONFIG_KINDS[deed.section]
        put_config(self._tx, kind, code, body, expected_number=known.version, note=self._note)

    # -- order ---------------------------------------------------------------------------------------

    def _order(self, order: OrderDeed, deeds: Sequence[Deed]) -> None:
        entries = dict(self._site.entries[order.section])
        entries |= {deed.code: deed.after for deed in deeds if deed.section is order.section}
        there = groups(order.section, entries).get(order.group, [])
        wanted = merged_order(there, [code for code in order.after if code in there])
        ids = [self._ids[order.section][code] for code in wanted]
        if order.section is Section.CATEGORIES:
            CATEGORIES.write_order(self._tx, ids)
            return
        self._tx.execute_many(
            f'UPDATE "{_TABLES[order.section]}" SET position = ? WHERE id = ?',
            [(position, one) for position, one in enumerate(ids, 1)],
        )

    # -- inside --------------------------------------------------------------------------------------

    def _save(self, deed: Deed, values: Mapping[str, object]) -> int:
        table, ids = _TABLES[deed.section], self._ids[deed.section]
        place = self._site.places[deed.section].get(deed.code)
        if place is None:
            first = {"code": deed.code} | ({"position": len(ids) + 1} if table != "role" else {})
            ids[deed.code] = self._tx.insert(table, {**first, **values})
        else:
            self._tx.update_versioned(table, place.id, place.version, values)
        return ids[deed.code]

    def _parents_first(self, section: Section, deeds: Sequence[Deed]) -> Sequence[Deed]:
        if section not in {Section.CATEGORIES, Section.SERVICES}:
            return deeds
        tree = {**self._site.entries[section], **{deed.code: deed.after for deed in deeds}}
        return sorted(deeds, key=lambda deed: len(list(line_above(tree, deed.code))))

    def _id(self, section: Section, code: str | None) -> int | None:
        return None if code is None else self._ids[section][code]

    def _team(self, code: str | None) -> int | None:
        return self._id(Section.TEAMS, code)

    def _announce(self, sections: Iterable[Section]) -> None:
        for event in sorted(
            {_EVENTS.get(each, SettingsChanged) for each in sections}, key=lambda kind: kind.entity
        ):
            self._tx.announce(event())


def _typed(kind: Callable[[int], T], number: int | None) -> T | None:
    return None if number is None else kind(number)


def _taken(entry: Plain, kind: type[CategoryDetails] | type[ServiceDetails]) -> dict[str, Any]:
    """Return the fields of an entry that are called in `kind` as in the file and mean the same there."""
    same = {"name", "name_alt", "is_desk_solvable", "is_external", "is_in_scope", "refusal_text"}
    same |= {"refusal_text_alt", "default_impact", "default_urgency", "handling_minutes"}
    return {name: value for name, value in entry.items() if name in same & set(kind.__dataclass_fields__)}


def refuse_changed(site: SiteState, deeds: Iterable[Deed]) -> None:
    """Raise StaleRecord where the site no longer has what `deeds` started from."""
    for deed in deeds:
        if site.entries[deed.section].get(deed.code) != deed.before:
            raise StaleRecord(deed.section.value, 0, name=deed.code)
