"""Good passwords, and proofs that a PC may keep."""

from __future__ import annotations

import pytest

from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.ids import PersonId
from app.services.access import passwords, rules
from app.services.base.permissions import ALL_PERMISSIONS

NAMES = ("zhang.wei", "Zhang Wei", "张伟")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "access.password_short"),
        ("x" * 501, "access.password_long"),
        ("aaaaaaaaaaaa", "access.password_simple"),
        ("abababababab", "access.password_simple"),
        ("1234567890", "access.password_simple"),
        ("abcdefghijkl", "access.password_simple"),
        ("Password2026!", "access.password_common"),
        ("Firstline#1818", "access.password_common"),
        ("zhang.wei-harbour", "access.password_is_name"),
        ("my ZhangWei 99", "access.password_is_name"),
    ],
)
def test_a_password_that_is_guessed_soon_is_refused_with_the_reason(password: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        rules.check_strength(password, NAMES)

    assert refused.value.code == code


@pytest.mark.parametrize(
    "password", ["correct horse battery", "天地玄黄宇宙洪荒日月盈昃", "k9#Tbv2!qLx7", "harbour crane seven"]
)
def test_a_long_unusual_password_needs_no_signs_or_capitals(password: str) -> None:
    rules.check_strength(password, NAMES)


def test_a_password_of_one_letter_short_of_enough_is_refused() -> None:
    rules.check_strength("k9#Tbv2!qL", NAMES)
    with pytest.raises(RuleViolation):
        rules.check_strength("k9#Tbv2!q", NAMES)


def test_short_names_may_occur_within_a_password() -> None:
    rules.check_strength("silver lining 42", ("li",))


def test_only_known_permissions_are_given() -> None:
    assert rules.check_permissions(ALL_PERMISSIONS) == ALL_PERMISSIONS
    with pytest.raises(BadInput) as refused:
        rules.check_permissions({"tickets.read", "coffee.make"})

    assert refused.value.params["permission"] == "coffee.make"


@pytest.mark.parametrize(
    ("name", "code"), [("  ", "access.role_name_missing"), ("x" * 121, "access.role_name_long")]
)
def test_a_role_has_a_name_that_fits(name: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        rules.check_role_name(name)

    assert refused.value.code == code


def test_a_role_name_is_kept_with_single_blanks() -> None:
    assert rules.check_role_name("  Night   agent ") == "Night agent"


def test_a_remembered_sign_in_is_proved_by_the_same_password_and_database_only() -> None:
    kept = rules.remembered(PersonId(7), 1_000, "hash", "epoch")
    read = rules.RememberedSignIn.from_text(kept.to_text())

    assert read == kept
    assert read.is_proved_by("hash", "epoch")
    assert not read.is_proved_by("new hash", "epoch")
    assert not read.is_proved_by("hash", "restored")


def test_nobody_lengthens_a_remembered_sign_in_by_editing_it() -> None:
    kept = rules.remembered(PersonId(7), 1_000, "hash", "epoch")
    longer = rules.RememberedSignIn.from_text(kept.to_text().replace(".1000.", ".9000."))

    assert longer is not None
    assert not longer.is_proved_by("hash", "epoch")


@pytest.mark.parametrize("text", ["", "7", "7.1000", "7.1000.zz", "x.1000." + "0" * 64])
def test_anything_else_is_no_remembered_sign_in(text: str) -> None:
    assert rules.RememberedSignIn.from_text(text) is None


def test_a_hash_is_matched_by_its_password_however_the_keyboard_sends_it() -> None:
    password_hash = passwords.hash_password("harbour crane 7")

    assert passwords.is_right(password_hash, "harbour crane 7")
    assert passwords.is_right(password_hash, "ｈａｒｂｏｕｒ crane ７")
    assert not passwords.is_right(password_hash, "harbour crane 8")
    assert not passwords.is_outdated(password_hash)


def test_a_hash_costs_a_guesser_what_it_should() -> None:
    assert passwords.hash_password("harbour crane 7").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_an_unreadable_hash_lets_nobody_in() -> None:
    assert not passwords.is_right("", "")
    assert not passwords.is_right("$argon2id$v=19$broken", "anything")
