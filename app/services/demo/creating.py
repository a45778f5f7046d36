"""A demo site from nothing: schema, sample set-up, then the plan, under the plan's own clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from app.models.entities.settings import SiteChoices
from app.models.schema import SchemaState
from app.services.base.clock import FixedClock
from app.services.base.context import Actor, Context
from app.services.base.progress import NoProgress, Progress
from app.services.demo.announcing import write_announcements
from app.services.demo.calling import plan_calls
from app.services.demo.commands import DEMO_LOGIN, write_articles, write_people, write_roster, write_tickets
from app.services.demo.facts import TicketFact
from app.services.demo.handing_over import SIGNED_SHIFTS, hand_over
from app.services.demo.notice_commands import write_notices
from app.services.demo.planning import DEFAULT_DAYS, DEFAULT_SEED, DEFAULT_TICKETS, SITE_ZONE, plan_demo
from app.services.demo.presence_commands import write_presence
from app.services.demo.queries import actor_of
from app.services.demo.working import write_working
from app.services.roster.staffing_commands import import_calls
from app.services.settings import declared
from app.services.settings.commands import change_settings
from app.services.setup.first_start import set_up
from app.services.setup.queries import is_set_up

_CHUNK = 250
DEMO_SITE = SiteChoices(name="Huaxin service desk", name_alt="华信服务台", language="zh_CN")


def create_demo(
    ctx: Context,
    *,
    seed: int = DEFAULT_SEED,
    days: int = DEFAULT_DAYS,
    tickets: int = DEFAULT_TICKETS,
    handovers: int = SIGNED_SHIFTS,
    progress: Progress | None = None,
) -> None:
    """Make the database of `ctx` a demo site whose last moment is the clock's.

    The same seed and clock give the same site, but for the salt of its passwords. A schema is made where
    there is none. `handovers` are how many shifts before the running one are signed.

    Raises:
        RuleViolation: `setup.already_done`; the database is a site already.
        NotAllowed: the actor may not set a site up.
    """
    shown = progress or NoProgress()
    until = ctx.clock.now()
    ctx = replace(ctx, clock=FixedClock(until))
    plan = plan_demo(seed, days, tickets, until)
    if ctx.store.state() is SchemaState.EMPTY:
        ctx.store.migrate()
    set_up(ctx, DEMO_SITE)
    write_people(ctx, plan)
    write_articles(ctx, plan.articles)
    write_roster(ctx, plan)
    calls = plan_calls(plan.tickets, until, SITE_ZONE, seed)
    if calls.hours:
        import_calls(ctx, calls, source="demo")
    # Its crews are two people each: a desk that keeps to its coverage rules, and whose hours at the telephone
    # that are short anyhow are told by the staffing pane.
    change_settings(ctx, {declared.STAFFING_RAISES.name: False}, versions={})
    ids: dict[int, int] = {}
    for begun, facts in _chunks(plan.tickets):
        shown.report(begun, len(plan.tickets))
        write_tickets(ctx, facts, ids)
    write_working(ctx)
    write_announcements(ctx)
    write_notices(ctx)
    write_presence(ctx)
    hand_over(ctx, handovers)
    shown.report(len(plan.tickets), len(plan.tickets))


def demo_actor(ctx: Context) -> Actor:
    """Return whom the demo signs in by itself; on a site that is no demo, the actor of `ctx`."""
    return actor_of(ctx, DEMO_LOGIN) if is_set_up(ctx) else ctx.actor


def _chunks(tickets: Sequence[TicketFact]) -> list[tuple[int, Sequence[TicketFact]]]:
    rest = iter(tickets)
    starts = range(0, len(tickets), _CHUNK)
    return [(start, list(islice(rest, _CHUNK))) for start in starts]
