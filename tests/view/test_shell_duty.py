"""Who is on duty, in the window around the pages: the chip, the tray, the notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QWidget

from app.models.entities.duty import DutyRole
from app.models.entities.ids import PersonId
from app.models.entities.notices import NewNotice, NoticeKind
from app.services.base.texts import Texts
from app.services.notices.queries import my_notices
from app.services.roster import commands as roster_commands
from app.services.shell.queries import duty_now
from app.views.base.format import Format
from app.views.base.i18n import current
from app.views.shell.duty_line import duty_entries, duty_line, fitting
from app.views.shell.notice_words import LOOKS, sentence, target_of
from app.views.shell.topbar import DutyChip
from app.views.shell.tray import SystemTray
from tests.support.duty import FRIDAY, duty_desk
from tests.support.notices import acting, told


@pytest.fixture
def desk(ctx, make, qapp):
    return duty_desk(ctx, make)


def fmt():
    return Format(Texts("en"), ZoneInfo("Asia/Shanghai"))


def test_the_tray_says_who_leads_with_the_number_and_who_comes_next(desk):
    found = duty_now(desk.as_li())

    said = "On duty: Wang Fang 138 0013 8000\nService desk: 1818\nNext: 20:00 Night, Sun Lei"
    assert duty_line(found, fmt()) == said


def test_the_trays_menu_names_everybody_on_duty_with_their_numbers(desk):
    entries = duty_entries(duty_now(desk.as_li()))

    assert entries[:2] == ("Service desk: 1818", "Duty supervisor: Wang Fang 138 0013 8000")
    assert any(entry.startswith("Hotline: Li Na") for entry in entries)


def test_many_people_are_counted_at_the_end_of_the_menu(desk):
    many = tuple((DutyRole.HOTLINE, f"Agent {number}", str(6100 + number)) for number in range(20))

    entries = duty_entries(replace(duty_now(desk.as_li()), others=many))

    assert entries[-1] == "and 5 more people"


def test_a_tool_tip_is_cut_between_lines_where_the_system_would_cut_in_one():
    text = "\n".join(("Firstline: 3 unread notices", "On duty: " + "W" * 60, "Next: " + "N" * 60))

    assert fitting(text) == text.rpartition("\n")[0]
    assert len(fitting("W" * 300)) == 127


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # offscreen has an icon's window, but no tray
def test_the_tray_of_the_system_lists_the_entries_and_opens_the_window(qtbot):
    window, asked = QWidget(), []
    qtbot.addWidget(window)
    tray = SystemTray(window, lambda: asked.append(True))

    tray.list_people(("Service desk: 1818", "Hotline: Li & Na"))

    entries = [action for action in tray._menu.actions() if not action.isSeparator()]
    entries[0].trigger()
    tray.remove()
    assert [entry.text() for entry in entries] == [
        "Service desk: 1818",
        "Hotline: Li && Na",
        "Show the notices",
    ]
    assert asked == [True]


def test_the_number_changes_at_the_handover(desk):
    desk.ctx.clock.advance(timedelta(hours=2))

    assert duty_now(desk.as_li()).number == "137 0013 7000"


def test_a_shift_that_nobody_leads_is_said(desk):
    roster_commands.name_supervisor(desk.ctx, person_id=desk.wang.id, on_date=FRIDAY, is_supervisor=False)

    found = duty_now(desk.as_li())

    assert found.is_gap
    assert duty_line(found, fmt()).startswith("On duty: no duty supervisor")


def test_the_chip_says_what_comes_next(qtbot):
    chip = DutyChip()
    qtbot.addWidget(chip)

    chip.show_duty("Day", "no duty supervisor", "1818", about="Next: 20:00 Night, Sun Lei", is_gap=True)

    assert chip.accessibleName() == "On duty: Day · no duty supervisor · 1818"
    assert chip.accessibleDescription() == "Next: 20:00 Night, Sun Lei"


def notice(desk, kind, body):
    told(desk.ctx, [NewNotice(PersonId(desk.li.id), kind, "k", None, body)])
    (found,) = my_notices(acting(desk.ctx, desk.li))
    return found


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({"text": "mind P1"}, None),
        ({"text": "mind P1", "link": "sla"}, ("duty", {"show": "sla"})),
        ({"text": "mind P1", "link": "article", "article": 7}, ("knowledge", {"id": 7})),
        ({"text": "mind P1", "link": "of a newer program"}, None),
    ],
    ids=["a word", "the levels", "an article", "unknown"],
)
def test_a_reminder_leads_to_what_it_is_about(desk, body, target):
    found = notice(desk, NoticeKind.REMINDED, {**body, "by": desk.wang.id})

    assert sentence(found) == "Wang Fang reminds you: “mind P1”"
    assert target_of(found) == target


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"is_empty": True}, "Nobody is on duty: Night of 2026-11-20"),
        ({"has_begun": True}, "The shift runs without a duty supervisor: Night of 2026-11-20"),
        ({}, "The next shift has no duty supervisor: Night of 2026-11-20"),
    ],
    ids=["empty", "runs", "next"],
)
def test_a_shift_without_a_supervisor_is_named(desk, facts, said):
    body = {"shift": "Night", "shift_alt": "夜班", "on_date": "2026-11-20", **facts}

    found = notice(desk, NoticeKind.SHIFT_UNLED, body)

    assert sentence(found) == said
    assert target_of(found) == ("roster", {"day": "2026-11-20"})
    assert LOOKS[found.kind][1] == "bad"


def test_the_shift_is_named_in_the_readers_language(desk):
    found = notice(
        desk, NoticeKind.SHIFT_UNLED, {"shift": "Night", "shift_alt": "夜班", "on_date": "2026-11-20"}
    )
    current.use("zh_CN")
    try:
        said = sentence(found)
    finally:
        current.use("en")

    assert "夜班" in said


def test_a_notice_without_facts_still_says_something(desk):
    assert sentence(notice(desk, NoticeKind.SHIFT_UNLED, {})) == "A shift has no duty supervisor"
