"""Rich text that others wrote fetches nothing and opens nothing by itself."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QUrl
from PySide6.QtGui import QPixmap, QTextDocument

from app.views.base.widgets.browser import SafeBrowser

IMAGE = QTextDocument.ResourceType.ImageResource.value


def picture() -> bytes:
    """A PNG of one red pixel."""
    pixmap = QPixmap(1, 1)
    pixmap.fill("red")
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    return bytes(data.data())


@pytest.fixture
def browser(qtbot) -> SafeBrowser:
    browser = SafeBrowser("Description")
    qtbot.addWidget(browser)
    return browser


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "file://server/share/x.png",
        "//server/share/x.png",
        "\\\\server\\share\\x.png",
        "http://tracker.example/x.png",
        "https://tracker.example/x.png",
        "ftp://host.example/x.png",
        "qrc:/x.png",
        ":/x.png",
        "x.png",
        "/etc/hostname",
        "data:text/html,<b>x</b>",
        "data:image/svg+xml,<svg/>",
    ],
)
def test_a_foreign_address_is_never_fetched(browser: SafeBrowser, address: str) -> None:
    assert browser.loadResource(IMAGE, QUrl(address)) == QByteArray()


@pytest.mark.parametrize("kind", [kind for kind in QTextDocument.ResourceType if kind.value != IMAGE])
def test_nothing_but_pictures_is_ever_loaded(
    browser: SafeBrowser, kind: QTextDocument.ResourceType, tmp_path: Path
) -> None:
    (tmp_path / "x.css").write_text("p { color: red }")

    assert browser.loadResource(kind.value, QUrl.fromLocalFile(str(tmp_path / "x.css"))) == QByteArray()


def test_pictures_of_the_message_itself_are_shown(browser: SafeBrowser) -> None:
    browser.show_html('<img src="cid:logo">', {"logo": picture()})

    assert browser.loadResource(IMAGE, QUrl("cid:logo")) == QByteArray(picture())


def test_embedded_pictures_are_shown(browser: SafeBrowser) -> None:
    address = "data:image/png;base64," + base64.b64encode(picture()).decode()

    assert browser.loadResource(IMAGE, QUrl(address))


def test_a_web_link_is_asked_about_and_not_opened(browser: SafeBrowser, qtbot) -> None:
    browser.show_html('<a href="https://intra.example/kb">article</a>')

    with qtbot.waitSignal(browser.link_asked) as asked:
        browser.anchorClicked.emit(QUrl("https://intra.example/kb"))

    assert asked.args == [QUrl("https://intra.example/kb")]
    assert "article" in browser.toPlainText()


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "//server/share", "javascript:alert(1)", "ms-settings:about", "x.html"]
)
def test_other_links_do_nothing(browser: SafeBrowser, qtbot, address: str) -> None:
    browser.show_html("<p>text</p>")

    with qtbot.assertNotEmitted(browser.link_asked):
        browser.anchorClicked.emit(QUrl(address))

    assert browser.toPlainText() == "text"


def test_a_file_cannot_be_made_the_source(browser: SafeBrowser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("secret")

    browser.setSource(QUrl.fromLocalFile(str(page)))

    assert "secret" not in browser.toPlainText()
