"""What is written about a month: how far it is, what to know before publishing, its versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.models.entities.ids import PersonId
from app.models.entities.roster import Assignment, BrokenRule, CoverageCount, Severity, Violation
from app.models.entities.roster_lacks import Lacks
from app.models.entities.roster_plan import CellChange, MonthState, PublishCheck, RosterVersion, Seen
from app.services.roster.lack_words import lacks_listed, lacks_said
from app.views.base.i18n import _, ngettext, pgettext
from app.views.roster.board import Board
from app.views.roster.filling_says import ListLine
from app.views.roster.roster_words import RosterWords


class MonthSays:
    """Says things about a month in the window's language and the site's zone."""

    def __init__(self, words: RosterWords) -> None:
        self._words = words
        self._fmt = words.fmt

    # -- how far it is -------------------------------------------------------------------------------

    def standing(self, state: MonthState) -> tuple[str, str, str]:
        """Return what the header says ("Draft 4 · published 28 Mar · 7 changes since"), its meaning, tone."""
        if state.version is None:
            return _("Draft, not published"), _("Nobody was told of this month yet."), ""
        day = self._fmt.texts.date_pattern(self._fmt.local(state.version.at).date(), "MMMd")
        count = len(state.changes)
        number = state.version.number
        if not count and state.is_published:
            said = _("Version {number} · published {day}").format(number=number, day=day)
            return said, self._by(state.version), "ok"
        parts = [_("Draft {number} · published {day}").format(number=number + 1, day=day)]
        if count:
            parts.append(ngettext("{n} change since", "{n} changes since", count).format(n=count))
        if state.is_published:
            why = _("What is shown holds. It differs from version {number}; those concerned were told.")
        else:
            why = _("The month was taken back to a draft; version {number} was published before.")
        return " · ".join(parts), why.format(number=number), "warn" if state.is_published else ""

    def _by(self, version: RosterVersion) -> str:
        when = self._fmt.exact(version.at)
        if not version.by:
            return _("Published {when}").format(when=when)
        return _("Published {when} by {who}").format(when=when, who=version.by)

    # -- before publishing ---------------------------------------------------------------------------

    def publish_title(self, state: MonthState, month: str) -> str:
        """Return the heading of the dialog."""
        if state.is_published and state.version is not None:
            return _("Publish the changes of {month}").format(month=month)
        return _("Publish {month}").format(month=month)

    def who_is_told(self, check: PublishCheck) -> str:
        """Return as which version it goes out, and how many people will be told."""
        state, count = check.state, len(check.told)
        told = ngettext("{n} person will be told.", "{n} people will be told.", count).format(n=count)
        if not count:
            told = _("Nobody needs to be told.")
        if state.version is None:
            return _("It becomes version 1. {told}").format(told=told)
        if state.is_published and not state.changes:
            return _("It is published as version {number}; nothing changed since.").format(
                number=state.version.number
            )
        changes = ngettext("{n} shift changed", "{n} shifts changed", len(state.changes))
        return _("{changes} since version {number}; it becomes version {next}. {told}").format(
            changes=changes.format(n=len(state.changes)),
            number=state.version.number,
            next=state.version.number + 1,
            told=told,
        )

    def broken(self, board: Board, violations: Iterable[Violation]) -> list[ListLine]:
        """Return broken rules with a way to their cells."""
        lines = []
        for one in violations:
            item = self._words.fix_item(board, one)
            text = _("{rule}: {sentence}").format(rule=item.title, sentence=item.sentence)
            lines.append(ListLine(text, violation=one))
        return lines

    def gaps(self, board: Board, counts: Iterable[CoverageCount]) -> list[ListLine]:
        """Return gaps by date, with a way to their cells."""
        lines = []
        for count in sorted(counts, key=lambda one: one.on_date):
            line = self._words.line(board, count.rule.template_id, count.rule.team_id)
            text = _("{day}, {line}: {sentence}").format(
                day=self._words.day(count.on_date),
                line=line,
                sentence=self._words.missing(count.planned, count.needed),
            )
            gap = Violation(
                BrokenRule.GAP,
                count.on_date,
                None,
                count.rule.template_id,
                count.planned,
                count.needed,
                Severity.WARN,
                team_id=count.rule.team_id,
            )
            lines.append(ListLine(text, violation=gap))
        return lines

    def without(self, board: Board, check: PublishCheck) -> list[ListLine]:
        """Return who has no shift, and what nobody has answered."""
        people = {person.id: person for person in board.people}
        lines = [
            ListLine(
                _("{who} has no shift in this month").format(who=self._words.person(people[one])),
                (one, board.days[0]),
            )
            for one in check.without_shift
            if one in people
        ]
        if check.open_leaves:
            said = ngettext(
                "{n} request for leave is not answered",
                "{n} requests for leave are not answered",
                check.open_leaves,
            )
            lines.append(ListLine(said.format(n=check.open_leaves)))
        if check.open_swaps:
            said = ngettext(
                "{n} request for a swap is not answered",
                "{n} requests for a swap are not answered",
                check.open_swaps,
            )
            lines.append(ListLine(said.format(n=check.open_swaps)))
        return lines

    def lacking(self, lacks: Lacks) -> str:
        """Return in figures what a month lacks that is about to go out."""
        said = lacks_listed(self._fmt.texts, lacks.counts)
        return _("As it stands it goes out with {lacks}.").format(lacks=said)

    def lacks(self, board: Board, lacks: Lacks) -> list[ListLine]:
        """Return what it lacks one by one, by date, with a way to the cells."""
        lines = self.broken(board, lacks.findings)
        return [ListLine(_("Nobody has a shift in this month.")), *lines] if lacks.is_empty else lines

    # -- versions ------------------------------------------------------------------------------------

    def version(self, version: RosterVersion, seen: Sequence[Seen]) -> str:
        """Return a version in one line: number, when, by whom, seen by how many, what it lacked, the note."""
        parts = [_("Version {number}").format(number=version.number), self._fmt.exact(version.at)]
        if version.by:
            parts.append(version.by)
        parts.append(ngettext("seen by {n}", "seen by {n}", len(seen)).format(n=len(seen)))
        if version.lacks:
            parts.append(lacks_said(self._fmt.texts, version.lacks))
        said = " · ".join(parts)
        return _("{said}: {note}").format(said=said, note=version.note) if version.note else said

    def changes(self, board: Board, changes: Iterable[CellChange]) -> list[ListLine]:
        """Return what differs, by person and date: who, date, from → to."""
        rows = {person.id: row for row, person in enumerate(board.people)}
        gone = len(rows)
        found = sorted(changes, key=lambda one: (rows.get(one.person_id, gone), one.on_date))
        return [
            ListLine(self._change(board, one, one.person_id in rows), (one.person_id, one.on_date))
            for one in found
        ]

    def _change(self, board: Board, change: CellChange, is_here: bool) -> str:
        who = self._words.person(board.person(change.person_id)) if is_here else _("Somebody who left")
        return _("{who}, {day}: {before} → {after}").format(
            who=who,
            day=self._words.day(change.on_date),
            before=self._cell(board, change.before),
            after=self._cell(board, change.after),
        )

    def _cell(self, board: Board, cell: Assignment | None) -> str:
        if cell is None:
            return pgettext("roster", "off")
        template = board.templates.get(cell.template_id)
        said = self._words.shift(template) if template is not None else "?"
        if cell.team_id is not None:
            said = _("{shift} for {team}").format(shift=said, team=self._words.team(board, cell.team_id))
        return _("{shift}, leads").format(shift=said) if cell.is_supervisor else said

    def seen(self, seen: Iterable[Seen]) -> list[ListLine]:
        """Return who has seen a version, and when first."""
        return [
            ListLine(_("{who}, {when}").format(who=one.name, when=self._fmt.exact(one.at))) for one in seen
        ]

    def unseen(self, board: Board, people: Iterable[PersonId]) -> list[ListLine]:
        """Return who has not seen it."""
        there = {person.id: person for person in board.people}
        return [
            ListLine(_("{who}: not seen").format(who=self._words.person(there[one])))
            for one in people
            if one in there
        ]
