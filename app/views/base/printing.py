"""Sending a finished PDF to a printer the person chooses; the only place that knows printers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.models.entities.audit import Access
from app.services.audit.commands import record_access
from app.services.base.context import Context
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane

# Sharp on an office printer; more only makes the spool file larger.
DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A finished PDF, what it is called, and how it is recorded that it was printed."""

    content: bytes
    title: str
    access: Access


def ask_and_print(
    ctx: Context, env: PageEnv, job: PrintJob, parent: QWidget, sent: Callable[[], object]
) -> None:
    """Ask for a printer; record it, then print and call `sent`. Without the record nothing is printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(job.title)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() == QPrintDialog.DialogCode.Accepted:
        print_recorded(ctx, env, job, printer, parent, sent)


def print_recorded(
    ctx: Context, env: PageEnv, job: PrintJob, printer: QPrinter, parent: QWidget, sent: Callable[[], object]
) -> None:
    """Print on this printer once the record is written off the window thread; see `ask_and_print`."""

    def recorded(_outcome: object) -> None:
        send(job.content, printer)
        sent()

    env.tasks.run(
        partial(record_access, ctx, job.access), recorded, env.shell.failed, lane=Lane.FILES, owner=parent
    )


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
