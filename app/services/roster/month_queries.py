"""What is asked about a month: how far it is, its versions, who saw them, what keeps it from publishing."""

from __future__ import annotations

from app.models.entities.instants import from_micros
from app.models.entities.roster import Severity
from app.models.entities.roster_plan import (
    CellChange,
    MonthState,
    PublishCheck,
    RosterVersion,
    Seen,
    SeenVersion,
    VersionCompared,
)
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.roster.checks import RosterChecks
from app.services.roster.lacking import AHEAD, lacks_of
from app.services.roster.months import cells_of_version, differences, load_state, load_version, load_versions
from app.services.roster.own_shifts import published_months
from app.services.roster.planned import load_plan, month_dates
from app.services.roster.publishing import open_requests, people_told
from app.services.roster.queries import load_cells, site_zone


@query(permission="roster.read")
def month_state(ctx: Context, read: Reader, month: str) -> MonthState:
    """Return how far a month ("2026-04") is, with what was changed since its newest version.

    Raises:
        BadInput: `roster.month_bad`.
    """
    return load_state(read, month, ctx.language)


@query(permission="roster.read")
def versions(ctx: Context, read: Reader, month: str) -> list[RosterVersion]:
    """Return the published versions of a month, the newest first. BadInput `roster.month_bad`."""
    month_dates(month)
    return load_versions(read, month, ctx.language)


@query(permission="roster.read")
def changes_since(ctx: Context, read: Reader, version_id: int) -> tuple[CellChange, ...]:
    """Return what of a version's month is otherwise now. NotFound `roster.version_missing`."""
    first, last = month_dates(load_version(read, version_id, ctx.language).month)
    return differences(cells_of_version(read, version_id), load_cells(read, first, last))


@query(permission="roster.read")
def compare_versions(
    ctx: Context, read: Reader, version_id: int, other_id: int | None = None
) -> VersionCompared:
    """Return what is otherwise in another version of the same month, or (None) in the cells of now.

    Raises:
        NotFound: `roster.version_missing`.
    """
    first, last = month_dates(load_version(read, version_id, ctx.language).month)
    cells = cells_of_version(read, version_id)
    other = load_cells(read, first, last) if other_id is None else cells_of_version(read, other_id)
    return VersionCompared(differences(cells, other), frozenset(person for person, _on in cells))


@query(permission="roster.read")
def history(ctx: Context, read: Reader, month: str) -> list[SeenVersion]:
    """Return the versions of a month, the newest first, each with who has seen it.

    Raises:
        BadInput: `roster.month_bad`.
    """
    month_dates(month)
    return [
        SeenVersion(one, tuple(_seen(read, one.id, ctx.language)))
        for one in load_versions(read, month, ctx.language)
    ]


@query(permission="roster.read")
def seen_by(ctx: Context, read: Reader, version_id: int) -> list[Seen]:
    """Return who has seen a version, the first first."""
    return _seen(read, version_id, ctx.language)


def _seen(read: Reader, version_id: int, language: str) -> list[Seen]:
    rows = read.rows(
        f"SELECT person_id, {person_column('person', language)}, at FROM roster_seen"
        " JOIN person ON person.id = roster_seen.person_id WHERE roster_version_id = ?"
        " ORDER BY at, person_id",
        (version_id,),
    )
    return [Seen(row[0], row[1], from_micros(row[2])) for row in rows]


@query(permission="roster.read")
def publish_check(ctx: Context, read: Reader, month: str) -> PublishCheck:
    """Return what to know before a month is published; of what is past nothing is told.

    Raises:
        BadInput: `roster.month_bad`.
    """
    first, last = month_dates(month)
    today = ctx.clock.now().astimezone(site_zone(read)).date()
    plan = load_plan(read, first, last, today=today)
    checks = RosterChecks(plan)
    ahead = [one for one in checks.violations if one.on_date >= today]
    busy = {person for person, on in checks.cells if first <= on <= last}
    leaves, swaps = open_requests(read, first.isoformat(), last.isoformat())
    state = load_state(read, month, ctx.language)
    weeks = RosterChecks(load_plan(read, today, today + AHEAD, today=today))
    return PublishCheck(
        month=month,
        state=state,
        forbidden=tuple(one for one in ahead if one.severity is Severity.FORBID),
        warnings=tuple(one for one in ahead if one.severity is Severity.WARN),
        gaps=tuple(count for count in checks.counts if count.is_gap and count.on_date >= today),
        gaps_ahead=tuple(count for count in weeks.counts if count.is_gap),
        without_shift=tuple(
            person.id
            for person in plan.people
            if person.id not in busy and any(person.is_employed(on) for on in plan.days)
        ),
        open_leaves=leaves,
        open_swaps=swaps,
        told=tuple(people_told(read, month, state, today, ctx.actor.person_id)),
        lacks=lacks_of(checks, weeks, today, published_months(read)),
    )
