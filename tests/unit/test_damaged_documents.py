"""Damaged documents and local files (R11): refused with a sentence, or passed over, and nothing else."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import FirstlineError
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import ConfigKind
from app.models.entities.sla import SlaTable
from app.models.entities.tickets import Channel, NewTicket, Resolution, TicketType
from app.services.base.drafts import Draft, DraftFiles, DraftKey
from app.services.base.journal import Entry, Journal
from app.services.base.resources import resource_path
from app.services.settings.local import LocalSettings, read_local, write_local
from app.services.settings.rules import checked_config
from app.services.tickets.submissions import PickedFile, Submission
from app.services.transfer.mapping import parse_mapping
from tests.support.damage import damaged, damaged_bytes
from tests.support.site import SLA

CASES = 500  # a release runs 10,000
LONGEST = 2.0
NOW = datetime(2026, 11, 20, 6, 2, tzinfo=UTC)
KEY = DraftKey("7", "epoch-1", "tickets.note", "10482")


def sample(name: str) -> Any:
    return json.loads(resource_path("defaults", f"{name}.json").read_text("utf-8"))


MATRIX = sample("desk_4x3")["matrix"]
BY_TYPE = {**MATRIX, "by_type": {"incident": MATRIX["cells"], "request": MATRIX["cells"]}}
TABLE = sample("sla")["table"]
OFFICE = {
    "timezone": "Asia/Shanghai",
    "name": "Office",
    "hours": {"mon": [["08:30", "12:00"], ["13:00", "18:30"]], "tue": [["22:00", "06:00"]]},
    "holidays": ["2026-10-01", "2026-10-02"],
    "special_days": {"2026-10-10": [["08:30", "18:30"]]},
    "breaks": {"2026-11-02": [["10:00", "11:00"]]},
    "working_day": 480,
    "day_types": {"2026-10-03": "day_off_in_lieu"},
}
MAPPING = json.loads(resource_path("mappings", "uci_incident_event_log.json").read_text("utf-8"))
READERS: dict[str, tuple[Any, Callable[[Any], object]]] = {
    "matrix": (MATRIX, MatrixDefinition.from_dict),
    "matrix by type": (BY_TYPE, MatrixDefinition.from_dict),
    "matrix by type to save": (BY_TYPE, lambda body: checked_config(ConfigKind.MATRIX, body, ())),
    "shipped sla": (TABLE, SlaTable.from_dict),
    "sla": (SLA, SlaTable.from_dict),
    "calendar": (OFFICE, BusinessCalendar.from_dict),
    "matrix to save": (MATRIX, lambda body: checked_config(ConfigKind.MATRIX, body, ())),
    "sla to save": (TABLE, lambda body: checked_config(ConfigKind.SLA, body, ("office", "24x7"))),
    "calendar to save": (OFFICE, lambda body: checked_config(ConfigKind.CALENDAR, body, ())),
    "mapping": (MAPPING, parse_mapping),
}


@pytest.mark.parametrize("name", READERS)
def test_a_damaged_document_is_refused_with_a_sentence_or_read(name: str) -> None:
    document, read = READERS[name]
    refused = 0
    for body in damaged(document, CASES):
        begun = time.monotonic()
        try:
            read(body)
        except FirstlineError:
            refused += 1
        assert time.monotonic() - begun < LONGEST

    assert refused > CASES / 10


def test_the_documents_are_whole_before_they_are_damaged() -> None:
    for document, read in READERS.values():
        read(document)


@pytest.mark.long
def test_damaged_preferences_never_keep_the_program_from_starting(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    whole = LocalSettings("zh_CN", "dark", "sqlite:///desk.db", "li.na", True, {"geometry": "x"}, {"t": [1]})
    write_local(file, whole)
    for content in damaged_bytes(file.read_bytes(), CASES):
        file.write_bytes(content)
        read = asdict(read_local(file))
        assert {name: type(value) for name, value in read.items()} == {
            name: type(value) for name, value in asdict(LocalSettings()).items()
        }


@pytest.mark.long
def test_a_damaged_draft_is_passed_over_and_the_others_are_offered(tmp_path: Path) -> None:
    files = DraftFiles(tmp_path)
    files.save(Draft("whole", KEY, 3, NOW, "#10482", {"text": "typed"}))
    files.save(Draft("a1", KEY, 3, NOW, "#10482", {"text": "half a sentence"}))
    for content in damaged_bytes((tmp_path / "a1.json").read_bytes(), CASES):
        (tmp_path / "a1.json").write_bytes(content)
        offers = files.offers("7", "epoch-1")
        files.delete_older_than(NOW.replace(year=2020))
        assert "whole" in [offer.id for offer in offers]
        for offer in offers:
            assert [type(value) for value in asdict(offer).values()] == [str, dict, int, datetime, str, dict]
            assert offer.saved_at.tzinfo is not None


@pytest.mark.long
def test_a_damaged_journal_gives_back_every_line_that_is_whole(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for number in range(5):
        journal.add(Entry(f"op-{number}", NOW, "7", "epoch-1", "ticket.new", {"subject": "打印机"}))
    file = next(tmp_path.glob("*.jsonl"))
    whole = file.read_bytes()
    lines = [line for line in whole.split(b"\n") if line]
    for content in damaged_bytes(lines[2], CASES):
        file.write_bytes(b"\n".join((*lines[:2], content.replace(b"\n", b" "), *lines[3:])))
        found = {entry.op_id for entry in journal.pending("7", "epoch-1")}
        assert {"op-0", "op-1", "op-3", "op-4"} <= found


def test_a_damaged_submission_is_refused_the_way_the_outbox_knows() -> None:
    new = NewTicket(TicketType.INCIDENT, Channel.PHONE, "VPN", requester_id=7, received_at=NOW, impact=1)  # type: ignore[arg-type]
    whole = Submission(new, Resolution("s", "c"), "", (4, 5), (PickedFile("a", "b", "c", 1),), {"a": 1})  # type: ignore[arg-type]
    for payload in damaged(whole.to_dict() | {"new": _plain(whole.to_dict()["new"])}, CASES):
        try:
            Submission.from_dict(payload)
        except (KeyError, TypeError, ValueError):
            continue


def _plain(new: Any) -> Any:
    return json.loads(json.dumps(new, default=str))


def test_half_a_surrogate_pair_costs_no_draft_and_no_journal(tmp_path: Path) -> None:
    files, journal = DraftFiles(tmp_path / "drafts"), Journal(tmp_path / "journal")

    files.save(Draft("a1", KEY, 3, NOW, "\ud800", {"text": "typed \ud800 on"}))
    journal.add(Entry("op-1", NOW, "7", "epoch-1", "ticket.new", {"subject": "typed \ud800 on"}))

    assert [offer.values["text"] for offer in files.offers("7", "epoch-1")] == ["typed ? on"]
    assert [entry.payload["subject"] for entry in journal.pending("7", "epoch-1")] == ["typed ? on"]
