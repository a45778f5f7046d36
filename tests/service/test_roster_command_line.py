"""`roster` on the command line: checks, publishing, versions, fairness, in words and as JSON."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from app.cli import roster as command_line
from app.cli.env import Env
from app.cli.parser import parse
from app.models.entities.errors import BadInput
from app.models.entities.roster import PaintedCell
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from app.services.base.workbooks import read_workbook
from app.services.roster import commands
from tests.support.roster_rows import put_row
from tests.support.site import set_up_site

FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 2)


@pytest.fixture
def asked(ctx):
    """Runs `roster` with arguments; returns the exit code and what was printed."""
    set_up_site(ctx)

    def run(*arguments, language="en"):
        said = io.StringIO()
        args = parse(["roster", *arguments])
        env = Env(
            ctx.store.url, Texts(language), ctx.clock, EventBus(), lambda _url: ctx, lambda error: error.code,
            lambda _pictures: 0, is_json=args.json, out=said,
        )  # fmt: skip
        return command_line.run(args, env), said.getvalue()

    return run


@pytest.fixture
def desk(ctx, make):
    """Wang with a day after a night; Li with nothing."""
    team = make.team(name="First line", name_alt="一线")
    day = make.shift_template("D", duration_minute=720)
    night = make.shift_template("N", start_minute=1200, duration_minute=720)
    wang = make.agent(name="Wang Fang", name_alt="王芳", teams=(team,))
    make.agent(name="Li Na", name_alt="李娜", teams=(team,))
    put_row(
        ctx, "coverage_rule", template_id=day.id, team_id=team.id, day_type="weekend", minimum=1, version=1
    )
    return wang, day, night


def paint(ctx, person, on, shift):
    commands.paint_cells(ctx, [PaintedCell(person.id, on, shift.id)])


def test_a_check_lists_what_to_mend(ctx, asked, desk):
    wang, day, night = desk
    paint(ctx, wang, FIRST, night)
    paint(ctx, wang, SECOND, day)

    code, text = asked("check", "2026-12")

    assert code == 1
    assert "2026-12-02  forbidden  D Wang Fang   Day shift after a night  0 h, limit 11 h" in text
    assert "2026-12-05  warning    D First line  Too few people           0 of 1" in text
    assert "Gaps in the next 30 days:\n  2026-11-21  D First line  0/1" in text
    assert "Without any shift: Li Na" in text


def test_a_check_speaks_chinese(ctx, asked, desk):
    wang, day, night = desk
    paint(ctx, wang, FIRST, night)
    paint(ctx, wang, SECOND, day)

    _code, text = asked("check", "2026-12", language="zh_CN")

    assert "2026-12-02  禁止  D 王芳" in text
    assert "没有任何班次：李娜" in text


def test_a_month_that_lacks_nothing_answers_so(ctx, asked, make):
    team = make.team()
    office = make.shift_template("G")
    paint(ctx, make.agent(teams=(team,)), date(2027, 1, 4), office)

    assert asked("check", "2027-01") == (0, "Nothing to mend.\n")


def test_a_month_nobody_is_planned_in_is_something_to_mend(asked):
    assert asked("check", "2027-01") == (1, "Nobody has a shift in this month.\n")


def test_a_check_as_json_names_rules_and_figures(ctx, asked, desk):
    wang, day, night = desk
    paint(ctx, wang, FIRST, night)
    paint(ctx, wang, SECOND, day)

    _code, text = asked("check", "2026-12", "--json")

    (broken,) = json.loads(text)["forbidden"]
    assert (broken["rule"], broken["found"], broken["allowed"]) == ("day_after_night", 0, 660)


def test_publishing_and_its_versions(ctx, asked, desk):
    wang, day, _night = desk
    paint(ctx, wang, FIRST, day)

    published = asked("publish", "2026-12", "--note", "First plan", "--anyway")
    paint(ctx, wang, SECOND, day)

    assert published == (0, "2026-12 is published as version 1.\n")
    code, text = asked("versions", "2026-12")
    assert (code, text.splitlines()[0]) == (0, "2026-12: published, 1 change since")
    assert text.splitlines()[1].split()[:5] == ["1", "2026-11-20", "18:00", "First", "plan"]


def test_versions_as_json_tell_what_changed(ctx, asked, desk):
    wang, day, _night = desk
    paint(ctx, wang, FIRST, day)
    asked("publish", "2026-12", "--anyway")
    paint(ctx, wang, SECOND, day)

    _code, text = asked("versions", "2026-12", "--json")

    (change,) = json.loads(text)["changes"]
    assert (change["on_date"], change["before"], change["after"]["template_id"]) == (
        "2026-12-02",
        None,
        day.id,
    )


def test_fairness_is_told_by_person(ctx, asked, desk, make):
    wang, day, night = desk
    paint(ctx, wang, date(2026, 11, 2), day)
    paint(ctx, wang, date(2026, 11, 7), night)

    code, text = asked("fairness", "--months", "1")

    assert code == 0
    assert text.splitlines()[1].split() == ["Wang", "Fang", "1", "1", "0", "24", "0", "0"]
    assert text.splitlines()[-1] == "There is nobody to compare."


def test_swaps_count_for_who_gave_and_who_took(ctx, asked, desk, make):
    wang, day, _night = desk
    sun = make.agent(name="Sun Lei", teams=(make.team(),))
    swap = {"asker_id": wang.id, "other_id": sun.id, "on_date": date(2026, 11, 3), "template_id": day.id}
    put_row(ctx, "shift_swap", **swap, state="approved", asked_at=0, expires_at=0, version=1)

    _code, text = asked("fairness", "--json")

    swaps = {one["person_id"]: (one["swaps_given"], one["swaps_taken"]) for one in json.loads(text)["shares"]}
    assert (swaps[wang.id], swaps[sun.id]) == ((1, 0), (0, 1))


@pytest.mark.parametrize(
    "arguments", [("check", "April"), ("fairness", "--until", "now"), ("fairness", "--months", "0")]
)
def test_what_cannot_be_read_is_refused(asked, arguments):
    with pytest.raises(BadInput):
        asked(*arguments)


def test_nobody_on_duty_is_an_answer(asked):
    assert asked("who", "--at", "2026-12-01T03:00") == (1, "Nobody is on duty then.\n")


def test_a_month_is_exported_as_a_workbook(ctx, asked, desk, tmp_path):
    wang, day, _night = desk
    paint(ctx, wang, FIRST, day)
    file = tmp_path / "december.xlsx"

    code, said = asked("export", "2026-12", str(file), language="zh_CN")

    assert code == 0
    assert said.startswith(str(file))
    assert "王芳" in str(read_workbook(file.read_bytes())["排班"])


def test_exporting_where_nothing_can_be_written_is_refused(asked, desk, tmp_path):
    (tmp_path / "folder").write_text("a file where a folder is wanted")

    with pytest.raises(BadInput) as refused:
        asked("export", "2026-12", str(tmp_path / "folder" / "december.xlsx"))

    assert refused.value.code == "files.cannot_write"


def test_who_is_on_duty_by_a_draft_is_told_so(ctx, asked, desk):
    wang, day, _night = desk
    paint(ctx, wang, FIRST, day)

    draft = asked("who", "--at", "2026-12-01T10:00")[1]
    asked("publish", "2026-12", "--anyway")

    assert draft.rstrip().endswith("(draft)")
    assert "(draft)" not in asked("who", "--at", "2026-12-01T10:00")[1]
