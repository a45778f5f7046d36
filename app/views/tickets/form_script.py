"""The script strip: what to say at this moment of the call, with caller and agent filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.models.entities.settings import Script, Situation
from app.services.base.names import name_in
from app.services.settings.script_rendering import render_script
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel


class ScriptPane(QWidget):
    """One script at a time. It follows the call by itself until somebody chooses another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scripts: Sequence[Script] = ()
        self._values: Mapping[str, str] = {}
        self._is_chosen_by_hand = False
        self.choice = Choose()
        self.choice.setAccessibleName(_("Script"))
        self.words = PlainLabel("", wrap=True)
        self._ground = QFrame()
        self._ground.setProperty("surface", "notice")
        self._ground.setProperty("tone", "info")
        inner = QVBoxLayout(self._ground)
        inner.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        inner.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row_of(self.choice))
        column.addWidget(self._ground)
        self.choice.activated.connect(lambda _index: self._choose_by_hand())
        self._show()

    def show_scripts(self, scripts: Sequence[Script]) -> None:
        """Offer the site's scripts."""
        self._scripts = scripts
        kept = self.choice.currentData()
        self.choice.clear()
        for script in scripts:
            details = script.details
            self.choice.addItem(name_in(details.name, details.name_alt, current.code), script.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(kept)))
        self.choice.setVisible(bool(scripts))
        self._show()

    def begin(self) -> None:
        """A new call: follow it again."""
        self._is_chosen_by_hand = False
        self.follow(Situation.GREETING, {})

    def follow(self, situation: Situation, values: Mapping[str, str]) -> None:
        """Show the script of the moment; `values` are what it may name, as plain text."""
        self._values = values
        if not self._is_chosen_by_hand:
            self._choose(situation)
        self._show()

    @property
    def situation(self) -> Situation | None:
        """The moment the shown script is for."""
        script = self._script
        return script.details.situation if script is not None else None

    @property
    def _script(self) -> Script | None:
        wanted = self.choice.currentData()
        return next((script for script in self._scripts if script.id == wanted), None)

    def _choose(self, situation: Situation) -> None:
        found = next((one for one in self._scripts if one.details.situation is situation), None)
        if found is not None:
            self.choice.setCurrentIndex(self.choice.findData(found.id))

    def _choose_by_hand(self) -> None:
        self._is_chosen_by_hand = True
        self._show()

    def _show(self) -> None:
        script = self._script
        if script is None:
            self.words.setText(_("The scripts of Settings appear here, with the caller's name filled in."))
            return
        body = name_in(script.details.body, script.details.body_alt, current.code)
        self.words.setText(render_script(body, self._values))
