"""Which shift somebody comes to, how punctual that is, as what they are there, what is missing. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.duty import (
    Attendance,
    Away,
    BoardPerson,
    CheckDetails,
    DutyGap,
    DutyRole,
    DutyTeam,
    MonthOfPresence,
    NewReminder,
    Presence,
    Punctuality,
    ReminderLink,
    ShiftCrew,
)
from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.ids import TeamId, TemplateId
from app.models.entities.roster import Assignment, OnDuty, ShiftKind, ShiftTemplate
from app.services.roster.rules import shift_span

COMES_EARLY = timedelta(hours=4)
"""How long before its start somebody may check in to a shift."""
LEAVES_LATE = timedelta(hours=12)
"""How long after a shift's end its presence can still be closed by the person."""
LONGEST_NOTE = 200
LONGEST_NAME = 200
LONGEST_CODE = 32
LONGEST_REMINDER = 500
_MINUTE = timedelta(minutes=1)
_LINKS_WITH_NUMBER = frozenset({ReminderLink.TICKET, ReminderLink.ARTICLE})


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift somebody is rostered for, with its real start and end."""

    assignment: Assignment
    starts_at: datetime
    ends_at: datetime


def planned_work(
    cells: Iterable[Assignment], templates: Mapping[TemplateId, ShiftTemplate], zone: ZoneInfo
) -> list[Planned]:
    """Return the shifts of work among assignments by their start; standby and absences are not come to."""
    found = []
    for cell in cells:
        template = templates[cell.template_id]
        if template.kind is ShiftKind.WORK:
            found.append(Planned(cell, *shift_span(template, cell.on_date, zone)))
    return sorted(found, key=lambda each: each.starts_at)


def shift_to_come_to(planned: Sequence[Planned], present: Collection[Attendance], now: datetime) -> Planned:
    """Return the shift a check-in at `now` is for: the one that runs, else the next that begins soon.

    Where one is over in all but name (checked out) and the next begins within four hours, it is the next.

    Raises:
        RuleViolation: `duty.no_shift`, `duty.in_already`.
    """
    around = [each for each in planned if each.starts_at - COMES_EARLY <= now < each.ends_at]
    if not around:
        raise RuleViolation("duty.no_shift")
    known = {one.on_date: one for one in present}
    for each in around:
        if each.assignment.on_date not in known:
            return each
    if open_ones := [each for each in around if known[each.assignment.on_date].out_at is None]:
        raise RuleViolation("duty.in_already", since=known[open_ones[0].assignment.on_date].in_at)
    return around[0]


def punctuality(
    starts_at: datetime, ends_at: datetime, attendance: Attendance | None, now: datetime
) -> Punctuality:
    """Return how a presence stands against the real span of its shift; whole minutes, seconds forgiven.

    Somebody not checked in is missing from the first whole minute of the shift on.
    """
    if attendance is None:
        return Punctuality(
            late=_minutes(min(now, ends_at) - starts_at), is_missing=now - starts_at >= _MINUTE
        )
    late = _minutes(attendance.in_at - starts_at)
    if attendance.out_at is None:
        return Punctuality(late=late)
    return Punctuality(late, _minutes(ends_at - attendance.out_at), _minutes(attendance.out_at - ends_at))


def away_within(spans: Iterable[Away], starts_at: datetime, ends_at: datetime, now: datetime) -> timedelta:
    """Return how long somebody was away during a shift; a time that has not ended counts up to `now`."""
    total = timedelta()
    for each in spans:
        begin, end = max(each.from_at, starts_at), min(each.back_at or now, ends_at)
        total += max(end - begin, timedelta())
    return total


def month_of(lines: Sequence[Presence], times_away: int, now: datetime) -> MonthOfPresence:
    """Return the sum of one person's shifts; a shift that has not begun counts for nothing.

    `lines` are of one person and not empty.
    """
    begun = [each for each in lines if each.starts_at <= now]
    present = [each for each in begun if each.attendance is not None]
    late = [each.punctuality.late for each in present if each.punctuality.late]
    early = [each.punctuality.early for each in present if each.punctuality.early]
    return MonthOfPresence(
        lines[0].person_id,
        lines[0].person_name,
        shifts=len(begun),
        attended=len(present),
        missing=sum(each.punctuality.is_missing for each in begun),
        late_times=len(late),
        late_minutes=sum(late),
        early_times=len(early),
        early_minutes=sum(early),
        away_times=times_away,
        away_minutes=sum(each.away_minutes for each in begun),
        corrected=sum(each.attendance is not None and each.attendance.is_corrected for each in begun),
    )


def role_of(duty: OnDuty, teams: Mapping[TeamId, DutyTeam]) -> DutyRole:
    """Return as what somebody is on duty; who leads leads in any team, who is in none is hotline."""
    if duty.is_standby:
        return DutyRole.STANDBY
    if duty.is_supervisor:
        return DutyRole.SUPERVISOR
    team = None if duty.team_id is None else teams.get(duty.team_id)
    if team is None:
        return DutyRole.HOTLINE
    if team.is_field:
        return DutyRole.FIELD
    return DutyRole.HOTLINE if team.line <= 1 else DutyRole.SECOND_LINE


def gaps_of(
    now: ShiftCrew | None,
    after: ShiftCrew | None,
    people: Sequence[BoardPerson],
    *,
    lacks_standby: bool = False,
) -> tuple[DutyGap, ...]:
    """Return what is wrong with the shift that runs and the next one, the worst first.

    Where no shift of the site runs, nobody is missing: the desk is closed. Standby may be needed then too.
    """
    found: list[DutyGap] = []
    if now is not None:
        found += _present_gaps([one for one in people if one.role is not DutyRole.STANDBY])
    if lacks_standby:
        found.append(DutyGap.STANDBY_SHORT)
    if after is not None and not after.people:
        found.append(DutyGap.NEXT_NOBODY)
    elif after is not None and not after.leaders:
        found.append(DutyGap.NEXT_NO_SUPERVISOR)
    return tuple(found)


def _present_gaps(people: Sequence[BoardPerson]) -> list[DutyGap]:
    if not people:
        return [DutyGap.NOBODY]
    if all(one.away is not None for one in people):
        return [DutyGap.ALL_AWAY]
    leaders = [one for one in people if one.role is DutyRole.SUPERVISOR]
    if not leaders:
        return [DutyGap.NO_SUPERVISOR]
    found = []
    if all(one.away is not None for one in leaders):
        found.append(DutyGap.SUPERVISOR_AWAY)
    if not any(one.number for one in leaders):
        found.append(DutyGap.NO_NUMBER)
    return found


def check_away(reason: str, planned_until: datetime | None, now: datetime) -> str:
    """Return the reason as it is kept.

    Raises:
        RuleViolation: `duty.reason_missing`.
        BadInput: `duty.return_in_past`, `duty.text_too_long`.
    """
    kept = kept_text(reason, LONGEST_NOTE)
    if not kept:
        raise RuleViolation("duty.reason_missing")
    if planned_until is not None and planned_until <= now:
        raise BadInput("duty.return_in_past")
    return kept


def needs_permission(planned_until: datetime | None, now: datetime, minutes: int) -> bool:
    """Whether a time away is longer than the site allows by itself; 0 minutes: never.

    Not to know when one is back may be long: it is asked about as well.
    """
    return minutes > 0 and (planned_until is None or planned_until - now > minutes * _MINUTE)


def check_presence(planned: Planned, in_at: datetime, out_at: datetime | None, now: datetime) -> None:
    """Refuse coming and leaving that cannot have been.

    Raises:
        BadInput: `duty.out_before_in`, `duty.not_yet` (later than now), `duty.not_of_shift` (further from
            the shift than anybody comes early or leaves late).
    """
    if out_at is not None and out_at < in_at:
        raise BadInput("duty.out_before_in")
    earliest, latest = planned.starts_at - COMES_EARLY, planned.ends_at + LEAVES_LATE
    for at in (in_at, out_at):
        if at is not None and at > now:
            raise BadInput("duty.not_yet", at=at)
        if at is not None and not earliest <= at <= latest:
            raise BadInput("duty.not_of_shift", at=at)


def check_point(details: CheckDetails) -> None:
    """Refuse a point to tick that cannot be.

    Raises:
        BadInput: `settings.code_missing`, `settings.name_missing`, `duty.text_too_long`.
    """
    if not details.code.strip():
        raise BadInput("settings.code_missing", entry=details.code)
    if not details.name.strip():
        raise BadInput("settings.name_missing", entry=details.code)
    kept_text(details.code, LONGEST_CODE)
    kept_text(details.name, LONGEST_NAME)
    kept_text(details.name_alt, LONGEST_NAME)


def check_reminder(reminder: NewReminder) -> str:
    """Return a reminder's text as it is kept.

    Raises:
        RuleViolation: `duty.reminder_empty`, `duty.link_missing` (a ticket's or article's number).
        BadInput: `duty.text_too_long`.
    """
    text = kept_text(reminder.text, LONGEST_REMINDER)
    if not text:
        raise RuleViolation("duty.reminder_empty")
    if reminder.link in _LINKS_WITH_NUMBER and reminder.linked <= 0:
        raise RuleViolation("duty.link_missing")
    return text


def kept_text(text: str, longest: int) -> str:
    """Return a text without blanks around it.

    Raises:
        BadInput: `duty.text_too_long`.
    """
    kept = text.strip()
    if len(kept) > longest:
        raise BadInput("duty.text_too_long", longest=longest)
    return kept


def _minutes(length: timedelta) -> int:
    return max(0, length // _MINUTE)
