"""Small pictures of a PDF's pages, drawn on a worker thread from the same bytes as the preview."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

WIDTH = 76
_MOST_PAGES = 60


def draw_thumbnails(content: bytes, *, width: int = WIDTH, ratio: float = 2.0) -> list[QImage]:
    """Return one picture per page, `width` wide at `ratio` dots per pixel; at most sixty pages."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    images = []
    for page in range(min(document.pageCount(), _MOST_PAGES)):
        points = document.pagePointSize(page)
        height = round(width * points.height() / points.width())
        page_image = document.render(page, QSize(round(width * ratio), round(height * ratio)))
        paper = QImage(page_image.size(), QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)  # a PDF page is transparent where nothing is printed
        painter = QPainter(paper)
        painter.drawImage(0, 0, page_image)
        painter.end()
        paper.setDevicePixelRatio(ratio)
        images.append(paper)
    document.close()
    return images
