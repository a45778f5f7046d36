"""The page of a short list: the table at the left, the form of the chosen record at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.services.base.context import Context
from app.services.setup.shipped_commands import ShippedList
from app.views.base.columns import Column, TextLook
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.widgets.states import EmptyState, Skeleton
from app.views.settings.form_pane import FormPane
from app.views.settings.records import Entry, RecordKind, RecordsPresenter
from app.views.settings.shipped_offer import ShippedOffer

E = TypeVar("E", bound=Entry)
_PATIENCE = 300  # milliseconds before grey rows say that something is on its way


class RecordsPane(FormPane[E], Generic[E]):
    """Derive from it: name the kind, the columns and what an empty list says, and build the form."""

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        kind: RecordKind[E],
        columns: Sequence[Column[E]],
        empty: EmptyState,
        *,
        presenter: RecordsPresenter[E] | None = None,
        shipped: ShippedList | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._columns = columns
        self._empty = empty
        self.offer = None if shipped is None else ShippedOffer(ctx, env, shipped)
        super().__init__(ctx, env, presenter or RecordsPresenter(env, kind), parent)

    def build_list(self) -> QWidget:
        """Return the table, with grey rows in its place while it is read for long."""
        self.model: RowsModel[E] = RowsModel(self._columns, self)
        self.table = Table()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("List"))
        self.table.set_empty_widget(self._empty)
        self.table.set_compact(is_compact=self.env.prefs.values.is_compact)
        self.table.current_changed.connect(self._on_current)
        self.table.sort_asked.connect(self._sort)
        self.search.step.connect(lambda _by: self.table.setFocus())
        self._stack = QStackedWidget()
        self._stack.addWidget(Skeleton(6, (0.3, 0.4, 0.2), said=_("The list is being read.")))
        self._stack.addWidget(self.table)
        self._stack.setCurrentIndex(1)
        if self.offer is None:
            return self._stack
        self.offer.asked.connect(self.presenter.run)
        self.presenter.read_again.connect(self.offer.refresh)
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.offer)
        column.addWidget(self._stack, 1)
        return both

    def refresh(self) -> None:
        """Read the list again."""
        QTimer.singleShot(_PATIENCE, self, self._show_waiting)
        super().refresh()

    def show_rows(self, rows: Sequence[E]) -> None:
        """See `FormPane.show_rows`."""
        self._stack.setCurrentIndex(1)
        self.table.blockSignals(True)  # other rows are no choice of a person's
        self.model.set_rows(rows)
        key, descending = self.table.columns_header.sort or ("", False)
        if key:
            self.model.sort_by(key, descending=descending)
        if self.presenter.chosen is not None:
            self.table.go_to_id(self.presenter.chosen)
        self.table.blockSignals(False)

    def go_to(self, record_id: int) -> None:
        """See `FormPane.go_to`."""
        self.table.blockSignals(True)
        self.table.go_to_id(record_id)
        self.table.blockSignals(False)

    def reorder(self, by: int) -> None:
        """See `FormPane.reorder`; a list sorted by a column shows its own order first."""
        if self.table.columns_header.sort is not None:
            self.table.columns_header.show_sort("", descending=False)
            self.show_rows(self.presenter.shown)
        super().reorder(by)

    def _on_current(self, record_id: int | None) -> None:
        if record_id is not None:
            self.presenter.choose(record_id)

    def _sort(self, key: str, descending: bool) -> None:
        self.model.sort_by(key, descending=descending)
        self.table.columns_header.show_sort(key, descending=descending)

    def _show_waiting(self) -> None:
        if not self.presenter.is_read:
            self._stack.setCurrentIndex(0)


def look_of(record: Entry) -> TextLook | None:
    """Let a retired record's row be faint."""
    return None if record.is_active else TextLook(token="faint")
