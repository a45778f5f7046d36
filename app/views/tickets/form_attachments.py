"""Files for a ticket that is not saved yet: picked, dropped or pasted, kept on this computer until then."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from app.models.entities.errors import BadInput
from app.services.base.kept_files import KeptFiles
from app.services.tickets.submissions import PickedFile
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.chips import Pill

_MEGABYTE = 1_000_000
_DESCRIPTION_HEIGHT = 38


def keep_file(kept: KeptFiles, path: Path, limit: int) -> PickedFile:
    """Copy a file to where unsaved ones are kept; for the files lane.

    Raises:
        BadInput: it is empty, larger than `limit` megabytes, or cannot be read.
        StoreUnavailable: this computer has no room for it.
    """
    try:
        size = path.stat().st_size
        if size > limit * _MEGABYTE:
            raise BadInput("tickets.file_too_large", name=path.name[:60], limit=limit, size=size // _MEGABYTE)
        body = path.read_bytes()
    except OSError as trouble:
        raise BadInput("transfer.file_unreadable", file=path.name[:60], why=str(trouble)) from trouble
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return keep_bytes(kept, path.name, media_type, body)


def keep_bytes(kept: KeptFiles, name: str, media_type: str, body: bytes) -> PickedFile:
    """Keep bytes that come from no file; for the files lane.

    Raises:
        BadInput: there are none.
        StoreUnavailable: this computer has no room for them.
    """
    if not body:
        raise BadInput("tickets.file_empty", name=name[:60])
    return PickedFile(name, media_type, kept.keep(body), len(body))


def png_of(picture: QImage) -> bytes:
    """Return a picture's bytes as PNG."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())


class DescriptionEdit(QPlainTextEdit):
    """Plain text; pictures and files that are pasted or dropped become attachments instead of letters."""

    picture_given = Signal(QImage)
    files_given = Signal(object)  # list[Path]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)

    def sizeHint(self) -> QSize:
        return QSize(240, _DESCRIPTION_HEIGHT)  # it takes what the page leaves over, and asks for little

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _DESCRIPTION_HEIGHT)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if files := local_files(source):
            self.files_given.emit(files)
        elif source.hasImage():
            self.picture_given.emit(QImage(source.imageData()))
        else:
            super().insertFromMimeData(source)


def local_files(source: QMimeData) -> list[Path]:
    """Return the files of a drop or a paste; folders and addresses are passed over."""
    paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


class AttachmentBar(QWidget):
    """The files that will be attached, each with its size and a cross."""

    removed = Signal(int)

    def __init__(self, fmt: Format, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = fmt
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.XS)
        self._row.addStretch(1)
        self.hide()

    def show_files(self, files: Sequence[PickedFile]) -> None:
        """Show these files."""
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, file in enumerate(files):
            name = file.name if len(file.name) <= 28 else f"{file.name[:18]}…{file.name[-8:]}"
            pill = Pill(f"{name} · {self._format.file_size(file.size)}", icon="paperclip")
            cross = IconButton("x", _("Remove {name}").format(name=file.name), small=True)
            cross.clicked.connect(lambda _checked=False, at=place: self.removed.emit(at))
            self._row.insertWidget(self._row.count() - 1, pill)
            self._row.insertWidget(self._row.count() - 1, cross)
        self.setVisible(bool(files))
