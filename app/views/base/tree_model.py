"""The one model of trees: categories, views, folders of articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.views.base.icons import icon
from app.views.base.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole

ID_ROLE = _Role.UserRole
COUNT_ROLE = _Role.UserRole + 1


@dataclass(frozen=True, slots=True)
class Node:
    """One entry. `parent_id` None stands at the top. `count` is shown at the right where not None."""

    id: int
    parent_id: int | None
    text: str
    icon: str = ""
    hint: str = ""
    count: int | None = None
    is_dimmed: bool = False


class TreeModel(QAbstractItemModel):
    """Shows nodes under their parents in the order given; a node without its parent stands at the top."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: dict[int, Node] = {}
        self._children: dict[int | None, list[int]] = {}
        self._parents: dict[int, int | None] = {}

    def set_nodes(self, nodes: Iterable[Node]) -> None:
        """Show these nodes instead of the present ones; ids are unique."""
        self.beginResetModel()
        self._nodes = {node.id: node for node in nodes}
        self._children = {}
        self._parents = {}
        for node in self._nodes.values():
            parent_id = node.parent_id if self._reaches_top(node) else None
            self._parents[node.id] = parent_id
            self._children.setdefault(parent_id, []).append(node.id)
        self.endResetModel()

    def node(self, index: Index) -> Node | None:
        """Return the node at an index; None for the invisible root."""
        return self._nodes.get(index.internalId()) if index.isValid() else None

    def index_of(self, node_id: int) -> QModelIndex:
        """Return where a node stands; an invalid index for an unknown id."""
        if node_id not in self._nodes:
            return QModelIndex()
        row = self._children[self._parents[node_id]].index(node_id)
        return self.createIndex(row, 0, node_id)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        siblings = self._children.get(self._id(parent), [])
        if column != 0 or not 0 <= row < len(siblings):
            return QModelIndex()
        return self.createIndex(row, 0, siblings[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # the other form is QObject's
        if not index.isValid():
            return QModelIndex()
        parent_id = self._parents.get(index.internalId())
        return QModelIndex() if parent_id is None else self.index_of(parent_id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return len(self._children.get(self._id(parent), []))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:
        return 1

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        node = self.node(index)
        if node is None:
            return None
        if role == _Role.DecorationRole:
            return icon(node.icon, "muted") if node.icon else None
        values: dict[int, object] = {
            _Role.DisplayRole: node.text,
            _Role.ToolTipRole: plain_tip(node.hint) or None,
            ID_ROLE: node.id,
            COUNT_ROLE: node.count,
        }
        return values.get(role)

    def _id(self, index: Index) -> int | None:
        return index.internalId() if index.isValid() else None

    def _reaches_top(self, node: Node) -> bool:
        """Whether the chain of parents ends at the top: not at a missing node and not in a circle."""
        seen: set[int] = set()
        at: Node | None = node
        while at is not None and at.parent_id is not None and at.id not in seen:
            seen.add(at.id)
            at = self._nodes.get(at.parent_id)
        return at is not None and at.parent_id is None
