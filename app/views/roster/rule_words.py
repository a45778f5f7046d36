"""People, shifts and broken rules in words, with the figures that explain them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from app.models.entities.ids import TeamId
from app.models.entities.roster import BrokenRule, RosterPerson, ShiftKind, ShiftTemplate, Violation
from app.services.base.names import name_in, named
from app.services.roster.rules import shift_span
from app.services.roster.words import TITLES
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _, ngettext
from app.views.roster.board import Board

_RESTS = frozenset({BrokenRule.REST, BrokenRule.DAY_AFTER_NIGHT})
_IN_HOURS = frozenset({BrokenRule.HOURS_WEEK, BrokenRule.HOURS_MONTH, BrokenRule.CONTRACT})
_WHY: Mapping[BrokenRule, LazyText] = {
    BrokenRule.NIGHTS_IN_A_ROW: N_("This is night {found} in a row; at most {allowed} are wanted."),
    BrokenRule.SHIFTS_IN_A_ROW: N_(
        "This is shift {found} in a row since {since}; at most {allowed} are wanted."
    ),
    BrokenRule.STANDBY_IN_A_ROW: N_(
        "This is standby day {found} in a row since {since}; at most {allowed} are wanted."
    ),
    BrokenRule.HOURS_WEEK: N_("{found} h in the week from {since}; at most {allowed} h are wanted."),
    BrokenRule.HOURS_MONTH: N_("{found} h in {month}; at most {allowed} h are wanted."),
    BrokenRule.CONTRACT: N_("{found} h in {month}; with the leeway at most {allowed} h were agreed."),
    BrokenRule.NIGHTS_MOST: N_("{found} nights in {month}; at most {allowed} were agreed."),
    BrokenRule.NO_NIGHTS: N_("It was agreed that {who} has no night shifts."),
    BrokenRule.NO_WEEKENDS: N_("It was agreed that {who} does not work on weekends."),
    BrokenRule.NO_HOLIDAYS: N_("It was agreed that {who} does not work on public holidays."),
    BrokenRule.NOT_EMPLOYED: N_("{who} does not work here on {day}."),
    BrokenRule.LEAVE: N_("{who} has approved leave on {day}."),
    BrokenRule.NO_SUPERVISOR: N_("Nobody leads the shift “{shift}” on {day}."),
    BrokenRule.TWO_SUPERVISORS: N_(
        "{found} people lead the shift “{shift}” on {day}; it has one duty supervisor."
    ),
    BrokenRule.SKILL_MIX: N_("{found} of {allowed} people with “{skill}” on the shift “{shift}”, {day}."),
}
_SHORT: Mapping[BrokenRule, LazyText] = {
    BrokenRule.REST: N_("{found} of rest, not {allowed}"),
    BrokenRule.DAY_AFTER_NIGHT: N_("{found} of rest after a night, not {allowed}"),
    BrokenRule.NIGHTS_IN_A_ROW: N_("{found} nights in a row, at most {allowed}"),
    BrokenRule.SHIFTS_IN_A_ROW: N_("{found} shifts in a row, at most {allowed}"),
    BrokenRule.STANDBY_IN_A_ROW: N_("{found} days of standby in a row, at most {allowed}"),
    BrokenRule.HOURS_WEEK: N_("{found} h in the week, at most {allowed}"),
    BrokenRule.HOURS_MONTH: N_("{found} h in the month, at most {allowed}"),
    BrokenRule.CONTRACT: N_("{found} h in the month, agreed at most {allowed}"),
    BrokenRule.NIGHTS_MOST: N_("{found} nights in the month, agreed at most {allowed}"),
    BrokenRule.SKILL_MIX: N_("{found} of {allowed} with “{skill}”"),
}


class RuleWords:
    """Says who, what and why in the window's language and the site's zone."""

    def __init__(self, fmt: Format) -> None:
        self.fmt = fmt
        self._days: dict[date, str] = {}  # as they were written before: asking the language is slow
        self._hours: dict[timedelta, str] = {}

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
        if length not in self._hours:
            hours = length.total_seconds() / 3600
            self._hours[length] = self.fmt.number(hours, 0 if hours == int(hours) else 1)
        return self._hours[length]

    def line(self, board: Board, template_id: int | None, team_id: TeamId | None) -> str:
        """Return what a line of the coverage strip is called, "First line, Day"."""
        template = next((each for key, each in board.templates.items() if key == template_id), None)
        shift = self.shift(template) if template is not None else ""
        team = self.team(board, team_id)
        return _("{team}, {shift}").format(team=team, shift=shift) if team else shift

    def violation_title(self, violation: Violation) -> str:
        """Return which rule is broken."""
        return _(TITLES[violation.rule])

    def violation(self, board: Board, violation: Violation) -> str:
        """Return why a rule is broken, with its figures, in one or two sentences."""
        if violation.rule in _RESTS:
            return self._rest(board, violation)
        if violation.rule is BrokenRule.GAP:
            return self.missing(violation.found, violation.allowed)
        return str(_WHY[violation.rule]).format(**self._facts(board, violation))

    def short(self, board: Board, violation: Violation) -> str:
        """Return a broken rule in few words, for a list."""
        if violation.rule is BrokenRule.GAP:
            return self.missing(violation.found, violation.allowed)
        if violation.rule in _RESTS:
            found = self.length(timedelta(minutes=max(0, violation.found)))
            allowed = self.length(timedelta(minutes=violation.allowed))
            return str(_SHORT[violation.rule]).format(found=found, allowed=allowed)
        if violation.rule in _SHORT:
            return str(_SHORT[violation.rule]).format(**self._facts(board, violation))
        return self.violation_title(violation)

    def missing(self, planned: int, needed: int) -> str:
        """Return what is missing: "1 of 2: one person is missing"."""
        missing = needed - planned
        sentence = ngettext(
            "{planned} of {needed}: {missing} person is missing",
            "{planned} of {needed}: {missing} people are missing",
            missing,
        )
        return sentence.format(planned=planned, needed=needed, missing=missing)

    def length(self, length: timedelta) -> str:
        """Return hours without "0 min" after them: "11 h", "9 h 30 min"."""
        minutes = int(length.total_seconds() // 60)
        if minutes % 60 == 0:
            return _("{hours} h").format(hours=minutes // 60)
        return self.fmt.duration(length)

    def who(self, board: Board, violation: Violation) -> str:
        """Return whom a broken rule is about: a person, else the shift and its team."""
        if violation.person_id is not None and board.place_of((violation.person_id, board.days[0])):
            return self.person(board.person(violation.person_id))
        return self.line(board, violation.template_id, violation.team_id)

    def _facts(self, board: Board, violation: Violation) -> dict[str, object]:
        found, allowed = violation.found, violation.allowed
        hours = violation.rule in _IN_HOURS
        since = violation.since or violation.on_date
        skill = next((each for each in board.skills if each.id == violation.skill_id), None)
        return {
            "found": self.hours(timedelta(minutes=found)) if hours else found,
            "allowed": self.hours(timedelta(minutes=allowed)) if hours else allowed,
            "since": self.day(since),
            "month": self.fmt.texts.date_pattern(since, "yMMMM"),
            "day": self.day(violation.on_date),
            "who": self.who(board, violation),
            "shift": self.line(board, violation.template_id, None),
            "skill": named(skill, self.language) if skill is not None else "",
        }

    def _rest(self, board: Board, violation: Violation) -> str:
        template = board.templates.get(violation.template_id) if violation.template_id else None
        if template is None:
            return ""
        shift = self.shift(template)
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
            rest=self.length(rest),
            asked=self.length(timedelta(minutes=violation.allowed)),
        )

    def _moment(self, instant: datetime) -> str:
        return _("{day} {time}").format(
            day=self.day(self.fmt.local(instant).date()), time=self.fmt.clock(instant)
        )


def _clock(minutes: int) -> str:
    at = time(minutes // 60 % 24, minutes % 60)
    return f"{at:%H}" if not at.minute else f"{at:%H:%M}"
