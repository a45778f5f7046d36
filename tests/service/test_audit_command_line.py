"""`audit` on the command line, and that every command that writes a file is recorded."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from app.models.entities.audit import Access, AccessFilter, AccessKind, AccessSubject
from app.services.audit.commands import record_access
from app.services.audit.queries import access_page
from app.services.base.context import Actor
from tests.support.command_line import say
from tests.support.site import set_up_site


@pytest.fixture
def site(ctx, make):
    set_up_site(ctx)
    wang = make.agent(name="Wang Lei", name_alt="王磊", login="wanglei")
    agent = ctx.acting_as(Actor(wang.id, "Wang Lei", frozenset(), "PC-07"))
    record_access(agent, Access(AccessKind.EXPORTED, AccessSubject.ROSTER, "2026-12", {"file": "r.xlsx"}))
    record_access(ctx, Access(AccessKind.PRINTED, AccessSubject.REPORT, "shift"))
    return ctx


def recorded(ctx):
    """Subject and reference of each line, the newest first."""
    return [(line.subject.value, line.reference) for line in access_page(ctx, AccessFilter()).entries]


def test_the_newest_line_comes_first(site):
    code, said, _complaints = say(site, "audit", "list")

    first, second = said.splitlines()
    assert code == 0
    assert ("Printed" in first, "Shift report" in first) == (True, True)
    assert ("Wang Lei" in second, "2026-12 · r.xlsx" in second, "PC-07" in second) == (True, True, True)


def test_the_list_speaks_the_readers_language(site):
    _code, said, _complaints = say(site, "audit", "list", "--login", "wanglei", language="zh_CN")

    assert ("王磊" in said, "导出" in said, "排班" in said) == (True, True, True)


@pytest.mark.parametrize(
    "options",
    [
        ["--login", "wanglei"], ["--kind", "exported"], ["--subject", "roster"], ["--words", "r.xlsx"],
    ],
)  # fmt: skip
def test_lines_are_chosen(site, options):
    _code, said, _complaints = say(site, "audit", "list", "--json", *options)

    assert [line["reference"] for line in json.loads(said)] == ["2026-12"]


def test_days_are_those_of_the_site_with_the_last_one(site):
    today = f"{site.clock.now():%Y-%m-%d}"

    inside = json.loads(say(site, "audit", "list", "--json", "--since", today, "--until", today)[1])
    before = json.loads(say(site, "audit", "list", "--json", "--until", "2020-01-01")[1])

    assert (len(inside), len(before)) == (2, 0)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--login", "nobody"], "duty.person_unknown"),
        (["--since", "yesterday"], "cli.bad_date"),
        (["--until", "9999-12-31"], "dates.out_of_range"),
    ],
)
def test_what_cannot_be_understood_is_told(site, options, complaint):
    code, _said, complaints = say(site, "audit", "list", *options)

    assert (code, complaint in complaints) == (1, True)


def test_the_exported_list_is_a_line_of_the_record(site, tmp_path):
    code, _said, _complaints = say(site, "audit", "export", str(tmp_path / "a.xlsx"))

    assert (code, (tmp_path / "a.xlsx").exists()) == (0, True)
    assert recorded(site)[0] == ("audit", "log")


def test_pruning_says_how_many_lines_went(site, clock):
    clock.advance(timedelta(days=800))

    assert say(site, "audit", "prune", "--json")[1].split() == ["{", '"dropped":', "2", "}"]


@pytest.mark.parametrize(
    ("line", "recorded_as"),
    [
        (["report", "emergency", "--out", "FILE"], ("report", "emergency")),
        (["report", "shift", "--date", "2026-11-20", "--shift", "D", "--out", "FILE"], ("report", "shift")),
        (["report", "roster", "--month", "2026-12", "--out", "FILE"], ("roster", "roster")),
        (["report", "compliance", "--month", "2026-11", "--out", "FILE"], ("report", "compliance")),
        (["report", "matrix", "--out", "FILE"], ("settings", "matrix")),
        (["report", "sla", "--out", "FILE"], ("settings", "sla")),
        (["report", "calendar", "--out", "FILE"], ("settings", "calendar")),
        (["report", "people", "--month", "2026-11", "--out", "FILE"], ("report", "people")),
        (["report", "calls", "--month", "2026-11", "--out", "FILE"], ("report", "calls")),
        (["roster", "export", "2026-12", "FILE"], ("roster", "2026-12")),
        (["roster", "ics", "wanglei", "2026-12", "--out", "FILE"], ("roster", "2026-12")),
        (["settings", "export", "FILE"], ("settings", "settings")),
        (["catalogue", "export", "categories", "FILE"], ("settings", "categories")),
        (["calendars", "export", "office", "FILE"], ("settings", "calendar office")),
    ],
)
def test_every_file_the_command_line_writes_is_recorded(site, make, tmp_path, line, recorded_as):
    make.shift_template("D")
    path = str(tmp_path / "out.xlsx")

    say(site, *[path if word == "FILE" else word for word in line])

    assert recorded(site)[0] == recorded_as


def test_shifts_that_are_printed_as_a_calendar_file_are_recorded_too(site):
    say(site, "roster", "ics", "wanglei", "2026-12")

    assert recorded(site)[0] == ("roster", "2026-12")
