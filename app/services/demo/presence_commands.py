"""Who came to the demo's shifts, who is away just now, what was checked, who is always reachable.

Only for demo sites. What is written depends on the roster and the clock alone, so it is the same each time.
"""

from __future__ import annotations

from datetime import timedelta

from app.models.entities.duty import CheckMoment
from app.models.entities.events import DutyChanged
from app.models.entities.instants import to_micros
from app.models.entities.roster import OnDuty
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.duty.board import load_teams
from app.services.duty.queries import load_checks
from app.services.duty.rules import planned_work
from app.services.roster.queries import load_cells, load_templates, people_on_duty, site_zone
from app.services.roster.rules import shift_at

_DAYS = timedelta(days=30)
_MINUTE = timedelta(minutes=1)
_LATE_EVERY = 19  # one shift of so many begins late
_REACHABLE_LINE = 2
_AWAY_REASON = "二厂车间打印机 · printers of plant 2"
_BAD_NOTE = "MES 备用终端充电中 · spare MES terminal is charging"
_NOT_GOOD = "EQ-TOOLS"


@command(permission="access.manage")
def write_presence(_ctx: Context, tx: Transaction) -> Outcome:
    """Write a month of presence up to now, one person away, the checks of the running shift."""
    _write_attendance(tx)
    people = [one for one in people_on_duty(tx, tx.now) if not one.is_standby]
    _write_away(tx, people)
    _write_checks(tx, people)
    _write_reachable(tx)
    tx.announce(DutyChanged())
    return Outcome()


def _write_attendance(tx: Transaction) -> None:
    zone = site_zone(tx)
    today = tx.now.astimezone(zone).date()
    templates = {each.id: each for each in load_templates(tx, include_retired=True)}
    cells = load_cells(tx, today - _DAYS, today).values()
    rows = []
    for number, shift in enumerate(planned_work(cells, templates, zone)):
        if shift.starts_at > tx.now:
            continue
        early = (number * 7) % 11
        came = shift.starts_at - early * _MINUTE
        if number % _LATE_EVERY == _LATE_EVERY - 1:
            came = min(shift.starts_at + (4 + early) * _MINUTE, tx.now)
        left = shift.ends_at + ((number * 5) % 9) * _MINUTE if shift.ends_at <= tx.now else None
        cell = shift.assignment
        rows.append(
            (
                cell.person_id,
                cell.on_date.isoformat(),
                cell.template_id,
                to_micros(came),
                None if left is None else to_micros(min(left, tx.now)),
            )
        )
    tx.execute_many(
        "INSERT INTO attendance (person_id, on_date, template_id, in_at, out_at) VALUES (?, ?, ?, ?, ?)", rows
    )


def _write_away(tx: Transaction, people: list[OnDuty]) -> None:
    """Send one of the field team out."""
    teams = load_teams(tx)
    field = [one for one in people if one.team_id is not None and teams[one.team_id].is_field]
    for one in field[:1]:
        values = {
            "person_id": one.person_id,
            "from_at": to_micros(max(one.starts_at, tx.now - 25 * _MINUTE)),
            "planned_until": to_micros(tx.now + 35 * _MINUTE),
            "reason": _AWAY_REASON,
        }
        tx.insert("away_time", values)


def _write_checks(tx: Transaction, people: list[OnDuty]) -> None:
    """Tick the start and the equipment of the running shift, one point of them not good."""
    shift = shift_at(load_templates(tx), tx.now, site_zone(tx))
    if shift is None or not people:
        return
    at = min(shift.starts_at + 12 * _MINUTE, tx.now)
    for check in load_checks(tx):
        if check.moment is not CheckMoment.END:
            is_good = check.code != _NOT_GOOD
            values = {
                "on_date": shift.on_date.isoformat(),
                "template_id": shift.template.id,
                "shift_check_id": check.id,
                "is_good": is_good,
                "note": "" if is_good else _BAD_NOTE,
                "person_id": people[0].person_id,
                "at": to_micros(at),
            }
            tx.insert("shift_check_tick", values)


def _write_reachable(tx: Transaction) -> None:
    """Let the second line keep the mobile on (N8), besides whatever terms they have."""
    rows = tx.rows(
        "SELECT DISTINCT team_member.person_id FROM team_member JOIN team ON team.id = team_member.team_id"
        " JOIN person ON person.id = team_member.person_id"
        " WHERE team.line = ? AND team.is_supplier = false AND person.is_staff = true ORDER BY 1",
        (_REACHABLE_LINE,),
    )
    for (person_id,) in rows:
        changed = tx.execute("UPDATE work_terms SET is_reachable = true WHERE person_id = ?", (person_id,))
        if not changed:
            tx.insert("work_terms", {"person_id": person_id, "is_reachable": True})
