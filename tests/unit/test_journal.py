"""What was saved is on this PC's disk before the database is tried, and stays until it is acknowledged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.services.base.journal import KEPT_FOR, Entry, Journal

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


def entry(op_id="a" * 32, at=NOW, user="7", epoch="e1", **payload):
    return Entry(op_id, at, user, epoch, "tickets.new", payload)


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "journal")


def test_an_operation_is_pending_until_it_is_acknowledged(journal):
    journal.add(entry(subject="打印机"))
    assert journal.pending("7", "e1") == [entry(subject="打印机")]

    journal.mark_done("a" * 32, NOW)

    assert journal.pending("7", "e1") == []


def test_operations_are_pending_in_the_order_in_which_they_were_saved(journal):
    for number in range(3):
        journal.add(entry(f"{number:032d}", NOW + timedelta(days=number)))

    assert [each.op_id[-1] for each in journal.pending("7", "e1")] == ["0", "1", "2"]


def test_nobody_elses_operations_are_pending_and_none_of_another_database(journal):
    journal.add(entry())

    assert journal.pending("8", "e1") == []
    assert journal.pending("7", "e2") == []


def test_half_a_line_of_a_crash_hides_nothing_that_follows(journal, tmp_path):
    journal.add(entry("1" * 32))
    with (tmp_path / "journal" / "2026-11-20.jsonl").open("a") as file:
        file.write('{"op_id": "2222", "at": "2026-11-')

    journal.add(entry("3" * 32))

    assert [each.op_id[0] for each in journal.pending("7", "e1")] == ["1", "3"]


def test_a_full_disk_is_told_to_whoever_saves(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(OSError, match="file"):
        Journal(tmp_path / "file").add(entry())


def test_old_days_go_once_everything_in_them_is_acknowledged(journal, tmp_path):
    long_ago = NOW - KEPT_FOR - timedelta(days=2)
    journal.add(entry("1" * 32, long_ago))
    journal.add(entry("2" * 32, long_ago + timedelta(days=1)))
    journal.mark_done("1" * 32, NOW)

    journal.drop_old(NOW)

    assert [each.op_id[0] for each in journal.pending("7", "e1")] == ["2"]
    assert len(list((tmp_path / "journal").iterdir())) == 2
