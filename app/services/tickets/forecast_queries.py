"""Whether a ticket will be solved in time, and who takes it if the desk hands it on early (S4-4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.entities.errors import NotFound
from app.models.entities.ids import CategoryId, ServiceId, TeamId, TicketId
from app.models.entities.sla import ClockKind, ClockState
from app.models.entities.tickets import OPEN_STATUSES, Ticket
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.calendars.rules import add_working_time
from app.services.settings.current import SiteConfig, load_config
from app.services.sla.current import fold_settings
from app.services.sla.forecast import Forecast, active_time, forecast, needed_for
from app.services.sla.rules import fold
from app.services.sla.stretches import calendar_of
from app.services.tickets.loading import load_events, load_events_of, load_ticket

_LAST_LINE = 3
_CASES = 20  # the last tickets of the category that tell how long one takes


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies ahead of an open ticket.

    `forecast` None: nothing can be said. `next_team_id` takes it in the next line; None where the category
    names none. `next_update_at` is by when the user is to hear again once they were told something now.
    `usual_minutes` is what the category or the service says such a ticket takes.
    """

    forecast: Forecast | None = None
    next_team_id: TeamId | None = None
    next_update_at: datetime | None = None
    usual_minutes: int | None = None


NO_OUTLOOK = Outlook()


@query(permission="tickets.read")
def ticket_outlook(ctx: Context, read: Reader, ticket_id: TicketId) -> Outlook:
    """Return what lies ahead of a ticket; nothing for one that is not open.

    Raises:
        NotFound: there is no ticket with this id.
    """
    site, now = load_config(read), ctx.clock.now()
    clocks = fold(load_events(read, ticket_id), site.calendars, now, fold_settings(site))
    return outlook_of(read, site, load_ticket(read, ticket_id), clocks, now)


def outlook_of(
    read: Reader,
    site: SiteConfig,
    ticket: Ticket,
    clocks: Mapping[ClockKind, ClockState],
    now: datetime,
) -> Outlook:
    """Return what lies ahead of a ticket whose clocks are folded at `now`; see `ticket_outlook`."""
    usual = usual_minutes(read, site, ticket.category_id, ticket.service_id)
    if ticket.status not in OPEN_STATUSES:
        return Outlook(usual_minutes=usual)
    history: list[timedelta] = []
    if not (ticket.estimate_minutes or usual) and ticket.category_id is not None:
        history = _took(read, site, ticket.category_id)
    needed = needed_for(ticket.estimate_minutes, usual, history)
    return Outlook(
        forecast(clocks.get(ClockKind.RESOLUTION), needed, site.calendars, now),
        next_line_team(site, ticket.category_id, ticket.team_id, retired_teams(read)),
        _next_update(site, clocks.get(ClockKind.UPDATE_DUE), now),
        usual,
    )


def next_line_team(
    site: SiteConfig,
    category_id: CategoryId | None,
    team_id: TeamId | None,
    retired: Collection[int] = (),
) -> TeamId | None:
    """Return the team a category names for the next line after that of `team_id`; None where none.

    A line whose team is `retired` is passed over: nobody would find the ticket there.
    """
    line = 1 if team_id is None else site.team_lines.get(team_id, 1)
    for following in range(line + 1, _LAST_LINE + 1):
        team = site.team_of_line(category_id, following) or _own_team(site, category_id, following)
        if team is not None and team != team_id and team not in retired:
            return team
    return None


def retired_teams(read: Reader) -> frozenset[int]:
    """Return the teams that are no longer in use."""
    return frozenset(row[0] for row in read.rows("SELECT id FROM team WHERE is_active = false"))


def usual_minutes(
    read: Reader, site: SiteConfig, category_id: CategoryId | None, service_id: ServiceId | None
) -> int | None:
    """Return how long such a ticket usually takes: by its category or the nearest above, else its service."""
    nodes = site.category_and_parents(category_id)
    if nodes:
        marks = ", ".join("?" * len(nodes))
        rows = read.rows(f"SELECT id, handling_minutes FROM category WHERE id IN ({marks})", nodes)
        known: dict[int, int | None] = {row[0]: row[1] for row in rows}
        found = next((known[one] for one in nodes if known.get(one)), None)
        if found is not None:
            return found
    if service_id is None:
        return None
    minutes = read.value("SELECT handling_minutes FROM service WHERE id = ?", (service_id,))
    return None if minutes is None else int(minutes)


def _next_update(site: SiteConfig, clock: ClockState | None, now: datetime) -> datetime | None:
    if clock is None or clock.ended_at is not None or clock.due_at is None or not clock.stretches:
        return None
    promise = clock.stretches[-1].promise
    allowed = promise.allowed[ClockKind.UPDATE_DUE]
    return add_working_time(calendar_of(site.calendars, promise), now.replace(microsecond=0), allowed)


def _own_team(site: SiteConfig, category_id: CategoryId | None, line: int) -> TeamId | None:
    """The team a category's tickets are sent to takes the next line where it belongs to that line."""
    team = site.default_team(category_id)
    return team if team is not None and site.team_lines.get(team, 1) == line else None


def _took(read: Reader, site: SiteConfig, category_id: CategoryId) -> list[timedelta]:
    """Return how long the last solved tickets of a category were in progress."""
    rows = read.rows(
        "SELECT id FROM ticket WHERE category_id = ? AND resolved_at IS NOT NULL"
        f" ORDER BY received_at DESC, id DESC LIMIT {_CASES}",
        (category_id,),
    )
    logs = load_events_of(read, [row[0] for row in rows])
    took: list[timedelta] = []
    for events in logs.values():
        clock = fold(events, site.calendars, events[-1].at, fold_settings(site)).get(ClockKind.RESOLUTION)
        if clock is None or not clock.stretches:
            continue
        try:
            calendar = calendar_of(site.calendars, clock.stretches[-1].promise)
        except NotFound:
            continue
        took.append(active_time(events, calendar))
    return took
