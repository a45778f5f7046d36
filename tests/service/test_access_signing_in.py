"""Signing in: right and wrong passwords, lock-out under parallel guessing, and what a PC remembers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation
from app.models.entities.ids import PersonId
from app.services.access import accounts, commands, passwords, queries, signing_in
from app.services.base.clock import FixedClock
from app.services.base.context import Actor, Context
from app.services.people import queries as people
from app.services.people.commands import edit_person, retire_person
from app.services.settings import declared
from app.services.settings.commands import change_settings
from tests.support.factories import Made, Make
from tests.support.keyrings import MemoryKeyring
from tests.support.passwords import quick_hashes  # noqa: F401 - used by all tests here

PASSWORD = "harbour crane 7"
NEW_PASSWORD = "lighthouse keeper 9"


@pytest.fixture
def ada(ctx: Context, make: Make) -> Made:
    """Staff with a login, a role and a password of their own."""
    person = make.agent(name="Ada", login="ada", roles=(make.role("tickets.read", "tickets.note"),))
    accounts.set_password(ctx, PersonId(person.id), PASSWORD, must_change=False)
    return person


def test_the_right_password_makes_an_actor_with_all_their_permissions(ctx: Context, ada: Made) -> None:
    actor = signing_in.sign_in(ctx, "ada", PASSWORD)

    assert (actor.person_id, actor.name) == (ada.id, "Ada")
    assert actor.permissions == {"tickets.read", "tickets.note"}


def test_the_actor_has_the_name_in_both_languages(ctx: Context, ada: Made) -> None:
    before = people.person(ctx, PersonId(ada.id))
    edit_person(ctx, before.id, replace(before.details, name_alt="艾达"), version=before.version)

    assert signing_in.sign_in(ctx, "ada", PASSWORD).name_alt == "艾达"


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("typed", ["ADA", " ada ", "ａｄａ"])
def test_the_case_and_width_of_the_name_do_not_matter(ctx: Context, typed: str) -> None:
    assert signing_in.sign_in(ctx, typed, PASSWORD).name == "Ada"


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("name", "password"), [("ada", "wrong"), ("nobody", PASSWORD), ("", ""), ("ada", "")]
)
def test_a_refusal_does_not_tell_what_was_wrong(ctx: Context, name: str, password: str) -> None:
    assert refusal(ctx, name, password) == "access.sign_in_refused"


def test_there_is_no_default_password(ctx: Context, make: Make) -> None:
    make.agent(login="new")

    assert refusal(ctx, "new", "") == "access.sign_in_refused"


def test_retired_people_do_not_sign_in(ctx: Context, ada: Made) -> None:
    retire_person(ctx, PersonId(ada.id), version=1)

    assert refusal(ctx, "ada", PASSWORD) == "access.sign_in_refused"


@pytest.mark.usefixtures("ada")
def test_too_many_wrong_tries_lock_out_even_the_right_password_for_a_while(
    ctx: Context, clock: FixedClock
) -> None:
    for _ in range(5):
        refusal(ctx, "ada", "wrong")

    with pytest.raises(RuleViolation) as locked:
        signing_in.sign_in(ctx, "ada", PASSWORD)
    assert locked.value.code == "access.locked"
    assert locked.value.params["until"] == clock.now() + timedelta(minutes=15)

    clock.advance(timedelta(minutes=15))
    assert signing_in.sign_in(ctx, "ada", PASSWORD).name == "Ada"


@pytest.mark.usefixtures("ada")
def test_after_a_lock_out_the_tries_are_counted_anew(ctx: Context, clock: FixedClock) -> None:
    for _ in range(5):
        refusal(ctx, "ada", "wrong")
    clock.advance(timedelta(minutes=15))

    assert [refusal(ctx, "ada", "wrong") for _ in range(5)] == ["access.sign_in_refused"] * 5
    assert refusal(ctx, "ada", "wrong") == "access.locked"


@pytest.mark.usefixtures("ada")
def test_a_right_password_clears_the_count(ctx: Context) -> None:
    for _ in range(3):
        refusal(ctx, "ada", "wrong")
        refusal(ctx, "ada", "wrong")
        signing_in.sign_in(ctx, "ada", PASSWORD)

    assert refusal(ctx, "ada", "wrong") == "access.sign_in_refused"


def test_a_hash_of_yesterdays_cost_is_renewed_by_signing_in(
    ctx: Context, ada: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signing_in.account_of(ctx, PersonId(ada.id))
    monkeypatch.setattr(passwords, "ROUNDS", 2)

    signing_in.sign_in(ctx, "ada", PASSWORD)

    after = signing_in.account_of(ctx, PersonId(ada.id))
    assert before.password_hash != after.password_hash
    assert signing_in.sign_in(ctx, "ada", PASSWORD).person_id == ada.id


@pytest.mark.usefixtures("ada")
def test_the_site_says_how_many_tries_there_are(ctx: Context) -> None:
    change_settings(ctx, {declared.LOCK_OUT_TRIES.name: 3}, versions={})

    answers = [refusal(ctx, "ada", "wrong") for _ in range(4)]

    assert answers == ["access.sign_in_refused"] * 3 + ["access.locked"]


@pytest.mark.usefixtures("ada")
def test_twenty_parallel_guessers_get_no_more_answers_than_there_are_tries(ctx: Context) -> None:
    def guess(number: int) -> str:
        try:
            return refusal(ctx, "ada", f"guess {number}")
        finally:
            ctx.store.release()

    with ThreadPoolExecutor(20) as guessers:
        answers = list(guessers.map(guess, range(20)))

    assert answers.count("access.sign_in_refused") == 5
    assert answers.count("access.locked") == 15


def test_an_administrator_ends_a_lock_out(ctx: Context, ada: Made) -> None:
    for _ in range(5):
        refusal(ctx, "ada", "wrong")
    assert queries.locked_out(ctx) == {ada.id}

    commands.unlock(ctx, PersonId(ada.id))

    assert queries.locked_out(ctx) == frozenset()
    assert signing_in.sign_in(ctx, "ada", PASSWORD).name == "Ada"


# --- passwords -------------------------------------------------------------------------------------


def test_a_given_password_must_be_changed_and_the_new_one_is_ones_own(ctx: Context, ada: Made) -> None:
    accounts.set_password(ctx, PersonId(ada.id), PASSWORD)
    mine = ctx.acting_as(signing_in.sign_in(ctx, "ada", PASSWORD))
    assert queries.must_change_password(mine)

    accounts.change_own_password(mine, PASSWORD, NEW_PASSWORD)

    assert not queries.must_change_password(mine)
    assert refusal(ctx, "ada", PASSWORD) == "access.sign_in_refused"
    assert signing_in.sign_in(ctx, "ada", NEW_PASSWORD).person_id == ada.id


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("wrong", NEW_PASSWORD, "access.sign_in_refused"),
        (PASSWORD, PASSWORD, "access.password_same"),
        (PASSWORD, "short", "access.password_short"),
    ],
)
def test_a_change_of_password_is_refused_with_the_reason(ctx: Context, old: str, new: str, code: str) -> None:
    mine = ctx.acting_as(signing_in.sign_in(ctx, "ada", PASSWORD))

    with pytest.raises(RuleViolation) as refused:
        accounts.change_own_password(mine, old, new)

    assert refused.value.code == code


def test_the_console_has_no_password_to_change(ctx: Context) -> None:
    with pytest.raises(RuleViolation):
        accounts.change_own_password(ctx, PASSWORD, NEW_PASSWORD)


def test_callers_are_given_no_password(ctx: Context, make: Make) -> None:
    with pytest.raises(RuleViolation) as refused:
        accounts.set_password(ctx, PersonId(make.person().id), PASSWORD)

    assert refused.value.code == "access.no_login"


def test_only_who_manages_access_gives_passwords(ctx: Context, ada: Made) -> None:
    agent = ctx.acting_as(Actor(PersonId(ada.id), "Ada", frozenset({"people.read"}), "pc"))

    with pytest.raises(NotAllowed):
        accounts.set_password(agent, PersonId(ada.id), NEW_PASSWORD)


# --- what a PC remembers ---------------------------------------------------------------------------


def test_a_pc_that_remembers_signs_in_by_itself(ctx: Context, ada: Made) -> None:
    keyring = MemoryKeyring()
    actor = signing_in.sign_in(ctx, "ada", PASSWORD)

    assert signing_in.remember(ctx.acting_as(actor), keyring)

    assert signing_in.sign_in_remembered(ctx, keyring) == actor
    assert PASSWORD not in str(keyring.secrets)


def test_a_pc_that_was_never_asked_remembers_nobody(ctx: Context) -> None:
    assert signing_in.sign_in_remembered(ctx, MemoryKeyring()) is None


def test_a_pc_without_a_store_of_secrets_says_so(ctx: Context, ada: Made) -> None:
    assert not signing_in.remember(signed_in(ctx), MemoryKeyring(is_there=False))


def test_the_console_is_not_remembered(ctx: Context) -> None:
    assert not signing_in.remember(ctx, MemoryKeyring())


@pytest.mark.usefixtures("ada")
def test_a_remembered_sign_in_ends_after_the_sites_days(ctx: Context, clock: FixedClock) -> None:
    keyring = MemoryKeyring()
    signing_in.remember(signed_in(ctx), keyring)
    clock.advance(timedelta(days=30))

    assert signing_in.sign_in_remembered(ctx, keyring) is None
    assert keyring.secrets == {}


def test_a_new_password_ends_every_remembered_sign_in(ctx: Context, ada: Made) -> None:
    keyring = MemoryKeyring()
    signing_in.remember(signed_in(ctx), keyring)
    accounts.set_password(ctx, PersonId(ada.id), NEW_PASSWORD)

    assert signing_in.sign_in_remembered(ctx, keyring) is None
    assert keyring.secrets == {}


def test_neither_retired_nor_locked_out_people_are_signed_in_by_their_pc(ctx: Context, ada: Made) -> None:
    keyring = MemoryKeyring()
    signing_in.remember(signed_in(ctx), keyring)
    for _ in range(5):
        refusal(ctx, "ada", "wrong")
    assert signing_in.sign_in_remembered(ctx, keyring) is None

    commands.unlock(ctx, PersonId(ada.id))
    retire_person(ctx, PersonId(ada.id), version=1)
    assert signing_in.sign_in_remembered(ctx, keyring) is None


@pytest.mark.usefixtures("ada")
def test_forgetting_asks_for_the_password_again(ctx: Context) -> None:
    keyring = MemoryKeyring()
    signing_in.remember(signed_in(ctx), keyring)

    signing_in.forget(ctx, keyring)

    assert signing_in.sign_in_remembered(ctx, keyring) is None


def signed_in(ctx: Context) -> Context:
    return ctx.acting_as(signing_in.sign_in(ctx, "ada", PASSWORD))


def refusal(ctx: Context, name: str, password: str) -> str:
    with pytest.raises(RuleViolation) as refused:
        signing_in.sign_in(ctx, name, password)
    return refused.value.code
