"""From a story to PDF bytes: paper, accent bar, running header, page n of m, printed at and by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import draw_text
from app.services.reports.pdf.fonts import REGULAR, register_fonts
from app.services.reports.pdf.text import fitted, printable
from app.services.reports.pdf.text import width as text_width

_BAR = 6.0
_HEADER = 40.0
_FOOTER = 40.0


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands around the content of every page, in words of the report's language.

    `site_line` heads each page and `title` follows it from the second on. `page_of` writes "Page 2 of 5".
    `language` is a tag such as "zh-CN", for screen readers. `is_large` takes A3 instead of A4.
    """

    site_line: str
    title: str
    printed: str
    page_of: Callable[[int, int], str]
    language: str
    is_landscape: bool = False
    is_large: bool = False

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the sheet in points."""
        size = A3 if self.is_large else A4
        width, height = landscape(size) if self.is_landscape else size
        return width, height

    @property
    def room(self) -> float:
        """Width of the content."""
        return self.paper[0] - 2 * styles.MARGIN

    @property
    def content_height(self) -> float:
        """Height of the content on one page."""
        return self.paper[1] - _BAR - _HEADER - _FOOTER


def render(story: Sequence[Flowable], frame: PageFrame) -> bytes:
    """Lay the story out and return the PDF.

    The same story and frame give the same bytes: the file carries no clock and no random id.
    """
    register_fonts()
    output = BytesIO()
    document = BaseDocTemplate(
        output,
        pagesize=frame.paper,
        title=printable(frame.title),
        author=printable(frame.site_line),
        subject=printable(frame.printed),
        creator="Firstline",
        invariant=1,
        initialFontName=REGULAR,  # else every file names Helvetica, the one font that is not embedded
        lang=frame.language,
    )
    content = Frame(
        styles.MARGIN,
        _FOOTER,
        frame.room,
        frame.content_height,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(PageTemplate(frames=[content]))
    document.build(list(story), canvasmaker=_canvas_maker(frame))
    return output.getvalue()


def _canvas_maker(frame: PageFrame) -> type[Canvas]:
    class CountingCanvas(Canvas):  # type: ignore[misc] # reportlab ships no types
        """Keeps finished pages back until their number is known, then writes the furniture on each."""

        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            self._kept: list[dict[str, object]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._kept, start=1):
                self.__dict__.update(page)
                _draw_furniture(self, frame, number, len(self._kept))
                super().showPage()
            super().save()

    return CountingCanvas


def _draw_furniture(canvas: Canvas, frame: PageFrame, number: int, count: int) -> None:
    paper_width, paper_height = frame.paper
    left, right = styles.MARGIN, paper_width - styles.MARGIN
    canvas.setFillColor(HexColor(styles.ACCENT))
    canvas.rect(0, paper_height - _BAR, paper_width, _BAR, stroke=0, fill=1)
    site, small = styles.SITE, styles.SMALL
    top = paper_height - _BAR - 24
    site_line = fitted(frame.site_line, site.font, site.size, frame.room * 0.45)
    draw_text(canvas, left, top, site_line, site)
    if number > 1:
        room = frame.room - text_width(site_line, site.font, site.size) - styles.GAP
        draw_text(canvas, right, top, fitted(frame.title, small.font, small.size, room), small, "right")
    canvas.setStrokeColor(HexColor(styles.LINE))
    canvas.setLineWidth(0.6)
    canvas.line(left, 30, right, 30)
    page_of = printable(frame.page_of(number, count))
    draw_text(canvas, right, 18, page_of, small, "right")
    room = frame.room - text_width(page_of, small.font, small.size) - styles.GAP
    draw_text(canvas, left, 18, fitted(frame.printed, small.font, small.size, room), small)
