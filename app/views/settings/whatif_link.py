"""What ties a settings page to its consequences: the card, the sentence on the bar, what follows a save."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from app.models.entities.errors import FirstlineError
from app.models.entities.ids import ConfigId
from app.models.entities.whatif import Proposal
from app.services.base.undo import Outcome
from app.services.settings.level_queries import ServiceLevels
from app.views.base.errors import explain
from app.views.settings import whatif_words as words
from app.views.settings.documents import DocumentEditor
from app.views.settings.frame import SettingsPane
from app.views.settings.whatif_card import WhatIfCard
from app.views.settings.whatif_presenter import WhatIfPresenter
from app.views.settings.whatif_standing import StandingPanel, StandingPresenter
from app.views.settings.whatif_words import WhatIfKind


class Consequences(QObject):
    """Held by a page that shows `card` somewhere.

    The page calls `show` whenever its draft may be another one, answers `apply_note` from `note`, calls
    `begin_apply` before it saves, and lets it `follow` the editors that save.
    """

    def __init__(
        self, pane: SettingsPane, kind: WhatIfKind, presenter: WhatIfPresenter | None = None
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._kind = kind
        self.presenter = presenter or WhatIfPresenter(pane.ctx, pane.env, self)
        self.standing = StandingPresenter(pane.ctx, pane.env, self)
        self.panel = StandingPanel(pane.ctx, pane.env, self.standing) if kind.is_promised else None
        self.card = WhatIfCard(pane.ctx, pane.env, kind, self.presenter, quiet=self.panel)
        self._told = self.note
        self.presenter.changed.connect(self._tell)

    @property
    def note(self) -> str:
        """What Apply does to open tickets, in a few words for the bar."""
        presenter = self.presenter
        return words.about_open(
            self._kind, presenter.result, self._pane.env.format, is_wanted=presenter.is_for_open
        )

    def show(
        self,
        proposal: Callable[[], Proposal],
        *,
        is_changed: bool,
        basis: object = None,
        wrong: FirstlineError | str | None = None,
    ) -> None:
        """Count what the draft would do; `proposal` is only called where something is changed and right."""
        if not is_changed:
            self.presenter.show(None)
            if self._kind.is_promised:
                self.standing.look_at(basis)
            return
        self.standing.forget()
        if isinstance(wrong, FirstlineError):
            wrong = explain(wrong, self._pane.env.format).happened
        self.presenter.show(Proposal() if wrong else proposal(), basis=basis, wrong=wrong or "")

    def begin_apply(self, saves: int = 1) -> None:
        """Hear that so many documents are about to be saved as one wish."""
        self.presenter.begin_apply(saves)

    def follow(self, editor: DocumentEditor[Any]) -> None:
        """Hear how the saves of a document end."""
        editor.settled.connect(partial(self._settle, editor))

    def _settle(self, editor: DocumentEditor[Any], outcome: Outcome | None) -> None:
        saved = editor.saved
        if outcome is None or outcome.id is None or saved is None:
            self.presenter.refused()
        else:
            self.presenter.saved(editor.form.kind, saved.code, ConfigId(outcome.id))

    def _tell(self) -> None:
        if self._told != self.note:
            self._told = self.note
            self._pane.changed.emit()


def levels_mark(levels: ServiceLevels) -> object:
    """Return what changes whenever another version of a document is in force."""
    calendars = tuple((code, version.number) for code, version in levels.calendars.items())
    return levels.matrix.number, levels.sla.number, calendars
