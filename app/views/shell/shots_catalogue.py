"""What is done on the page of categories before it is drawn: a form filled in, a merge, a file looked at."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QScrollArea

from app.models.entities.catalogue import Gate
from app.views.settings.categories_page import CategoriesPane
from app.views.settings.page import SettingsPage
from app.views.shell.stage import Stage

# Two rows change something, one is new, and two cannot be taken.
_SHEET = """code,name,parent,team,minutes,needs_create
NET-VPN,VPN and remote desktop,NET,,15,location
NET-SAT,Satellite link,NET,,30,none
NET-WIFI,Wi-Fi,NET,,soon,
NET-LOST,Lost entry,GONE,,,
"""


def fill_demands(stage: Stage) -> None:
    """State what tickets of a category need, and show that part of the form."""
    pane = _pane(stage)
    if pane is None:
        return
    pane.search.setText("VPN")
    _choose(pane, "VPN")
    pane.demands.follows[Gate.ASSIGN].click()
    pane.demands.boxes[Gate.ASSIGN, "location"].click()
    pane.demands.follows[Gate.CLOSE].click()
    pane.demands.boxes[Gate.CLOSE, "resolution_code"].click()
    pane.minutes.setValue(25)
    for area in pane.side.findChildren(QScrollArea):
        area.ensureWidgetVisible(pane.articles)
    stage.settle()


def ask_merge(stage: Stage) -> None:
    """Ask into what a category is merged, and wait until what would move is counted."""
    pane = _pane(stage)
    if pane is None:
        return
    _choose(pane, "VPN")
    pane.ask_merge()
    popup = pane.merging.popup
    if popup is not None:
        popup.target.setCurrentIndex(min(2, popup.target.count() - 1))
        stage.wait_until(popup.act.isEnabled, "what would move is counted")
        stage.settle()


def look_at_file(stage: Stage) -> None:
    """Show what importing a file would do in which two rows cannot be taken."""
    pane = _pane(stage)
    if pane is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "categories.csv"
        path.write_text(_SHEET, "utf-8")
        pane.exchange.show_file(path)
        stage.wait_until(lambda: pane.exchange.popup is not None, "the file is read")
    stage.settle()


def _choose(pane: CategoriesPane, name: str) -> None:
    found = next((row for row in pane.presenter.rows if row.name == name), None)
    if found is not None:
        pane.presenter.choose(found.id)


def _pane(stage: Stage) -> CategoriesPane | None:
    work = stage.program.workspace
    page = work.stack.page if work is not None else None
    pane = page.pane if isinstance(page, SettingsPage) else None
    if isinstance(pane, CategoriesPane):
        stage.wait_until(lambda: pane.presenter.is_read, "the categories are read")
        return pane
    return None
