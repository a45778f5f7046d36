"""The two embedded fonts, registered once per process, and what they can draw."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from app.models.entities.errors import NotFound
from app.services.base.resources import resource_path

REGULAR = "NotoSansSC"
BOLD = "NotoSansSC-Bold"
_FILES = {REGULAR: "NotoSansSC-Regular.ttf", BOLD: "NotoSansSC-Bold.ttf"}


class Advances(NamedTuple):
    """How far each character moves the pen, by code point, in thousandths of the font size."""

    known: dict[int, float]
    default: float


@cache
def register_fonts() -> None:
    """Make both weights known to reportlab and close its doors to the outside; later calls do nothing.

    Raises:
        NotFound: a font file is missing or unreadable; without it Chinese would print as empty boxes.
    """
    for name, file_name in _FILES.items():
        file = resource_path("fonts", file_name)
        try:
            pdfmetrics.registerFont(TTFont(name, str(file)))
        except (OSError, TTFError) as error:
            raise NotFound("reports.font_missing", file=str(file)) from error
    _make_rare_characters_readable()
    # Process-wide in reportlab: whatever asks for a picture gets neither files nor the network.
    rl_config.trustedSchemes = ["data"]
    rl_config.trustedHosts = []


def has_glyph(character: str) -> bool:
    """Whether both weights can draw this one character."""
    return ord(character) in _drawable()


@cache
def advances(font: str) -> Advances:
    """Return the advance widths of REGULAR or BOLD."""
    register_fonts()
    face = pdfmetrics.getFont(font).face
    return Advances(face.charWidths, face.defaultWidth)


def _make_rare_characters_readable() -> None:
    """Let readers copy and search characters beyond U+FFFF, of which some Chinese names are made.

    reportlab 5.1 draws them, but writes five hex digits into the table that maps glyphs back to text,
    where the format wants UTF-16; strict readers then lose the page's other characters as well.
    """
    write_map = ttfonts.makeToUnicodeCMap
    five_or_six_digits = re.compile(r"(?<=> <)[0-9A-F]{5,6}(?=>)")

    def utf16(code: re.Match[str]) -> str:
        return chr(int(code[0], 16)).encode("utf-16-be").hex().upper()

    def write_readable_map(fontname: str, subset: list[int]) -> str:
        return five_or_six_digits.sub(utf16, write_map(fontname, subset))

    ttfonts.makeToUnicodeCMap = write_readable_map


@cache
def _drawable() -> frozenset[int]:
    register_fonts()
    regular, bold = (pdfmetrics.getFont(name).face.charToGlyph for name in (REGULAR, BOLD))
    return frozenset(code for code in regular if regular[code] and bold.get(code))
