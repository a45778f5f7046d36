"""The colours of every theme can be read, and the style sheet uses nothing else."""

from __future__ import annotations

import re
from itertools import product

import pytest

from app.services.base.resources import resource_path
from app.views.base.tokens import COLOURS, LIGHT, ThemeName

SURFACES = ("chrome", "page", "card", "popup", "well", "hover", "sel")
INKS = ("text", "muted", "faint")
ON_CARD = ("accent", "ok", "warn", "bad", "info", "p2", "p3", "p4", "p5", "hint")
TINTED = (
    *("ok", "warn", "bad", "info", "p2", "p3", "p4", "p5"),
    *(f"shift_{code}" for code in "dnmgtk"),
)
FILLED = (
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_p1", "p1"),
    ("on_p1", "p2"),
    ("on_p1", "p3"),
    ("on_p1", "p4"),
    ("on_p1", "p5"),
    ("on_tip", "tip"),
)
PAIRS = (
    *product(INKS, SURFACES),
    *((ink, "card") for ink in ON_CARD),
    *((ink, f"{ink}_tint") for ink in TINTED),
    *FILLED,
    ("text", "mark"),
    ("text", "sel_hover"),
    ("muted", "sel_hover"),
    ("accent", "sel"),
)
MARKS = (("edge", "card"), ("accent", "page"), ("bar", "track"), ("warn", "track"), ("bad", "track"))


def brightness(colour: str) -> float:
    """Relative luminance as WCAG defines it, 0..1."""
    channels = (int(colour[-6:][start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG defines it, 1..21."""
    lighter, darker = sorted((brightness(one), brightness(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", ThemeName)
def test_every_theme_has_the_same_colours(name: ThemeName) -> None:
    assert COLOURS[name].keys() == LIGHT.keys()


@pytest.mark.parametrize("name", ThemeName)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(name: ThemeName, ink: str, ground: str) -> None:
    assert contrast(COLOURS[name][ink], COLOURS[name][ground]) >= 4.5


@pytest.mark.parametrize("name", ThemeName)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_can_be_seen_on_their_ground(name: ThemeName, mark: str, ground: str) -> None:
    assert contrast(COLOURS[name][mark], COLOURS[name][ground]) >= 3.0


def test_the_style_sheet_names_no_colour_itself() -> None:
    sheet = resource_path("theme", "firstline.qss").read_text("utf-8")

    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", sheet.replace("#sheet", "").replace("#chrome", ""))
