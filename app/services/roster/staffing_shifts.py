"""How many people each shift needs for the calls expected, where that is more than its coverage rule asks.

An hour is carried by one shift: of those that coverage rules know and that fill at least half of it, the
longest, as the desk lives by it (`rules.shift_at`). Whoever works beside it on another shift is taken off
what the hour needs; the rest is the carrying shift's, and the shift needs as many as its hardest hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import ShiftKind
from app.models.entities.roster_plan import RosterPlan
from app.models.entities.staffing import ArrivalSource
from app.models.transactions import Reader
from app.services.calendars.rules import day_type
from app.services.roster.rules import shift_span
from app.services.roster.staffing_facts import is_planned
from app.services.roster.staffing_forecast import expected_in, hours_of_day, like_days, need_for, traffic_of
from app.services.roster.staffing_history import load_history
from app.services.roster.staffing_people import answering_teams
from app.services.roster.staffing_queries import aims_of
from app.services.settings import declared
from app.services.settings.current import load_config

Needs = dict[tuple[TemplateId, TeamId | None, date], int]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HourNeed:
    """People an hour needs for its calls; UTC."""

    starts_at: datetime
    ends_at: datetime
    people: int


@dataclass(frozen=True, slots=True)
class CarryingShift:
    """A shift of a date that may carry hours: whose coverage line it is, and its real span in UTC."""

    template_id: TemplateId
    team_id: TeamId | None
    on_date: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class AnsweringPerson:
    """Somebody of the teams that answer, on a shift of a date."""

    person_id: PersonId
    template_id: TemplateId
    on_date: date
    starts_at: datetime
    ends_at: datetime


def carried_needs(
    hours: Iterable[HourNeed], shifts: Sequence[CarryingShift], people: Sequence[AnsweringPerson]
) -> Needs:
    """Return the people each shift needs for the hours it carries; an hour without a carrier is nobody's."""
    found: Needs = {}
    for hour in hours:
        running = [each for each in shifts if _fills(each.starts_at, each.ends_at, hour)]
        if not running or not hour.people:
            continue
        carrier = min(running, key=lambda each: (each.starts_at - each.ends_at, each.starts_at))
        beside = {
            each.person_id
            for each in people
            if _fills(each.starts_at, each.ends_at, hour)
            and (each.template_id, each.on_date) != (carrier.template_id, carrier.on_date)
        }
        key = (carrier.template_id, carrier.team_id, carrier.on_date)
        found[key] = max(found.get(key, 0), hour.people - len(beside))
    return {key: count for key, count in found.items() if count > 0}


def load_shift_needs(read: Reader, plan: RosterPlan, today: date) -> Needs:
    """Return what the calls expected ask of the plan's shifts from today on.

    Nothing where the site does not want it (`staffing.raises_coverage`), or where no calls were counted in
    the weeks looked back on: tickets alone do not say when people call.
    """
    site = load_config(read)
    days = [on for on in plan.days if on >= today]
    if not days or not site.settings[declared.STAFFING_RAISES]:
        return {}
    aims = aims_of(site.settings)
    end = hours_of_day(today, plan.zone)[0][0]
    first = hours_of_day(today - timedelta(weeks=aims.weeks), plan.zone)[0][0]
    history = load_history(read, first, end, plan.zone, aims.handling)
    if history.source is not ArrivalSource.CALLS:
        return {}
    calendar, only = site.default_calendar, site.settings[declared.STAFFING_SERVICE_HOURS]
    types = {each: day_type(calendar, each).value for each in history.days}
    hours = []
    for on in (*days, days[-1] + _DAY):
        like = like_days(on, day_type(calendar, on).value, types)
        for begin, until, shown in hours_of_day(on, plan.zone):
            traffic = traffic_of(expected_in(shown, like, history.days).calls, history.aht)
            people = need_for(traffic, history.aht, aims).people
            hours.append(HourNeed(begin, until, people if is_planned(calendar, begin, until, only) else 0))
    teams = answering_teams(read, site.settings[declared.STAFFING_TEAMS], "en")
    return carried_needs(hours, _carrying(plan, days, teams), _answering(plan, days, teams))


def _carrying(plan: RosterPlan, days: Sequence[date], teams: Mapping[TeamId, str]) -> list[CarryingShift]:
    """Return the shifts of the days with a coverage line of an answering team, else of the whole desk."""
    templates = {each.id: each for each in plan.templates if each.kind is ShiftKind.WORK}
    lines: dict[TemplateId, TeamId | None] = {}
    for team_id in (*teams, None):
        for rule in plan.coverage:
            if rule.team_id == team_id and rule.template_id in templates:
                lines.setdefault(rule.template_id, team_id)
    return [
        CarryingShift(template_id, team_id, on, *shift_span(templates[template_id], on, plan.zone))
        for template_id, team_id in lines.items()
        for on in days
        if templates[template_id].holds_on(on)
    ]


def _answering(plan: RosterPlan, days: Sequence[date], teams: Mapping[TeamId, str]) -> list[AnsweringPerson]:
    templates = {each.id: each for each in plan.templates if each.kind is ShiftKind.WORK}
    own = {person.id: person.team_ids or (person.team_id,) for person in plan.people}
    found = []
    for (person_id, on), cell in plan.cells.items():
        template = templates.get(cell.template_id)
        works_for = own.get(person_id, ()) if cell.team_id is None else (cell.team_id,)
        if template is None or not days[0] - _DAY <= on <= days[-1] or not set(works_for) & set(teams):
            continue
        found.append(AnsweringPerson(person_id, template.id, on, *shift_span(template, on, plan.zone)))
    return found


def _fills(starts_at: datetime, ends_at: datetime, hour: HourNeed) -> bool:
    """Tell whether a stretch fills at least half of an hour."""
    shared = min(ends_at, hour.ends_at) - max(starts_at, hour.starts_at)
    return shared >= (hour.ends_at - hour.starts_at) / 2
