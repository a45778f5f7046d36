"""What there is to draw of every page: the states worth a picture, and how each is brought about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.entities.sla import ClockKind
from app.views.announcements.page import AnnouncementsPage
from app.views.base.i18n import current
from app.views.settings.pages import PANES
from app.views.shell.call import CALLS, take_call
from app.views.shell.registry import Screen
from app.views.shell.shots_catalogue import ask_merge, fill_demands, look_at_file
from app.views.shell.shots_requests import OPEN
from app.views.shell.shots_roster import fill_roster, wait_for_crews, wait_for_fairness
from app.views.shell.shots_settings_file import look_at_settings
from app.views.shell.shots_wall import ROOM_WINDOW, assign_card, fit_room
from app.views.shell.shots_whatif import (
    choose_open,
    close_on_friday_noon,
    let_the_clock_run,
    see_figures,
    see_list,
)
from app.views.shell.stage import Stage
from app.views.tickets.new_page import NewTicketPage
from app.views.tickets.ticket_page import TicketPage


@dataclass(frozen=True, slots=True)
class Picture:
    """One state of one page. `suffix` tells several of a page apart; `then` is an action of the page.

    `keys` are pressed in its second pane; `deed` is what a person does there with more than some keys.
    `window` is the object name of another window that is drawn instead of the program's own.
    """

    screen: str
    suffix: str = ""
    target: Mapping[str, Any] | None = None
    then: str = ""
    keys: Sequence[str] = ()
    deed: Callable[[Stage], None] | None = None
    window: str = ""

    @property
    def name(self) -> str:
        """What the file is called, without language, theme and size."""
        return f"{self.screen}-{self.suffix}" if self.suffix else self.screen

    @property
    def leaves_text(self) -> bool:
        """Whether something typed and not saved stands in the window afterwards."""
        return bool(self.keys) or self.deed is not None


def _take_call(stage: Stage) -> None:
    work = stage.program.workspace
    page = work.stack.page if work is not None else None
    if isinstance(page, NewTicketPage):
        take_call(stage, page, CALLS[current.code])


def _ask_why(stage: Stage) -> None:
    work = stage.program.workspace
    page = work.stack.page if work is not None else None
    if isinstance(page, TicketPage):
        page.popups.explain(ClockKind.RESOLUTION)
        stage.settle(300)


def _record_training(stage: Stage) -> None:
    work = stage.program.workspace
    page = work.stack.page if work is not None else None
    if isinstance(page, AnnouncementsPage):
        page.record_training()
        stage.settle(300)


# A promise being typed over, and a matrix in which a greater impact gives a lower priority.
_EDITED_PROMISE = ("Tab", "Home", "Down", "Down", "Right", "Right", "Right", "F2", "Ctrl+A", "6", " ", "h")
_SAVED_PROMISE = (*_EDITED_PROMISE, "Return")
_EDITED_MATRIX = ("Tab", "Down", "4", "Right", "Down", "2")
# Service requests get a matrix of their own, in which nothing is urgent.
_MATRIX_OF_A_TYPE = (
    "Ctrl+PgDown", "Ctrl+PgDown", "Ctrl+M", "Tab", "Tab",
    "Down", "Down", "3", "Down", "4", "Right", "4",
)  # fmt: skip
# Pages that need to be told what to show; every other page is shown as it opens.
PICTURES: Mapping[str, Sequence[Picture]] = {
    "ticket": (
        Picture("ticket", target={"number": 10482}),
        Picture("ticket", "why", {"number": 10482}, deed=_ask_why),
        Picture("ticket", "risen", {"number": 10467}),
        Picture("ticket", "escalate", {"number": 10467}, "ticket.escalate"),
        Picture("ticket", "major", {"number": 10467}, "ticket.declare_major"),
        Picture("ticket", "tell", {"number": 10467}, "ticket.tell"),
        Picture("ticket", "early", {"number": 10467}, "ticket.early"),
    ),
    "tickets": (Picture("tickets", target={"view": "all-open"}),),
    "new_ticket": (Picture("new_ticket"), Picture("new_ticket", "typed", deed=_take_call)),
    "knowledge": (
        Picture("knowledge", target={"text": ""}),
        Picture("knowledge", "article", {"id": 1}),
        Picture("knowledge", "search", {"text": "ERP 503"}),
    ),
    "roster": (
        Picture("roster", target={"view": "month"}),
        Picture("roster", "week", {"view": "week"}),
        Picture("roster", "day", {"view": "day"}),
        Picture("roster", "why", {"view": "month"}, "roster.next_fix"),
        Picture("roster", "staffing", {"view": "month"}, "roster.staffing"),
        Picture("roster", "fill", {"view": "month"}, "roster.fill"),
        Picture("roster", "filled", {"view": "month"}, "roster.fill", deed=fill_roster),
        Picture("roster", "publish", {"view": "month"}, "roster.publish"),
        Picture("roster", "versions", {"view": "month"}, "roster.versions"),
        Picture("roster", "fairness", {"view": "month"}, "roster.fairness", deed=wait_for_fairness),
        Picture("roster", "crews", {"view": "month"}, "roster.crews", deed=wait_for_crews),
    ),
    "duty": (
        Picture("duty"),
        Picture("duty", "away", None, "duty.away"),
        Picture("duty", "remind", None, "duty.remind"),
        Picture("duty", "levels", {"show": "sla"}),
        Picture("duty", "month", None, "duty.month"),
    ),
    "announcements": (
        Picture("announcements"),
        Picture("announcements", "write", None, "announcements.write"),
        Picture("announcements", "training", deed=_record_training),
    ),
    "wall": (
        Picture("wall"),
        Picture("wall", "assign", deed=assign_card),
        Picture("wall", "room", None, "wall.room", deed=fit_room, window=ROOM_WINDOW),
    ),
    "handover": (
        Picture("handover", "", {"show": "sheet"}),
        Picture("handover", "book", {"show": "book"}),
        Picture("handover", "opportunities", {"show": "opportunities"}),
        Picture("handover", "must_read", {"show": "must_read"}),
        Picture("handover", "sign", {"show": "sheet"}, "handover.sign_out"),
    ),
    "requests": tuple(Picture("requests", name, deed=deed) for name, deed in OPEN),
    "reports": (
        Picture("reports", target={"report": "shift"}),
        Picture("reports", "roster", {"report": "roster"}),
        Picture("reports", "people", {"report": "people"}),
        Picture("reports", "calls", {"report": "calls"}),
    ),
    "settings": (
        *(Picture("settings", pane.key, {"page": pane.key}) for pane in PANES),
        Picture("settings", "crews-members", {"page": "crews", "list": "crews"}),
        Picture("settings", "skills-trainings", {"page": "skills", "list": "trainings"}),
        Picture("settings", "skills-period", {"page": "skills", "list": "period"}),
        Picture("settings", "skills-list", {"page": "skills", "list": "skills"}),
        Picture("settings", "categories-fields", {"page": "categories"}, deed=fill_demands),
        Picture("settings", "categories-merge", {"page": "categories"}, deed=ask_merge),
        Picture("settings", "categories-import", {"page": "categories"}, deed=look_at_file),
        Picture("settings", "settings_file-import", {"page": "settings_file"}, deed=look_at_settings),
        Picture("settings", "sla-edited", {"page": "sla"}, keys=_EDITED_PROMISE),
        Picture("settings", "matrix-edited", {"page": "matrix"}, keys=_EDITED_MATRIX, deed=see_figures),
        Picture("settings", "whatif-list", {"page": "matrix"}, keys=_EDITED_MATRIX, deed=see_list),
        Picture("settings", "matrix-type", {"page": "matrix"}, keys=_MATRIX_OF_A_TYPE, deed=see_figures),
        Picture("settings", "whatif-sla", {"page": "sla"}, keys=_SAVED_PROMISE, deed=choose_open),
        Picture("settings", "whatif-calendars", {"page": "calendars"}, deed=close_on_friday_noon),
        Picture("settings", "whatif-reasons", {"page": "reasons"}, deed=let_the_clock_run),
    ),
}


def pictures_of(screen: Screen) -> Sequence[Picture]:
    """Return the pictures of one screen."""
    return PICTURES.get(screen.name) or (Picture(screen.name),)
