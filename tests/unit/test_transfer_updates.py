"""One row understood: words become times, states and levels, or the row says which of them cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from app.models.entities.errors import BadInput
from app.models.entities.tickets import Channel, TicketStatus
from app.models.entities.transfer import RefusalReason, RowRefused
from app.services.base.resources import resource_path
from app.services.transfer.mapping import parse_mapping
from app.services.transfer.reading import SourceRow
from app.services.transfer.updates import Parser, Update

HEADER = ("no", "state", "seen", "opened", "by", "impact", "urgency", "solved", "times", "kind", "kind")
ROW = {
    "no": "17",
    "state": "Active",
    "seen": "2016-03-01 10:00",
    "opened": "2016-03-01 09:30",
    "by": "Phone",
    "impact": "2",
    "urgency": "2",
    "solved": "?",
    "times": "0",
    "kind": "55",
}


def mapping_content(**changes: Any) -> dict[str, Any]:
    content = json.loads(resource_path("mappings", "uci_incident_event_log.json").read_text("utf-8"))
    content["file"]["date_formats"] = ["%Y-%m-%d %H:%M", "%d.%m.%Y"]
    content["columns"] = {
        "incident": "no",
        "state": "state",
        "updated_at": "seen",
        "opened_at": "opened",
        "channel": "by",
        "impact": "impact",
        "urgency": "urgency",
        "resolved_at": "solved",
        "reopened": "times",
        "category": ["kind", "kind#2"],
    }
    content["per_incident"] = []
    content["kept"] = {}
    content["texts"] = {"subject": "$incident"}
    return {**content, **changes}


@pytest.fixture
def parse() -> Callable[..., Update | RowRefused]:
    def parse(*, timezone: str | None = None, levels: dict[str, Any] | None = None, **words: str):
        parser = Parser(parse_mapping(mapping_content(levels=levels or {})), HEADER, timezone)
        values = [{**ROW, **words}[name] for name in HEADER]
        return parser.parse(SourceRow(5, "0" * 64, values))

    return parse


def test_a_row_tells_what_it_says(parse):
    update = parse()

    assert (update.line, update.incident, update.state.status) == (5, "17", TicketStatus.IN_PROGRESS)
    assert update.at == datetime(2016, 3, 1, 10, tzinfo=UTC)
    assert update.opened_at == datetime(2016, 3, 1, 9, 30, tzinfo=UTC)


def test_times_are_local_to_the_zone_given(parse):
    assert parse(timezone="Asia/Shanghai").at == datetime(2016, 3, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "utc_hour"),
    [
        ("2016-03-27 02:30", 1),  # skipped: forward by the gap, 03:30 summer time
        ("2016-10-30 02:30", 0),  # happened twice: the first
    ],
)
def test_wall_times_of_a_clock_change_follow_the_house_rule(parse, local: str, utc_hour: int):
    at = parse(timezone="Europe/Paris", seen=local).at

    assert (at.hour, at.minute) == (utc_hour, 30)


def test_the_second_date_format_is_tried_too(parse):
    assert parse(seen="1.3.2016").at == datetime(2016, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("word", ["1 - High", " 1", "1", "01"])
def test_a_level_may_be_a_number_with_words(parse, word: str):
    assert isinstance(parse(impact=word), Update)


def test_a_level_may_be_a_word_of_the_mapping(parse):
    assert isinstance(parse(impact="High", levels={"impact": {"High": 1}}), Update)


@pytest.mark.parametrize(
    ("words", "reason", "column"),
    [
        ({"no": "?"}, RefusalReason.VALUE_MISSING, "no"),
        ({"state": "Lost"}, RefusalReason.STATE_UNKNOWN, "state"),
        ({"seen": "?"}, RefusalReason.VALUE_MISSING, "seen"),
        ({"seen": "31/31/2016 10:00"}, RefusalReason.TIME_UNREADABLE, "seen"),
        ({"seen": "0001-01-01 00:00"}, RefusalReason.TIME_UNREADABLE, "seen"),
        ({"solved": "soon"}, RefusalReason.TIME_UNREADABLE, "solved"),
        ({"by": "Pigeon"}, RefusalReason.CHANNEL_UNKNOWN, "by"),
        ({"impact": "?"}, RefusalReason.VALUE_MISSING, "impact"),
        ({"urgency": "very"}, RefusalReason.LEVEL_UNREADABLE, "urgency"),
        ({"urgency": "9"}, RefusalReason.LEVEL_UNREADABLE, "urgency"),
        ({"times": "-1"}, RefusalReason.NUMBER_UNREADABLE, "times"),
    ],
)
def test_what_cannot_be_read_is_named(parse, words: dict[str, str], reason: RefusalReason, column: str):
    refused = parse(timezone="Asia/Shanghai", **words)

    assert refused == RowRefused(5, reason, column, next(iter(words.values())))


def test_channels_are_our_own(parse):
    parser = Parser(parse_mapping(mapping_content()), HEADER)

    assert parser.channel([ROW[name] for name in HEADER]) is Channel.PHONE


def test_a_category_path_ends_before_the_first_level_not_recorded():
    parser = Parser(parse_mapping(mapping_content()), HEADER)
    values = [ROW[name] for name in HEADER]

    assert parser.category_path(values) == ("Category 55", "Subcategory 55")
    assert parser.category_path([*values[:-1], "?"]) == ("Category 55",)
    assert parser.category_path([*values[:-2], "?", "55"]) is None


def test_a_heading_without_a_column_of_the_mapping_is_refused_by_name():
    with pytest.raises(BadInput, match=r"transfer\.columns_missing") as refused:
        Parser(parse_mapping(mapping_content()), [name for name in HEADER[:-1] if name != "seen"])

    assert refused.value.params["columns"] == "kind#2, seen"
