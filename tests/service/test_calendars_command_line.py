"""`calendars` on both databases: what lacks holidays, files out and in, a country's year."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from app.cli.env import Env
from app.cli.parser import parse, run
from app.models.entities.settings import ConfigKind, SiteChoices
from app.services.base.texts import Texts
from app.services.settings.queries import current_config
from app.services.setup.first_start import set_up

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(ctx, clock) -> Say:
    """Runs a command line on a set-up site: exit code, output, complaints."""
    set_up(ctx, SiteChoices("Service desk", "服务台"))

    def run_line(*line: str, language: str = "en") -> tuple[int, str, str]:
        options = parse(line)
        out, err = io.StringIO(), io.StringIO()
        env = Env(
            url="",
            texts=Texts(language),
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


def test_calendars_are_listed_with_the_holidays_they_lack(say):
    code, out, _err = say("calendars", "list")
    assert code == 1  # the clock stands in November, and China has not published the next year
    assert "office" in out
    assert "2027: not yet published" in out


def test_dated_days_are_listed_in_the_readers_language(say):
    _code, out, _err = say("calendars", "days", "office", "--year", "2026", language="zh_CN")
    assert "2026-10-10" in out
    assert "国庆节" in out


def test_what_was_exported_and_changed_is_imported_as_the_next_version(say, ctx, tmp_path):
    path = tmp_path / "office.csv"
    say("calendars", "export", "office", str(path))
    path.write_text(path.read_text("utf-8-sig") + "2026-12-24,workday,Christmas Eve,08:30-12:00,\n", "utf-8")
    _code, shown, _err = say("calendars", "import", "office", str(path))
    assert shown.split() == ["2026-12-24", "Workday", "08:30–12:00", "Christmas", "Eve"]
    assert current_config(ctx, ConfigKind.CALENDAR, "office").number == 1
    say("calendars", "import", "office", str(path), "--apply")
    saved = current_config(ctx, ConfigKind.CALENDAR, "office")
    assert saved.number == 2
    assert saved.body["special_days"]["2026-12-24"] == [["08:30", "12:00"]]


def test_a_damaged_file_changes_nothing(say, ctx, tmp_path):
    path = tmp_path / "office.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:2026\r\n")
    code, _out, err = say("calendars", "import", "office", str(path), "--apply")
    assert (code, err.strip()) == (1, "calendar.ics_cut")
    assert current_config(ctx, ConfigKind.CALENDAR, "office").number == 1


def test_what_is_no_calendar_at_all_changes_nothing(say, ctx, tmp_path):
    path = tmp_path / "office.ics"
    path.write_bytes(b"<!DOCTYPE html><title>Sign in</title>")
    code, out, err = say("calendars", "import", "office", str(path), "--apply")
    assert (code, out, err.strip()) == (1, "", "calendar.ics_none")
    assert current_config(ctx, ConfigKind.CALENDAR, "office").number == 1


def test_a_year_not_published_is_said_to_be(say):
    code, out, err = say("calendars", "fill", "office", "2028", "--json")
    assert code == 0
    assert "2028: not yet published" in err
    assert {day["after"]["day_type"] for day in json.loads(out)} == {"holiday"}


def test_a_calendar_that_is_not_there_is_said_to_be(say):
    assert say("calendars", "days", "nowhere")[2].strip() == "settings.config_missing"
