"""Several roles are changed as one action, and a password for once really is one."""

from __future__ import annotations

import pytest

from app.models.entities.errors import BadInput, NotFound, RuleViolation, StaleRecord
from app.models.entities.ids import PersonId, RoleId
from app.models.entities.people import Role
from app.services.access import accounts, queries, signing_in
from app.services.access.one_time import give_one_time_password, one_time_password
from app.services.access.role_commands import RoleEdit, edit_roles
from app.services.access.rules import check_strength
from app.services.base.context import Context
from app.services.people.queries import roles
from tests.support.factories import Make
from tests.support.passwords import quick_hashes  # noqa: F401 - used by all tests here


def role(ctx: Context, role_id: int) -> Role:
    return next(each for each in roles(ctx) if each.id == role_id)


def edit(ctx: Context, role_id: int, *permissions: str) -> RoleEdit:
    before = role(ctx, role_id)
    return RoleEdit(RoleId(role_id), before.version, before.name, "", frozenset(permissions))


def test_two_roles_are_changed_together_and_taken_back_together(ctx: Context, make: Make) -> None:
    first, second = make.role("tickets.read"), make.role("tickets.read", "tickets.edit")

    done = edit_roles(ctx, [edit(ctx, first.id, "people.read"), edit(ctx, second.id)])

    assert role(ctx, first.id).permissions == {"people.read"}
    assert role(ctx, second.id).permissions == frozenset()
    assert done.undo is not None
    done.undo.run()
    assert role(ctx, first.id).permissions == {"tickets.read"}
    assert role(ctx, second.id).permissions == {"tickets.read", "tickets.edit"}


def test_nothing_is_changed_where_one_of_them_was_changed_meanwhile(ctx: Context, make: Make) -> None:
    first, second = make.role("tickets.read"), make.role("tickets.read")
    late = edit(ctx, second.id, "people.read")
    edit_roles(ctx, [edit(ctx, second.id, "tickets.edit")])

    with pytest.raises(StaleRecord):
        edit_roles(ctx, [edit(ctx, first.id, "people.read"), late])

    assert role(ctx, first.id).permissions == {"tickets.read"}


def test_a_role_must_keep_a_name_and_known_permissions(ctx: Context, make: Make) -> None:
    made = make.role("tickets.read")

    with pytest.raises(BadInput):
        edit_roles(ctx, [edit(ctx, made.id, "tickets.fly")])
    with pytest.raises(BadInput):
        edit_roles(ctx, [RoleEdit(RoleId(made.id), 1, "  ", "", frozenset())])
    with pytest.raises(NotFound):
        edit_roles(ctx, [RoleEdit(RoleId(999), 1, "Nobody", "", frozenset())])


def test_the_last_administrator_cannot_be_taken_the_right_to_administer(ctx: Context, make: Make) -> None:
    made = make.role("access.manage", code="administrator")
    accounts.add_admin(ctx, name="Root", login="root", password="harbour crane 7")

    with pytest.raises(RuleViolation) as refused:
        edit_roles(ctx, [edit(ctx, made.id, "tickets.read")])

    assert refused.value.code == "access.last_administrator"


def test_a_password_for_once_signs_in_and_must_be_changed(ctx: Context, make: Make) -> None:
    made = make.agent(login="lina", roles=(make.role("tickets.read"),))

    password = give_one_time_password(ctx, PersonId(made.id))

    actor = signing_in.sign_in(ctx, "lina", password)
    assert queries.must_change_password(ctx.acting_as(actor))


def test_passwords_for_once_are_strong_and_never_the_same() -> None:
    made = {one_time_password() for _ in range(50)}

    assert len(made) == 50
    for password in made:
        check_strength(password, ())
