"""A list page: what is typed waits, is applied record by record, merged with others', and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.entities.catalogue import ServiceDetails
from app.services.catalogue import commands
from app.services.catalogue.queries import services
from app.views.base.i18n import current
from app.views.base.lanes import Running
from app.views.base.tasks import ImmediateTasks
from app.views.settings.services_page import ServicesPane
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
    return shown_pane(qtbot, ServicesPane, site, env)


def line(pane, name):
    return pane._fields[name].widget


def listed(pane):
    return [pane.kind.name(row) for row in pane.model.rows]


def stored(ctx, name):
    return next(each for each in services(ctx, include_retired=True) if each.name == name)


def choose(pane, name):
    record = next(row for row in pane.presenter.rows if row.details.name == name)
    pane.table.go_to_id(record.id)
    return record


def test_the_first_record_is_shown_with_its_values(pane, site):
    first = services(site)[0]

    assert pane.side.isVisible()
    assert line(pane, "name").text() == first.name
    assert pane.changes == ()


def test_what_is_typed_waits_and_is_told_before_and_after(pane):
    choose(pane, "ERP Finance")
    line(pane, "name").setText("ERP Accounting")

    assert [change.sentence for change in pane.changes] == [
        "ERP Finance · Name in English  ERP Finance → ERP Accounting"
    ]
    assert "ERP Finance" in listed(pane)


def test_applying_saves_and_undo_takes_it_back(pane, site, env):
    choose(pane, "ERP Finance")
    line(pane, "name").setText("ERP Accounting")

    pane.apply()

    assert pane.changes == ()
    assert "ERP Accounting" in listed(pane)
    env.shell.outcomes[-1].undo.run()
    assert stored(site, "ERP Finance").is_active


def test_what_was_typed_for_two_records_is_applied_together(pane, site):
    for name in ("ERP Finance", "Wi-Fi"):
        choose(pane, name)
        line(pane, "name").setText(name + " 2")
    assert len(pane.changes) == 2

    pane.apply()

    assert stored(site, "ERP Finance 2")
    assert stored(site, "Wi-Fi 2")


def test_what_was_typed_comes_back_with_its_record(pane):
    choose(pane, "ERP Finance")
    line(pane, "name").setText("ERP Accounting")
    choose(pane, "Wi-Fi")
    assert line(pane, "name").text() == "Wi-Fi"

    choose(pane, "ERP Finance")

    assert line(pane, "name").text() == "ERP Accounting"


def test_discarding_shows_what_is_saved(pane):
    choose(pane, "ERP Finance")
    line(pane, "name").setText("ERP Accounting")

    pane.discard()

    assert line(pane, "name").text() == "ERP Finance"
    assert pane.changes == ()


def test_a_new_record_is_added_and_chosen(pane, site):
    pane.new.click()
    line(pane, "name").setText("Video walls")
    pane.apply()

    assert stored(site, "Video walls").details.is_in_scope
    assert pane.kind.name(pane.presenter.current) == "Video walls"


def test_an_empty_name_blocks_and_is_told_at_its_field(pane, site):
    choose(pane, "ERP Finance")
    line(pane, "name").setText("")

    assert pane.blocked == "The entry needs a name."
    assert pane._fields["name"].error == pane.blocked
    pane.apply()
    assert stored(site, "ERP Finance")


def test_a_new_record_is_not_scolded_before_anything_was_typed(pane):
    pane.new.click()
    line(pane, "code").setText("tv")

    assert pane.blocked
    assert pane._fields["name"].error == ""


def test_a_code_that_is_taken_is_told_at_its_field(pane, env):
    choose(pane, "ERP Finance")
    line(pane, "code").setText(next(row.details.code for row in pane.presenter.rows if row.name == "Wi-Fi"))

    pane.apply()

    assert "already used" in pane._fields["code"].error
    assert env.shell.errors == []


def test_a_retired_record_leaves_the_list_and_comes_back(pane, env):
    choose(pane, "Wi-Fi")
    pane.switch.click()
    assert "Wi-Fi" not in listed(pane)

    pane.retired.click()
    choose(pane, "Wi-Fi")
    assert pane.state.isVisible()
    pane.switch.click()

    pane.retired.click()
    assert "Wi-Fi" in listed(pane)
    assert len(env.shell.outcomes) == 2


def test_the_search_knows_both_names_and_initials(pane):
    pane.search.setText("财务")
    assert listed(pane) == ["ERP Finance"]

    pane.search.setText("cwmk")
    assert listed(pane) == ["ERP Finance"]

    pane.search.setText("nothing like it")
    assert listed(pane) == []


def test_what_somebody_else_saved_meanwhile_is_kept_beside_mine(pane, site, other_ctx):
    before = choose(pane, "ERP Finance")
    line(pane, "name").setText("ERP Accounting")
    theirs = ServiceDetails(**{**vars_of(before.details), "name_alt": "财务系统"})
    commands.edit_service(other_ctx, before.id, theirs, version=before.version)

    pane.apply()

    saved = stored(site, "ERP Accounting")
    assert saved.details.name_alt == "财务系统"


def test_the_same_field_changed_twice_is_asked_about(pane, site, other_ctx, env):
    before = choose(pane, "ERP Finance")
    line(pane, "name").setText("ERP Accounting")
    theirs = ServiceDetails(**{**vars_of(before.details), "name": "Finance"})
    commands.edit_service(other_ctx, before.id, theirs, version=before.version)

    pane.apply()
    assert [field.theirs for field in env.dialogs.merged[-1]] == ["Finance"]
    assert line(pane, "name").text() == "ERP Accounting"

    env.dialogs.choices = {"name": True}
    pane.apply()
    assert stored(site, "ERP Accounting")


def test_somebody_without_the_right_sees_everything_and_changes_nothing(qtbot, site, env):
    reader = only_with(site, "settings.read", "tickets.read")
    pane = shown_pane(qtbot, ServicesPane, reader, env)

    assert line(pane, "name").isReadOnly()
    assert not pane._fields["is_in_scope"].widget.isEnabled()
    assert not pane.switch.isVisible()
    assert pane.header_buttons == (pane.exchange.export_button,)


def test_what_was_typed_survives_a_page_built_anew(qtbot, pane, site, env):
    choose(pane, "ERP Finance")
    line(pane, "name").setText("ERP Accounting")
    state = pane.save_state()

    again = ServicesPane(site, env)
    qtbot.addWidget(again)
    again.restore_state(state)

    assert [change.after for change in again.changes] == ["ERP Accounting"]
    assert line(again, "name").text() == "ERP Accounting"


def test_names_are_shown_in_the_readers_language(qtbot, site, env):
    current.use("zh_CN")
    try:
        pane = shown_pane(qtbot, ServicesPane, site, env)
        assert "ERP 财务模块" in listed(pane)
    finally:
        current.use("en")


def test_a_refusal_is_asked_for_only_where_something_is_refused(pane):
    choose(pane, "ERP Finance")
    assert not pane.refusal.isVisible()

    pane._fields["is_in_scope"].widget.click()

    assert pane.refusal.isVisible()
    assert pane.blocked


def vars_of(details):
    return {name: getattr(details, name) for name in ServiceDetails.__slots__}


class LaterTasks(ImmediateTasks):
    """Does a job only when the test says so; what the window thread does meanwhile comes first."""

    def __init__(self):
        self.waiting = []
        self.is_holding = False

    def run(self, job, done=None, failed=None, **more):
        if not self.is_holding:
            return super().run(job, done, failed, **more)
        self.waiting.append(lambda: ImmediateTasks.run(self, job, done, failed, **more))
        return Running()

    def go_on(self):
        self.is_holding = False
        while self.waiting:
            self.waiting.pop(0)()


def test_what_is_typed_while_it_is_being_saved_still_waits(qtbot, site, env):
    later = LaterTasks()
    pane = shown_pane(qtbot, ServicesPane, site, replace(env, tasks=later))
    choose(pane, "ERP Finance")
    line(pane, "name").setText("ERP Accounting")
    later.is_holding = True
    pane.apply()
    pane.apply()  # pressed twice
    line(pane, "name_alt").setText("财务系统")

    later.go_on()

    assert env.shell.errors == []
    assert stored(site, "ERP Accounting").details.name_alt != "财务系统"
    assert [change.after for change in pane.changes] == ["财务系统"]
    pane.apply()
    assert stored(site, "ERP Accounting").details.name_alt == "财务系统"


def test_a_key_begins_a_new_record_and_another_retires_the_chosen_one(pane):
    pane.action_set.run("settings.new")
    assert pane.side.title.text() == "New service"

    pane.discard()
    choose(pane, "Wi-Fi")
    pane.action_set.run("settings.retire")
    assert "Wi-Fi" not in listed(pane)


def test_keys_move_the_chosen_record_and_undo_takes_it_back(pane, env):
    before = listed(pane)
    choose(pane, before[1])

    pane.action_set.run("settings.up")
    assert listed(pane)[:2] == [before[1], before[0]]
    assert not pane.up.isEnabled()

    env.shell.outcomes[-1].undo.run()
    pane.refresh()
    assert listed(pane) == before


def test_a_record_moves_past_retired_ones_that_are_not_shown(pane):
    names = listed(pane)
    choose(pane, names[1])
    pane.action_set.run("settings.retire")
    choose(pane, names[0])

    pane.action_set.run("settings.down")

    assert listed(pane)[:2] == [names[2], names[0]]


def test_a_search_must_be_emptied_before_something_is_moved(pane):
    choose(pane, listed(pane)[1])
    pane.search.setText("wi")

    assert "search" in pane.up.toolTip()
    assert not pane.up.isEnabled()


def test_a_list_sorted_by_a_column_shows_its_own_order_when_something_is_moved(pane):
    own = listed(pane)
    pane._sort("name", True)
    choose(pane, own[0])

    pane.action_set.run("settings.down")

    assert listed(pane)[:2] == [own[1], own[0]]
