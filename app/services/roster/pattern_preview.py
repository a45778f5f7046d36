"""What a pattern makes of crews that work it one after another. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.models.entities.roster import ShiftKind, ShiftTemplate


@dataclass(frozen=True, slots=True)
class PatternPreview:
    """Each crew's shifts day by day, and how many crews have each shift; "" is a day off.

    `week_minutes` are what one crew works a week on average.
    """

    lines: tuple[tuple[str, ...], ...]
    counts: Mapping[str, tuple[int, ...]]
    week_minutes: int


def preview(
    cells: Sequence[str], crews: int, days: int, templates: Mapping[str, ShiftTemplate]
) -> PatternPreview:
    """Lay a pattern for some crews, each begun as far behind the one before as the pattern allows evenly.

    A pattern without a shift gives empty lines. Codes that `templates` does not know count no hours.
    """
    length = len(cells)
    starts = [round(crew * length / crews) if crews else 0 for crew in range(crews)]
    lines = tuple(
        tuple(cells[(day + start) % length] if length else "" for day in range(days)) for start in starts
    )
    shown = [code for code in dict.fromkeys(cells) if code]
    columns = [Counter(line[day] for line in lines) for day in range(days)]
    counts = {code: tuple(column[code] for column in columns) for code in shown}
    minutes = sum(
        templates[code].duration_minute
        for code in cells
        if code in templates and templates[code].kind is ShiftKind.WORK
    )
    return PatternPreview(lines, counts, round(minutes * 7 / length) if length else 0)
