"""A theme is put on once and everything follows: palette, style sheet, icons, painted widgets."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.views.base.fonts import TABULAR
from app.views.base.icons import icon, icon_pixmap, paint_icon
from app.views.base.theme import (
    qss,
    system_theme,
    system_wants_motion,
    tell_when_system_changes,
    theme,
    tok,
)
from app.views.base.tokens import DARK, ThemeName, Type
from app.views.base.widgets.paint import initials, key_names, paint_priority, person_token


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, in its light theme again afterwards."""
    yield qapp
    theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)


def wear(app: QApplication, name: ThemeName, language: str = "en") -> None:
    theme.apply(app, name, language, shipped_font=True)


def colours_in(pixmap: QPixmap) -> set[str]:
    """The names of all opaque colours."""
    image = pixmap.toImage()
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return {image.pixelColor(x, y).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


def test_colours_asked_for_follow_the_theme(app: QApplication) -> None:
    wear(app, ThemeName.DARK)

    assert tok("bad") == QColor(DARK["bad"])


def test_changing_a_colour_that_was_asked_for_changes_nobody_elses(app: QApplication) -> None:
    tok("accent").setAlpha(0)

    assert tok("accent").alpha() == 255


def test_a_change_of_theme_is_told_once_everything_is_in_place(app: QApplication, qtbot) -> None:
    seen: list[str] = []

    with qtbot.waitSignal(theme.changed):
        theme.changed.connect(lambda: seen.append(app.palette().color(QPalette.ColorRole.Base).name()))
        wear(app, ThemeName.DARK)

    assert seen[0] == DARK["card"].lower()


@pytest.mark.parametrize("name", ThemeName)
def test_the_style_sheet_leaves_no_reference_open(name: ThemeName, tmp_path: Path) -> None:
    assert "@" not in qss(name, "en", tmp_path)


def test_buttons_are_medium_in_latin_and_regular_in_chinese(tmp_path: Path) -> None:
    latin, chinese = (qss(ThemeName.LIGHT, language, tmp_path) for language in ("en", "zh_CN"))

    assert "font-weight: 500" in latin
    assert "font-weight: 500" not in chinese


def test_digits_are_of_one_width(app: QApplication) -> None:
    wear(app, ThemeName.LIGHT)

    assert app.font().featureValue(TABULAR) == 1
    assert app.font().pixelSize() == Type.BASE


def test_english_quotation_marks_do_not_stay_narrow_in_chinese(app: QApplication) -> None:
    wear(app, ThemeName.LIGHT, "en")
    english = len(app.font().featureTags())
    wear(app, ThemeName.LIGHT, "zh_CN")

    assert english > len(app.font().featureTags()) == 1


def test_an_icon_follows_the_theme_without_being_made_again(app: QApplication) -> None:
    wear(app, ThemeName.LIGHT)
    bell = icon("bell", "accent")
    before = colours_in(bell.pixmap(QSize(32, 32)))

    wear(app, ThemeName.DARK)

    assert before != colours_in(bell.pixmap(QSize(32, 32)))
    assert DARK["accent"].lower() in colours_in(bell.pixmap(QSize(32, 32)))


def test_icons_that_qt_copies_and_changes_outlive_the_garbage_collector(app: QApplication) -> None:
    icons = [icon("bell") for _ in range(200)]
    changed = [QIcon(one) for one in icons]

    for one in changed:
        one.addPixmap(QPixmap(4, 4))  # makes Qt clone the engine
    gc.collect()

    assert all(not one.pixmap(QSize(16, 16)).isNull() for one in (*icons, *changed))


def test_icons_are_drawn_for_the_pixels_of_the_screen() -> None:
    pixmap = icon_pixmap("bell", QColor("black"), 16, 1.5)

    assert pixmap.width() == 24
    assert pixmap.deviceIndependentSize().toSize() == QSize(16, 16)


def test_painting_a_thousand_times_loses_no_reference_to_none(app: QApplication) -> None:
    """PySide6 6.12 on Python 3.11 drops references to None while painting, and aborts in the end."""
    canvas = QPixmap(8, 8)
    painter = QPainter(canvas)
    pen = QColor("black")
    before = sys.getrefcount(None)

    for _ in range(1000):
        painter.setPen(pen)
        painter.save()
        painter.restore()

    lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < 100


@pytest.mark.parametrize(
    ("name", "narrow", "wide"),
    [("Chen Jianguo", "CJ", "CJ"), ("沈丽华", "华", "丽华"), ("admin", "AD", "AD"), ("", "?", "?")],
)
def test_initials_say_who_it_is(name: str, narrow: str, wide: str) -> None:
    assert initials(name) == narrow
    assert initials(name, wide=True) == wide


def test_a_person_keeps_the_same_colour() -> None:
    assert person_token("Li Na") == person_token("Li Na")


@pytest.mark.parametrize(
    ("keys", "caps"),
    [("Ctrl+Shift+F", ["Ctrl", "Shift", "F"]), ("Ctrl++", ["Ctrl", "+"]), ("+", ["+"]), ("F6", ["F6"])],
)
def test_a_shortcut_is_split_into_keys(keys: str, caps: list[str]) -> None:
    assert key_names(keys) == caps


def test_only_the_first_priority_is_filled(app: QApplication) -> None:
    wear(app, ThemeName.LIGHT)
    grounds = []
    for level in (1, 2):
        canvas = QPixmap(40, 20)
        canvas.fill(tok("card"))
        painter = QPainter(canvas)
        paint_priority(painter, QRect(0, 0, 40, 20), level)
        painter.end()
        grounds.append(canvas.toImage().pixelColor(20, 2))

    assert grounds == [tok("p1"), tok("p2_tint")]


def test_an_unknown_icon_is_an_error_and_not_a_hole(qtbot) -> None:
    canvas = QPixmap(16, 16)
    painter = QPainter(canvas)

    with pytest.raises(FileNotFoundError):
        paint_icon(painter, QRect(0, 0, 16, 16), "no-such-icon")

    painter.end()


def test_contrast_draws_outlines(app: QApplication) -> None:
    wear(app, ThemeName.CONTRAST)

    assert theme.outlined
    assert QWidget().palette().color(QPalette.ColorRole.Window).name() == "#000000"


def test_the_system_is_asked_for_its_theme_and_heard_when_it_changes(app: QApplication) -> None:
    heard: list[ThemeName] = []
    tell_when_system_changes(lambda: heard.append(system_theme()))

    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    assert heard == [ThemeName.LIGHT]  # the off-screen system itself stays light
    assert isinstance(system_wants_motion(), bool)
