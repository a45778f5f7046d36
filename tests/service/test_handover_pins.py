"""Signing with a PIN: wrong ones lock, a new one needs the password, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import BadInput, RuleViolation, StaleRecord
from app.models.entities.handover import HandoverState
from app.models.entities.ids import PersonId
from app.services.base.clock import FixedClock
from app.services.handover import pins, signing
from tests.support.handovers import (
    BEFORE_CHANGE,
    PASSWORD,
    HandoverDesk,
    handover_desk,
)
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


def test_a_pin_signs_in_place_of_the_password(desk):
    pins.set_pin(desk.outgoing, PASSWORD, "4711")
    handover = desk.opened()

    signing.sign_out(desk.outgoing, handover.id, PersonId(desk.wang.id), "4711", version=handover.version)

    assert desk.sheet(handover.id).state is HandoverState.SIGNED_OUT


def test_wrong_pins_lock_and_a_new_one_with_the_password_unlocks(desk, clock):
    pins.set_pin(desk.outgoing, PASSWORD, "4711")

    def tried(pin: str) -> str:
        return _code(lambda: pins.prove_signer(desk.ctx, PersonId(desk.wang.id), pin))

    codes = [tried("4712") for _ in range(6)]

    assert codes[0] == "handover.pin_wrong"
    assert codes[-1] == "handover.pin_locked"
    assert tried("4711") == "handover.pin_locked"
    pins.set_pin(desk.outgoing, PASSWORD, "80086")
    assert tried("80086") == ""


def test_a_lock_out_of_the_pin_ends_by_itself(desk, clock):
    pins.set_pin(desk.outgoing, PASSWORD, "4711")
    wrong = [_code(lambda: pins.prove_signer(desk.ctx, PersonId(desk.wang.id), "4712")) for _try in range(6)]

    clock.advance(timedelta(hours=1))

    assert pins.prove_signer(desk.ctx, PersonId(desk.wang.id), "4711").actor.name == "Wang Fang"
    assert wrong[-1] == "handover.pin_locked"


def test_a_wrong_password_signs_nothing_and_is_counted(desk):
    handover = desk.opened()

    def tried() -> str:
        return _code(
            lambda: signing.sign_out(
                desk.outgoing,
                handover.id,
                PersonId(desk.wang.id),
                "wrong password 9",
                version=handover.version,
            )
        )

    codes = [tried() for _ in range(6)]

    assert (codes[0], codes[-1]) == ("access.sign_in_refused", "access.locked")
    assert desk.sheet(handover.id).out is None


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("123", "handover.pin_form"),
        ("123456789", "handover.pin_form"),
        ("12a4", "handover.pin_form"),
        ("１２３５", "handover.pin_form"),
        ("7777", "handover.pin_simple"),
        ("1234", "handover.pin_simple"),
        ("98765", "handover.pin_simple"),
    ],
)
def test_a_pin_that_is_none_or_guessed_at_once_is_refused(desk, pin, code):
    assert _code(lambda: pins.set_pin(desk.outgoing, PASSWORD, pin)) == code


def test_a_pin_is_set_only_with_the_password_and_never_kept_as_typed(desk):
    assert _code(lambda: pins.set_pin(desk.outgoing, "wrong password 9", "4711")) == "access.sign_in_refused"
    assert not pins.has_pin(desk.outgoing)

    pins.set_pin(desk.outgoing, PASSWORD, "4711")

    with desk.ctx.store.read() as read:
        assert read.value("SELECT pin_hash FROM signing_pin").startswith("$argon2")


def test_a_pin_is_taken_away(desk):
    pins.set_pin(desk.outgoing, PASSWORD, "4711")

    pins.remove_pin(desk.outgoing, PASSWORD)

    assert _code(lambda: pins.prove_signer(desk.ctx, PersonId(desk.wang.id), "4711")) == "handover.no_pin"


def _code(deed) -> str:
    """Return the code a deed is refused with; "" where it is not."""
    try:
        deed()
    except (RuleViolation, BadInput, StaleRecord) as error:
        return error.code
    return ""
