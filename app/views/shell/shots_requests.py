"""What people asked for before the page of requests is drawn, and its popups as they are filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from app.services.demo.asking import ask_for_things, days_worked
from app.views.base.i18n import current
from app.views.leave.page import RequestsPage
from app.views.shell.stage import Stage


def ask_things(stage: Stage) -> None:
    """Let colleagues ask for leave and offer shifts, once; then read the page again."""
    page = _page(stage)
    if page is None:
        return
    if page.presenter.desk is None or not page.presenter.desk.leaves:
        ask_for_things(page.ctx, page.presenter.today, current.code)
    page.refresh()
    stage.settle()


def show_swap(stage: Stage) -> None:
    """Show what a swap would do."""
    ask_things(stage)
    page = _page(stage)
    if page is not None:
        page.list.setCurrentIndex(page.list.lines.index(len(page.list.lines.lines) - 1, 0))
        stage.settle()


def show(part: str, stage: Stage) -> None:
    """Show another part."""
    page = _page(stage)
    if page is not None:
        ask_things(stage)
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
    ("", ask_things),
    ("swap", show_swap),
    ("mine", partial(show, "mine")),
    ("fairness", partial(show, "fairness")),
    ("shifts", partial(show, "shifts")),
    ("leave", open_leave),
    ("offer", open_offer),
)


def _page(stage: Stage) -> RequestsPage | None:
    work = stage.program.workspace
    page = work.stack.page if work is not None else None
    return page if isinstance(page, RequestsPage) else None
