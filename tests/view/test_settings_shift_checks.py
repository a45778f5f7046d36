"""The page of a shift's checks: listed by moment, added, moved among their own, retired."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QScrollArea

from app.services.duty.queries import shift_checks
from app.views.base.i18n import current
from app.views.settings.shift_checks_page import ShiftChecksPane
from tests.support.pages import page_env
from tests.support.settings_site import only_with, sample_site, shown_pane

ROOM = (1280 - 72 - 208 - 2 * 24, 720 - 54 - 32 - 80 - 56)


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


def codes(ctx):
    return [check.code for check in shift_checks(ctx)]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_page_fits_into_the_smallest_window(qtbot, site, env, language):
    current.use(language)
    try:
        pane = shown_pane(qtbot, ShiftChecksPane, site, env)
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


def test_a_check_is_added_with_both_names(qtbot, site, env):
    pane = shown_pane(qtbot, ShiftChecksPane, site, env)

    pane.presenter.add()
    pane._fields["name"].widget.setText("Kettle off")
    pane._fields["name_alt"].widget.setText("关闭水壶")
    pane._fields["code"].widget.setText("KETTLE")
    pane.presenter.apply()

    found = next(check for check in shift_checks(site) if check.code == "KETTLE")
    assert (found.name, found.name_alt) == ("Kettle off", "关闭水壶")


def test_a_check_moves_among_those_of_its_moment(qtbot, site, env):
    pane = shown_pane(qtbot, ShiftChecksPane, site, env)
    pane.table.go_to_id(next(check.id for check in shift_checks(site) if check.code == "EQ-RECORD"))

    pane.reorder(-1)

    assert codes(site)[4:6] == ["EQ-RECORD", "EQ-PHONE"]


def test_somebody_who_may_only_look_changes_nothing(qtbot, site, env):
    pane = shown_pane(qtbot, ShiftChecksPane, only_with(site, "settings.read"), env)

    assert not pane.may_edit
