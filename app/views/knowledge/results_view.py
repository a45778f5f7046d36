"""The list of articles: what a search found with its hits marked, or what a folder holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.models.entities.knowledge import ArticleState
from app.services.search.ranking import Segment
from app.views.base.i18n import _, ngettext
from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Size, Space, Type
from app.views.base.widgets.buttons import Button, ButtonKind, MenuButton
from app.views.base.widgets.fields import SearchField
from app.views.base.widgets.labels import ElidedLabel, rule
from app.views.base.widgets.line_model import LineModel
from app.views.base.widgets.paint import font, paint_ground, paint_ring, paint_text, width_of
from app.views.base.widgets.painted import disc_colours
from app.views.base.widgets.states import EmptyState, Skeleton
from app.views.knowledge.lines import STATE_LOOK, ArticleLine, SortBy
from app.views.knowledge.presenter import Listed, ScopeKind
from app.views.knowledge.tree_view import list_name

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_SIDE = Space.M
_LINE = 19
_TITLE_LINES, _SNIPPET_LINES = 2, 2
_PILL = 18
_ELLIPSIS = "…"
_SCROLL_BAR = 12
# A list that comes sooner needs no skeleton before it.
_PATIENCE = 300


class _LineDelegate(QStyledItemDelegate):
    """Paints a whole line: number and state, title, snippet, facts."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = _line(index)
        wide = option.rect.width()
        words = _words_width(option)
        height = 2 * Space.S + 18 + 20
        height += _LINE * len(_laid(line.title, words, _TITLE_LINES, strong=True)[1])
        if line.snippet:
            height += _LINE * len(_laid(line.snippet, words, _SNIPPET_LINES)[1])
        return QSize(wide, height + Space.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = _line(index)
        rect: QRect = option.rect.adjusted(0, 0, 0, -Space.XS)
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            paint_ground(painter, rect, "sel", "accent", Radius.CARD)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, rect, "hover", "hover", Radius.CARD)
        inner = rect.adjusted(_SIDE, Space.S, -_SIDE, -Space.S)
        inner.setWidth(_words_width(option))
        self._paint_head(painter, QRect(inner.x(), inner.y(), inner.width(), 18), line)
        top = inner.y() + 20
        top = _paint_parts(
            painter, QRect(inner.x(), top, inner.width(), 0), line.title, _TITLE_LINES, strong=True
        )
        if line.snippet:
            top = _paint_parts(painter, QRect(inner.x(), top, inner.width(), 0), line.snippet, _SNIPPET_LINES)
        foot = QRect(inner.x(), top, inner.width(), 18)
        paint_text(painter, foot, line.facts, "warn" if line.is_overdue else "muted", pixels=Type.SMALL)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, rect, Radius.CARD)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, line: ArticleLine) -> None:
        paint_text(painter, rect, line.number, "muted", pixels=Type.SMALL)
        if line.state is ArticleState.PUBLISHED and not line.is_overdue:
            return  # most are: a pill on every line would say nothing
        icon, tone = STATE_LOOK[line.state]
        text = _("Review due") if line.is_overdue else line.state_text
        if line.is_overdue:
            icon, tone = "clock-alert", "warn"
        tint, ink = disc_colours(tone)
        wide = width_of(text, Type.SMALL, strong=True) + Size.ICON_SMALL + Space.XS + 2 * 6
        box = QRect(rect.right() - wide, rect.y(), wide, _PILL)
        paint_ground(painter, box, tint, ink)
        spot = QRect(box.x() + 6, box.y() + 3, 12, 12)
        paint_icon(painter, spot, icon, ink)
        words = QRect(spot.right() + Space.XS, box.y(), box.right() - spot.right() - Space.XS, box.height())
        paint_text(painter, words, text, ink, pixels=Type.SMALL, strong=True)


def _words_width(option: QStyleOptionViewItem) -> int:
    """Return how wide a line's words may be: with a scroll bar and without it, so that none breaks anew."""
    view = option.widget
    return (view.width() if view is not None else 300) - _SCROLL_BAR - 2 * _SIDE


def _line(index: Index) -> ArticleLine:
    model = index.model()
    if not isinstance(model, LineModel):
        raise TypeError("the list shows a LineModel")
    line: ArticleLine = model.lines[index.row()]
    return line


def _laid(
    parts: Sequence[Segment], wide: int, most: int, *, strong: bool = False
) -> tuple[QTextLayout, list[str]]:
    """Break the parts into at most `most` lines; the last one may be cut."""
    text = "".join(text for text, _hit in parts)
    layout = QTextLayout(text, font(Type.BASE, strong=strong))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    shown: list[str] = []
    layout.beginLayout()
    while len(shown) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(40, wide))
        line.setPosition(QPointF(0, len(shown) * _LINE))
        shown.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return layout, shown


def _paint_parts(
    painter: QPainter, rect: QRect, parts: Sequence[Segment], most: int, *, strong: bool = False
) -> int:
    """Paint text with its hits marked; return where it ends."""
    layout, shown = _laid(parts, rect.width(), most, strong=strong)
    if sum(map(len, shown)) < sum(len(text) for text, _hit in parts):
        parts = _cut(parts, sum(map(len, shown)) - len(_ELLIPSIS) - 1)
        layout, shown = _laid(parts, rect.width(), most, strong=strong)
    painter.setPen(tok("text" if strong else "muted"))
    layout.draw(painter, QPointF(rect.topLeft()), _marks(parts))
    return rect.y() + _LINE * len(shown)


def _cut(parts: Sequence[Segment], length: int) -> list[Segment]:
    """Return the first `length` characters of the parts and an ellipsis."""
    kept: list[Segment] = []
    for text, is_hit in parts:
        if length > 0:
            kept.append((text[:length], is_hit))
        length -= len(text)
    return [*kept, (_ELLIPSIS, False)]


def _marks(parts: Sequence[Segment]) -> list[QTextLayout.FormatRange]:
    ranges = []
    at = 0
    for text, is_hit in parts:
        if is_hit:
            found = QTextLayout.FormatRange()
            found.start, found.length = at, len(text)
            look = QTextCharFormat()
            look.setBackground(QColor(tok("mark")))
            look.setForeground(QColor(tok("text")))
            found.format = look
            ranges.append(found)
        at += len(text)
    return ranges


class ResultsList(QListView):
    """The list itself. The current line is the article shown; Enter goes into it."""

    current_changed = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Articles"))
        self.setProperty("surface", "list")
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_LineDelegate(self))
        self.lines: LineModel[ArticleLine] = LineModel(self)
        self.setModel(self.lines)
        self._is_telling = True

    @property
    def current_id(self) -> int | None:
        """The id of the current line's article."""
        index = self.currentIndex()
        return self.lines.lines[index.row()].id if index.isValid() else None

    def set_lines(self, lines: Sequence[ArticleLine]) -> None:
        """Show these lines; the current article stays current if it is among them."""
        kept = self.current_id
        self._is_telling = False
        self.lines.set_lines(lines)
        if kept is not None:
            self.go_to(kept)
        self._is_telling = True

    def go_to(self, article_id: int) -> bool:
        """Make an article's line current without telling anybody; False if it is not listed."""
        telling, self._is_telling = self._is_telling, False
        row = next((at for at, line in enumerate(self.lines.lines) if line.id == article_id), None)
        if row is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentIndex(self.lines.index(row, 0))
        self._is_telling = telling
        return row is not None

    def step(self, by: int) -> None:
        """Move the current line."""
        count = self.lines.rowCount()
        if count:
            row = self.currentIndex().row() + by
            self.setCurrentIndex(self.lines.index(max(0, min(row, count - 1)), 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and self._is_telling:
            self.current_changed.emit(self.lines.lines[current.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J and K move like the arrows; Enter goes into the article; letters are the page's."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif key in {Qt.Key.Key_J, Qt.Key.Key_K} and not event.modifiers():
            self.step(1 if key == Qt.Key.Key_J else -1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here."""


class ResultsPanel(QFrame):
    """Search field, how many were found, their order, and the list or why it is empty."""

    searched = Signal(str)
    sorted_by = Signal(object)  # SortBy
    new_asked = Signal()

    def __init__(self, *, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "side")
        self.search = SearchField(_("Search articles"))
        self.search.setToolTip(_("Search articles") + "  /")
        self.count = ElidedLabel("", "muted")
        self.sort = MenuButton("", self._sort_menu(), ButtonKind.LINK, small=True)
        self.list = ResultsList()
        self._empty_host = QWidget()
        self._empty = QVBoxLayout(self._empty_host)
        self._empty.setContentsMargins(0, 0, 0, 0)
        self._may_write = may_write
        self.body = QStackedWidget()
        waiting = QWidget()
        column = QVBoxLayout(waiting)
        skeleton = Skeleton(8, (1.0,), said=_("Reading articles"))
        skeleton.hide()
        column.addWidget(skeleton)
        column.addStretch(1)
        for page in (waiting, self.list, self._empty_host):
            self.body.addWidget(page)
        QTimer.singleShot(_PATIENCE, skeleton, skeleton.show)
        self._arrange()
        self.show_sort(SortBy.RELEVANCE, is_search=False)
        self.search.textChanged.connect(self.searched)
        self.search.step.connect(self.list.step)
        self.search.returnPressed.connect(self._enter)

    def show_listed(self, listed: Listed, folder: str) -> None:
        """Show what was found; `folder` is the chosen folder's name."""
        self.list.set_lines(listed.lines)
        count = len(listed.lines)
        words = ngettext("{count} article", "{count} articles", count)
        if listed.is_search:
            words = ngettext("{count} result", "{count} results", count)
        name = folder if listed.scope.kind is ScopeKind.CATEGORY else list_name(listed.scope.kind)
        said = words.format(count=count)
        self.count.setText(f"{name} · {said}" if not listed.is_search else said)
        if listed.lines:
            self.body.setCurrentWidget(self.list)
        else:
            self._say_empty(listed, folder)

    def show_problem(self, title: str, text: str) -> None:
        """Show why nothing can be listed."""
        self.list.set_lines(())
        self.count.setText("")
        self._show_empty(EmptyState("circle-alert", title, text, tone="warn"))

    def show_sort(self, sort: SortBy, *, is_search: bool) -> None:
        """Show by what the list is sorted."""
        self.sort.say(sort_name(sort, is_search=is_search))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.XS, 0, 0, 0)
        head.addWidget(self.count, 1)
        head.addWidget(self.sort)
        top = QVBoxLayout()
        top.setContentsMargins(Space.M, Space.M, Space.M, Space.XS)
        top.setSpacing(Space.XS)
        top.addWidget(self.search)
        top.addLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule())
        body = QVBoxLayout()
        body.setContentsMargins(Space.S, Space.S, Space.S, 0)
        body.addWidget(self.body)
        column.addLayout(body, 1)
        self.setMinimumWidth(220)

    def _sort_menu(self) -> QMenu:
        menu = QMenu(self)
        for sort in SortBy:
            action = QAction(sort_name(sort, is_search=True), menu)
            action.triggered.connect(partial(self.sorted_by.emit, sort))
            menu.addAction(action)
        return menu

    def _enter(self) -> None:
        if self.list.current_id is None:
            self.list.step(1)
        self.list.entered.emit()

    def _say_empty(self, listed: Listed, folder: str) -> None:
        buttons = []
        if self._may_write:
            write = Button(_("New article"), icon="plus", key="Ctrl+Shift+N")
            write.clicked.connect(self.new_asked)
            buttons.append(write)
        if listed.is_search:
            title = _("No article holds these words")
            text = _("“{words}” is in no published article here. Try fewer or other words.")
            text = text.format(words=listed.words)
            if folder:
                text += " " + _("Only “{folder}” was searched.").format(folder=folder)
            self._show_empty(EmptyState("search", title, text, *buttons))
        elif listed.scope.kind in {ScopeKind.REVIEW, ScopeKind.OVERDUE}:
            text = _("Articles that wait for a reviewer, or were not looked at for eight months, stand here.")
            self._show_empty(EmptyState("circle-check", _("Nothing to review"), text, tone="ok"))
        else:
            text = _("What the desk knows stands here, one article per question. Write the first one.")
            self._show_empty(EmptyState("book-open", _("No articles here"), text, *buttons, tone="accent"))

    def _show_empty(self, state: EmptyState) -> None:
        while self._empty.count():
            taken = self._empty.takeAt(0)
            old = taken.widget() if taken is not None else None
            if old is not None:
                old.deleteLater()
        self._empty.addWidget(state)
        self.body.setCurrentWidget(self._empty_host)


def sort_name(sort: SortBy, *, is_search: bool) -> str:
    """Return how an order is called; a folder has no best match: the reader's language stands first there."""
    if sort is SortBy.RELEVANCE and not is_search:
        return _("My language first")
    return {
        SortBy.RELEVANCE: _("Best match"),
        SortBy.NEWEST: _("Newest first"),
        SortBy.MOST_USED: _("Most used"),
        SortBy.MOST_HELPFUL: _("Most helpful"),
    }[sort]
