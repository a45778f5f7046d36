"""The matrix of roles and permissions: one column per role, one row per permission, grouped by feature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.models.entities.people import Role
from app.services.base.permissions import PERMISSIONS
from app.services.base.terms import permission_term
from app.views.base.i18n import N_, LazyText, _, current
from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Space, Type
from app.views.base.widgets.labels import plain_tip
from app.views.base.widgets.paint import font, paint_ground, paint_ring, paint_text
from app.views.settings.choices import shown_name
from app.views.settings.roles_editor import RolesEditor

Index = QModelIndex | QPersistentModelIndex
_NAME_WIDTH = 250
_COLUMN = 92
_ROW = 28
_HEAD = 76
_BOX = 16

GROUPS: Sequence[tuple[LazyText, tuple[str, ...]]] = (
    (N_("Tickets"), ("tickets", "views")),
    (N_("Priority and SLA"), ("priority", "sla")),
    (N_("Knowledge"), ("knowledge",)),
    (N_("Roster and handover"), ("roster", "handover")),
    (N_("Reports"), ("reports",)),
    (N_("People and settings"), ("people", "settings", "access")),
    (N_("Data"), ("transfer", "audit", "data", "store")),
)
"""The groups in their order and the features each holds; what belongs to none stands in the last one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix: a permission, or the title of a group where `permission` is ""."""

    title: str
    permission: str = ""


def lines() -> list[Line]:
    """Return all rows with their words in the window's language."""
    named = {feature for _title, features in GROUPS for feature in features}
    found: list[Line] = []
    for at, (title, features) in enumerate(GROUPS):
        is_last = at == len(GROUPS) - 1
        held = [
            permission
            for permission in PERMISSIONS
            if (feature := permission.partition(".")[0]) in features or (is_last and feature not in named)
        ]
        found.append(Line(str(title)))
        found += [Line(permission_term(current.texts, permission), permission) for permission in held]
    return found


class RolesModel(QAbstractTableModel):
    """Shows the editor's wishes."""

    def __init__(self, editor: RolesEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.lines = lines()
        self.roles: tuple[Role, ...] = ()

    def show_roles(self) -> None:
        """Show the editor's roles as they are now."""
        if [role.id for role in self.roles] != [role.id for role in self.editor.roles]:
            self.beginResetModel()
            self.roles = self.editor.roles
            self.endResetModel()
        else:
            self.roles = self.editor.roles
            if self.roles:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.roles) - 1))
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.roles) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.roles)

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_title = not self.lines[index.row()].permission
        return (
            Qt.ItemFlag.NoItemFlags if is_title else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self.lines[index.row()], self.roles[index.column()]
        if not line.permission or role not in {
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return None
        is_allowed = self.editor.is_allowed(column, line.permission)
        sentence = (
            _("{role}: {permission}: allowed") if is_allowed else _("{role}: {permission}: not allowed")
        )
        said = sentence.format(role=self.role_name(column), permission=line.title)
        return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.lines[section].title
        name = self.role_name(self.roles[section]) if section < len(self.roles) else ""
        return plain_tip(name) if role == Qt.ItemDataRole.ToolTipRole else name or None

    def role_name(self, role: Role) -> str:
        """Return a role's name as it would be saved."""
        return shown_name(*self.editor.names(role))


class RolesGrid(QTableView):
    """Arrows move, Space or a click ticks; the names of permissions and roles stay in sight."""

    copy_needed = Signal(int)  # somebody ticked in a shipped role: id

    def __init__(self, editor: RolesEditor, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._may_edit = may_edit
        self.table = RolesModel(editor, self)
        self.setHorizontalHeader(_RoleNames(self.table, self))
        self.setVerticalHeader(_PermissionNames(self.table, self))
        self.setModel(self.table)
        self.setItemDelegate(_Ticks(self))
        self.setAccessibleName(_("Roles and permissions"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_roles(self) -> None:
        """Show the editor's roles and mark the chosen one's column."""
        self.table.show_roles()
        ids = [int(role.id) for role in self.table.roles]
        if self.editor.chosen in ids:
            at = self.currentIndex()
            column = ids.index(self.editor.chosen)
            if not at.isValid() or at.column() != column:
                self.blockSignals(True)
                self.setCurrentIndex(self.table.index(at.row() if at.isValid() else 1, column))
                self.blockSignals(False)
        self.horizontalHeader().viewport().update()

    def toggle(self, index: Index) -> None:
        """Tick or untick a cell; a shipped role says that it must be copied first."""
        line = self.table.lines[index.row()]
        if not index.isValid() or not line.permission or not self._may_edit:
            return
        role = self.table.roles[index.column()]
        if role.is_shipped:
            self.copy_needed.emit(role.id)
            return
        self.editor.wish(role, line.permission, not self.editor.is_allowed(role, line.permission))

    def currentChanged(self, now: Index, before: Index) -> None:
        super().currentChanged(now, before)
        if now.isValid() and now.column() < len(self.table.roles):
            self.editor.choose(self.table.roles[now.column()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.toggle(index)


class _RoleNames(QHeaderView):
    """Names of roles on up to two lines, a lock at those that are shipped."""

    def __init__(self, model: RolesModel, parent: RolesGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = model
        self._grid = parent
        self.setSectionsClickable(True)
        self.setFixedHeight(_HEAD)
        self.setDefaultSectionSize(_COLUMN)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.sectionClicked.connect(self._choose)

    def _choose(self, section: int) -> None:
        at = self._grid.currentIndex()
        self._grid.setCurrentIndex(self._table.index(max(1, at.row()), section))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if section >= len(self._table.roles):
            return
        role = self._table.roles[section]
        painter.save()
        is_chosen = role.id == self._table.editor.chosen
        painter.fillRect(rect, tok("sel" if is_chosen else "card"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), tok("line"))
        painter.setFont(font(Type.NUMBER, strong=is_chosen))
        painter.setPen(tok("text" if role.is_active else "faint"))
        room = rect.adjusted(Space.XS, Space.XS, -Space.XS, -18)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(room), int(flags), self._table.role_name(role))
        if role.is_shipped or not role.is_active:
            spot = QRect(rect.center().x() - 6, rect.bottom() - 17, 12, 12)
            paint_icon(painter, spot, "lock" if role.is_active else "archive", "faint")
        painter.restore()


class _PermissionNames(QHeaderView):
    """What each permission lets one do; titles of groups in between."""

    def __init__(self, model: RolesModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._table = model
        self.setDefaultSectionSize(_ROW)
        self.setMinimumSectionSize(_ROW)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedWidth(_NAME_WIDTH)

    def sizeHint(self) -> QSize:
        return QSize(_NAME_WIDTH, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        line = self._table.lines[section]
        painter.save()
        painter.fillRect(rect, tok("card" if line.permission else "page"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), tok("line"))
        words = rect.adjusted(Space.M, 0, -Space.S, 0)
        if line.permission:
            paint_text(painter, words, line.title)
        else:
            paint_text(painter, words, line.title, "muted", pixels=Type.NUMBER, strong=True)
        painter.restore()


class _Ticks(QStyledItemDelegate):
    """A box with a tick for roles of one's own, a bare tick for shipped ones; a changed cell is tinted."""

    def __init__(self, grid: RolesGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._grid.table
        line, role = model.lines[index.row()], model.roles[index.column()]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        is_chosen = role.id == model.editor.chosen
        ground = "card" if line.permission else "page"
        painter.fillRect(rect, tok("sel" if is_chosen and line.permission else ground))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), tok("line"))
        if line.permission:
            if model.editor.is_changed(role, line.permission):
                paint_ground(painter, rect.adjusted(4, 2, -4, -3), "warn_tint", "warn")
            self._paint_tick(painter, rect, role, is_allowed=model.editor.is_allowed(role, line.permission))
            if state & QStyle.StateFlag.State_HasFocus:
                paint_ring(painter, rect.adjusted(1, 0, -1, -1))
        painter.restore()

    def _paint_tick(self, painter: QPainter, rect: QRect, role: Role, *, is_allowed: bool) -> None:
        box = QRect(0, 0, _BOX, _BOX)
        box.moveCenter(rect.center())
        if role.is_shipped:
            if is_allowed:
                paint_icon(painter, box, "check", "muted")
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_allowed:
            paint_ground(painter, box, "accent", "accent", 3)
            paint_icon(painter, box.adjusted(2, 2, -2, -2), "check", "on_accent")
        else:
            painter.setPen(QPen(tok("edge"), 1))
            painter.setBrush(tok("card"))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
