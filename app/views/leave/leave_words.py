"""Absences and swaps in words: states, dates, and what one of them would do. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.leave import (
    Colleague,
    LeaveEffect,
    LeaveState,
    PersonEffect,
    Substitute,
    SwapEffect,
    SwapState,
)
from app.models.entities.roster import Severity, ShiftKind, ShiftTemplate, Violation
from app.services.base.names import named
from app.services.roster import words as rule_words
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _, ngettext, pgettext

LEAVE_STATES: Mapping[LeaveState, tuple[LazyText, str]] = {
    LeaveState.ASKED: (N_("asked"), "accent"),
    LeaveState.APPROVED: (N_("approved"), "ok"),
    LeaveState.REFUSED: (N_("refused"), "bad"),
    LeaveState.WITHDRAWN: (N_("withdrawn"), ""),
}
SWAP_STATES: Mapping[SwapState, tuple[LazyText, str]] = {
    SwapState.ASKED: (N_("asked"), "accent"),
    SwapState.ACCEPTED: (N_("accepted, to be approved"), "accent"),
    SwapState.DECLINED: (N_("declined"), "bad"),
    SwapState.APPROVED: (N_("approved"), "ok"),
    SwapState.REFUSED: (N_("refused"), "bad"),
    SwapState.WITHDRAWN: (N_("withdrawn"), ""),
    SwapState.TAKEN: (N_("taken over at once"), "warn"),
    SwapState.TAKEN_BACK: (N_("put back"), ""),
    SwapState.EXPIRED: (N_("lapsed"), ""),
}
"""State in a word, and its tone."""

Shifts = Mapping[TemplateId, ShiftTemplate]
Names = Mapping[PersonId, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an effect; `tone` is "", "ok", "warn" or "bad"."""

    text: str
    tone: str = ""


class LeaveWords:
    """Says things in the window's language and the site's zone."""

    def __init__(self, fmt: Format) -> None:
        self.fmt = fmt

    def day(self, on: date) -> str:
        """Return "Mon, 23 Nov"."""
        return self.fmt.texts.date_pattern(on, "MMMEd")

    def span(self, first: date, last: date) -> str:
        """Return one day, or the first and the last."""
        if first == last:
            return self.day(first)
        return _("{first} to {last}").format(first=self.day(first), last=self.day(last))

    def month(self, month: str) -> str:
        """Return a month such as "2026-04" as it is written, "April 2026"."""
        return self.fmt.texts.date_pattern(date.fromisoformat(f"{month}-01"), "yMMMM")

    def days(self, count: int) -> str:
        """Return "3 days"."""
        return ngettext("{count} day", "{count} days", count).format(count=count)

    def shift(self, template: ShiftTemplate | None) -> str:
        """Return a shift's name; of one that is gone, a dash."""
        return "–" if template is None else named(template, self.fmt.texts.language)

    def shift_with_times(self, template: ShiftTemplate | None) -> str:
        """Return "Night 20:00–08:00"; an absence has no hours."""
        if template is None or template.kind is ShiftKind.ABSENCE:
            return self.shift(template)
        ends = template.start_minute + template.duration_minute
        times = f"{_clock(template.start_minute)}–{_clock(ends)}"
        return f"{self.shift(template)} {times}"

    def hours(self, minutes: float) -> str:
        """Return hours with a decimal only where there is one."""
        return self.fmt.number(minutes / 60, 0 if minutes % 60 == 0 else 1)

    def rest(self, minutes: int | None) -> str:
        """Return the shortest rest, "11 h"; a dash where no shift is near."""
        if minutes is None:
            return "–"
        if minutes < 0:
            return _("overlaps")
        return _("{hours} h").format(hours=self.hours(minutes))

    def violation(self, violation: Violation, names: Names, shifts: Shifts) -> str:
        """Return a broken rule with who, when and its figures."""
        texts = self.fmt.texts
        who = names.get(violation.person_id, "") if violation.person_id is not None else ""
        template = shifts.get(violation.template_id) if violation.template_id is not None else None
        about = [who or (self.shift(template) if template is not None else ""), self.day(violation.on_date)]
        said = _("{rule}: {about}").format(
            rule=rule_words.title(texts, violation),
            about=pgettext("between things", ", ").join(part for part in about if part),
        )
        figures = rule_words.figures(texts, violation)
        return _("{what} ({figures})").format(what=said, figures=figures) if figures else said

    def rules(self, added: Sequence[Violation], names: Names, shifts: Shifts) -> list[Line]:
        """Return the rules newly broken, those that may not be broken first."""
        found = sorted(added, key=lambda one: one.severity is not Severity.FORBID)
        lines = []
        for one in found:
            forbidden = one.severity is Severity.FORBID
            said = _("Forbidden: {rule}") if forbidden else _("Warning: {rule}")
            text = said.format(rule=self.violation(one, names, shifts))
            lines.append(Line(text, "bad" if forbidden else "warn"))
        return lines

    def gaps(self, effect: LeaveEffect, shifts: Shifts) -> list[Line]:
        """Return where people would be missing, without what a broken rule says already."""
        told = {(one.template_id, one.on_date) for one in effect.added}
        said = _("{shift}, {day}: {planned} of {needed} people")
        return [
            Line(
                said.format(
                    shift=self.shift(shifts.get(count.rule.template_id)),
                    day=self.day(count.on_date),
                    planned=count.planned,
                    needed=count.needed,
                ),
                "bad",
            )
            for count in effect.gaps
            if (count.rule.template_id, count.on_date) not in told
        ]

    def swap_lines(self, effect: SwapEffect, names: Names, shifts: Shifts) -> list[Line]:
        """Return what a swap would do besides the two people's figures."""
        unled = effect.unled
        lines = [
            Line(
                _("Nobody will lead {shift} on {day}.").format(
                    shift=self.shift(shifts.get(one.template_id) if one.template_id is not None else None),
                    day=self.day(one.on_date),
                ),
                "bad",
            )
            for one in unled
        ]
        lines += self.rules([one for one in effect.added if one not in unled], names, shifts)
        if not lines:
            lines.append(Line(_("No rule is newly broken."), "ok"))
        lines += [
            Line(_("No longer: {rule}").format(rule=self.violation(one, names, shifts)), "ok")
            for one in effect.removed
        ]
        lines.append(
            Line(
                _("Fairness {before} → {after} of 100").format(
                    before=effect.fairness_before, after=effect.fairness_after
                ),
                "warn" if effect.fairness_after < effect.fairness_before else "",
            )
        )
        return lines

    def leave_lines(self, effect: LeaveEffect, names: Names, shifts: Shifts) -> list[Line]:
        """Return which shifts fall away and who takes them over, then what is missing and broken."""
        if not effect.shifts:
            return [Line(_("No shift falls away."), "ok"), *self.rules(effect.added, names, shifts)]
        lines = []
        for one in effect.shifts:
            day, shift = self.day(one.on_date), self.shift(shifts.get(one.template_id))
            if one.taker_id is not None:
                said = _("{day} {shift}: {name} takes it over")
                text = said.format(day=day, shift=shift, name=names.get(one.taker_id, "…"))
                lines.append(Line(text, "ok"))
            elif one.broken:
                said = _("{day} {shift}: falls away; for the substitute: {rule}")
                rule = rule_words.title(self.fmt.texts, one.broken[0])
                lines.append(Line(said.format(day=day, shift=shift, rule=rule), "warn"))
            else:
                lines.append(Line(_("{day} {shift}: falls away").format(day=day, shift=shift), "warn"))
        return [*lines, *self.gaps(effect, shifts), *self.rules(effect.added, names, shifts)]

    def person_cells(self, one: PersonEffect) -> list[str]:
        """Return name, hours, nights, weekend days before and after, and rest: one row of a table."""
        return [
            one.name,
            _change(self.hours(one.minutes_before), self.hours(one.minutes_after)),
            _change(str(one.nights_before), str(one.nights_after)),
            _change(str(one.weekends_before), str(one.weekends_after)),
            self.rest(one.rest),
        ]

    def person_said(self, one: PersonEffect) -> str:
        """Return the same as a sentence, for readers and the command line."""
        name, hours, nights, weekends, rest = self.person_cells(one)
        return _(
            "{name}: hours {hours}, nights {nights}, weekend days {weekends}, shortest rest {rest}"
        ).format(name=name, hours=hours, nights=nights, weekends=weekends, rest=rest)

    def substitute(self, one: Substitute) -> str:
        """Return a substitute as one chooses them: "Li Na: 3 of 3 shifts, 144 h"."""
        said = _("{name}: {takes} of {of} shifts, {hours} h in the month")
        return said.format(name=one.name, takes=one.takes, of=one.of, hours=self.hours(one.minutes))

    def colleague(self, one: Colleague, shifts: Shifts) -> str:
        """Return a colleague with what stands in the way of taking a shift over."""
        facts = [
            _("free")
            if one.holds is None
            else _("has {shift}").format(shift=self.shift(shifts.get(one.holds)))
        ]
        if one.rest is not None:
            facts.append(_("rest {rest}").format(rest=self.rest(one.rest)))
        if one.broken:
            worst = min(one.broken, key=lambda each: each.severity is not Severity.FORBID)
            said = _("forbidden: {rule}") if one.is_forbidden else _("warning: {rule}")
            facts.append(said.format(rule=rule_words.title(self.fmt.texts, worst)))
        return _("{name}: {facts}").format(name=one.name, facts=pgettext("between things", ", ").join(facts))

    def age(self, since: timedelta) -> str:
        """Return how long something waits."""
        return self.fmt.duration(max(since, timedelta()))


def _change(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
