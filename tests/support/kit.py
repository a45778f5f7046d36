"""The look that tests of single widgets need: the shipped font and the light theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.views.base.theme import theme
from app.views.base.tokens import ThemeName


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Each test begins and ends in the same theme."""
    theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)
    yield
    theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)
