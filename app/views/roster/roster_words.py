"""The roster in words: what is to mend, a cell as it is read out, a selection, ways to mend a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.entities.calendars import DayType
from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import BrokenRule, RosterPerson, Severity, Violation
from app.models.entities.roster_plan import Remedy, RemedyCode
from app.views.base.i18n import N_, LazyText, _, ngettext, pgettext
from app.views.roster.board import Board, Key
from app.views.roster.rule_words import RuleWords

DAY_TYPES: dict[str, LazyText] = {
    DayType.HOLIDAY.value: N_("public holiday"),
    DayType.DAY_OFF_IN_LIEU.value: N_("day off in lieu"),
    DayType.MAKE_UP_WORKDAY.value: N_("make-up workday"),
}
_REMEDIES: dict[RemedyCode, LazyText] = {
    RemedyCode.SWAP: N_("Swap with {who}"),
    RemedyCode.GIVE: N_("Give to {who}"),
    RemedyCode.ADD: N_("Add {who}"),
    RemedyCode.LEAD: N_("Let {who} lead"),
    RemedyCode.LEAD_NO_LONGER: N_("Only {who} leads"),
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
    severity: Severity = Severity.FORBID
    team_id: TeamId | None = None


class RosterWords(RuleWords):
    """Says things about one board."""

    def fix_item(self, board: Board, violation: Violation) -> FixItem:
        """Return a broken rule as something to mend."""
        return FixItem(
            _("{who}, {day}").format(who=self.who(board, violation), day=self.day(violation.on_date)),
            self.short(board, violation),
            violation.on_date,
            violation.person_id,
            violation.template_id,
            violation.rule is BrokenRule.GAP,
            violation.severity,
            violation.team_id,
        )

    def strip_title(self, board: Board, violation: Violation) -> str:
        """Return the heading of something that is wrong with a shift."""
        if violation.rule is not BrokenRule.GAP:
            return self.violation_title(violation)
        line = self.line(board, violation.template_id, violation.team_id)
        return _("{who}, {day}").format(who=line, day=self.day(violation.on_date))

    def remedy(self, board: Board, remedy: Remedy) -> str:
        """Return what a button that mends says: "Swap with Lin Hao"."""
        if remedy.code is RemedyCode.CLEAR:
            return pgettext("roster", "Clear")
        if remedy.code is RemedyCode.START_LATER:
            at = remedy.at
            moment = self._moment(at) if at is not None else ""
            return _("A shift that begins {moment} or later would do.").format(moment=moment)
        place = board.place_of((remedy.person_id, board.days[0])) if remedy.person_id else None
        who = self.person(board.people[place[0]]) if place is not None else ""
        return str(_REMEDIES[remedy.code]).format(who=who)

    def cell(self, board: Board, key: Key) -> str:
        """Say a cell in full: person, date, kind of day, shift, who leads, wishes, leave, broken rules."""
        parts = [self.person(board.person(key[0])), self.day(key[1])]
        kind = board.plan.day_types[key[1]]
        if kind in DAY_TYPES:
            parts.append(str(DAY_TYPES[kind]))
        template, cell = board.template_at(key), board.cell(key)
        if template is None or cell is None:
            parts.append(pgettext("roster", "off"))
        else:
            parts.append(self.shift_with_times(template))
            if cell.is_supervisor:
                parts.append(_("duty supervisor"))
            if cell.team_id is not None:
                parts.append(_("for {team}").format(team=self.team(board, cell.team_id)))
            if cell.is_fixed:
                parts.append(pgettext("roster", "fixed"))
        parts += self.beside(board, key)
        said = pgettext("read out", ", ").join(parts)
        why = [
            _("{rule}: {sentence}").format(
                rule=self.violation_title(each), sentence=self.violation(board, each)
            )
            for each in board.broken_at(key)
        ]
        return self.sentences([said, *why])

    def beside(self, board: Board, key: Key) -> list[str]:
        """Return what else is known of a cell: approved leave that is not painted, and a wish."""
        found = []
        leave = board.leaves.get(key)
        if leave is not None and board.cell(key) is None:
            shift = self.shift(board.templates[leave]) if leave in board.templates else ""
            found.append(_("approved leave: {shift}").format(shift=shift))
        asked_for = board.asked_leaves.get(key)
        if asked_for is not None and asked_for in board.templates:
            shift = self.shift(board.templates[asked_for])
            found.append(_("leave asked for, not decided: {shift}").format(shift=shift))
        wish = board.wishes.get(key)
        if wish is not None:
            asked = board.templates.get(wish.template_id) if wish.template_id is not None else None
            what = self.shift(asked) if asked is not None else pgettext("roster", "off")
            said = _("wishes: {shift} ({text})") if wish.text else _("wishes: {shift}")
            found.append(said.format(shift=what, text=wish.text))
            if board.is_kept(wish) is False:
                found.append(pgettext("wish", "not as planned"))
        return found

    def terms(self, person: RosterPerson) -> str:
        """Return what was agreed with somebody, "" where nothing special was."""
        found = []
        if person.no_nights:
            found.append(_("no nights"))
        if person.no_weekends:
            found.append(_("no weekends"))
        if person.no_holidays:
            found.append(_("no public holidays"))
        if person.contract_minutes is not None:
            hours = self.hours(timedelta(minutes=person.contract_minutes))
            found.append(_("{hours} h a week").format(hours=hours))
        if person.nights_most is not None:
            found.append(_("at most {count} nights a month").format(count=person.nights_most))
        if person.is_reachable:
            found.append(_("reachable outside hours"))
        return pgettext("between things", ", ").join(found)

    def selection(self, board: Board, keys: Sequence[Key]) -> str:
        """Return how many cells are selected, their hours, and what is wrong in them."""
        count = len(keys)
        minutes = sum(
            board.checks.times.minutes(cell.template_id, cell.on_date)
            for key in keys
            if (cell := board.cell(key)) is not None
        )
        parts = [
            ngettext("{n} cell", "{n} cells", count).format(n=count),
            _("{hours} h").format(hours=self.hours(timedelta(minutes=minutes))),
        ]
        weights = [each.severity for key in keys for each in board.broken_at(key)]
        forbidden = weights.count(Severity.FORBID)
        warned = weights.count(Severity.WARN)
        if forbidden:
            said = ngettext("{n} rule broken", "{n} rules broken", forbidden)
            parts.append(said.format(n=forbidden))
        if warned:
            parts.append(ngettext("{n} warning", "{n} warnings", warned).format(n=warned))
        return pgettext("between things", ", ").join(parts)

    def outcome(self, board: Board, added: Sequence[Violation]) -> str:
        """Return how a stroke would turn out: the worst rule it breaks, and how many more."""
        if not added:
            return _("Breaks no rule")
        first = max(added, key=lambda each: each.severity is Severity.FORBID)
        said = _("{who}: {rule}").format(who=self.who(board, first), rule=self.violation_title(first))
        more = len(added) - 1
        return _("{said} and {n} more").format(said=said, n=more) if more else said

    def sentences(self, parts: Sequence[str]) -> str:
        """Return parts as they are read out one after another."""
        return pgettext("read out", ". ").join(parts)
