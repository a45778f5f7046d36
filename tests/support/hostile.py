"""A site in which every text that people write is hostile, and what finds a widget that falls for one."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QMenu,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from app.models.store import Operation
from app.models.transactions import Transaction
from app.services.base.context import Context
from app.views.base.widgets.browser import SafeBrowser
from tests.report.payloads import PAYLOADS

# The columns people write into, by table. Codes and logins are not text: rules refuse most letters there.
WRITTEN = {
    "ticket": ("subject", "description", "solution", "location"),
    "person": ("name", "name_alt", "email", "location", "title"),
    "company": ("name", "name_alt"),
    "department": ("name", "name_alt"),
    "team": ("name", "name_alt"),
    "role": ("name", "name_alt"),
    "category": ("name", "name_alt"),
    "service": ("name", "name_alt", "refusal_text", "refusal_text_alt"),
    "article": ("title", "body", "keywords"),
    "waiting_reason": ("name", "name_alt"),
    "code_item": ("name", "name_alt"),
    "script": ("name", "name_alt", "body", "body_alt"),
    "saved_view": ("name", "name_alt"),
    "shift_template": ("name", "name_alt"),
    "shift_note": ("text",),
    "opportunity": ("text", "outcome"),
    "announcement": ("title", "text"),
    "attachment": ("name",),
    "phone_number": ("number",),
}
_SPOKEN = ("note", "reply", "call", "solution")
_WRAPPED = '<p style="white-space:pre-wrap">', "</p>"
_ROWS_LOOKED_AT = 60
_IN_OPEN = 0x20  # inotify: IN_OPEN
_NONBLOCK = 0x800


@dataclass
class Traps:
    """What must stay untouched: a picture on the disk and a picture on the network."""

    picture: Path
    listener: socket.socket
    inotify: int | None
    asked: list[str] = field(default_factory=list)

    @property
    def payloads(self) -> tuple[str, ...]:
        """The 300 texts, with those that name a file or an address naming these."""
        port = self.listener.getsockname()[1]
        return tuple(
            text.replace("/etc/hostname", self.picture.as_posix())
            .replace("/etc/passwd", self.picture.as_posix())
            .replace("127.0.0.1:9", f"127.0.0.1:{port}")
            for text in PAYLOADS
        )

    def touched(self) -> list[str]:
        """Return what was opened, connected to or asked for since the traps were set."""
        found = [name for name in self.asked if not name.startswith(("cid:", "data:"))]
        with suppress(BlockingIOError):
            connection, address = self.listener.accept()
            connection.close()
            found.append(f"a connection from {address}")
        with suppress(BlockingIOError):
            if self.inotify is not None and os.read(self.inotify, 4096):
                found.append("the picture was opened")
        return found


@contextmanager
def traps(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Traps]:
    """Set them: whatever way a picture is fetched, by Python or inside Qt, it is noticed."""
    picture = folder / "canary.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        inotify = _watch(picture)
        set_up = Traps(picture, listener, inotify)
        _record(set_up.asked, monkeypatch)
        yield set_up
        if inotify is not None:
            os.close(inotify)


def _record(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    answer = SafeBrowser.loadResource

    def load(browser: SafeBrowser, kind: int, name: QUrl | str) -> object:
        asked.append(QUrl(name).toString())
        return answer(browser, kind, name)

    monkeypatch.setattr(SafeBrowser, "loadResource", load)


def _watch(file: Path) -> int | None:
    """Ask the kernel to tell of every opening; only Linux does it this simply."""
    if sys.platform != "linux":
        return None
    system = ctypes.CDLL(None)
    handle = system.inotify_init1(_NONBLOCK)
    assert system.inotify_add_watch(handle, os.fsencode(file), _IN_OPEN) >= 0
    return int(handle)


def fill(ctx: Context, payloads: Sequence[str]) -> None:
    """Write payloads over every text of the site, each column its own turn of them."""

    def body(tx: Transaction) -> None:
        for table, columns in WRITTEN.items():
            for turn, column in enumerate(columns):
                _overwrite(tx, table, column, payloads[turn * 7 :] + payloads[: turn * 7])
        marks = ", ".join("?" * len(_SPOKEN))
        lines = tx.rows(f"SELECT id FROM ticket_event WHERE kind IN ({marks}) ORDER BY id", _SPOKEN)
        tx.execute_many(
            "UPDATE ticket_event SET new = ? WHERE id = ?",
            [
                (payloads[n % len(payloads)], row[0])
                for n, row in enumerate(lines)
                if payloads[n % len(payloads)].strip()
            ],
        )

    ctx.store.write(Operation("f" * 32, ctx.clock.now(), None, "tests"), body)


def _overwrite(tx: Transaction, table: str, column: str, payloads: Sequence[str]) -> None:
    rows = tx.rows(f"SELECT id FROM {table} ORDER BY id")
    # Short lists would only ever meet the first payloads: each text also holds a bracket and an ampersand.
    more = "" if len(rows) >= len(payloads) else " &Key <b>"
    texts = [(payloads[n * 53 % len(payloads)] + more, row[0]) for n, row in enumerate(rows)]
    tx.execute_many(
        f"UPDATE {table} SET {column} = ? WHERE id = ?", [pair for pair in texts if pair[0].strip()]
    )


# --- what falls for a text -----------------------------------------------------------------------


def faults(root: QWidget) -> list[str]:
    """Return a sentence for each part of `root`, shown or not, that would take a text for HTML or a key."""
    found: list[str] = []
    for part in (root, *root.findChildren(QWidget)):
        found += [f"{_place_of(part)}: {fault}" for fault in _faults_of(part)]
    for action in root.findChildren(QAction):
        found += [f"action {action.text()[:60]!r}: {fault}" for fault in _faults_of_action(action)]
    return found


def tips(root: QWidget) -> list[str]:
    """Hover over everything visible and return the tips that Qt would take for HTML."""
    found = []
    for part in (root, *root.findChildren(QWidget)):
        # What a tip before this one was shown in may be gone by now.
        if not isValid(part) or not part.isVisible() or not part.width() or not part.height():
            continue
        for point in _points(part):
            QToolTip.hideText()
            event = QHelpEvent(QEvent.Type.ToolTip, point, part.mapToGlobal(point))
            QApplication.sendEvent(part, event)
            if is_rich(QToolTip.text()):
                found.append(f"{_place_of(part)}: tip {QToolTip.text()[:60]!r}")
                break  # one of a widget is enough to find it
    QToolTip.hideText()
    return found


def _points(part: QWidget) -> Iterator[QPoint]:
    yield part.rect().center()
    is_grid = isinstance(part.parentWidget(), QAbstractScrollArea) or "matrix" in type(part).__module__
    if is_grid:
        for across in range(1, 8):
            for down in range(1, 8):
                yield QPoint(part.width() * across // 8, part.height() * down // 8)


def is_rich(tip: str) -> bool:
    """Tell whether Qt may take a tip for HTML: all with a bracket, save our one paragraph of escaped text."""
    before, after = _WRAPPED
    return "<" in tip.removeprefix(before).removesuffix(after)


def _place_of(part: QWidget) -> str:
    """Name a widget and what it stands in, as far as our own classes go."""
    names = []
    above: QWidget | None = part
    while above is not None and len(names) < 3:
        if above is part or type(above).__module__.startswith("app."):
            names.append(type(above).__name__)
        above = above.parentWidget()
    return " in ".join(names)


def _faults_of(part: QWidget) -> Iterator[str]:
    for name, text in (("tip", part.toolTip()), ("whatsThis", part.whatsThis())):
        if is_rich(text):
            yield f"{name} {text[:60]!r}"
    is_tip = part.objectName() == "qtooltip_label"  # Qt's own; what it says is looked at by `tips`
    if isinstance(part, QLabel) and not is_tip and part.textFormat() != Qt.TextFormat.PlainText:
        yield f"a label that guesses: {part.text()[:60]!r}"
    is_bare = not isinstance(part, SafeBrowser)
    if isinstance(part, QTextBrowser) and is_bare:
        yield "a text browser that fetches"
    elif isinstance(part, QTextEdit) and is_bare and part.acceptRichText():
        yield "an editor that takes HTML"
    yield from (f"an ampersand makes a key: {text[:60]!r}" for text in _keyed(part))
    if isinstance(part, QAbstractItemView | QComboBox) and part.model() is not None:
        yield from _faults_of_model(part.model())


def _keyed(part: QWidget) -> list[str]:
    """Return the words of a part of which Qt swallows an ampersand and makes a key."""
    found: list[str] = []
    if isinstance(part, QAbstractButton):
        # One that paints its words itself shows the ampersand; then there is only the key to give back.
        is_painted = "paintEvent" in _names_of_ours(part)
        found = [] if is_painted and part.shortcut().isEmpty() else [part.text()]
    elif isinstance(part, QGroupBox):
        found = [part.title()]
    elif isinstance(part, QTabBar):
        found = [part.tabText(number) for number in range(part.count())]
    return [text for text in found if has_mnemonic(text)]


def _names_of_ours(part: QWidget) -> set[str]:
    """Return the names that our own classes, not Qt's, give a widget."""
    return {name for kind in type(part).__mro__ if kind.__module__.startswith("app.") for name in vars(kind)}


def _faults_of_action(action: QAction) -> Iterator[str]:
    # Qt makes a tip of an action's text; a menu shows it only where it was told to.
    shows = (not isinstance(each, QMenu) or each.toolTipsVisible() for each in action.associatedObjects())
    if any(shows) and is_rich(action.toolTip()):
        yield f"tip {action.toolTip()[:60]!r}"
    if has_mnemonic(action.text()):
        yield "an ampersand makes a key"


def has_mnemonic(text: str) -> bool:
    """Tell whether a button would swallow an ampersand of this text and listen to the key after it."""
    return "&" in text.replace("&&", "")


def _faults_of_model(model: QAbstractItemModel) -> Iterator[str]:
    if getattr(model, "columns", None) is not None and hasattr(model, "cell"):
        return  # the one table, whose delegate writes the tips itself: `tips` hovers over it
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(min(model.rowCount(QModelIndex()), _ROWS_LOOKED_AT)):
        for column in range(columns):
            tip = model.index(row, column, QModelIndex()).data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and is_rich(tip):
                yield f"row {row}: tip {tip[:60]!r}"
                return  # one of a model is enough to find it


def words(root: QWidget) -> str:
    """Return every text `root` holds, one after another: labels, fields, buttons, rows of lists."""
    found: list[str] = []
    for part in (root, *root.findChildren(QWidget)):
        for name in ("text", "toPlainText", "title", "currentText"):
            read: Any = getattr(part, name, None)
            if callable(read) and isinstance(part, QWidget):
                try:
                    text = read()
                except TypeError:
                    continue
                found += [text] if isinstance(text, str) else []
    return "\n".join(found)
