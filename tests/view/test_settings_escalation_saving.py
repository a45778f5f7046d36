"""The page of escalation steps: quiet hours, many at once, versions, other people, both languages."""

from __future__ import annotations

import uuid

import pytest
from PySide6.QtCore import QPoint

from app.models.entities.settings import ConfigKind
from app.models.store import Operation
from app.services.settings.commands import save_config
from app.views.base.theme import theme
from app.views.base.tokens import ThemeName
from app.views.settings.edited_cells import CHANGED
from app.views.settings.escalation_model import At
from app.views.settings.versions_popup import VersionsPopup
from tests.support.describe import clipped_texts, nameless_inputs
from tests.view.escalation_room import go, saved, steps, text, told
from tests.view.settings_room import KEY, desk, open_settings, press, reader, speaking

# A drop-down is a window of its own.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support raise\(\)", "This plugin does not support grabbing", extend=True
)


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "escalation")
    screen.pane.table.setFocus()
    return screen


# --- quiet hours and many at once ----------------------------------------------------------------------


def test_quiet_hours_are_typed_and_said(screen, ctx):
    quiet = screen.pane.quiet
    assert quiet.sentence.text() == (
        "From 22:00 until 07:00 the next morning notices about tickets milder than P2 wait until the end,"
        " except for whoever is on duty."
    )
    quiet.start.setFocus()
    quiet.start.selectAll()
    press(screen, "12.30", KEY.Key_Tab, "14", KEY.Key_Return)
    assert (quiet.start.text(), quiet.end.text()) == ("12:30", "14:00")
    assert told(screen) == ["Quiet hours  22:00–07:00 → 12:30–14:00"]
    screen.bar.apply.click()
    assert (saved(ctx).quiet_from, saved(ctx).quiet_until) == (750, 840)


def test_a_time_that_is_none_is_told_and_the_old_one_stays(screen):
    quiet = screen.pane.quiet
    quiet.start.setFocus()
    quiet.start.selectAll()
    press(screen, "late", KEY.Key_Return)
    assert quiet.start_field.error.startswith("“late” is not a time of day.")
    assert quiet.start_field.error.endswith("22:00 stays.")
    assert not screen.pane.changes


def test_equal_times_are_no_quiet_hours(screen):
    quiet = screen.pane.quiet
    quiet.end.setFocus()
    quiet.end.selectAll()
    press(screen, "22:00", KEY.Key_Return)
    assert quiet.end_field.error == "Both times are the same. Switch the quiet hours off instead."
    assert not screen.pane.changes


def test_quiet_hours_are_switched_off_and_on(screen):
    quiet = screen.pane.quiet
    quiet.on.click()
    assert told(screen) == ["Quiet hours  22:00–07:00 → none"]
    assert "There are no quiet hours" in quiet.sentence.text()
    quiet.on.click()
    assert not screen.pane.changes


def test_many_at_once_is_said_and_saved(screen, ctx):
    screen.pane.storm.count.setValue(5)
    screen.pane.storm.minutes.setValue(3)
    assert screen.pane.storm.sentence.text().startswith(
        "When 5 or more steps fall due for one person within 3"
    )
    assert told(screen) == ["Many at once  10 within 10 min → 5 within 3 min"]
    screen.bar.apply.click()
    assert (saved(ctx).storm_count, saved(ctx).storm_minutes) == (5, 3)


# --- versions, readers, other people -------------------------------------------------------------------


def test_versions_are_told_apart_and_restored(screen, ctx):
    go(screen, 3, At.PERCENT)
    press(screen, KEY.Key_Delete)
    screen.bar.apply.click()
    screen.pane.versions.click()
    popup = screen.window().findChild(VersionsPopup)
    popup.list.choose("1")
    popup._show("1")
    popup.restore.click()
    assert [step.percent for step in saved(ctx).steps] == [75, 90, 100, 150]
    assert len(steps(screen)) == 4


def test_what_somebody_saved_meanwhile_is_kept_beside_mine(screen, ctx):
    go(screen, 0, At.PERCENT)
    press(screen, "80", KEY.Key_Return)
    theirs = {**saved(ctx).to_dict(), "storm_count": 7}
    save_config(ctx, ConfigKind.ESCALATION, "site", theirs, expected_number=1)
    screen.pane.refresh()
    assert screen.pane.conflict.isVisible()
    screen.pane.conflict.theirs.click()
    assert screen.pane.storm.count.value() == 7
    assert steps(screen)[0] == "resolution:75"


def test_a_draft_comes_back_after_the_page_was_built_again(qtbot, screen, ctx, bus, tmp_path):
    go(screen, 0, At.PERCENT)
    press(screen, "80", KEY.Key_Return)
    state = screen.save_state()
    again = open_settings(qtbot, ctx, bus, tmp_path, "site")
    again.restore_state(state)
    assert [change.sentence for change in again.panes["escalation"].changes] == [
        "Resolution · step  75 % → 80 %"
    ]


def test_a_reader_cannot_change_anything(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, reader(desk(ctx)), bus, tmp_path, "escalation")
    screen.pane.table.setFocus()
    go(screen, 0, At.PERCENT)
    press(screen, "80", KEY.Key_Return, KEY.Key_Delete, KEY.Key_Insert)
    go(screen, 0, At.SENDS_ON)
    press(screen, KEY.Key_Space)
    assert steps(screen) == ["resolution:75", "resolution:90", "resolution:100", "resolution:150"]
    assert text(screen, 0, At.SENDS_ON) == "–"
    assert not screen.pane.add.isEnabled()
    assert not screen.pane.quiet.on.isEnabled()
    assert not screen.pane.storm.count.isEnabled()


def test_a_site_without_the_document_begins_with_the_shipped_rules(qtbot, ctx, bus, tmp_path, drop_rules):
    screen = open_settings(qtbot, ctx, bus, tmp_path, "escalation")
    assert steps(screen) == ["resolution:75", "resolution:90", "resolution:100", "resolution:150"]
    assert not screen.pane.changes
    screen.pane.storm.count.setValue(5)
    screen.bar.apply.click()
    assert saved(ctx).storm_count == 5


@pytest.fixture
def drop_rules(ctx):
    desk(ctx)
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    ctx.store.write(
        operation, lambda tx: tx.execute("DELETE FROM config_version WHERE kind = ?", ("escalation",))
    )


# --- both languages, all looks -------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_has_a_name_and_nothing_is_cut_off(qtbot, ctx, bus, tmp_path, language):
    with speaking(language):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "escalation", language=language)
        screen.resize(1208, 640)
        assert nameless_inputs(screen.pane) == []
        assert clipped_texts(screen.pane) == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("page", ["escalation", "sla", "site"])
def test_the_page_is_no_wider_than_the_smallest_window(qtbot, ctx, bus, tmp_path, page, language):
    with speaking(language):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, page, language=language)
        assert screen.pane.minimumSizeHint().width() <= 1280 - 72 - 208 - 2 * 24 - 10


def test_a_moved_step_is_marked_at_its_percentage_alone(screen):
    go(screen, 0, At.PERCENT)
    press(screen, "80", KEY.Key_Return)
    marked = [at for at in At if screen.pane.model.index(0, at).data(CHANGED)]
    assert marked == [At.PERCENT]


def test_the_page_speaks_chinese(qtbot, ctx, bus, tmp_path):
    with speaking("zh_CN"):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "escalation", language="zh_CN")
        screen.pane.table.setFocus()
        go(screen, 0, At.PERCENT)
        press(screen, "80", KEY.Key_Return)
        assert told(screen) == ["解决 · 步骤  75 % → 80 %"]
        assert text(screen, 0, At.RECIPIENTS) == "责任人、处理人"


@pytest.mark.parametrize("look", list(ThemeName))
def test_the_strip_is_drawn_in_every_look(qapp, screen, look):
    theme.apply(qapp, look, "en", shipped_font=True)
    try:
        drawn = screen.pane.ticket.strip.grab().toImage()
    finally:
        theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)
    over_the_bar, beside_it = (QPoint(drawn.width() // 3, height) for height in (42, 2))
    assert drawn.pixelColor(over_the_bar) != drawn.pixelColor(beside_it)
