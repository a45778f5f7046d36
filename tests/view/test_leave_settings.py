"""The settings of swaps on the page of the site: a switch for approval, and hours."""

from __future__ import annotations

import pytest

from app.services.settings import declared
from app.services.settings.queries import site_settings
from app.views.base.widgets.switches import Toggle
from app.views.settings.site_page import SitePane
from tests.support.pages import page_env
from tests.support.settings_site import sample_site, shown_pane


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


@pytest.fixture
def pane(qtbot, site, bus, tmp_path):
    return shown_pane(qtbot, SitePane, site, page_env(bus, tmp_path))


def test_approval_is_a_switch_that_can_be_saved(pane, site):
    switch = pane.fields[declared.SWAP_APPROVAL.name].widget
    was_on = switch.isChecked()

    switch.click()
    pane.apply()

    assert isinstance(switch, Toggle)
    assert was_on
    assert site_settings(site)[declared.SWAP_APPROVAL] is False


def test_hours_are_saved_in_their_range(pane, site):
    pane.fields[declared.SWAP_HOURS.name].widget.setValue(24)

    pane.apply()

    assert site_settings(site)[declared.SWAP_HOURS] == 24
    assert pane.fields[declared.SWAP_HOURS.name].hint.text() == "1–720 hours"
