"""The two embedded fonts, registered once per process, and what they can draw."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
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


@cache
def _drawable() -> frozenset[int]:
    register_fonts()
    regular, bold = (pdfmetrics.getFont(name).face.charToGlyph for name in (REGULAR, BOLD))
    return frozenset(code for code in regular if regular[code] and bold.get(code))
