"""Parts of the composer: the text that takes files, the files that wait, the fields of a solution."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QSizePolicy, QWidget

from app.models.entities.ids import ArticleId
from app.models.entities.settings import CodeItem
from app.views.base.format import Format
from app.views.base.forms import Binding, Form
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, set_tip
from app.views.base.widgets.painted import IconSpot
from app.views.tickets.attachment_files import PickedFile
from app.views.tickets.detail_names import in_reader_language
from app.views.tickets.timeline_rows import shortened

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_LINES = (1, 2, 3)
# How high the text is: as usual, in a low window, and there as long as nobody writes.
USUAL_HEIGHT, LOW_HEIGHT, IDLE_HEIGHT = 76, 54, 36


class ComposerText(QPlainTextEdit):
    """A text field that takes files by drop and pictures by paste. Ctrl+Enter sends, Tab goes on."""

    send_asked = Signal()
    files_dropped = Signal(list)  # of Path
    picture_pasted = Signal(QImage)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = USUAL_HEIGHT
        self.setTabChangesFocus(True)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(320, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, min(self._height, LOW_HEIGHT))

    def set_height(self, height: int) -> None:
        """Ask for another height."""
        if height != self._height:
            self._height = height
            policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            self.setVerticalScrollBarPolicy(
                policy if height == IDLE_HEIGHT else Qt.ScrollBarPolicy.ScrollBarAsNeeded
            )
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.send_asked.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(files_in(source)) or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take files and pictures as attachments; text as text."""
        paths = files_in(source)
        if paths:
            self.files_dropped.emit(paths)
        elif source.hasImage() and not source.hasText():
            self.picture_pasted.emit(QImage(source.imageData()))
        else:
            super().insertFromMimeData(source)


class DropZone(QWidget):
    """A widget that takes files dropped anywhere on it."""

    files_dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = files_in(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)


def files_in(data: QMimeData) -> list[Path]:
    """Return the files of this computer that are dragged or copied; folders and web addresses are not."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


class WaitingFiles(QWidget):
    """The files that go with the next message, each with a cross."""

    changed = Signal()

    def __init__(self, fmt: Format, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._format = fmt
        self.files: list[PickedFile] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S)
        self.hide()

    def add(self, file: PickedFile) -> None:
        """Let a file wait."""
        self.show_files([*self.files, file])

    def show_files(self, files: Sequence[PickedFile]) -> None:
        """Show these files; none hides the row."""
        self.files = list(files)
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for file in self.files:
            self._row.addWidget(self._chip(file))
        self._row.addStretch(1)
        self.setVisible(bool(self.files))
        self.changed.emit()

    def _chip(self, file: PickedFile) -> QWidget:
        chip = QWidget()
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(IconSpot("paperclip", "muted", 14))
        name = PlainLabel(shortened(file.name, 24))
        set_tip(name, file.name)
        row.addWidget(name)
        row.addWidget(PlainLabel(self._format.file_size(len(file.body)), "small"))
        cross = IconButton("x", _("Do not attach {name}").format(name=file.name), small=True)
        cross.clicked.connect(lambda: self.show_files([one for one in self.files if one is not file]))
        row.addWidget(cross)
        return chip


class ArticleSlot(QWidget):
    """The article used, set by inserting one; or "no article fits".

    Its value is [id, title] for an article, [] for "none fits", and None as long as nothing is said.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._article: list[object] = []
        self.title = ElidedLabel("")
        self.none_fits = QCheckBox(_("No article fits"))
        self.cross = IconButton("x", _("Do not name this article"), small=True)
        self._spot = IconSpot("book-open", "accent", 14)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self._spot)
        row.addWidget(self.title, 1)
        row.addWidget(self.cross)
        row.addWidget(self.none_fits)
        self.setFocusProxy(self.none_fits)
        self.cross.clicked.connect(self._drop)
        self.none_fits.toggled.connect(lambda _on: self.changed.emit())
        self.set_value(None)

    def value(self) -> list[object] | None:
        """Return what is said."""
        if self._article:
            return list(self._article)
        return [] if self.none_fits.isChecked() else None

    @property
    def article_id(self) -> ArticleId | None:
        """The article used."""
        return ArticleId(int(str(self._article[0]))) if self._article else None

    def set_value(self, value: list[object] | None) -> None:
        """Show what was said before."""
        self._article = list(value or [])
        has_one = bool(self._article)
        self.title.setText(str(self._article[1]) if has_one else "")
        for part in (self.title, self.cross, self._spot):
            part.setVisible(has_one)
        self.none_fits.setVisible(not has_one)
        self.none_fits.setChecked(value == [])

    def take(self, article_id: ArticleId, title: str) -> None:
        """Name an article as used, as a person does by inserting it."""
        self.set_value([int(article_id), title])
        self.changed.emit()

    def _drop(self) -> None:
        self.set_value(None)
        self.changed.emit()


class SolutionFields(QWidget):
    """What the resolve gate asks besides the text: cause, code, line, knowledge used or "none fits"."""

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cause, self.code, self.line = Choose(), Choose(), Choose()
        self.article = ArticleSlot()
        for box in (self.cause, self.code, self.line):
            box.setSizeAdjustPolicy(Choose.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(9)
        for line, text in zip(_LINES, (_("First line"), _("Second line"), _("Third line")), strict=True):
            self.line.addItem(text, line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(form.add("cause", Field(_("Cause"), self.cause, required=True)), 3)
        row.addWidget(form.add("code", Field(_("Resolution code"), self.code)), 3)
        row.addWidget(form.add("line", Field(_("Resolved by line"), self.line)), 2)
        knowledge = Field(_("Knowledge used"), self.article, required=True)
        self.article.setFixedHeight(32)
        binding = Binding(self.article.value, self.article.set_value, self.article.changed)
        row.addWidget(form.add("article", knowledge, binding), 4)

    def fill(self, causes: Sequence[CodeItem], codes: Sequence[CodeItem]) -> None:
        """Offer these codes; a chosen one stays chosen."""
        _fill(self.cause, causes, _("Choose a cause"))
        _fill(self.code, codes, _("Not named"))


def _fill(box: Choose, items: Sequence[CodeItem], first: str) -> None:
    kept = box.currentData()
    wanted = [("", first)] + [
        (item.code, in_reader_language(item.name, item.name_alt))
        for item in items
        if item.is_active or item.code == kept
    ]
    if [(box.itemData(at), box.itemText(at)) for at in range(box.count())] == wanted:
        return
    box.blockSignals(True)
    box.clear()
    for code, text in wanted:
        box.addItem(text, code)
    box.setCurrentIndex(max(0, box.findData(kept)))
    box.blockSignals(False)
