"""The calendars: when the clocks of promises run. Several can be changed before Apply saves them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import ConfigId
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.models.entities.whatif import Proposal
from app.services.base.context import Context
from app.services.calendars.rules import next_opening
from app.services.settings.level_queries import SavedVersion, ServiceLevels, service_levels
from app.views.base.i18n import _
from app.views.base.pages import PageEnv, Target
from app.views.base.tokens import Size, Space
from app.views.base.widgets.applybar import Change
from app.views.base.widgets.buttons import Button, IconButton
from app.views.base.widgets.cards import Card
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.settings.calendar_days import DaysCard
from app.views.settings.calendar_hours import HoursCard
from app.views.settings.calendar_new import NewCalendar, NewCalendarPopup
from app.views.settings.calendar_sources import DaySources
from app.views.settings.calendar_words import calendar_changes
from app.views.settings.document_pane import ConflictNotice, paper_button
from app.views.settings.documents import DocumentEditor, DocumentForm
from app.views.settings.frame import SettingsPane
from app.views.settings.sla_words import calendar_name
from app.views.settings.versions_popup import VersionsPopup
from app.views.settings.whatif_beside import at_top, scrolling
from app.views.settings.whatif_link import Consequences, levels_mark
from app.views.settings.whatif_words import WhatIfKind

_SIDE_WIDTH = 296
# The window's key; what a system calls redo may be another one.
_REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
Editor = DocumentEditor[BusinessCalendar]


class CalendarsPane(SettingsPane):
    """Target: `{"calendar": code}`. One document per calendar; each keeps its own unsaved changes."""

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        super().__init__(ctx, env)
        self.editors: dict[str, Editor] = {}
        self.code = ""
        self._shown = ""
        self._levels: ServiceLevels | None = None
        self._kept: dict[str, Any] = {}
        now = env.format.local(ctx.clock.now())
        self.list = SideList(_("Calendars"))
        self.hours = HoursCard(sorted(available_timezones()), env.format)
        self.days = DaysCard(env.format, now.year, now.date())
        self._sources = DaySources(ctx, env, self.days, self._shown_draft, self)
        self.conflict = ConflictNotice()
        self.what_if = Consequences(self, WhatIfKind.CALENDARS)
        self.versions = Button(_("Versions"), icon="history")
        self.undo = IconButton("undo-2", _("Undo"), key="Ctrl+Z")
        self.redo = IconButton("redo-2", _("Redo"), key="Ctrl+Y")
        self.paper = paper_button(ctx, env, "calendar")
        self.add = Button(_("New calendar"), icon="plus")
        self._build()
        self._connect()

    # -- for the frame -------------------------------------------------------------------------------

    @property
    def editor(self) -> Editor | None:
        """The editor of the calendar shown."""
        return self.editors.get(self.code)

    @property
    def is_ready(self) -> bool:
        return self._levels is not None

    @property
    def changes(self) -> Sequence[Change]:
        return [
            replace(change, label=f"{calendar_name(editor.draft, code)} · {change.label}")
            for code, editor in self.editors.items()
            for change in editor.changes
        ]

    @property
    def blocked(self) -> str:
        if self.hours.wrong:
            return _("Mend first what is marked red.")
        changed = [editor for editor in self.editors.values() if editor.is_changed]
        if any(editor.newer is not None for editor in changed):
            return _("Decide first what to do with the other version.")
        return next((editor.blocked for editor in changed if editor.blocked), "")

    @property
    def header_buttons(self) -> tuple[QWidget, ...]:
        return (self.undo, self.redo, *self.paper, self.versions, self.add)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Z and Ctrl+Y from the window while this draft has an edit they are about."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._step_of(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._step_of(event)
        if step is None:
            super().keyPressEvent(event)
        else:
            step()

    def refresh(self) -> None:
        run = self.env.tasks.run
        run(partial(service_levels, self.ctx), self._show_levels, self.env.shell.failed, owner=self)
        if not self.days.country.count():
            self._sources.read_countries(lambda: self._levels.country if self._levels is not None else "")

    @property
    def apply_note(self) -> str:
        return self.what_if.note

    def apply(self) -> None:
        changed = [editor for editor in self.editors.values() if editor.is_changed]
        self.what_if.begin_apply(len(changed))
        for editor in changed:
            editor.apply()

    def discard(self) -> None:
        self.hours.wrong = {}
        self._shown = ""
        for code, editor in list(self.editors.items()):
            if editor.saved is not None and editor.saved.number == 0:
                del self.editors[code]
            else:
                editor.discard()
        self.show_calendar(self.code if self.code in self.editors else next(iter(self.editors), ""))

    def show_target(self, target: Target) -> None:
        code = str(target.get("calendar", ""))
        if code in self.editors:
            self.show_calendar(code)
        elif code and self._levels is None:
            self.code = code

    def save_state(self) -> dict[str, Any]:
        drafts = {code: editor.save_state() for code, editor in self.editors.items() if editor.is_changed}
        return {"draft": drafts, "calendar": self.code, "wrong": dict(self.hours.wrong)}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        drafts = state.get("draft")
        self._kept = {"draft": drafts if isinstance(drafts, dict) else {}, "wrong": state.get("wrong")}
        self.code = str(state.get("calendar", ""))
        if self._kept["draft"]:
            self.refresh()

    # -- what a person does --------------------------------------------------------------------------

    def show_calendar(self, code: str) -> None:
        """Show one calendar by its code."""
        if self.hours.wrong and code != self._shown and self._shown:
            self.list.choose(self._shown)  # what cannot be read yet would be lost
            self.env.shell.say(_("Mend first what is marked red."), tone="warn")
            return
        self.code = code
        self.list.choose(code)
        self._show_draft()

    def _edit(self, calendar: BusinessCalendar) -> None:
        if self.editor is not None and self.may_edit:
            self.editor.edit(calendar)

    def _undo(self) -> None:
        if self.editor is not None and self.may_edit:
            self.editor.undo()

    def _redo(self) -> None:
        if self.editor is not None and self.may_edit:
            self.editor.redo()

    def _step_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        if self.editor is None or not self.may_edit:
            return None
        if self.editor.can_undo and event.matches(QKeySequence.StandardKey.Undo):
            return self._undo
        is_redo = event.matches(QKeySequence.StandardKey.Redo) or event.keyCombination() == _REDO
        return self._redo if self.editor.can_redo and is_redo else None

    def _ask_new(self) -> None:
        if self.editor is None or not self.editor.is_ready:
            return
        calendars = {code: editor.draft for code, editor in self.editors.items() if editor.is_ready}
        popup = NewCalendarPopup(self.window(), calendars, self.code)
        popup.made.connect(self._add)
        popup.open_centred()

    def _add(self, new: NewCalendar) -> None:
        if self._levels is None or new.code in self.editors:
            return
        blank = BusinessCalendar(new.calendar.timezone)
        editor = self._editor_for(new.code)
        editor.show_levels(_with_blank(self._levels, new.code, blank, self.ctx.clock.now()))
        editor.edit(new.calendar)
        self.show_calendar(new.code)
        self.hours.days[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_theirs(self) -> None:
        if self.editor is not None:
            self._shown = ""
            self.editor.take_theirs()

    def _keep_mine(self) -> None:
        if self.editor is not None:
            self.editor.keep_mine()

    def _ask_versions(self) -> None:
        if self.editor is not None:
            self.editor.read_versions(self._show_versions)

    def _show_versions(self, versions: list[SavedVersion]) -> None:
        editor = self.editor
        if editor is None:
            return
        popup = VersionsPopup(
            self.window(), versions, editor.changes_to, self.env.format, may_edit=self.may_edit
        )
        popup.restored.connect(editor.restore)
        popup.open_centred()

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        side = Card(flush=True)
        side.body.setContentsMargins(Space.S, 0, Space.S, 0)
        side.body.addWidget(self.list)
        left = QWidget()
        left.setFixedWidth(_SIDE_WIDTH)
        stacked = QVBoxLayout(left)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(Space.M)
        stacked.addWidget(side)
        card = self.what_if.card
        stacked.addWidget(card, 1)
        stacked.setAlignment(card, at_top(card))
        card.became_low.connect(lambda: stacked.setAlignment(card, at_top(card)))
        room = QWidget()
        cards = QVBoxLayout(room)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(Space.M)
        cards.addWidget(self.conflict)
        cards.addWidget(self.hours)
        cards.addWidget(self.days)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(left)
        row.addWidget(scrolling(room), 1)
        if not self.may_edit:
            self.add.wait_for(_("Your roles may not change settings."))

    def _connect(self) -> None:
        self.list.chosen.connect(self.show_calendar)
        self.hours.edited.connect(self._edit)
        self.days.edited.connect(self._edit)
        self.hours.wrong_changed.connect(self.changed)
        self.hours.wrong_changed.connect(self._show_consequences)
        self.days.undo_asked.connect(self._undo)
        self.days.redo_asked.connect(self._redo)
        self.undo.clicked.connect(self._undo)
        self.redo.clicked.connect(self._redo)
        self.versions.clicked.connect(self._ask_versions)
        self.add.clicked.connect(self._ask_new)
        self.conflict.theirs.clicked.connect(self._take_theirs)
        self.conflict.mine.clicked.connect(self._keep_mine)

    def _editor_for(self, code: str) -> Editor:
        form = DocumentForm(
            kind=ConfigKind.CALENDAR,
            newest=lambda levels: levels.calendars[code],
            read=BusinessCalendar.from_dict,
            write=BusinessCalendar.to_dict,
            check=self._check,
            changes=lambda before, after: calendar_changes(before, after, self.env.format),
            called=lambda calendar: calendar_name(calendar, code),
        )
        editor = DocumentEditor(self.ctx, self.env, form, self)
        editor.changed.connect(self._on_changed)
        self.what_if.follow(editor)
        self.editors[code] = editor
        return editor

    def _check(self, calendar: BusinessCalendar) -> None:
        """Refuse a calendar that offers nothing: promises under it would never fall due."""
        next_opening(calendar, self.ctx.clock.now())

    # -- what is shown -------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self._fill_list()
        self._show_draft()
        self._show_consequences()
        self.changed.emit()

    def _show_consequences(self) -> None:
        if self._levels is None:
            return
        changed = {
            code: editor for code, editor in self.editors.items() if editor.is_ready and editor.is_changed
        }
        wrong = next((editor.wrong for editor in changed.values() if editor.wrong is not None), None)
        self.what_if.show(
            lambda: Proposal(calendars={code: editor.draft for code, editor in changed.items()}),
            is_changed=bool(changed or self.hours.wrong),
            basis=levels_mark(self._levels),
            wrong=_("Mend first what is marked red.") if self.hours.wrong else wrong,
        )

    def _fill_list(self) -> None:
        items = [
            SideItem(code, calendar_name(editor.draft, code), "calendar-clock", len(editor.changes) or None)
            for code, editor in self.editors.items()
            if editor.is_ready
        ]
        self.list.set_sections([SideSection("", items)])
        self.list.choose(self.code)
        self.list.setFixedHeight((Size.ROW_SIDE + 1) * max(1, len(items)) + Space.S)

    def _show_draft(self) -> None:
        editor = self.editor
        if editor is None or not editor.is_ready:
            return
        is_other = self._shown != self.code
        self._shown = self.code
        self.conflict.show_conflict(editor)
        self.hours.show_calendar(editor.draft, is_other=is_other, may_edit=self.may_edit)
        is_new = editor.saved is not None and editor.saved.number == 0
        saved = editor.draft if is_new else editor.base
        self.days.show_calendar(editor.draft, may_edit=self.may_edit, saved=saved)
        can = self.may_edit
        self.undo.wait_for("" if can and editor.can_undo else _("There is nothing to take back."))
        self.redo.wait_for("" if can and editor.can_redo else _("There is nothing to do again."))
        self.versions.wait_for(_("This calendar has not been saved yet.") if is_new else "")

    # -- answers -------------------------------------------------------------------------------------

    def _show_levels(self, levels: ServiceLevels) -> None:
        self._levels = levels
        for code in levels.calendars:
            editor = self.editors.get(code) or self._editor_for(code)
            self._give_back(code, editor)
            editor.show_levels(levels)
        if self.code not in self.editors:
            self.code = (
                levels.site_calendar if levels.site_calendar in self.editors else next(iter(self.editors))
            )
        self._on_changed()
        wrong = self._kept.pop("wrong", None)
        if isinstance(wrong, dict):
            self.hours.restore_wrong(wrong)

    def _give_back(self, code: str, editor: Editor) -> None:
        kept = self._kept.get("draft", {}).pop(code, None)
        if isinstance(kept, dict):
            editor.restore_state(kept)

    def _shown_draft(self) -> tuple[str, BusinessCalendar] | None:
        editor = self.editor
        return (self.code, editor.draft) if editor is not None and editor.is_ready else None


def _with_blank(levels: ServiceLevels, code: str, blank: BusinessCalendar, at: datetime) -> ServiceLevels:
    """Return the documents with a calendar nobody has saved yet: number 0, and closed."""
    version = ConfigVersion(ConfigId(0), ConfigKind.CALENDAR, code, 0, blank.to_dict(), at, None, "")
    return replace(levels, calendars={**levels.calendars, code: version})
