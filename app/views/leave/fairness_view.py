"""The fairness ledger: each person's figures against the mean of their team, and what the score means."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.leave import Ledger, LedgerLine
from app.views.base.columns import CellKind, Column, TextLook, TimeLook
from app.views.base.i18n import N_, LazyText, _
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.tokens import Space
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.paint import ClockTone
from app.views.base.widgets.states import EmptyState
from app.views.leave.leave_words import LeaveWords

_FAR = 1.25
_NOTHING = -1.0  # a bar that is not there, where a short one would say a little
"""From this share of the team's mean on, somebody carries clearly more than the others."""
Figure = Callable[[LedgerLine], float]
LedgerColumn = Column[LedgerLine]


class FairnessView(QWidget):
    """A table one sorts by its headings; bars end at twice the mean of the team."""

    def __init__(self, words: LeaveWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fairness")
        self._words = words
        self._ledger: Ledger | None = None
        self.score = PlainLabel("", "figure")
        self.stretch = PlainLabel("", "muted")
        self.meaning = PlainLabel(
            _(
                "Nights, weekend days, statutory holidays and hours of the last 12 months. Each pair of "
                "one team is compared, each figure by how much of full time it is owed: 100 means that all "
                "did the same, 0 that some did everything. Whoever is spared nights, weekends or holidays by "
                "agreement is not compared in that. Bars end at twice the mean of the team."
            ),
            "small",
            wrap=True,
        )
        self.model: RowsModel[LedgerLine] = RowsModel(self._columns(), self, id_of=_key)
        self.table = Table()
        self.table.setAccessibleName(_("Fairness"))
        self.table.setModel(self.model)
        self.table.set_empty_widget(
            EmptyState("chart-column", _("No figures yet"), _("The roster of the last 12 months is empty."))
        )
        self.table.sort_asked.connect(self._sort)
        card = Card(flush=True)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row_of(self.score, self.stretch, None))
        column.addWidget(self.meaning)
        column.addWidget(card, 1)
        self.setFocusProxy(self.table)

    def show_ledger(self, ledger: Ledger) -> None:
        """Show the ledger; the reader's own line stands out."""
        self._ledger = ledger
        score = "–" if ledger.score is None else str(ledger.score)
        self.score.setText(_("Fairness {score}").format(score=score))
        fmt = self._words.fmt
        said = _("{first} to {last}").format(first=fmt.day(ledger.since), last=fmt.day(ledger.until))
        if not ledger.is_whole:
            said = _("{dates}; of colleagues only the mean is shown").format(dates=said)
        self.stretch.setText(said)
        self.model.set_rows([*ledger.lines, *ledger.means])
        mine = next((line for line in ledger.lines if line.is_reader), None)
        if mine is not None:
            self.table.go_to_id(_key(mine))

    def _columns(self) -> list[LedgerColumn]:
        def number(line: LedgerLine, figure: Figure) -> str:
            value = figure(line)
            return self._words.fmt.number(value, 0 if line.person_id is not None else 1)

        def hours(line: LedgerLine) -> str:
            return self._words.fmt.number(line.minutes / 60)

        def bar(key: str, title: LazyText, figure: Figure, text: Callable[[LedgerLine], str]) -> LedgerColumn:
            look = self._bar(figure)
            return Column(key, title, text, CellKind.TIME_LEFT, 112, look=look, sort_value=figure)

        def plain(key: str, title: LazyText, figure: Figure) -> LedgerColumn:
            text = partial(number, figure=figure)
            return Column(key, title, text, CellKind.NUMBER, 88, sort_value=figure)

        nights, weekends, holidays = (attrgetter(name) for name in ("nights", "weekends", "holidays"))
        minutes, given, taken = (attrgetter(name) for name in ("minutes", "swaps_given", "swaps_taken"))
        return [
            Column("name", N_("Person"), _name, width=180, look=_look, is_stretched=True),
            Column("team", N_("Team"), attrgetter("team_name"), width=200),
            bar("nights", N_("Nights"), nights, partial(number, figure=nights)),
            bar("weekends", N_("Weekend days"), weekends, partial(number, figure=weekends)),
            bar("holidays", N_("Holidays"), holidays, partial(number, figure=holidays)),
            bar("hours", N_("Hours worked"), minutes, hours),
            plain("given", N_("Given"), given),
            plain("taken", N_("Taken"), taken),
        ]

    def _bar(self, figure: Figure) -> Callable[[LedgerLine], TimeLook]:
        def look(line: LedgerLine) -> TimeLook:
            mean = self._ledger.mean_of(line) if self._ledger is not None else None
            of = figure(mean) if mean is not None else 0
            share = figure(line) / of if of else 0.0
            is_more = line.person_id is not None and share >= _FAR and figure(line) - of >= 1
            shown = min(1.0, share / 2) if figure(line) else _NOTHING
            return TimeLook(shown, ClockTone.WARNING if is_more else ClockTone.NORMAL)

        return look

    def _sort(self, key: str, descending: bool) -> None:
        self.model.sort_by(key, descending=descending)
        self.table.columns_header.show_sort(key, descending=descending)


def _key(line: LedgerLine) -> int:
    """Return a key for the table: a team's mean has a negative one."""
    return int(line.person_id) if line.person_id is not None else -int(line.team_id or 0) - 1


def _name(line: LedgerLine) -> str:
    if line.person_id is None:
        return _("Mean of {team}").format(team=line.team_name) if line.team_name else _("Mean")
    return _("{name} (you)").format(name=line.name) if line.is_reader else line.name


def _look(line: LedgerLine) -> TextLook:
    if line.person_id is None:
        return TextLook(token="muted")
    return TextLook(is_strong=line.is_reader, dot="accent" if line.is_reader else "")
