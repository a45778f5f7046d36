"""The drawings in `resources/icons` as SVG text in a given colour."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtGui import QColor

from app.services.base.resources import resource_path

# Thin lines vanish in small icons and look heavy in large ones.
_STROKE_SMALL = "2"
_STROKE_LARGE = "1.75"
_STROKE_WIDTH = re.compile(r'stroke-width="[\d.]+"')


def icon_svg(name: str, ink: QColor, *, large: bool = False) -> bytes:
    """Return the drawing with its colour written in (Qt would draw `currentColor` black).

    Raises:
        FileNotFoundError: there is no such icon.
    """
    stroke = _STROKE_LARGE if large else _STROKE_SMALL
    svg = _STROKE_WIDTH.sub(f'stroke-width="{stroke}"', _source(name))
    return svg.replace("currentColor", ink.name()).encode()


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text("utf-8")
