"""The terms as a table: what holds for each line, greyed where it is the department's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.models.entities.errors import BadInput
from app.services.roster.terms_queries import TermsSheet
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.widgets.labels import plain_tip
from app.views.settings.edited_cells import SMALL_TEXT, Understood
from app.views.settings.level_words import told
from app.views.settings.work_terms_rows import (
    CHOSEN,
    FLAGS,
    HEADS,
    TIPS,
    TYPED,
    At,
    TermsRow,
    rows_of,
    text_of,
    with_value,
)

_Index = QModelIndex | QPersistentModelIndex
INK = Qt.ItemDataRole.UserRole + 2
"""The token a cell is written in."""


class TermsModel(QAbstractTableModel):
    """`edited` tells a row and its new terms; what cannot be read changes nothing and is `refused`."""

    edited = Signal(object, object)  # TermsRow, WorkTerms
    refused = Signal(str)

    def __init__(self, fmt: Format, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._format = fmt
        self._all: tuple[TermsRow, ...] = ()
        self._sought = ""
        self.rows: tuple[TermsRow, ...] = ()
        self.sheet = TermsSheet((), (), (), ())
        self.may_edit = False
        self._answers: Mapping[int, Callable[[TermsRow, At], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda row, at: text_of(row, at, self.sheet, self._format),
            Qt.ItemDataRole.EditRole: self._typed,
            SMALL_TEXT: lambda row, at: row.source if at is At.NAME else "",
            INK: self._ink,
            Qt.ItemDataRole.AccessibleTextRole: self._said,
            Qt.ItemDataRole.ToolTipRole: lambda row, at: plain_tip(self._said(row, at)),
        }

    def show_sheet(self, sheet: TermsSheet) -> None:
        """Show what was read; the search stays."""
        self.sheet = sheet
        self._all = rows_of(sheet)
        self._show()

    def search(self, text: str) -> None:
        """Show only lines that are found."""
        self._sought = text
        self._show()

    def row_of(self, key: tuple[int | None, int | None]) -> int:
        """Return where a line stands, or -1."""
        return next((at for at, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(At)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(str(TIPS.get(At(section), HEADS[At(section)])))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return str(HEADS[At(section)]) if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        kept = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        at = At(index.column())
        is_input = self.may_edit and at is not At.NAME and self.rows[index.row()].has(at)
        return kept | Qt.ItemFlag.ItemIsEditable if is_input else kept

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._answers.get(role)
        return None if answer is None else answer(self.rows[index.row()], At(index.column()))

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        row, at = self.rows[index.row()], At(index.column())
        try:
            terms = with_value(row, at, value)
        except BadInput as error:
            kept = _("{problem} {kept} stays.").format(
                problem=told(error, self._format), kept=text_of(row, at, self.sheet, self._format)
            )
            self.refused.emit(kept)
            return False
        if terms == row.terms:
            return False
        self.edited.emit(row, terms)
        return True

    def toggle(self, index: _Index) -> None:
        """Turn a yes into a no and back."""
        at = At(index.column())
        if at in FLAGS:
            held = bool(getattr(self.rows[index.row()].terms, FLAGS[at]))
            self.setData(index, not held)

    def empty(self, index: _Index) -> None:
        """Empty a cell that can be."""
        at = At(index.column())
        if at in TYPED:
            self.setData(index, "")
        elif at in CHOSEN:
            self.setData(index, None)

    def understand(self, index: _Index, text: str) -> Understood:
        """Return what a text typed into a cell would mean."""
        row, at = self.rows[index.row()], At(index.column())
        name, read = TYPED[at]
        try:
            value = read(text)
        except BadInput as error:
            kept = text_of(row, at, self.sheet, self._format)
            return Understood(
                False, told(error, self._format), (_("Otherwise {kept} stays.").format(kept=kept),)
            )
        if value is None:
            shown = _("nothing")
        elif isinstance(value, date):
            shown = self._format.texts.date_pattern(value, "yMMMEd")
        else:
            is_time = name == "contract_minutes"
            shown = self._format.number(value / 60 if is_time else value, 1 if is_time and value % 60 else 0)
        return Understood(True, _("Understood: {limit}").format(limit=shown), (str(TIPS.get(at, HEADS[at])),))

    # -- inside --------------------------------------------------------------------------------------

    def _show(self) -> None:
        rows = tuple(row for row in self._all if row.is_found(self._sought))
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(At) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def _typed(self, row: TermsRow, at: At) -> str:
        text = text_of(row, at, self.sheet, self._format)
        return "" if text == "–" else text

    def _ink(self, row: TermsRow, at: At) -> str:
        if row.own is None and (row.is_person or at is not At.NAME):
            return "text" if at is At.NAME else "faint"
        is_refusal = at in FLAGS and at is not At.REACHABLE and getattr(row.terms, FLAGS[at])
        return "warn" if is_refusal else "text"

    def _said(self, row: TermsRow, at: At) -> str:
        text = text_of(row, at, self.sheet, self._format)
        parts = (row.name, row.source, str(HEADS[at]), text) if at is not At.NAME else (row.name, row.source)
        return _(", ").join(part for part in parts if part)
