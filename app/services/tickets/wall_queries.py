"""What the heat wall is made of: one page of open tickets, their logs in one read, and who is on duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.models.entities.ids import PersonId, TeamId, TicketId
from app.models.entities.sla import ClockKind, ClockState
from app.models.entities.tickets import TicketEvent, TicketRow
from app.models.entities.wall import Known, Wall, WallClock, WallTeam, WallTicket
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.duty.presence import on_duty_with_away
from app.services.search.rules import parse
from app.services.settings import declared
from app.services.settings.current import SiteConfig, load_config
from app.services.sla.current import fold_settings
from app.services.sla.rules import fold, nearest_clock
from app.services.sla.stretches import calendar_of
from app.services.tickets.listing import make_ready, read_page
from app.services.tickets.loading import load_events_of

MOST = 500
"""Cards on one wall; more would be no wall but a list."""
_OPEN = "status:open"


@query(permission="tickets.read")
def wall(ctx: Context, read: Reader, known: Known | None = None) -> Wall:
    """Return the open tickets by time left with their next clock, and who is on duty.

    A handful of reads, however many tickets there are. `known` is what the last read found: only tickets
    that changed since, and those that wait, are folded again. Who may not see the roster finds nobody there.
    """
    now, site = ctx.clock.now(), load_config(read)
    asked = make_ready(
        read,
        parse(_OPEN),
        me=ctx.actor.person_id,
        timezone=site.settings[declared.TIMEZONE],
        language=ctx.language,
    )
    rows = read_page(read, asked, now, None, MOST + 1)
    shown = rows[:MOST]
    owners = _owners(read, ctx.language)
    return Wall(
        now,
        tuple(_tickets(read, site, shown, owners, now, known or {})),
        tuple(on_duty_with_away(read, now, ctx.language)) if ctx.actor.may("roster.read") else (),
        tuple(_teams(read)),
        tuple(sorted({percent for policy in site.sla.policies for percent in policy.warn_percents})),
        is_whole=len(rows) <= MOST,
        prefix=site.settings[declared.NUMBER_PREFIX],
    )


def _tickets(
    read: Reader,
    site: SiteConfig,
    rows: Sequence[TicketRow],
    owners: Mapping[TicketId, str],
    now: datetime,
    known: Known,
) -> list[WallTicket]:
    fresh = [row.id for row in rows if not _is_known(row, known)]
    logs = load_events_of(read, fresh)
    found = []
    for row in rows:
        owner = owners.get(row.id, "")
        if row.id in logs:
            found.append(WallTicket(row, owner, _clock(site, logs[row.id], now)))
        else:
            found.append(replace(known[row.id], row=row, owner_name=owner))
    return found


def _is_known(row: TicketRow, known: Known) -> bool:
    """Tell whether the earlier clock still holds: a wait may end by itself, and times may be applied anew."""
    before = known.get(row.id)
    if before is None or row.is_paused:
        return False
    old = before.row
    return (old.version, old.due_at, old.is_paused) == (row.version, row.due_at, row.is_paused)


def _clock(site: SiteConfig, log: Sequence[TicketEvent], now: datetime) -> WallClock | None:
    clocks = fold(log, site.calendars, now, fold_settings(site))
    promised: dict[ClockKind, ClockState] = {
        kind: clock for kind, clock in clocks.items() if kind is not ClockKind.FIRST_LINE
    }
    state = nearest_clock(promised)
    if state is None or not state.stretches:
        return None
    promise = state.stretches[-1].promise
    return WallClock(
        state.kind,
        now,
        state.target,
        state.target - state.remaining,
        state.is_paused,
        state.due_at,
        calendar_of(site.calendars, promise),
        promise.warn_percents,
    )


def _owners(read: Reader, language: str) -> dict[TicketId, str]:
    rows = read.rows(
        f"SELECT ticket.id, {person_column('person', language)} FROM ticket"
        " JOIN person ON person.id = ticket.owner_id WHERE ticket.is_open = true"
    )
    return {row[0]: row[1] for row in rows}


def _teams(read: Reader) -> list[WallTeam]:
    members: dict[TeamId, set[PersonId]] = {}
    for team_id, person_id in read.rows("SELECT team_id, person_id FROM team_member"):
        members.setdefault(team_id, set()).add(person_id)
    rows = read.rows("SELECT id, name, name_alt FROM team WHERE is_active = true ORDER BY position, id")
    return [WallTeam(row[0], row[1], row[2] or "", frozenset(members.get(row[0], ()))) for row in rows]
