"""The folders of the knowledge base with their counts, and the lists of what needs attention under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.tokens import Radius, Size, Space, Type
from app.views.base.tree_model import Node, TreeModel
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.labels import PlainLabel, rule
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text, width_of
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.knowledge.presenter import Scope, ScopeKind

Index = QModelIndex | QPersistentModelIndex
_INDENT = 16
_FOOT_ROWS = 5


class FolderTree(QTreeView):
    """Categories as folders. A click or Enter chooses; the arrow keys move and choose at once."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Categories"))
        self.setProperty("surface", "list")
        self.setHeaderHidden(True)
        self.setIndentation(_INDENT)
        self.setMouseTracking(True)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_FolderDelegate(self))
        self._folders = TreeModel(self)
        self.setModel(self._folders)
        self._is_telling = True

    def set_nodes(self, nodes: Iterable[Node]) -> None:
        """Show these folders; what was open and chosen stays so. At first the top level is open."""
        kept = list(nodes)
        is_first = self._folders.rowCount() == 0
        opened = {node.id for node in kept if self.isExpanded(self._folders.index_of(node.id))}
        chosen = self._folders.node(self.currentIndex())
        self._is_telling = False
        self._folders.set_nodes(kept)
        for node in kept:
            is_top = is_first and node.parent_id is None and bool(node.count)
            self.setExpanded(self._folders.index_of(node.id), is_top or node.id in opened)
        if chosen is not None:
            self.setCurrentIndex(self._folders.index_of(chosen.id))
        self._is_telling = True

    def choose(self, category_id: int) -> None:
        """Choose a folder without telling anybody; an unknown one chooses none."""
        self._is_telling = False
        self.setCurrentIndex(self._folders.index_of(category_id))
        if not self.currentIndex().isValid():
            self.clearSelection()
        self._is_telling = True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        node = self._folders.node(current)
        if node is not None and self._is_telling:
            self.chosen.emit(node.id)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the arrow of a folder that holds others; rows paint their own ground."""
        if self._folders.rowCount(index):
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            spot = QRect(rect.right() - _INDENT + 2, rect.y() + (rect.height() - 12) // 2, 12, 12)
            paint_icon(painter, spot, name, "muted")


class _FolderDelegate(QStyledItemDelegate):
    """Paints folder, name and count."""

    def __init__(self, tree: FolderTree) -> None:
        super().__init__(tree)
        self._tree = tree

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
        whole = QRect(rect.x(), rect.y(), rect.width(), rect.height() - 1)
        if is_chosen:
            paint_ground(painter, whole, "sel", "accent", Radius.CONTROL)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, whole, "press", "press")
        spot = QRect(rect.x() + Space.XS, rect.y() + (rect.height() - Size.ICON) // 2, Size.ICON, Size.ICON)
        is_open = self._tree.isExpanded(index)
        paint_icon(painter, spot, "folder-open" if is_open else "folder", "accent" if is_chosen else "muted")
        count = str(node.count or 0)
        wide = width_of(count, Type.NUMBER) + 2
        place = QRect(rect.right() - wide - Space.S, rect.y(), wide, rect.height())
        quiet = "faint" if node.is_dimmed else "muted"
        paint_text(painter, place, count, "accent" if is_chosen else quiet, pixels=Type.NUMBER)
        words = QRect(spot.right() + Space.S, rect.y(), 0, rect.height())
        words.setRight(place.x() - Space.XS)
        paint_text(painter, words, node.text, quiet if node.is_dimmed else "text", strong=is_chosen)
        if is_chosen and self._tree.hasFocus():
            paint_ring(painter, whole)
        painter.restore()


class FolderPanel(QFrame):
    """Title, tree, and at the foot what waits: for review, overdue, drafts."""

    scope_chosen = Signal(object)  # Scope
    new_asked = Signal()

    def __init__(self, *, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "side")
        self.tree = FolderTree()
        self.lists = SideList(_("Lists"))
        self.new = IconButton("plus", _("New article"), key="Ctrl+Shift+N", small=True)
        if not may_write:
            self.new.hide()
        head = QHBoxLayout()
        head.setContentsMargins(Space.S, 0, Space.XS, Space.XS)
        head.addWidget(PlainLabel(_("Knowledge"), "section"))
        head.addStretch(1)
        head.addWidget(self.new)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.M, Space.S, Space.S)
        column.setSpacing(Space.XS)
        column.addLayout(head)
        column.addWidget(self.tree, 1)
        column.addWidget(rule())
        column.addWidget(self.lists)
        self.lists.setFixedHeight(_FOOT_ROWS * (Size.ROW_SIDE + 1) + Space.XS)
        self.show_totals({})
        self.lists.choose(ScopeKind.ALL)
        self.setMinimumWidth(196)
        self.tree.chosen.connect(self._choose_folder)
        self.lists.chosen.connect(self._choose_list)
        self.new.clicked.connect(self.new_asked)

    def show_totals(self, totals: Mapping[ScopeKind, int]) -> None:
        """Show how many articles each list holds."""
        self.lists.set_sections([SideSection("", [_item(kind, totals) for kind in _LISTS])])

    def show_scope(self, scope: Scope) -> None:
        """Mark what is listed, without telling anybody."""
        is_folder = scope.kind is ScopeKind.CATEGORY
        self.tree.choose(scope.category_id if is_folder else 0)
        self.lists.choose("" if is_folder else scope.kind)

    def _choose_folder(self, category_id: int) -> None:
        self.lists.choose("")
        self.scope_chosen.emit(Scope(ScopeKind.CATEGORY, category_id))

    def _choose_list(self, key: str) -> None:
        self.tree.choose(0)
        self.scope_chosen.emit(Scope(ScopeKind(key)))


_LISTS: dict[ScopeKind, str] = {
    ScopeKind.ALL: "book-open",
    ScopeKind.REVIEW: "eye",
    ScopeKind.OVERDUE: "clock-alert",
    ScopeKind.DRAFT: "pencil",
    ScopeKind.RETIRED: "archive",
}


def list_name(kind: ScopeKind) -> str:
    """Return how a list is called."""
    return {
        ScopeKind.ALL: _("All published"),
        ScopeKind.REVIEW: _("Waiting for review"),
        ScopeKind.OVERDUE: _("Review overdue"),
        ScopeKind.DRAFT: _("Drafts"),
        ScopeKind.RETIRED: _("Retired articles"),
    }[kind]


def _item(kind: ScopeKind, totals: Mapping[ScopeKind, int]) -> SideItem:
    count = totals.get(kind)
    tone = "warn" if count and kind is ScopeKind.OVERDUE else ""
    return SideItem(kind, list_name(kind), _LISTS[kind], count, tone)
