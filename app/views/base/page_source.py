"""Where a long table's rows come from: keyset pages of a query, asked for off the window thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from app.views.base.tasks import Failed, Lane, Tasks

Q = TypeVar("Q")
R = TypeVar("R")

Anchor = tuple[object, ...]
"""The sort key of a row: a page begins after it. Opaque here; the query made it and reads it."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows a query has. Counting stops at a limit; beyond it, `is_exact` is False ("10,000+")."""

    count: int
    is_exact: bool = True


class PageSource(Generic[Q, R]):
    """Asks one query for its pages.

    `fetch(query, anchor, count)` returns up to `count` rows after `anchor` (from the top for None) in the
    query's own order; `anchor_of(query, row)` is a row's key in that order; `count(query)` its size. All
    run on the screen's lane; the query value is taken when the page is asked for, so a presenter may
    replace `query` at any time.

    `steps(query, anchor, every, limit)` returns the keys of every `every`-th row after `anchor`, at most
    `limit` of them, without reading the rows: it makes a drag of the scroll bar cheap. A source without
    it reads the rows instead.
    """

    def __init__(
        self,
        tasks: Tasks,
        query: Q,
        *,
        fetch: Callable[[Q, Anchor | None, int], Sequence[R]],
        anchor_of: Callable[[Q, R], Anchor],
        count: Callable[[Q], Total],
        steps: Callable[[Q, Anchor | None, int, int], Sequence[Anchor]] | None = None,
        failed: Failed | None = None,
        id_of: Callable[[R], int] = attrgetter("id"),
    ) -> None:
        self.query = query
        self.id_of = id_of
        self._tasks = tasks
        self._fetch = fetch
        self._anchor_of = anchor_of
        self._count = count
        self._steps = steps
        self._failed = failed

    def page(
        self,
        anchor: Anchor | None,
        count: int,
        done: Callable[[Sequence[R]], None],
        failed: Failed,
        owner: QObject,
    ) -> None:
        """Ask for the rows after `anchor`."""
        job = partial(self._fetch, self.query, anchor, count)
        self._tasks.run(job, done, self._both(failed), lane=Lane.SCREEN, owner=owner)

    def total(self, done: Callable[[Total], None], failed: Failed, owner: QObject) -> None:
        """Ask how many rows there are."""
        job = partial(self._count, self.query)
        self._tasks.run(job, done, self._both(failed), lane=Lane.SCREEN, owner=owner)

    def steps(
        self,
        anchor: Anchor | None,
        every: int,
        limit: int,
        done: Callable[[Sequence[Anchor]], None],
        failed: Failed,
        owner: QObject,
    ) -> None:
        """Ask for the keys at which `limit` further pages of `every` rows begin; fewer if the rows end."""
        job = partial(self._walk, self.query, anchor, every, limit)
        self._tasks.run(job, done, self._both(failed), lane=Lane.SCREEN, owner=owner)

    def _walk(self, query: Q, anchor: Anchor | None, every: int, limit: int) -> Sequence[Anchor]:
        if self._steps is not None:
            return self._steps(query, anchor, every, limit)
        rows = self._fetch(query, anchor, every * limit)
        return [self._anchor_of(query, row) for row in rows[every - 1 :: every]]

    def anchor_of(self, row: R) -> Anchor:
        """Return the key of a row in the present order."""
        return self._anchor_of(self.query, row)

    def _both(self, failed: Failed) -> Failed:
        def tell(error: Exception) -> None:
            failed(error)
            if self._failed is not None:
                self._failed(error)

        return tell
