"""Who is calling: found by name, initials, login, e-mail, number or extension, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import NotFound
from app.models.entities.ids import PersonId
from app.models.entities.people import NumberKind, PersonDetails
from app.models.entities.tickets import TicketStatus, TicketType
from app.services.base.clock import FixedClock
from app.services.base.context import Context
from app.services.people import commands, queries
from tests.support.factories import Make

ZHANG = PersonDetails(
    "张伟",
    name_alt="Zhang Wei",
    login="zhangwei",
    email="zhang.wei@example.com",
    company="华东公司",
    department="财务部",
    is_staff=True,
    phones=((NumberKind.WORK, "021-62881234-8021"), (NumberKind.MOBILE, "+86 138 0013 8000")),
)


@pytest.mark.parametrize(
    "typed",
    [
        "张伟", "张", "伟", "zw", "zhang", "Zhang Wei", "zhangwei", "ZHANGW", "zhang.wei@example.com",
        "example", "8021", "62881234", "021 6288 1234", "021-62881234-8021", "138 0013", "1380013",
        "+8613800138000",
    ],
)  # fmt: skip
def test_a_caller_is_found_by_whatever_they_say(ctx: Context, typed: str) -> None:
    commands.add_person(ctx, ZHANG)
    commands.add_person(ctx, PersonDetails("Ada Byron", phones=((NumberKind.WORK, "55550000"),)))

    assert [person.name for person in queries.find_callers(ctx, typed)] == ["张伟"]


@pytest.mark.parametrize("typed", ["", "  ", "?!", "李", "99999", "status:open"])
def test_nobody_is_found_by_what_nobody_has(ctx: Context, typed: str) -> None:
    commands.add_person(ctx, ZHANG)

    assert queries.find_callers(ctx, typed) == []


def test_the_person_meant_exactly_comes_first(ctx: Context) -> None:
    for name, number in (("Li Na", "80219999"), ("Wang Lei", "8021"), ("An Li", "80210000")):
        commands.add_person(ctx, PersonDetails(name, phones=((NumberKind.WORK, number),)))

    assert [person.name for person in queries.find_callers(ctx, "8021")] == ["Wang Lei", "An Li", "Li Na"]


def test_a_row_shows_company_department_and_the_work_number(ctx: Context) -> None:
    commands.add_person(ctx, ZHANG)

    (row,) = queries.find_callers(ctx, "张伟")

    assert (row.company, row.department, row.phone) == ("华东公司", "财务部", "021-62881234-8021")


def test_an_incoming_number_names_everybody_who_has_it(ctx: Context) -> None:
    commands.add_person(ctx, ZHANG)
    commands.add_person(ctx, PersonDetails("同事", phones=((NumberKind.OTHER, "138/0013/8000"),)))

    assert {person.name for person in queries.people_with_number(ctx, "0086-13800138000")} == {"张伟", "同事"}


def test_retired_people_are_not_offered_as_callers(ctx: Context) -> None:
    added = commands.add_person(ctx, ZHANG)
    commands.retire_person(ctx, PersonId(added.id), version=1)

    assert queries.find_callers(ctx, "张伟") == []


def test_the_old_name_no_longer_finds_somebody_who_was_renamed(ctx: Context) -> None:
    added = commands.add_person(ctx, PersonDetails("Anna Alt"))
    commands.edit_person(ctx, PersonId(added.id), PersonDetails("Anna Neu"), version=1)

    assert queries.find_callers(ctx, "Alt") == []
    assert [person.name for person in queries.find_callers(ctx, "Neu")] == ["Anna Neu"]


def test_the_caller_card_tells_what_is_open_and_what_was_lately(
    ctx: Context, make: Make, clock: FixedClock
) -> None:
    caller = PersonId(commands.add_person(ctx, ZHANG).id)
    make.ticket(requester_id=caller)
    make.ticket(requester_id=caller, type=TicketType.REQUEST, status=TicketStatus.CLOSED)
    make.ticket(
        requester_id=caller,
        status=TicketStatus.CLOSED,
        received_at=clock.now() - timedelta(days=91),
    )

    card = queries.caller_card(ctx, caller)

    assert card.person.details.company == "华东公司"
    assert card.open_count == 1
    assert card.recent == {TicketType.INCIDENT: 1, TicketType.REQUEST: 1}
    assert card.last_received_at == clock.now()


def test_the_card_of_somebody_who_never_called_is_empty(ctx: Context) -> None:
    card = queries.caller_card(ctx, PersonId(commands.add_person(ctx, ZHANG).id))

    assert (card.open_count, card.recent_count, card.last_received_at) == (0, 0, None)


def test_a_card_of_nobody_is_an_error_that_can_be_told(ctx: Context) -> None:
    with pytest.raises(NotFound) as missing:
        queries.caller_card(ctx, PersonId(404))

    assert missing.value.code == "people.not_found"


def test_the_list_of_people_goes_on_where_it_stopped(ctx: Context) -> None:
    for name in ("Bea", "Ada", "Cyd"):
        commands.add_person(ctx, PersonDetails(name))

    first = queries.people_page(ctx, limit=2)
    rest = queries.people_page(ctx, after=(first[-1].name, first[-1].id), limit=2)

    assert [person.name for person in first] == ["Ada", "Bea"]
    assert [person.name for person in rest] == ["Cyd"]


def test_the_directory_names_former_colleagues_too(ctx: Context, make: Make) -> None:
    team = make.team()
    gone = make.agent(name="Former", is_active=False)
    here = make.agent(name="Present", teams=(team,))
    make.person(name="Caller")

    directory = queries.staff_directory(ctx)

    assert {entry.name for entry in directory.values()} == {"Former", "Present"}
    assert directory[PersonId(here.id)].team_ids == (team.id,)
    assert not directory[PersonId(gone.id)].is_active
