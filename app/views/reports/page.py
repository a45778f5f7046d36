"""The Reports page: the catalogue, what is asked for, the paper, Save and Print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.events import (
    HandoverChanged,
    RosterChanged,
    SettingsChanged,
    ShiftNotesChanged,
    TicketsChanged,
)
from app.models.entities.reports import ReportGroup, ReportId, ReportParameter
from app.services.base.context import Context
from app.services.base.names import named
from app.services.reports.building import BuiltReport
from app.services.reports.catalog import GROUP_TITLES, Report
from app.views.base.actions import Action, ActionSet
from app.views.base.dialogs import FileKind
from app.views.base.i18n import N_, _, current, pgettext
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Card, PageHeader
from app.views.base.widgets.days import DayEdit
from app.views.base.widgets.fields import Choose, Field, SearchField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.base.widgets.states import EmptyState
from app.views.reports.period import PeriodFields
from app.views.reports.presenter import ReportsPresenter
from app.views.reports.preview import PaperPreview

_SIDE_WIDTH = 208
_SHIFT_WIDTH = 140
_ICONS = {
    ReportId.SHIFT: "clipboard-list",
    ReportId.HANDOVER: "clipboard-check",
    ReportId.ROSTER: "calendar-days",
    ReportId.FAIRNESS: "chart-column",
    ReportId.EMERGENCY: "siren",
    ReportId.COMPLIANCE: "gauge",
    ReportId.MATRIX: "grid-3x3",
    ReportId.SLA: "timer",
    ReportId.CALENDAR: "calendar-clock",
    ReportId.PEOPLE: "users",
    ReportId.CALLS: "phone",
}
_DATES = (ReportParameter.DATE, ReportParameter.MONTH, ReportParameter.YEAR)
_LANGUAGES = (("en", "English"), ("zh_CN", "简体中文"))


class ReportsPage(Page):
    """Target: `{"report": code, "day": ISO date, "shift": code, "calendar": code}`.

    What is missing stays as it is.
    """

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.presenter = ReportsPresenter(ctx, env, current.code, self)
        self.search = SearchField(_("Find a report"))
        self.list = SideList(_("Reports"))
        self.header = PageHeader("")
        self.day = DayEdit()
        self.shift = Choose()
        self.calendar = Choose()
        self.language = Choose()
        self.preview = PaperPreview()
        self.no_shifts = self._without_shifts()
        self.busy = PlainLabel(_("Building the report…"), "muted")
        self._shift_field = Field(_("Shift"), self.shift)
        self._calendar_field = Field(_("Calendar"), self.calendar)
        self._steps: tuple[IconButton, ...] = ()
        self.day_field = Field(_("Date"), self.day)
        self.period = PeriodFields(self)
        self._build()
        self._connect()
        self.action_set = ActionSet(self, self._actions(), ctx.actor.may)
        self.setFocusProxy(self.search)
        for event in (TicketsChanged, RosterChanged, HandoverChanged, ShiftNotesChanged, SettingsChanged):
            self.refresh_on(event)

    # -- the Page the window knows -----------------------------------------------------------------

    def refresh(self) -> None:
        """Build the shown report again from what the database says now."""
        self.presenter.begin()

    def show_target(self, target: Target) -> None:
        """See the class."""
        changes: dict[str, object] = {}
        if target.get("report") in set(ReportId):
            changes["report"] = ReportId(target["report"])
        if target.get("day"):
            changes["on"] = date.fromisoformat(str(target["day"]))
        for name in ("shift", "calendar"):
            if target.get(name):
                changes[name] = str(target[name])
        if changes:
            self.presenter.ask(**changes)
            self._show_asked()

    def save_state(self) -> dict[str, Any]:
        """Keep the chosen report and the language of the paper; the day is always the present one."""
        return {"report": self.presenter.asked.report.value, "language": self.presenter.asked.language}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Take back the chosen report; the paper follows the window's language when that was switched."""
        if state.get("report") in set(ReportId):
            self.presenter.ask(report=ReportId(state["report"]))
            self._show_asked()

    def cycle_panes(self) -> None:
        """Go from the catalogue to the parameters, the small pages and the paper, and round again."""
        panes: list[QWidget] = [self.list, self.day, self.preview.pages, self.preview.view]
        focused = self.window().focusWidget()
        at = next((n for n, pane in enumerate(panes) if focused in (pane, pane.focusProxy())), -1)
        panes[(at + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_search(self) -> None:
        """Put the cursor into the search field over the catalogue."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- building ----------------------------------------------------------------------------------

    def _build(self) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(Space.L, Space.L, Space.S, Space.S)
        side.setSpacing(Space.S)
        side.addWidget(PlainLabel(_("Reports"), "section"))
        side.addWidget(self.search)
        side.addWidget(self.list, 1)
        left = QWidget()
        left.setLayout(side)
        left.setFixedWidth(_SIDE_WIDTH + Space.L)
        right = QVBoxLayout()
        right.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        right.setSpacing(Space.M)
        right.addWidget(self.header)
        right.addWidget(self._parameters())
        right.addWidget(self.preview, 1)
        right.addWidget(self.no_shifts, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if self.presenter.reports:
            outer.addWidget(left)
            outer.addLayout(right, 1)
        else:
            outer.addWidget(
                EmptyState("lock", _("No reports for you"), _("None of your roles may read reports."))
            )
        self._fill_list("")
        self._add_buttons()

    def _without_shifts(self) -> EmptyState:
        go = Button(_("Open settings"), icon="settings")
        go.clicked.connect(lambda: self.env.shell.open("settings", {}))
        may = self.ctx.actor.may("settings.read")
        state = EmptyState(
            "calendar-plus",
            _("No shifts yet"),
            _("A shift report tells what happened in one shift. Set up shifts such as day and night first."),
            *((go,) if may else ()),
            tone="accent",
        )
        state.hide()
        return state

    def _show_missing(self, is_missing: bool) -> None:
        self.no_shifts.setVisible(is_missing)
        self.preview.setHidden(is_missing)

    def _parameters(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        earlier = IconButton("chevron-left", _("The one before"), ButtonKind.DEFAULT, key="Alt+Left")
        later = IconButton("chevron-right", _("The one after"), ButtonKind.DEFAULT, key="Alt+Right")
        earlier.clicked.connect(lambda: self._step(-1))
        later.clicked.connect(lambda: self._step(1))
        again = IconButton("refresh-cw", _("Build again"), ButtonKind.DEFAULT, key="F5")
        again.clicked.connect(self.presenter.build)
        for code, text in _LANGUAGES:
            self.language.addItem(text, code)
        self.language.setCurrentIndex(max(self.language.findData(current.code), 0))
        self.shift.setMinimumWidth(_SHIFT_WIDTH)
        self.calendar.setMinimumWidth(_SHIFT_WIDTH)
        self._steps = (earlier, later)
        foot = Qt.AlignmentFlag.AlignBottom
        row.addWidget(earlier, 0, foot)
        row.addWidget(self.period.kind_field)
        row.addWidget(self.day_field)
        row.addWidget(self.period.last_field)
        row.addWidget(self._shift_field)
        row.addWidget(self._calendar_field)
        row.addWidget(later, 0, foot)
        row.addSpacing(Space.M)
        row.addWidget(Field(_("Language of the paper"), self.language))
        row.addStretch(1)
        row.addWidget(self.busy, 0, foot)
        row.addWidget(again, 0, foot)
        self.busy.hide()
        card.body.addLayout(row)
        return card

    def _add_buttons(self) -> None:
        self.print_button = Button(_("Print"), icon="printer", key="Ctrl+P")
        self.save_button = Button(_("Save PDF"), ButtonKind.PRIMARY, icon="download", key="Ctrl+S")
        for button in (self.print_button, self.save_button):
            button.wait_for(_("The report is not built yet."))
            self.header.buttons.addWidget(button)
        self.print_button.clicked.connect(self.print_paper)
        self.save_button.clicked.connect(self.save_paper)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._fill_list)
        self.list.chosen.connect(self._choose_report)
        self.day.dateChanged.connect(self._choose_day)
        self.period.chosen.connect(self._choose_period)
        self.period.last_changed.connect(lambda last: self.presenter.ask(last=last))
        self.shift.activated.connect(self._choose_shift)
        self.calendar.activated.connect(self._choose_calendar)
        self.language.activated.connect(self._choose_language)
        self.presenter.ready_to_ask.connect(self._show_asked)
        self.presenter.shifts_missing.connect(self._show_missing)
        self.presenter.busy_changed.connect(self.busy.setVisible)
        self.presenter.paper_ready.connect(self._show_paper)
        self.presenter.thumbnails_ready.connect(self.preview.show_thumbnails)
        self.presenter.failed.connect(self.env.shell.failed)

    def _actions(self) -> tuple[Action, ...]:
        def waits() -> str:
            return "" if self.presenter.paper is not None else _("The report is not built yet.")

        return (
            Action("reports.save", N_("Save PDF"), self.save_paper, "download", "Ctrl+S", blocked=waits),
            Action("reports.print", N_("Print"), self.print_paper, "printer", "Ctrl+P", blocked=waits),
            Action("reports.earlier", N_("The one before"), lambda: self._step(-1), shortcut="Alt+Left"),
            Action("reports.later", N_("The one after"), lambda: self._step(1), shortcut="Alt+Right"),
            Action("reports.build", N_("Build again"), self.presenter.build, "refresh-cw", "F5"),
            Action("reports.larger", N_("Larger"), self.preview.larger, "plus", "Ctrl++"),
            Action("reports.smaller", N_("Smaller"), self.preview.smaller, "minus", "Ctrl+-"),
            Action("reports.fit", N_("Fit width"), self.preview.fit_width, "maximize-2", "Ctrl+0"),
        )

    # -- what a person does ------------------------------------------------------------------------

    def save_paper(self) -> None:
        """Ask where, and write the very bytes that are shown."""
        paper = self.presenter.paper
        if paper is None:
            return
        path = self.env.dialogs.save_file(
            _("Save PDF"), paper.file_name, [FileKind(_("PDF document"), "*.pdf")]
        )
        if path is not None:
            self.presenter.save(path, self._saved)

    def print_paper(self) -> None:
        """Ask for a printer and print what is shown."""
        from app.views.base.printing import PrintJob, ask_and_print  # noqa: PLC0415 - printers load slowly

        paper = self.presenter.paper
        if paper is not None:
            sent = partial(self.env.shell.say, _("The report was sent to the printer."))
            job = PrintJob(paper.content, paper.file_name, self.presenter.printing(paper))
            ask_and_print(self.ctx, self.env, job, self, sent)

    def _saved(self, path: Path) -> None:
        self.env.shell.say(_("Saved as {name}.").format(name=path.name))

    def _choose_report(self, key: str) -> None:
        self.presenter.ask(report=ReportId(key))
        self._show_asked()

    def _choose_day(self, day: QDate) -> None:
        on, last = date(day.year(), day.month(), day.day()), self.presenter.asked.last
        self.presenter.ask(on=on, last=None if last is None else max(on, last))
        if last is not None:
            self._show_asked()

    def _choose_period(self, is_stretch: bool) -> None:
        self.presenter.ask_stretch(is_stretch)
        self._show_asked()

    def _choose_shift(self, _index: int) -> None:
        self.presenter.ask(shift=str(self.shift.currentData()))

    def _choose_calendar(self, _index: int) -> None:
        self.presenter.ask(calendar=str(self.calendar.currentData()))

    def _choose_language(self, _index: int) -> None:
        self.presenter.ask(language=str(self.language.currentData()))

    def _step(self, by: int) -> None:
        self.presenter.step(by)
        self._show_asked()

    # -- showing -----------------------------------------------------------------------------------

    def _fill_list(self, text: str) -> None:
        wanted = text.strip().casefold()
        sections = []
        for group in ReportGroup:
            items = [
                SideItem(report.id.value, _(report.title), _ICONS[report.id])
                for report in self.presenter.reports
                if report.group is group and wanted in _(report.title).casefold()
            ]
            if items:
                sections.append(SideSection(_(GROUP_TITLES[group]), items))
        self.list.set_sections(sections)
        self.list.choose(self.presenter.asked.report.value)

    def _show_asked(self) -> None:
        asked = self.presenter.asked
        report: Report[Any] | None = next(
            (one for one in self.presenter.reports if one.id is asked.report), None
        )
        if report is None:
            return
        self.header.say(_(report.title), _(report.about))
        self.list.choose(asked.report.value)
        dated = next((each for each in report.parameters if each in _DATES), None)
        self._shift_field.setVisible(ReportParameter.SHIFT in report.parameters)
        self._calendar_field.setVisible(ReportParameter.CALENDAR in report.parameters)
        self.day_field.setVisible(dated is not None)
        for step in self._steps:
            step.setVisible(dated is not None)
        if ReportParameter.DATES in report.parameters:
            self.period.kind_field.show()
            self.period.show_period(asked.on, asked.last, _day_pattern(current.code, ReportParameter.DATE))
        else:
            self.period.hide()
        if asked.is_stretch:
            dated = ReportParameter.DATES
        self.day_field.label.setText(_day_label(dated))
        self.day.setAccessibleName(self.day_field.label.text())
        self.day.setDisplayFormat(_day_pattern(current.code, dated))
        self.day.blockSignals(True)
        self.day.setDate(QDate(asked.on.year, asked.on.month, asked.on.day))
        self.day.blockSignals(False)
        self.shift.clear()
        for template in self.presenter.shifts:
            self.shift.addItem(f"{template.code} · {named(template, current.code)}", template.code)
        self.shift.setCurrentIndex(max(self.shift.findData(asked.shift), 0))
        self.calendar.clear()
        for code, name in self.presenter.calendars:
            self.calendar.addItem(name, code)
        self.calendar.setCurrentIndex(max(self.calendar.findData(asked.calendar), 0))

    def _show_paper(self, paper: BuiltReport) -> None:
        self.preview.show_paper(paper.content)
        for button in (self.print_button, self.save_button):
            button.wait_for("")
        if self.action_set is not None:
            self.action_set.refresh()


def _day_label(dated: ReportParameter | None) -> str:
    if dated is ReportParameter.YEAR:
        return pgettext("reports", "Year")
    if dated is ReportParameter.DATES:
        return pgettext("reports", "First day")
    return pgettext("reports", "Month") if dated is ReportParameter.MONTH else _("Date")


def _day_pattern(language: str, dated: ReportParameter | None) -> str:
    """Return how the date field writes a day, a month or a year, as the rest of the window does."""
    is_chinese = language.startswith("zh")
    if dated is ReportParameter.YEAR:
        return "yyyy年" if is_chinese else "yyyy"
    if dated is ReportParameter.MONTH:
        return "yyyy年M月" if is_chinese else "MMMM yyyy"
    return "yyyy年M月d日" if is_chinese else "d MMM yyyy"
