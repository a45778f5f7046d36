"""The priority matrix is chosen from and edited by keyboard, by mouse and by ear alike."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.models.entities.priority import Level, MatrixDefinition
from app.views.base.theme import theme, tok
from app.views.base.tokens import ThemeName
from app.views.base.widgets.gallery import sample_matrix
from app.views.base.widgets.matrix import MatrixGrid

DOWN, RIGHT, UP, LEFT = Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)


def shown(qtbot, grid: MatrixGrid) -> MatrixGrid:
    qtbot.addWidget(grid)
    grid.show_matrix(sample_matrix())
    grid.resize(grid.sizeHint())
    with qtbot.waitActive(grid):
        grid.show()
        grid.activateWindow()
    grid.setFocus()
    return grid


@pytest.fixture
def field(qtbot) -> MatrixGrid:
    return shown(qtbot, MatrixGrid(said="Impact and urgency"))


@pytest.fixture
def editor(qtbot) -> MatrixGrid:
    return shown(qtbot, MatrixGrid(editable=True, said="Priority matrix"))


def press(qtbot, grid: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(grid, key)


def ground_of(grid: MatrixGrid, cell: tuple[int, int]) -> QColor:
    """The colour a cell is filled with, beside its text."""
    picture = grid.grab().toImage()
    return picture.pixelColor(grid.cell_rect(cell).topLeft() + QPoint(8, 6))


def test_arrows_and_enter_choose_a_cell(field: MatrixGrid, qtbot) -> None:
    with qtbot.waitSignal(field.chosen) as told:
        press(qtbot, field, DOWN, RIGHT, Qt.Key.Key_Return)

    assert told.args == [2, 2]
    assert field.cell == (2, 2)


def test_moving_shows_what_a_cell_would_give_and_chooses_nothing(field: MatrixGrid, qtbot) -> None:
    with qtbot.waitSignal(field.previewed) as told:
        press(qtbot, field, RIGHT)

    assert told.args == [1, 2]
    assert field.cell is None


def test_the_cursor_stops_at_the_edges(field: MatrixGrid, qtbot) -> None:
    press(qtbot, field, UP, LEFT, *[DOWN] * 9, *[RIGHT] * 9)

    assert field.cursor_cell == (4, 3)


def test_a_click_chooses(field: MatrixGrid, qtbot) -> None:
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=field.cell_rect((3, 1)).center())

    assert told.args == [3, 1]


def test_a_click_beside_the_cells_chooses_nothing(field: MatrixGrid, qtbot) -> None:
    with qtbot.assertNotEmitted(field.chosen):
        qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))


def test_the_chosen_cell_is_filled(field: MatrixGrid) -> None:
    before = ground_of(field, (2, 2))

    field.choose((2, 2))

    assert before == tok("p2_tint")
    assert ground_of(field, (2, 2)) == tok("p2")


def test_choosing_from_code_tells_nobody_and_moves_the_cursor(field: MatrixGrid, qtbot) -> None:
    with qtbot.assertNotEmitted(field.chosen):
        field.choose((3, 2))

    assert field.cursor_cell == (3, 2)


def test_a_reader_hears_the_cell_under_the_cursor_and_the_chosen_one(field: MatrixGrid, qtbot) -> None:
    press(qtbot, field, DOWN, Qt.Key.Key_Space, RIGHT)

    assert field.accessibleName() == "Impact and urgency. Department × Badly impeded: P2"
    assert field.accessibleDescription() == "Chosen: Department × Work stopped: P1"


def test_digits_do_nothing_in_a_field(field: MatrixGrid, qtbot) -> None:
    with qtbot.assertNotEmitted(field.cell_set):
        press(qtbot, field, Qt.Key.Key_3)


@pytest.mark.parametrize("level", [1, 5])
def test_a_digit_sets_a_cell_in_the_editor(editor: MatrixGrid, qtbot, level: int) -> None:
    with qtbot.waitSignal(editor.cell_set) as told:
        qtbot.keyClicks(editor, str(level))

    assert told.args == [1, 1, level]


@pytest.mark.parametrize("text", ["0", "6", "9"])
def test_a_digit_that_is_no_priority_sets_nothing(editor: MatrixGrid, qtbot, text: str) -> None:
    with qtbot.assertNotEmitted(editor.cell_set):
        qtbot.keyClicks(editor, text)


def test_delete_empties_a_cell(editor: MatrixGrid, qtbot) -> None:
    with qtbot.waitSignal(editor.cell_set) as told:
        press(qtbot, editor, DOWN, Qt.Key.Key_Delete)

    assert told.args == [2, 1, None]


def test_tab_leaves_the_grid(editor: MatrixGrid, qtbot) -> None:
    with qtbot.assertNotEmitted(editor.cell_set):
        press(qtbot, editor, Qt.Key.Key_Tab)

    assert editor.cursor_cell == (1, 1)


def test_a_changed_cell_says_what_it_was(editor: MatrixGrid) -> None:
    matrix = sample_matrix()
    changed = MatrixDefinition(matrix.impacts, matrix.urgencies, {**matrix.cells, (1, 1): 2})

    editor.show_matrix(changed, saved=matrix)

    assert editor.accessibleName() == "Priority matrix. Whole site × Work stopped: P2, was P1"


def test_an_odd_cell_is_outlined(editor: MatrixGrid) -> None:
    cell = editor.cell_rect((4, 2))
    plain = editor.grab(cell).toImage()

    editor.show_matrix(sample_matrix(), odd={(4, 2)})

    assert editor.grab(cell).toImage() != plain


def test_names_are_those_of_the_readers_language(editor: MatrixGrid) -> None:
    matrix = MatrixDefinition((Level(1, "Whole site", "全厂"),), (Level(1, "Stopped", "停工"),), {(1, 1): 1})

    editor.show_matrix(matrix, name_of=lambda level: level.name_alt)

    assert editor.accessibleName() == "Priority matrix. 全厂 × 停工: P1"


def test_the_cursor_stays_inside_a_smaller_matrix(editor: MatrixGrid, qtbot) -> None:
    press(qtbot, editor, *[DOWN] * 3)
    matrix = sample_matrix()

    editor.show_matrix(MatrixDefinition(matrix.impacts[:2], matrix.urgencies[:1], {(1, 1): 1, (2, 1): 2}))

    assert editor.cursor_cell == (2, 1)


def test_an_empty_matrix_takes_keys_and_paints(editor: MatrixGrid, qtbot) -> None:
    editor.show_matrix(MatrixDefinition((), (), {}))

    press(qtbot, editor, DOWN, Qt.Key.Key_1)

    assert editor.cursor_cell is None
    assert not editor.grab().isNull()


@pytest.mark.parametrize("name", ThemeName)
@pytest.mark.parametrize("editable", [True, False])
def test_headings_are_whole_at_the_least_width(
    qtbot, qapp: QApplication, name: ThemeName, editable: bool
) -> None:
    theme.apply(qapp, name, "en", shipped_font=True)
    grid = MatrixGrid(editable=editable)
    qtbot.addWidget(grid)
    grid.show_matrix(sample_matrix())
    wide = QPixmap(grid.grab())

    grid.resize(grid.minimumSizeHint())

    assert grid.cell_rect((4, 3)).right() <= grid.width()
    assert not wide.isNull()
