"""Waiting, reminding, closing and reopening in sentences with dates, as forms and pages tell them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import NeverOpen
from app.services.base.texts import Texts
from app.services.calendars.rules import next_opening
from app.services.settings import declared
from app.services.settings.queries import waiting_reasons
from app.views.base.format import Format
from app.views.settings.closing_words import closing_example, reminder_is_idle
from app.views.settings.reason_words import reason_example
from app.views.settings.reasons_page import ReasonsPane
from app.views.settings.site_page import SitePane
from tests.support.pages import page_env
from tests.support.settings_site import sample_site, shown_pane
from tests.support.site import OFFICE
from tests.view.settings_room import speaking

FRIDAY = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)  # 10:30 in Shanghai
FORMAT = Format(Texts("en"), ZoneInfo("Asia/Shanghai"))
CALENDAR = BusinessCalendar.from_dict({**OFFICE, "name": "Office hours"})
CLOSED = BusinessCalendar.from_dict({"timezone": "Asia/Shanghai"})
REASON = {
    "kind": "user",
    "pauses_response": False,
    "pauses_resolution": True,
    "longest": "5 d",
    "follow_up_every": "1 d",
    "auto_resolve_after": 2,
}
DAYS = {
    declared.CONFIRM_REMINDER_DAYS.name: 1,
    declared.AUTO_CLOSE_DAYS.name: 3,
    declared.REOPEN_DAYS.name: 5,
}


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


def waiting(**changed):
    return reason_example({**REASON, **changed}, CALENDAR, "office", FRIDAY, FORMAT)


def closing(**changed):
    values = {**DAYS, **{f"tickets.{name}": value for name, value in changed.items()}}
    return closing_example(values, CALENDAR, "office", FRIDAY, FORMAT).splitlines()


# --- waiting -------------------------------------------------------------------------------------------


def test_a_reason_is_told_from_waiting_to_resolving():
    assert waiting() == (
        "Set waiting now, today 10:30, as “Office hours” counts:",
        "The clocks stand until 27 Nov 10:30 at the latest, then they run again.",
        "Asked again Mon 10:30, Tue 10:30, then resolved by itself Wed 10:30.",
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"auto_resolve_after": 0}, "Asked again Mon 10:30, Tue 10:30, Wed 10:30 and so on."),
        (
            {"auto_resolve_after": 5},
            "Asked again Mon 10:30, Tue 10:30, Wed 10:30 and so on, 5 times;"
            " then resolved by itself 30 Nov 10:30.",
        ),
        ({"auto_resolve_after": 1}, "Asked again Mon 10:30, then resolved by itself Tue 10:30."),
        ({"follow_up_every": ""}, "Nobody is asked again."),
        ({"follow_up_every": "soon"}, "Nobody is asked again."),
        (
            {"follow_up_every": "2 小时", "auto_resolve_after": 1},
            "Asked again today 13:30, then resolved by itself",
        ),
    ],
)
def test_how_often_somebody_is_asked_again(changed, sentence):
    assert waiting(**changed)[-1].startswith(sentence)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"longest": ""}, "The clocks stand until work goes on."),
        ({"longest": "0 min"}, "The clocks stand until work goes on."),
        ({"pauses_resolution": False}, "No clock stands still: the promised times run on."),
    ],
)
def test_how_long_the_clocks_stand(changed, sentence):
    assert waiting(**changed)[1] == sentence


def test_a_calendar_that_never_opens_says_nothing():
    with pytest.raises(NeverOpen):
        next_opening(CLOSED, FRIDAY)
    assert reason_example(REASON, CLOSED, "closed", FRIDAY, FORMAT) == ()
    assert closing_example(DAYS, CLOSED, "closed", FRIDAY, FORMAT) == ""


def test_the_form_tells_the_example_while_one_types_and_saves_it(qtbot, site, env):
    pane = shown_pane(qtbot, ReasonsPane, site, env)
    assert "and so on" in pane.example.text()

    pane._fields["auto_resolve_after"].widget.setValue(2)

    assert pane.example.text().splitlines()[-1].startswith("Asked again Mon 18:00, Tue 18:00, then resolved")
    assert [change.sentence for change in pane.changes] == [
        "Waiting for the user's answer · Resolve after  never → 2"
    ]
    pane.apply()
    assert waiting_reasons(site)[0].details.auto_resolve_after == 2


def test_an_edit_of_another_field_keeps_after_how_many_it_resolves(qtbot, site, env):
    pane = shown_pane(qtbot, ReasonsPane, site, env)
    pane._fields["auto_resolve_after"].widget.setValue(2)
    pane.apply()
    pane._fields["name_alt"].widget.setText("等用户")
    pane.apply()
    assert waiting_reasons(site)[0].details.auto_resolve_after == 2


def test_resolving_without_follow_ups_is_told_at_its_field(qtbot, site, env):
    pane = shown_pane(qtbot, ReasonsPane, site, env)
    pane._fields["follow_up_every"].widget.setText("")
    pane._fields["auto_resolve_after"].widget.setValue(2)
    assert pane._fields["auto_resolve_after"].error.startswith("Without follow-ups nothing can be resolved")
    assert pane.blocked


@pytest.mark.parametrize("name", ["longest", "follow_up_every"])
@pytest.mark.parametrize(("typed", "told"), [("soon", "not a period"), ("0 h", "must not be zero")])
def test_each_period_is_refused_at_its_own_field(qtbot, site, env, name, typed, told):
    pane = shown_pane(qtbot, ReasonsPane, site, env)
    other = next(iter({"longest", "follow_up_every"} - {name}))
    pane._fields[name].widget.setText(typed)
    assert told in pane._fields[name].error
    assert pane._fields[other].error == ""
    assert pane.blocked


# --- confirming, closing, reopening --------------------------------------------------------------------


def test_a_resolved_ticket_is_told_to_its_end():
    assert closing() == [
        "Resolved now, today 10:30, as “Office hours” counts working days:",
        "The user is reminded Mon 10:30.",
        "Without a word the ticket closes by itself Wed 10:30.",
        "It can be reopened until 2 Dec 10:30; later a new linked ticket is made.",
    ]


def test_no_reminder_and_no_reopening_are_said():
    lines = closing(confirm_reminder_days=0, reopen_days=0)
    assert lines[1] == "The user is not reminded."
    assert lines[3] == "Once closed it cannot be reopened: a new linked ticket is made."


@pytest.mark.parametrize(("reminder", "is_idle"), [(0, False), (2, False), (3, True), (9, True)])
def test_a_reminder_after_closing_is_idle_and_said(reminder, is_idle):
    values = {**DAYS, declared.CONFIRM_REMINDER_DAYS.name: reminder}
    assert reminder_is_idle(values) is is_idle
    said = closing_example(values, CALENDAR, "office", FRIDAY, FORMAT)
    assert ("it is never sent" in said) is is_idle


def test_the_site_page_shows_the_example_while_one_types(qtbot, site, env):
    pane = shown_pane(qtbot, SitePane, site, env)
    assert "The user is reminded Mon 18:00." in pane.closing.text()
    pane.fields["tickets.confirm_reminder_days"].widget.setValue(3)
    assert "it is never sent" in pane.closing.text()
    assert pane.closing.property("ink") == "warn"
    pane.discard()
    assert pane.closing.property("ink") == ""


def test_the_example_follows_the_calendar_that_is_chosen(qtbot, site, env):
    pane = shown_pane(qtbot, SitePane, site, env)
    box = pane.fields["site.calendar"].widget
    box.setCurrentIndex(box.findData("24x7"))
    assert "as “24 x 7” counts working days" in pane.closing.text()
    assert "The user is reminded tomorrow 18:00." in pane.closing.text()


def test_the_sentences_are_chinese_for_a_chinese_window(qtbot, site, bus, tmp_path):
    with speaking("zh_CN"):
        env = page_env(bus, tmp_path, language="zh_CN")
        assert "若无答复，工单于" in shown_pane(qtbot, SitePane, site, env).closing.text()
        assert "再次询问，以此类推" in shown_pane(qtbot, ReasonsPane, site, env).example.text()
