"""What the pages of categories and services ask: demanded fields, teams, articles, scope, merging, files."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragMoveEvent
from PySide6.QtWidgets import QWidget

from app.models.entities.catalogue import CategoryDetails, Gate
from app.models.entities.catalogue_sheets import RowState
from app.models.entities.ids import ArticleId
from app.models.entities.merging import MergePreview
from app.services.catalogue import commands
from app.services.catalogue.queries import category_tree, services
from app.views.base.i18n import current
from app.views.settings.categories_page import CategoriesPane
from app.views.settings.category_merge import preview_words
from app.views.settings.services_page import ServicesPane
from tests.support.describe import assert_readable
from tests.support.pages import page_env
from tests.support.settings_site import only_with, sample_site, shown_pane

KEY, NO_KEYS = Qt.Key, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


@pytest.fixture
def room(qtbot):
    """A window around the page, so that a popup has room."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    return window


@pytest.fixture
def pane(qtbot, site, env, room):
    return in_room(shown_pane(qtbot, CategoriesPane, site, env), room, qtbot)


def in_room(pane, room, qtbot):
    pane.setParent(room)
    pane.setGeometry(room.rect())
    with qtbot.waitActive(room):
        room.show()
        room.activateWindow()
    pane.show()
    return pane


def category(ctx, name):
    nodes = category_tree(ctx, include_retired=True)
    return next(node.category for node in nodes if node.category.name == name)


def choose(pane, ctx, name):
    pane.tree.setCurrentIndex(pane.tree.nodes.index_of(category(ctx, name).id))


def widget(pane, name):
    return pane._fields[name].widget


def set_demands(ctx, name, *pairs):
    found = category(ctx, name)
    details = CategoryDetails(found.details.code, name, demands=pairs)
    commands.edit_category(ctx, found.id, details, version=found.version)


# -- the form ---------------------------------------------------------------------------------------


def test_a_demanded_field_is_ticked_by_keyboard_and_saved(qtbot, pane, site):
    choose(pane, site, "VPN")
    follow, box = pane.demands.follows[Gate.ASSIGN], pane.demands.boxes[Gate.ASSIGN, "location"]
    assert not box.isEnabled()

    follow.setFocus()
    qtbot.keyClick(follow, KEY.Key_Space)
    qtbot.keyClick(box, KEY.Key_Space)
    assert [change.after for change in pane.changes] == ["Assign: Location"]
    pane.apply()

    assert category(site, "VPN").details.demands == ((Gate.ASSIGN, ("location",)),)


def test_what_is_inherited_is_shown_and_is_where_ones_own_begins(qtbot, site, env):
    set_demands(site, "Network and remote", (Gate.CREATE, ("location", "service_id")))
    pane = shown_pane(qtbot, CategoriesPane, site, env)
    choose(pane, site, "VPN")
    boxes = pane.demands.boxes
    assert boxes[Gate.CREATE, "location"].isChecked()
    assert pane.changes == ()

    pane.demands.follows[Gate.CREATE].click()
    boxes[Gate.CREATE, "location"].click()
    pane.apply()

    assert category(site, "VPN").details.demands == ((Gate.CREATE, ("service_id",)),)


def test_a_gate_can_demand_nothing_whatever_stands_above(qtbot, site, env):
    set_demands(site, "Network and remote", (Gate.CREATE, ("location",)))
    pane = shown_pane(qtbot, CategoriesPane, site, env)
    choose(pane, site, "VPN")

    pane.demands.follows[Gate.CREATE].click()
    pane.demands.boxes[Gate.CREATE, "location"].click()
    pane.apply()

    assert category(site, "VPN").details.demands == ((Gate.CREATE, ()),)


def test_a_team_for_each_line_and_the_usual_time_are_saved(pane, site):
    choose(pane, site, "VPN")
    box = pane.line_teams[2]
    box.setCurrentIndex(1)
    pane.minutes.setValue(25)
    widget(pane, "is_external").click()
    assert [(change.before, change.after) for change in pane.changes][1] == ("15 min", "25 min")
    pane.apply()

    details = category(site, "VPN").details
    assert details.line_teams == ((2, box.itemData(1)),)
    assert (details.handling_minutes, details.is_external) == (25, True)


def test_articles_are_linked_in_their_order(qtbot, site, env, make):
    first, second = make.article(number=7), make.article(number=8)
    pane = shown_pane(qtbot, CategoriesPane, site, env)
    choose(pane, site, "VPN")

    for article in (second, first):
        pane.articles.add.click()
        line = pane.articles._lines[-1]
        line.article.setCurrentIndex(line.article.findData(article.id))
    assert [change.after for change in pane.changes] == ["KB-0008 Article 2, KB-0007 Article 1"]
    pane.apply()

    assert category(site, "VPN").details.article_ids == (ArticleId(second.id), ArticleId(first.id))


def test_out_of_scope_asks_for_the_words_to_refuse_with(pane, site):
    choose(pane, site, "VPN")
    assert not pane.refusal.isVisibleTo(pane)

    widget(pane, "is_in_scope").click()
    assert pane.refusal.isVisibleTo(pane)
    assert "out of scope" in pane.blocked

    widget(pane, "refusal_text").setPlainText("Please ask your supplier.")
    pane.apply()
    details = category(site, "VPN").details
    assert (details.is_in_scope, details.refusal_text) == (False, "Please ask your supplier.")


def test_a_reader_sees_everything_and_changes_nothing(qtbot, site, env):
    set_demands(site, "VPN", (Gate.CREATE, ("location",)))
    reader = only_with(site, "settings.read", "tickets.read")
    pane = shown_pane(qtbot, CategoriesPane, reader, env)
    choose(pane, site, "VPN")

    assert pane.demands.boxes[Gate.CREATE, "location"].isChecked()
    assert not pane.demands.boxes[Gate.CREATE, "location"].isEnabled()
    assert not pane.demands.follows[Gate.CREATE].isEnabled()
    assert not pane.merge.isVisibleTo(pane)
    assert pane.header_buttons == (pane.exchange.export_button,)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_form_can_be_read_aloud(qtbot, site, env, room, language):
    current.use(language)
    try:
        pane = in_room(shown_pane(qtbot, CategoriesPane, site, env), room, qtbot)
        choose(pane, site, "VPN")
        pane.merging.ask(category(site, "VPN"), pane.categories.nodes)
        assert_readable(pane)
        assert_readable(pane.merging.popup)
    finally:
        current.use("en")


def test_how_many_were_refused_is_counted(qtbot, site, env, make):
    vpn = category(site, "VPN").id
    make.ticket(category_id=vpn)
    make.ticket(category_id=vpn, status="out_of_scope", is_open=False)
    pane = shown_pane(qtbot, CategoriesPane, site, env)
    choose(pane, site, "VPN")

    assert pane.uses.text() == "Used by 2 tickets · 1 of them was refused"


def test_a_service_says_what_is_usual_for_it(qtbot, site, env):
    pane = shown_pane(qtbot, ServicesPane, site, env)
    pane.impact.setCurrentIndex(2)
    pane.urgency.setCurrentIndex(3)
    pane.minutes.setValue(20)
    pane.apply()

    details = services(site)[0].details
    assert (details.default_impact, details.default_urgency, details.handling_minutes) == (2, 3, 20)


# -- dragging --------------------------------------------------------------------------------------------


def drag_over(tree, data, place):
    event = QDragMoveEvent(
        place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, NO_KEYS
    )  # fmt: skip
    tree.dragMoveEvent(event)


def test_a_drop_below_itself_is_refused_while_dragging(pane, site):
    nodes = pane.tree.nodes
    above, below = category(site, "Network and remote").id, category(site, "VPN").id
    data = nodes.mimeData([nodes.index_of(above)])
    other = nodes.index_of(category(site, "Mail and collaboration").id)

    def can(target):
        return nodes.canDropMimeData(data, Qt.DropAction.MoveAction, -1, 0, target)

    assert not can(nodes.index_of(below))
    assert not can(nodes.index_of(above))
    assert can(other)


def test_something_else_that_is_dragged_is_no_category(pane):
    data = QMimeData()
    data.setText("7")

    assert not pane.tree.nodes.canDropMimeData(
        data, Qt.DropAction.MoveAction, -1, 0, pane.tree.nodes.index(0, 0)
    )


def test_the_row_lights_up_under_which_a_drop_would_hang(pane, site):
    nodes = pane.tree.nodes
    target = nodes.index_of(category(site, "Mail and collaboration").id)
    data = nodes.mimeData([nodes.index_of(category(site, "VPN").id)])
    rect = pane.tree.visualRect(target)

    drag_over(pane.tree, data, rect.center())
    assert pane.tree.drop_target == category(site, "Mail and collaboration").id

    drag_over(pane.tree, data, QPoint(rect.center().x(), rect.top()))
    assert pane.tree.drop_target is None


# -- merging ---------------------------------------------------------------------------------------------


def test_merging_by_keyboard_tells_first_and_can_be_taken_back(qtbot, pane, site, env, make):
    vpn, wifi = category(site, "VPN").id, category(site, "Wi-Fi").id
    ticket = make.ticket(category_id=vpn)
    choose(pane, site, "VPN")
    pane.tree.setFocus()
    qtbot.keyClick(pane.tree, KEY.Key_G, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    popup = pane.merging.popup
    assert popup.isVisible()
    assert not popup.act.isEnabled()

    popup.target.setCurrentIndex(popup.target.findData(int(wifi)))
    lines = [popup.lines.itemAt(at).widget().text() for at in range(popup.lines.count())]
    assert lines[0] == "·  Moves 1 ticket, 1 of them open"
    qtbot.keyClick(popup, KEY.Key_Return, CONTROL)

    assert not popup.isVisible()
    assert (category_of(site, ticket), category(site, "VPN").merged_into) == (wifi, wifi)
    env.shell.outcomes[-1].undo.run()
    assert (category_of(site, ticket), category(site, "VPN").is_active) == (vpn, True)


def category_of(ctx, ticket):
    with ctx.store.read() as read:
        return read.value("SELECT category_id FROM ticket WHERE id = ?", (ticket.id,))


def test_a_category_is_not_offered_itself_nor_what_hangs_below_it(pane, site):
    pane.merging.ask(category(site, "Network and remote"), pane.categories.nodes)

    target = pane.merging.popup.target
    offered = {target.itemData(at) for at in range(target.count())}
    assert category(site, "Mail and collaboration").id in offered
    assert not offered & {category(site, "Network and remote").id, category(site, "VPN").id}


def test_a_merged_category_says_where_it_went(qtbot, pane, site):
    choose(pane, site, "VPN")
    pane.merging.ask(category(site, "VPN"), pane.categories.nodes)
    popup = pane.merging.popup
    popup.target.setCurrentIndex(popup.target.findData(int(category(site, "Wi-Fi").id)))
    popup.act.click()
    pane.retired.click()
    choose(pane, site, "VPN")

    assert pane.uses.text().endswith("merged into Network and remote / Wi-Fi")


def test_everything_a_merge_does_is_told(env):
    preview = MergePreview(214, 30, ("A", "B", "C", "D", "E"), 2, 1, (2, 3), ("Printers",))

    assert preview_words(preview, "Old", "New", env.format) == [
        "Moves 214 tickets, 30 of them open",
        "Moves 5 subcategories: A, B, C, D…",
        "Moves 2 articles",
        "Links 1 more article",
        "“New” takes over the team of line 2, 3",
        "The SLA policy “Printers” names “New” from then on, for new tickets",
        "“Old” is retired and says where it went",
    ]


# -- files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_an_export_comes_back_unchanged(pane, env, tmp_path, name):
    env.dialogs.path = tmp_path / name
    pane.exchange.export_button.click()
    assert env.shell.said == [f"Saved “{name}”"]

    pane.exchange.import_button.click()

    popup = pane.exchange.popup
    assert popup.isVisible()
    assert (popup.model.rowCount(), popup.act.isEnabled()) == (0, False)


def test_an_import_is_shown_first_and_taken_back_whole(pane, site, env, tmp_path):
    env.dialogs.path = tmp_path / "in.csv"
    env.dialogs.path.write_text("code,name,parent\nSAT,Satellite,NET-VPN\n".replace("NET-VPN", code_of(site)))
    pane.exchange.import_button.click()
    popup = pane.exchange.popup
    assert popup.act.text() == "Import 1 entry"
    assert popup.model.row_at(0).state is RowState.ADDED
    assert "Satellite" not in {node.category.name for node in category_tree(site)}

    popup.act.click()
    assert category(site, "Satellite").parent_id == category(site, "VPN").id

    env.shell.outcomes[-1].undo.run()
    assert not category(site, "Satellite").is_active


def code_of(ctx):
    return category(ctx, "VPN").details.code


def test_rows_that_cannot_be_taken_are_named_and_keep_all_out(pane, env, tmp_path):
    env.dialogs.path = tmp_path / "in.csv"
    env.dialogs.path.write_text("code,name,parent,team\nA,One,,\nB,Two,GONE,\nC,Three,,nobody\n")
    pane.exchange.import_button.click()
    popup = pane.exchange.popup

    told = [popup.model.cell(row, 4).text for row in range(2)]
    assert told == [
        "There is no entry with the code “GONE” to stand below.",
        "team: there is no team with the code “nobody”.",
    ]
    assert popup.notice.isVisible()
    assert not popup.act.isEnabled()
    assert popup.counts.text() == "1 new, 2 cannot be taken"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"PK\x03\x04 damaged", "sheet.unreadable"),
        (b"title\nx\n", "sheet.columns_missing"),
        (b"", "sheet.empty"),
    ],
)
def test_a_file_that_cannot_be_taken_is_a_sentence_and_no_popup(pane, env, tmp_path, body, code):
    env.dialogs.path = tmp_path / "in.xlsx"
    env.dialogs.path.write_bytes(body)
    pane.exchange.import_button.click()

    assert [error.code for error in env.shell.errors] == [code]
    assert pane.exchange.popup is None


def test_a_file_that_is_not_there_is_a_sentence(pane, env, tmp_path):
    env.dialogs.path = tmp_path / "gone.csv"
    pane.exchange.import_button.click()

    assert [error.code for error in env.shell.errors] == ["catalogue.file_unreadable"]


def test_services_have_files_too(qtbot, site, env, room, tmp_path):
    pane = in_room(shown_pane(qtbot, ServicesPane, site, env), room, qtbot)
    env.dialogs.path = tmp_path / "in.csv"
    first = services(site)[0].details
    env.dialogs.path.write_text(f"code,name,minutes\n{first.code},{first.name},25\n")
    pane.exchange.import_button.click()
    pane.exchange.popup.act.click()

    assert services(site)[0].details.handling_minutes == 25


def test_no_row_lights_up_that_would_refuse_the_drop(pane, site):
    nodes = pane.tree.nodes
    data = nodes.mimeData([nodes.index_of(category(site, "Network and remote").id)])

    drag_over(pane.tree, data, pane.tree.visualRect(nodes.index_of(category(site, "VPN").id)).center())

    assert pane.tree.drop_target is None
