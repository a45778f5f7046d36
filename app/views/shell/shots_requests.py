"""The parts of the page of requests, and its popups as they are filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from app.services.demo.asking import days_worked
from app.views.leave.page import RequestsPage
from app.views.shell.stage import Stage


def show_swap(stage: Stage) -> None:
    """Show what a swap would do."""
    page = _page(stage)
    if page is not None:
        page.list.setCurrentIndex(page.list.lines.index(len(page.list.lines.lines) - 1, 0))
        stage.settle()


def show(part: str, stage: Stage) -> None:
    """Show another part."""
    page = _page(stage)
    if page is not None:
        page.show_part(part)
        stage.settle()


def open_leave(stage: Stage) -> None:
    """Fill in the form of an absence."""
    page = _page(stage)
    if page is None:
        return
    worked = days_worked(page.ctx, page.presenter.today)
    first = worked[1] if len(worked) > 1 else page.presenter.today
    page.asking.leave(first, first + timedelta(days=2))
    stage.settle(400)


def open_offer(stage: Stage) -> None:
    """Fill in the form of an offer."""
    page = _page(stage)
    if page is not None:
        page.asking.offer()
        popup = page.asking.popup
        stage.settle()
        box = getattr(popup, "colleague", None)
        if box is not None:
            box.setCurrentIndex(1)
        stage.settle(300)


OPEN: tuple[tuple[str, Callable[[Stage], None]], ...] = (
    ("", partial(show, "decide")),
    ("swap", show_swap),
    ("mine", partial(show, "mine")),
    ("open", partial(show, "open")),
    ("done", partial(show, "done")),
    ("fairness", partial(show, "fairness")),
    ("shifts", partial(show, "shifts")),
    ("leave", open_leave),
    ("offer", open_offer),
)


def _page(stage: Stage) -> RequestsPage | None:
    work = stage.program.workspace
    page = work.stack.page if work is not None else None
    return page if isinstance(page, RequestsPage) else None
