"""What Auto-fill writes besides the reasons: progress, changes, measures, fairness, rules left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.models.entities.filled import FillProgress, FillResult, FillStatus
from app.models.entities.filling import FillMode
from app.models.entities.ids import TemplateId
from app.models.entities.roster import Assignment, PaintedCell, Violation
from app.models.entities.roster_plan import CellKey
from app.models.entities.wishes import WishesMet
from app.services.filling.review_queries import FairScore, FillReview
from app.views.base.i18n import N_, LazyText, _, ngettext, pgettext
from app.views.roster.board import Board
from app.views.roster.filling_words import MEASURES, FillingWords, FillNames
from app.views.roster.roster_words import RosterWords

MODES: dict[FillMode, tuple[LazyText, LazyText]] = {
    FillMode.ANEW: (
        N_("Fill"),
        N_("Everything is planned anew; fixed cells, absences and past days stay as they are."),
    ),
    FillMode.HOLES: (N_("Fill holes only"), N_("What is painted stays; only empty cells are filled.")),
    FillMode.REPAIR: (
        N_("Repair"),
        N_("What is painted is mended with as few changes as possible, as after a sick call."),
    ),
}
_FAIR: dict[str, LazyText] = {
    "nights": N_("Nights"),
    "weekends": N_("Weekends"),
    "holidays": N_("Holidays"),
    "hours": N_("Hours"),
}


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a list, and where it leads: a cell, a broken rule, or nowhere."""

    text: str
    key: CellKey | None = None
    violation: Violation | None = None


class FillingSays:
    """Says things about one proposal, with the names of the board it is shown on."""

    def __init__(self, words: RosterWords) -> None:
        self._words = words
        self._fmt = words.fmt

    def of(self, board: Board) -> FillingWords:
        """Return the words for reasons, with this board's names."""
        words = self._words
        return FillingWords(
            self._fmt,
            FillNames(
                {person.id: words.person(person) for person in board.people},
                {key: words.shift(template) for key, template in board.templates.items()},
                {team_id: words.team(board, team_id) for team_id in board.teams},
                {
                    skill.id: skill.name_alt
                    if words.language.startswith("zh") and skill.name_alt
                    else skill.name
                    for skill in board.skills
                },
            ),
        )

    def seconds(self, progress: FillProgress, limit: int) -> str:
        """Return "12 s of 20 s · 5 rosters found"."""
        found = ngettext("{n} roster found", "{n} rosters found", progress.solutions)
        return _("{elapsed} s of {limit} s · {found}").format(
            elapsed=self._fmt.number(progress.elapsed, 0),
            limit=self._fmt.number(limit, 0),
            found=found.format(n=progress.solutions),
        )

    def costs(self, progress: FillProgress) -> str:
        """Return what the best roster costs and what none can cost less than; "" while there is none."""
        if progress.best is None:
            return _("No roster yet. The first one usually comes within seconds.")
        best = self._fmt.number(progress.best, 0)
        if progress.bound is None:
            return _("The best one costs {best}.").format(best=best)
        gap = (progress.best - progress.bound) / progress.best if progress.best > 0 else 0.0
        return _("The best one costs {best}, none can cost less than {bound}: gap {gap}.").format(
            best=best, bound=self._fmt.number(progress.bound, 0), gap=self._fmt.percent(max(0.0, gap))
        )

    def ended(self, board: Board, result: FillResult) -> str:
        """Return how the search ended."""
        said = self.of(board).ended(result)
        if result.status is FillStatus.CANCELLED and result.has_roster:
            return _("You stopped it. {said}").format(said=said)
        return said

    def changes(
        self,
        board: Board,
        strokes: Sequence[PaintedCell],
        there: Mapping[CellKey, Assignment],
        *,
        by_date: bool,
    ) -> list[ListLine]:
        """Return each cell that changes: "Wang Fang, Sat 21 Nov: off → Night", by person or by date.

        `there` is what stood in the cells when the days were read.
        """
        shown = [cell for cell in strokes if board.place_of((cell.person_id, cell.on_date)) is not None]
        rows = {person.id: row for row, person in enumerate(board.people)}
        if by_date:
            shown.sort(key=lambda cell: (cell.on_date, rows[cell.person_id]))
        else:
            shown.sort(key=lambda cell: (rows[cell.person_id], cell.on_date))
        return [self._change(board, cell, there) for cell in shown]

    def _change(self, board: Board, cell: PaintedCell, there: Mapping[CellKey, Assignment]) -> ListLine:
        key = (cell.person_id, cell.on_date)
        before = there.get(key)
        led = before is not None and before.is_supervisor
        text = _("{who}, {day}: {before} → {after}").format(
            who=self._words.person(board.person(cell.person_id)),
            day=self._words.day(cell.on_date),
            before=self.shift(board, cell.before, is_led=led),
            after=self.shift(board, cell.template_id, is_led=cell.is_supervisor),
        )
        return ListLine(text, key)

    def shift(self, board: Board, template_id: TemplateId | None, *, is_led: bool = False) -> str:
        """Return a shift's name and whether the person leads it, "off" for none."""
        template = board.templates.get(template_id) if template_id is not None else None
        if template is None:
            return pgettext("roster", "off")
        name = self._words.shift(template)
        return _("{shift}, leads").format(shift=name) if is_led else name

    def broken(self, board: Board, violations: Sequence[Violation]) -> list[ListLine]:
        """Return the broken rules that are left."""
        lines = []
        for one in violations:
            item = self._words.fix_item(board, one)
            text = _("{rule}: {sentence}").format(rule=item.title, sentence=item.sentence)
            lines.append(ListLine(text, violation=one))
        return lines

    def measures(self, result: FillResult, review: FillReview) -> list[tuple[str, str, str]]:
        """Return name, before and after of what tells how good a roster is, fairness first."""
        number = self._fmt.number
        table = [(_("Fairness of twelve months"), *self._fair(review, None))]
        for name, title in _FAIR.items():
            before, after = self._fair(review, name)
            if before != after:
                table.append((_("Fairness: {what}").format(what=str(title)), before, after))
        broken = (number(len(review.broken_before), 0), number(len(review.broken_after), 0))
        table.append((_("Rules broken on these days"), *broken))
        amounts = {line.measure: line.amount for line in result.before}
        table += [
            (str(MEASURES[line.measure]), number(amounts.get(line.measure, 0), 0), number(line.amount, 0))
            for line in result.after
        ]
        return table

    def wishes(self, board: Board, review: FillReview) -> list[tuple[str, str, str]]:
        """Return whose wishes, and how many of them are fulfilled before and after: "1 of 3", "3 of 3"."""
        before = {each.person_id: each for each in review.wishes_before}
        shown = [
            each
            for each in review.wishes_after
            if board.place_of((each.person_id, board.days[0])) is not None
        ]

        def said(each: WishesMet) -> str:
            return _("{met} of {made}").format(
                met=self._fmt.number(each.met, 0), made=self._fmt.number(each.made, 0)
            )

        return [
            (
                _("Wishes of {who}").format(who=self._words.person(board.person(each.person_id))),
                said(before[each.person_id]),
                said(each),
            )
            for each in shown
        ]

    def _fair(self, review: FillReview, measure: str | None) -> tuple[str, str]:
        def said(fair: FairScore) -> str:
            value = fair.score if measure is None else fair.by_measure.get(measure)
            return "–" if value is None else self._fmt.number(value, 0)

        return said(review.fair_before), said(review.fair_after)

    def clashes(self, board: Board, review: FillReview) -> str:
        """Return whose cells somebody painted meanwhile."""
        found = [
            _("{who}, {day}").format(
                who=self._words.person(board.person(cell.person_id)), day=self._words.day(cell.on_date)
            )
            for cell in review.clashes[:3]
            if board.place_of((cell.person_id, cell.on_date)) is not None
        ]
        more = len(review.clashes) - len(found)
        if more > 0:
            found.append(_("and {n} more").format(n=more))
        return pgettext("between things", ", ").join(found)
