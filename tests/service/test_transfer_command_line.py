"""`import eventlog` on the command line: what it prints, and what it answers to the shell."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli import transfer
from app.models.entities.transfer import ImportReport, Oddity, RefusalReason, RowNote, RowRefused
from app.services.base.context import Context
from tests.support.site import set_up_site

SAMPLE = Path(__file__).parents[1] / "data" / "uci_sample.csv"


@dataclass
class Shell:
    """The command line as a command sees it."""

    ctx: Context
    is_json: bool = False


def run(env: Shell, *words: str) -> int:
    parser = argparse.ArgumentParser()
    transfer.register(parser.add_subparsers())
    args = parser.parse_args(["import", "eventlog", *words])
    return args.run(args, env)


@pytest.fixture
def site(ctx: Context) -> Context:
    set_up_site(ctx)
    return ctx


def test_the_report_goes_to_the_output_and_progress_beside_it(site, capsys):
    answer = run(Shell(site), str(SAMPLE))

    printed = capsys.readouterr()
    assert answer == 0
    assert "rows          288 taken, 0 known, 0 refused" in printed.out
    assert "priority      58 of 58 as recorded" in printed.out
    assert "100 %" in printed.err


def test_json_holds_every_figure(site, capsys):
    run(Shell(site, is_json=True), str(SAMPLE), "--timezone", "Asia/Shanghai", "--source", "trial")

    report = json.loads(capsys.readouterr().out)
    assert (report["source"], report["rows"], report["tickets"]) == ("trial", 288, 58)
    assert report["oddities"]["no_resolved_at"] == 22
    assert report["notes"][0]["value"] == "-100"


def test_a_stop_from_the_keyboard_says_that_the_work_goes_on_later(site, capsys, monkeypatch):
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(transfer, "import_event_log", stopped)

    answer = run(Shell(site), str(SAMPLE))

    assert answer == 130
    assert "goes on from there" in capsys.readouterr().err


def test_a_long_list_of_rows_is_cut_and_says_so():
    report = ImportReport("trial", rows=10, seconds=1.0)
    for line in range(2, 27):
        report.refuse(RowRefused(line, RefusalReason.COLUMNS, value="3/36"))
    report.note(RowNote(40, Oddity.DAMAGED_STATE, "-100"))

    text = transfer.as_text(report)

    assert "refused       line 2: columns  3/36" in text
    assert "kept, odd     line 40: damaged_state -100" in text
    assert text.endswith("… and 5 more rows; --json names all")
