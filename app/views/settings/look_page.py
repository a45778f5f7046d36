"""Language and look: what this person sees on this PC. Every choice holds at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.base.context import Context
from app.services.settings.local import LocalSettings
from app.views.base.i18n import _, current
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space, ThemeName
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.labels import PlainLabel, rule
from app.views.base.widgets.switches import Choice, Segment, Toggle
from app.views.settings.frame import SettingsPane

# In their own words: whoever cannot read the present language must find their own.
_LANGUAGES = (("en", "English"), ("zh_CN", "简体中文"))
_SYSTEM = "system"
_COMFORTABLE, _COMPACT = "comfortable", "compact"


class LookPane(SettingsPane):
    """Language, theme, density, and how loud notices are; kept in the file of local settings."""

    edit_permission = ""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.language = Segment(
            [Choice(code, name) for code, name in _LANGUAGES], said=_("Language"), chosen=_shown_language()
        )
        themes = [
            Choice(_SYSTEM, _("As the system")),
            Choice(ThemeName.LIGHT, _("Light")),
            Choice(ThemeName.DARK, _("Dark")),
            Choice(ThemeName.CONTRAST, _("High contrast")),
        ]
        self.theme = Segment(themes, said=_("Theme"))
        densities = [Choice(_COMFORTABLE, _("Comfortable")), Choice(_COMPACT, _("Compact"))]
        self.density = Segment(densities, said=_("Row height"))
        self.toasts = Toggle(_("In the window"))
        self.tray = Toggle(_("In the tray"))
        self.sound = Toggle(_("With a sound"))
        self._build()
        self._show(env.prefs.values)
        self.language.chosen.connect(partial(self._wear, "language"))
        self.theme.chosen.connect(partial(self._wear, "theme"))
        self.density.chosen.connect(lambda key: env.prefs.change(is_compact=key == _COMPACT))
        self.toasts.toggled.connect(lambda is_on: env.prefs.change(notices_as_toasts=is_on))
        self.tray.toggled.connect(lambda is_on: env.prefs.change(notices_in_tray=is_on))
        self.sound.toggled.connect(lambda is_on: env.prefs.change(notices_with_sound=is_on))
        env.prefs.changed.connect(self._show)

    def _build(self) -> None:
        rows = (
            (
                _("Language"),
                _("Of the window and of its reports. Names that were set up have both; you see yours."),
                self.language,
            ),
            (_("Theme"), _("“As the system” follows Windows, also its high contrast."), self.theme),
            (
                _("Row height"),
                _("Compact shows about a third more rows in the same window. Lists opened next follow."),
                self.density,
            ),
        )
        notices = (
            (
                _("In the window"),
                _("What has just come appears at the foot of the window for some seconds."),
                self.toasts,
            ),
            (
                _("In the tray"),
                _("While you work in another program, the icon beside the system's clock says it."),
                self.tray,
            ),
            (_("With a sound"), _("The system's own short sound."), self.sound),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addWidget(_card(Card(), rows))
        whole.addWidget(_card(Card(_("Notices"), note=_("The bell shows them in any case.")), notices))
        whole.addWidget(
            PlainLabel(_("These choices are kept on this PC for you alone; nobody else sees them."), "small")
        )

    def _show(self, values: LocalSettings) -> None:
        known = [str(name) for name in ThemeName]
        self.theme.choose(values.theme if values.theme in known else _SYSTEM)
        self.density.choose(_COMPACT if values.is_compact else _COMFORTABLE)
        self.toasts.setChecked(values.notices_as_toasts)
        self.tray.setChecked(values.notices_in_tray)
        self.sound.setChecked(values.notices_with_sound)

    def _wear(self, what: str, chosen: str) -> None:
        """Keep the choice; the window hears of it and builds every page again."""
        self.env.prefs.change(**{what: "" if chosen == _SYSTEM else chosen})


def _shown_language() -> str:
    codes: Sequence[str] = [code for code, _name in _LANGUAGES]
    return current.code if current.code in codes else codes[0]


def _card(card: Card, rows: Sequence[tuple[str, str, QWidget]]) -> Card:
    for at, (label, sentence, control) in enumerate(rows):
        if at:
            card.body.addWidget(rule())
        card.body.addLayout(_line(label, sentence, control))
    return card


def _line(label: str, sentence: str, control: QWidget) -> QVBoxLayout:
    """A name over a sentence at the left, the control at the right."""
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(PlainLabel(label, "strong"))
    words.addWidget(PlainLabel(sentence, "muted", wrap=True))
    column = QVBoxLayout()
    column.setContentsMargins(0, Space.XS, 0, Space.XS)
    row = row_of(words, control, spacing=Space.XL)
    row.setStretch(0, 1)
    column.addLayout(row)
    return column
