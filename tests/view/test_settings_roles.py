"""Roles and permissions: ticked, applied together, shipped ones copied first, the last administrator kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.services.access import accounts, commands
from app.services.base.permissions import PERMISSIONS
from app.services.people.queries import roles
from app.views.settings.roles_grid import lines
from app.views.settings.roles_page import RolesPane
from tests.support.factories import Made
from tests.support.pages import page_env
from tests.support.passwords import quick_hashes  # noqa: F401 - used by all tests here
from tests.support.settings_site import only_with, sample_site, shown_pane


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


@pytest.fixture
def own(site):
    """A role of the site's own: a copy of the viewer's neighbour, to be changed freely."""
    shipped = next(role for role in roles(site) if role.code == "hotline_engineer")
    return commands.copy_role(site, shipped.id, name="Night desk", name_alt="夜班坐席").id


@pytest.fixture
def pane(qtbot, site, own, env):
    return shown_pane(qtbot, RolesPane, site, env)


def role(ctx, role_id):
    return next(each for each in roles(ctx) if each.id == role_id)


def cell(pane, role_id, permission):
    rows = [line.permission for line in pane.grid.table.lines]
    columns = [each.id for each in pane.grid.table.roles]
    return pane.grid.table.index(rows.index(permission), columns.index(role_id))


def test_every_permission_has_a_row_in_a_group():
    shown = [line.permission for line in lines() if line.permission]

    assert sorted(shown) == sorted(PERMISSIONS)
    assert not lines()[0].permission


def test_a_tick_waits_and_is_told_before_and_after(pane, own):
    pane.grid.toggle(cell(pane, own, "roster.edit"))

    assert [change.sentence for change in pane.changes] == [
        "Night desk · Plan the roster  not allowed → allowed"
    ]


def test_ticks_of_several_roles_are_one_action(pane, site, own, env):
    shipped = next(each for each in roles(site) if each.code == "hotline_engineer")
    other = commands.copy_role(site, shipped.id, name="Other").id
    pane.refresh()
    pane.grid.toggle(cell(pane, own, "roster.edit"))
    pane.grid.toggle(cell(pane, other, "roster.edit"))

    pane.apply()

    assert "roster.edit" in role(site, own).permissions & role(site, other).permissions
    assert len(env.shell.outcomes) == 1
    env.shell.outcomes[0].undo.run()
    assert "roster.edit" not in role(site, own).permissions | role(site, other).permissions


def test_ticking_twice_changes_nothing(pane, own):
    for _ in range(2):
        pane.grid.toggle(cell(pane, own, "roster.edit"))

    assert pane.changes == ()


def test_space_ticks_the_cell_under_the_cursor(qtbot, pane, own):
    pane.grid.setCurrentIndex(cell(pane, own, "roster.edit"))

    qtbot.keyClick(pane.grid, Qt.Key.Key_Space)

    assert len(pane.changes) == 1


def test_a_shipped_role_is_copied_before_it_is_changed(pane, site, env):
    shipped = next(each for each in roles(site) if each.is_shipped)

    pane.grid.toggle(cell(pane, shipped.id, "store.migrate"))

    assert pane.changes == ()
    env.shell.offers["Copy it"]()
    copy = pane.editor.current
    assert not copy.is_shipped
    assert copy.permissions == shipped.permissions
    assert pane.name.text() == f"{shipped.name} (copy)"


def test_both_names_of_a_role_of_ones_own_are_changed(qtbot, pane, site, own):
    pane.grid.setCurrentIndex(cell(pane, own, "roster.edit"))
    pane.name.clear()
    qtbot.keyClicks(pane.name, "Dawn desk")

    pane.apply()

    assert (role(site, own).name, role(site, own).name_alt) == ("Dawn desk", "夜班坐席")


def test_a_role_without_a_name_blocks(qtbot, pane, own):
    pane.grid.setCurrentIndex(cell(pane, own, "roster.edit"))
    pane.name.setText("x")
    qtbot.keyClick(pane.name, Qt.Key.Key_Backspace)

    assert pane.blocked == "The role needs a name."


def test_the_last_right_to_administer_cannot_be_unticked(qtbot, site, own, env):
    commands.edit_role(
        site,
        own,
        version=1,
        name="Keepers",
        name_alt="",
        permissions={"access.manage", "people.read"},
    )
    admin = accounts.add_admin(site, name="Root", login="root", password="harbour crane 7")
    commands.set_roles_of(site, admin.id, [own], version=1)
    pane = shown_pane(qtbot, RolesPane, site, env)

    pane.grid.toggle(cell(pane, own, "access.manage"))

    assert pane.blocked == "Somebody must remain who may manage access."


def test_what_somebody_else_changed_meanwhile_stays_and_my_tick_too(pane, site, own, other_ctx, env):
    pane.grid.toggle(cell(pane, own, "roster.edit"))
    before = role(other_ctx, own)
    commands.edit_role(
        other_ctx,
        own,
        version=before.version,
        name=before.name,
        name_alt=before.name_alt,
        permissions=before.permissions | {"transfer.import"},
    )

    pane.apply()
    assert [error.code for error in env.shell.errors] == ["store.stale"]
    assert len(pane.changes) == 1

    pane.apply()
    assert {"roster.edit", "transfer.import"} <= role(site, own).permissions


def test_who_holds_the_chosen_role_is_named(qtbot, site, own, env, make):
    make.agent(name="Li Na", roles=(Made(id=own),))
    pane = shown_pane(qtbot, RolesPane, site, env)
    pane.grid.setCurrentIndex(cell(pane, own, "roster.edit"))

    assert pane.holders.text() == "Held by 1 person: Li Na"


def test_a_retired_role_leaves_the_matrix_and_comes_back(pane, own):
    pane.grid.setCurrentIndex(cell(pane, own, "roster.edit"))
    pane.switch.click()
    assert own not in [each.id for each in pane.grid.table.roles]

    pane.retired.click()
    pane.grid.setCurrentIndex(cell(pane, own, "roster.edit"))
    pane.switch.click()

    assert pane.editor.current.is_active


def test_what_really_protects_is_said_on_top(pane):
    assert pane.honest.isVisible()
    assert "file permissions" in pane.honest.text.text()


def test_a_reader_ticks_nothing(qtbot, site, own, env):
    reader = only_with(site, "settings.read", "people.read", "tickets.read")
    pane = shown_pane(qtbot, RolesPane, reader, env)

    pane.grid.toggle(cell(pane, own, "roster.edit"))

    assert pane.changes == ()
    assert not pane.copy.isVisible()


def test_ticks_survive_a_page_built_anew(qtbot, pane, site, own, env):
    pane.grid.toggle(cell(pane, own, "roster.edit"))

    again = RolesPane(site, env)
    qtbot.addWidget(again)
    again.restore_state(pane.save_state())

    assert len(again.changes) == 1
