"""`staffing` on both databases: a day's hours, a load, and counts of calls in."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from app.cli.env import Env
from app.cli.parser import parse, run
from app.services.base.texts import Texts
from tests.support.site import set_up_site

Say = Callable[..., tuple[int, str, str]]
CALLS = "start,offered,answered\n2026-11-09 10:00,60,58\n2026-11-16 10:00,60,58\n"


@pytest.fixture
def say(ctx, clock) -> Say:
    """Runs a command line on a set-up site: exit code, output, complaints."""
    set_up_site(ctx)

    def run_line(*line: str) -> tuple[int, str, str]:
        options = parse(line)
        out, err = io.StringIO(), io.StringIO()
        env = Env(
            url="",
            texts=Texts("en"),
            clock=clock,
            bus=None,
            open=lambda _url: ctx,
            explain=lambda error: error.code,
            show=lambda _args: 0,
            is_json=options.json,
            out=out,
            err=err,
        )
        return run(options, env), out.getvalue(), err.getvalue()

    return run_line


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text(CALLS, encoding="utf-8")
    return path


def test_a_load_is_told_with_the_people_it_needs(say):
    code, out, _err = say("staffing", "need", "--calls", "60", "--aht", "300")

    assert code == 0
    assert out == (
        "5.000 erlangs need 8 at the telephone (87.0% within 25 s, 3.7% hang up, busy 60%); plan 12\n"
    )


def test_a_load_is_told_as_json_by_other_aims(say):
    aims = ("--within", "20", "--level", "85", "--shrinkage", "0")

    code, out, _err = say("staffing", "need", "--traffic", "10", "--aht", "180", *aims, "--json")

    told = json.loads(out)
    assert code == 0
    assert (told["agents"], told["planned"]) == (14, 14)
    assert told["service_level"] == pytest.approx(0.88835, abs=1e-6)


@pytest.mark.parametrize("load", [("--calls", "-1"), ("--traffic", "nan"), ("--calls", "5", "--aht", "0")])
def test_a_load_that_cannot_be_is_refused(say, load):
    code, _out, err = say("staffing", "need", *load)

    assert (code, err) == (1, "staffing.load_bad\n")


def test_a_file_is_only_looked_at_with_preview(say, file):
    code, out, _err = say("staffing", "import", str(file), "--preview", "--json")
    again = json.loads(say("staffing", "import", str(file), "--preview", "--json")[1])

    assert (code, json.loads(out)["imported"], again["added"]) == (0, False, 2)


def test_an_imported_file_is_expected_again_on_the_same_weekday(say, file):
    code, out, _err = say("staffing", "import", str(file))
    _code, day, _err = say("staffing", "day", "2026-11-23", "--json")

    assert code == 0
    assert out.startswith("2 rows, 120 calls: 2 hours new, 0 replaced")
    assert json.loads(day)["hours"][10]["expected"] == 60


def test_a_day_is_told_as_a_table_and_with_1_where_people_are_missing(say, file):
    say("staffing", "import", str(file))

    code, out, _err = say("staffing", "day", "2026-11-23")

    lines = out.splitlines()
    assert code == 1
    assert lines[11].split() == ["10:00", "60.0", "60.0-60.0", "12", "service_level", "0", "12", "100%"]
    assert lines[-2].startswith("2026-11-23  workday  60 calls from calls (2 days), 300 s each from setting")


def test_a_bad_row_is_told_with_its_line_and_nothing_is_taken(say, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(f"{CALLS}never,1,1\n", encoding="utf-8")

    code, out, _err = say("staffing", "import", str(path))

    assert code == 1
    assert out.splitlines()[0].split() == ["4", "staffing.time_unread"]


def test_a_file_that_is_not_there_is_told(say, tmp_path):
    assert say("staffing", "import", str(tmp_path / "none.csv"))[::2] == (1, "catalogue.file_unreadable\n")


def test_a_date_that_is_none_is_told(say):
    assert say("staffing", "day", "soon")[::2] == (1, "cli.bad_date\n")
