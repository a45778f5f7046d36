"""To whom a leave request goes, and circles of superiors: values in, values out."""

from __future__ import annotations

import pytest

from app.models.entities.ids import PersonId
from app.models.entities.leave import LeaveRoute, RouteReason
from app.models.entities.roster_plan import HeldTerms, WorkTerms
from app.services.leave.routing import Superiors
from app.services.roster.superiors import circle_of, superiors_of, terms_of

WANG, CHEN, LI = PersonId(1), PersonId(2), PersonId(3)
NOBODY = frozenset()


@pytest.mark.parametrize(
    ("absent", "gone", "substitutes", "route"),
    [
        (NOBODY, NOBODY, {CHEN: LI}, LeaveRoute(RouteReason.SUPERIOR, CHEN, CHEN)),
        ({CHEN}, NOBODY, {CHEN: LI}, LeaveRoute(RouteReason.STANDING_IN, CHEN, LI)),
        ({CHEN}, NOBODY, {}, LeaveRoute(RouteReason.SUPERIOR_AWAY, CHEN)),
        ({CHEN, LI}, NOBODY, {CHEN: LI}, LeaveRoute(RouteReason.SUPERIOR_AWAY, CHEN)),
        ({CHEN}, {LI}, {CHEN: LI}, LeaveRoute(RouteReason.SUPERIOR_AWAY, CHEN)),
        ({CHEN}, NOBODY, {CHEN: WANG}, LeaveRoute(RouteReason.SUPERIOR_AWAY, CHEN)),
        (NOBODY, {CHEN}, {CHEN: LI}, LeaveRoute(RouteReason.SUPERIOR_GONE, CHEN)),
    ],
)
def test_a_request_goes_one_step_up_or_to_who_stands_in(absent, gone, substitutes, route):
    superiors = Superiors({WANG: CHEN}, substitutes, frozenset(absent), frozenset(gone))

    assert superiors.route(WANG) == route


def test_without_a_superior_it_goes_to_all_who_hold_the_right():
    assert Superiors({WANG: WANG}).route(WANG) == LeaveRoute(RouteReason.NO_SUPERIOR)


@pytest.mark.parametrize(
    ("decider", "absent", "may"),
    [
        (CHEN, NOBODY, True),
        (CHEN, {CHEN}, True),
        (LI, NOBODY, False),
        (LI, {CHEN}, True),
        (WANG, NOBODY, False),
        (None, NOBODY, False),
    ],
)
def test_a_superior_decides_even_from_afar_and_the_substitute_only_then(decider, absent, may):
    superiors = Superiors({WANG: CHEN}, {CHEN: LI}, frozenset(absent))

    assert superiors.may_decide(decider, WANG) is may


def test_in_a_circle_each_decides_on_the_other_and_nobody_on_themselves():
    superiors = Superiors({WANG: CHEN, CHEN: WANG}, {CHEN: WANG}, frozenset({CHEN}))

    assert superiors.decided_by(CHEN) == [WANG]
    assert superiors.decided_by(WANG) == [CHEN]


def test_own_terms_hold_as_a_whole_before_the_departments():
    held = [
        HeldTerms(1, None, 7, WorkTerms(superior_id=CHEN), 1),
        HeldTerms(2, LI, None, WorkTerms(no_nights=True), 1),
    ]

    terms = terms_of([(WANG, 7), (CHEN, 7), (LI, 7), (PersonId(4), None)], held)

    assert superiors_of(terms) == {WANG: CHEN}


@pytest.mark.parametrize(
    ("superiors", "circle"),
    [
        ({WANG: CHEN, CHEN: WANG}, (WANG, CHEN)),
        ({WANG: CHEN, CHEN: LI, LI: WANG}, (WANG, CHEN, LI)),
        ({WANG: CHEN}, ()),
        ({WANG: CHEN, CHEN: LI, LI: CHEN}, ()),
        ({}, ()),
    ],
)
def test_a_circle_is_found_by_who_stands_in_it(superiors, circle):
    assert circle_of(superiors, WANG) == circle
