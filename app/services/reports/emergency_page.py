"""The emergency card: an A6 sheet for the purse and the door, from its data to PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A6
from reportlab.pdfgen.canvas import Canvas

from app.models.entities.duty_card import CardPerson, CardShift, EmergencyCard
from app.services.base.texts import Texts
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import draw_text
from app.services.reports.pdf.fonts import BOLD, REGULAR, register_fonts
from app.services.reports.pdf.styles import TextStyle
from app.services.reports.pdf.text import fitted, printable, width
from app.services.reports.words import NOTHING, ReportWords

_WIDTH, _HEIGHT = A6
_MARGIN = 18.0
_ROOM = _WIDTH - 2 * _MARGIN
_FOOT = 22.0
_ROW = 12.5
_BAR = 5.0
_MOBILE = re.compile(r"(?:\+86)?(1[3-9]\d)(\d{4})(\d{4})")

_SITE = TextStyle(font=BOLD, size=7, leading=9, color=styles.ACCENT)
_TITLE = TextStyle(font=BOLD, size=13, leading=17)
_LABEL = TextStyle(size=7, leading=9, color=styles.MUTED)
_DESK = TextStyle(font=BOLD, size=26, leading=30)
_SECTION = TextStyle(font=BOLD, size=8.5, leading=12)
_NAME = TextStyle(font=BOLD, size=8, leading=10)
_CELL = TextStyle(size=7.5, leading=10, color=styles.MUTED)
_NUMBER = TextStyle(font=BOLD, size=9, leading=11)
_MISSING = TextStyle(font=BOLD, size=8, leading=10, color=styles.BAD)


def render_emergency_card(data: EmergencyCard, texts: Texts) -> bytes:
    """Return the card as PDF; a long list of people goes on on further sheets.

    The same data in the same language give the same bytes.
    """
    register_fonts()
    words, output = ReportWords(texts, data.head), BytesIO()
    canvas = Canvas(output, pagesize=A6, invariant=1, initialFontName=REGULAR, lang=words.language_tag())
    title = texts.gettext("Emergency card")
    canvas.setTitle(printable(title))
    canvas.setAuthor(printable(words.site_line()))
    canvas.setSubject(printable(words.printed()))
    canvas.setCreator("Firstline")
    _Sheet(canvas, words, title).draw(data)
    canvas.save()
    return output.getvalue()


class _Sheet:
    """Draws from above; where a line does not fit, the next sheet begins."""

    def __init__(self, canvas: Any, words: ReportWords, title: str) -> None:
        self._canvas = canvas
        self._words = words
        self._title = title
        self._y = 0.0
        self._begin()

    def draw(self, data: EmergencyCard) -> None:
        """Draw the whole card."""
        _ = self._words.texts.gettext
        self._desk(data.head.desk)
        self._section(_("Duty supervisor: the desk's emergency number"))
        for shift in data.shifts:
            self._shift(shift)
        if not data.shifts:
            self._line(_("No shift runs now."), "", "", style=_MISSING)
        self._people(_("On standby now"), data.standby)
        self._people(_("Reachable at all hours"), data.reachable)
        self._at_work(_("On duty now"), data.at_work)
        self._finish()

    def _people(self, title: str, people: Sequence[CardPerson]) -> None:
        if people:
            self._section(title)
        for one in people:
            self._line(one.name, one.role, _grouped(one.number) or NOTHING)

    def _at_work(self, title: str, people: Sequence[CardPerson]) -> None:
        """Print those at work on what is left of the sheet, and how many more there are; never on another."""
        room = int((self._y - _FOOT - 6 - 17) // _ROW)
        if not people or room < 1:
            return
        shown = people if len(people) <= room else people[: room - 1]
        self._people(title, shown)
        if len(shown) < len(people):
            more = self._words.texts.gettext("and {n} more people").format(n=len(people) - len(shown))
            self._line("", more, "")

    def _shift(self, shift: CardShift) -> None:
        words, _ = self._words, self._words.texts.gettext
        day = words.texts.date_pattern(shift.on_date, "MMMd")
        about = f"{shift.name} · {day} {words.window(shift.starts_at, shift.ends_at)}"
        for one in shift.leaders:
            self._line(one.name, about, _grouped(one.number) or _("no number"))
        if not shift.leaders:
            self._line(_("nobody is named"), about, "", style=_MISSING)

    def _desk(self, phone: str) -> None:
        canvas, height = self._canvas, 50.0
        top = self._y - height
        canvas.setFillColor(HexColor(styles.WELL))
        canvas.roundRect(_MARGIN, top, _ROOM, height, styles.RADIUS, stroke=0, fill=1)
        label = self._words.texts.gettext("Service desk, day and night")
        draw_text(canvas, _MARGIN + 9, self._y - 13, fitted(label, REGULAR, 7, _ROOM - 18), _LABEL)
        number = fitted(_grouped(phone) or NOTHING, BOLD, _DESK.size, _ROOM - 18)
        draw_text(canvas, _MARGIN + 9, top + 9, number, _DESK)
        self._y = top - 6

    def _section(self, title: str) -> None:
        self._make_room(2 * _ROW + 8)
        self._y -= 14
        draw_text(self._canvas, _MARGIN, self._y, fitted(title, BOLD, _SECTION.size, _ROOM), _SECTION)
        self._y -= 3
        self._canvas.setStrokeColor(HexColor(styles.LINE))
        self._canvas.setLineWidth(0.6)
        self._canvas.line(_MARGIN, self._y, _WIDTH - _MARGIN, self._y)

    def _line(self, name: str, about: str, number: str, *, style: TextStyle = _NAME) -> None:
        """Draw a name, what it is for in small beside it, and the number at the right end."""
        self._make_room(_ROW)
        self._y -= _ROW
        taken = width(printable(number), _NUMBER.font, _NUMBER.size)
        draw_text(self._canvas, _WIDTH - _MARGIN, self._y + 2, printable(number), _NUMBER, "right")
        room = _ROOM - taken - 8
        shown = fitted(name, style.font, style.size, room * 0.5)
        draw_text(self._canvas, _MARGIN, self._y + 2, shown, style)
        left = width(shown, style.font, style.size) + 7
        rest = fitted(about, _CELL.font, _CELL.size, room - left)
        draw_text(self._canvas, _MARGIN + left, self._y + 2, rest, _CELL)

    def _make_room(self, height: float) -> None:
        if self._y - height < _FOOT + 6:
            self._finish()
            self._canvas.showPage()
            self._begin()

    def _begin(self) -> None:
        canvas = self._canvas
        canvas.setFillColor(HexColor(styles.ACCENT))
        canvas.rect(0, _HEIGHT - _BAR, _WIDTH, _BAR, stroke=0, fill=1)
        site = fitted(self._words.site_line(), _SITE.font, _SITE.size, _ROOM)
        draw_text(canvas, _MARGIN, _HEIGHT - _BAR - 15, site, _SITE)
        draw_text(canvas, _MARGIN, _HEIGHT - _BAR - 32, fitted(self._title, BOLD, 13, _ROOM), _TITLE)
        self._y = _HEIGHT - _BAR - 40

    def _finish(self) -> None:
        said = fitted(self._words.printed(), _LABEL.font, _LABEL.size, _ROOM)
        draw_text(self._canvas, _MARGIN, 12, said, _LABEL)


def _grouped(number: str) -> str:
    """Return a Chinese mobile number in groups, as it is read aloud; every other one as it was written."""
    found = _MOBILE.fullmatch(re.sub(r"[ -]", "", number))
    return " ".join(found.groups()) if found else number.strip()
