"""Two versions of a text side by side: which lines are the same, changed, gone or new. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from app.services.search.ranking import Segment

# Below this likeness two lines are said to be different ones: marks all over a line explain nothing.
_ALIKE = 0.35


class LineKind(StrEnum):
    """What happened to a line."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class LinePair:
    """A line before and after, each as (text, is_different) parts; a missing side is empty."""

    kind: LineKind
    before: tuple[Segment, ...]
    after: tuple[Segment, ...]


def side_by_side(before: str, after: str) -> list[LinePair]:
    """Return the lines of both texts in pairs, in their order; joined, each side is its whole text."""
    old, new = before.splitlines(), after.splitlines()
    pairs: list[LinePair] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += [LinePair(LineKind.SAME, _whole(line), _whole(line)) for line in old[i1:i2]]
        else:
            pairs += _replaced(old[i1:i2], new[j1:j2])
    return pairs


def folded(pairs: Sequence[LinePair], around: int = 3) -> list[LinePair | int]:
    """Replace long runs of unchanged lines by how many they are, leaving `around` lines at each change.

    A run is folded only where that saves more than one line; without any change everything is one run.
    """
    changed = [at for at, pair in enumerate(pairs) if pair.kind is not LineKind.SAME]
    kept = {at + near for at in changed for near in range(-around, around + 1)}
    shown: list[LinePair | int] = []
    run: list[LinePair] = []
    for at, pair in enumerate(pairs):
        if at in kept:
            shown += _run(run)
            run = []
            shown.append(pair)
        else:
            run.append(pair)
    return [*shown, *_run(run)]


def _run(run: Sequence[LinePair]) -> Sequence[LinePair | int]:
    return [len(run)] if len(run) > 1 else list(run)


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[LinePair]:
    for before, after in zip_longest(old, new):
        if before is None:
            yield LinePair(LineKind.ADDED, (), ((after, True),))
        elif after is None:
            yield LinePair(LineKind.REMOVED, ((before, True),), ())
        else:
            yield LinePair(LineKind.CHANGED, *_compared(before, after))


def _compared(before: str, after: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ((before, True),), ((after, True),)
    left: list[Segment] = []
    right: list[Segment] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        is_different = tag != "equal"
        if i2 > i1:
            left.append((before[i1:i2], is_different))
        if j2 > j1:
            right.append((after[j1:j2], is_different))
    return tuple(left), tuple(right)


def _whole(line: str) -> tuple[Segment, ...]:
    return ((line, False),)
