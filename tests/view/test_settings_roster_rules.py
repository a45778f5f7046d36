"""The page of the roster's rules: the whole of it by the keyboard, and what other rules would find."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.entities.roster import Severity
from app.models.entities.roster_rules import RuleName
from app.services.roster import plan_queries, template_queries
from app.views.settings.roster_rules_model import ROWS, At
from app.views.settings.roster_rules_page import RosterRulesPane
from tests.support.pages import page_env
from tests.support.settings_site import only_with, shown_pane
from tests.view.escalation_room import ctrl
from tests.view.settings_room import KEY, desk, open_settings, press, speaking

ROOM = (1280 - 72 - 208 - 2 * 24, 720 - 54 - 32 - 80 - 56)


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "roster_rules")
    screen.pane.table.setFocus()
    return screen


def go(screen, name, at):
    screen.pane.table.setCurrentIndex(screen.pane.model.index(ROWS.index(name), at))


def text(screen, name, at):
    return screen.pane.model.index(ROWS.index(name), at).data()


def told(screen):
    return [change.sentence for change in screen.pane.changes]


def saved(ctx):
    return plan_queries.rules_in_force(ctx).rules


def test_rules_are_weighed_and_limited_by_keyboard_alone(screen, ctx):
    press(screen, "2", KEY.Key_Right, "12", KEY.Key_Return)  # rest: warns, below 12 h
    press(screen, KEY.Key_Left, KEY.Key_Down, "o")  # a day shift after a night is not looked at
    press(screen, KEY.Key_Down, KEY.Key_Space)  # nights in a row: from a warning to forbidden
    screen.action_set.run("settings.apply")

    rules = saved(ctx)
    assert (rules.severity(RuleName.REST), rules.limit(RuleName.REST)) == (Severity.WARN, 12)
    assert rules.severity(RuleName.DAY_AFTER_NIGHT) is Severity.OFF
    assert rules.severity(RuleName.NIGHTS_IN_A_ROW) is Severity.FORBID
    assert not screen.pane.changes


def test_an_edit_is_told_before_and_after(screen):
    go(screen, RuleName.REST, At.LIMIT)
    press(screen, "10", KEY.Key_Return)
    go(screen, RuleName.GAP, At.SEVERITY)
    press(screen, "3")

    assert told(screen) == [
        "Rest between shifts  forbidden, 11 h → forbidden, 10 h",
        "Enough people  warning → forbidden",
    ]


def test_an_edit_is_told_in_chinese(screen):
    go(screen, RuleName.NIGHTS_IN_A_ROW, At.LIMIT)
    with speaking("zh_CN"):
        press(screen, "3", KEY.Key_Return)
        found = told(screen)

    assert found == ["连续夜班  提醒、2 个夜班 → 提醒、3 个夜班"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("much", "“much” is no whole number. Type one from 1 to 24. 11 h stays."),
        (
            "25",
            "The limit 25 of the rule “Rest between shifts” cannot be. It lies between 1 and 24. 11 h stays.",
        ),
    ],
)
def test_a_wrong_limit_is_told_and_the_old_one_stays(screen, typed, sentence):
    go(screen, RuleName.REST, At.LIMIT)
    press(screen, KEY.Key_F2, typed, KEY.Key_Return)

    assert text(screen, RuleName.REST, At.LIMIT) == "11 h"
    assert screen.pane.refused.text.text() == sentence
    assert not screen.pane.changes


def test_while_one_types_a_popup_says_what_it_would_mean(screen):
    go(screen, RuleName.HOURS_WEEK, At.LIMIT)
    press(screen, "48")
    popup = screen.pane.table.popup

    assert popup.title.text() == "Understood: 48 h"
    press(screen, KEY.Key_Escape)
    assert screen.pane.table.popup is None


def test_plus_and_minus_change_a_limit_by_one(screen):
    go(screen, RuleName.SHIFTS_IN_A_ROW, At.LIMIT)
    press(screen, "+", "+", "-")

    assert text(screen, RuleName.SHIFTS_IN_A_ROW, At.LIMIT) == "7 shifts"


def test_edits_are_taken_back_and_made_again(screen):
    press(screen, "1", KEY.Key_Down, "1")
    ctrl(screen, KEY.Key_Z)
    after_one = told(screen)
    ctrl(screen, KEY.Key_Y)

    assert after_one == ["Rest between shifts  forbidden, 11 h → not checked"]
    assert len(told(screen)) == 2


def test_shifts_that_are_led_and_full_time_are_part_of_the_document(screen, ctx):
    screen.pane.led.chosen.emit(frozenset({"D", "N", "G"}))
    screen.pane.full_time.setValue(38)
    changes = told(screen)
    screen.action_set.run("settings.apply")

    order = [shift.template.code for shift in template_queries.shifts(ctx)]
    assert saved(ctx).led_shifts == tuple(code for code in order if code in {"D", "N", "G"})
    assert saved(ctx).full_time_hours == 38
    assert changes[1] == "Full time  40 h a week → 38 h a week"


def test_what_other_rules_would_find_is_told_before_they_are_applied(qtbot, screen, ctx, make):
    codes = {shift.template.code: int(shift.id) for shift in template_queries.shifts(ctx)}
    wang = make.agent(name="Wang Fang", teams=(make.team(),))
    make.assignment(wang, date(2026, 12, 1), codes["N"])
    make.assignment(wang, date(2026, 12, 2), codes["D"])
    screen.pane.refresh()
    qtbot.waitUntil(lambda: text(screen, RuleName.DAY_AFTER_NIGHT, At.FOUND) == "1")

    go(screen, RuleName.DAY_AFTER_NIGHT, At.SEVERITY)
    press(screen, "1")
    go(screen, RuleName.REST, At.SEVERITY)
    press(screen, "1")
    qtbot.waitUntil(lambda: text(screen, RuleName.DAY_AFTER_NIGHT, At.FOUND) == "1 → –")

    # On 61 days nobody leads the two shifts: forbidden before and after.
    assert "have 122 forbidden and" in screen.pane.effect.text.text()
    assert "(now 123 forbidden and" in screen.pane.effect.text.text()


def test_a_reader_changes_nothing(qtbot, ctx, bus, tmp_path):
    looker = only_with(desk(ctx), "settings.read", "roster.read")
    screen = open_settings(qtbot, looker, bus, tmp_path, "roster_rules")
    screen.pane.table.setFocus()

    press(screen, "1", KEY.Key_Right, KEY.Key_Return)

    assert not screen.pane.changes
    assert not screen.pane.led.isEnabled()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_page_fits_beside_the_tree_of_the_smallest_window(qtbot, ctx, bus, tmp_path, language):
    desk(ctx)
    with speaking(language):
        pane = shown_pane(qtbot, RosterRulesPane, ctx, page_env(bus, tmp_path, language=language))
        needed = pane.minimumSizeHint().width()

    assert needed <= ROOM[0]
