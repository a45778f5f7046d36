"""What a tooltip over the roster's grid says: what marks and signs only hint at. Pure."""

from __future__ import annotations

from app.models.entities.roster import BrokenRule
from app.services.base.names import name_in
from app.views.base.i18n import _, pgettext
from app.views.roster.board import Board
from app.views.roster.grid_layout import Spot, Zone
from app.views.roster.roster_words import DAY_TYPES, RosterWords

_OF_HOURS = frozenset({BrokenRule.HOURS_WEEK, BrokenRule.HOURS_MONTH, BrokenRule.CONTRACT})


def tip_of(spot: Spot, board: Board, words: RosterWords) -> str:
    """Return the tooltip of a spot; "" where the picture says everything."""
    if spot.zone is Zone.NAME and spot.row < len(board.people):
        person = board.people[spot.row]
        terms = words.terms(person)
        return _("{who}: {rule}").format(who=words.person(person), rule=terms) if terms else ""
    if spot.zone is Zone.DAY and spot.day >= 0:
        kind = board.day_types[spot.day]
        if kind not in DAY_TYPES:
            return ""
        return _("{who}, {day}").format(who=words.day(board.days[spot.day]), day=DAY_TYPES[kind])
    if spot.zone is Zone.HOURS:
        person_id = board.people[spot.row].id
        over = [each for each in board.violations if each.person_id == person_id and each.rule in _OF_HOURS]
        return "\n".join(words.violation(board, each) for each in over)
    if spot.zone is Zone.CELL:
        return _of_cell(spot, board, words)
    return ""


def _of_cell(spot: Spot, board: Board, words: RosterWords) -> str:
    key = board.key_at(spot.row, spot.day)
    cell = board.cell(key)
    said = []
    if cell is not None and cell.team_id is not None:
        team = name_in(*board.team_name(cell.team_id), words.language)
        said.append(_("for {team}").format(team=team))
    if cell is not None and cell.is_fixed:
        said.append(pgettext("roster", "fixed"))
    return "\n".join([*said, *words.beside(board, key)])
