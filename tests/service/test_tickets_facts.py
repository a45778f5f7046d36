"""What stands around promised times, on both databases: restored, bearable, told, estimated, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.entities.compliance import RestoreLine
from app.models.entities.errors import MergeNeeded, NotAllowed, RuleViolation, StaleRecord
from app.models.entities.tickets import Channel, EventKind, Resolution, TicketStatus, TicketType
from app.services.reports.queries import sla_compliance
from app.services.tickets import commands, edit_commands, queries
from app.services.tickets.fact_commands import forget_restored, restore_service, tell_promise
from app.services.tickets.submissions import Submission
from tests.support.settings_site import only_with
from tests.support.watched_site import CALL, desk_with_people

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SOLVED = Resolution("Restarted the client", "config", "remote", 1, no_article_fits=True)


@pytest.fixture
def desk(ctx, make):
    return desk_with_people(ctx, make)


@pytest.fixture
def ticket(desk):
    """A P2 of an hour ago, due in three hours."""
    opened = desk.opened()
    desk.ctx.clock.advance(HOUR)
    return opened


def now(desk):
    return desk.ctx.clock.now()


def restored(desk, ticket, at=None):
    outcome = restore_service(desk.agent, ticket.id, version=ticket.version, at=at)
    return desk.read(ticket.id), outcome


def told(desk, ticket, at, **further):
    outcome = tell_promise(desk.agent, ticket.id, version=ticket.version, at=at, **further)
    return desk.read(ticket.id), outcome


def resolved(desk, ticket):
    commands.resolve(desk.agent, ticket.id, SOLVED, version=ticket.version)
    return desk.read(ticket.id)


def last(desk, ticket, kind):
    return [event for event in desk.events(ticket.id) if event.kind is kind][-1]


# -- the service works again ---------------------------------------------------------------------------


def test_the_service_works_again_now_while_the_ticket_stays_open(desk, ticket):
    after, _ = restored(desk, ticket)

    assert (after.restored_at, after.status, after.resolved_at) == (now(desk), ticket.status, None)


def test_it_may_have_worked_again_earlier(desk, ticket):
    at = now(desk) - 20 * MINUTE

    after, _ = restored(desk, ticket, at)

    assert after.restored_at == at


@pytest.mark.parametrize(
    ("shift", "code"), [(-2 * HOUR, "tickets.restored_early"), (MINUTE, "tickets.restored_ahead")]
)
def test_it_cannot_have_worked_again_before_it_broke_nor_in_the_future(desk, ticket, shift, code):
    with pytest.raises(RuleViolation, match=code):
        restored(desk, ticket, now(desk) + shift)

    assert desk.read(ticket.id) == ticket


def test_it_cannot_have_come_back_after_it_was_resolved(desk, ticket):
    solved = resolved(desk, ticket)
    desk.ctx.clock.advance(HOUR)

    with pytest.raises(RuleViolation, match=r"tickets\.restored_late"):
        restored(desk, solved)


def test_a_request_has_no_service_that_broke(desk):
    request = desk.opened(type=TicketType.REQUEST)

    with pytest.raises(RuleViolation, match=r"tickets\.nothing_broken"):
        restored(desk, request)


def test_undo_takes_it_back_and_redo_says_it_again(desk, ticket):
    after, outcome = restored(desk, ticket)

    redo = outcome.undo.run()

    assert desk.read(ticket.id).restored_at is None
    redo.undo.run()
    assert desk.read(ticket.id).restored_at == after.restored_at


def test_it_can_be_taken_back_later(desk, ticket):
    after, _ = restored(desk, ticket)

    forget_restored(desk.agent, ticket.id, version=after.version)

    assert desk.read(ticket.id).restored_at is None


def test_resolving_stores_no_time_of_restoring(desk, ticket):
    assert resolved(desk, ticket).restored_at is None


def test_a_reopened_ticket_keeps_it_in_the_log_alone(desk, ticket):
    after, _ = restored(desk, ticket)
    solved = resolved(desk, after)

    commands.refuse_solution(desk.agent, ticket.id, version=solved.version, reason="Broken again")

    assert desk.read(ticket.id).restored_at is None
    assert (
        last(desk, ticket, EventKind.STATUS).detail["before"]["restored_at"] == after.restored_at.isoformat()
    )


def test_undoing_the_reopening_brings_it_back(desk, ticket):
    after, _ = restored(desk, ticket)
    solved = resolved(desk, after)
    outcome = commands.refuse_solution(desk.agent, ticket.id, version=solved.version, reason="No")

    outcome.undo.run()

    assert desk.read(ticket.id).restored_at == after.restored_at


def test_somebody_elses_save_is_never_overwritten(desk, ticket):
    restored(desk, ticket)

    with pytest.raises(StaleRecord):
        restored(desk, ticket)


def test_restoring_wants_the_right_to_work(desk, ticket):
    desk = replace(desk, ctx=only_with(desk.ctx, "tickets.read"))

    with pytest.raises(NotAllowed):
        restore_service(desk.ctx, ticket.id, version=ticket.version)


# -- how long the user can wait ------------------------------------------------------------------------


def test_a_new_ticket_keeps_how_long_the_user_can_wait(desk):
    until = now(desk) + 2 * HOUR

    ticket = desk.opened(bearable_until=until)

    assert ticket.bearable_until == until
    assert desk.events(ticket.id)[0].detail["bearable_until"] == until.isoformat()


def test_nobody_waits_until_before_the_call(desk):
    with pytest.raises(RuleViolation, match=r"tickets\.wait_before_received"):
        desk.opened(bearable_until=now(desk) - HOUR)


def test_a_submission_kept_for_later_knows_it_again(desk):
    kept = Submission(replace(CALL, bearable_until=now(desk), received_at=now(desk)))

    assert Submission.from_dict(kept.to_dict()) == kept


def test_it_is_changed_and_merged_like_any_field(desk, ticket):
    first, second = now(desk) + HOUR, now(desk) + 2 * HOUR
    edit = {"version": ticket.version, "base": {"bearable_until": None}}
    edit_commands.edit_ticket(desk.agent, ticket.id, changes={"bearable_until": first}, **edit)

    with pytest.raises(MergeNeeded):
        edit_commands.edit_ticket(desk.agent, ticket.id, changes={"bearable_until": second}, **edit)

    assert desk.read(ticket.id).bearable_until == first


def test_undoing_such_a_change_restores_the_instant(desk):
    until = now(desk) + 2 * HOUR
    ticket = desk.opened(bearable_until=until)
    outcome = edit_commands.edit_ticket(
        desk.agent,
        ticket.id,
        version=ticket.version,
        changes={"bearable_until": None},
        base={"bearable_until": until},
    )

    outcome.undo.run()

    assert desk.read(ticket.id).bearable_until == until


@pytest.mark.parametrize("query", ["bearable<3h", "可承受<3h", "told<2h", "restored>1h"])
def test_lists_are_filtered_by_these_times(desk, query):
    ticket = desk.opened(bearable_until=now(desk) + 2 * HOUR)
    after, _ = told(desk, ticket, now(desk) + HOUR)
    restored(desk, after)
    desk.opened()

    found = queries.ticket_page(desk.ctx, queries.ticket_query(desk.ctx, query), None, 10)

    assert [row.id for row in found] == [ticket.id]


# -- the time told -------------------------------------------------------------------------------------


def test_what_the_user_was_told_is_kept(desk, ticket):
    after, _ = told(desk, ticket, now(desk) + HOUR)

    assert after.promised_at == now(desk) + HOUR


def test_a_time_after_the_sla_wants_to_be_meant(desk, ticket):
    late = ticket.resolution_due_at + MINUTE

    with pytest.raises(RuleViolation, match=r"tickets\.told_after_due"):
        told(desk, ticket, late)

    after, _ = told(desk, ticket, late, is_late_agreed=True)
    line = last(desk, ticket, EventKind.CHANGED)
    assert (after.promised_at, line.detail["after_due"]) == (late, ticket.resolution_due_at.isoformat())


def test_the_sla_due_time_itself_needs_no_word(desk, ticket):
    assert told(desk, ticket, ticket.resolution_due_at)[0].promised_at == ticket.resolution_due_at


def test_nobody_is_promised_the_past(desk, ticket):
    with pytest.raises(RuleViolation, match=r"tickets\.told_past"):
        told(desk, ticket, now(desk))


def test_a_solved_ticket_has_nothing_left_to_promise(desk, ticket):
    with pytest.raises(RuleViolation, match=r"tickets\.told_not_open"):
        told(desk, resolved(desk, ticket), now(desk) + HOUR)


def test_the_line_of_the_solution_knows_what_was_told(desk, ticket):
    after, _ = told(desk, ticket, now(desk) + HOUR)

    resolved(desk, after)

    assert last(desk, ticket, EventKind.STATUS).detail["told"] == after.promised_at.isoformat()


def test_a_time_told_that_lies_ahead_holds_after_the_user_refused(desk, ticket):
    solved = resolved(desk, told(desk, ticket, now(desk) + HOUR)[0])

    commands.refuse_solution(desk.agent, ticket.id, version=solved.version, reason="No")

    assert desk.read(ticket.id).promised_at == solved.promised_at


def test_a_time_told_that_has_passed_is_over_when_it_is_opened_again(desk, ticket):
    solved = resolved(desk, told(desk, ticket, now(desk) + HOUR)[0])
    desk.ctx.clock.advance(2 * HOUR)

    commands.refuse_solution(desk.agent, ticket.id, version=solved.version, reason="No")

    assert desk.read(ticket.id).promised_at is None


def test_whoever_owns_the_ticket_hears_before_the_time_told_passes(desk, ticket):
    told(desk, ticket, now(desk) + HOUR)
    desk.rounds()

    desk.later(minutes=44)
    before = desk.told(desk.owner)
    desk.later(minutes=1)

    assert before == []
    assert desk.told(desk.owner) == [("warned", {"clock": "promised"})]


def test_they_hear_once_more_when_it_has_passed(desk, ticket):
    told(desk, ticket, now(desk) + HOUR)
    desk.later(minutes=50)

    desk.later(minutes=11)

    assert [kind for kind, body in desk.told(desk.owner) if body.get("clock") == "promised"] == [
        "warned",
        "breached",
    ]


def test_another_time_told_is_warned_of_anew(desk, ticket):
    after, _ = told(desk, ticket, now(desk) + HOUR)
    desk.later(minutes=50)
    told(desk, desk.read(ticket.id), now(desk) + HOUR)

    desk.later(minutes=50)

    assert after.promised_at is not None
    assert [body for _, body in desk.told(desk.owner)].count({"clock": "promised"}) == 2


def test_a_solved_ticket_warns_of_no_time_told(desk, ticket):
    resolved(desk, told(desk, ticket, now(desk) + HOUR)[0])

    desk.later(minutes=70)

    assert desk.told(desk.owner) == []


# -- estimates -----------------------------------------------------------------------------------------


def edited(desk, ticket, **changes):
    base = {name: getattr(ticket, name) for name in changes}
    return edit_commands.edit_ticket(
        desk.agent, ticket.id, version=ticket.version, changes=changes, base=base
    )


def test_estimates_are_kept_logged_and_taken_back(desk, ticket):
    outcome = edited(desk, ticket, estimate_minutes=90, estimate_people=2, estimate_cost=1200)
    after = desk.read(ticket.id)

    outcome.undo.run()

    assert (after.estimate_minutes, after.estimate_people, after.estimate_cost) == (90, 2, 1200)
    assert desk.read(ticket.id).estimate_cost is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("estimate_minutes", 0), ("estimate_people", 1000), ("estimate_cost", -1), ("estimate_people", "2")],
)
def test_an_estimate_that_cannot_be_is_refused(desk, ticket, name, value):
    with pytest.raises(RuleViolation, match=r"tickets\.estimate_range"):
        edited(desk, ticket, **{name: value})

    assert desk.read(ticket.id) == ticket

    assert desk.read(ticket.id).status is TicketStatus.NEW or ticket.status


def test_a_web_ticket_can_be_told_a_time_too(desk):
    ticket = desk.opened(channel=Channel.WEB)

    assert told(desk, ticket, now(desk) + HOUR)[0].promised_at == now(desk) + HOUR


# -- in the month's report -----------------------------------------------------------------------------


def down_for(desk, length):
    ticket = desk.opened()
    desk.ctx.clock.advance(length)
    ticket, _ = restored(desk, ticket)
    desk.ctx.clock.advance(HOUR)
    resolved(desk, ticket)


def test_the_months_report_tells_mean_and_median_time_to_restore(desk):
    down_for(desk, 10 * MINUTE)
    down_for(desk, 20 * MINUTE)
    down_for(desk, 60 * MINUTE)
    resolved(desk, desk.opened())
    desk.ctx.clock.advance(MINUTE)

    month = sla_compliance(desk.ctx, now(desk).year, now(desk).month, "en")

    assert month.restoring == (RestoreLine(2, 4, 3, 22.5 * MINUTE, 15 * MINUTE),)
