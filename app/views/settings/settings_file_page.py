"""Settings file: all settings out to one readable file, and in from one, previewed and chosen by section."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.events import CatalogueChanged, KnowledgeChanged, PeopleChanged, RosterChanged
from app.models.entities.settings_file import Section
from app.services.base.context import Context
from app.views.base.dialogs import FileKind
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Card
from app.views.base.widgets.labels import PlainLabel
from app.views.settings.frame import SettingsPane
from app.views.settings.settings_file_presenter import SettingsFilePresenter
from app.views.settings.settings_file_preview import FilePreview

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SettingsFilePane(SettingsPane):
    """Two cards, and under them the preview of the file that was chosen. Ctrl+Enter imports, Esc gives up."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.presenter = SettingsFilePresenter(ctx, env, self)
        self.export_button = Button(_("Export"), icon="download")
        self.import_button = Button(_("Choose a file …"), icon="folder-open")
        self.preview = FilePreview(env.format)
        self.preview.hide()
        self._shown: Path | None = None
        self._sentences: list[PlainLabel] = []
        self._build()
        self.export_button.clicked.connect(self.ask_where)
        self.import_button.clicked.connect(self.ask_which)
        self.preview.chosen.connect(self.presenter.choose)
        self.preview.act.clicked.connect(self.presenter.take)
        self.preview.cancel.clicked.connect(self.put_away)
        self.presenter.changed.connect(self._show_state)
        for event in (CatalogueChanged, PeopleChanged, RosterChanged, KnowledgeChanged):
            self.refresh_on(event)
        self._limit()

    # -- the SettingsPane the frame knows --------------------------------------------------------------

    def refresh(self) -> None:
        """Ask again what importing the chosen file would do."""
        self.presenter.look_again()

    def save_state(self) -> dict[str, Any]:
        """Return which file was chosen, and what of it."""
        path = self.presenter.path
        if path is None:
            return {}
        return {"file": str(path), "sections": sorted(each.value for each in self.presenter.chosen)}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Read the file again that was chosen."""
        file, sections = state.get("file"), state.get("sections")
        if isinstance(file, str) and isinstance(sections, list) and self.may_edit:
            known = {each.value for each in Section}
            self.presenter.open(Path(file), frozenset(Section(each) for each in sections if each in known))

    # -- what a person does ----------------------------------------------------------------------------

    def ask_where(self) -> None:
        """Ask where to write, then write."""
        kinds = (FileKind(_("Settings file"), "*.json"),)
        path = self.env.dialogs.save_file(_("Export settings"), self.presenter.file_name, kinds)
        if path is not None:
            self.presenter.export_to(path)

    def ask_which(self) -> None:
        """Ask which file to read, then show what importing it would do."""
        path = self.env.dialogs.open_file(_("Import settings"), (FileKind(_("Settings file"), "*.json"),))
        if path is not None:
            self._shown = None
            self.presenter.open(path)

    def put_away(self) -> None:
        """Close the preview without importing anything."""
        self.presenter.close()
        self.import_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.preview.isVisibleTo(self) and is_control and event.key() in _ENTER:
            self.presenter.take()
        elif self.preview.isVisibleTo(self) and event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    # -- inside ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        out = self._card(
            _("Export"),
            "download",
            self.export_button,
            _("Everything set up here as one text file: to compare, to keep, to set up another desk."),
            _("Without people, passwords and tickets. Entries are named by their codes."),
        )
        taken = self._card(
            _("Import"),
            "upload",
            self.import_button,
            _("It is shown first what would change, and you choose the sections."),
            _("What is not in the file stays, and nothing is deleted."),
            _("Open tickets keep what they were promised."),
        )
        top = QHBoxLayout()
        top.setSpacing(Space.M)
        top.addWidget(out, 1)
        top.addWidget(taken, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addLayout(top)
        whole.addWidget(self.preview, 1)
        self._rest = QWidget()
        whole.addWidget(self._rest, 1)

    def _card(self, title: str, icon: str, button: Button, *sentences: str) -> Card:
        card = Card(title, icon=icon)
        card.head.addWidget(button)
        for sentence in sentences:
            self._sentences.append(PlainLabel(sentence, "muted", wrap=True))
            card.body.addWidget(self._sentences[-1])
        card.body.addStretch(1)
        return card

    def _limit(self) -> None:
        if not self.ctx.actor.may("transfer.export"):
            self.export_button.wait_for(_("None of your roles may export settings."))
        if not self.may_edit:
            self.import_button.wait_for(_("None of your roles may change settings."))

    def _show_state(self) -> None:
        is_open = self.presenter.preview is not None
        self.preview.setVisible(is_open)
        self._rest.setVisible(not is_open)
        for sentence in self._sentences:
            sentence.setVisible(not is_open)  # the preview needs the room
        if is_open:
            self.preview.show_state(self.presenter)
            if self.presenter.plan is not None and self._shown != self.presenter.path:
                self._shown = self.presenter.path
                self.preview.focus_first()
        else:
            self._shown = None
