"""What the emergency card is made of: the shifts to come with who leads them, standby, reachable people."""

from __future__ import annotations

from datetime import datetime

from app.models.entities.duty import DutyRole
from app.models.entities.duty_card import CardPerson, CardShift, EmergencyCard
from app.models.entities.roster import OnDuty, ShiftAt
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import name_in, named
from app.services.duty.board import load_teams, reachable_people
from app.services.duty.rules import role_of
from app.services.reports.heads import report_head
from app.services.roster.queries import load_templates, people_on_duty, site_zone
from app.services.roster.rules import next_shift, shift_at

SHIFTS = 4
"""The running shift and three more: with two a day, until the evening after next."""


@query(permission="roster.read")
def emergency_card(ctx: Context, read: Reader, language: str) -> EmergencyCard:
    """Return the card as of now, in the language of the paper; names are in it too."""
    now = ctx.clock.now()
    shifts = tuple(
        CardShift(
            shift.template.code,
            named(shift.template, language),
            shift.on_date,
            shift.starts_at,
            shift.ends_at,
            tuple(
                _person(one, language)
                for one in people_on_duty(read, max(now, shift.starts_at), language)
                if one.is_supervisor and not one.is_standby
            ),
        )
        for shift in _shifts(read, now)
    )
    on_duty, teams = people_on_duty(read, now, language), load_teams(read)
    standby = [one for one in on_duty if one.is_standby]
    roles = (DutyRole.HOTLINE, DutyRole.FIELD)
    at_work = [one for role in roles for one in on_duty if role_of(one, teams) is role]
    return EmergencyCard(
        report_head(ctx, read, language),
        shifts,
        tuple(_person(one, language) for one in standby),
        tuple(
            CardPerson(one.name, name_in(one.team_name, one.team_name_alt, language), one.mobile or one.phone)
            for one in reachable_people(read, language)
        ),
        tuple(_person(one, language) for one in at_work),
    )


def _shifts(read: Reader, now: datetime) -> list[ShiftAt]:
    """Return the running shift and those that take over from it; none where no shift runs."""
    zone, templates = site_zone(read), load_templates(read)
    found: list[ShiftAt] = []
    shift = shift_at(templates, now, zone)
    while shift is not None and len(found) < SHIFTS:
        found.append(shift)
        shift = next_shift(templates, shift, zone)
    return found


def _person(one: OnDuty, language: str) -> CardPerson:
    return CardPerson(
        one.person_name, name_in(one.team_name, one.team_name_alt, language), one.mobile or one.phone
    )
