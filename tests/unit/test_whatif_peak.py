"""People for the busiest hour: a mixture of response targets, and what an edit of them does."""

from __future__ import annotations

import pytest

from app.models.entities.tickets import TicketType
from app.services.roster.staffing import agents_for_service_level
from app.services.whatif.lives import Facts, Life
from app.services.whatif.peak import Handling, Peak, agents_for_targets
from app.services.whatif.terms import Terms

HOUR = 3600
FACTS = Facts(TicketType.INCIDENT, 3, 3, 3, False, None, None)


def life(received_at: int, **facts: int) -> Life:
    return Life(1, received_at, received_at, (), FACTS._replace(**facts), None, (), False, None, ())


def terms(response: int | None) -> Terms:
    return Terms(None, response, None)  # type: ignore[arg-type] - no hours are counted here


def peak_of(received: list[int], before: int | None, after: int | None, **handling: object) -> Peak:
    peak = Peak(Handling(900, **handling))
    for at in received:
        peak.add(life(at), terms(before), terms(after))
    return peak


def test_one_target_for_all_is_the_plain_formula():
    assert agents_for_targets(5, 300, {25: 100}, 0.8) == agents_for_service_level(5, 300, 25, 0.8) == 8


def test_a_mixture_lies_between_its_targets():
    strict, mixed, loose = (
        agents_for_targets(5, 300, targets, 0.8) for targets in ({5: 2}, {5: 1, 900: 1}, {900: 2})
    )

    assert loose < mixed < strict


def test_tickets_without_a_target_ask_for_nobody():
    assert agents_for_targets(5, 300, {25: 1, None: 99}, 0.8) == 8
    assert agents_for_targets(5, 300, {None: 99}, 0.8) is None


def test_without_work_nobody_is_needed():
    assert agents_for_targets(0, 300, {25: 1}, 0.8) is None


def test_the_busiest_hour_counts_and_of_equal_ones_the_first():
    need = peak_of([0, 10, HOUR, HOUR + 5, 2 * HOUR], 600, 600).need()

    assert need is not None
    assert (need.starts_at.hour, need.tickets) == (0, 2)


def test_an_edit_that_changes_no_target_changes_no_people():
    need = peak_of([0] * 20, 600, 600).need()

    assert need is not None
    assert need.before == need.after


def test_a_stricter_target_needs_more_people():
    need = peak_of([0] * 20, 3600, 60).need()

    assert need is not None
    assert (need.before, need.after) == (6, 8)  # five erlangs: twenty tickets of a quarter of an hour


def test_a_ticket_takes_what_its_category_usually_does_else_its_service():
    handling = Handling(300, {7: 600}, {8: 900})  # type: ignore[dict-item]

    assert [handling.of(7, 8), handling.of(1, 8), handling.of(None, None)] == [600, 900, 300]  # type: ignore[arg-type]


def test_without_tickets_or_targets_nothing_is_said():
    assert Peak().need() is None
    assert peak_of([0], None, None).need() is None


@pytest.mark.parametrize(("before", "after"), [(None, 600), (600, None)])
def test_a_target_on_one_side_only_is_told_for_that_side(before, after):
    need = peak_of([0] * 4, before, after).need()

    assert need is not None
    assert (need.before is None, need.after is None) == (before is None, after is None)
