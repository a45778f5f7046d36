"""The base of pages that edit one versioned document: versions, somebody else's save, drafts, the bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.services.base.context import Context
from app.services.settings.level_queries import SavedVersion
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.widgets.applybar import Change
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Notice
from app.views.settings.documents import DocumentEditor, DocumentForm
from app.views.settings.frame import SettingsPane
from app.views.settings.versions_popup import VersionsPopup

D = TypeVar("D")

# The window's key; what a system calls redo may be another one.
_REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)


def paper_button(ctx: Context, env: PageEnv, report: str) -> tuple[QWidget, ...]:
    """Return the button that shows what is in force on paper; none for whoever may read no reports."""
    if not ctx.actor.may("reports.read"):
        return ()
    button = IconButton("printer", _("Print what is in force"))
    button.clicked.connect(lambda: env.shell.open("reports", {"report": report}))
    return (button,)


class DocumentPane(SettingsPane, Generic[D]):
    """A page over one `DocumentEditor`: it shows the draft in `show_draft` and changes it with `edit`.

    Every edit of the draft can be taken back and made again: by Ctrl+Z and Ctrl+Y anywhere on the page, and
    by the buttons `undo` and `redo`, which a page shows in its header.
    """

    def __init__(self, ctx: Context, env: PageEnv, form: DocumentForm[D]) -> None:
        super().__init__(ctx, env)
        self.editor = DocumentEditor(ctx, env, form, self)
        self.versions = Button(_("Versions"), icon="history")
        self.versions.clicked.connect(self._ask_versions)
        self.undo = IconButton("undo-2", _("Undo"), key="Ctrl+Z")
        self.redo = IconButton("redo-2", _("Redo"), key="Ctrl+Y")
        self.undo.clicked.connect(self.editor.undo)
        self.redo.clicked.connect(self.editor.redo)
        self.conflict = ConflictNotice()
        self.conflict.theirs.clicked.connect(self.editor.take_theirs)
        self.conflict.mine.clicked.connect(self.editor.keep_mine)
        self.editor.changed.connect(self._on_changed)
        self._limit_steps()

    # -- for the page --------------------------------------------------------------------------------

    def show_draft(self) -> None:
        """Show `self.editor.draft`; only called once it is there."""
        raise NotImplementedError

    def edit(self, draft: D) -> None:
        """Take over a changed draft, unless this person may only read."""
        if self.may_edit:
            self.editor.edit(draft)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Z and Ctrl+Y from the window while this draft has an edit they are about."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and self._step_of(event) is not None:  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._step_of(event)
        if step is None:
            super().keyPressEvent(event)
        else:
            step()

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

    def _limit_steps(self) -> None:
        can = self.may_edit
        self.undo.wait_for("" if can and self.editor.can_undo else _("There is nothing to take back."))
        self.redo.wait_for("" if can and self.editor.can_redo else _("There is nothing to do again."))

    def _step_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        if not self.may_edit:
            return None
        if self.editor.can_undo and event.matches(QKeySequence.StandardKey.Undo):
            return self.editor.undo
        is_redo = event.matches(QKeySequence.StandardKey.Redo) or event.keyCombination() == _REDO
        return self.editor.redo if self.editor.can_redo and is_redo else None

    def _on_changed(self) -> None:
        if self.editor.is_ready:
            self._limit_steps()
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
