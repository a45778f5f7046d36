"""Ways to mend a broken rule: only those that mend it and break nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from app.models.entities.roster import BrokenRule, CoverageRule
from app.models.entities.roster_plan import RemedyCode
from app.services.roster.checks import RosterChecks
from app.services.roster.remedies import remedies
from tests.support.roster_plans import DAY, line, month, painted, person, plan, rules

APRIL = date(2026, 4, 1)
SECOND = date(2026, 4, 2)
RULES = rules(supervisor="off", gap="warn")
WANG, LI, SUN = person(1), person(2), person(3)


def checks(cells, people=(WANG, LI, SUN), **more):
    return RosterChecks(plan(month(APRIL), cells, people, **{"rules": RULES, **more}))


def first(found, rule):
    return next(one for one in found.violations if one.rule is rule)


def proposed(found, rule):
    return [(one.code, one.person_id) for one in remedies(found, first(found, rule))]


def test_short_rest_is_mended_by_swapping_giving_or_clearing_the_shift():
    found = checks(line(1, APRIL, "ND") | line(2, SECOND, "N"))

    assert proposed(found, BrokenRule.DAY_AFTER_NIGHT) == [
        (RemedyCode.SWAP, 2),
        (RemedyCode.GIVE, 3),
        (RemedyCode.START_LATER, 1),
        (RemedyCode.CLEAR, 1),
    ]


def test_the_earliest_start_after_enough_rest_is_an_instant():
    found = checks(line(1, APRIL, "ND"))

    later = remedies(found, first(found, BrokenRule.DAY_AFTER_NIGHT))[-2]

    assert later.at == datetime(2026, 4, 2, 11, tzinfo=UTC)  # 19:00 in Shanghai, 11 hours after 08:00


def test_painting_a_remedy_mends_it():
    found = checks(line(1, APRIL, "ND") | line(2, SECOND, "N"))
    broken = first(found, BrokenRule.DAY_AFTER_NIGHT)

    change = found.paint(remedies(found, broken)[0].cells)

    assert (change.removed, change.added) == ((broken,), ())


def test_who_would_break_a_rule_or_belongs_to_another_team_is_not_proposed():
    people = (WANG, person(2, no_weekends=True), person(3, team=2))
    saturday = date(2026, 4, 4)
    found = checks(line(1, date(2026, 4, 3), "ND"), people)

    assert first(found, BrokenRule.DAY_AFTER_NIGHT).on_date == saturday
    assert proposed(found, BrokenRule.DAY_AFTER_NIGHT) == [(RemedyCode.START_LATER, 1), (RemedyCode.CLEAR, 1)]


def test_a_shift_whose_going_leaves_a_gap_is_not_simply_cleared():
    found = checks(line(1, APRIL, "ND"), (WANG,), coverage=(CoverageRule(DAY.id, 1, "workday", 1),))

    assert proposed(found, BrokenRule.DAY_AFTER_NIGHT) == [(RemedyCode.START_LATER, 1)]


def test_a_gap_is_filled_by_who_works_least_and_is_free():
    cells = line(1, date(2026, 4, 8), "G") | line(2, date(2026, 4, 20), "GG") | line(3, APRIL, "G")
    coverage = (CoverageRule(DAY.id, 1, "workday", 2),)
    found = checks(cells, coverage=coverage)

    assert proposed(found, BrokenRule.GAP) == [(RemedyCode.ADD, 1), (RemedyCode.ADD, 2)]


def test_a_gap_of_a_second_team_is_filled_by_its_members_for_that_team():
    both = person(1, team_ids=(1, 2))
    found = checks({}, (both, LI), coverage=(CoverageRule(DAY.id, 2, "workday", 1),))

    (remedy,) = remedies(found, first(found, BrokenRule.GAP))

    assert (remedy.person_id, remedy.cells[0].team_id) == (1, 2)


def test_a_shift_without_supervisor_is_led_by_who_may():
    people = (WANG, person(2, can_lead=True), person(3, can_lead=True))
    cells = line(1, APRIL, "D") | line(2, APRIL, "D")
    found = checks(cells, people, rules=rules())

    assert proposed(found, BrokenRule.NO_SUPERVISOR) == [(RemedyCode.LEAD, 2), (RemedyCode.ADD, 3)]


def test_of_two_supervisors_either_is_kept():
    cells = line(1, APRIL, "D", [APRIL]) | line(2, APRIL, "D", [APRIL])
    found = checks(cells, rules=rules())
    broken = first(found, BrokenRule.TWO_SUPERVISORS)

    one, other = remedies(found, broken)

    assert (one.code, one.person_id, other.person_id) == (RemedyCode.LEAD_NO_LONGER, 1, 2)
    assert found.paint(one.cells).removed == (broken,)
    assert found.cells[1, APRIL].is_supervisor


def test_at_most_three_people_are_proposed_for_each_way():
    people = tuple(person(number) for number in range(1, 8))
    found = checks(line(1, APRIL, "ND"), people)

    given = [who for code, who in proposed(found, BrokenRule.DAY_AFTER_NIGHT) if code is RemedyCode.GIVE]

    assert given == [2, 3, 4]


def test_fixed_shifts_and_absences_are_not_swapped_away():
    cells = line(1, APRIL, "ND") | line(2, SECOND, "N") | line(3, SECOND, "V")
    cells[2, SECOND] = replace(cells[2, SECOND], is_fixed=True)
    found = checks(cells)

    assert proposed(found, BrokenRule.DAY_AFTER_NIGHT) == [(RemedyCode.START_LATER, 1), (RemedyCode.CLEAR, 1)]


def test_looking_for_remedies_leaves_the_plan_as_it_is():
    found = checks(line(1, APRIL, "ND") | line(2, SECOND, "N"))
    before = dict(found.cells), found.violations

    remedies(found, first(found, BrokenRule.DAY_AFTER_NIGHT))

    assert (dict(found.cells), found.violations) == before


def test_what_was_mended_meanwhile_needs_no_remedy():
    found = checks(line(1, APRIL, "ND"))
    broken = first(found, BrokenRule.DAY_AFTER_NIGHT)
    found.paint([painted(1, SECOND, "-")])

    assert remedies(found, broken) == ()
