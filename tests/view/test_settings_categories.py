"""Categories: renamed in place, moved by keys and by drag, retired, found, with who uses them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.services.catalogue.queries import category_tree
from app.views.base.i18n import current
from app.views.settings.categories_page import CategoriesPane
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
    return shown_pane(qtbot, CategoriesPane, site, env)


def found(ctx, name):
    nodes = category_tree(ctx, include_retired=True)
    return next(node for node in nodes if node.category.name == name)


def children(ctx, name):
    parent = found(ctx, name).category.id
    return [
        node.category.name
        for node in category_tree(ctx, include_retired=True)
        if node.category.parent_id == parent
    ]


def choose(pane, ctx, name):
    index = pane.tree.nodes.index_of(found(ctx, name).category.id)
    pane.tree.setCurrentIndex(index)
    return index


def rows(pane):
    names = []

    def walk(parent):
        for row in range(pane.tree.nodes.rowCount(parent)):
            index = pane.tree.nodes.index(row, 0, parent)
            names.append(index.data())
            walk(index)

    walk(QModelIndex())
    return names


def press(qtbot, pane, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(pane.tree, key, modifier)


def test_the_tree_stands_as_it_was_set_up(pane, site):
    assert rows(pane) == [node.category.name for node in category_tree(site)]


def test_alt_down_and_alt_up_move_among_siblings(qtbot, pane, site):
    before = children(site, "Network and remote")
    choose(pane, site, before[0])

    press(qtbot, pane, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert children(site, "Network and remote")[:2] == [before[1], before[0]]

    press(qtbot, pane, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert children(site, "Network and remote") == before


def test_alt_right_hangs_it_under_its_neighbour_and_alt_left_takes_it_out_again(qtbot, pane, site):
    before = children(site, "Network and remote")
    choose(pane, site, before[1])

    press(qtbot, pane, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert children(site, before[0]) == [before[1]]

    press(qtbot, pane, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert children(site, "Network and remote") == before


def test_alt_arrows_are_kept_from_the_window(pane, site):
    choose(pane, site, "VPN")
    pane.tree.setFocus()
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    override.ignore()
    pane.tree.event(override)

    assert override.isAccepted()


def test_a_drop_hangs_it_where_it_was_dropped_and_can_be_taken_back(pane, site, env):
    moved = choose(pane, site, "VPN")
    target = pane.tree.nodes.index_of(found(site, "Mail and collaboration").category.id)
    data = pane.tree.nodes.mimeData([moved])

    pane.tree.nodes.dropMimeData(data, Qt.DropAction.MoveAction, -1, 0, target)

    assert children(site, "Mail and collaboration")[-1] == "VPN"
    env.shell.outcomes[-1].undo.run()
    assert "VPN" in children(site, "Network and remote")


def test_a_drop_below_itself_is_refused_with_its_reason(pane, site, env):
    moved = choose(pane, site, "Network and remote")
    target = pane.tree.nodes.index_of(found(site, "VPN").category.id)

    pane.tree.nodes.dropMimeData(pane.tree.nodes.mimeData([moved]), Qt.DropAction.MoveAction, -1, 0, target)

    assert [error.code for error in env.shell.errors] == ["catalogue.circle"]


def test_f2_renames_in_place(qtbot, pane, site):
    choose(pane, site, "VPN")
    pane.tree.setFocus()
    press(qtbot, pane, Qt.Key.Key_F2)
    editor = pane.tree.findChild(QLineEdit)
    editor.setText("Remote access")
    qtbot.keyClick(editor, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "Remote access" in rows(pane))
    assert "Remote access" in children(site, "Network and remote")


def test_in_chinese_the_chinese_name_is_renamed(qtbot, site, env):
    current.use("zh_CN")
    try:
        pane = shown_pane(qtbot, CategoriesPane, site, env)
        index = choose(pane, site, "Network and remote")
        pane.tree.nodes.setData(index, "网络")
    finally:
        current.use("en")

    assert found(site, "Network and remote").category.details.name_alt == "网络"


def test_a_category_in_whose_place_others_hang_is_not_retired(qtbot, pane, site, env):
    choose(pane, site, "Network and remote")

    press(qtbot, pane, Qt.Key.Key_Delete)

    assert [error.code for error in env.shell.errors] == ["catalogue.has_children"]
    assert found(site, "Network and remote").category.is_active


def test_a_retired_category_is_shown_only_when_asked_for(qtbot, pane, site):
    choose(pane, site, "VPN")
    press(qtbot, pane, Qt.Key.Key_Delete)
    assert "VPN" not in rows(pane)

    pane.retired.click()

    assert "VPN" in rows(pane)


def test_what_is_found_is_shown_with_what_it_hangs_under(pane):
    pane.search.setText("vpn")

    assert rows(pane) == ["Network and remote", "VPN"]


def test_insert_adds_a_category_beside_the_chosen_one(qtbot, pane, site):
    choose(pane, site, "VPN")
    press(qtbot, pane, Qt.Key.Key_Insert)
    pane._fields["name"].widget.setText("Satellite")
    pane.apply()

    assert "Satellite" in children(site, "Network and remote")


def test_how_many_tickets_use_it_is_told(qtbot, site, env, make):
    vpn = found(site, "VPN").category.id
    for _ in range(2):
        make.ticket(category_id=vpn)
    pane = shown_pane(qtbot, CategoriesPane, site, env)
    choose(pane, site, "VPN")

    assert pane.uses.text() == "Used by 2 tickets"


def test_a_reader_cannot_rename_or_drag(qtbot, site, env):
    reader = only_with(site, "settings.read", "tickets.read")
    pane = shown_pane(qtbot, CategoriesPane, reader, env)
    index = choose(pane, site, "VPN")

    flags = pane.tree.nodes.flags(index)
    assert not flags & (Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled)
    press(qtbot, pane, Qt.Key.Key_Delete)
    assert found(site, "VPN").category.is_active
