"""The page of the audit log: lines read by pages, searched, filtered, exported, opened by keyboard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.entities.audit import Access, AccessFilter, AccessKind, AccessSubject
from app.models.store import Operation
from app.services.audit.commands import record_access
from app.services.audit.queries import MOST_LOOKED_THROUGH, PAGE, access_page
from app.services.base.context import Actor
from app.views.settings.audit_page import AuditPane
from app.views.settings.pages import entries_for
from tests.support.describe import assert_readable
from tests.support.pages import page_env
from tests.support.settings_site import only_with, sample_site, shown_pane

HOSTILE = "<img src=file:///etc/passwd>\u202e=cmd|' /C calc'!A0"


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx, make):
    """Three lines: a ticket Wang Lei opened, a roster she exported, an old paper of the command line."""
    sample_site(ctx)
    wang = make.agent(name="Wang Lei", name_alt="王磊")
    agent = ctx.acting_as(Actor(wang.id, "Wang Lei", frozenset(), "PC-07"))
    record_access(ctx, Access(AccessKind.PRINTED, AccessSubject.REPORT, "shift", {"file": "shift.pdf"}))
    ctx.clock.advance(timedelta(days=40))
    record_access(agent, Access(AccessKind.EXPORTED, AccessSubject.ROSTER, "2026-12", {"file": "r.xlsx"}))
    ctx.clock.advance(timedelta(minutes=1))
    record_access(agent, Access(AccessKind.OPENED, AccessSubject.TICKET, "17"))
    return ctx


@pytest.fixture
def pane(qtbot, site, env):
    return shown_pane(qtbot, AuditPane, site, env)


def shown(pane):
    return [(line.subject.value, line.reference) for line in pane.model.rows]


def choose(box, value):
    box.setCurrentIndex(box.findData(value))


def test_the_last_month_is_shown_the_newest_line_first(pane):
    assert shown(pane) == [("ticket", "17"), ("roster", "2026-12")]
    assert pane.count.text() == "2 lines"


def test_the_page_can_be_read_in_either_language(either_language, qtbot, site, env):
    pane = shown_pane(qtbot, AuditPane, site, env)

    assert_readable(pane)


def test_further_back_there_is_more(pane):
    choose(pane.period, "all")

    assert shown(pane)[-1] == ("report", "shift")


@pytest.mark.parametrize(
    ("filter_", "value", "expected"),
    [
        ("kind", "exported", [("roster", "2026-12")]),
        ("subject", "ticket", [("ticket", "17")]),
        ("subject", "backup", []),
    ],
)
def test_lines_are_filtered(pane, filter_, value, expected):
    choose(getattr(pane, filter_), value)

    assert shown(pane) == expected


def test_one_filters_by_who_is_in_the_record(pane, site, make):
    make.agent(name="Li Na")
    pane.refresh()
    names = [pane.person.itemText(at) for at in range(pane.person.count())]

    pane.person.setCurrentIndex(1)

    assert names == ["Everybody", "Wang Lei"]
    assert len(shown(pane)) == 2


def test_typing_searches_and_enter_does_not_wait(pane):
    QTest.keyClicks(pane.search, "pc-07 r.xlsx")
    QTest.keyClick(pane.search, Qt.Key.Key_Return)

    assert shown(pane) == [("roster", "2026-12")]


def test_nothing_found_is_said(pane):
    pane.search.setText("nobody")
    QTest.keyClick(pane.search, Qt.Key.Key_Return)

    assert shown(pane) == []
    assert pane.empty.isVisible()


def test_the_next_page_is_read_at_the_end_of_the_list(pane, site):
    for number in range(PAGE + 5):
        record_access(site, Access(AccessKind.EXPORTED, AccessSubject.ROSTER, str(number)))
    pane.refresh()
    first = len(shown(pane))

    bar = pane.table.verticalScrollBar()
    bar.setValue(bar.maximum())

    assert (first, len(shown(pane))) == (PAGE, PAGE + 7)
    assert not pane.further.isVisible()


def test_a_search_goes_on_until_it_finds_something(pane, site):
    def fill(tx):
        columns = "at, pc, kind, subject, about"
        newest = [(tx.now_micros, "PC-01", "opened", "ticket", "{}")] * (MOST_LOOKED_THROUGH + 500)
        tx.execute_many(f"INSERT INTO access_record ({columns}) VALUES (?, ?, ?, ?, ?)", newest)

    site.store.write(Operation("a" * 32, site.clock.now(), None, "tests"), fill)
    QTest.keyClicks(pane.search, "r.xlsx")

    QTest.keyClick(pane.search, Qt.Key.Key_Return)

    assert shown(pane) == [("roster", "2026-12")]


def test_the_next_page_can_be_asked_for_by_button(pane, site):
    for number in range(PAGE + 5):
        record_access(site, Access(AccessKind.EXPORTED, AccessSubject.ROSTER, str(number)))
    pane.refresh()

    pane.further.click()

    assert len(shown(pane)) == PAGE + 7


def test_down_goes_from_the_search_into_the_list_and_enter_opens_the_ticket(qtbot, pane, env):
    with qtbot.waitActive(pane):
        pane.activateWindow()
    pane.search.setFocus()
    QTest.keyClick(pane.search, Qt.Key.Key_Down)
    pane.table.go_to_row(0)
    QTest.keyClick(pane.table, Qt.Key.Key_Return)

    assert env.shell.opened == [("ticket", {"number": 17})]


def test_a_line_about_no_ticket_opens_nothing(pane, env):
    pane.open_line(pane.model.rows[1].id)

    assert env.shell.opened == []


def test_the_list_is_exported_as_it_is_filtered_and_that_is_recorded(pane, env, site, tmp_path):
    env.dialogs.path = tmp_path / "audit.xlsx"
    choose(pane.kind, "exported")

    pane.export_button.click()

    newest = access_page(site, AccessFilter()).entries[0]
    assert env.shell.said == ["1 line was written to audit.xlsx."]
    assert (newest.subject, newest.row_count) == (AccessSubject.AUDIT, 1)
    assert shown(pane)[0] == ("audit", "log")


def test_an_export_that_is_called_off_records_nothing(pane, site):
    pane.export_button.click()

    assert access_page(site, AccessFilter()).entries[0].subject is AccessSubject.TICKET


def test_a_place_that_cannot_be_written_is_told(pane, env, tmp_path):
    (tmp_path / "file").write_text("no folder")
    env.dialogs.path = tmp_path / "file" / "audit.xlsx"

    pane.export_button.click()

    assert [error.code for error in env.shell.errors] == ["files.cannot_write"]


def test_hostile_texts_are_shown_as_they_are(pane, site):
    record_access(site, Access(AccessKind.EXPORTED, AccessSubject.ROSTER, HOSTILE[:60], {"file": HOSTILE}))

    pane.refresh()

    assert HOSTILE in pane.model.cell(0, 4).text
    assert_readable(pane)


def test_what_was_looked_for_survives_a_change_of_language(qtbot, pane, site, env):
    choose(pane.kind, "exported")
    choose(pane.period, "all")
    pane.person.setCurrentIndex(1)
    state = pane.save_state()

    again = AuditPane(site, env)
    qtbot.addWidget(again)
    again.restore_state(state)

    assert again.save_state() == state
    assert shown(again) == [("roster", "2026-12")]


def test_a_damaged_state_is_passed_over(qtbot, site, env):
    again = AuditPane(site, env)
    qtbot.addWidget(again)
    again.restore_state({"kind": 7, "subject": "x", "period": None, "person": "y", "words": None})

    assert again.save_state() == {"words": "", "person": None, "kind": "", "subject": "", "period": "today"}


def test_only_those_who_may_read_the_record_find_the_page(site):
    keys = [entry.key for entry in entries_for(only_with(site, "settings.read", "people.read").actor)]
    allowed = [entry.key for entry in entries_for(only_with(site, "audit.read").actor)]

    assert ("audit" in keys, allowed) == (False, ["audit"])
