"""The one rich-text view: shows sanitised HTML and fetches nothing from disk or network."""

from __future__ import annotations

from base64 import b64decode

from PySide6.QtCore import QByteArray, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.views.base.theme import theme, tok

_OPENED = frozenset({"http", "https", "mailto"})
_UNKNOWN = QTextDocument.ResourceType.UnknownResource
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})


class SafeBrowser(QTextBrowser):
    """A QTextBrowser for text that others wrote.

    A stock one asks for `file://server/share/x.png` (which sends the Windows password's hash), loads local
    pictures and shows a file whose link is clicked. This one answers only `data:` pictures and the `cid:`
    parts given to `show_html`, opens nothing by itself, and tells of clicks on http, https and mailto
    links through `link_asked`; whoever listens asks before opening.
    """

    link_asked = Signal(QUrl)

    def __init__(self, said: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: dict[str, bytes] = {}
        self._source = ""
        self.setAccessibleName(said)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setSearchPaths([])
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._ask)
        theme.changed.connect(self._show_again)

    def show_html(self, html: str, parts: dict[str, bytes] | None = None) -> None:
        """Show sanitised HTML; `parts` are pictures by content id, without "cid:"."""
        self._parts = dict(parts or {})
        self._source = html
        self._show_again()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Answer `cid:` and `data:` pictures; everything else is empty, whatever the text asks for."""
        url = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        if url.scheme() == "cid":
            return QByteArray(self._parts.get(url.path(), b""))
        if url.scheme() == "data":
            return _embedded_picture(url.path())
        return QByteArray()

    def doSetSource(
        self,
        _name: QUrl | str,
        /,
        type: QTextDocument.ResourceType = _UNKNOWN,
    ) -> None:
        """Go nowhere: the text comes from `show_html` alone."""

    def _ask(self, url: QUrl) -> None:
        if url.scheme().lower() in _OPENED:
            self.link_asked.emit(url)
        elif not url.scheme() and url.hasFragment() and not url.path() and not url.host():
            self.scrollToAnchor(url.fragment())

    def _show_again(self) -> None:
        """Lay the text out anew: colours of rich text are fixed when it is parsed."""
        if not self._source:
            return
        position = self.verticalScrollBar().value()
        self.document().setDefaultStyleSheet(_rich_style())
        self.setHtml(self._source)
        self.verticalScrollBar().setValue(position)


def _embedded_picture(path: str) -> QByteArray:
    """Return the bytes of "image/png;base64,..."; nothing for other kinds, SVG among them, or bad text."""
    kind, _comma, text = path.partition(",")
    if kind.removesuffix(";base64") not in _PICTURES or not kind.endswith(";base64"):
        return QByteArray()
    try:
        return QByteArray(b64decode(text, validate=True))
    except ValueError:
        return QByteArray()


def _rich_style() -> str:
    colours = {name: tok(name).name() for name in ("text", "accent", "muted", "well", "mark", "line")}
    return (
        "body {{ color: {text}; line-height: 150%; }}"
        "a {{ color: {accent}; text-decoration: none; }}"
        "h1 {{ font-size: 17px; }} h2 {{ font-size: 15px; }} h3 {{ font-size: 13px; }}"
        "code, pre {{ background-color: {well}; }}"
        "blockquote {{ color: {muted}; }}"
        "mark, .mark {{ background-color: {mark}; }}"
        "th {{ background-color: {well}; text-align: left; padding: 4px 8px; }}"
        "td {{ border-color: {line}; padding: 4px 8px; }}"
    ).format(**colours)
