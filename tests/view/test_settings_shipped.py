"""The offer over scripts and checks: what comes with the program and is not here is added with one click."""

from __future__ import annotations

import uuid

import pytest

from app.models.store import Operation
from app.services.settings.queries import scripts
from app.views.settings.scripts_page import ScriptsPane
from app.views.settings.shift_checks_page import ShiftChecksPane
from tests.support.pages import page_env
from tests.support.settings_site import only_with, sample_site, shown_pane


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    made = sample_site(ctx)
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    last = "DELETE FROM script WHERE id IN (SELECT id FROM script ORDER BY id DESC LIMIT 2)"
    ctx.store.write(operation, lambda tx: tx.execute(last))
    return made


def test_missing_scripts_are_added_with_one_click_and_the_offer_goes(qtbot, site, env):
    pane = shown_pane(qtbot, ScriptsPane, site, env)
    before, said = len(scripts(site)), pane.offer.text.text()
    was_shown = pane.offer.isVisible()

    pane.offer.add.click()

    assert (was_shown, said) == (True, "2 entries that come with the program are not here.")
    assert len(scripts(site)) == before + 2
    assert env.shell.outcomes[-1].undo.code == "settings.shipped_added"
    assert not pane.offer.isVisible()


def test_where_nothing_is_missing_nothing_is_offered(qtbot, site, env):
    pane = shown_pane(qtbot, ShiftChecksPane, site, env)

    assert not pane.offer.isVisible()


def test_who_may_only_read_settings_is_offered_nothing(qtbot, site, env):
    pane = shown_pane(qtbot, ScriptsPane, only_with(site, "settings.read"), env)

    assert not pane.offer.isVisible()
