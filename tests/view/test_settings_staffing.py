"""The settings of staffing: one form of their own, saved with one action, wrong values told at once."""

from __future__ import annotations

import pytest

from app.services.settings.queries import site_settings
from app.views.settings.staffing_page import StaffingPane
from app.views.settings.staffing_terms import STAFFING_GROUPS
from tests.support.describe import assert_readable
from tests.support.pages import page_env
from tests.support.settings_site import sample_site, shown_pane


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


@pytest.fixture
def pane(qtbot, site, env):
    return shown_pane(qtbot, StaffingPane, site, env)


def test_the_page_holds_what_people_are_reckoned_for_and_nothing_of_the_site(pane):
    assert set(pane.fields) == {key.name for _title, keys in STAFFING_GROUPS for key in keys}
    assert pane.form.values["staffing.level"] == 80
    assert_readable(pane)


def test_changes_are_saved_as_one_action_and_taken_back(pane, site, env):
    pane.fields["staffing.level"].widget.setValue(90)
    pane.fields["staffing.languages"].widget.setText("English, Chinese")

    pane.apply()
    saved = site_settings(site).values
    env.shell.outcomes[-1].undo.run()

    assert (saved["staffing.level"], saved["staffing.languages"]) == (90, "English, Chinese")
    assert site_settings(site).values["staffing.level"] == 80


def test_a_fact_may_be_left_empty(pane):
    pane.fields["staffing.targets"].widget.setText("  ")

    assert pane.blocked == ""
