"""What papers about a stretch of days share: the landscape frame and how they begin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reportlab.platypus import Flowable, Spacer

from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import TextBlock
from app.services.reports.pdf.page import PageFrame
from app.services.reports.words import ReportWords


def landscape_frame(words: ReportWords, title: str) -> PageFrame:
    """Return the A4 landscape page of a paper with this title."""
    return PageFrame(
        site_line=words.site_line(),
        title=title,
        printed=words.printed(),
        page_of=words.page_of,
        language=words.language_tag(),
        is_landscape=True,
    )


def beginning(title: str, until: date, words: ReportWords, room: float) -> Iterator[Flowable]:
    """Yield the title and up to which day was counted; `room` is the width in points."""
    yield TextBlock(title, room, styles.TITLE)
    counted = words.texts.gettext("Counted up to {day}").format(day=words.texts.day(until, "long"))
    yield TextBlock(counted, room, styles.SUBTITLE)
    yield Spacer(1, 10)
