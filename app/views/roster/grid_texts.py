"""The words painted into the roster's grid, made once per board: looking them up is slow."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.entities.calendars import DayType
from app.models.entities.roster import CoverageCount
from app.services.base.names import name_in
from app.views.base.i18n import _, pgettext
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.paint import width_of
from app.views.roster.board import Board
from app.views.roster.roster_words import RosterWords

_NARROWEST, _WIDEST = 168, 232
_BESIDE_NAME = Space.M + Size.AVATAR + Space.S + Space.S + 2 * Size.ICON_SMALL + Space.S


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
        if len(board.days) == 1:
            self.lines.append(_("People each hour"))
        notes = _day_notes()
        self.day_notes = [notes.get(kind, "") for kind in board.day_types]
        self.fair = (
            pgettext("roster", "Nights"),
            pgettext("roster", "Weekends"),
            pgettext("roster", "Holidays"),
        )
        self.fair_short = (
            pgettext("roster, narrow column", "Night"),
            pgettext("roster, narrow column", "W/e"),
            pgettext("roster, narrow column", "Hol."),
        )
        self.terms = [words.terms(person) for person in board.people]
        self.people = board.people
        self._board, self._words = board, words
        self.notes = {each.id: words.times(each) or words.shift(each) for each in board.templates.values()}
        self.name_width = self._name_width()
        """How wide the frozen column of names must be."""

    def hours(self, row: int) -> str:
        """Return the hours of a person."""
        return self._words.hours(self._board.hours(self.people[row].id))

    def total(self) -> str:
        """Return the hours of everybody."""
        return self._words.hours(timedelta(minutes=sum(self._board.minutes(one.id) for one in self.people)))

    def is_of(self, board: Board) -> bool:
        """Whether these are the texts of a board."""
        return self._board is board

    def _name_width(self) -> int:
        names = max((width_of(name, strong=True) for name in self.names), default=0) + _BESIDE_NAME
        lines = max((width_of(line, Type.NUMBER) for line in self.lines), default=0) + 2 * Space.M
        return min(_WIDEST, max(_NARROWEST, names, lines))


def count_text(count: CoverageCount) -> str:
    """Return a count of the strip: "3", "1/2" where people are missing, "" where nothing counts."""
    if count.is_gap:
        return f"{count.planned}/{count.needed}"
    return str(count.planned) if count.planned or count.needed else ""


def _day_notes() -> dict[str, str]:
    """Return what calendars write beside a date that is no usual one: so short that a column has room."""
    return {
        DayType.HOLIDAY.value: _("Hol."),
        DayType.DAY_OFF_IN_LIEU.value: _("Lieu"),
        DayType.MAKE_UP_WORKDAY.value: pgettext("roster", "Work"),
    }
