"""Who of one team is at work at an instant. Reads that team's cells alone: quick enough for every ticket."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.ids import PersonId, TeamId
from app.models.entities.roster import ShiftKind
from app.models.transactions import Reader, Row
from app.services.roster.queries import site_zone
from app.services.roster.rules import span_of

# A team with a shift of anybody in so many days before or after lives by the roster.
_ROSTERED = timedelta(days=31)
_AHEAD = timedelta(days=14)
_DAY = timedelta(days=1)
# A cell counts for the team it names (somebody helps out there), else for every team of the person.
_OF_TEAM = (
    "(assignment.team_id = ? OR (assignment.team_id IS NULL AND assignment.person_id IN"
    " (SELECT person_id FROM team_member WHERE team_id = ?)))"
)

_SHIFTS = (
    "on_date, start_minute, duration_minute FROM assignment"
    " JOIN shift_template ON shift_template.id = template_id AND kind = ?"
    " JOIN person ON person.id = assignment.person_id AND person.is_active = true"
    f" WHERE on_date >= ? AND on_date <= ? AND {_OF_TEAM}"
)


def at_work(read: Reader, team_id: TeamId, instant: datetime) -> frozenset[PersonId]:
    """Return who of a team is on a shift at an instant; standby is no work, and no absence is."""
    zone = site_zone(read)
    today = instant.astimezone(zone).date()
    return frozenset(
        PersonId(person_id)
        for begin, end, person_id in _shifts(read, team_id, today - _DAY, today, zone)
        if begin <= instant < end
    )


def next_at_work(read: Reader, team_id: TeamId, instant: datetime) -> datetime | None:
    """Return when the next shift of somebody of a team begins after an instant; None: none in two weeks."""
    zone = site_zone(read)
    today = instant.astimezone(zone).date()
    shifts = _shifts(read, team_id, today, today + _AHEAD, zone)
    return min((begin for begin, _end, _person in shifts if begin > instant), default=None)


def is_rostered(read: Reader, team_id: TeamId, instant: datetime) -> bool:
    """Tell whether a team lives by the roster: somebody of it has a shift around an instant."""
    day = instant.date()
    row = read.one(
        f"SELECT 1 FROM assignment WHERE on_date >= ? AND on_date <= ? AND {_OF_TEAM} LIMIT 1",
        ((day - _ROSTERED).isoformat(), (day + _ROSTERED).isoformat(), team_id, team_id),
    )
    return row is not None


def is_unattended(read: Reader, team_id: TeamId, instant: datetime, zone: ZoneInfo | None = None) -> bool:
    """Tell whether a team of the roster has nobody at work; one that is never on it lives without.

    One statement where somebody is: every ticket handed to a team asks. `zone` is the site's, where known.
    """
    zone = zone or site_zone(read)
    today = instant.astimezone(zone).date()
    rows = read.rows(f"SELECT DISTINCT {_SHIFTS}", _asked(team_id, today - _DAY, today))
    if any(begin <= instant < end for begin, end in (_span(row, zone) for row in rows)):
        return False
    return is_rostered(read, team_id, instant)


def _shifts(
    read: Reader, team_id: TeamId, first: date, last: date, zone: ZoneInfo
) -> list[tuple[datetime, datetime, PersonId]]:
    """Return the shifts of a team's people that begin from `first` to `last`, with their real times."""
    rows = read.rows(f"SELECT assignment.person_id, {_SHIFTS}", _asked(team_id, first, last))
    return [(*_span(row[1:], zone), PersonId(row[0])) for row in rows]


def _asked(team_id: TeamId, first: date, last: date) -> tuple[object, ...]:
    return ShiftKind.WORK.value, first.isoformat(), last.isoformat(), team_id, team_id


def _span(row: Row, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return span_of(row[1], row[2], date.fromisoformat(row[0]), zone)
