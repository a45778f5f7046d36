"""Shifts and coverage: which shifts there are, and how many people each one needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QLineEdit, QTimeEdit, QWidget

from app.models.entities.events import PeopleChanged, RosterChanged
from app.models.entities.roster import ShiftKind
from app.services.base.context import Context
from app.services.base.terms import term
from app.services.base.texts import DateLength
from app.services.base.undo import Outcome
from app.services.roster.template_details import LONGEST_CODE, TONES
from app.services.roster.template_queries import Shift, ShiftUse
from app.views.base.columns import CellKind, Column
from app.views.base.forms import Binding
from app.views.base.i18n import N_, LazyText, _, current, ngettext
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Notice, row_of
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.settings.choices import team_name
from app.views.settings.coverage_lines import CoverageLines
from app.views.settings.inputs import fill
from app.views.settings.records import Values
from app.views.settings.records_pane import RecordsPane, look_of
from app.views.settings.shifts_kind import ShiftSettingKind
from app.views.settings.shifts_split_popup import SplitPopup
from app.views.settings.skill_need_lines import SkillNeedLines
from app.views.settings.skills_words import skill_name

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


class ShiftsPane(RecordsPane[Shift]):
    """A shift and the people it needs are one form and one action."""

    form_share = 3
    events = (RosterChanged, PeopleChanged)

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        self.shift_kind = ShiftSettingKind(ctx)
        columns = (
            Column("code", N_("Code"), _code, width=64, look=look_of),
            Column("name", N_("Shift"), self._listed, look=look_of, is_stretched=True),
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
        self.bounds = PlainLabel("", "small", wrap=True)
        self.fields.addWidget(self.bounds)
        self._build_use()
        self.place(self.add_field("tone", _("Colour"), tone))
        self.coverage = CoverageLines()
        lines = Binding(
            lambda: self.coverage.needs, self.coverage.show_needs, self.coverage.changed, self.coverage.told
        )
        self.needs = self.add_field("needs", _("People needed"), self.coverage, binding=lines)
        self.skills = SkillNeedLines()
        lines = Binding(
            lambda: self.skills.needs, self.skills.show_needs, self.skills.changed, self.skills.told
        )
        self.skill_needs = self.add_field("skills", _("Skills needed"), self.skills, binding=lines)
        if not self.may_edit:
            for part in (self.coverage, self.skills):
                part.setEnabled(True)
                part.set_locked()
        self.place(self.needs)
        self.place(self.skill_needs)
        said = _("Every roster shows a changed shift so, past ones too.")
        self.fields.addWidget(PlainLabel(said, "small", wrap=True))
        kind.currentIndexChanged.connect(self._show_needs)

    def _build_use(self) -> None:
        """Say what other hours do to what is planned, and offer the way that leaves the past alone."""
        self.used = Notice("", tone="warn")
        self.split = Button(_("Let it hold from a date on …"), icon="calendar-clock", small=True)
        self.split.clicked.connect(self.ask_split)
        self.used.hide()
        self.split.hide()
        self.fields.addWidget(self.used)
        self.fields.addLayout(row_of(self.split, None))
        self.presenter.typed_changed.connect(self._show_use)

    def fill_choices(self) -> None:
        """See `FormPane.fill_choices`."""
        whole: list[tuple[str, int | None]] = [(_("Whole desk"), None)]
        self.coverage.offer([*whole, *((team_name(team), int(team.id)) for team in self.shift_kind.teams)])
        self.skills.offer([(skill_name(skill), int(skill.id)) for skill in self.shift_kind.skills])

    def show_record(self, record: Shift | None) -> None:
        """Say from when to when the shift holds, and ask for people only where it is duty."""
        dates = self._bounds(record) if record is not None else ""
        self.bounds.setText(_("Holds {dates}.").format(dates=dates))
        self.bounds.setVisible(bool(dates))
        self._show_needs()
        self._show_use()

    def ask_split(self) -> SplitPopup | None:
        """Ask from which date on what is typed shall hold, then make a new shift of it."""
        record, values = self.presenter.current, self.form.values
        if record is None or self.presenter.blocked:
            return None
        today = self.env.format.local(self.ctx.clock.now()).date()
        popup = SplitPopup(self.window(), self.kind.name(record), today)
        popup.chosen.connect(lambda since: self._split(record, values, since))
        popup.open_centred()
        return popup

    def _split(self, record: Shift, values: Values, since: date) -> None:
        job = self.shift_kind.splitting(record, values, since)
        self.env.tasks.run(job, self._on_split, self.env.shell.failed, owner=self)

    def _on_split(self, outcome: Outcome) -> None:
        if self.presenter.chosen is not None:
            self.presenter.keep(self.presenter.base(self.presenter.chosen))
        self.env.shell.did(outcome)
        self.presenter.choose(outcome.id)
        self.presenter.refresh()

    def _show_needs(self) -> None:
        is_duty = self.form.values["kind"] != ShiftKind.ABSENCE.value
        self.needs.setVisible(is_duty)
        self.skill_needs.setVisible(is_duty)

    def _listed(self, shift: Shift) -> str:
        """Return a shift's name with the dates between which it holds, where it does not hold without end."""
        bounds = self._bounds(shift, "short")
        name = self.shift_kind.name(shift)
        return _("{name} ({dates})").format(name=name, dates=bounds) if bounds else name

    def _bounds(self, shift: Shift, length: DateLength = "medium") -> str:
        first, last = shift.template.first_date, shift.template.last_date
        if not shift.is_ahead:
            return ""
        day = self.env.format.day
        today = self.env.format.local(self.ctx.clock.now()).date()
        if last is not None:
            return _("to {date}").format(date=day(last, length))
        return _("from {date}").format(date=day(first, length)) if first and first > today else ""

    def _show_use(self) -> None:
        use = self.shift_kind.use_changed(self.presenter.current, self.form.values)
        is_told = use is not None and self.may_edit
        self.used.setVisible(is_told)
        self.split.setVisible(is_told and use is not None and use.ahead > 0)
        if use is not None:
            self.used.say(use_text(use), tone="warn")
            self.split.wait_for(self.presenter.blocked)


def use_text(use: ShiftUse) -> str:
    """Return what other hours of a shift change: how many planned cells, before today and from today on."""
    count = use.past + use.ahead
    texts = [
        ngettext("This changes {n} planned shift", "This changes {n} planned shifts", count).format(n=count),
        _("{past} before today, {ahead} from today on").format(past=use.past, ahead=use.ahead),
    ]
    sentence = _(": ").join(texts)
    if use.published:
        sentence += _(" ({n} of them published)").format(n=use.published)
    return _("{sentence}. None of them is lost; their hours become other ones.").format(sentence=sentence)


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
