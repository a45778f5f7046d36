"""The one model of long tables: a window of a few pages over a query of any length."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Signal

from app.views.base.columns import Column
from app.views.base.page_source import Anchor, PageSource, Total
from app.views.base.table_model import Index, TableModel

R = TypeVar("R")

PAGE = 200
# A window shows two pages at most; the third is read ahead.
_PAGES_HELD = 3
# The next page is asked for when fewer rows than this remain beyond what is visible.
_AHEAD = 60
# Shown without texts until the first page comes.
_SKELETON_ROWS = 12


class WindowedModel(TableModel[R]):
    """Holds up to three pages of 200 rows around what is visible.

    The table tells `show_rows` what it shows; rows not loaded have no cells and are painted as skeletons.
    One page is asked for at a time, always the one that is needed when the last one came. Rows on screen
    stay there until newer ones replace them.
    """

    loading_changed = Signal(bool)
    total_changed = Signal(object)  # Total
    failed = Signal(object)  # the exception; the rows stay as they were

    def __init__(
        self, columns: Sequence[Column[R]], source: PageSource[Any, R], parent: QObject | None = None
    ) -> None:
        """Ask for the first page at once."""
        super().__init__(columns, parent, id_of=source.id_of)
        self._source = source
        self._pages: dict[int, list[R]] = {}
        self._fresh: set[int] = set()
        self._starts: dict[int, Anchor | None] = {0: None}
        self._row_count = _SKELETON_ROWS
        self._total: Total | None = None
        self._seen = (0, 0)
        self._generation = 0
        self._is_loading = False
        self._is_new_query = False
        self.forget_pages()

    @property
    def total(self) -> Total | None:
        """How many rows the query has, as last counted; None until then."""
        return self._total

    @property
    def is_loading(self) -> bool:
        """Whether a page is on its way."""
        return self._is_loading

    def forget_pages(self) -> None:
        """Begin again from the top: the source's query is another one now."""
        self._is_new_query = True
        self._seen = (0, 0)
        self._starts = {0: None}
        self._begin_again()

    def refresh(self) -> None:
        """Read what is visible again, at the same place: the rows may have changed.

        A page is found again by the key of the row before it, so rows that came or went further up do
        not shift what is visible.
        """
        if self._is_new_query:
            self.forget_pages()
            return
        top = self._seen[0] // PAGE
        self._starts = {0: None, **{page: self._starts[page] for page in {top} & self._starts.keys()}}
        self._begin_again()

    def show_rows(self, first: int, last: int) -> None:
        """Say which rows are visible; loads what is missing there, then what lies just ahead."""
        self._seen = (max(0, first), max(0, last))
        self._load_needed()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._row_count

    def row_at(self, row: int) -> R | None:
        """See `TableModel.row_at`."""
        page = self._pages.get(row // PAGE)
        at = row % PAGE
        return page[at] if page is not None and at < len(page) else None

    def row_of(self, row_id: int) -> int | None:
        """See `TableModel.row_of`."""
        for number, page in self._pages.items():
            for at, row in enumerate(page):
                if self._id_of(row) == row_id:
                    return number * PAGE + at
        return None

    def _begin_again(self) -> None:
        self._generation += 1
        self._fresh.clear()
        self._set_loading(False)
        self._load_needed()
        self._count_again()

    def _load_needed(self) -> None:
        page = None if self._is_loading else self._needed_page()
        if page is None:
            return
        self._set_loading(True)
        failed = partial(self._on_failed, self._generation)
        if page in self._starts:
            done = partial(self._on_page, self._generation, page)
            self._source.page(self._starts[page], PAGE, done, failed, self)
        else:
            near = max(known for known in self._starts if known < page)
            found = partial(self._on_steps, self._generation, near, page - near)
            self._source.steps(self._starts[near], PAGE, page - near, found, failed, self)

    def _needed_page(self) -> int | None:
        """Return the page most wanted and not loaded since the last refresh: visible ones first."""
        last_row = max(0, self._row_count - 1)
        first, last = (min(row, last_row) for row in self._seen)
        rows = (first, last, min(last + _AHEAD, last_row), max(0, first - _AHEAD))
        return next((row // PAGE for row in rows if row // PAGE not in self._fresh), None)

    def _on_steps(self, generation: int, near: int, asked: int, anchors: Sequence[Anchor]) -> None:
        if generation != self._generation:
            return
        for distance, anchor in enumerate(anchors, start=1):
            self._starts[near + distance] = anchor
        self._set_loading(False)
        if len(anchors) < asked:  # rows have gone since they were counted: the last page is an earlier one
            self._set_row_count((near + len(anchors) + 1) * PAGE)
        self._load_needed()

    def _on_page(self, generation: int, number: int, rows: Sequence[R]) -> None:
        if generation != self._generation:
            return
        if self._is_new_query:
            self._replace_all(rows)
        else:
            self._replace_page(number, rows)
        self._fresh.add(number)
        if len(rows) == PAGE:
            self._starts[number + 1] = self._source.anchor_of(rows[-1])
        self._renew_marked(rows)
        self._drop_far_pages()
        self._set_loading(False)
        self.rows_changed.emit()
        self._load_needed()

    def _replace_all(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self._is_new_query = False
        self._pages = {0: list(rows)}
        self._cells.clear()
        self._total = None
        self._row_count = self._rows_after(0, len(rows))
        self.endResetModel()

    def _replace_page(self, number: int, rows: Sequence[R]) -> None:
        self._pages[number] = list(rows)
        first = number * PAGE
        for row in range(first, first + PAGE):
            self._cells.pop(row, None)
        self._set_row_count(self._rows_after(number, len(rows)))
        if rows:
            self.dataChanged.emit(
                self.index(first, 0), self.index(first + len(rows) - 1, len(self.columns) - 1)
            )

    def _rows_after(self, number: int, length: int) -> int:
        """Return how many rows there are, as far as the page just read and the last count tell."""
        end = number * PAGE + length
        if length < PAGE:
            return end
        if self._total is not None and self._total.is_exact and self._total.count >= end:
            return self._total.count
        # There may be more: leave room to scroll on, and the next page will tell.
        counted = self._total.count if self._total is not None else 0
        return max(counted, end + _SKELETON_ROWS)

    def _set_row_count(self, count: int) -> None:
        before = self._row_count
        if count > before:
            self.beginInsertRows(QModelIndex(), before, count - 1)
            self._row_count = count
            self.endInsertRows()
        elif count < before:
            self.beginRemoveRows(QModelIndex(), count, before - 1)
            self._row_count = count
            beyond = [number for number in self._pages if number * PAGE >= count]
            for number in beyond:
                self._forget_page(number)
            self.endRemoveRows()

    def _drop_far_pages(self) -> None:
        middle = sum(self._seen) // 2 // PAGE
        for number in sorted(self._pages, key=lambda page: abs(page - middle))[_PAGES_HELD:]:
            self._forget_page(number)

    def _forget_page(self, number: int) -> None:
        del self._pages[number]
        self._fresh.discard(number)
        for row in range(number * PAGE, (number + 1) * PAGE):
            self._cells.pop(row, None)

    def _renew_marked(self, rows: Sequence[R]) -> None:
        """Keep the newest version of each marked row: a bulk command hands it in."""
        if self._marked:
            self._marked.update((self._id_of(row), row) for row in rows if self._id_of(row) in self._marked)

    def _count_again(self) -> None:
        failed = partial(self._on_failed, self._generation)
        self._source.total(partial(self._on_total, self._generation), failed, self)

    def _on_total(self, generation: int, total: Total) -> None:
        if generation != self._generation:
            return
        self._total = total
        last = max(self._pages, default=None)
        if last is None or len(self._pages[last]) == PAGE:
            loaded = 0 if last is None else (last + 1) * PAGE
            self._set_row_count(max(total.count, loaded))
        self.total_changed.emit(total)

    def _on_failed(self, generation: int, error: Exception) -> None:
        """Leave everything as it is. The next scroll or refresh asks again; asking here would spin."""
        if generation == self._generation:
            self._set_loading(False)
            self.failed.emit(error)

    def _set_loading(self, is_loading: bool) -> None:
        if is_loading != self._is_loading:
            self._is_loading = is_loading
            self.loading_changed.emit(is_loading)
