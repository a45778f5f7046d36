"""Roles and their permissions are edited, copied and given; the last administrator is never lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.models.entities.errors import BadInput, NotAllowed, NotFound, RuleViolation, StaleRecord
from app.models.entities.ids import PersonId, RoleId
from app.models.entities.people import PersonDetails, Role
from app.services.access import accounts, commands, queries, signing_in
from app.services.base.context import Context
from app.services.people import commands as people_commands
from app.services.people import queries as people
from tests.support.factories import Make
from tests.support.passwords import quick_hashes  # noqa: F401 - used by all tests here

PASSWORD = "harbour crane 7"


@pytest.fixture
def admin(ctx: Context, make: Make) -> PersonId:
    """The only administrator of this desk."""
    make.role("access.manage", "people.read", code="administrator", name="Administrator")
    return PersonId(accounts.add_admin(ctx, name="Root Wang", login="root", password=PASSWORD).id)


def test_the_first_administrator_signs_in_with_a_password_of_their_own(ctx: Context, make: Make) -> None:
    assert not queries.has_administrator(ctx)
    make.role("access.manage", code="administrator")

    accounts.add_admin(ctx, name="Root Wang", login="Root", password=PASSWORD)

    assert queries.has_administrator(ctx)
    actor = signing_in.sign_in(ctx, "root", PASSWORD)
    assert actor.may("access.manage")
    assert not queries.must_change_password(ctx.acting_as(actor))


@pytest.mark.usefixtures("admin")
def test_a_weak_first_password_is_refused(ctx: Context) -> None:
    with pytest.raises(RuleViolation) as refused:
        accounts.add_admin(ctx, name="Second", login="second", password="admin")

    assert refused.value.code == "access.password_short"


def test_an_administrator_needs_the_role_to_be_there(ctx: Context) -> None:
    with pytest.raises(RuleViolation) as refused:
        accounts.add_admin(ctx, name="Root", login="root", password=PASSWORD)

    assert refused.value.code == "access.not_set_up"
    assert people.people_page(ctx) == []


def test_a_role_is_copied_and_the_copy_changed_alone(ctx: Context, make: Make) -> None:
    original = RoleId(make.role("tickets.read", name="Agent").id)
    copy = RoleId(commands.copy_role(ctx, original, name="Night agent", name_alt="夜班坐席").id)
    commands.edit_role(
        ctx,
        copy,
        version=1,
        name="Night agent",
        name_alt="夜班坐席",
        permissions={"tickets.read", "tickets.close"},
    )

    assert role(ctx, original).permissions == {"tickets.read"}
    assert role(ctx, copy).permissions == {"tickets.read", "tickets.close"}


def test_a_change_of_a_role_is_taken_back(ctx: Context, make: Make) -> None:
    role_id = RoleId(make.role("tickets.read", name="Agent").id)
    changed = commands.edit_role(ctx, role_id, version=1, name="Robot", name_alt="", permissions=())

    changed.undo.run()

    assert (role(ctx, role_id).name, role(ctx, role_id).permissions) == ("Agent", {"tickets.read"})


def test_the_second_editor_of_a_role_is_refused(ctx: Context, make: Make) -> None:
    role_id = RoleId(make.role("tickets.read").id)
    commands.edit_role(ctx, role_id, version=1, name="Mine", name_alt="", permissions=())

    with pytest.raises(StaleRecord):
        commands.edit_role(ctx, role_id, version=1, name="Theirs", name_alt="", permissions=())


def test_a_permission_nobody_knows_is_refused(ctx: Context, make: Make) -> None:
    role_id = RoleId(make.role("tickets.read").id)

    with pytest.raises(BadInput):
        commands.edit_role(ctx, role_id, version=1, name="Barista", name_alt="", permissions={"coffee.make"})

    assert role(ctx, role_id).permissions == {"tickets.read"}


def test_roles_are_given_as_a_whole_and_taken_back(ctx: Context, make: Make) -> None:
    ada = PersonId(make.agent(login="ada").id)
    reader, writer = RoleId(make.role("tickets.read").id), RoleId(make.role("tickets.edit").id)
    commands.set_roles_of(ctx, ada, [reader, writer], version=1)
    accounts.set_password(ctx, ada, PASSWORD)
    changed = commands.set_roles_of(ctx, ada, [writer], version=2)

    assert signing_in.sign_in(ctx, "ada", PASSWORD).permissions == {"tickets.edit"}
    changed.undo.run()
    assert signing_in.sign_in(ctx, "ada", PASSWORD).permissions == {"tickets.read", "tickets.edit"}


def test_a_role_that_never_was_is_not_given(ctx: Context, make: Make) -> None:
    with pytest.raises(NotFound):
        commands.set_roles_of(ctx, PersonId(make.agent().id), [RoleId(404)], version=1)


def test_a_role_out_of_force_allows_nothing(ctx: Context, make: Make) -> None:
    role_id = RoleId(make.role("tickets.read").id)
    ada = PersonId(make.agent(login="ada").id)
    commands.set_roles_of(ctx, ada, [role_id], version=1)
    accounts.set_password(ctx, ada, PASSWORD)

    retired = commands.set_role_active(ctx, role_id, version=1, is_active=False)
    assert signing_in.sign_in(ctx, "ada", PASSWORD).permissions == frozenset()

    retired.undo.run()
    assert signing_in.sign_in(ctx, "ada", PASSWORD).permissions == {"tickets.read"}


def _edit(ctx: Context, admin: PersonId) -> None:
    administrator = people.person(ctx, admin).role_ids[0]
    commands.edit_role(
        ctx, administrator, version=1, name="Administrator", name_alt="", permissions={"people.read"}
    )


def _retire_role(ctx: Context, admin: PersonId) -> None:
    commands.set_role_active(ctx, people.person(ctx, admin).role_ids[0], version=1, is_active=False)


def _take_roles(ctx: Context, admin: PersonId) -> None:
    commands.set_roles_of(ctx, admin, [], version=1)


def _retire_person(ctx: Context, admin: PersonId) -> None:
    people_commands.retire_person(ctx, admin, version=1)


def _take_login(ctx: Context, admin: PersonId) -> None:
    people_commands.edit_person(ctx, admin, PersonDetails("Root Wang"), version=1)


@pytest.mark.parametrize("attempt", [_edit, _retire_role, _take_roles, _retire_person, _take_login])
def test_the_last_administrator_is_never_lost(
    ctx: Context, admin: PersonId, attempt: Callable[[Context, PersonId], None]
) -> None:
    with pytest.raises(RuleViolation) as refused:
        attempt(ctx, admin)

    assert refused.value.code == "access.last_administrator"
    assert signing_in.sign_in(ctx, "root", PASSWORD).may("access.manage")


def test_an_administrator_who_is_not_the_last_may_go(ctx: Context, admin: PersonId) -> None:
    accounts.add_admin(ctx, name="Second", login="second", password=PASSWORD)

    people_commands.retire_person(ctx, admin, version=1)

    assert queries.has_administrator(ctx)


def test_two_administrators_who_remove_each_other_at_once_do_not_both_succeed(
    ctx: Context, admin: PersonId
) -> None:
    second = PersonId(accounts.add_admin(ctx, name="Second", login="second", password=PASSWORD).id)
    together = Barrier(2)

    def remove(person_id: PersonId) -> str:
        together.wait()
        try:
            commands.set_roles_of(ctx, person_id, [], version=1)
        except RuleViolation as refused:
            return refused.code
        finally:
            ctx.store.release()
        return "removed"

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(remove, (admin, second)))

    assert answers == ["access.last_administrator", "removed"]
    assert queries.has_administrator(ctx)


def test_a_refusal_names_the_roles_that_may(ctx: Context, admin: PersonId, make: Make) -> None:
    ada = PersonId(make.agent(login="ada", roles=(make.role("tickets.read"),)).id)
    accounts.set_password(ctx, ada, PASSWORD)
    mine = ctx.acting_as(signing_in.sign_in(ctx, "ada", PASSWORD))

    with pytest.raises(NotAllowed) as refused:
        commands.unlock(mine, admin)

    assert refused.value.params["who"] == ["Administrator"]


def role(ctx: Context, role_id: RoleId) -> Role:
    return next(one for one in people.roles(ctx) if one.id == role_id)
