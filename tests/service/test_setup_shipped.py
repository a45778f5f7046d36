"""A site set up by an earlier program takes the shipped entries it lacks, once, and can give them back."""

from __future__ import annotations

import uuid

import pytest

from app.models.entities.errors import NotAllowed
from app.models.entities.settings import SiteChoices
from app.models.store import Operation
from app.services.base.context import Actor
from app.services.duty.queries import shift_checks
from app.services.settings.commands import edit_script, set_script_active
from app.services.settings.queries import scripts
from app.services.setup.first_start import set_up
from app.services.setup.shipped_commands import ShippedList, add_missing, count_missing


@pytest.fixture
def write(ctx):
    """Writes behind the program's back."""

    def run(statement: str) -> None:
        operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
        ctx.store.write(operation, lambda tx: tx.execute(statement))

    return run


@pytest.fixture
def site(ctx, write):
    """A site that lacks its last two scripts and its last check."""
    set_up(ctx, SiteChoices("Desk", language="en"))
    write("DELETE FROM script WHERE id IN (SELECT id FROM script ORDER BY id DESC LIMIT 2)")
    write("DELETE FROM shift_check WHERE id IN (SELECT id FROM shift_check ORDER BY id DESC LIMIT 1)")
    return ctx


def test_what_is_missing_is_counted_and_added_behind_the_others(site):
    before = [script.details.code for script in scripts(site)]
    missing = count_missing(site, ShippedList.SCRIPTS)

    added = add_missing(site, ShippedList.SCRIPTS)

    after = [script.details.code for script in scripts(site)]
    assert (missing, added.id) == (2, 2)
    assert after[: len(before)] == before
    assert len(after) == len(before) + 2
    assert count_missing(site, ShippedList.SCRIPTS) == 0


def test_a_second_time_adds_nothing(site):
    add_missing(site, ShippedList.SCRIPTS)

    again = add_missing(site, ShippedList.SCRIPTS)

    assert (again.id, again.undo) == (0, None)


def test_it_can_be_taken_back_and_done_again(site):
    before = scripts(site)
    added = add_missing(site, ShippedList.SCRIPTS)

    undone = added.undo.run()
    between = scripts(site)
    undone.undo.run()

    assert between == before
    assert count_missing(site, ShippedList.SCRIPTS) == 0


def test_what_was_changed_since_stays_when_it_is_taken_back(site):
    added = add_missing(site, ShippedList.SCRIPTS)
    mine = scripts(site)[-1]
    edit_script(site, mine.id, mine.details, version=mine.version)

    undone = added.undo.run()

    assert undone.id == 1
    assert scripts(site)[-1].details == mine.details


def test_a_retired_script_is_not_missing(site):
    add_missing(site, ShippedList.SCRIPTS)
    last = scripts(site)[-1]
    set_script_active(site, last.id, version=last.version, is_active=False)

    assert count_missing(site, ShippedList.SCRIPTS) == 0


def test_missing_checks_of_a_shift_are_added_too(site):
    before = len(shift_checks(site))

    added = add_missing(site, ShippedList.SHIFT_CHECKS)

    assert (added.id, len(shift_checks(site))) == (1, before + 1)


def test_a_check_that_was_ticked_since_stays(site, make, write):
    added = add_missing(site, ShippedList.SHIFT_CHECKS)
    day = make.shift_template("X9")
    write(
        "INSERT INTO shift_check_tick (on_date, template_id, shift_check_id, is_good, note, at)"
        f" SELECT '2026-11-20', {day.id}, MAX(id), true, '', 0 FROM shift_check"
    )

    undone = added.undo.run()

    assert undone.id == 0


def test_who_may_not_edit_settings_adds_nothing(site):
    reader = site.acting_as(Actor(None, "reader", frozenset({"settings.read"}), "tests"))

    with pytest.raises(NotAllowed):
        add_missing(reader, ShippedList.SCRIPTS)
