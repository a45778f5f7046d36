"""The steps of escalation as a table: a row per step, percentages parsed as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from app.models.entities.errors import BadInput
from app.models.entities.escalation import EscalationRules, EscalationStep, Recipient
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import TicketType
from app.services.settings.escalation_edits import put_step, read_percent
from app.views.base.i18n import N_, LazyText, _
from app.views.base.widgets.labels import plain_tip
from app.views.settings.edited_cells import CHANGED, SMALL_TEXT, AnyIndex, EditedModel, Understood
from app.views.settings.escalation_example import Example
from app.views.settings.escalation_words import (
    Names,
    clock_name,
    down_to_text,
    recipients_text,
    types_text,
)
from app.views.settings.level_words import hours, soon, told


class At(IntEnum):
    """The columns."""

    PERCENT = 0
    CLOCK = 1
    RECIPIENTS = 2
    SENDS_ON = 3
    TYPES = 4
    DOWN_TO = 5
    WHEN = 6


_HEADS: Mapping[int, LazyText] = {
    At.PERCENT: N_("Step at"),
    At.CLOCK: N_("Clock"),
    At.RECIPIENTS: N_("Tells"),
    At.SENDS_ON: N_("Next line"),
    At.TYPES: N_("Ticket types"),
    At.DOWN_TO: N_("Priorities"),
    At.WHEN: N_("Received now, at"),
}


@dataclass(frozen=True, slots=True)
class StepsBasis:
    """What the cells are computed with: the ticket of the example, and who the recipients are just now."""

    example: Example
    names: Names


class StepsModel(EditedModel):
    """Shows rules; what a person changes arrives as whole new rules in `edited`.

    What cannot be taken changes nothing: `refused` says why, and what would be right.
    """

    HEADS = _HEADS
    RIGHTMOST = frozenset({At.WHEN})
    edited = Signal(object)  # EscalationRules
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rules = EscalationRules()
        self._saved: dict[str, EscalationStep] = {}
        self._basis: StepsBasis | None = None
        self.may_edit = False

    @property
    def steps(self) -> tuple[EscalationStep, ...]:
        """The steps as they are shown."""
        return self._rules.steps

    @property
    def names(self) -> Names:
        """Who the recipients are just now."""
        return self._basis.names if self._basis is not None else {}

    def step(self, row: int) -> EscalationStep | None:
        """Return a row's step, or None."""
        return self.steps[row] if 0 <= row < len(self.steps) else None

    def row_of(self, code: str) -> int:
        """Return where a step stands, or -1."""
        return next((row for row, step in enumerate(self.steps) if step.code == code), -1)

    def show_rules(self, rules: EscalationRules, saved: EscalationRules, basis: StepsBasis) -> None:
        """Show rules beside what is saved. A step that moved keeps its cell and what is open in it."""
        old = [step.code for step in self.steps]
        new = [step.code for step in rules.steps]
        places = _places(old, new)
        if places is None:
            self.beginResetModel()
            self._take(rules, saved, basis)
            self.endResetModel()
        elif places == list(range(len(old))):
            self._take(rules, saved, basis)
            self.dataChanged.emit(self.index(0, 0), self.index(len(old) - 1, len(At) - 1))
        else:
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            self._take(rules, saved, basis)
            after = [self.index(places[index.row()], index.column()) for index in before]
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.steps)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        kept = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        may = self.may_edit and index.column() != At.WHEN
        return kept | Qt.ItemFlag.ItemIsEditable if may else kept

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        step = self.step(index.row())
        if step is None:
            return None
        at = At(index.column())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            is_number = role == Qt.ItemDataRole.EditRole and at is At.PERCENT
            return str(step.percent) if is_number else self._text(step, at)
        if role == SMALL_TEXT:
            return self._small(step, at)
        if role == CHANGED:
            return self._is_changed(step, at)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            parts = (str(_HEADS[at]), self._text(step, at), self._small(step, at))
            said = ", ".join(part for part in parts if part)
            return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        step = self.step(index.row())
        if step is None or role != Qt.ItemDataRole.EditRole or not self.may_edit:
            return False
        try:
            changed = _changed(step, At(index.column()), value)
            rules = put_step(self._rules, changed, instead_of=step.code)
        except BadInput as error:
            self._refuse(error, step)
            return False
        if changed == step:
            return False
        self.edited.emit(rules)
        return True

    def understand(self, row: int, text: str) -> Understood:
        """Return what a percentage typed into a row would mean."""
        step = self.step(row)
        if step is None or self._basis is None:
            return Understood(True, "", ())
        example = self._basis.example
        kept = _("Otherwise {kept} stays.").format(kept=self._text(step, At.PERCENT))
        try:
            percent = read_percent(text)
            put_step(self._rules, replace(step, percent=percent), instead_of=step.code)
        except BadInput as error:
            return Understood(False, told(error, example.format), (kept,))
        title = _("Understood: {percent} % of {clock}").format(percent=percent, clock=clock_name(step.clock))
        return Understood(True, title, (self._example_line(step.clock, percent),))

    # -- inside --------------------------------------------------------------------------------------

    def _take(self, rules: EscalationRules, saved: EscalationRules, basis: StepsBasis) -> None:
        self._rules, self._basis = rules, basis
        self._saved = {step.code: step for step in saved.steps}

    def _refuse(self, error: BadInput, step: EscalationStep) -> None:
        if self._basis is not None:
            sentence = _("{problem} The step at {percent} % stays as it is.")
            problem = told(error, self._basis.example.format)
            self.refused.emit(sentence.format(problem=problem, percent=step.percent))

    def _text(self, step: EscalationStep, at: At) -> str:
        if at is At.WHEN:
            return self._when(step)
        words: dict[At, Callable[[], str]] = {
            At.PERCENT: lambda: _("{percent} %").format(percent=step.percent),
            At.CLOCK: lambda: clock_name(step.clock),
            At.RECIPIENTS: lambda: recipients_text(step.recipients) or _("nobody yet"),
            At.SENDS_ON: lambda: _("sent on") if step.to_next_line else "–",
            At.TYPES: lambda: types_text(step),
            At.DOWN_TO: lambda: down_to_text(step.mildest),
        }
        return words[at]()

    def _small(self, step: EscalationStep, at: At) -> str:
        if self._basis is None:
            return ""
        example = self._basis.example
        if at is At.RECIPIENTS:
            held = [one for one in Recipient if one in step.recipients and one in self._basis.names]
            who = [name for one in held for name in self._basis.names[one]]
            nobody = _("nobody just now") if held and not who else ""
            return _(", ").join(dict.fromkeys(who)) or nobody
        allowed = example.allowed(step.clock)
        if at is At.PERCENT and allowed is not None:
            return hours(allowed * step.percent / 100, example.format)
        if at is At.WHEN and not self._holds(step) and allowed is not None:
            return _("not for this ticket")
        return ""

    def _when(self, step: EscalationStep) -> str:
        if self._basis is None:
            return ""
        example = self._basis.example
        at = example.at(step.clock, step.percent)
        return soon(at, example.now, example.format) if at is not None else "–"

    def _holds(self, step: EscalationStep) -> bool:
        if self._basis is None:
            return True
        marks = self._basis.example.marks(self._rules, step.clock)
        return next((mark.holds for mark in marks if mark.step == step), True)

    def _is_changed(self, step: EscalationStep, at: At) -> bool:
        if at is At.WHEN:
            return False
        saved = self._saved.get(step.code) or self._moved_from(step)
        return saved is None or self._text(saved, at) != self._text(step, at)

    def _moved_from(self, step: EscalationStep) -> EscalationStep | None:
        """Return the saved step that got another percentage and nothing else, to mark no more than that."""
        codes = {held.code for held in self.steps}
        gone = (saved for code, saved in self._saved.items() if code not in codes)
        return next((saved for saved in gone if replace(saved, percent=step.percent) == step), None)

    def _example_line(self, clock: ClockKind, percent: int) -> str:
        example = self._basis.example if self._basis is not None else None
        allowed = example.allowed(clock) if example is not None else None
        at = example.at(clock, percent) if example is not None else None
        if example is None or allowed is None or at is None:
            return _("The ticket below is promised nothing here.")
        sentence = _("A P{priority} ticket received now: after {used}, {time}")
        return sentence.format(
            priority=example.facts.priority,
            used=hours(allowed * percent / 100, example.format),
            time=soon(at, example.now, example.format),
        )


def _changed(step: EscalationStep, at: At, value: Any) -> EscalationStep:
    if at is At.PERCENT:
        return replace(step, percent=read_percent(str(value)))
    if at is At.CLOCK:
        return replace(step, clock=ClockKind(value))
    if at is At.RECIPIENTS:
        return replace(step, recipients=frozenset(Recipient(one) for one in value))
    if at is At.SENDS_ON:
        return replace(step, to_next_line=bool(value))
    if at is At.TYPES:
        return replace(step, types=frozenset(TicketType(one) for one in value))
    return replace(step, mildest=int(value))


def _places(old: Sequence[str], new: Sequence[str]) -> list[int] | None:
    """Return for each old row its new one, if at most one step got another code; None where rows differ."""
    if not old or len(old) != len(new):
        return None
    gone = [code for code in old if code not in new]
    come = [code for code in new if code not in old]
    if len(gone) > 1:
        return None
    renamed = dict(zip(gone, come, strict=True))
    return [new.index(renamed.get(code, code)) for code in old]
