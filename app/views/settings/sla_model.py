"""One policy's targets as a table: a row per priority, texts parsed as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput, FirstlineError
from app.models.entities.priority import MatrixDefinition
from app.models.entities.sla import ClockKind, SlaPolicy, Target
from app.models.entities.time import Allowance
from app.services.calendars.rules import add_working_time, working_day_length
from app.services.sla.edits import set_allowance, set_calendar, target_of
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _
from app.views.settings.edited_cells import CHANGED, SMALL_TEXT, AnyIndex, EditedModel, Understood
from app.views.settings.level_words import priorities, priority_name, soon, told
from app.views.settings.promises import allowance
from app.views.settings.sla_words import CLOCK_HEADS, calendar_name, how_it_counts


class At(IntEnum):
    """The columns."""

    PRIORITY = 0
    RESPONSE = 1
    FIRST_LINE = 2
    RESOLUTION = 3
    UPDATE = 4
    ACCEPT = 5
    CALENDAR = 6
    DUE = 7


CLOCK_AT = {
    At.RESPONSE: ClockKind.RESPONSE,
    At.FIRST_LINE: ClockKind.FIRST_LINE,
    At.RESOLUTION: ClockKind.RESOLUTION,
    At.UPDATE: ClockKind.UPDATE_DUE,
    At.ACCEPT: ClockKind.TASK_ACCEPT,
}
_HEADS: Mapping[int, LazyText] = {
    At.PRIORITY: N_("Priority"),
    **{at: CLOCK_HEADS[clock] for at, clock in CLOCK_AT.items()},
    At.UPDATE: N_("Updates"),  # the cell says how often
    At.CALENDAR: N_("Calendar"),
    At.DUE: N_("Received now, due"),
}


@dataclass(frozen=True, slots=True)
class TableBasis:
    """What a policy's cells are computed with; `default_calendar` counts a row that is new."""

    matrix: MatrixDefinition
    calendars: Mapping[str, BusinessCalendar]
    default_calendar: str
    now: datetime
    format: Format


class TargetsModel(EditedModel):
    """Shows a policy; what a person types arrives as a whole new policy in `edited`.

    Text that is no period of time changes nothing: `refused` says what would be right.
    """

    HEADS = _HEADS
    RIGHTMOST = frozenset({At.DUE})
    edited = Signal(object)  # SlaPolicy
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._policy: SlaPolicy | None = None
        self._saved: SlaPolicy | None = None
        self._basis: TableBasis | None = None
        self.may_edit = False

    def show_policy(self, policy: SlaPolicy, saved: SlaPolicy | None, basis: TableBasis) -> None:
        """Show a policy beside what is saved of it (None for a new one)."""
        is_first = self._policy is None
        if is_first:
            self.beginResetModel()
        self._policy, self._saved, self._basis = policy, saved, basis
        if is_first:
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(At) - 1))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() or self._policy is None else len(priorities())

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        kept = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        may = self.may_edit and index.column() not in {At.PRIORITY, At.DUE}
        if index.column() == At.CALENDAR and self.target(index.row()) is None:
            may = False  # a calendar counts something: first there must be a target
        return kept | Qt.ItemFlag.ItemIsEditable if may else kept

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._policy is None or self._basis is None:
            return None
        at, row = At(index.column()), index.row()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._text(row, at)
        if role == SMALL_TEXT:
            return self._small(row, at)
        if role == CHANGED:
            return at in CLOCK_AT and self._text(row, at) != self._saved_text(row, CLOCK_AT[at])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (f"P{row + 1}", str(_HEADS[at]), self._text(row, at), self._small(row, at))
            return ", ".join(part for part in parts if part)
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if self._policy is None or self._basis is None or role != Qt.ItemDataRole.EditRole:
            return False
        at, priority = At(index.column()), index.row() + 1
        if at is At.CALENDAR:
            self.edited.emit(set_calendar(self._policy, priority, str(value)))
            return True
        if at not in CLOCK_AT or str(value).strip() == self._text(index.row(), at):
            return False
        try:
            read = Allowance.from_text(str(value)) if str(value).strip() else None
        except BadInput as error:
            kept = self._text(index.row(), at) or "–"
            sentence = _("{problem} P{priority} keeps {kept}.")
            self.refused.emit(
                sentence.format(problem=told(error, self._basis.format), priority=priority, kept=kept)
            )
            return False
        calendar = self._calendar_for_new()
        self.edited.emit(set_allowance(self._policy, priority, CLOCK_AT[at], read, calendar=calendar))
        return True

    def target(self, row: int) -> Target | None:
        """Return what the row's priority is promised, or None."""
        return target_of(self._policy, row + 1) if self._policy is not None else None

    @property
    def calendars(self) -> Mapping[str, BusinessCalendar]:
        """The calendars a row can be counted by."""
        return self._basis.calendars if self._basis is not None else {}

    def calendar_of(self, row: int) -> str:
        """Return the code of the calendar that counts a row, or would count a new one."""
        target = self.target(row)
        return target.calendar if target is not None else self._calendar_for_new()

    def understand(self, row: int, at: At, text: str) -> Understood:
        """Return what a text typed into a cell would mean, with the due time before and after."""
        basis = self._basis
        if basis is None or at not in CLOCK_AT:
            return Understood(True, "", ())
        code = self.calendar_of(row)
        calendar = basis.calendars.get(code)
        old = self._allowed(row, CLOCK_AT[at])
        before = _("Before: {old}").format(old=self._due_words(old, calendar) if old is not None else "–")
        if not text.strip():
            return Understood(True, _("Nothing will be promised here"), (before,))
        try:
            read = Allowance.from_text(text)
        except BadInput as error:
            words = told(error, basis.format)
            kept = allowance(old) if old is not None else "–"
            return Understood(False, words, (_("Otherwise {kept} stays.").format(kept=kept),))
        title = _("Understood: {what}").format(what=_meant(read, calendar, code, basis.format))
        after = _("Received now, due {due}").format(due=self._due_words(read, calendar, bare=True))
        return Understood(True, title, (after, before))

    # -- inside --------------------------------------------------------------------------------------

    def _calendar_for_new(self) -> str:
        if self._policy is not None and self._policy.targets:
            return self._policy.targets[-1].calendar
        return self._basis.default_calendar if self._basis is not None else ""

    def _allowed(self, row: int, clock: ClockKind) -> Allowance | None:
        target = self.target(row)
        return target.allowances.get(clock) if target is not None else None

    def _text(self, row: int, at: At) -> str:
        if at is At.PRIORITY and self._basis is not None:
            return priority_name(self._basis.matrix, row + 1)
        if at is At.CALENDAR:
            target = self.target(row)
            code = target.calendar if target is not None else ""
            return calendar_name(self.calendars.get(code), code)
        if at is At.DUE:
            return self._due_text(row, ClockKind.RESOLUTION)
        held = self._allowed(row, CLOCK_AT[at]) if at in CLOCK_AT else None
        return allowance(held) if held is not None else ""

    def _small(self, row: int, at: At) -> str:
        basis = self._basis
        if basis is None:
            return ""
        if at is At.DUE:
            answered = self._due_text(row, ClockKind.RESPONSE)
            return _("response {time}").format(time=answered) if answered else ""
        held = self._allowed(row, CLOCK_AT[at]) if at in CLOCK_AT else None
        if held is None:
            return ""
        code = self.calendar_of(row)
        return how_it_counts(held, basis.calendars.get(code), code, basis.format)

    def _saved_text(self, row: int, clock: ClockKind) -> str:
        target = target_of(self._saved, row + 1) if self._saved is not None else None
        held = target.allowances.get(clock) if target is not None else None
        return allowance(held) if held is not None else ""

    def _due_text(self, row: int, clock: ClockKind) -> str:
        held = self._allowed(row, clock)
        calendar = self.calendars.get(self.calendar_of(row))
        return self._due_words(held, calendar, bare=True) if held is not None else ""

    def _due_words(self, held: Allowance, calendar: BusinessCalendar | None, *, bare: bool = False) -> str:
        """Return "8 h → tomorrow 13:02", or the due time alone; "never" where nothing opens."""
        basis = self._basis
        if basis is None or calendar is None:
            return "–"
        try:
            due = add_working_time(calendar, basis.now, held.length(working_day_length(calendar)))
        except FirstlineError:
            return _("never")
        words = soon(due, basis.now, basis.format)
        return words if bare else f"{allowance(held)} → {words}"


def _meant(read: Allowance, calendar: BusinessCalendar | None, code: str, fmt: Format) -> str:
    counted = how_it_counts(read, calendar, code, fmt)
    if calendar is not None and read.working_days and not calendar.always_open:
        return _("{counted} of {calendar}").format(counted=counted, calendar=calendar_name(calendar, code))
    if read.working_days:
        return counted
    return _("{written}, {counted}").format(written=allowance(read), counted=counted)
