"""Shifts and coverage: which shifts there are, and how many people each one needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QLineEdit, QTimeEdit, QWidget

from app.models.entities.calendars import DayType
from app.models.entities.events import PeopleChanged, RosterChanged
from app.models.entities.ids import TeamId
from app.models.entities.people import Team
from app.models.entities.roster import ShiftKind
from app.models.entities.time import Allowance
from app.services.base.context import Context
from app.services.base.terms import term
from app.services.base.undo import Outcome
from app.services.people.queries import teams
from app.services.roster.template_commands import (
    LONGEST_CODE,
    TONES,
    Need,
    ShiftDetails,
    add_shift,
    check_shift,
    edit_shift,
    move_shift,
    set_shift_active,
)
from app.services.roster.template_queries import Shift, shifts
from app.views.base.columns import CellKind, Column
from app.views.base.forms import Binding
from app.views.base.i18n import N_, LazyText, _, current
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.settings.choices import reading_together, shown_name, team_name
from app.views.settings.coverage_lines import CoverageLines
from app.views.settings.inputs import fill
from app.views.settings.promises import allowance
from app.views.settings.records import RecordKind, Values
from app.views.settings.records_pane import RecordsPane, look_of

_HOUR = 60
_CLOCK = "HH:mm"
_TONE_NAMES: Mapping[str, LazyText] = {
    "d": N_("Blue"),
    "n": N_("Violet"),
    "m": N_("Green"),
    "g": N_("Grey"),
    "t": N_("Pink"),
    "k": N_("Brown"),
}


class ShiftSettingKind(RecordKind[Shift]):
    """Shifts with the teams they may need."""

    fields_of: Mapping[str, str] = {
        "settings.name_missing": "name",
        "settings.code_missing": "code",
        "settings.code_taken": "code",
        "catalogue.text_too_long": "code",
        "calendar.window_impossible": "length",
        "duration.unreadable": "length",
        "duration.part_day": "length",
        "duration.too_long": "length",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.teams: list[Team] = []

    def reading(self) -> Callable[[], Any]:
        may_see_teams = self._ctx.actor.may("tickets.read")
        return reading_together(
            partial(shifts, self._ctx), partial(teams, self._ctx) if may_see_teams else list
        )

    def rows(self, answer: Any) -> Sequence[Shift]:
        found, self.teams = answer
        rows: Sequence[Shift] = found
        return rows

    def name(self, record: Shift) -> str:
        return shown_name(record.template.name, record.template.name_alt)

    def searched(self, record: Shift) -> Iterable[str]:
        return (record.template.code, record.template.name, record.template.name_alt)

    def values(self, record: Shift) -> Values:
        template = record.template
        return {
            "name": template.name,
            "name_alt": template.name_alt,
            "code": template.code,
            "kind": template.kind.value,
            "start": template.start_minute,
            "length": length_text(template.duration_minute),
            "tone": template.tone,
            "needs": [[rule.team_id, rule.day_type, rule.minimum] for rule in record.coverage],
        }

    def blank(self) -> Values:
        return {
            "name": "",
            "name_alt": "",
            "code": "",
            "kind": ShiftKind.WORK.value,
            "start": 8 * _HOUR,
            "length": "8 h",
            "tone": TONES[0],
            "needs": [],
        }

    def check(self, values: Values) -> None:
        check_shift(_details(values))

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_shift, self._ctx, _details(values))

    def editing(self, record: Shift, values: Values) -> Callable[[], Outcome]:
        return partial(edit_shift, self._ctx, record.id, _details(values), version=record.version)

    is_ordered = True

    def placing(self, record: Shift, before_id: int | None) -> Callable[[], Outcome]:
        return partial(move_shift, self._ctx, record.id, version=record.version, before_id=before_id)

    def switching(self, record: Shift, *, is_active: bool) -> Callable[[], Outcome]:
        return partial(set_shift_active, self._ctx, record.id, version=record.version, is_active=is_active)


class ShiftsPane(RecordsPane[Shift]):
    """A shift and the people it needs are one form and one action."""

    form_share = 3
    events = (RosterChanged, PeopleChanged)

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        self.shift_kind = ShiftSettingKind(ctx)
        columns = (
            Column("code", N_("Code"), _code, width=64, look=look_of),
            Column("name", N_("Shift"), self.shift_kind.name, look=look_of, is_stretched=True),
            Column("hours", N_("Hours"), _hours, width=104, look=look_of),
            Column("kind", N_("Kind"), _kind, width=84, look=look_of),
            Column("needs", N_("Needs"), _needed, CellKind.NUMBER, width=70),
        )
        empty = EmptyState(
            "clock", _("No shift here"), _("The roster is painted with shifts; make one first.")
        )
        super().__init__(ctx, env, self.shift_kind, columns, empty, parent=parent)

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New shift")

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        code = QLineEdit()
        code.setMaxLength(LONGEST_CODE)
        kind, tone = Choose(), Choose()
        fill(kind, [(term(current.texts, each), each.value) for each in ShiftKind])
        fill(tone, [(str(_TONE_NAMES[each]), each) for each in TONES])
        self.place(
            self.add_field("name", _("Name in English"), QLineEdit(), required=True),
            self.add_field("name_alt", _("Name in Chinese"), QLineEdit()),
        )
        self.place(
            self.add_field("code", _("Code in the roster"), code, required=True),
            self.add_field("kind", _("Kind"), kind),
        )
        start = QTimeEdit()
        start.setDisplayFormat(_CLOCK)
        start.lineEdit().setTextMargins(Space.S, 0, 0, 0)  # style sheets do not reach it
        binding = Binding(
            lambda: QTime(0, 0).secsTo(start.time()) // 60,
            lambda minutes: start.setTime(QTime(minutes // _HOUR, minutes % _HOUR)),
            start.timeChanged,
            _clock,
        )
        self.place(
            self.add_field("start", _("Begins"), start, binding=binding),
            self.add_field("length", _("Length"), QLineEdit(), hint=_("such as 8 h 30 min")),
        )
        self.place(self.add_field("tone", _("Colour"), tone))
        self.coverage = CoverageLines()
        lines = Binding(
            lambda: self.coverage.needs, self.coverage.show_needs, self.coverage.changed, self.coverage.told
        )
        self.needs = self.add_field("needs", _("People needed"), self.coverage, binding=lines)
        if not self.may_edit:
            self.coverage.setEnabled(True)
            self.coverage.set_locked()
        self.place(self.needs)
        said = _(
            "Every roster shows a changed shift so, past ones too. For other hours from now on, add a shift."
        )
        self.fields.addWidget(PlainLabel(said, "small", wrap=True))
        kind.currentIndexChanged.connect(self._show_needs)

    def fill_choices(self) -> None:
        """See `FormPane.fill_choices`."""
        whole: list[tuple[str, int | None]] = [(_("Whole desk"), None)]
        self.coverage.offer([*whole, *((team_name(team), int(team.id)) for team in self.shift_kind.teams)])

    def show_record(self, _record: Shift | None) -> None:
        """Ask for people only where a shift is work."""
        self._show_needs()

    def _show_needs(self) -> None:
        self.needs.setVisible(self.form.values["kind"] == ShiftKind.WORK.value)


def length_text(minutes: int) -> str:
    """Return a length as it is typed in the window's language: "8 h 30 min"; "" for none."""
    return allowance(Allowance(minutes * 60)) if minutes else ""


def _minutes_of(text: str) -> int:
    """Return the minutes of a typed length. A day is 24 hours here, for a shift may be that long."""
    length = Allowance.from_text(text).length(timedelta(days=1)) if text else timedelta()
    return int(length.total_seconds()) // 60


def _details(values: Values) -> ShiftDetails:
    needs = tuple(
        Need(None if team is None else TeamId(team), DayType(day_type), people)
        for team, day_type, people in values["needs"]
    )
    return ShiftDetails(
        code=values["code"],
        name=values["name"],
        name_alt=values["name_alt"],
        kind=ShiftKind(values["kind"]),
        start_minute=values["start"],
        duration_minute=_minutes_of(values["length"]),
        tone=values["tone"],
        needs=needs,
    )


def _clock(minutes: int) -> str:
    return f"{minutes // _HOUR % 24:02}:{minutes % _HOUR:02}"


def _code(shift: Shift) -> str:
    return shift.template.code


def _hours(shift: Shift) -> str:
    template = shift.template
    if not template.duration_minute:
        return "–"
    if template.duration_minute == 24 * _HOUR:
        return _("All day")
    return f"{_clock(template.start_minute)}–{_clock(template.start_minute + template.duration_minute)}"


def _kind(shift: Shift) -> str:
    return term(current.texts, shift.template.kind)


def _needed(shift: Shift) -> str:
    return str(max((rule.minimum for rule in shift.coverage), default=""))
