"""The screens of the program as data.

To add a screen:

1. Make `app/views/<feature>/page.py` with a class derived from `app.views.base.pages.Page`. Its docstring
   says which targets it understands; its constructor takes `(ctx, env)`. It imports nothing from this package
   and nothing from another screen, and opens others by name: `self.env.shell.open("ticket", {"id": 17})`.
2. Add a `Screen` to SCREENS below, with its dotted name. A screen with `rail` stands on the rail, from above
   by that number (the first opens with Alt+1); one without is opened by other pages or by an action.
3. Translate the title in `resources/i18n/zh_CN/shell.po`, add the icon to `resources/icons` if it is new,
   and run `python main.py shots OUT --only <name>`: look at it in both languages and all three themes.

`tests/view/test_shell_registry.py` fails where one of these steps was forgotten.

What pages agree to understand as targets (others may come with them; unknown keys are passed over):

- `ticket`: {"id": ticket id} or {"number": ticket number}; {"write": "solution", "article": article id}
- `tickets`: {"query": filter text} or {"view": code of a saved view}
- `new_ticket`: {} for an empty form, {"caller": person id}, {"subject": text}, {"draft": draft id}
- `knowledge`: {"id": article id} or {"text": words to search for}; {"ticket": ticket id} to insert there
- `roster`: {"day": ISO date}
- `reports`: {"report": code, "day": ISO date, "shift": code}
- `settings`: {"page": code of the settings page}
- `handover`: {"show": part of the page}, {"day": ISO date, "shift": code}, {"note": text}
- `duty`: {"show": "sla" or "services"}
- `requests`: {"leave": id}, {"swap": id}, {"show": part of the page}; {"ask": "leave" or "record"} with
  {"day": ISO date, "person": id}, {"offer": ISO date, "person": id, "to": id, "back": ISO date},
  {"take": ISO date, "person": id}
- `announcements`: {"id": announcement id}, {"show": "now", "ahead" or "past"}, {"write": True}
- `wall`: {"team": team id}, {"at_risk": bool}
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

from app.services.base.context import Actor, Context
from app.views.base.i18n import N_, LazyText
from app.views.base.pages import Page, PageEnv

Factory = Callable[[Context, PageEnv], Page]


@dataclass(frozen=True, slots=True)
class Screen:
    """One page of the window. `factory` is "module:class", imported when the page is first shown.

    `counter` names the field of the ticket counters shown as a badge: what waits for *me*. `shortcut`
    opens the screen from anywhere. Screens `at_foot` stand at the lower end of the rail. `left_over` is
    "module:function" and tells, for a person's key and the database's epoch, whether an earlier run of the
    program left this page work that must not wait until somebody opens it.
    """

    name: str
    title: LazyText
    icon: str
    factory: str
    permission: str
    rail: int | None = None
    at_foot: bool = False
    counter: str = ""
    shortcut: str = ""
    left_over: str = ""

    @property
    def module(self) -> str:
        """The dotted name of the module that holds the page."""
        return self.factory.partition(":")[0]

    def has_left_over(self, user: str, epoch: str) -> bool:
        """Ask `left_over`; call it in the files lane."""
        if not self.left_over:
            return False
        module, _, name = self.left_over.partition(":")
        return bool(getattr(import_module(module), name)(user, epoch))

    def make(self, ctx: Context, env: PageEnv) -> Page:
        """Import the page's module if need be and build the page."""
        module, _, name = self.factory.partition(":")
        factory = cast("Factory", getattr(import_module(module), name))
        return factory(ctx, env)


SCREENS: tuple[Screen, ...] = (
    Screen("desk", N_("Desk"), "layout-dashboard", "app.views.desk.page:DeskPage", "tickets.read", rail=1),
    Screen(
        "tickets",
        N_("Tickets"),
        "inbox",
        "app.views.tickets.list_page:TicketsPage",
        "tickets.read",
        rail=2,
        counter="mine",
    ),
    Screen("ticket", N_("Ticket"), "inbox", "app.views.tickets.ticket_page:TicketPage", "tickets.read"),
    Screen(
        "new_ticket",
        N_("New ticket"),
        "plus",
        "app.views.tickets.new_page:NewTicketPage",
        "tickets.create",
        shortcut="Ctrl+N",
        left_over="app.views.tickets.form_outbox:has_queued",
    ),
    Screen(
        "knowledge",
        N_("Knowledge"),
        "book-open",
        "app.views.knowledge.page:KnowledgePage",
        "knowledge.read",
        rail=3,
    ),
    Screen(
        "roster", N_("Roster"), "calendar-days", "app.views.roster.page:RosterPage", "roster.read", rail=4
    ),
    Screen("wall", N_("Heat wall"), "gauge", "app.views.wall.page:WallPage", "tickets.read", rail=6),
    Screen(
        "requests",
        N_("Requests"),
        "calendar-off",
        "app.views.leave.page:RequestsPage",
        "roster.read",
        shortcut="Alt+L",
    ),
    Screen(
        "duty", N_("Duty board"), "headset", "app.views.duty.page:DutyPage", "roster.read", shortcut="Alt+D"
    ),
    Screen(
        "announcements",
        N_("Announcements"),
        "megaphone",
        "app.views.announcements.page:AnnouncementsPage",
        "tickets.read",
        shortcut="Alt+U",
    ),
    Screen(
        "reports", N_("Reports"), "chart-column", "app.views.reports.page:ReportsPage", "reports.read", rail=7
    ),
    Screen(
        "handover",
        N_("Handover"),
        "clipboard-check",
        "app.views.handover.page:HandoverPage",
        "roster.read",
        rail=5,
    ),
    Screen(
        "settings",
        N_("Settings"),
        "settings",
        "app.views.settings.page:SettingsPage",
        "settings.read",
        rail=8,
        at_foot=True,
    ),
)


@cache
def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package above it is missing
        return False


def screens_for(actor: Actor, screens: tuple[Screen, ...] = SCREENS) -> tuple[Screen, ...]:
    """Return the screens this person may see, in the order of the list."""
    return tuple(screen for screen in screens if _is_there(screen.module) and actor.may(screen.permission))


def screen_named(name: str, screens: tuple[Screen, ...] = SCREENS) -> Screen:
    """Return the screen of that name.

    Raises:
        KeyError: there is none.
    """
    return {screen.name: screen for screen in screens}[name]


def rail_order(screens: tuple[Screen, ...]) -> list[Screen]:
    """Return those that stand on the rail, from above; the n-th opens with Alt+n."""
    on_rail: list[tuple[Any, Screen]] = [
        ((screen.at_foot, screen.rail), screen) for screen in screens if screen.rail is not None
    ]
    return [screen for _place, screen in sorted(on_rail, key=lambda pair: pair[0])]
