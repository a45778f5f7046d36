"""What every test is handed: `make` writes records that the database accepts, `ctx` is a real program."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.entities.events import Event
from app.models.entities.tickets import TicketStatus
from app.services.base.context import Context
from tests.support.factories import Made, Make


def everything(make: Make) -> list[Made]:
    team = make.team()
    person = make.agent(teams=(team,), roles=(make.role("tickets.read"),), phone="+86 (10) 5555-0101")
    category = make.category(parent=make.category(), default_team_id=team)
    return [
        make.department(),
        person,
        make.service(owner_team_id=team),
        make.waiting_reason(),
        make.code_item("cause"),
        make.article(category_id=category),
        make.ticket(requester_id=person, category_id=category, due_in=timedelta(hours=4)),
        make.assignment(person, date(2026, 11, 20), make.shift_template()),
    ]


def test_the_least_said_makes_a_valid_record_of_every_kind(make: Make) -> None:
    assert all(made.id > 0 and made.version == 1 for made in everything(make))


def test_two_records_of_a_kind_do_not_collide(make: Make) -> None:
    assert make.ticket().number != make.ticket().number


def test_an_ended_ticket_is_not_open(make: Make) -> None:
    assert not make.ticket(status=TicketStatus.CLOSED).is_open


def test_a_fresh_database_holds_nothing_of_other_tests(ctx: Context) -> None:
    with ctx.store.read() as read:
        assert read.value("SELECT COUNT(*) FROM ticket") == 0


def test_two_programs_see_one_database(make: Make, other_ctx: Context) -> None:
    make.ticket()

    with other_ctx.store.read() as read:
        assert read.value("SELECT COUNT(*) FROM ticket") == 1


def test_making_records_announces_nothing(make: Make, announced: list[Event]) -> None:
    make.ticket()

    assert announced == []
