"""What a picture needs of the roster besides an action: a proposal of Auto-fill, or what is read first."""

from __future__ import annotations

from app.views.roster.filling_panel import FillingPanel
from app.views.roster.filling_presenter import FillStage
from app.views.shell.stage import Stage


def fill_roster(stage: Stage) -> None:
    """Fill the month shown and stop at the first roster: which one it is does not matter for a picture."""
    panel = stage.program.window.findChild(FillingPanel, "filling")
    if panel is None:
        return
    presenter = panel.presenter
    presenter.progressed.connect(lambda: presenter.stop() if presenter.progress.solutions else None)
    panel.choosing.start.click()
    stage.wait_until(lambda: presenter.stage is not FillStage.RUNNING, "the roster is filled")
    stage.settle()


def wait_for_fairness(stage: Stage) -> None:
    """Let the ledger of twelve months be read before its bars are drawn."""
    stage.settle(400)


def wait_for_crews(stage: Stage) -> None:
    """Let people be grouped anew; each program begins with teams."""
    stage.settle(100)
