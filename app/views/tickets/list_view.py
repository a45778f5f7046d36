"""The middle of the page: title, filter field, chips, the table itself, and its foot."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.models.entities.errors import FirstlineError
from app.models.entities.tickets import TicketRow
from app.services.search.rules import Query
from app.views.base.columns import Column
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext
from app.views.base.page_source import Total
from app.views.base.table import Table
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, IconButton
from app.views.base.widgets.fields import SearchField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.states import EmptyState, Skeleton
from app.views.base.windowed_model import WindowedModel
from app.views.tickets.desk_names import DeskNames
from app.views.tickets.list_bulk import BulkBar
from app.views.tickets.list_columns import column_of
from app.views.tickets.list_filter_bar import FilterBar
from app.views.tickets.list_presenter import ListPresenter

# Typing goes on while the rows follow; a pause this long asks for them.
_TYPING_PAUSE = 250
_FIELD_WIDTH = 220
_SKELETON_AFTER = 300
_KEYS_FROM = 620


class TicketListView(QFrame):
    """Widgets and wiring of the list; what is shown is the presenter's."""

    views_asked = Signal(QPoint)  # the title's drop-down, where there is no panel
    menu_asked = Signal(QPoint)  # the button with three dots
    selection_changed = Signal()  # current row, marks or their versions
    rows_read = Signal()  # other rows stand there now
    layout_changed = Signal()

    def __init__(
        self,
        presenter: ListPresenter,
        columns: tuple[Column[TicketRow], ...],
        names: DeskNames,
        fmt: Format,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self.setProperty("surface", "page")
        self._presenter = presenter
        self._columns = columns
        self._format = fmt
        self.model: WindowedModel[TicketRow] | None = None
        self._is_new = True
        self.title = PlainLabel("", "page")
        self.count = PlainLabel("", "muted")
        self.views_button = IconButton("chevron-down", _("Views"), small=True)
        self.field = SearchField(_("Filter this list"))
        self.error_icon = IconSpot("circle-alert", "bad", 14)
        self.error = PlainLabel("", ink="bad", wrap=True)
        self.columns_button = IconButton("columns-3", _("Columns"))
        self.more = IconButton("ellipsis", _("More"))
        self.filters = FilterBar(names)
        self.table = Table()
        self.foot_count = PlainLabel("", "small")
        self.foot_keys = PlainLabel(
            _("J K move · Enter open · A assign · S status · P priority · Space mark"), "small"
        )
        self.loading = Skeleton(14, said=_("Reading the tickets"))
        self.empty = EmptyState(
            "inbox",
            _("No ticket here"),
            _("Tickets that fit these filters would stand here."),
            self._remove_button(),
        )
        self.trouble = EmptyState(
            "circle-alert", _("The tickets cannot be read"), "", self._retry_button(), tone="bad"
        )
        self._stack = QStackedWidget()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_PAUSE)
        self._build()
        self.bulk = BulkBar(self)
        self._connect()
        self._show_error("")

    # -- what is meant -------------------------------------------------------------------------------

    @property
    def current(self) -> TicketRow | None:
        """The current row."""
        if self.model is None or not self.table.currentIndex().isValid():
            return None
        return self.model.row_at(self.table.currentIndex().row())

    @property
    def meant(self) -> tuple[TicketRow, ...]:
        """What an action is for: everything marked, else the current row."""
        if self.model is None:
            return ()
        current = self.current
        return self.model.marked or ((current,) if current is not None else ())

    @property
    def marked_count(self) -> int:
        """How many rows are marked."""
        return len(self.model.marked) if self.model is not None else 0

    def clear_marks(self, keep: frozenset[int] = frozenset()) -> None:
        """Unmark everything but these tickets."""
        if self.model is None:
            return
        kept = [row for row in (self.model.row_of(ticket_id) for ticket_id in keep) if row is not None]
        self.model.clear_marks()
        if kept:
            self.model.set_marked(kept, True)

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(Space.S)
        self.field.setMinimumWidth(_FIELD_WIDTH - 60)
        self.field.setMaximumWidth(_FIELD_WIDTH)
        head.addWidget(self.title)
        head.addWidget(self.views_button)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.field, 4)
        head.addWidget(self.columns_button)
        head.addWidget(self.more)
        wrong = QHBoxLayout()
        wrong.setSpacing(Space.XS)
        wrong.addStretch(1)
        wrong.addWidget(self.error_icon, 0, Qt.AlignmentFlag.AlignTop)
        wrong.addWidget(self.error)
        top = QVBoxLayout()
        top.setContentsMargins(Space.L, Space.M, Space.M, Space.S)
        top.setSpacing(Space.S)
        top.addLayout(head)
        top.addLayout(wrong)
        top.addWidget(self.filters)
        self._stack.addWidget(QWidget())  # for the first moments: nothing flashes
        self._stack.addWidget(self.loading)
        self._stack.addWidget(self.trouble)
        self._stack.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot())
        self.table.set_empty_widget(self.empty)
        self.table.setAccessibleName(_("Tickets"))

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("surface", "bar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.L, 6, Space.M, 6)
        row.addWidget(self.foot_count)
        row.addStretch(1)
        row.addWidget(self.foot_keys)
        return foot

    def _remove_button(self) -> Button:
        button = Button(_("Show all open tickets"), icon="inbox")
        button.clicked.connect(lambda: self._presenter.show_query("status:open"))
        return button

    def _retry_button(self) -> Button:
        button = Button(_("Try again"), icon="refresh-cw")
        button.clicked.connect(self._presenter.refresh)
        return button

    def _connect(self) -> None:
        presenter, filters, table = self._presenter, self.filters, self.table
        self.field.textEdited.connect(lambda _text: self._typing.start())
        self.field.textChanged.connect(self._on_text_changed)
        self.field.returnPressed.connect(self._take_typed)
        self.field.step.connect(lambda _by: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self._typing.timeout.connect(lambda: presenter.type_filter(self.field.text()))
        self.views_button.clicked.connect(
            lambda: self.views_asked.emit(self.title.mapToGlobal(QPoint(0, self.title.height())))
        )
        self.columns_button.clicked.connect(self._open_columns)
        self.more.clicked.connect(lambda: self.menu_asked.emit(_under(self.more)))
        filters.add_asked.connect(presenter.add)
        filters.replace_asked.connect(presenter.replace)
        filters.remove_asked.connect(presenter.remove)
        filters.word_removed.connect(presenter.remove_word)
        filters.order_removed.connect(presenter.sort_naturally)
        filters.order_asked.connect(presenter.order_by)
        filters.retype_asked.connect(self._retype)
        table.sort_asked.connect(self._sort)
        table.layout_changed.connect(self.layout_changed)
        table.current_changed.connect(lambda _id: self._on_selection())
        presenter.filters_changed.connect(self.show_filters)
        presenter.views_changed.connect(lambda: self.title.setText(presenter.title))
        presenter.refused.connect(self._show_error)
        presenter.unreadable.connect(self._show_trouble)
        presenter.source_ready.connect(self._make_model)
        presenter.pages_stale.connect(self._begin_again)
        presenter.refresh_asked.connect(self._read_again)
        QTimer.singleShot(_SKELETON_AFTER, self, self._show_skeleton)

    # -- following the presenter ---------------------------------------------------------------------

    def show_filters(self) -> None:
        """Show title, chips and order as they are now."""
        presenter = self._presenter
        self.title.setText(presenter.title)
        query = Query(presenter.base.words, presenter.base.filters)
        self.filters.show_filters(query, presenter.order, is_changed=presenter.is_changed)
        if self.field.text() != presenter.typed and not self._typing.isActive():
            self.field.setText(presenter.typed)
        self._show_order()

    def _make_model(self) -> None:
        source = self._presenter.source
        if source is None:
            return
        self.model = WindowedModel(self._columns, source, self)
        self.model.total_changed.connect(self._show_total)
        self.model.marks_changed.connect(self._on_selection)
        self.model.rows_changed.connect(self._on_rows)
        self.table.setModel(self.model)
        self._stack.setCurrentWidget(self.table)
        if self.model.total is not None:
            self._show_total(self.model.total)
        self._show_order()
        if not self.model.is_loading:
            self._on_rows()

    def _begin_again(self) -> None:
        if self.model is not None:
            self._is_new = True
            self.model.forget_pages()
        self._show_order()

    def _read_again(self) -> None:
        if self.model is not None:
            self.model.refresh()

    def _on_rows(self) -> None:
        if self._is_new:  # another list begins at its top, wherever the one before stood
            self._is_new = False
            self.table.go_to_row(0)
        self.rows_read.emit()
        self._on_selection()

    def _on_selection(self) -> None:
        self.bulk.show_count(self.marked_count)
        self._show_foot()
        self.selection_changed.emit()

    def _show_total(self, total: Total) -> None:
        self.count.setText(self._format.count(total.count, is_exact=total.is_exact))
        self._show_foot()

    def _show_foot(self) -> None:
        total = self.model.total if self.model is not None else None
        if total is None:
            self.foot_count.setText("")
            return
        counted = self._format.count(total.count, is_exact=total.is_exact)
        parts = [ngettext("{count} ticket", "{count} tickets", total.count).format(count=counted)]
        if self.marked_count:
            marked = ngettext("{count} selected", "{count} selected", self.marked_count)
            parts.append(marked.format(count=self.marked_count))
        self.foot_count.setText(" · ".join(parts))

    def _show_order(self) -> None:
        if self.model is not None:
            order, is_descending = self._presenter.order_in_force
            self.table.columns_header.show_sort(column_of(order), descending=is_descending)

    def _show_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.error_icon.setVisible(bool(text))
        self.field.setAccessibleDescription(text)

    def _show_trouble(self, error: FirstlineError) -> None:
        told = explain(error, self._format)
        self.trouble.text.setText(f"{told.happened} {told.advice}".strip())
        self._stack.setCurrentWidget(self.trouble)

    def _show_skeleton(self) -> None:
        if self.model is None and self._stack.currentWidget() is not self.trouble:
            self._stack.setCurrentWidget(self.loading)

    # -- what a person does --------------------------------------------------------------------------

    def _sort(self, key: str, is_descending: bool) -> None:
        self._presenter.sort_by(key, is_descending)

    def _on_text_changed(self, text: str) -> None:
        if not text and self._presenter.typed:  # Esc or the last letter deleted: at once
            self._typing.stop()
            self._presenter.type_filter("")

    def _take_typed(self) -> None:
        self._typing.stop()
        self._presenter.type_filter(self.field.text())
        self.field.setText(self._presenter.take_typed())

    def _retype(self, text: str) -> None:
        """Let a chip's text be typed again, after what stands in the field already."""
        self.field.setText(f"{self.field.text()} {text}".strip())
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._presenter.type_filter(self.field.text())

    def _open_columns(self) -> None:
        self.table.columns_header.column_menu().popup(_under(self.columns_button))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bulk.place()
        self.foot_keys.setVisible(self.width() >= _KEYS_FROM)


def _under(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height()))
