"""Actions as data, undo and redo, trees, preferences, and the language of the window."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QLibraryInfo, Qt
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from app.models.entities.errors import StaleRecord
from app.services.base.undo import Outcome, Undo
from app.services.settings.local import LocalSettings, read_local, write_local
from app.views.base.actions import SEPARATOR, Action, ActionSet
from app.views.base.i18n import N_, LazyText, _, current
from app.views.base.prefs import Preferences
from app.views.base.tasks import ImmediateTasks
from app.views.base.tree_model import Node, TreeModel
from app.views.base.undo import UndoStack
from app.views.base.undo_texts import UNDO_TEXTS, undo_text


@pytest.fixture
def done():
    return []


@pytest.fixture
def screen(qtbot):
    screen = QWidget()
    qtbot.addWidget(screen)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.setFocus()
    return screen


@pytest.fixture
def actions(screen, done):
    reasons = {"close": "Resolve it first."}
    return ActionSet(
        screen,
        [
            Action("tickets.assign", LazyText("Assign"), partial(done.append, "assign"), "user", "A"),
            Action(
                "tickets.close",
                LazyText("Close ticket"),
                partial(done.append, "close"),
                shortcut="Ctrl+K",
                blocked=lambda: reasons["close"],
            ),
            Action("audit.read", LazyText("History"), partial(done.append, "audit"), permission="audit.read"),
        ],
        may=lambda permission: permission != "audit.read",
    )


def test_an_action_runs_by_its_key(qtbot, screen, actions, done):
    qtbot.keyClick(screen, Qt.Key.Key_A)

    assert done == ["assign"]


def test_an_action_that_is_blocked_says_what_it_waits_for(actions, done):
    assert actions.qt_action("tickets.close").isEnabled() is False
    assert actions.qt_action("tickets.close").toolTip() == "Resolve it first."
    assert actions.run("tickets.close") is False
    assert done == []


def test_an_action_one_may_not_do_is_not_there(actions):
    assert [action.id for action in actions.actions] == ["tickets.assign", "tickets.close"]
    assert actions.qt_action("audit.read") is None


def test_a_menu_holds_the_actions_asked_for(actions, screen):
    menu = actions.menu(["tickets.assign", SEPARATOR, "audit.read", "tickets.close"], screen)

    assert [action.text() for action in menu.actions() if not action.isSeparator()] == [
        "Assign",
        "Close ticket",
    ]


def test_two_actions_cannot_share_a_key(screen):
    twins = [Action(name, LazyText(name), print, shortcut="A") for name in ("one", "two")]

    with pytest.raises(ValueError, match="shortcut"):
        ActionSet(screen, twins, may=lambda _permission: True)


# --- undo ------------------------------------------------------------------------------------------------


class Counter:
    """A number that is counted up, down, and up again."""

    def __init__(self):
        self.value = 0
        self.is_stale = False

    def add(self, amount):
        if self.is_stale:
            raise StaleRecord("counter", 1)
        self.value += amount
        return Outcome(undo=Undo("tickets.undo.edited", partial(self.add, -amount), {"number": 7}))


@pytest.fixture
def counter():
    return Counter()


@pytest.fixture
def stack(qtbot):
    return UndoStack(ImmediateTasks())


def test_undo_and_redo_go_back_and_forth(stack, counter):
    stack.push(counter.add(5))
    seen = []

    for step in (stack.undo, stack.redo, stack.undo, stack.redo):
        step()
        seen.append(counter.value)

    assert seen == [0, 5, 0, 5]


def test_a_new_action_forgets_what_could_be_done_again(stack, counter):
    stack.push(counter.add(5))
    stack.undo()

    stack.push(counter.add(1))

    assert stack.redo_step is None


def test_a_refused_undo_is_told_and_forgotten_but_the_older_ones_stay(qtbot, stack, counter):
    stack.push(counter.add(5))
    stack.push(counter.add(1))
    counter.is_stale = True

    with qtbot.waitSignal(stack.failed):
        stack.undo()
    counter.is_stale = False
    stack.undo()

    assert counter.value == 1


def test_what_cannot_be_undone_leaves_the_stack_as_it_is(stack, counter):
    stack.push(counter.add(5))

    stack.push(Outcome())
    stack.undo()

    assert counter.value == 0


def test_a_step_is_told_by_its_name(counter):
    assert undo_text(counter.add(1).undo) == "Changed #7"
    assert undo_text(Undo("future.step", Outcome)) == "Changed"
    assert "tickets.undo.many" in UNDO_TEXTS


@pytest.mark.parametrize(("count", "said"), [(1, "Changed 1 shift"), (2, "Changed 2 shifts")])
def test_a_step_over_several_counts_them(count, said):
    assert undo_text(Undo("roster.undo.painted", Outcome, {"count": count})) == said


# --- trees -----------------------------------------------------------------------------------------------

NODES = [
    Node(1, None, "Hardware", "monitor"),
    Node(2, 1, "Printers", count=4),
    Node(3, 1, "Screens"),
    Node(4, None, "Software"),
]


@pytest.fixture
def tree(qtbot, qtmodeltester):
    tree = TreeModel()
    tree.set_nodes(NODES)
    qtmodeltester.check(tree)
    return tree


def test_nodes_stand_under_their_parents_in_order(tree):
    hardware = tree.index(0, 0)

    assert [tree.index(row, 0, hardware).data() for row in range(tree.rowCount(hardware))] == [
        "Printers",
        "Screens",
    ]
    assert tree.parent(tree.index_of(2)) == hardware


def test_a_node_without_its_parent_and_a_circle_stand_at_the_top(tree):
    tree.set_nodes([Node(1, 9, "orphan"), Node(2, 3, "a"), Node(3, 2, "b")])

    assert tree.rowCount() == 3


def test_a_node_is_found_by_its_id(tree):
    assert tree.node(tree.index_of(3)).text == "Screens"
    assert not tree.index_of(99).isValid()


# --- preferences ------------------------------------------------------------------------------------------


def test_preferences_come_back_as_they_were(tmp_path):
    path = tmp_path / "new folder" / "settings.json"
    preferences = Preferences(path, ImmediateTasks())

    preferences.change(language="zh_CN", window={"width": 1280})
    preferences.keep_table("tickets", {"order": ["subject"]})

    again = Preferences(path, ImmediateTasks()).values
    assert (again.language, again.window, again.tables) == (
        "zh_CN",
        {"width": 1280},
        {"tickets": {"order": ["subject"]}},
    )


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"language": 7, "theme": "dark", "unknown": 1, "is_compact": "yes"}']
)
def test_a_broken_preference_falls_back_to_its_default(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_text(content, "utf-8")

    settings = read_local(path)

    assert (settings.language, settings.is_compact) == ("", False)


def test_a_whole_preference_beside_a_broken_one_is_kept(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"language": 7, "theme": "dark"}', "utf-8")

    assert read_local(path) == LocalSettings(theme="dark")


def test_preferences_that_cannot_be_written_still_hold(tmp_path):
    (tmp_path / "file").write_text("in the way")
    preferences = Preferences(tmp_path / "file" / "settings.json", ImmediateTasks())

    preferences.change(theme="dark")

    assert preferences.values.theme == "dark"


def test_writing_leaves_no_other_file_behind(tmp_path):
    write_local(tmp_path / "settings.json", LocalSettings(theme="dark"))

    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


# --- language -----------------------------------------------------------------------------------------------


@pytest.fixture
def in_chinese(qapp):
    current.use("zh_CN")
    yield
    current.use("en")


def test_a_lazy_text_follows_the_language(in_chinese):
    title = N_("Subject")

    assert str(title) == "标题"
    current.use("en")
    assert str(title) == "Subject"


def test_a_change_of_language_is_announced(qtbot, in_chinese):
    with qtbot.waitSignal(current.changed) as told:
        current.use("en")

    assert told.args == ["en"]
    assert _("Cancel") == "Cancel"


def test_qts_own_words_follow_the_language(qtbot, in_chinese):
    assert QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)

    assert box.buttons()[0].text() == "取消"
