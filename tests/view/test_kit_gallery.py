"""Every part, in every theme and both languages, is whole, named and within reach of the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.views.base import i18n
from app.views.base.theme import theme
from app.views.base.tokens import COLOURS, ThemeName
from app.views.base.widgets.gallery import Gallery
from tests.support.describe import assert_readable, shown_texts

LANGUAGES = ("en", "zh_CN")


@pytest.fixture(autouse=True)
def english_and_light_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    i18n.current.use("en")
    theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)


def gallery(qtbot, qapp: QApplication, name: ThemeName, language: str) -> Gallery:
    i18n.current.use(language)
    theme.apply(qapp, name, language, shipped_font=True)
    window = Gallery()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ThemeName)
def test_nothing_is_cut_off_or_nameless(qtbot, qapp: QApplication, name: ThemeName, language: str) -> None:
    assert_readable(gallery(qtbot, qapp, name, language))


def test_no_english_is_left_in_the_chinese_gallery(qtbot, qapp: QApplication) -> None:
    texts = shown_texts(gallery(qtbot, qapp, ThemeName.LIGHT, "zh_CN"))

    assert [text for text in texts if "Restart" not in text and " the " in text] == []


@pytest.mark.parametrize("ratio", [1.0, 1.5])
@pytest.mark.parametrize("name", ThemeName)
def test_the_gallery_is_drawn_in_the_colours_of_its_theme(
    qtbot, qapp: QApplication, name: ThemeName, ratio: float
) -> None:
    window = gallery(qtbot, qapp, name, "en")
    picture = QImage(round(1440 * ratio), round(900 * ratio), QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)

    window.render(picture)

    seen = {picture.pixelColor(x, y).name() for x in range(0, 1400, 3) for y in range(0, 880, 7)}
    expected = {COLOURS[name][token].lower() for token in ("page", "card", "accent", "text", "p1", "ok")}
    assert expected <= seen
