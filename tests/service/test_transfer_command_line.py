"""`import eventlog` on the command line: what it prints, and what it answers to the shell."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

import pytest

from app.cli import transfer
from app.cli.env import Env
from app.models.entities.transfer import ImportReport, Oddity, RefusalReason, RowNote, RowRefused
from app.services.base.clock import FixedClock
from app.services.base.context import Context
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from tests.support.site import set_up_site

SAMPLE = Path(__file__).parents[1] / "data" / "uci_sample.csv"


def run(env: Env, *words: str) -> int:
    parser = argparse.ArgumentParser()
    transfer.register(parser.add_subparsers())
    return transfer.run(parser.parse_args(["import", "eventlog", *words]), env)


@pytest.fixture
def env(ctx: Context, clock: FixedClock, bus: EventBus) -> Env:
    """The command line on a configured desk, printing into memory."""
    set_up_site(ctx)
    return Env(
        url=ctx.store.url,
        texts=Texts("en"),
        clock=clock,
        bus=bus,
        open=lambda _: ctx,
        explain=str,
        show=lambda _: 1,
        out=io.StringIO(),
        err=io.StringIO(),
    )


def test_the_report_goes_to_the_output_and_progress_beside_it(env: Env):
    answer = run(env, str(SAMPLE))

    printed = env.out.getvalue()
    assert answer == 0
    assert "rows          288 taken, 0 known, 0 refused" in printed
    assert "priority      58 of 58 as recorded" in printed
    assert "100 %" in env.err.getvalue()


def test_json_holds_every_figure(env: Env):
    env.is_json = True

    run(env, str(SAMPLE), "--timezone", "Asia/Shanghai", "--source", "trial")

    report = json.loads(env.out.getvalue())
    assert (report["source"], report["rows"], report["tickets"]) == ("trial", 288, 58)
    assert report["oddities"]["no_resolved_at"] == 22
    assert report["notes"][0]["value"] == "-100"


def test_a_long_list_of_rows_is_cut_and_says_so():
    report = ImportReport("trial", rows=10, seconds=1.0)
    for line in range(2, 27):
        report.refuse(RowRefused(line, RefusalReason.COLUMNS, value="3/36"))
    report.note(RowNote(40, Oddity.DAMAGED_STATE, "-100"))

    text = transfer.as_text(report)

    assert "refused       line 2: columns  3/36" in text
    assert "kept, odd     line 40: damaged_state -100" in text
    assert text.endswith("… and 5 more rows; --json names all")
