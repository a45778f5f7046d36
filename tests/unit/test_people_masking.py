"""Masks of requesters' facts: what is left of a fact, and how a mask that is saved turns back into it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.entities.errors import BadInput
from app.models.entities.ids import PersonId
from app.models.entities.people import NumberKind, Person, PersonDetails, PersonFact
from app.services.people import masking, rules

ALL = frozenset(PersonFact)
ZHOU = PersonDetails(
    "Zhou Yun",
    email="zhou.yun@example.com",
    location="Tower 2, 8F",
    title="Accountant",
    phones=((NumberKind.WORK, "6288 1234"), (NumberKind.MOBILE, "138 0013 8000"), (NumberKind.HOME, "8021")),
)


def whole(details: PersonDetails = ZHOU) -> Person:
    return Person(PersonId(7), details, rules.phone_numbers(details.phones), (), (), True, 1)


@pytest.mark.parametrize(
    ("fact", "text", "shown"),
    [
        (PersonFact.MOBILE, "138 0013 8000", "138****8000"),
        (PersonFact.MOBILE, "+86 138-0013-8000", "861****8000"),
        (PersonFact.PHONE, "6288-1234", "62****34"),
        (PersonFact.PHONE, "8021", "****1"),
        (PersonFact.PHONE, "8", "****"),
        (PersonFact.PHONE, "转", "****"),
        (PersonFact.EMAIL, "zhou.yun@example.com", "z****@example.com"),
        (PersonFact.EMAIL, "@@", "@****@"),
        (PersonFact.EMAIL, "nonsense", "****"),
        (PersonFact.LOCATION, "Tower 2, 8F", "****"),
        (PersonFact.TITLE, "会计", "****"),
        (PersonFact.TITLE, "", ""),
    ],
)
def test_a_mask_keeps_a_little_of_what_it_hides(fact, text, shown):
    assert masking.mask_of(fact, text) == shown


def test_nothing_is_masked_where_the_site_masks_nothing():
    assert masking.masked_person(whole(), frozenset()) == whole()


def test_staff_is_never_masked():
    staff = whole(replace(ZHOU, is_staff=True))

    assert masking.masked_person(staff, ALL) == staff


def test_only_what_is_masked_and_there_is_named():
    person = masking.masked_person(whole(replace(ZHOU, email="")), ALL - {PersonFact.PHONE})

    assert person.masked == {PersonFact.MOBILE, PersonFact.LOCATION, PersonFact.TITLE}
    assert [number for _kind, number in person.details.phones] == ["6288 1234", "138****8000", "****1"]
    assert [phone.number for phone in person.phones] == ["6288 1234", "138****8000", "****1"]


def test_no_masked_person_carries_the_digits_of_a_number():
    person = masking.masked_person(whole(), ALL)

    assert {phone.digits for phone in person.phones} == {""}


def test_a_shown_fact_is_whole_again_and_the_others_stay_masked():
    masked = masking.masked_person(whole(), ALL)
    values = masking.values_of(whole(), PersonFact.MOBILE)

    shown = masking.revealed(masked, {PersonFact.MOBILE: values})

    assert [number for _kind, number in shown.details.phones] == ["62****34", "138 0013 8000", "8021"]
    assert shown.masked == ALL - {PersonFact.MOBILE}
    assert shown.details.email == "z****@example.com"


def test_a_fact_that_changed_since_it_was_shown_is_masked_again():
    masked = masking.masked_person(whole(), ALL)

    assert masking.revealed(masked, {PersonFact.EMAIL: ("old@example.com",)}) == masked
    assert masking.revealed(masked, {PersonFact.MOBILE: ("139 9999 9999",)}) == masked


def test_a_masked_person_that_is_saved_is_the_person():
    assert masking.unmasked(masking.masked_person(whole(), ALL).details, ZHOU) == ZHOU


def test_a_masked_number_may_move_change_its_kind_and_get_a_neighbour():
    moved = ((NumberKind.WORK, "138****8000"), (NumberKind.OTHER, "5555 0000"), (NumberKind.WORK, "62****34"))
    typed = replace(ZHOU, phones=moved)

    phones = masking.unmasked(typed, ZHOU).phones

    assert phones == (
        (NumberKind.WORK, "138 0013 8000"),
        (NumberKind.OTHER, "5555 0000"),
        (NumberKind.WORK, "6288 1234"),
    )


def test_a_number_left_out_goes():
    typed = replace(ZHOU, phones=((NumberKind.MOBILE, "138****8000"),))

    assert masking.unmasked(typed, ZHOU).phones == ((NumberKind.MOBILE, "138 0013 8000"),)


def test_two_numbers_with_one_mask_are_told_apart_by_their_kind():
    both = replace(ZHOU, phones=((NumberKind.WORK, "13800138000"), (NumberKind.MOBILE, "13899998000")))
    typed = replace(both, phones=((NumberKind.MOBILE, "138****8000"), (NumberKind.WORK, "138****8000")))

    assert masking.unmasked(typed, both).phones == tuple(reversed(both.phones))


def test_nobody_guesses_which_of_two_numbers_alike_was_left_out():
    both = replace(ZHOU, phones=((NumberKind.WORK, "13800138000"), (NumberKind.WORK, "13899998000")))

    with pytest.raises(BadInput, match=r"people\.mask_typed"):
        masking.unmasked(replace(both, phones=((NumberKind.WORK, "138****8000"),)), both)


@pytest.mark.parametrize(
    "typed",
    [
        replace(ZHOU, phones=((NumberKind.MOBILE, "138****8001"),)),
        replace(ZHOU, phones=((NumberKind.MOBILE, "138****8000"), (NumberKind.HOME, "138****8000"))),
        replace(ZHOU, email="y****@example.com"),
        replace(ZHOU, email="****"),
        replace(ZHOU, location="Tower ****"),
    ],
)
def test_a_mask_of_something_else_is_never_saved(typed):
    with pytest.raises(BadInput, match=r"people\.mask_typed"):
        masking.unmasked(typed, ZHOU)


def test_a_new_person_has_nothing_behind_a_mask():
    with pytest.raises(BadInput, match=r"people\.mask_typed"):
        masking.unmasked(PersonDetails("Wu", title="****"), None)


def test_what_truly_looks_like_a_mask_stays():
    odd = replace(ZHOU, location="Room **** B")

    assert masking.unmasked(odd, odd) == odd
