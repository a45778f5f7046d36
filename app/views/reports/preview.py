"""The paper itself: pages, zoom and thumbnails over the very bytes that are saved."""

from __future__ import annotations

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMargins,
    QPointF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QImage, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.cards import Card
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.switches import Choice, Segment
from app.views.reports.thumbnails import WIDTH

_ZOOM_STEP = 1.25
_LEAST_ZOOM, _MOST_ZOOM = 0.25, 4.0
_FIT_WIDTH, _FIT_PAGE = "width", "page"


class PaperPreview(Card):
    """Shows a PDF; `page_changed` says which page is in view, counting from 1."""

    page_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setFrameShape(QPdfView.Shape.NoFrame)
        self.view.setDocumentMargins(QMargins(Space.L, Space.L, Space.L, Space.L))
        self.view.setPageSpacing(Space.M)
        self.view.setAccessibleName(_("Preview of the report"))
        self.pages = QListWidget()
        self.pages.setAccessibleName(_("Pages"))
        self.pages.setProperty("surface", "list")
        self.pages.setViewMode(QListWidget.ViewMode.IconMode)
        self.pages.setFlow(QListWidget.Flow.TopToBottom)
        self.pages.setWrapping(False)
        self.pages.setMovement(QListWidget.Movement.Static)
        self.pages.setFixedWidth(WIDTH + 36)
        self.pages.setSpacing(Space.XS)
        self.where = PlainLabel("", "muted")
        self.zoom = PlainLabel("", "muted")
        self.fit = Segment([Choice(_FIT_WIDTH, _("Fit width")), Choice(_FIT_PAGE, _("Fit page"))])
        self._build()
        self.pages.currentRowChanged.connect(self._go_to)
        self.fit.chosen.connect(self._fit)
        self.view.pageNavigator().currentPageChanged.connect(self._say_where)
        self.view.zoomFactorChanged.connect(self._say_zoom)

    def show_paper(self, content: bytes) -> None:
        """Show a PDF from its first page on; the zoom stays."""
        self.document.close()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        with QSignalBlocker(self.pages):  # emptying the list chooses one page after the other
            self.pages.clear()
        self.view.pageNavigator().clear()
        self.view.verticalScrollBar().setValue(0)
        self._say_where(0)
        self._say_zoom()

    def show_thumbnails(self, images: list[QImage]) -> None:
        """Show the small pictures at the left, one a page."""
        blocker = QSignalBlocker(self.pages)  # the paper stands at its beginning already
        self.pages.clear()
        for number, image in enumerate(images, 1):
            picture = QPixmap.fromImage(image)
            icon = QIcon(picture)
            icon.addPixmap(picture, QIcon.Mode.Selected)  # else the chosen page is tinted
            item = QListWidgetItem(icon, str(number))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.pages.addItem(item)
        if images:
            size = images[0].deviceIndependentSize().toSize()
            self.pages.setIconSize(QSize(WIDTH, size.height()))
            self.pages.setCurrentRow(0)
        blocker.unblock()

    def zoom_by(self, factor: float) -> None:
        """Enlarge or reduce around the present size."""
        is_fitted = self.view.zoomMode() is not QPdfView.ZoomMode.Custom
        now = self._fitted_factor() if is_fitted else self.view.zoomFactor()
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(now * factor, _LEAST_ZOOM), _MOST_ZOOM))

    def larger(self) -> None:
        """Enlarge by a step."""
        self.zoom_by(_ZOOM_STEP)

    def smaller(self) -> None:
        """Reduce by a step."""
        self.zoom_by(1 / _ZOOM_STEP)

    def fit_width(self) -> None:
        """Make the page as wide as there is room."""
        self.fit.choose(_FIT_WIDTH)
        self._fit(_FIT_WIDTH)

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(Space.L, 0, Space.L, 0)
        bar.setSpacing(Space.S)
        bar.addWidget(self.where)
        bar.addStretch(1)
        smaller = IconButton("minus", _("Smaller"), key="Ctrl+-")
        larger = IconButton("plus", _("Larger"), key="Ctrl++")
        smaller.clicked.connect(self.smaller)
        larger.clicked.connect(self.larger)
        for widget in (smaller, self.zoom, larger, self.fit):
            bar.addWidget(widget)
        panes = QHBoxLayout()
        panes.setSpacing(0)
        panes.addWidget(self.pages)
        panes.addWidget(self.view, 1)
        outer = QVBoxLayout()
        outer.setSpacing(Space.S)
        outer.addLayout(bar)
        outer.addLayout(panes, 1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(outer)

    def _go_to(self, row: int) -> None:
        if row >= 0:
            self.view.pageNavigator().jump(row, QPointF(), self.view.pageNavigator().currentZoom())

    def _fit(self, key: str) -> None:
        modes = {_FIT_WIDTH: QPdfView.ZoomMode.FitToWidth, _FIT_PAGE: QPdfView.ZoomMode.FitInView}
        self.view.setZoomMode(modes[key])
        self._say_zoom()

    def _say_where(self, page: int) -> None:
        count = self.document.pageCount()
        self.where.setText(_("Page {n} of {count}").format(n=page + 1, count=count) if count else "")
        self.page_changed.emit(page + 1, count)

    def _say_zoom(self, factor: float = 0.0) -> None:
        """Show the size; while the page is fitted, the factor follows from the room there is."""
        if self.view.zoomMode() is not QPdfView.ZoomMode.Custom:
            factor = self._fitted_factor()
        self.zoom.setText(f"{factor:.0%}" if factor else "")

    def _fitted_factor(self) -> float:
        if not self.document.pageCount():
            return 0.0
        points = self.document.pagePointSize(0)
        inch = self.view.logicalDpiX() / 72
        room = self.view.viewport().size() - QSize(2 * Space.L, 2 * Space.L)
        by_width = room.width() / (points.width() * inch)
        if self.view.zoomMode() is QPdfView.ZoomMode.FitToWidth:
            return by_width
        return min(by_width, room.height() / (points.height() * inch))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_zoom()
