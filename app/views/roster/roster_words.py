"""The roster in words: shifts, broken rules with their figures, gaps, and a cell as it is read out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.models.entities.calendars import DayType
from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import (
    BrokenRule,
    CoverageCount,
    RosterPerson,
    ShiftKind,
    ShiftTemplate,
    Violation,
)
from app.services.base.names import name_in, named
from app.services.roster.rules import shift_span
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _, ngettext, pgettext
from app.views.roster.board import Board, Key

_TITLES: dict[BrokenRule, LazyText] = {
    BrokenRule.REST: N_("Rest too short"),
    BrokenRule.DAY_AFTER_NIGHT: N_("Day shift after a night"),
    BrokenRule.NIGHTS_IN_A_ROW: N_("Too many nights in a row"),
    BrokenRule.NO_SUPERVISOR: N_("No duty supervisor"),
    BrokenRule.TWO_SUPERVISORS: N_("More than one duty supervisor"),
}
_DAY_TYPES: dict[str, LazyText] = {
    DayType.HOLIDAY.value: N_("public holiday"),
    DayType.DAY_OFF_IN_LIEU.value: N_("day off in lieu"),
    DayType.MAKE_UP_WORKDAY.value: N_("make-up workday"),
}


@dataclass(frozen=True, slots=True)
class FixItem:
    """One thing to mend before publishing, and where it is. A gap has no person."""

    title: str
    sentence: str
    on: date
    person_id: PersonId | None = None
    template_id: TemplateId | None = None
    is_gap: bool = False


class RosterWords:
    """Says things about one board in the window's language and the site's zone."""

    def __init__(self, fmt: Format) -> None:
        self.fmt = fmt
        self._days: dict[date, str] = {}  # as they were written before: asking the language is slow

    @property
    def language(self) -> str:
        """The code of the language spoken."""
        return self.fmt.texts.language

    def person(self, person: RosterPerson) -> str:
        """Return a person's name as the reader writes it."""
        return named(person, self.language)

    def team(self, board: Board, team_id: TeamId | None) -> str:
        """Return a team's name, or "" for the whole desk."""
        return name_in(*board.team_name(team_id), self.language)

    def shift(self, template: ShiftTemplate) -> str:
        """Return a shift's name, "Night"."""
        return named(template, self.language)

    def times(self, template: ShiftTemplate) -> str:
        """Return "08–20" or "08:30–17:15" for work, "" for what has no hours."""
        if template.kind is not ShiftKind.WORK:
            return ""
        ends = template.start_minute + template.duration_minute
        return f"{_clock(template.start_minute)}–{_clock(ends)}"

    def shift_with_times(self, template: ShiftTemplate) -> str:
        """Return "Night 20–08", or the name alone of what has no hours."""
        return " ".join(part for part in (self.shift(template), self.times(template)) if part)

    def day(self, on: date) -> str:
        """Return a day with its weekday, "Sat 18 Apr"."""
        if on not in self._days:
            self._days[on] = self.fmt.texts.date_pattern(on, "MMMEd")
        return self._days[on]

    def hours(self, length: timedelta) -> str:
        """Return hours as a figure, with a decimal only where there is one."""
        hours = length.total_seconds() / 3600
        return self.fmt.number(hours, 0 if hours == int(hours) else 1)

    def line(self, board: Board, template_id: TemplateId, team_id: TeamId | None) -> str:
        """Return what a line of the coverage strip is called, "First line, Day"."""
        shift, team = self.shift(board.templates[template_id]), self.team(board, team_id)
        return _("{team}, {shift}").format(team=team, shift=shift) if team else shift

    def violation_title(self, violation: Violation) -> str:
        """Return which rule is broken."""
        return str(_TITLES[violation.rule])

    def violation(self, board: Board, violation: Violation) -> str:
        """Return why a rule is broken, with its figures, in one or two sentences."""
        if violation.rule is BrokenRule.NIGHTS_IN_A_ROW:
            return _("This is night {found} in a row; at most {allowed} are wanted.").format(
                found=violation.found, allowed=violation.allowed
            )
        shift = self._shift_of(board, violation)
        if violation.rule is BrokenRule.NO_SUPERVISOR:
            return _("Nobody leads the shift “{shift}” on {day}.").format(
                shift=shift, day=self.day(violation.on_date)
            )
        if violation.rule is BrokenRule.TWO_SUPERVISORS:
            return _("{found} people lead the shift “{shift}” on {day}; it has one duty supervisor.").format(
                found=violation.found, shift=shift, day=self.day(violation.on_date)
            )
        return self._rest(board, violation, shift)

    def gap(self, count: CoverageCount) -> str:
        """Return what is missing: "1 of 2: one person is missing"."""
        missing = count.needed - count.planned
        sentence = ngettext(
            "{planned} of {needed}: {missing} person is missing",
            "{planned} of {needed}: {missing} people are missing",
            missing,
        )
        return sentence.format(planned=count.planned, needed=count.needed, missing=missing)

    def strip_reasons(self, board: Board, line: int, day: int) -> list[tuple[str, str]]:
        """Return title and sentence of what is wrong with a count of the coverage strip."""
        shown = board.coverage[line]
        count = shown.counts[day]
        found = []
        if count.is_gap:
            title = self.line(board, shown.template_id, shown.team_id)
            found.append((_("{who}, {day}").format(who=title, day=self.day(count.on_date)), self.gap(count)))
        leaderless = board.leaderless.get((shown.template_id, count.on_date))
        if leaderless is not None and line in board.leading_lines:
            found.append((self.violation_title(leaderless), self.violation(board, leaderless)))
        return found

    def to_fix(self, board: Board) -> list[FixItem]:
        """Return what to mend, broken rules before gaps, each by date."""
        return [*self._broken(board), *self._gaps(board)]

    def cell(self, board: Board, key: Key) -> str:
        """Say a cell in full: person, date, kind of day, shift, who leads, broken rules."""
        parts = [self.person(board.person(key[0])), self.day(key[1])]
        kind = board.roster.day_types[board.days.index(key[1])]
        if kind in _DAY_TYPES:
            parts.append(str(_DAY_TYPES[kind]))
        template, cell = board.template_at(key), board.cell(key)
        if template is None or cell is None:
            parts.append(pgettext("roster", "off"))
        else:
            parts.append(self.shift_with_times(template))
            if cell.is_supervisor:
                parts.append(_("duty supervisor"))
        said = pgettext("read out", ", ").join(parts)
        why = [
            _("{rule}: {sentence}").format(
                rule=self.violation_title(each), sentence=self.violation(board, each)
            )
            for each in board.violations_at.get(key, ())
        ]
        return self.sentences([said, *why])

    def sentences(self, parts: Sequence[str]) -> str:
        """Return parts as they are read out one after another."""
        return pgettext("read out", ". ").join(parts)

    def _rest(self, board: Board, violation: Violation, shift: str) -> str:
        template = board.templates.get(violation.template_id) if violation.template_id else None
        if template is None:
            return ""
        begins, _end = shift_span(template, violation.on_date, self.fmt.zone)
        rest = timedelta(minutes=violation.found)
        if violation.found < 0:
            return _("“{shift}” begins {begins}, {length} before the shift before it ends.").format(
                shift=shift, begins=self._moment(begins), length=self.fmt.duration(rest)
            )
        return _(
            "The shift before ends {ends}, “{shift}” begins {begins}. "
            "Rest {rest}; at least {asked} are wanted."
        ).format(
            ends=self._moment(begins - rest),
            shift=shift,
            begins=self._moment(begins),
            rest=self._length(rest),
            asked=self._length(timedelta(minutes=violation.allowed)),
        )

    def _broken(self, board: Board) -> list[FixItem]:
        found = []
        for each in board.roster.violations:
            who = self._shift_of(board, each)
            if each.person_id is not None and board.place_of((each.person_id, each.on_date)) is not None:
                who = self.person(board.person(each.person_id))
            title = _("{who}, {day}").format(who=who, day=self.day(each.on_date))
            found.append(FixItem(title, self._short(each), each.on_date, each.person_id, each.template_id))
        return found

    def _gaps(self, board: Board) -> list[FixItem]:
        return [
            FixItem(
                _("{who}, {day}").format(
                    who=self.line(board, count.rule.template_id, count.rule.team_id),
                    day=self.day(count.on_date),
                ),
                self.gap(count),
                count.on_date,
                template_id=count.rule.template_id,
                is_gap=True,
            )
            for count in board.gaps
        ]

    def _short(self, violation: Violation) -> str:
        """Return a broken rule in few words, for a list."""
        found, allowed = violation.found, violation.allowed
        if violation.rule in {BrokenRule.REST, BrokenRule.DAY_AFTER_NIGHT}:
            is_night = violation.rule is BrokenRule.DAY_AFTER_NIGHT
            sentence = _("{found} of rest after a night, not {asked}")
            return (sentence if is_night else _("{found} of rest, not {asked}")).format(
                found=self._length(timedelta(minutes=max(0, found))),
                asked=self._length(timedelta(minutes=allowed)),
            )
        if violation.rule is BrokenRule.NIGHTS_IN_A_ROW:
            return _("{found} nights in a row, at most {allowed}").format(found=found, allowed=allowed)
        return self.violation_title(violation)

    def _shift_of(self, board: Board, violation: Violation) -> str:
        template = board.templates.get(violation.template_id) if violation.template_id else None
        return self.shift(template) if template is not None else ""

    def _moment(self, instant: datetime) -> str:
        return _("{day} {time}").format(
            day=self.day(self.fmt.local(instant).date()), time=self.fmt.clock(instant)
        )

    def _length(self, length: timedelta) -> str:
        """Return hours without "0 min" after them: "11 h", "9 h 30 min"."""
        minutes = int(length.total_seconds() // 60)
        if minutes % 60 == 0:
            return _("{hours} h").format(hours=minutes // 60)
        return self.fmt.duration(length)


def _clock(minutes: int) -> str:
    at = time(minutes // 60 % 24, minutes % 60)
    return f"{at:%H}" if not at.minute else f"{at:%H:%M}"
