"""Mapping files: what they may say, and the sentence's ingredients where they say something else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.models.entities.errors import BadInput
from app.models.entities.tickets import Channel, TicketStatus, TicketType, WaitingKind
from app.services.base.resources import resource_path
from app.services.transfer.mapping import Column, load_mapping, mapping_names, parse_mapping

UCI = "uci_incident_event_log"


@pytest.fixture
def content() -> dict[str, Any]:
    return json.loads(resource_path("mappings", f"{UCI}.json").read_text("utf-8"))


def complaint(content: object) -> tuple[str, dict[str, object]]:
    with pytest.raises(BadInput) as refused:
        parse_mapping(content)
    return refused.value.code, refused.value.params


def test_the_shipped_mapping_speaks_of_every_state_of_the_log():
    mapping = load_mapping(UCI)

    meant = {word: (state.status, state.waiting) for word, state in mapping.states.items()}

    assert meant == {
        "New": (TicketStatus.NEW, None),
        "Active": (TicketStatus.IN_PROGRESS, None),
        "Awaiting User Info": (TicketStatus.WAITING, WaitingKind.USER),
        "Awaiting Vendor": (TicketStatus.WAITING, WaitingKind.SUPPLIER),
        "Awaiting Problem": (TicketStatus.WAITING, WaitingKind.CHANGE),
        "Awaiting Evidence": (TicketStatus.WAITING, WaitingKind.USER),
        "Resolved": (TicketStatus.RESOLVED, None),
        "Closed": (TicketStatus.CLOSED, None),
        "-100": (None, None),
    }
    assert [word for word, state in mapping.states.items() if state.keeps_text] == ["Awaiting Evidence"]


def test_the_second_column_of_one_name_is_told_apart():
    assert load_mapping(UCI).category == (Column("category", 1), Column("category", 2))


def test_channels_and_type_are_our_own_words():
    mapping = load_mapping(UCI)

    assert mapping.type is TicketType.INCIDENT
    assert mapping.channels["Self service"] is Channel.WEB


@pytest.mark.parametrize("name", mapping_names())
def test_every_shipped_mapping_can_be_used_and_names_its_source(name: str):
    mapping = load_mapping(name)

    assert mapping.name == name
    assert mapping.credit


def test_a_mapping_file_of_ones_own_is_read_by_path(tmp_path: Path, content: dict[str, Any]):
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({**content, "name": "mine"}), encoding="utf-8")

    assert load_mapping(str(file)).name == "mine"


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(BadInput, match=r"transfer\.mapping_unknown") as refused:
        load_mapping("jira")

    assert UCI in str(refused.value.params["known"])


def test_a_file_that_is_no_json_is_refused_with_the_place(tmp_path: Path):
    file = tmp_path / "broken.json"
    file.write_text('{"name": ', encoding="utf-8")

    with pytest.raises(BadInput, match=r"transfer\.mapping_not_json") as refused:
        load_mapping(str(file))

    assert "line 1" in str(refused.value.params["where"])


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(BadInput, match=r"transfer\.mapping_unreadable"):
        load_mapping(str(tmp_path / "nowhere.json"))


@pytest.mark.parametrize("missing", ["name", "prefix", "columns", "states", "channels", "texts", "matrix"])
def test_a_missing_part_is_named(content: dict[str, Any], missing: str):
    del content[missing]

    assert complaint(content) == ("transfer.mapping_missing", {"where": missing})


@pytest.mark.parametrize("column", ["incident", "state", "updated_at", "opened_at", "impact"])
def test_a_column_every_import_needs_is_named(content: dict[str, Any], column: str):
    del content["columns"][column]

    assert complaint(content) == ("transfer.mapping_missing", {"where": f"columns.{column}"})


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("columns", "colour"), "red", "columns"),
        (("columns", "state"), 7, "columns.state"),
        (("columns", "category"), ["a", "b", "c", "d"], "columns.category"),
        (("columns", "state"), "state#0", "columns.state"),
        (("states", "New"), {"status": "fresh"}, "states.New.status"),
        (("states", "New"), {"status": "waiting"}, "states.New.waiting"),
        (("states", "New"), {"status": "new", "waiting": "user"}, "states.New.waiting"),
        (("states", "New"), {"damaged": "yes"}, "states.New.damaged"),
        (("states", "New"), "new", "states.New"),
        (("channels", "Phone"), "telegraph", "channels.Phone"),
        (("levels",), {"impact": {"High": "1"}}, "levels.impact.High"),
        (("levels",), {"weight": {}}, "levels"),
        (("names", "team"), "Group $number", "names.team"),
        (("names", "team"), "Group $", "names.team"),
        (("names", "category"), ["only one"], "names.category"),
        (("texts", "subject"), "$password", "texts.subject"),
        (("per_incident",), ["colour"], "per_incident"),
        (("file", "missing"), [1], "file.missing"),
        (("prefix",), "a b", "prefix"),
        (("type",), "riddle", "type"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(
    content: dict[str, Any], path: tuple[str, ...], value: object, where: str
):
    inner = content
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value

    code, params = complaint(content)

    assert (code, params["where"]) == ("transfer.mapping_wrong", where)
    assert params["allowed"]


def test_a_list_is_no_mapping():
    assert complaint([])[0] == "transfer.mapping_wrong"


def test_a_time_zone_nobody_knows_is_refused(content: dict[str, Any]):
    content["file"]["timezone"] = "Middle/Earth"

    assert complaint(content) == ("transfer.timezone_unknown", {"timezone": "Middle/Earth"})


def test_without_a_date_format_no_time_can_be_read(content: dict[str, Any]):
    del content["file"]["date_formats"]

    assert complaint(content) == ("transfer.mapping_missing", {"where": "file.date_formats"})
