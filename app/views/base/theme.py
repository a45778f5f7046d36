"""The look in force: which theme, its palette and style sheet, and the signal when it changes.

`theme.apply(app, ...)` is the only place that styles anything. Widgets name what they are with dynamic
properties (`restyle(widget, kind="primary")`); painted widgets ask `tok("bad")` each time they paint.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from app.services.base.resources import resource_path
from app.views.base.fonts import application_font, is_chinese
from app.views.base.icon_files import icon_svg
from app.views.base.tokens import COLOURS, Radius, ThemeName, Type

# Pictures that a style sheet can only take from files: name -> (icon, token).
_SHEET_PICTURES = {
    "check": ("check", "on_accent"),
    "partial": ("minus", "on_accent"),
    "down": ("chevron-down", "muted"),
    "down_off": ("chevron-down", "ghost"),
    "up": ("chevron-up", "muted"),
    "right": ("chevron-right", "muted"),
    "left": ("chevron-left", "muted"),
}
_STYLE = "fusion"
_REFERENCE = re.compile(r"@(\w+)")


class Theme(QObject):
    """The theme of this program's windows. There is one: `theme`."""

    changed = Signal()  # after palette, style sheet and font are in place

    def __init__(self) -> None:
        super().__init__()
        self._name = ThemeName.LIGHT
        self._pictures: QTemporaryDir | None = None

    @property
    def name(self) -> ThemeName:
        """The theme in force."""
        return self._name

    @property
    def outlined(self) -> bool:
        """Whether tints are drawn as 1 px outlines in the ink's colour (the contrast theme)."""
        return self._name is ThemeName.CONTRAST

    def apply(self, app: QApplication, name: ThemeName, language: str, *, shipped_font: bool = False) -> None:
        """Dress the whole program in `name` and in fonts for `language`; takes some 50 ms.

        Call it at start-up, on a change of theme and on a change of language. `shipped_font` makes
        pictures alike on every machine (tests and `shots`).
        """
        self._name = name
        if app.style().name() != _STYLE:
            app.setStyle(QStyleFactory.create(_STYLE))
        app.setFont(application_font(language, shipped=shipped_font))
        app.setPalette(palette(name))
        app.setStyleSheet(qss(name, language, self._write_pictures()))
        self.changed.emit()

    def _write_pictures(self) -> Path:
        """Write the tinted pictures of the style sheet where Qt can read them; return their folder.

        The folder's name differs per theme, because Qt caches pictures by path.
        """
        if self._pictures is None:
            self._pictures = QTemporaryDir()
        folder = Path(self._pictures.path()) / self._name
        folder.mkdir(exist_ok=True)
        for picture, (icon, token) in _SHEET_PICTURES.items():
            (folder / f"{picture}.svg").write_bytes(icon_svg(icon, tok(token)))
        return folder


theme = Theme()
"""The one theme of this program's windows. `bootstrap` calls `apply` once the preferences are read."""


def tok(name: str) -> QColor:
    """Return the colour of a token in the theme in force. Ask when painting; never keep the answer.

    Raises:
        KeyError: there is no such token.
    """
    return QColor(_colour(theme.name, name))


@cache
def _colour(name: ThemeName, token: str) -> QColor:
    return QColor(COLOURS[name][token])


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties that the style sheet looks at, and let the widget take its new look."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def system_theme() -> ThemeName:
    """Return the theme the operating system asks for; contrast goes before light and dark."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return ThemeName.CONTRAST
    return ThemeName.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else ThemeName.LIGHT


def tell_when_system_changes(changed: Callable[[], None]) -> None:
    """Call `changed` whenever the answer of `system_theme` may be another one."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda _scheme: changed())
    hints.accessibility().contrastPreferenceChanged.connect(lambda _preference: changed())


def system_wants_motion() -> bool:
    """Whether things may move. Qt below 6.12 cannot say; then the system's effect setting decides."""
    preference = getattr(QGuiApplication.styleHints().accessibility(), "motionPreference", None)
    if preference is not None:
        return "Reduce" not in str(preference())
    return QApplication.isEffectEnabled(Qt.UIEffect.UI_FadeMenu)


def palette(name: ThemeName) -> QPalette:
    """Return Qt's palette for `name`, for everything the style sheet does not reach."""
    result = QPalette()
    role = QPalette.ColorRole
    roles = {
        role.Window: "page", role.WindowText: "text", role.Base: "card", role.AlternateBase: "page",
        role.Text: "text", role.PlaceholderText: "hint", role.Button: "card", role.ButtonText: "text",
        role.BrightText: "bad", role.Highlight: "sel", role.HighlightedText: "text",
        role.ToolTipBase: "tip", role.ToolTipText: "on_tip", role.Link: "accent",
        role.LinkVisited: "accent", role.Accent: "accent", role.Light: "hover", role.Midlight: "line",
        role.Mid: "field", role.Dark: "track", role.Shadow: "edge",
    }  # fmt: skip
    for place, token in roles.items():
        result.setColor(place, _colour(name, token))
    for place in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, place, _colour(name, "ghost"))
    return result


def qss(name: ThemeName, language: str, pictures: Path) -> str:
    """Return the style sheet: `resources/theme/firstline.qss` with its `@references` filled in.

    Raises:
        KeyError: the sheet names something that is no token.
    """
    values = {token: QColor(colour).name() for token, colour in COLOURS[name].items()}
    for group in (Radius, Type):
        for field, number in vars(group).items():
            if field.isupper():
                values[f"{group.__name__}_{field}".lower()] = f"{number}px"
    for picture in _SHEET_PICTURES:
        values[f"picture_{picture}"] = f'url("{(pictures / picture).as_posix()}.svg")'
    # Chinese families have no medium weight; mixed labels would look uneven.
    values["medium"] = "400" if is_chinese(language) else "500"
    outlined = name is ThemeName.CONTRAST
    for token in ("line", "accent", "ok", "warn", "bad", "info"):
        values[f"outline_{token}"] = f"1px solid {values[token]}" if outlined else "0px"
    sheet = resource_path("theme", "firstline.qss").read_text("utf-8")
    return _REFERENCE.sub(lambda found: values[found[1]], sheet)
