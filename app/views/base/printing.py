"""Sending a finished PDF to a printer the person chooses; the only place that knows printers."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

# Sharp on an office printer; more only makes the spool file larger.
DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72


def ask_and_print(content: bytes, title: str, parent: QWidget) -> bool:
    """Ask for a printer and print; tell whether it was sent."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    send(content, printer)
    return True


def send(content: bytes, printer: QPrinter) -> None:
    """Paint each page of a PDF onto the printer, turned to the page's own orientation."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    printer.setPageOrientation(_orientation(document, 0))
    painter = QPainter(printer)
    for page in range(document.pageCount()):
        if page:
            printer.setPageOrientation(_orientation(document, page))
            printer.newPage()
        points = document.pagePointSize(page)
        size = QSize(
            round(points.width() * DOTS_PER_INCH / _POINTS_PER_INCH),
            round(points.height() * DOTS_PER_INCH / _POINTS_PER_INCH),
        )
        image = document.render(page, size)
        # The paper's own margins are in the PDF: fill the sheet, shifted by what the printer cannot reach.
        sheet = printer.pageLayout().fullRectPixels(printer.resolution())
        reach = printer.pageLayout().paintRectPixels(printer.resolution())
        painter.drawImage(QRectF(sheet.translated(-reach.topLeft())), image)
    painter.end()
    document.close()


def _orientation(document: QPdfDocument, page: int) -> QPageLayout.Orientation:
    size = document.pagePointSize(page)
    wide = size.width() > size.height()
    return QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
