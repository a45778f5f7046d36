"""A month that lacks something goes out only when somebody says so, and its version keeps what it lacked."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime

import pytest

from app.cli import roster as command_line
from app.cli.env import Env
from app.cli.parser import parse
from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId
from app.models.entities.roster import BrokenRule, PaintedCell, Severity, ShiftKind
from app.models.entities.roster_lacks import LackCounts
from app.models.entities.settings import ConfigKind
from app.services.base.context import Actor
from app.services.base.events import EventBus
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.base.texts import Texts
from app.services.roster import commands, month_commands, month_queries
from app.services.settings.commands import save_config
from app.services.settings.current import load_config
from tests.support.roster_rows import put_row
from tests.support.site import set_up_site

MONTH = "2026-12"
FIRST = date(2026, 12, 1)
LATE = date(2026, 12, 30)


@pytest.fixture(autouse=True)
def site(ctx):
    set_up_site(ctx)


@pytest.fixture
def team(make):
    return make.team(name="First line", name_alt="一线")


@pytest.fixture
def day(make):
    return make.shift_template("D", duration_minute=720)


@pytest.fixture
def night(make):
    return make.shift_template("N", start_minute=1200, duration_minute=720)


@pytest.fixture
def office(make):
    return make.shift_template("G", duration_minute=480)


@pytest.fixture
def wang(make, team):
    return make.agent(name="Wang Fang", name_alt="王芳", teams=(team,))


@pytest.fixture
def li(make, team):
    return make.agent(name="Li Na", teams=(team,))


@pytest.fixture
def planner(ctx, make):
    boss = make.agent(name="Gao Jing")
    return ctx.acting_as(Actor(PersonId(boss.id), boss.name, ALL_PERMISSIONS, "pc"))


@pytest.fixture
def asked(planner):
    """Runs `roster` with arguments; returns the exit code and what was printed."""

    def run(*arguments, language="en"):
        said = io.StringIO()
        args = parse(["roster", *arguments])
        env = Env(
            planner.store.url, Texts(language), planner.clock, EventBus(), lambda _url: planner,
            lambda error: error.code, lambda _pictures: 0, is_json=args.json, out=said,
        )  # fmt: skip
        return command_line.run(args, env), said.getvalue()

    return run


def paint(ctx, person, on, shift, **more):
    commands.paint_cells(ctx, [PaintedCell(person.id, on, shift.id, **more)])


def kept_back(ctx):
    with pytest.raises(RuleViolation) as refused:
        commands.publish_month(ctx, MONTH)
    return refused.value.code, [(one.rule, one.on_date) for one in refused.value.params["violations"]]


def lacked(ctx):
    return month_queries.versions(ctx, MONTH)[0].lacks


def test_a_month_that_lacks_nothing_goes_out_without_a_word(planner, wang, day):
    paint(planner, wang, FIRST, day, is_supervisor=True)

    commands.publish_month(planner, MONTH)

    assert not lacked(planner)


def test_a_shift_without_a_duty_supervisor_keeps_the_month_back(planner, wang, day):
    paint(planner, wang, FIRST, day)

    assert kept_back(planner) == ("roster.publish_refused", [(BrokenRule.NO_SUPERVISOR, FIRST)])


def test_two_duty_supervisors_keep_it_back_as_well(planner, wang, li, day):
    paint(planner, wang, FIRST, day, is_supervisor=True)
    paint(planner, li, FIRST, day, is_supervisor=True)

    assert kept_back(planner) == ("roster.publish_refused", [(BrokenRule.TWO_SUPERVISORS, FIRST)])


def test_gaps_of_the_month_and_of_published_weeks_ahead_keep_it_back(planner, team, wang, office):
    put_row(planner, "roster_month", month="2026-11", is_published=True, version=1)
    rule = {"template_id": office.id, "team_id": team.id, "day_type": "weekend", "minimum": 1, "version": 1}
    put_row(planner, "coverage_rule", **rule)
    paint(planner, wang, FIRST, office)

    code, found = kept_back(planner)

    assert (code, {rule for rule, _on in found}) == ("roster.publish_refused", {BrokenRule.GAP})
    assert found[0][1] == date(2026, 11, 21)
    assert found[-1][1] == date(2026, 12, 27)


def test_a_month_nobody_has_planned_yet_keeps_none_back(planner, team, wang, office):
    rule = {"template_id": office.id, "team_id": team.id, "day_type": "weekend", "minimum": 1, "version": 1}
    put_row(planner, "coverage_rule", **rule)
    paint(planner, wang, FIRST, office)

    _code, found = kept_back(planner)

    assert {on.month for _rule, on in found} == {12}


def test_what_the_site_does_not_check_asks_for_no_word(planner, wang, day):
    off = {"rules": {"supervisor": {"severity": "off"}, "gap": {"severity": "off"}}}
    save_config(planner, ConfigKind.ROSTER, "site", off, expected_number=0)
    paint(planner, wang, FIRST, day)

    assert commands.publish_month(planner, MONTH).version == 1


def test_what_is_past_asks_for_no_word(planner, wang, day):
    planner.clock.set(datetime(2026, 12, 20, tzinfo=UTC))
    paint(planner, wang, FIRST, day)

    assert commands.publish_month(planner, MONTH).version == 1


def test_an_empty_month_is_refused(planner, wang):
    assert kept_back(planner) == ("roster.publish_empty", [])


def test_a_month_of_leave_alone_is_empty(planner, make, wang):
    away = make.shift_template("L", kind=ShiftKind.ABSENCE)
    paint(planner, wang, FIRST, away)

    assert kept_back(planner)[0] == "roster.publish_empty"


def test_said_anyway_it_goes_out_and_the_version_keeps_what_it_lacked(planner, wang, li, day, night):
    paint(planner, wang, FIRST, night)
    paint(planner, wang, date(2026, 12, 2), day, is_supervisor=True)
    paint(planner, li, LATE, day)

    commands.publish_month(planner, MONTH, anyway=True)

    assert lacked(planner) == LackCounts(unled=2, forbidden=1)


def test_what_was_said_holds_when_it_is_taken_back_and_done_again(planner, wang, day):
    paint(planner, wang, FIRST, day)
    done = commands.publish_month(planner, MONTH, anyway=True)

    done.undo.run().undo.run()

    assert lacked(planner) == LackCounts(unled=1)


def test_a_version_from_before_says_nothing_of_what_it_lacked(planner):
    body = '{"cells":[]}'
    put_row(planner, "roster_version", month=MONTH, number=1, at=0, actor_id=None, note="", body=body)

    assert not lacked(planner)


def test_a_site_that_saved_no_rules_still_only_warns_of_a_missing_supervisor(planner):
    with planner.store.read() as read:
        rules = load_config(read).roster_rules

    assert rules.weight(BrokenRule.NO_SUPERVISOR) is Severity.WARN


def test_the_command_line_lists_what_keeps_a_month_back(planner, wang, day, asked):
    paint(planner, wang, FIRST, day)

    code, text = asked("publish", MONTH)

    assert code == 1
    assert "2026-12-01  warning  D  No duty supervisor  0 of 1" in text
    assert text.splitlines()[-1] == "Nothing was published. With --anyway it goes out as it stands."
    assert month_queries.versions(planner, MONTH) == []


def test_the_command_line_says_it_in_chinese(planner, wang, day, asked):
    _code, text = asked("publish", MONTH, language="zh_CN")

    assert "未发布任何内容" in text


def test_the_command_line_publishes_anyway_and_shows_it_among_the_versions(planner, wang, day, asked):
    paint(planner, wang, FIRST, day)

    published = asked("publish", MONTH, "--anyway")

    assert published == (0, "2026-12 is published as version 1.\n")
    assert "published with 1 shift without one duty supervisor" in asked("versions", MONTH)[1]


def test_the_command_line_tells_findings_as_json(planner, wang, day, asked):
    paint(planner, wang, FIRST, day)

    _code, text = asked("publish", MONTH, "--json")

    told = json.loads(text)
    assert (told["refused"], told["findings"][0]["rule"]) == ("roster.publish_refused", "no_supervisor")


def test_restoring_and_comparing_read_a_version_that_lacked_something(planner, wang, day):
    paint(planner, wang, FIRST, day)
    done = commands.publish_month(planner, MONTH, anyway=True)

    month_commands.restore_version(planner, done.id)

    assert month_queries.month_state(planner, MONTH).changes == ()
