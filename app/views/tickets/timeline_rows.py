"""One item of the timeline: a disc and a line at the left, who did what, the text in a bubble, its files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.entities.tickets import Attachment
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Size, Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.paint import paint_ground
from app.views.base.widgets.painted import disc_colours
from app.views.tickets.timeline_items import TimelineItem

_DISC = 28
_LONG_TEXT = 1_500
_SHOWN_OF_LONG = 1_000
_RELATIVE_UP_TO = timedelta(hours=12)


class TimelineRow(QWidget):
    """Shows one item; `show_now` renews its relative time."""

    file_asked = Signal(object)  # Attachment: the person wants to see or save it

    def __init__(self, item: TimelineItem, fmt: Format, now: datetime, *, is_last: bool = False) -> None:
        super().__init__()
        self.item = item
        self._format = fmt
        self.time = PlainLabel("", "small")
        set_tip(self.time, fmt.exact(item.at))
        content = QVBoxLayout()
        content.setSpacing(6)
        content.setContentsMargins(0, 5, 0, Space.M if item.text or item.attachments else Space.S)
        content.addLayout(self._head())
        if item.text or item.attachments:
            content.addWidget(self._bubble())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        self._rail = _Rail(item.icon, item.tone)
        row.addWidget(self._rail)
        row.addLayout(content, 1)
        self.setAccessibleName(" ".join(part for part in (item.who, item.words, item.text) if part))
        self.set_last(is_last)
        self.show_now(now)

    def show_now(self, now: datetime) -> None:
        """Say again how long ago it was."""
        is_recent = now - self.item.at < _RELATIVE_UP_TO
        said = self._format.relative(self.item.at, now) if is_recent else self._format.when(self.item.at, now)
        if said != self.time.text():
            self.time.setText(said)

    def set_last(self, is_last: bool) -> None:
        """Leave out the line that leads to the next item."""
        self._rail.set_last(is_last)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(PlainLabel(self.item.who, "strong"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(self.item.words, "muted", wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.time, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _bubble(self) -> QFrame:
        frame = QFrame()
        if self.item.is_private:
            frame.setProperty("surface", "notice")
            frame.setProperty("tone", "warn")
        else:
            frame.setProperty("surface", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.S)
        if self.item.text:
            column.addWidget(_Text(self.item.text))
        if self.item.facts:
            column.addWidget(PlainLabel(self.item.facts, "small", wrap=True))
        if self.item.attachments:
            files = FileRow(self.item.attachments, self._format)
            files.file_asked.connect(self.file_asked)
            column.addWidget(files)
        return frame


class FileRow(QWidget):
    """Files as buttons with name and size, wrapped into lines of two."""

    file_asked = Signal(object)

    def __init__(self, files: Sequence[Attachment], fmt: Format) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        for first in range(0, len(files), 2):
            row = QHBoxLayout()
            row.setSpacing(Space.S)
            for file in files[first : first + 2]:
                row.addWidget(self._button(file, fmt))
            row.addStretch(1)
            column.addLayout(row)

    def _button(self, file: Attachment, fmt: Format) -> Button:
        icon = "image" if file.media_type.startswith("image/") else "file-text"
        button = Button(shortened(file.name), icon=icon, key=fmt.file_size(file.size))
        button.setProperty("small", True)
        set_tip(button, _("{name}: open or save").format(name=file.name))
        button.setAccessibleName(file.name)
        button.clicked.connect(lambda: self.file_asked.emit(file))
        return button


class _Text(QWidget):
    """A text as it was typed; a very long one shows its beginning and a button for the rest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        is_long = len(text) > _LONG_TEXT
        self.label = PlainLabel(text[:_SHOWN_OF_LONG] + "…" if is_long else text, wrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = self.label.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.label.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self.label)
        if is_long:
            self.more = Button(_("Show the whole text"), ButtonKind.LINK, small=True)
            self.more.clicked.connect(self._show_all)
            column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_all(self) -> None:
        self.label.setText(self._text)
        self.more.hide()


class _Rail(QWidget):
    """The tinted disc with an icon, and the line down to the next item."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        self._icon = icon
        self._tone = tone
        self._is_last = False
        self.setFixedWidth(_DISC)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_last(self, is_last: bool) -> None:
        self._is_last = is_last
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_DISC, _DISC + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._is_last and self.height() > _DISC + Space.M:
            painter.fillRect(QRect(_DISC // 2, _DISC + 3, 1, self.height() - _DISC - 3), tok("field"))
        tint, ink = disc_colours(self._tone)
        paint_ground(painter, QRect(0, 0, _DISC, _DISC), tint, ink, _DISC / 2)
        edge = (_DISC - Size.ICON_SMALL) // 2
        spot = QRect(edge, edge, Size.ICON_SMALL, Size.ICON_SMALL)
        paint_icon(painter, spot, self._icon, ink)


def shortened(name: str, most: int = 36) -> str:
    """Return a long file name with its middle left out, so that its ending stays readable."""
    if len(name) <= most:
        return name
    tail = most // 3
    return f"{name[: most - tail - 1]}…{name[-tail:]}"
