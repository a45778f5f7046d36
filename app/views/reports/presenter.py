"""What the Reports page decides: which report, about what, in which language, and the finished paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.models.entities.audit import Access
from app.models.entities.reports import ReportId
from app.models.entities.roster import ShiftAt, ShiftKind, ShiftTemplate
from app.services.audit.handing_out import exported, hand_out_file, printed
from app.services.base.context import Context
from app.services.reports.building import (
    BuiltReport,
    calendar_copy,
    compliance_paper,
    emergency_paper,
    matrix_copy,
    roster_paper,
    shift_paper,
    sla_copy,
    subject_of,
)
from app.services.reports.catalog import REPORTS
from app.services.reports.fairness_building import fairness_month
from app.services.reports.handover_closing import handover_paper
from app.services.reports.people_building import calls_month, calls_paper, people_month, people_paper
from app.services.reports.people_period import month_of
from app.services.reports.settings_queries import printed_calendars
from app.services.roster.queries import shift_at, shift_templates
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane
from app.views.reports.thumbnails import draw_thumbnails

_OF_SHIFTS = frozenset({ReportId.SHIFT, ReportId.HANDOVER})
_COPIES: Mapping[ReportId, Callable[[Context, str], BuiltReport]] = {
    ReportId.EMERGENCY: emergency_paper,
    ReportId.MATRIX: matrix_copy,
    ReportId.SLA: sla_copy,
}
"""Papers that need to be told nothing."""
_MONTHS: Mapping[ReportId, Callable[[Context, int, int, str], BuiltReport]] = {
    ReportId.ROSTER: roster_paper,
    ReportId.FAIRNESS: fairness_month,
    ReportId.COMPLIANCE: compliance_paper,
    ReportId.PEOPLE: people_month,
    ReportId.CALLS: calls_month,
}
"""Papers of a month."""
_STRETCHES: Mapping[ReportId, Callable[[Context, date, date, str], BuiltReport]] = {
    ReportId.PEOPLE: people_paper,
    ReportId.CALLS: calls_paper,
}
"""Papers that can be about the days from one date to another, too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asks for. `shift` is a template's code; the roster takes the month of `on`.

    A calendar's year takes the year of `on` and the calendar's code. `last` None: a month, no
    stretch of days.
    """

    report: ReportId
    on: date
    shift: str
    language: str
    calendar: str = ""
    last: date | None = None

    @property
    def is_stretch(self) -> bool:
        """Whether the paper is about the days from `on` to `last`."""
        return self.last is not None and self.report in _STRETCHES


class ReportsPresenter(QObject):
    """State and work of the page; owns no widgets."""

    ready_to_ask = Signal()  # shifts are known
    busy_changed = Signal(bool)
    paper_ready = Signal(object)  # BuiltReport
    thumbnails_ready = Signal(list)  # list[QImage]
    failed = Signal(object)
    shifts_missing = Signal(bool)  # True: a shift report is asked for and no shift is set up

    def __init__(self, ctx: Context, env: PageEnv, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.shifts: tuple[ShiftTemplate, ...] = ()
        self.calendars: tuple[tuple[str, str], ...] = ()
        self.paper: BuiltReport | None = None
        self._shown = ReportId.SHIFT  # which report `paper` is: another may be asked for already
        today = env.format.local(ctx.clock.now()).date()
        self.reports = tuple(report for report in REPORTS if ctx.actor.may(report.permission))
        first = self.reports[0].id if self.reports else ReportId.SHIFT
        self.asked = Asked(first, today, "", language)
        self._turn = 0

    def begin(self) -> None:
        """Read the shifts and calendars there are, then build the report of the present shift."""
        if self._ctx.actor.may("reports.read"):
            listed = partial(printed_calendars, self._ctx, self.asked.language)
            self._env.tasks.run(listed, self._know_calendars, self._tell, owner=self)
        if self.shifts:
            self.build()
            return
        job = partial(shift_templates, self._ctx)
        self._env.tasks.run(job, self._know_shifts, self._tell, owner=self)

    def ask(self, **changes: object) -> None:
        """Change what is asked for and build it anew."""
        asked = replace(self.asked, **changes)  # type: ignore[arg-type]
        if asked != self.asked or self.paper is None:
            self.asked = asked
            self.build()

    def ask_stretch(self, is_stretch: bool) -> None:
        """Ask for the days of the month that is shown, to choose others; or for its whole month again."""
        first, last = month_of(self.asked.on.year, self.asked.on.month)
        self.ask(on=first, last=last if is_stretch else None)

    def step(self, by: int) -> None:
        """Go to the shift, the month or as many days before or after."""
        if self.asked.is_stretch:
            assert self.asked.last is not None
            length = (self.asked.last - self.asked.on + timedelta(days=1)) * by
            self.ask(on=self.asked.on + length, last=self.asked.last + length)
            return
        if self.asked.report is ReportId.CALENDAR:
            self.ask(on=date(self.asked.on.year + by, 1, 1))
            return
        if self.asked.report in (ReportId.EMERGENCY, ReportId.MATRIX, ReportId.SLA):
            return  # they are always those in force
        if self.asked.report not in _OF_SHIFTS:
            first = self.asked.on.replace(day=1)
            month = (first + timedelta(days=31 if by > 0 else -1)).replace(day=1)
            self.ask(on=month)
            return
        codes = [template.code for template in self.shifts]
        at = codes.index(self.asked.shift) + by if self.asked.shift in codes else 0
        days, index = divmod(at, max(len(codes), 1))
        self.ask(on=self.asked.on + timedelta(days=days), shift=codes[index] if codes else "")

    def build(self) -> None:
        """Build the paper off the window thread; an answer that comes too late is dropped."""
        is_missing = self.asked.report in _OF_SHIFTS and not self.asked.shift
        self.shifts_missing.emit(is_missing)
        if not self.reports or is_missing or (self.asked.report is ReportId.CALENDAR and not self.calendars):
            return
        self._turn += 1
        self.busy_changed.emit(True)
        done = partial(self._built, self._turn)
        self._env.tasks.run(self._job(), done, self._tell, lane=Lane.LONG, owner=self)

    def _job(self) -> Callable[[], BuiltReport]:
        ctx, asked = self._ctx, self.asked
        if asked.report is ReportId.SHIFT:
            return partial(shift_paper, ctx, asked.on, asked.shift, asked.language)
        if asked.report is ReportId.HANDOVER:
            return partial(handover_paper, ctx, asked.on, asked.shift)
        if asked.report in _COPIES:
            return partial(_COPIES[asked.report], ctx, asked.language)
        if asked.report is ReportId.CALENDAR:
            return partial(calendar_copy, ctx, asked.calendar, asked.on.year, asked.language)
        if asked.is_stretch:
            assert asked.last is not None
            return partial(_STRETCHES[asked.report], ctx, asked.on, max(asked.on, asked.last), asked.language)
        return partial(_MONTHS[asked.report], ctx, asked.on.year, asked.on.month, asked.language)

    def save(self, path: Path, done: object) -> None:
        """Record it, then write the very bytes that are shown; `done` is called with the path."""
        if self.paper is None:
            return
        access = exported(subject_of(self._shown), self._shown.value, path, name=self.paper.file_name)
        job = partial(hand_out_file, self._ctx, access, path, self.paper.content)
        self._env.tasks.run(job, done, self._tell, lane=Lane.FILES, owner=self)  # type: ignore[arg-type]

    def printing(self, paper: BuiltReport) -> Access:
        """Return the line of the record for sending the paper that is shown to a printer."""
        return printed(subject_of(self._shown), self._shown.value, paper.file_name)

    def _know_shifts(self, templates: list[ShiftTemplate]) -> None:
        self.shifts = tuple(one for one in templates if one.kind is ShiftKind.WORK)
        job = partial(shift_at, self._ctx, self._ctx.clock.now())
        self._env.tasks.run(job, self._start_with, self._tell, owner=self)

    def _know_calendars(self, calendars: list[tuple[str, str]]) -> None:
        was_waiting = self.asked.report is ReportId.CALENDAR and not self.calendars
        self.calendars = tuple(calendars)
        codes = [code for code, _name in calendars]
        if self.asked.calendar not in codes and codes:
            self.asked = replace(self.asked, calendar=codes[0])
        self.ready_to_ask.emit()
        if was_waiting:
            self.build()

    def _start_with(self, running: ShiftAt | None) -> None:
        if not self.asked.shift:
            if running is not None:
                self.asked = replace(self.asked, on=running.on_date, shift=running.template.code)
            elif self.shifts:
                self.asked = replace(self.asked, shift=self.shifts[0].code)
        self.ready_to_ask.emit()
        self.build()

    def _built(self, turn: int, paper: BuiltReport) -> None:
        if turn != self._turn:
            return
        self.paper, self._shown = paper, self.asked.report
        self.busy_changed.emit(False)
        self.paper_ready.emit(paper)
        job = partial(draw_thumbnails, paper.content)
        show = partial(self._show_thumbnails, turn)
        self._env.tasks.run(job, show, self._tell, lane=Lane.LONG, owner=self)

    def _show_thumbnails(self, turn: int, images: list[QImage]) -> None:
        if turn == self._turn:
            self.thumbnails_ready.emit(images)

    def _tell(self, error: Exception) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(error)
