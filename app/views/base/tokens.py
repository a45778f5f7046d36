"""Every colour, size and gap of the program, by name: one dict of colours per theme.

Painted widgets ask `theme.tok("bad")` when they paint; the style sheet writes `@bad`. A colour that is
not here does not exist. Colours are `#RRGGBB`, or `#AARRGGBB` where something shows through.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ThemeName(StrEnum):
    """The three looks. `CONTRAST` draws outlines where the others draw tints."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


# Chrome < page < card < popup: nearer is lighter. A state has an ink and a tint that carries it.
LIGHT: Mapping[str, str] = {
    "chrome": "#EEF0F3", "page": "#F7F8FA", "card": "#FFFFFF", "popup": "#FFFFFF",
    "well": "#EEF0F3", "track": "#E3E7EC",
    "line": "#DDE1E6", "field": "#C9CFD6", "edge": "#868E98",
    "hover": "#F1F3F6", "press": "#E6E9EE", "sel": "#E5EEFB", "sel_hover": "#DAE7F9",
    "text": "#1B1F24", "muted": "#57606A", "faint": "#636B75", "hint": "#6E7781", "ghost": "#CBD2DA",
    "tip": "#24292F", "on_tip": "#FFFFFF",
    "accent": "#1F5FBF", "accent_hover": "#1A52A6", "accent_press": "#16458C", "on_accent": "#FFFFFF",
    "ok": "#187A34", "ok_tint": "#DFF3E4", "warn": "#8A6100", "warn_tint": "#FBF0D3",
    "bad": "#C0262D", "bad_tint": "#FCE8E8", "info": "#0B6E8F", "info_tint": "#DEF1F7",
    # priorities; P1 alone is drawn filled
    "p1": "#C0262D", "p1_tint": "#FCE8E8", "on_p1": "#FFFFFF",
    "p2": "#B54708", "p2_tint": "#FDEADD", "p3": "#8A6100", "p3_tint": "#FBF0D3",
    "p4": "#1F5FBF", "p4_tint": "#E5EEFB", "p5": "#57606A", "p5_tint": "#ECEEF2",
    "bar": "#5B7FB9", "mark": "#FFF1B8", "scrim": "#80111418", "shadow": "#38111418",
    # shifts of the roster and colours of people
    "shift_d": "#0B4A8F", "shift_d_tint": "#CFE3FB", "shift_n": "#4634A0", "shift_n_tint": "#DCD6F7",
    "shift_m": "#0B5B43", "shift_m_tint": "#CDEEDF", "shift_g": "#3D4650", "shift_g_tint": "#E6E9EE",
    "shift_t": "#8C1D5B", "shift_t_tint": "#FADCEB", "shift_k": "#7A4300", "shift_k_tint": "#FBE3C2",
    "weekend": "#F3F4F7", "holiday": "#FCF1F1", "today": "#E5EEFB",
}  # fmt: skip

DARK: Mapping[str, str] = {
    "chrome": "#131519", "page": "#191B1F", "card": "#202328", "popup": "#2A2E34",
    "well": "#16181C", "track": "#343941",
    "line": "#343840", "field": "#464C55", "edge": "#747D89",
    "hover": "#282C32", "press": "#31363D", "sel": "#22324C", "sel_hover": "#293D5C",
    "text": "#E6E9ED", "muted": "#B1B9C3", "faint": "#97A1AC", "hint": "#8B949E", "ghost": "#4B525C",
    "tip": "#E6E9ED", "on_tip": "#15171A",
    "accent": "#6BA4F8", "accent_hover": "#85B4FA", "accent_press": "#5592EC", "on_accent": "#0D1117",
    "ok": "#4AC26B", "ok_tint": "#1B3625", "warn": "#D4A72C", "warn_tint": "#3A3118",
    "bad": "#F4717A", "bad_tint": "#452428", "info": "#56C2E6", "info_tint": "#17343F",
    "p1": "#F4717A", "p1_tint": "#452428", "on_p1": "#1A0B0C",
    "p2": "#F59A55", "p2_tint": "#43301F", "p3": "#E3B341", "p3_tint": "#3A3118",
    "p4": "#6BA4F8", "p4_tint": "#22324C", "p5": "#B1B9C3", "p5_tint": "#30353C",
    "bar": "#6F93CE", "mark": "#5A4A12", "scrim": "#99060709", "shadow": "#80000000",
    "shift_d": "#A8CEFF", "shift_d_tint": "#1F3D63", "shift_n": "#C9BEFF", "shift_n_tint": "#352E63",
    "shift_m": "#93E2C4", "shift_m_tint": "#1B4538", "shift_g": "#D0D6DD", "shift_g_tint": "#353A42",
    "shift_t": "#F7B4DA", "shift_t_tint": "#4D2440", "shift_k": "#F4C98A", "shift_k_tint": "#4A3517",
    "weekend": "#1A1D21", "holiday": "#2B2023", "today": "#22324C",
}  # fmt: skip

# Tints are the ground itself here: what draws a tint draws a 1 px outline of the ink instead.
CONTRAST: Mapping[str, str] = {
    "chrome": "#000000", "page": "#000000", "card": "#000000", "popup": "#000000",
    "well": "#000000", "track": "#4D4D4D",
    "line": "#8C8C8C", "field": "#FFFFFF", "edge": "#FFFFFF",
    "hover": "#262626", "press": "#404040", "sel": "#003D73", "sel_hover": "#004D92",
    "text": "#FFFFFF", "muted": "#FFFFFF", "faint": "#E0E0E0", "hint": "#D0D0D0", "ghost": "#B3B3B3",
    "tip": "#FFFFFF", "on_tip": "#000000",
    "accent": "#FFE14D", "accent_hover": "#FFEB85", "accent_press": "#FFD60A", "on_accent": "#000000",
    "ok": "#6BF08A", "ok_tint": "#000000", "warn": "#FFC857", "warn_tint": "#000000",
    "bad": "#FF9494", "bad_tint": "#000000", "info": "#8FE3FF", "info_tint": "#000000",
    "p1": "#FF9494", "p1_tint": "#000000", "on_p1": "#000000",
    "p2": "#FFB870", "p2_tint": "#000000", "p3": "#FFE14D", "p3_tint": "#000000",
    "p4": "#9CCBFF", "p4_tint": "#000000", "p5": "#FFFFFF", "p5_tint": "#000000",
    "bar": "#9CCBFF", "mark": "#5A4A12", "scrim": "#99000000", "shadow": "#00000000",
    "shift_d": "#A8CEFF", "shift_d_tint": "#000000", "shift_n": "#C9BEFF", "shift_n_tint": "#000000",
    "shift_m": "#93E2C4", "shift_m_tint": "#000000", "shift_g": "#FFFFFF", "shift_g_tint": "#000000",
    "shift_t": "#F7B4DA", "shift_t_tint": "#000000", "shift_k": "#F4C98A", "shift_k_tint": "#000000",
    "weekend": "#1A1A1A", "holiday": "#330000", "today": "#003D73",
}  # fmt: skip

COLOURS: Mapping[ThemeName, Mapping[str, str]] = {
    ThemeName.LIGHT: LIGHT,
    ThemeName.DARK: DARK,
    ThemeName.CONTRAST: CONTRAST,
}


class Space:
    """Gaps in pixels at 100 %. Layouts use these and no other number."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 32


class Radius:
    """Corner radii: page sheet and popups, cards, and everything one clicks."""

    SHEET = 8
    CARD = 6
    CONTROL = 4


class Size:
    """Heights and widths that repeat."""

    ROW = 34
    ROW_COMPACT = 26
    ROW_ROSTER = 28
    ROW_SIDE = 30
    HEADER = 34
    CONTROL = 32
    CONTROL_SMALL = 26
    ICON_SMALL = 14
    ICON = 16
    ICON_LARGE = 20
    AVATAR = 22
    CHIP_WIDTH = 40
    CHIP_HEIGHT = 20


class Type:
    """Text sizes in pixels at 100 %."""

    SMALL = 11
    NUMBER = 12
    BASE = 13
    SECTION = 15
    RECORD = 17
    PAGE = 20
    FIGURE = 22
