"""The base of pages that edit one versioned document: versions, somebody else's save, drafts, the bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from app.services.base.context import Context
from app.services.settings.level_queries import SavedVersion
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.widgets.applybar import Change
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Notice
from app.views.settings.documents import DocumentEditor, DocumentForm
from app.views.settings.frame import SettingsPane
from app.views.settings.versions_popup import VersionsPopup

D = TypeVar("D")


class DocumentPane(SettingsPane, Generic[D]):
    """A page over one `DocumentEditor`: it shows the draft in `show_draft` and changes it with `edit`."""

    def __init__(self, ctx: Context, env: PageEnv, form: DocumentForm[D]) -> None:
        super().__init__(ctx, env)
        self.editor = DocumentEditor(ctx, env, form, self)
        self.versions = Button(_("Versions"), icon="history")
        self.versions.clicked.connect(self._ask_versions)
        self.conflict = ConflictNotice()
        self.conflict.theirs.clicked.connect(self.editor.take_theirs)
        self.conflict.mine.clicked.connect(self.editor.keep_mine)
        self.editor.changed.connect(self._on_changed)

    # -- for the page --------------------------------------------------------------------------------

    def show_draft(self) -> None:
        """Show `self.editor.draft`; only called once it is there."""
        raise NotImplementedError

    def edit(self, draft: D) -> None:
        """Take over a changed draft, unless this person may only read."""
        if self.may_edit:
            self.editor.edit(draft)

    # -- for the frame -------------------------------------------------------------------------------

    @property
    def is_ready(self) -> bool:
        return self.editor.is_ready

    @property
    def changes(self) -> Sequence[Change]:
        return self.editor.changes if self.editor.is_ready else ()

    @property
    def blocked(self) -> str:
        if self.editor.newer is not None:
            return _("Decide first what to do with the other version.")
        return self.editor.blocked if self.editor.is_ready else ""

    @property
    def header_buttons(self) -> Sequence[QWidget]:
        return (self.versions,)

    def refresh(self) -> None:
        self.editor.refresh()

    def apply(self) -> None:
        self.editor.apply()

    def discard(self) -> None:
        self.editor.discard()

    def save_state(self) -> dict[str, Any]:
        return self.editor.save_state()

    def restore_state(self, state: Mapping[str, Any]) -> None:
        self.editor.restore_state(state)
        if state.get("draft"):
            self.editor.refresh()

    # -- inside --------------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        if self.editor.is_ready:
            self.conflict.show_conflict(self.editor)
            self.show_draft()
            self.changed.emit()

    def _ask_versions(self) -> None:
        self.editor.read_versions(self._show_versions)

    def _show_versions(self, versions: list[SavedVersion]) -> None:
        popup = VersionsPopup(
            self.window(), versions, self.editor.changes_to, self.env.format, may_edit=self.may_edit
        )
        popup.restored.connect(self.editor.restore)
        popup.open_centred()


class ConflictNotice(Notice):
    """Somebody saved a version while this one was being edited: nothing is lost, one of the two ways out."""

    def __init__(self) -> None:
        super().__init__("", tone="warn")
        self.theirs = Button(_("Take theirs"), small=True)
        self.mine = Button(_("Keep mine"), ButtonKind.DEFAULT, small=True)
        self.buttons.addWidget(self.theirs)
        self.buttons.addWidget(self.mine)
        self.hide()

    def show_conflict(self, editor: DocumentEditor[D]) -> None:
        """Say who saved what, or hide where nobody did."""
        newer = editor.newer
        self.setVisible(newer is not None)
        if newer is None:
            return
        title = _("{who} saved version {number} meanwhile").format(
            who=editor.who_saved(newer) or _("Somebody"), number=newer.number
        )
        text = _("Your changes are kept. With “Keep mine” the list below compares them with theirs.")
        self.say(text, title=title, tone="warn")
