"""Reading what a site states about itself for its staffing: users, visits, languages, skills (S2-57)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.models.entities.instants import to_micros
from app.models.entities.settings import SettingValues
from app.models.entities.skills import SkillLevel
from app.models.entities.staffing import (
    ArrivalSource,
    FieldWork,
    SkillHint,
    StaffingAims,
    StaffingHour,
    VisitSource,
)
from app.models.entities.tickets import Channel
from app.models.transactions import Reader
from app.services.roster.staffing_facts import Wanted, hardest, read_wanted
from app.services.roster.staffing_forecast import LEAST_DAYS, AtWork, need_for, people_in, traffic_of
from app.services.roster.staffing_history import History
from app.services.search.tokens import norm
from app.services.settings import declared


def is_new(history: History, settings: SettingValues) -> bool:
    """Tell whether calls are expected from the users: none were counted, and tickets tell too little."""
    is_told = settings[declared.STAFFING_USERS] and settings[declared.STAFFING_CALLS_A_MONTH]
    return bool(is_told) and history.source is not ArrivalSource.CALLS and len(history.days) < LEAST_DAYS


def load_field_work(read: Reader, settings: SettingValues, first: datetime, end: datetime) -> FieldWork:
    """Return what visits take, and which part of the calls needs one.

    That is the setting; where it is 0, the part of the tickets received in the stretch that are with a field
    team, monitoring aside.
    """
    travel, work = settings[declared.STAFFING_TRAVEL], settings[declared.STAFFING_VISIT_MINUTES]
    stated = settings[declared.STAFFING_VISITS]
    if stated:
        return FieldWork(stated / 100, VisitSource.SETTING, travel, work)
    row = read.one(
        "SELECT COUNT(*), COUNT(CASE WHEN team.is_field = true THEN 1 END) FROM ticket"
        " LEFT JOIN team ON team.id = ticket.team_id"
        " WHERE received_at >= ? AND received_at < ? AND channel <> ?",
        (to_micros(first), to_micros(end), Channel.MONITORING.value),
    )
    count, visits = (row[0], row[1]) if row is not None else (0, 0)
    if not visits:
        return FieldWork(0.0, VisitSource.NOTHING, travel, work)
    return FieldWork(visits / count, VisitSource.TICKETS, travel, work)


def skill_hints(
    read: Reader,
    settings: SettingValues,
    hours: Sequence[StaffingHour],
    at_work: Sequence[AtWork],
    aims: StaffingAims,
) -> tuple[SkillHint, ...]:
    """Return what each language or skill of the settings asks for in the hardest hour, and who can do it.

    A name is that of a skill in either language, or its code. Whoever is skilled or expert in it counts.
    """
    wanted = read_wanted(settings[declared.STAFFING_LANGUAGES])
    open_hours = [hour for hour in hours if hour.is_open and hour.expected]
    if not wanted or not open_hours:
        return ()
    hour = open_hours[hardest([each.expected * each.aht for each in open_hours])]
    skills = _skills(read)
    able = _able(read)
    return tuple(_hint(each, hour, skills, able, at_work, aims) for each in wanted)


def _hint(
    wanted: Wanted,
    hour: StaffingHour,
    skills: Mapping[str, int],
    able: Mapping[int, set[int]],
    at_work: Sequence[AtWork],
    aims: StaffingAims,
) -> SkillHint:
    needed = 1
    if wanted.share is not None:
        traffic = traffic_of(hour.expected * wanted.share, hour.aht, hour.ends_at - hour.starts_at)
        needed = max(1, need_for(traffic, hour.aht, aims).people)
    skill = skills.get(norm(wanted.name))
    people = able.get(skill, set()) if skill is not None else set()
    there = people_in(hour.starts_at, hour.ends_at, [each for each in at_work if each.person_id in people])
    return SkillHint(wanted.name, wanted.share, hour.starts_at, needed, there, skill is not None)


def _skills(read: Reader) -> dict[str, int]:
    """Return the skills in use by each way to name them."""
    rows = read.rows(
        "SELECT id, code, name, name_alt FROM skill WHERE is_active = true ORDER BY position DESC, id DESC"
    )
    return {norm(name): row[0] for row in rows for name in row[1:] if name}


def _able(read: Reader) -> dict[int, set[int]]:
    rows = read.rows(
        "SELECT skill_id, person_id FROM person_skill WHERE level <> ?", (SkillLevel.UNSKILLED.value,)
    )
    found: dict[int, set[int]] = {}
    for skill_id, person_id in rows:
        found.setdefault(skill_id, set()).add(person_id)
    return found
