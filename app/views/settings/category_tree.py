"""The tree of categories: chosen, renamed in place, moved by keys and by drag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.tokens import Radius, Size, Space
from app.views.base.tree_model import Node, TreeModel
from app.views.base.widgets.paint import paint_ground, paint_text, width_of
from app.views.settings.category_moves import Step

Index = QModelIndex | QPersistentModelIndex
_INDENT = 20
_MIME = "application/x-firstline-category"
_STEPS = {
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Right: Step.IN,
    Qt.Key.Key_Left: Step.OUT,
}


def _is_step(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) and event.key() in _STEPS


class CategoryModel(TreeModel):
    """Tells what was renamed and dropped where; the records change by commands, never here."""

    renamed = Signal(int, str)
    dropped = Signal(int, object, object)  # id, id of the parent or None, id of the next sibling or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_editable = False

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not self.is_editable:
            return flags
        flags |= Qt.ItemFlag.ItemIsDropEnabled
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.EditRole:
            return super().data(index, Qt.ItemDataRole.DisplayRole)
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self.node(index)
        text = str(value).strip()
        if node is None or role != Qt.ItemDataRole.EditRole or not text or text == node.text:
            return False
        self.renamed.emit(node.id, text)
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        node = self.node(indexes[0]) if indexes else None
        data.setData(_MIME, QByteArray(str(node.id if node is not None else 0).encode()))
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Refuse at once, with the pointer's own sign, what would hang below itself."""
        moved = _moved(data)
        at = self.node(parent)
        while at is not None:
            if at.id == moved:
                return False
            at = self.node(self.parent(self.index_of(at.id)))
        return moved != 0 and super().canDropMimeData(data, action, row, column, parent)

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        moved = _moved(data)
        above = self.node(parent)
        following = self.node(self.index(row, 0, parent)) if row >= 0 else None
        if moved:
            self.dropped.emit(
                moved,
                above.id if above is not None else None,
                following.id if following is not None else None,
            )
        return False  # the view takes nothing away: the list is read again


def _moved(data: QMimeData) -> int:
    """Return the id of the category that is dragged; 0 for anything else that is."""
    return int(bytes(data.data(_MIME).data()).decode() or 0)


class CategoryTree(QTreeView):
    """F2 renames, Alt+arrows and dragging move, Delete retires or restores, Insert adds."""

    chosen = Signal(int)
    step_asked = Signal(str)  # a Step
    add_asked = Signal()
    retire_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nodes = CategoryModel(self)
        self.setModel(self.nodes)
        self.setAccessibleName(_("Categories"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(_INDENT)
        self.setMouseTracking(True)
        self.setUniformRowHeights(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setItemDelegate(_RowPainter(self))
        self.drop_target: int | None = None
        self._closed: set[int] = set()
        self._is_telling = True
        self.collapsed.connect(lambda index: self._remember(index, is_open=False))
        self.expanded.connect(lambda index: self._remember(index, is_open=True))

    def allow_editing(self) -> None:
        """Let names be edited and rows be dragged."""
        self.nodes.is_editable = True
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)

    def set_nodes(self, nodes: Iterable[Node], chosen: int | None, *, is_found: bool) -> None:
        """Show these nodes; what was closed stays so, but not while something is searched (`is_found`)."""
        kept = list(nodes)
        self._is_telling = False
        closed = set(self._closed)
        self.nodes.set_nodes(kept)
        self.expandAll()
        if not is_found:
            for node_id in closed:
                self.setExpanded(self.nodes.index_of(node_id), False)
        self._closed = closed
        if chosen is not None:
            self.setCurrentIndex(self.nodes.index_of(chosen))
        self._is_telling = True

    def choose(self, node_id: int) -> None:
        """Choose a row without telling anybody."""
        self._is_telling = False
        index = self.nodes.index_of(node_id)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
        self._is_telling = True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        node = self.nodes.node(current)
        if node is not None and self._is_telling:
            self.chosen.emit(node.id)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Let the row light up under which the dragged one would come to stand."""
        super().dragMoveEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        rect = self.visualRect(index)
        # As Qt sees it: near its upper or lower edge a drop goes beside a row, else below it.
        edge = min(max(round(rect.height() / 5.5), 2), 12)
        is_on_row = rect.top() + edge <= place.y() <= rect.bottom() - edge
        can = self.nodes.canDropMimeData(event.mimeData(), Qt.DropAction.MoveAction, -1, 0, index)
        node = self.nodes.node(index)
        self._show_target(node.id if node is not None and is_on_row and can else None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self._show_target(None)

    def _show_target(self, node_id: int | None) -> None:
        if node_id != self.drop_target:
            self.drop_target = node_id
            self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep Alt+arrows from the window, where Alt+Left goes back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_step(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self.nodes.is_editable and is_alt and key in _STEPS:
            self.step_asked.emit(_STEPS[key])
        elif self.nodes.is_editable and key == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif self.nodes.is_editable and key == Qt.Key.Key_Delete:
            self.retire_asked.emit()
        else:
            super().keyPressEvent(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the arrow of what has something below it; rows paint their own ground."""
        if self.nodes.rowCount(index):
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            spot = QRect(rect.right() - _INDENT + 4, rect.y() + (rect.height() - 14) // 2, 14, 14)
            paint_icon(painter, spot, name, "muted")

    def _remember(self, index: QModelIndex, *, is_open: bool) -> None:
        node = self.nodes.node(index)
        if node is not None and is_open:
            self._closed.discard(node.id)
        elif node is not None:
            self._closed.add(node.id)


class _RowPainter(QStyledItemDelegate):
    """Paints a name, faint where it was retired, and at the right how many tickets use it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(80, Size.ROW_SIDE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        node = model.node(index) if isinstance(model, TreeModel) else None
        if node is None:
            return
        painter.save()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = QRect(rect.x(), rect.y(), rect.width() - Space.S, rect.height() - 1)
        tree = self.parent()
        if isinstance(tree, CategoryTree) and tree.drop_target == node.id:
            paint_ground(painter, ground, "hover", "accent", Radius.CONTROL)
        elif is_chosen:
            paint_ground(painter, ground, "sel", "accent", Radius.CONTROL)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, ground, "hover", "hover", Radius.CONTROL)
        right = ground.right() - Space.S
        if node.count:
            text = f"{node.count}"
            width = width_of(text) + 2
            place = QRect(right - width, rect.y(), width, rect.height())
            paint_text(painter, place, text, "muted", align=Qt.AlignmentFlag.AlignRight)
            right -= width + Space.S
        if node.is_dimmed:
            spot = QRect(right - Size.ICON, rect.y() + (rect.height() - Size.ICON) // 2, Size.ICON, Size.ICON)
            paint_icon(painter, spot, "archive", "faint")
            right -= Size.ICON + Space.S
        words = QRect(rect.x() + Space.S, rect.y(), right - rect.x() - Space.S, rect.height())
        paint_text(painter, words, node.text, "faint" if node.is_dimmed else "text", strong=is_chosen)
        painter.restore()
