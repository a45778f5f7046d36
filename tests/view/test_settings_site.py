"""Site settings: labels, ranges, errors in place, one action for all changes, broken values told."""

from __future__ import annotations

import uuid

import pytest

from app.models.store import Operation
from app.services.settings import commands, declared
from app.services.settings.queries import site_settings
from app.views.settings.site_page import SitePane
from app.views.settings.terms import SETTING_GROUPS, SETTING_TERMS, UNIT_TERMS
from tests.support.pages import page_env
from tests.support.settings_site import only_with, sample_site, shown_pane


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


@pytest.fixture
def pane(qtbot, site, env):
    return shown_pane(qtbot, SitePane, site, env)


def test_every_declared_setting_has_a_label_and_a_place():
    placed = {key.name for _title, keys in SETTING_GROUPS for key in keys}

    assert placed == set(SETTING_TERMS) == {key.name for key in declared.SETTINGS}
    assert {key.unit for key in declared.SETTINGS if key.unit} <= set(UNIT_TERMS)


def test_the_values_in_force_are_shown(pane):
    assert pane.fields["site.name"].widget.text() == "Huaxin service desk"
    assert pane.fields["tickets.reopen_days"].widget.value() == 5
    assert pane.fields["site.calendar"].widget.currentData() == "office"
    assert list(pane.changes) == []


def test_changes_are_saved_as_one_action_and_taken_back(pane, site, env):
    pane.fields["site.desk_phone"].widget.setText("2828")
    pane.fields["tickets.auto_close_days"].widget.setValue(7)
    assert [change.sentence for change in pane.changes] == [
        "Desk telephone  1818 → 2828",
        "Closing without an answer  3 → 7",
    ]

    pane.apply()

    values = site_settings(site)
    assert (values[declared.DESK_PHONE], values[declared.AUTO_CLOSE_DAYS]) == ("2828", 7)
    assert len(env.shell.outcomes) == 1
    env.shell.outcomes[0].undo.run()
    assert site_settings(site)[declared.DESK_PHONE] == "1818"


def test_what_cannot_be_saved_is_told_at_its_field_and_blocks(pane, site):
    pane.fields["site.name"].widget.setText(" ")
    pane.fields["site.timezone"].widget.setText("Moon/Sea of Tranquility")

    assert "must not be empty" in pane.fields["site.name"].error
    assert "Moon" in pane.fields["site.timezone"].error
    assert pane.blocked
    pane.apply()
    assert site_settings(site)[declared.SITE_NAME] == "Huaxin service desk"


def test_the_error_names_the_setting_by_its_label(pane):
    pane.fields["site.name"].widget.setText("")

    assert "Name in English" in pane.fields["site.name"].error


def test_discarding_goes_back_and_clears_errors(pane):
    pane.fields["site.name"].widget.setText("")

    pane.discard()

    assert pane.fields["site.name"].widget.text() == "Huaxin service desk"
    assert pane.fields["site.name"].error == ""


def test_a_value_somebody_else_saved_shows_as_before_and_mine_stays(pane, site, other_ctx, env):
    pane.fields["site.desk_phone"].widget.setText("2828")
    commands.change_settings(
        other_ctx, {"site.desk_phone": "3838"}, versions=site_settings(other_ctx).versions
    )

    pane.apply()

    assert [error.code for error in env.shell.errors] == ["store.stale"]
    assert [change.sentence for change in pane.changes] == ["Desk telephone  3838 → 2828"]
    pane.apply()
    assert site_settings(site)[declared.DESK_PHONE] == "2828"


def test_a_stored_value_that_cannot_be_used_is_reported(qtbot, site, env):
    def spoil(tx):
        tx.execute("UPDATE setting SET value = '42' WHERE key = 'site.name'")

    site.store.write(Operation(uuid.uuid4().hex, site.clock.now(), None, "tests"), spoil)

    pane = shown_pane(qtbot, SitePane, site, env)

    assert pane.broken.isVisible()
    assert "Name in English" in pane.broken.text.text()


def test_a_reader_sees_the_values_locked(qtbot, site, env):
    pane = shown_pane(qtbot, SitePane, only_with(site, "settings.read"), env)

    assert pane.fields["site.name"].widget.isReadOnly()
    assert not pane.fields["tickets.number_width"].widget.isEnabled()
    assert pane.fields["site.calendar"].widget.currentData() == "office"


def test_what_was_typed_survives_a_page_built_anew(qtbot, pane, site, env):
    pane.fields["site.desk_phone"].widget.setText("2828")

    again = SitePane(site, env)
    qtbot.addWidget(again)
    again.restore_state(pane.save_state())

    assert [change.after for change in again.changes] == ["2828"]
