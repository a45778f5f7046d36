"""The rules of the roster as a table: a row per rule, limits parsed as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from app.models.entities.errors import BadInput
from app.models.entities.roster import Severity
from app.models.entities.roster_rules import LIMITS, RosterRules, RuleName
from app.services.roster.rule_edits import read_limit, set_limit, set_severity
from app.services.roster.rules_queries import RulesEffect
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _
from app.views.base.widgets.labels import plain_tip
from app.views.settings.edited_cells import CHANGED, SMALL_TEXT, AnyIndex, EditedModel, Understood
from app.views.settings.roster_rules_words import limit_text, looks_at, refusal, rule_name, severity_name

SEVERITY = Qt.ItemDataRole.UserRole + 2
"""How much a row's rule weighs."""
ROWS = tuple(RuleName)


class At(IntEnum):
    """The columns."""

    RULE = 0
    SEVERITY = 1
    LIMIT = 2
    FOUND = 3


_HEADS: Mapping[int, LazyText] = {
    At.RULE: N_("Rule"),
    At.SEVERITY: N_("Weight"),
    At.LIMIT: N_("Limit"),
    At.FOUND: N_("This month and next"),
}


class RulesModel(EditedModel):
    """Shows rules; what a person changes arrives as whole new rules in `edited`.

    A limit that cannot be taken changes nothing: `refused` says why, and what would be right.
    """

    HEADS = _HEADS
    RIGHTMOST = frozenset({At.FOUND})
    edited = Signal(object)  # RosterRules
    refused = Signal(str)

    def __init__(self, fmt: Format, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._format = fmt
        self._rules = RosterRules()
        self._saved = RosterRules()
        self._effect: RulesEffect | None = None
        self.may_edit = False
        self._answers: Mapping[int, Callable[[RuleName, At], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.EditRole: lambda name, at: (
                str(self._rules.limit(name)) if at is At.LIMIT else self._text(name, at)
            ),
            SMALL_TEXT: lambda name, at: looks_at(name) if at is At.RULE else "",
            SEVERITY: lambda name, _at: self._rules.severity(name),
            CHANGED: self._is_changed,
            Qt.ItemDataRole.AccessibleTextRole: self._said,
            Qt.ItemDataRole.ToolTipRole: lambda name, at: plain_tip(self._said(name, at)),
        }

    @property
    def rules(self) -> RosterRules:
        """The rules as they are shown."""
        return self._rules

    def show_rules(self, rules: RosterRules, saved: RosterRules) -> None:
        """Show rules beside what is saved."""
        self._rules, self._saved = rules, saved
        self._tell()

    def show_effect(self, effect: RulesEffect | None) -> None:
        """Show how often each rule is broken; None while that is being counted."""
        self._effect = effect
        self._tell()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(ROWS)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        kept = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_limit = index.column() == At.LIMIT and ROWS[index.row()] in LIMITS
        return kept | Qt.ItemFlag.ItemIsEditable if self.may_edit and is_limit else kept

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        answer = self._answers.get(role)
        return None if answer is None else answer(ROWS[index.row()], At(index.column()))

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        name = ROWS[index.row()]
        try:
            limit = read_limit(name, str(value))
        except BadInput as error:
            sentence = _("{problem} {kept} stays.")
            kept = limit_text(name, self._rules.limit(name))
            self.refused.emit(sentence.format(problem=refusal(error, name, self._format), kept=kept))
            return False
        if limit == self._rules.limit(name):
            return False
        self.edited.emit(set_limit(self._rules, name, limit))
        return True

    def weigh(self, row: int, severity: Severity) -> None:
        """Let a row's rule weigh otherwise."""
        if self.may_edit and self._rules.severity(ROWS[row]) is not severity:
            self.edited.emit(set_severity(self._rules, ROWS[row], severity))

    def understand(self, row: int, text: str) -> Understood:
        """Return what a limit typed into a row would mean."""
        name = ROWS[row]
        try:
            limit = read_limit(name, text)
        except BadInput as error:
            kept = _("Otherwise {kept} stays.").format(kept=limit_text(name, self._rules.limit(name)))
            return Understood(False, refusal(error, name, self._format), (kept,))
        title = _("Understood: {limit}").format(limit=limit_text(name, limit))
        return Understood(True, title, (looks_at(name),))

    # -- inside --------------------------------------------------------------------------------------

    def _tell(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(ROWS) - 1, len(At) - 1))

    def _text(self, name: RuleName, at: At) -> str:
        if at is At.RULE:
            return rule_name(name)
        if at is At.SEVERITY:
            return severity_name(self._rules.severity(name))
        return limit_text(name, self._rules.limit(name)) if at is At.LIMIT else self._found(name)

    def _found(self, name: RuleName) -> str:
        if self._effect is None:
            return "…"
        now, then = (self._count(of.by_rule, name) for of in (self._effect.now, self._effect.supposed))
        return now if now == then else f"{now} → {then}"

    def _count(self, counts: Mapping[RuleName, int], name: RuleName) -> str:
        count = counts.get(name, 0)
        return self._format.number(count) if count else "–"

    def _is_changed(self, name: RuleName, at: At) -> bool:
        if at is At.SEVERITY:
            return self._saved.severity(name) is not self._rules.severity(name)
        return at is At.LIMIT and self._saved.limit(name) != self._rules.limit(name)

    def _said(self, name: RuleName, at: At) -> str:
        parts = (rule_name(name), str(_HEADS[at]) if at is not At.RULE else looks_at(name))
        value = self._text(name, at) if at is not At.RULE else ""
        return _(", ").join(part for part in (*parts, value) if part)
