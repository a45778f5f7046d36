"""What a column of a table is: a title, a text per row, and how its cells look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt

from app.views.base.i18n import LazyText
from app.views.base.widgets.paint import ClockTone

R = TypeVar("R")


class CellKind(StrEnum):
    """How the delegate paints a cell. The text is the same for all: it is what is read aloud and copied."""

    TEXT = "text"
    PRIORITY = "priority"
    STATUS = "status"
    TIME_LEFT = "time_left"
    PERSON = "person"
    NUMBER = "number"
    DATE = "date"
    ICON = "icon"
    CHECK = "check"  # the box that Space ticks; see `check_column`


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon in a colour: the sign of a status, a badge behind a subject."""

    icon: str
    token: str = "muted"


@dataclass(frozen=True, slots=True)
class TextLook:
    """A text cell with a dot before it (unread), in semibold, or with small icons at its end.

    `tag` is a word on a red ground before the text: what nobody may overlook.
    """

    is_strong: bool = False
    dot: str = ""
    badges: tuple[Mark, ...] = ()
    token: str = "text"
    tag: str = ""


@dataclass(frozen=True, slots=True)
class PriorityLook:
    """The chip of a priority level, 1 to 5; `is_raised` where time raised it above what was agreed."""

    level: int
    is_raised: bool = False


@dataclass(frozen=True, slots=True)
class TimeLook:
    """A bar of the time left; `share` of the allowed time, 0 to 1."""

    share: float
    tone: ClockTone


Look = Mark | TextLook | PriorityLook | TimeLook


@dataclass(frozen=True, slots=True)
class Cell:
    """One prepared cell: nothing is computed any more when it is painted."""

    text: str
    look: Look | None = None
    hint: str = ""


@dataclass(frozen=True)  # no slots: Python 3.11 cannot make `Column[Row](...)` with them
class Column(Generic[R]):
    """One column. `key` names it in saved layouts and in questions to sort; it never changes.

    `text` and the other functions get a row object and return what to show; they must not read anything
    slow. `width` is in pixels at 100 %; one column per table is `is_stretched` and takes what is left;
    below `least_width` it keeps that and the table scrolls sideways.
    """

    key: str
    title: LazyText
    text: Callable[[R], str]
    kind: CellKind = CellKind.TEXT
    width: int = 120
    look: Callable[[R], Look | None] | None = None
    hint: Callable[[R], str] | None = None
    sort_value: Callable[[R], Any] | None = None
    is_sortable: bool = True
    is_stretched: bool = False
    is_hidden: bool = False
    align_right: bool | None = None
    least_width: int = 120

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Numbers stand right, everything else left, unless said otherwise."""
        right = self.kind is CellKind.NUMBER if self.align_right is None else self.align_right
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    @property
    def ticks(self) -> bool:
        """Whether its cells change as time goes by, without any event."""
        return self.kind in {CellKind.TIME_LEFT, CellKind.DATE}

    def cell(self, row: R) -> Cell:
        """Prepare the cell of one row."""
        look = self.look(row) if self.look is not None else None
        hint = self.hint(row) if self.hint is not None else ""
        return Cell(self.text(row), look, hint)


_UNTITLED = ""
_NO_TITLE = LazyText(_UNTITLED)


def check_column() -> Column[Any]:
    """Return the column of boxes that mark rows for a bulk action; it goes first."""
    return Column("check", _NO_TITLE, text=lambda _row: "", kind=CellKind.CHECK, width=36, is_sortable=False)
