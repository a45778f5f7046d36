"""People, teams and companies are added, changed, retired and brought back, on both databases."""

from __future__ import annotations

import pytest

from app.models.entities.errors import BadInput, NotAllowed, NotFound, StaleRecord
from app.models.entities.events import Event, PeopleChanged
from app.models.entities.ids import PersonId, TeamId
from app.models.entities.people import NumberKind, PersonDetails, TeamDetails
from app.services.base.context import Actor, Context
from app.services.people import commands, queries
from tests.support.factories import Make

ADA = PersonDetails("Ada Byron", company="Analytical", department="Engines")


def test_somebody_new_is_recorded_and_announced(ctx: Context, announced: list[Event]) -> None:
    outcome = commands.add_person(ctx, ADA)

    assert queries.person(ctx, PersonId(outcome.id)).details == ADA
    assert PeopleChanged(frozenset({outcome.id})) in announced


def test_a_company_is_made_once_and_then_shared(ctx: Context) -> None:
    commands.add_person(ctx, ADA)
    commands.add_person(ctx, PersonDetails("Charles", company="Analytical", department="Accounts"))

    (company,) = queries.companies(ctx)

    assert (company.name, company.departments) == ("Analytical", ("Accounts", "Engines"))


def test_the_second_writer_is_refused(ctx: Context) -> None:
    person_id = PersonId(commands.add_person(ctx, ADA).id)
    commands.edit_person(ctx, person_id, PersonDetails("Ada King"), version=1)

    with pytest.raises(StaleRecord):
        commands.edit_person(ctx, person_id, PersonDetails("Ada Lovelace"), version=1)

    assert queries.person(ctx, person_id).details.name == "Ada King"


def test_a_change_of_a_person_can_be_taken_back_and_redone(ctx: Context) -> None:
    person_id = PersonId(commands.add_person(ctx, ADA).id)
    changed = commands.edit_person(ctx, person_id, PersonDetails("Ada King"), version=1)

    undone = changed.undo.run()
    assert queries.person(ctx, person_id).details == ADA

    undone.undo.run()
    assert queries.person(ctx, person_id).details.name == "Ada King"


def test_taking_back_an_addition_retires_and_redoing_restores(ctx: Context) -> None:
    added = commands.add_person(ctx, ADA)

    retired = added.undo.run()
    assert queries.find_callers(ctx, "Ada") == []

    retired.undo.run()
    assert [person.name for person in queries.find_callers(ctx, "Ada")] == ["Ada Byron"]


def test_an_undo_after_somebody_elses_change_says_so(ctx: Context) -> None:
    person_id = PersonId(commands.add_person(ctx, ADA).id)
    mine = commands.edit_person(ctx, person_id, PersonDetails("Mine"), version=1)
    commands.edit_person(ctx, person_id, PersonDetails("Theirs"), version=2)

    with pytest.raises(StaleRecord):
        mine.undo.run()


def test_a_login_belongs_to_one_person(ctx: Context) -> None:
    commands.add_person(ctx, PersonDetails("First", login="ada", is_staff=True))

    with pytest.raises(BadInput) as refused:
        commands.add_person(ctx, PersonDetails("Second", login="ADA", is_staff=True))

    assert refused.value.code == "people.login_taken"


def test_a_refused_person_leaves_no_trace(ctx: Context, announced: list[Event]) -> None:
    with pytest.raises(BadInput):
        commands.add_person(ctx, PersonDetails("Ada", company="New", phones=((NumberKind.WORK, "none"),)))

    assert queries.companies(ctx) == []
    assert announced == []


def test_an_unknown_number_is_given_to_a_person_once(ctx: Context) -> None:
    person_id = PersonId(commands.add_person(ctx, ADA).id)
    added = commands.add_number(ctx, person_id, "138 0013 8000", version=1, kind=NumberKind.MOBILE)
    commands.add_number(ctx, person_id, "+8613800138000", version=2)

    phones = queries.person(ctx, person_id).phones
    assert [(phone.kind, phone.digits) for phone in phones] == [(NumberKind.MOBILE, "13800138000")]
    assert added.version == 2


def test_an_operation_repeated_with_its_id_happens_once(ctx: Context) -> None:
    first = commands.add_person(ctx, ADA, op_id="a" * 32)
    again = commands.add_person(ctx, ADA, op_id="a" * 32)

    assert again.id == first.id
    assert len(queries.people_page(ctx)) == 1


def test_who_may_not_edit_people_is_refused(ctx: Context) -> None:
    guest = ctx.acting_as(Actor(None, "guest", frozenset({"people.read"}), "pc"))

    with pytest.raises(NotAllowed) as refused:
        commands.add_person(guest, ADA)

    assert refused.value.params["permission"] == "people.edit"


def test_a_team_is_added_behind_the_others_and_edited(ctx: Context) -> None:
    commands.add_team(ctx, TeamDetails("first", "First line", "一线"))
    added = commands.add_team(ctx, TeamDetails("net", "Network", "网络", line=2))
    commands.edit_team(ctx, TeamId(added.id), TeamDetails("net", "Networks", "网络", line=2), version=1)

    assert [(team.name, team.details.line) for team in queries.teams(ctx)] == [
        ("First line", 1),
        ("Networks", 2),
    ]


def test_a_retired_team_is_offered_no_more_until_taken_back(ctx: Context) -> None:
    team_id = TeamId(commands.add_team(ctx, TeamDetails("first", "First line")).id)
    retired = commands.set_team_active(ctx, team_id, version=1, is_active=False)

    assert queries.teams(ctx) == []
    retired.undo.run()
    assert [team.name for team in queries.teams(ctx)] == ["First line"]


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (TeamDetails("", "Nameless"), "people.team_code_missing"),
        (TeamDetails("x", " "), "people.team_name_missing"),
        (TeamDetails("x", "Fourth", line=4), "people.team_line_bad"),
        (TeamDetails("taken", "Again"), "people.team_code_taken"),
    ],
)
def test_a_team_that_makes_no_sense_is_refused(ctx: Context, details: TeamDetails, code: str) -> None:
    commands.add_team(ctx, TeamDetails("taken", "First"))

    with pytest.raises(BadInput) as refused:
        commands.add_team(ctx, details)

    assert refused.value.code == code


def test_members_are_replaced_as_a_whole_and_can_be_taken_back(ctx: Context, make: Make) -> None:
    team_id = TeamId(commands.add_team(ctx, TeamDetails("first", "First line")).id)
    ada, bob = PersonId(make.agent().id), PersonId(make.agent().id)
    commands.set_team_members(ctx, team_id, [ada], version=1)
    changed = commands.set_team_members(ctx, team_id, [bob], version=2)

    assert queries.teams(ctx)[0].member_ids == (bob,)
    changed.undo.run()
    assert queries.teams(ctx)[0].member_ids == (ada,)


def test_a_caller_cannot_be_a_member_of_a_team(ctx: Context, make: Make) -> None:
    team_id = TeamId(commands.add_team(ctx, TeamDetails("first", "First line")).id)

    with pytest.raises(NotFound):
        commands.set_team_members(ctx, team_id, [PersonId(make.person().id)], version=1)


def test_a_company_is_renamed_for_everybody_in_it(ctx: Context) -> None:
    person_id = PersonId(commands.add_person(ctx, ADA).id)
    (company,) = queries.companies(ctx)

    renamed = commands.rename_company(ctx, company.id, version=1, name="Difference", name_alt="差分")
    assert queries.person(ctx, person_id).details.company == "Difference"

    renamed.undo.run()
    assert queries.person(ctx, person_id).details.company == "Analytical"


def test_a_department_is_renamed_for_everybody_in_it_and_back(ctx: Context) -> None:
    person_id = PersonId(commands.add_person(ctx, ADA).id)
    (company,) = queries.companies(ctx)

    renamed = commands.rename_department(ctx, company.id, name="Engines", new_name=" Analytical  engines ")
    assert queries.person(ctx, person_id).details.department == "Analytical engines"

    renamed.undo.run()
    assert queries.person(ctx, person_id).details.department == "Engines"


def test_a_department_takes_no_name_that_another_of_its_company_has(ctx: Context) -> None:
    commands.add_person(ctx, ADA)
    commands.add_person(ctx, PersonDetails("Charles", company="Analytical", department="Accounts"))
    (company,) = queries.companies(ctx)

    with pytest.raises(BadInput, match="department_taken"):
        commands.rename_department(ctx, company.id, name="Engines", new_name="Accounts")


def test_a_department_that_somebody_renamed_meanwhile_is_not_found(ctx: Context) -> None:
    commands.add_person(ctx, ADA)
    (company,) = queries.companies(ctx)
    commands.rename_department(ctx, company.id, name="Engines", new_name="Machines")

    with pytest.raises(NotFound):
        commands.rename_department(ctx, company.id, name="Engines", new_name="Motors")


def test_retired_people_are_found_only_where_they_are_asked_for(ctx: Context) -> None:
    person_id = PersonId(commands.add_person(ctx, ADA).id)
    commands.retire_person(ctx, person_id, version=1)

    assert queries.find_callers(ctx, "Ada") == []
    assert [each.id for each in queries.find_callers(ctx, "Ada", include_retired=True)] == [person_id]
