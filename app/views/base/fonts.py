"""The screen's fonts: the system's own, or Noto Sans SC where the system cannot write Chinese."""

from __future__ import annotations

import sys

from PySide6.QtGui import QFont, QFontDatabase

from app.services.base.resources import resource_path
from app.views.base.tokens import Type

SHIPPED_FAMILY = "Noto Sans SC"
SHIPPED_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
WINDOWS_FAMILIES = ["Segoe UI", "Microsoft YaHei UI"]
WINDOWS_FAMILIES_CHINESE = ["Microsoft YaHei UI", "Segoe UI"]

TABULAR = QFont.Tag("tnum")
# The shipped font sets quotation marks and middle dots as wide as Chinese letters unless told otherwise.
PROPORTIONAL = (QFont.Tag("pwid"), QFont.Tag("palt"))


def application_font(language: str, *, shipped: bool = False) -> QFont:
    """Return the font of the whole program for `language`, 13 px, with digits of one width.

    `shipped` asks for the shipped font wherever the program runs, so that pictures and widths are the
    same on every machine. It is taken anyway where the system has no font with Chinese letters.
    Needs a QApplication; reads the two font files (21 MB) at most once per program.
    """
    font = QFont()
    font.clearFeatures()  # it begins as the font in force, which may be the other language's
    if shipped or not _system_writes_chinese():
        load_shipped()
        font.setFamilies([SHIPPED_FAMILY])
        if not is_chinese(language):
            for feature in PROPORTIONAL:
                font.setFeature(feature, 1)
    elif sys.platform == "win32":
        font.setFamilies(WINDOWS_FAMILIES_CHINESE if is_chinese(language) else WINDOWS_FAMILIES)
    return sized(font, Type.BASE)


def sized(font: QFont, pixels: int, *, strong: bool = False) -> QFont:
    """Return a copy of `font` in `pixels`, semibold if `strong`, with digits of one width.

    Every painter's font comes from here: a font made elsewhere has digits that dance in clocks.
    """
    copy = QFont(font)
    copy.setPixelSize(pixels)
    copy.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    copy.setFeature(TABULAR, 1)
    return copy


def is_chinese(language: str) -> bool:
    """Whether `language` is written with Chinese letters, which have no medium weight."""
    return language.startswith("zh")


def load_shipped() -> None:
    """Make Noto Sans SC known to Qt, once.

    Raises:
        RuntimeError: the font files are missing from the installation.
    """
    if QFontDatabase.hasFamily(SHIPPED_FAMILY):
        return
    for name in SHIPPED_FILES:
        if QFontDatabase.addApplicationFont(str(resource_path("fonts", name))) < 0:
            raise RuntimeError(f"font file missing or damaged: {name}")


def _system_writes_chinese() -> bool:
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
