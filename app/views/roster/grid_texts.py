"""The words painted into the roster's grid, made once per board: looking them up is slow."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.entities.roster import CoverageCount
from app.services.base.names import name_in
from app.views.base.i18n import _, pgettext
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.paint import width_of
from app.views.roster.board import Board
from app.views.roster.roster_words import RosterWords

_NARROWEST, _WIDEST = 168, 232
_BESIDE_NAME = Space.M + Size.AVATAR + Space.S + Space.S + Size.ICON_SMALL + Space.S


class GridTexts:
    """Everything the grid writes besides the codes in the cells."""

    def __init__(self, board: Board, words: RosterWords, weekdays: dict[date, str]) -> None:
        """`weekdays` keeps what was looked up before; new days are added to it."""
        texts = words.fmt.texts
        for on in board.days:
            if on not in weekdays:
                weekdays[on] = texts.date_pattern(on, "E")
        self.person = _("Person")
        self.hours_title = pgettext("roster", "Hours")
        self.weekdays = [weekdays[on] for on in board.days]
        self.names = [words.person(person) for person in board.people]
        self.groups = [name_in(group.name, group.name_alt, words.language) for group in board.groups]
        self.lines = [words.line(board, line.template_id, line.team_id) for line in board.coverage]
        self.hours = [words.hours(board.hours[person.id]) for person in board.people]
        self.total = words.hours(sum(board.hours.values(), timedelta()))
        self.notes = {each.id: words.times(each) or words.shift(each) for each in board.templates.values()}

    def name_width(self) -> int:
        """Return how wide the frozen column of names must be."""
        names = max((width_of(name, strong=True) for name in self.names), default=0) + _BESIDE_NAME
        lines = max((width_of(line, Type.NUMBER) for line in self.lines), default=0) + 2 * Space.M
        return min(_WIDEST, max(_NARROWEST, names, lines))


def count_text(count: CoverageCount) -> str:
    """Return a count of the strip: "3", "1/2" where people are missing, "" where nothing counts."""
    if count.is_gap:
        return f"{count.planned}/{count.needed}"
    return str(count.planned) if count.planned or count.needed else ""
