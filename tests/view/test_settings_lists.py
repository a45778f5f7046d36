"""Waiting reasons, codes, scripts and shifts: each list's own rules, seen on its page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTime
from PySide6.QtWidgets import QScrollArea

from app.models.entities.settings import CodeKind, Situation
from app.services.roster.template_queries import shifts
from app.services.settings.queries import code_items, scripts, waiting_reasons
from app.views.base.i18n import current
from app.views.settings.categories_page import CategoriesPane
from app.views.settings.codes_page import CodesPane
from app.views.settings.people_page import PeoplePane
from app.views.settings.reasons_page import ReasonsPane
from app.views.settings.roles_page import RolesPane
from app.views.settings.scripts_page import SITUATIONS, ScriptsPane
from app.views.settings.services_page import ServicesPane
from app.views.settings.shifts_kind import length_text
from app.views.settings.shifts_page import ShiftsPane
from tests.support.pages import page_env
from tests.support.settings_site import only_with, sample_site, shown_pane

ALL = (CategoriesPane, CodesPane, PeoplePane, ReasonsPane, RolesPane, ScriptsPane, ServicesPane, ShiftsPane)
# What the smallest window leaves a page; rail, tree, bars and title take the rest.
ROOM = (1280 - 72 - 208 - 2 * 24, 720 - 54 - 32 - 80 - 56)


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


def line(pane, name):
    return pane._fields[name].widget


def choose(pane, text):
    record = next(row for row in pane.presenter.rows if text in pane.kind.name(row))
    pane.table.go_to_id(record.id)
    return record


def set_choice(box, value):
    box.setCurrentIndex(next(at for at in range(box.count()) if box.itemData(at) == value))


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_page_fits_into_the_smallest_window(qtbot, site, env, make, language):
    current.use(language)
    try:
        pane = shown_pane(qtbot, make, site, env)
        needed = pane.minimumSizeHint()
        cut = [
            area.widget().minimumSizeHint().width() - area.viewport().width()
            for area in pane.findChildren(QScrollArea)
            if area.isVisible()
        ]
    finally:
        current.use("en")

    assert (needed.width() <= ROOM[0], needed.height() <= ROOM[1]) == (True, True), needed
    assert all(pixels <= 0 for pixels in cut), cut


# --- waiting reasons ---------------------------------------------------------------------------------


def test_a_reason_says_which_clocks_stand_still(qtbot, site, env):
    pane = shown_pane(qtbot, ReasonsPane, site, env)
    first = waiting_reasons(site)[0]
    choose(pane, first.details.name)

    line(pane, "pauses_response").setChecked(True)
    line(pane, "pauses_resolution").setChecked(True)
    line(pane, "longest").setText("5 d")
    pane.apply()

    saved = waiting_reasons(site)[0].details
    assert (saved.pauses_response, saved.pauses_resolution, saved.longest) == (True, True, "5 d")


def test_a_period_that_is_none_is_told_at_its_field(qtbot, site, env):
    pane = shown_pane(qtbot, ReasonsPane, site, env)

    line(pane, "longest").setText("soon")

    assert "not a period" in pane._fields["longest"].error
    assert pane.blocked


def test_how_many_tickets_wait_under_a_reason_is_told(qtbot, site, env, make):
    reason = waiting_reasons(site)[0]
    make.ticket(status="waiting", waiting_reason_id=reason.id)

    pane = shown_pane(qtbot, ReasonsPane, site, env)

    assert pane.kind.uses == {reason.id: 1}


# --- codes -------------------------------------------------------------------------------------------


def test_a_code_keeps_its_code_and_changes_its_names(qtbot, site, env):
    pane = shown_pane(qtbot, CodesPane, site, env)
    before = code_items(site, CodeKind.CAUSE)[0]

    assert line(pane, "code").isReadOnly()
    line(pane, "name_alt").setText("操作失误")
    pane.apply()

    after = code_items(site, CodeKind.CAUSE)[0]
    assert (after.code, after.name_alt) == (before.code, "操作失误")


def test_a_new_code_goes_into_the_list_that_was_chosen(qtbot, site, env):
    pane = shown_pane(qtbot, CodesPane, site, env)
    pane.new.click()
    line(pane, "name").setText("Replaced")
    line(pane, "code").setText("replaced")
    set_choice(line(pane, "kind"), CodeKind.RESOLUTION.value)

    pane.apply()

    assert "replaced" in [item.code for item in code_items(site, CodeKind.RESOLUTION)]


# --- scripts -----------------------------------------------------------------------------------------


def test_every_situation_has_its_words():
    assert set(SITUATIONS) == set(Situation)


def test_a_script_is_previewed_in_both_languages_while_it_is_typed(qtbot, site, env):
    pane = shown_pane(qtbot, ScriptsPane, site, env)

    line(pane, "body").setPlainText("This is {{ agent }}. {% if caller %}Hello {{ caller }}{% endif %}")
    line(pane, "body_alt").setPlainText("我是{{ agent }}")

    assert pane.preview.text() == "This is Li Na. Hello Mr Zhou"
    assert pane.preview_alt.text() == "我是李娜"


def test_a_changed_script_is_saved_in_both_languages(qtbot, site, env):
    pane = shown_pane(qtbot, ScriptsPane, site, env)
    line(pane, "body").setPlainText("Good morning.")
    line(pane, "body_alt").setPlainText("早上好。")

    pane.apply()

    saved = scripts(site)[0].details
    assert (saved.body, saved.body_alt) == ("Good morning.", "早上好。")


def test_a_script_without_words_blocks(qtbot, site, env):
    pane = shown_pane(qtbot, ScriptsPane, site, env)

    line(pane, "body").setPlainText(" ")

    assert "has no text" in pane.blocked


# --- shifts ------------------------------------------------------------------------------------------


def shift(ctx, code):
    return next(each for each in shifts(ctx) if each.template.code == code)


def test_a_shift_and_the_people_it_needs_are_changed_as_one(qtbot, site, env):
    pane = shown_pane(qtbot, ShiftsPane, site, env)
    choose(pane, "Night")
    line(pane, "start").setTime(QTime(21, 30))
    line(pane, "length").setText("10 h 30 min")
    pane.coverage._lines[0].people.setValue(4)
    pane.apply()

    night = shift(site, "N")
    assert (night.template.start_minute, night.template.duration_minute) == (21 * 60 + 30, 630)
    assert night.coverage[0].minimum == 4
    assert len(env.shell.outcomes) == 1


def test_changed_coverage_is_told_in_words(qtbot, site, env):
    pane = shown_pane(qtbot, ShiftsPane, site, env)
    choose(pane, "Mid")
    pane.coverage.add.click()

    assert [change.after for change in pane.changes] == ["Whole desk, Workday: 1"]


def test_a_line_of_coverage_is_removed(qtbot, site, env):
    pane = shown_pane(qtbot, ShiftsPane, site, env)
    choose(pane, "Night")
    count = len(shift(site, "N").coverage)

    pane.coverage._lines[0].remove.click()
    pane.apply()

    assert len(shift(site, "N").coverage) == count - 1


def test_an_absence_asks_for_nobody(qtbot, site, env):
    pane = shown_pane(qtbot, ShiftsPane, site, env)
    choose(pane, "Leave")

    assert not pane.needs.isVisible()


def test_a_length_that_is_none_is_told_at_its_field(qtbot, site, env):
    pane = shown_pane(qtbot, ShiftsPane, site, env)

    line(pane, "length").setText("long")

    assert pane._fields["length"].error


def test_lengths_are_written_as_they_are_read():
    assert (length_text(630), length_text(1440), length_text(0)) == ("10 h 30 min", "24 h", "")


def test_a_reader_sees_coverage_locked(qtbot, site, env):
    reader = only_with(site, "settings.read", "tickets.read", "roster.read")
    pane = shown_pane(qtbot, ShiftsPane, reader, env)

    assert not pane.coverage.add.isVisible()
    assert not pane.coverage._lines[0].people.isEnabled()
