"""Writing the sample set-up: everything or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.models.entities.errors import RuleViolation
from app.models.entities.events import CatalogueChanged, PeopleChanged, RosterChanged, SettingsChanged
from app.models.entities.settings import ConfigKind, SiteChoices
from app.models.transactions import Transaction
from app.services.access.writing import ADMINISTRATOR, insert_administrator
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.base.undo import Outcome
from app.services.settings import declared, rules
from app.services.settings.configs import put_config
from app.services.settings.current import SITE_DOCUMENT
from app.services.setup.queries import site_exists
from app.services.setup.samples import Rows, Samples, picked

Account = tuple[str, str, str]
"""Name, login and password hash of the first administrator."""


@command(permission="access.manage", serializable=True)
def write_site(
    _ctx: Context, tx: Transaction, choices: SiteChoices, samples: Samples, account: Account | None = None
) -> Outcome:
    """Write the whole sample set-up into a database that has none; `first_start.set_up` is the whole action.

    `account` is the first administrator; the outcome's id is theirs.

    Raises:
        RuleViolation: `setup.already_done`.
        BadInput: a choice or a sample that cannot be; nothing was written.
    """
    if site_exists(tx):
        raise RuleViolation("setup.already_done")
    _write_settings(tx, choices)
    _write_roles(tx, samples.roles)
    teams = _write_teams(tx, samples.teams)
    _write_catalogue(tx, samples, teams)
    _write_lists(tx, samples)
    _write_roster(tx, samples, teams)
    for code, calendar in samples.calendars.items():
        put_config(tx, ConfigKind.CALENDAR, code, calendar, expected_number=0)
    put_config(tx, ConfigKind.MATRIX, SITE_DOCUMENT, samples.matrix, expected_number=0)
    put_config(tx, ConfigKind.SLA, SITE_DOCUMENT, samples.sla, expected_number=0)
    put_config(tx, ConfigKind.ESCALATION, SITE_DOCUMENT, samples.escalation, expected_number=0)
    put_config(tx, ConfigKind.ROSTER, SITE_DOCUMENT, samples.roster_rules, expected_number=0)
    for event in (PeopleChanged(), CatalogueChanged(), RosterChanged(), SettingsChanged()):
        tx.announce(event)
    if account is None:
        return Outcome()
    name, login, password_hash = account
    return Outcome(insert_administrator(tx, name=name, login=login, password_hash=password_hash), 1)


def _write_settings(tx: Transaction, choices: SiteChoices) -> None:
    values = {
        declared.SITE_NAME: choices.name,
        declared.SITE_NAME_ALT: choices.name_alt,
        declared.DESK_PHONE: choices.desk_phone,
        declared.LANGUAGE: choices.language,
        declared.TIMEZONE: choices.timezone,
        declared.COUNTRY: choices.country,
    }
    for key, value in values.items():
        text = rules.setting_text(rules.checked_value(key, value))
        tx.execute("INSERT INTO setting (key, value, version) VALUES (?, ?, 1)", (key.name, text))


def _write_roles(tx: Transaction, roles: Rows) -> None:
    for role in roles:
        names = {"code": role["code"], "name": role["name"], "name_alt": role.get("name_alt", "")}
        role_id = tx.insert("role", {**names, "is_shipped": True})
        # An administrator is who may do everything, whatever this program learns to do.
        allowed = (
            ALL_PERMISSIONS if role["code"] == ADMINISTRATOR else set(role["permissions"]) & ALL_PERMISSIONS
        )
        tx.execute_many(
            "INSERT INTO role_permission (role_id, permission) VALUES (?, ?)",
            [(role_id, permission) for permission in sorted(allowed)],
        )


def _write_teams(tx: Transaction, teams: Rows) -> dict[str, int]:
    names = ("code", "name", "name_alt", "line", "specialty", "is_field", "is_supplier")
    return _write_list(tx, "team", teams, names)


def _write_catalogue(tx: Transaction, samples: Samples, teams: Mapping[str, int]) -> None:
    categories: dict[str, int] = {}
    names = (
        "code", "name", "name_alt", "is_desk_solvable", "default_impact", "default_urgency",
        "handling_minutes", "is_external",
    )  # fmt: skip
    for position, row in enumerate(samples.categories, 1):
        values = picked(row, names)
        values["position"] = position
        values["parent_id"] = categories[row["parent"]] if "parent" in row else None
        values["default_team_id"] = teams[row["default_team"]] if "default_team" in row else None
        categories[row["code"]] = tx.insert("category", values)
        for line, team in row.get("teams", {}).items():
            link = {"category_id": categories[row["code"]], "line": int(line), "team_id": teams[team]}
            tx.insert("category_team", link)
    service = ("code", "name", "name_alt", "is_in_scope", "refusal_text", "refusal_text_alt")
    for position, row in enumerate(samples.services, 1):
        values = {**picked(row, service), "position": position}
        values["owner_team_id"] = teams[row["owner_team"]] if "owner_team" in row else None
        tx.insert("service", values)


def _write_lists(tx: Transaction, samples: Samples) -> None:
    names = ("kind", "code", "name", "name_alt", "pauses_response", "pauses_resolution", "longest")
    _write_list(tx, "waiting_reason", samples.waiting_reasons, (*names, "follow_up_every"))
    for kind, rows in samples.codes.items():
        _write_list(
            tx, "code_item", [{**row, "kind": kind} for row in rows], ("kind", "code", "name", "name_alt")
        )
    script = ("code", "situation", "name", "name_alt", "body", "body_alt")
    _write_list(tx, "script", samples.scripts, script)
    for position, row in enumerate(samples.views, 1):
        tx.insert("saved_view", {**picked(row, ("name", "name_alt", "query")), "position": position})


def _write_roster(tx: Transaction, samples: Samples, teams: Mapping[str, int]) -> None:
    names = ("code", "name", "name_alt", "kind", "start_minute", "duration_minute", "tone")
    templates = _write_list(tx, "shift_template", samples.shift_templates, names)
    for row in samples.coverage:
        values = {
            "template_id": templates[row["template"]],
            "team_id": teams[row["team"]] if row.get("team") else None,
            "day_type": row["day_type"],
            "minimum": row["minimum"],
        }
        tx.insert("coverage_rule", values)
    _write_list(tx, "shift_check", samples.shift_checks, ("code", "moment", "name", "name_alt"))
    _write_list(tx, "crew", samples.crews, ("code", "name", "name_alt"))
    _write_list(tx, "skill", samples.skills, ("code", "name", "name_alt"))
    patterns = [{**row, "cells": json.dumps(row["cells"])} for row in samples.patterns]
    _write_list(tx, "shift_pattern", patterns, ("code", "name", "name_alt", "cells"))


def _write_list(tx: Transaction, table: str, rows: Rows, names: tuple[str, ...]) -> dict[str, int]:
    """Insert rows in their order and return their ids by code."""
    return {
        row["code"]: tx.insert(table, {**picked(row, names), "position": position})
        for position, row in enumerate(rows, 1)
    }
