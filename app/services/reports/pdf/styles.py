"""How every report looks: colours, text styles and measures, all in points.

The colours are those of the light theme, chosen to stay apart on a black and white printer too.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.services.reports.pdf.fonts import BOLD, REGULAR

TEXT = "#1B1F24"
MUTED = "#57606A"
WELL = "#F3F4F7"
LINE = "#DDE1E6"
STRONG_LINE = "#868E98"
ACCENT = "#1F5FBF"
ACCENT_PALE = "#B9CAE8"
BAD = "#C0262D"
BAD_TINT = "#FCE8E8"
WARN = "#8A6100"
OK = "#187A34"
WHITE = "#FFFFFF"
WEEKEND = "#F0F1F4"
HOLIDAY = "#FBEAEA"

PRIORITIES = {1: "#C0262D", 2: "#B54708", 3: "#8A6100", 4: "#1F5FBF", 5: "#57606A"}

MARGIN = 42.0
GAP = 14.0
CELL_PAD = 6.0
RADIUS = 4.0
DOT = 2.6
"""Radius of the dot before a priority."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """One way to set text; `leading` is the distance between base lines."""

    font: str = REGULAR
    size: float = 8.5
    leading: float = 11.5
    color: str = TEXT


CELL = TextStyle()
CELL_BOLD = TextStyle(font=BOLD)
CELL_MUTED = TextStyle(color=MUTED)
CELL_BAD = TextStyle(font=BOLD, color=BAD)
CELL_WARN = TextStyle(font=BOLD, color=WARN)
SMALL = TextStyle(size=7.5, leading=10.5, color=MUTED)
SMALL_BAD = TextStyle(font=BOLD, size=7.5, leading=10.5, color=BAD)
NOTE = TextStyle(size=8, leading=11, color=MUTED)
HEADER = TextStyle(font=BOLD, size=7.5, leading=10, color=MUTED)
PROSE = TextStyle(size=9, leading=13.5)
SECTION = TextStyle(font=BOLD, size=11, leading=15)
TITLE = TextStyle(font=BOLD, size=20, leading=26)
SUBTITLE = TextStyle(size=9, leading=13, color=MUTED)
DRAFT = TextStyle(font=BOLD, size=9, leading=13, color=WARN)
SITE = TextStyle(font=BOLD, size=7.5, leading=10, color=ACCENT)
TILE_NAME = TextStyle(size=7.5, leading=10, color=MUTED)
TILE_FIGURE = TextStyle(font=BOLD, size=17, leading=21)


@dataclass(frozen=True, slots=True)
class Tone:
    """How a roster cell looks; what is no work has an outline instead of a ground.

    `weight` is that of the outline in points. `is_cut` fills the upper right corner, `is_struck` draws a line
    across: a black and white printer shows grounds alike, so each tone has a shape of its own.
    """

    ink: str
    ground: str = ""
    outline: str = ""
    is_dashed: bool = False
    weight: float = 0.6
    is_cut: bool = False
    is_struck: bool = False


# Keys as in resources/defaults/shifts.json: day, night, mid, office, training, sick, standby, leave.
TONES = {
    "d": Tone("#0B4A8F", "#CFE3FB", "#0B4A8F", weight=0.4),
    "n": Tone("#4634A0", "#DCD6F7", "#4634A0", weight=1.3),
    "m": Tone("#0B5B43", "#CDEEDF", "#0B5B43", weight=0.4, is_cut=True),
    "g": Tone("#3D4650", "#E6E9EE"),
    "t": Tone("#8C1D5B", "#FADCEB", "#8C1D5B", is_dashed=True),
    "k": Tone("#7A4300", "#FBE3C2", is_struck=True),
    "s": Tone("#3D4650", outline="#868E98", is_dashed=True),
    "v": Tone("#3D4650", outline="#868E98"),
}
PLAIN_TONE = TONES["g"]
"""For a tone this table does not know."""

ROSTER_NAME = TextStyle(size=8, leading=10)
ROSTER_NAME_BOLD = TextStyle(font=BOLD, size=8, leading=10)
ROSTER_SMALL = TextStyle(size=6.5, leading=8, color=MUTED)
ROSTER_DAY = TextStyle(font=BOLD, size=8, leading=10)
ROSTER_GROUP = TextStyle(font=BOLD, size=7.5, leading=10, color=MUTED)
