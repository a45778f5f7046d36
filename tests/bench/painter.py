"""Painting a month of forty people: the rules of one stroke, its way to the screen, a drag, and what follows.

`python -m tests.bench.painter` measures this alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.models.entities.ids import PersonId
from app.models.entities.roster import CoverageRule, PaintedCell
from app.models.entities.roster_plan import RosterPlan
from app.services.base.texts import Texts
from app.services.roster.checks import RosterChecks
from app.services.roster.remedies import remedies
from app.views.base.format import Format
from app.views.base.theme import theme
from app.views.base.tokens import ThemeName
from app.views.roster.board import Board
from app.views.roster.board_parts import Told
from app.views.roster.fair_shares import fair_bars
from app.views.roster.fix_card import FixCard
from app.views.roster.grid import RosterGrid
from app.views.roster.roster_words import RosterWords
from tests.bench.measuring import HEAD, Line, median_ms
from tests.support.roster_plans import DAY, NIGHT, SHANGHAI, line, month, person, plan

FIRST = date(2026, 8, 3)
PEOPLE = 40
DAYS = 31
_SIZE = (1440, 1200)
_ROWS = ("DN--", "-DN-", "--DN", "N--D", "DDDDD--", "GGGGGGG")


def busy_month() -> RosterPlan:
    """Forty people of four teams, a month full of shifts, some rules broken."""
    days = month(date(2026, 8, 1))
    cells = {}
    for number in range(1, PEOPLE + 1):
        row = (_ROWS[number % len(_ROWS)] * DAYS)[:DAYS]
        leads = days if number % 10 == 0 else ()
        cells |= line(number, days[0], row, leads)
    coverage = [
        CoverageRule(template.id, team, kind, 3)
        for template in (DAY, NIGHT)
        for team in range(4)
        for kind in ("workday", "weekend")
    ]
    people = [person(number, number % 4) for number in range(1, PEOPLE + 1)]
    people.sort(key=lambda each: (each.team_position, each.id))
    return plan(days, cells, people, coverage=tuple(coverage))


def painter_lines() -> Iterator[Line]:
    """Measure one stroke in its parts, then all of it as the window does it."""
    size = PEOPLE * DAYS
    asked = busy_month()
    yield Line("painter: rules of a whole month, once", size, median_ms(lambda: RosterChecks(asked)), None)
    board = Board(Told(asked))
    person_id = PersonId(7)
    to_and_fro = _Strokes(board, person_id)
    yield Line("painter: rules of one stroke", size, median_ms(to_and_fro.paint, 100), None, goal_ms=5.0)
    yield Line("painter: fairness", size, median_ms(lambda: fair_bars(board, None)), None, goal_ms=16.0)
    broken = next(each for each in board.violations if each.person_id is not None)
    yield Line("painter: ways to mend a rule", size, median_ms(lambda: remedies(board.checks, broken)), None)
    window = _Window(board)
    yield Line("painter: the whole grid drawn", size, median_ms(window.draw_all), None)
    name = "painter: one stroke, shown"
    yield Line(name, size, median_ms(lambda: window.show(to_and_fro.paint), 100), None, goal_ms=16.0)
    name = "painter: a week of six people, shown"
    yield Line(name, size, median_ms(lambda: window.show(to_and_fro.block), 50), None, goal_ms=33.0)


class _Strokes:
    """Paints one cell, or a block of them, now with this and now with that shift."""

    def __init__(self, board: Board, person_id: PersonId) -> None:
        self._board = board
        self._key = (person_id, FIRST)
        self._count = 0

    def paint(self) -> None:
        self._count += 1
        shift = (DAY, NIGHT)[self._count % 2].id
        self._board.paint([PaintedCell(*self._key, shift)])

    def block(self) -> None:
        self._count += 1
        shift = (DAY, NIGHT)[self._count % 2].id
        keys = [self._board.key_at(row, day) for row in range(6) for day in range(7)]
        self._board.paint(self._board.stroke(keys, shift))


class _Window:
    """The grid and the foot of the page, really drawn."""

    def __init__(self, board: Board) -> None:
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        theme.apply(application, ThemeName.LIGHT, "en", shipped_font=True)
        self._application = application
        self._board = board
        words = RosterWords(Format(Texts("en"), SHANGHAI))
        self._words = words
        self._grid = RosterGrid(words)
        self._grid.set_editable(True)
        self._grid.resize(*_SIZE)
        self._grid.show_board(board)
        self._fix = FixCard()
        self._grid.show()
        application.processEvents()

    def draw_all(self) -> None:
        self._grid.viewport().repaint()

    def show(self, paint: object) -> None:
        assert callable(paint)
        paint()
        self._grid.show_board(self._board)
        problems = list(self._board.violations)
        board, words = self._board, self._words
        self._fix.show_problems(problems, lambda one: words.fix_item(board, one), published=False)
        self._application.processEvents()


def main() -> int:
    """Print the table; 1 where a goal is missed."""
    print(HEAD)
    found = list(painter_lines())
    for each in found:
        print(each.text())
    return 0 if all(each.is_met for each in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
