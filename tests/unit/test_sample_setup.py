"""The sample set-up in resources/defaults: readable by the entities, complete in both languages."""

import json
from datetime import timedelta

import pytest

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.priority import MatrixDefinition
from app.models.entities.roster import ShiftKind
from app.models.entities.sla import ClockKind, SlaTable
from app.models.entities.tickets import TicketType, WaitingKind
from app.models.entities.time import Allowance
from app.services.base.resources import resource_path
from app.services.calendars.rules import working_day_length
from app.services.search.rules import parse

FILES = sorted(resource_path("defaults").glob("*.json"))


def read(name):
    return json.loads((resource_path("defaults") / f"{name}.json").read_text(encoding="utf-8"))


def codes(name, part):
    return {row["code"] for row in read(name)[part]}


def records(value):
    """Every object with a name, at any depth."""
    if isinstance(value, dict):
        yield from [value] if "name" in value else []
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from records(item)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_name_stands_there_in_both_languages(path):
    named = list(records(json.loads(path.read_text(encoding="utf-8"))))
    inner = [row for row in named if "timezone" not in row and "impacts" not in row]

    assert inner
    assert [row for row in inner if not row.get("name_alt")] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("desk_4x3", [[1, 1, 2], [1, 2, 3], [2, 3, 3], [3, 3, 4]]),
        ("itil_3x3", [[1, 2, 3], [2, 3, 4], [3, 4, 4]]),
    ],
)
def test_the_matrices_are_those_of_the_rules(name, expected):
    definition = MatrixDefinition.from_dict(read(name)["matrix"])

    assert definition.to_dict()["cells"] == expected


@pytest.mark.parametrize(
    ("kind", "priority", "clock", "expected"),
    [
        (TicketType.INCIDENT, 1, ClockKind.RESPONSE, timedelta(minutes=10)),
        (TicketType.INCIDENT, 1, ClockKind.RESOLUTION, timedelta(hours=2)),
        (TicketType.INCIDENT, 2, ClockKind.FIRST_LINE, timedelta(minutes=30)),
        (TicketType.INCIDENT, 3, ClockKind.RESOLUTION, timedelta(hours=8)),
        (TicketType.INCIDENT, 4, ClockKind.RESOLUTION, timedelta(hours=27)),
        (TicketType.REQUEST, 3, ClockKind.RESOLUTION, timedelta(hours=18)),
        (TicketType.INQUIRY, 4, ClockKind.RESPONSE, timedelta(minutes=15)),
        (TicketType.COMPLAINT, 2, ClockKind.RESOLUTION, timedelta(hours=9)),
    ],
)
def test_the_targets_are_those_of_the_rules(kind, priority, clock, expected):
    table = SlaTable.from_dict(read("sla")["table"])
    calendars = {
        row["code"]: BusinessCalendar.from_dict(row["calendar"]) for row in read("calendars")["calendars"]
    }
    policy = next(policy for policy in table.policies if kind in policy.types)
    target = next(target for target in policy.targets if target.priority == priority)

    assert target.allowances[clock].length(working_day_length(calendars[target.calendar])) == expected


def test_every_type_has_a_policy_with_every_priority():
    policies = SlaTable.from_dict(read("sla")["table"]).policies

    assert {kind for policy in policies for kind in policy.types} == set(TicketType)
    assert all([target.priority for target in policy.targets] == [1, 2, 3, 4, 5] for policy in policies)


def test_the_category_tree_has_three_levels_and_parents_come_first():
    depth = {}
    for row in read("categories")["categories"]:
        depth[row["code"]] = depth[row["parent"]] + 1 if "parent" in row else 1

    assert max(depth.values()) == 3
    assert len(depth) >= 45


def test_categories_and_services_name_existing_teams():
    teams = codes("teams", "teams")

    assert {row["default_team"] for row in read("categories")["categories"]} <= teams
    assert {row["owner_team"] for row in read("services")["services"]} <= teams


def test_the_team_of_a_line_is_of_that_line():
    lines = {team["code"]: team["line"] for team in read("teams")["teams"]}
    named = [pair for row in read("categories")["categories"] for pair in row.get("teams", {}).items()]

    assert named
    assert [(line, lines[team]) for line, team in named if int(line) != lines[team]] == []


def test_what_is_out_of_scope_has_a_polite_text_in_both_languages():
    refused = [row for row in read("services")["services"] if not row["is_in_scope"]]

    assert len(refused) >= 2
    assert all(row["refusal_text"] and row["refusal_text_alt"] for row in refused)


def test_the_twelve_roles_hold_known_permissions_and_the_administrator_all():
    roles = {row["code"]: set(row["permissions"]) for row in read("roles")["roles"]}
    known = codes("roles", "permissions")

    assert len(roles) == 12
    assert all(permissions <= known for permissions in roles.values())
    assert roles["administrator"] == known


def test_the_operations_manager_reads_all_and_changes_nothing():
    (role,) = [row for row in read("roles")["roles"] if row["code"] == "operations_manager"]

    assert {permission.split(".")[1] for permission in role["permissions"]} == {"read"}


def test_only_the_desk_closes_tickets():
    closing = {row["code"] for row in read("roles")["roles"] if "tickets.close" in row["permissions"]}

    assert not closing & {"field_engineer", "second_line", "third_line", "viewer", "operations_manager"}


def test_shifts_and_coverage_fit_each_other():
    data = read("shifts")
    shifts = {row["code"]: row for row in data["shift_templates"]}

    assert list(shifts) == ["D", "N", "M", "G", "S", "V", "K", "T"]
    assert all(ShiftKind(row["kind"]) for row in shifts.values())
    assert {row["template"] for row in data["coverage"]} <= set(shifts)
    assert {row["team"] for row in data["coverage"]} <= codes("teams", "teams")


def test_waiting_reasons_are_readable():
    for row in read("waiting_reasons")["waiting_reasons"]:
        assert WaitingKind(row["kind"])
        assert Allowance.from_text(row["longest"]).working_days > 0
        assert Allowance.from_text(row["follow_up_every"]).working_days > 0


def test_views_are_queries_a_person_could_type():
    assert all(parse(view["query"]).filters for view in read("views")["views"])
