"""Language and theme as the preferences want them, put on the whole program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from app.services.base.texts import LANGUAGES, SOURCE_LANGUAGE
from app.services.settings.local import LocalSettings
from app.views.base.i18n import N_, LazyText, current
from app.views.base.theme import system_theme, theme
from app.views.base.tokens import ThemeName

# Languages are named in themselves: whoever cannot read the present one must find their own.
LANGUAGE_NAMES: Sequence[tuple[str, str]] = (("en", "English"), ("zh_CN", "简体中文"))
THEME_NAMES: Sequence[tuple[str, LazyText]] = (
    ("", N_("As the system")),
    (ThemeName.LIGHT, N_("Light")),
    (ThemeName.DARK, N_("Dark")),
    (ThemeName.CONTRAST, N_("High contrast")),
)


def wanted_language(settings: LocalSettings) -> str:
    """Return the chosen language, else the system's if the program speaks it, else English."""
    if settings.language in LANGUAGES:
        return settings.language
    system = QLocale.system().name()
    return next((code for code in LANGUAGES if code[:2] == system[:2]), SOURCE_LANGUAGE)


def wanted_theme(settings: LocalSettings) -> ThemeName:
    """Return the chosen theme, else the system's."""
    known = {str(name): name for name in ThemeName}
    return known.get(settings.theme) or system_theme()


def dress(settings: LocalSettings, *, shipped_font: bool = False) -> None:
    """Let the program speak and look as wanted; pages already built must be built again afterwards."""
    language = wanted_language(settings)
    if current.code != language:
        current.use(language)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        theme.apply(application, wanted_theme(settings), language, shipped_font=shipped_font)
