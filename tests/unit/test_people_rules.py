"""Telephone numbers in one form, initials, and what makes one hit better than another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.errors import BadInput
from app.models.entities.ids import PersonId
from app.models.entities.people import NumberKind, PersonDetails, PersonRow
from app.services.people import rules


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("013800138000", "13800138000"),
        ("＋８６　１３８００１３８０００", "13800138000"),
        ("(021) 6288 1234", "02162881234"),
        ("021/6288/1234", "02162881234"),
        ("+86 21 6288 1234", "02162881234"),
        ("+86 (0)21 6288 1234", "02162881234"),
        ("+86 400 800 1234", "4008001234"),
        ("62881234-8021", "62881234x8021"),
        ("021-62881234-8021", "02162881234x8021"),
        ("62881234 转 8021", "62881234x8021"),
        ("62881234 分机8021", "62881234x8021"),
        ("62881234 ext. 8021", "62881234x8021"),
        ("8021", "8021"),
        ("#8021", "8021"),
        ("138-0013-8000", "13800138000"),
        ("+49 30 / 1234567", "0049301234567"),
        ("0049 30 1234567", "0049301234567"),
    ],
)
def test_a_number_has_one_canonical_form_however_it_is_written(written: str, digits: str) -> None:
    assert rules.dialled(written).digits == digits


@given(st.from_regex(r"(0[1-9][0-9]{9}|1[3-9][0-9]{9}|[2-8][0-9]{3,7})", fullmatch=True))
def test_the_canonical_form_is_its_own_canonical_form(number: str) -> None:
    once = rules.dialled(number).digits

    assert rules.dialled(once).digits == once


@pytest.mark.parametrize("text", ["", "zhang", "+", "()"])
def test_a_text_without_digits_is_no_number(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        rules.dialled(text)

    assert refused.value.code == "people.number_unreadable"


def test_an_endless_number_is_refused_with_its_limit() -> None:
    with pytest.raises(BadInput) as refused:
        rules.dialled("1" * 40)

    assert refused.value.code == "people.number_too_long"


@pytest.mark.parametrize(
    ("field", "numbers"),
    [
        ("62881234 / 62881235", ["62881234", "62881235"]),
        ("13800138000、13900139000", ["13800138000", "13900139000"]),
        ("030/1234567", ["030/1234567"]),
        ("021/6288/1234", ["021/6288/1234"]),
        ("  ", []),
    ],
)
def test_two_numbers_in_one_field_are_two_and_a_slash_within_one_is_not(
    field: str, numbers: list[str]
) -> None:
    assert rules.split_numbers(field) == numbers


def test_the_same_number_written_twice_is_kept_once() -> None:
    phones = rules.phone_numbers([(NumberKind.WORK, "138 0013 8000"), (NumberKind.MOBILE, "+86 13800138000")])

    assert [(phone.kind, phone.digits) for phone in phones] == [(NumberKind.WORK, "13800138000")]


@pytest.mark.parametrize(
    ("name", "found_by"),
    [("张伟", ["zw"]), ("王小明", ["wxm", "xm"]), ("Zhang Wei", ["zw"]), ("Ada", []), ("", [])],
)
def test_initials_are_those_of_the_whole_name_and_of_the_given_name(name: str, found_by: list[str]) -> None:
    assert rules.initials_of(name) == found_by


def test_a_name_with_two_readings_has_the_initials_of_both() -> None:
    assert {"cyl", "zyl"} <= set(rules.initials_of("长云龙"))


@pytest.mark.parametrize(
    ("typed", "is_number"), [("138", True), ("+86 138-", True), ("zw", False), ("张 138", False), ("", False)]
)
def test_digits_are_looked_up_as_a_number_and_names_are_not(typed: str, is_number: bool) -> None:
    assert rules.is_number_like(typed) is is_number


def test_an_exact_extension_stands_before_a_number_that_begins_with_it() -> None:
    by_extension = rules.caller_rank("8021", _person(1, "Wang"), ["62881234x8021"])
    by_prefix = rules.caller_rank("8021", _person(2, "An"), ["80219999"])

    assert by_extension < by_prefix


def test_a_name_that_begins_with_the_text_stands_before_one_that_holds_it() -> None:
    begins = rules.caller_rank("li", _person(2, "Li Na"), [])
    holds = rules.caller_rank("li", _person(1, "Chen Li"), [])

    assert begins < holds


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (PersonDetails(""), "people.name_missing"),
        (PersonDetails("A", email="nobody"), "people.email_bad"),
        (PersonDetails("A", login="a b", is_staff=True), "people.login_bad"),
        (PersonDetails("A", login="a"), "people.login_not_staff"),
        (PersonDetails("A", department="Finance"), "people.department_without_company"),
        (PersonDetails("A" * 121), "people.text_too_long"),
    ],
)
def test_details_that_make_no_sense_are_refused(details: PersonDetails, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        rules.check_details(details)

    assert refused.value.code == code


def test_a_login_is_kept_folded_so_that_its_case_does_not_matter() -> None:
    assert rules.check_details(PersonDetails("A", login=" Zhang.Wei ", is_staff=True)).login == "zhang.wei"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("138 0013", ["1380013"]),
        ("62881234-8021", ["62881234", "8021"]),
        ("Zhang Wei", ["zhang", "wei"]),
        ("张 ?!", ["张"]),
        ("status:open", ["status:open"]),
        ("", []),
    ],
)
def test_a_look_up_asks_for_a_number_or_for_plain_words(typed: str, words: list[str]) -> None:
    asked = rules.caller_query(typed)

    assert [word.text for word in asked.words] == words
    assert asked.filters == ()


def test_a_person_is_found_by_names_initials_login_mail_and_every_way_of_dialling() -> None:
    details = PersonDetails("张伟", "Zhang Wei", "zw01", "zw@example.com", is_staff=True)
    phones = rules.phone_numbers([(NumberKind.WORK, "021-62881234-8021"), (NumberKind.OTHER, "8800")])

    words = rules.search_text(details, phones).split()

    assert {"张伟", "zhangwei", "zw", "zw01", "zw@example.com"} <= set(words)
    assert {"02162881234", "62881234", "8021", "8800"} <= set(words)


def test_the_initials_stand_before_a_name_that_only_holds_the_letters() -> None:
    by_initials = rules.caller_rank("zw", _person(2, "张伟"), [])
    elsewhere = rules.caller_rank("zw", _person(1, "Ada"), [])

    assert by_initials < elsewhere


def _person(number: int, name: str) -> PersonRow:
    return PersonRow(PersonId(number), name, "", "", "", "", "", "", "", False, False, True, 1)
