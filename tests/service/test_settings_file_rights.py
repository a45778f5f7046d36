"""Who may take a settings file in and write one, and that nobody locks everybody out with it."""

from __future__ import annotations

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation
from app.models.entities.settings_file import Section
from app.models.store import Operation
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.people.queries import roles
from app.services.settings_file.queries import export_settings, preview_settings
from tests.support.settings_file import (
    changed,
    content_of,
    only,
    rich_site,
    take,
)
from tests.support.settings_site import only_with


@pytest.fixture
def site(ctx, make):
    return rich_site(ctx, make)


def test_roles_need_the_right_to_give_rights(site):
    editor = only_with(site, "settings.edit", "settings.read")
    body = only("roles", [{"code": "viewer", "permissions": ["access.manage"]}])

    with pytest.raises(NotAllowed) as refused:
        take(editor, body)

    assert refused.value.params["permission"] == "access.manage"
    assert preview_settings(editor, body).locked == {Section.ROLES: "access.manage"}


def test_teams_need_the_right_to_change_people(site):
    editor = only_with(site, "settings.edit", "settings.read")

    with pytest.raises(NotAllowed):
        take(editor, only("teams", [{"code": "first", "name": "Mine"}]))


def test_what_may_not_be_taken_is_no_obstacle_while_it_says_nothing_new(site):
    editor = only_with(site, "settings.edit", "settings.read", "transfer.export")

    take(editor, changed(site, lambda content: content["settings"].update({"tickets.reopen_days": 9})))

    assert content_of(site)["settings"]["tickets.reopen_days"] == 9


def test_an_undo_needs_the_same_rights(site):
    outcome = take(site, only("roles", [{"code": "viewer", "name": "Looker"}]))
    run = outcome.undo.run
    editor = only_with(site, "settings.edit")

    with pytest.raises(NotAllowed):
        run.func(editor, *run.args[1:], **run.keywords)


def test_exporting_needs_its_right(site):
    with pytest.raises(NotAllowed):
        export_settings(only_with(site, "settings.read"))


def test_nobody_locks_everybody_out(site, make):
    boss = make.agent(name="Boss")
    administrators = next(role for role in roles(site) if role.code == "administrator")
    _let_sign_in(site, boss.id, administrators.id)
    rows = [{"code": "administrator", "permissions": sorted(ALL_PERMISSIONS - {"access.manage"})}]

    with pytest.raises(RuleViolation) as refused:
        take(site, only("roles", rows))

    assert refused.value.code == "access.last_administrator"


def _let_sign_in(ctx, person_id, role_id):
    def body(tx):
        tx.execute("INSERT INTO person_role (person_id, role_id) VALUES (?, ?)", (person_id, role_id))
        tx.execute(
            "INSERT INTO credential (person_id, password_hash, failed_count, must_change, changed_at)"
            " VALUES (?, ?, 0, ?, 0)",
            (person_id, "x", False),
        )

    ctx.store.write(Operation("e" * 32, ctx.clock.now(), None, "tests"), body)
