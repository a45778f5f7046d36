"""The roster on paper: the report's PDF, page by page, through the system's print dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

_DPI = 200
_POINTS_PER_INCH = 72


def ask_printer(title: str, parent: QWidget) -> QPrinter | None:
    """Ask which printer, with the roster's landscape page set; None if the person closed the dialog."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if accepted else None


def page_images(pdf: bytes) -> list[QImage]:
    """Return each page of a PDF as a picture for paper. Slow: some tenths of a second a page."""
    from PySide6.QtPdf import QPdfDocument  # noqa: PLC0415 - loads a large library, only to print

    content = QBuffer()
    content.setData(QByteArray(pdf))
    content.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(content)
    scale = _DPI / _POINTS_PER_INCH
    pages = [
        document.render(number, (document.pagePointSize(number) * scale).toSize())
        for number in range(document.pageCount())
    ]
    document.close()
    return pages


def print_pages(printer: QPrinter, pages: Sequence[QImage]) -> None:
    """Send pages to a printer, each as large as its paper allows."""
    painter = QPainter(printer)
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        paper = painter.viewport()
        size = page.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRect(paper.topLeft(), size), page)
    painter.end()
