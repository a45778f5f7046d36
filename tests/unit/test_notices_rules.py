"""Who is meant by "@name" in a note."""

from __future__ import annotations

import pytest

from app.models.entities.ids import PersonId
from app.services.notices.rules import Nameable, may_mention, mentioned

LI_NA, LI_NA_WANG, WANG_FANG, OTHER_FANG, JOSE = (PersonId(number) for number in range(1, 6))
STAFF = (
    Nameable(LI_NA, ("lina", "Li Na", "李娜")),
    Nameable(LI_NA_WANG, ("li.na", "Li Na Wang", "王李娜")),
    Nameable(WANG_FANG, ("wangfang", "Wang Fang", "王芳")),
    Nameable(OTHER_FANG, ("", "Wang Fang", "")),
    Nameable(JOSE, ("jose-m", "José Müller", "")),
)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@lina please look", [LI_NA]),
        ("please look, @LINA", [LI_NA]),
        ("@lina.", [LI_NA]),
        ("(@lina)", [LI_NA]),
        ("@Li Na: done", [LI_NA]),
        ("@li  na", [LI_NA]),
        ("请@李娜看一下", [LI_NA]),
        ("请＠李娜看一下", [LI_NA]),
        ("@lina和@王芳一起看", [LI_NA, WANG_FANG]),
        ("@Li Na Wang", [LI_NA_WANG]),
        ("@li.na", [LI_NA_WANG]),
        ("@王李娜", [LI_NA_WANG]),
        ("@Wang Fang", [WANG_FANG, OTHER_FANG]),
        ("@jose muller", [JOSE]),
        ("@jose-m", [JOSE]),
        ("@lina @lina", [LI_NA]),
        ("@@lina", [LI_NA]),
    ],
)
def test_somebody_is_called(text: str, called: list[PersonId]) -> None:
    assert mentioned(text, STAFF) == called


@pytest.mark.parametrize(
    "text",
    [
        "lina",
        "mail to somebody@lina.example",
        "mail to somebody@lina",
        "7@lina",
        "@linares",
        "@lina.example",
        "@lina-bo",
        "@li.nathan",
        "@ lina",
        "@",
        "@nobody",
        "",
    ],
)
def test_nobody_is_called(text: str) -> None:
    assert mentioned(text, STAFF) == []


def test_a_text_of_many_signs_is_read_in_one_pass() -> None:
    staff = [Nameable(PersonId(number), (f"agent{number}",)) for number in range(300)]

    assert mentioned("@" * 50_000 + "agent7", staff) == [PersonId(7)]


def test_only_the_sign_makes_a_mention() -> None:
    assert may_mention("at ＠李娜")
    assert not may_mention("Li Na")
