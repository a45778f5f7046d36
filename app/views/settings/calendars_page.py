"""The calendars: when the clocks of promises run. Several can be changed before Apply saves them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import ConfigId
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.services.base.context import Context
from app.services.calendars.public_holidays import PublicYear, known_countries, public_years
from app.services.calendars.rules import next_opening
from app.services.settings.level_queries import SavedVersion, ServiceLevels, service_levels
from app.views.base.i18n import _, current
from app.views.base.pages import PageEnv, Target
from app.views.base.tasks import Lane
from app.views.base.tokens import Size, Space
from app.views.base.widgets.applybar import Change
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Card
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.settings.calendar_days import DaysCard
from app.views.settings.calendar_hours import HoursCard
from app.views.settings.calendar_words import calendar_changes
from app.views.settings.document_pane import ConflictNotice
from app.views.settings.documents import DocumentEditor, DocumentForm
from app.views.settings.frame import SettingsPane
from app.views.settings.sla_words import calendar_name
from app.views.settings.versions_popup import VersionsPopup

_LIST_WIDTH = 196
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
        self.conflict = ConflictNotice()
        self.versions = Button(_("Versions"), icon="history")
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
        return (self.versions, self.add)

    def refresh(self) -> None:
        run = self.env.tasks.run
        run(partial(service_levels, self.ctx), self._show_levels, self.env.shell.failed, owner=self)
        if not self.days.country.count():
            countries = partial(known_countries, current.code)
            run(countries, self._show_countries, self.env.shell.failed, lane=Lane.FILES, owner=self)

    def apply(self) -> None:
        for editor in self.editors.values():
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

    def _add(self) -> None:
        """Start a new calendar as a copy of the one shown."""
        shown = self.editor
        if shown is None:
            return
        code = next(one for one in (f"calendar_{n}" for n in range(1, 1000)) if one not in self.editors)
        blank = BusinessCalendar(shown.draft.timezone, name=_("New calendar"))
        copied = replace(shown.draft, name=_("New calendar"), name_alt="")
        editor = self._editor_for(code)
        if self._levels is not None:
            editor.show_levels(_with_blank(self._levels, code, blank, self.ctx.clock.now()))
        editor.edit(copied)
        self.show_calendar(code)
        self.hours.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hours.name.selectAll()

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
        side.setFixedWidth(_LIST_WIDTH)
        cards = QVBoxLayout()
        cards.setSpacing(Space.M)
        cards.addWidget(self.conflict)
        cards.addWidget(self.hours)
        cards.addWidget(self.days)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(cards, 1)
        if not self.may_edit:
            self.add.wait_for(_("Your roles may not change settings."))

    def _connect(self) -> None:
        self.list.chosen.connect(self.show_calendar)
        self.hours.edited.connect(self._edit)
        self.days.edited.connect(self._edit)
        self.hours.wrong_changed.connect(self.changed)
        self.days.year_asked.connect(self._read_names)
        self.days.fill_asked.connect(self._fill)
        self.versions.clicked.connect(self._ask_versions)
        self.add.clicked.connect(self._add)
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
        self.editors[code] = editor
        return editor

    def _check(self, calendar: BusinessCalendar) -> None:
        """Refuse a calendar that offers nothing: promises under it would never fall due."""
        next_opening(calendar, self.ctx.clock.now())

    # -- what is shown -------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self._fill_list()
        self._show_draft()
        self.changed.emit()

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
        self.days.show_calendar(editor.draft, may_edit=self.may_edit)
        is_new = editor.saved is not None and editor.saved.number == 0
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

    def _show_countries(self, countries: tuple[tuple[str, str], ...]) -> None:
        country = self._levels.country if self._levels is not None else ""
        self.days.show_countries(countries, country)
        self._read_names(self.days.year.value())

    def _read_names(self, year: int) -> None:
        country = self.days.country.currentData()
        if country:
            job = partial(public_years, country, (year,), current.code)
            show = self._name_days
            self.env.tasks.run(job, show, self.env.shell.failed, lane=Lane.FILES, owner=self)

    def _name_days(self, years: tuple[PublicYear, ...]) -> None:
        self.days.show_names(years[0])

    def _fill(self, country: str, year: int) -> None:
        job = partial(public_years, country, (year,), current.code)
        self.env.tasks.run(
            job, lambda years: self.days.fill_in(years[0]), self.env.shell.failed, lane=Lane.FILES, owner=self
        )


def _with_blank(levels: ServiceLevels, code: str, blank: BusinessCalendar, at: datetime) -> ServiceLevels:
    """Return the documents with a calendar nobody has saved yet: number 0, and closed."""
    version = ConfigVersion(ConfigId(0), ConfigKind.CALENDAR, code, 0, blank.to_dict(), at, None, "")
    return replace(levels, calendars={**levels.calendars, code: version})
