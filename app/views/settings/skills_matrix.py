"""Who can do what: a row per person, a column per skill, a letter for each level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.models.entities.roster import RosterPerson
from app.models.entities.skills import Skill, SkillId, SkillLevel
from app.services.search.tokens import matches_initials, norm
from app.views.base.i18n import _
from app.views.base.theme import tok
from app.views.base.tokens import Space, Type
from app.views.base.widgets.labels import plain_tip
from app.views.base.widgets.paint import font, paint_ground, paint_ring, paint_text, width_of
from app.views.settings.choices import shown_name
from app.views.settings.skills_words import level_letter, level_name, skill_name

_Index = QModelIndex | QPersistentModelIndex
LEVEL = Qt.ItemDataRole.UserRole
"""How well a row's person can do a column's skill."""
_NAME_WIDTH = 150
_COLUMN, _SPARE, _ROW, _HEAD = 58, 12, 30, 56
_ORDER: Sequence[SkillLevel | None] = (None, *SkillLevel)
_TONES: Mapping[SkillLevel, str] = {
    SkillLevel.UNSKILLED: "warn",
    SkillLevel.SKILLED: "info",
    SkillLevel.EXPERT: "ok",
}


class SkillsModel(QAbstractTableModel):
    """`edited` tells a person's id, a skill's id and the level, None where nothing is known any more."""

    edited = Signal(int, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[RosterPerson, ...] = ()
        self._sought = ""
        self.people: tuple[RosterPerson, ...] = ()
        self.skills: tuple[Skill, ...] = ()
        self.may_edit = False

    def show_people(self, people: Sequence[RosterPerson], skills: Sequence[Skill]) -> None:
        """Show what was read; the search stays."""
        self._all = tuple(people)
        self._show(tuple(skills))

    def search(self, text: str) -> None:
        """Show only people who are found by name or team."""
        self._sought = text
        self._show(self.skills)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.skills)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation is Qt.Orientation.Vertical:
            person = self.people[section]
            name = shown_name(person.name, person.name_alt)
        else:
            name = skill_name(self.skills[section])
        return plain_tip(name) if role == Qt.ItemDataRole.ToolTipRole else name

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        person, skill = self.people[index.row()], self.skills[index.column()]
        level = person.skills.get(SkillId(skill.id))
        if role == Qt.ItemDataRole.DisplayRole:
            return level_letter(level)
        if role == LEVEL:
            return level
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            name = shown_name(person.name, person.name_alt)
            said = _("{who}, {skill}: {level}")
            said = said.format(who=name, skill=skill_name(skill), level=level_name(level))
            return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def put(self, index: _Index, level: SkillLevel | None) -> None:
        """Ask for another level of a cell."""
        if self.may_edit and index.isValid() and index.data(LEVEL) is not level:
            person, skill = self.people[index.row()], self.skills[index.column()]
            self.edited.emit(int(person.id), int(skill.id), level)

    def _show(self, skills: tuple[Skill, ...]) -> None:
        people = tuple(person for person in self._all if _is_found(person, self._sought))
        ids = ([each.id for each in people], [each.id for each in skills])
        if ids == ([each.id for each in self.people], [each.id for each in self.skills]):
            self.people, self.skills = people, skills
            if people and skills:
                self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, len(skills) - 1))
            return
        self.beginResetModel()
        self.people, self.skills = people, skills
        self.endResetModel()


class SkillsTable(QTableView):
    """Arrows move; U, S, E or 1, 2, 3 set a level, -, 0, Delete or Backspace take it away, Space the next."""

    def __init__(self, model: SkillsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._skills = model
        self.setAccessibleName(_("Who can do what"))
        self.setHorizontalHeader(_SkillNames(self))
        self.setModel(model)
        self.setItemDelegate(_Letters(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        names = self.verticalHeader()
        names.setDefaultSectionSize(_ROW)
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setFixedWidth(_NAME_WIDTH)
        self.doubleClicked.connect(self._next)
        model.modelReset.connect(self._start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        now, text = self.currentIndex(), event.text().casefold()
        letters = {level_letter(level).casefold(): level for level in SkillLevel}
        keys = {**letters, **dict(zip(("u", "s", "e"), SkillLevel, strict=True))}
        keys |= dict(zip(("1", "2", "3"), SkillLevel, strict=True))
        if text in keys:
            self._skills.put(now, keys[text])
        elif text in {"-", "0"} or event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._skills.put(now, None)
        elif event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._next(now)
        else:
            super().keyPressEvent(event)

    def _next(self, index: QModelIndex) -> None:
        if index.isValid():
            at = _ORDER.index(index.data(LEVEL))
            self._skills.put(index, _ORDER[(at + 1) % len(_ORDER)])

    def _start(self) -> None:
        for at, skill in enumerate(self._skills.skills):
            words = [width_of(word, Type.SMALL) for word in skill_name(skill).split()]
            self.setColumnWidth(at, max(_COLUMN, *words, 0) + _SPARE)
        if self._skills.people and self._skills.skills:
            self.setCurrentIndex(self._skills.index(0, 0))


class _SkillNames(QHeaderView):
    """Names of skills on up to two lines."""

    def __init__(self, parent: SkillsTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(_HEAD)
        self.setDefaultSectionSize(_COLUMN + _SPARE)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, tok("card"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), tok("line"))
        painter.setFont(font(Type.SMALL))
        painter.setPen(tok("muted"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        name = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        painter.drawText(QRectF(rect.adjusted(3, Space.XS, -3, -Space.XS)), int(flags), name)
        painter.restore()


class _Letters(QStyledItemDelegate):
    """The letter of a level on its tint; a dash where nothing is known."""

    def __init__(self, table: SkillsTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        now, level = self._table.currentIndex(), index.data(LEVEL)
        painter.save()
        if index.row() == now.row():
            painter.fillRect(rect, tok("sel"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), tok("line"))
        chip = QRect(rect.center().x() - 14, rect.center().y() - 10, 28, 20)
        if level is not None:
            paint_ground(painter, chip, f"{_TONES[level]}_tint", _TONES[level])
        ink = _TONES[level] if level is not None else "faint"
        middle = Qt.AlignmentFlag.AlignHCenter
        text = str(index.data())
        paint_text(painter, chip, text, ink, pixels=Type.NUMBER, strong=level is not None, align=middle)
        if self._table.hasFocus() and (index.row(), index.column()) == (now.row(), now.column()):
            paint_ring(painter, rect.adjusted(1, 1, -1, -2))
        painter.restore()


def _is_found(person: RosterPerson, typed: str) -> bool:
    searched = norm(f"{person.name} {person.name_alt} {person.team_name} {person.team_name_alt}")
    names = (person.name, person.name_alt)
    return all(
        word in searched or any(matches_initials(name, word) for name in names if name)
        for word in norm(typed).split()
    )
