"""What is done on settings pages before their consequences are drawn: an edit, and waiting for figures."""

from __future__ import annotations

from collections.abc import Callable

from app.views.base.i18n import _
from app.views.base.widgets.switches import Toggle
from app.views.settings.calendars_page import CalendarsPane
from app.views.settings.matrix_page import MatrixPane
from app.views.settings.page import SettingsPage
from app.views.settings.reasons_page import ReasonsPane
from app.views.settings.sla_page import SlaPane
from app.views.settings.whatif_presenter import WhatIfState
from app.views.shell.keys import type_into
from app.views.shell.stage import Stage

WhatIfPane = MatrixPane | SlaPane | CalendarsPane | ReasonsPane
_FRIDAY = 4


def see_figures(stage: Stage) -> None:
    """Wait until the consequences of what was edited are counted."""
    pane = _pane(stage)
    if pane is not None:
        presenter = pane.what_if.presenter
        stage.wait_until(lambda: presenter.state is WhatIfState.SHOWN, "the consequences are counted")
        stage.settle()


def see_list(stage: Stage) -> None:
    """Open the list of open tickets that would change."""
    _with_pane(stage, lambda pane: pane.what_if.card.show_list())


def choose_open(stage: Stage) -> None:
    """Tick that open tickets are to be treated alike."""
    _with_pane(stage, lambda pane: pane.what_if.card.for_open.click())


def close_on_friday_noon(stage: Stage) -> None:
    """Shorten the hours of one day."""
    pane = _pane(stage)
    if isinstance(pane, CalendarsPane):
        friday = pane.hours.days[_FRIDAY]
        friday.clear()
        type_into(friday, "08:30-12:00")
        pane.setFocus()
        see_figures(stage)


def let_the_clock_run(stage: Stage) -> None:
    """Take from the first reason that it stops the resolution clock."""
    pane = _pane(stage)
    if isinstance(pane, ReasonsPane):
        words = _("The resolution clock stands still")
        toggles = (each for each in pane.findChildren(Toggle) if each.text() == words)
        for toggle in toggles:
            toggle.click()
        see_figures(stage)


def _with_pane(stage: Stage, do: Callable[[WhatIfPane], None]) -> None:
    see_figures(stage)
    pane = _pane(stage)
    if pane is not None:
        do(pane)
        stage.settle()


def _pane(stage: Stage) -> WhatIfPane | None:
    work = stage.program.workspace
    page = work.stack.page if work is not None else None
    pane = page.pane if isinstance(page, SettingsPage) else None
    return pane if isinstance(pane, WhatIfPane) else None
