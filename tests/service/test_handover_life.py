"""A handover from the first look to the closed record, signed by two people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import BadInput, NotAllowed, RuleViolation, StaleRecord
from app.models.entities.handover import HandoverState, LineState
from app.models.entities.ids import PersonId
from app.services.base.clock import FixedClock
from app.services.handover import commands, queries, signing
from tests.support.handovers import (
    BEFORE_CHANGE,
    FRIDAY,
    PAPER,
    PASSWORD,
    HandoverDesk,
    handover_desk,
    line_of,
)
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


def test_two_leaders_sign_and_the_record_is_closed(desk, make):
    ticket = make.ticket(priority=1, subject="核心交换机故障")
    handover = desk.opened()
    line = line_of(handover, f"t{ticket.id}")
    commands.write_remarks(desk.outgoing, handover.id, "一切正常", version=handover.version)
    commands.ask_back(desk.incoming, line.id, "Who is the vendor?", version=line.version)
    commands.answer(desk.outgoing, line.id, "Huawei, case 4711", version=line.version + 1)
    desk.tick_all(handover.id)
    desk.sign_out(handover.id)

    closed = desk.sign_in(handover.id)

    assert closed.state is HandoverState.CLOSED
    assert (closed.out.name, closed.taken.name, closed.number) == ("Wang Fang", "Li Na", 1)
    record = queries.frozen_record(desk.ctx, handover.id)
    told = next(one for one in record["lines"] if one["reference"] == f"t{ticket.id}")
    assert (told["question"], told["answer"]) == ("Who is the vendor?", "Huawei, case 4711")
    assert (record["out"]["name_alt"], record["in"]["name_alt"]) == ("王芳", "李娜")
    assert record["remarks"] == "一切正常"
    assert queries.frozen_paper(desk.ctx, handover.id) == PAPER


def test_nothing_of_a_closed_handover_can_be_changed(desk, make):
    make.ticket(priority=1)
    closed = desk.closed()
    line = closed.lines[0]

    deeds = (
        lambda: commands.write_note(desk.outgoing, line.id, "x", version=line.version),
        lambda: commands.tick_lines(desk.incoming, [(line.id, line.version)], is_ticked=False),
        lambda: commands.ask_back(desk.incoming, line.id, "x", version=line.version),
        lambda: commands.answer(desk.outgoing, line.id, "x", version=line.version),
        lambda: commands.write_remarks(desk.outgoing, closed.id, "x", version=closed.version),
        lambda: commands.refresh_handover(desk.outgoing, closed.id),
        lambda: signing.take_back_signature(desk.outgoing, closed.id, version=closed.version),
        lambda: desk.sign_out(closed.id),
        lambda: desk.sign_in(closed.id),
    )

    assert {_code(deed) for deed in deeds} == {"handover.closed", "handover.signed_already"}


def test_a_question_without_answer_keeps_the_incoming_leader_from_signing(desk, make):
    ticket = make.ticket(priority=1)
    handover = desk.opened()
    desk.tick_all(handover.id)
    line = line_of(desk.sheet(handover.id), f"t{ticket.id}")
    commands.ask_back(desk.incoming, line.id, "Why?", version=line.version)
    desk.sign_out(handover.id)

    with pytest.raises(RuleViolation) as refused:
        desk.sign_in(handover.id)

    assert (refused.value.code, refused.value.params) == ("handover.asked_open", {"count": 1})


def test_lines_nobody_ticked_keep_the_incoming_leader_from_signing(desk, make):
    make.ticket(priority=1)
    handover = desk.opened()
    desk.sign_out(handover.id)

    assert _code(lambda: desk.sign_in(handover.id)) == "handover.lines_open"


def test_an_answered_question_lets_the_incoming_leader_sign(desk, make):
    ticket = make.ticket(priority=1)
    handover = desk.opened()
    desk.tick_all(handover.id)
    line = line_of(desk.sheet(handover.id), f"t{ticket.id}")
    commands.ask_back(desk.incoming, line.id, "Why?", version=line.version)
    desk.sign_out(handover.id)
    commands.answer(desk.outgoing, line.id, "Because.", version=line.version + 1)

    assert desk.sign_in(handover.id).state is HandoverState.CLOSED


def test_the_outgoing_leader_signs_first(desk):
    handover = desk.opened()
    desk.tick_all(handover.id)

    assert _code(lambda: desk.sign_in(handover.id)) == "handover.out_first"


def test_the_incoming_leader_is_another_person(desk, make):
    desk.write(lambda tx: tx.execute("UPDATE assignment SET is_supervisor = false"))
    handover = desk.opened()
    desk.tick_all(handover.id)
    desk.sign_out(handover.id, reason="No leader on the roster")

    def signed_by_the_same() -> None:
        signing.sign_in(
            desk.outgoing,
            handover.id,
            PersonId(desk.wang.id),
            PASSWORD,
            version=desk.sheet(handover.id).version,
            draw=lambda _record: PAPER,
            reason="Nobody else is here",
        )

    assert _code(signed_by_the_same) == "handover.same_person"


def test_somebody_else_signs_only_with_a_reason(desk):
    handover = desk.opened()

    def signed(reason: str) -> None:
        signing.sign_out(
            desk.as_(desk.zhao),
            handover.id,
            PersonId(desk.zhao.id),
            PASSWORD,
            version=handover.version,
            reason=reason,
        )

    assert _code(lambda: signed("  ")) == "handover.reason_missing"
    signed("Wang Fang fell ill at noon")
    assert desk.sheet(handover.id).out.reason == "Wang Fang fell ill at noon"


def test_somebody_without_the_right_signs_not_even_with_a_reason(desk, make):
    reader = make.agent(name="Reader", login="reader", roles=(make.role("roster.read"),))
    from app.services.access import accounts  # noqa: PLC0415 - only here

    accounts.set_password(desk.ctx, PersonId(reader.id), PASSWORD, must_change=False)
    handover = desk.opened()

    refused = _code(
        lambda: signing.sign_out(
            desk.outgoing, handover.id, PersonId(reader.id), PASSWORD, version=handover.version, reason="ill"
        )
    )

    assert refused == "handover.not_leader"


def test_both_may_sign_on_one_pc(desk):
    handover = desk.opened()
    desk.tick_all(handover.id)
    desk.sign_out(handover.id)

    signing.sign_in(
        desk.outgoing,
        handover.id,
        PersonId(desk.li.id),
        PASSWORD,
        version=desk.sheet(handover.id).version,
        draw=lambda _record: PAPER,
    )

    assert desk.sheet(handover.id).taken.person_id == desk.li.id


def test_whoever_hands_over_does_not_tick(desk, make):
    make.ticket(priority=1)
    line = desk.opened().lines[0]

    refused = _code(lambda: commands.tick_lines(desk.outgoing, [(line.id, 1)], is_ticked=True))

    assert refused == "handover.own_side"


def test_a_signature_is_taken_back_until_the_other_one_is_there(desk):
    handover = desk.opened()
    outcome = signing.sign_out(
        desk.outgoing, handover.id, PersonId(desk.wang.id), PASSWORD, version=handover.version
    )

    outcome.undo.run()

    again = desk.sheet(handover.id)
    assert (again.state, again.out) == (HandoverState.DRAFT, None)


def test_a_tick_is_taken_back(desk, make):
    make.ticket(priority=1)
    line = desk.opened().lines[0]

    commands.tick_lines(desk.incoming, [(line.id, line.version)], is_ticked=True).undo.run()

    assert desk.opened().lines[0].state is LineState.OPEN


def test_a_tick_made_on_an_old_line_is_refused(desk, make):
    make.ticket(priority=1)
    line = desk.opened().lines[0]
    commands.write_note(desk.outgoing, line.id, "Look out", version=line.version)

    with pytest.raises(StaleRecord):
        commands.tick_lines(desk.incoming, [(line.id, line.version)], is_ticked=True)


def test_a_line_changed_while_the_paper_is_drawn_is_not_signed_unseen(desk, make):
    ticket = make.ticket(priority=1)
    handover = desk.opened()
    desk.tick_all(handover.id)
    desk.sign_out(handover.id)
    line = line_of(desk.sheet(handover.id), f"t{ticket.id}")

    def drawing(_record) -> bytes:
        commands.ask_back(desk.incoming, line.id, "Wait!", version=line.version)
        return PAPER

    assert _code(lambda: desk.sign_in(handover.id, drawing)) == "handover.asked_open"


def test_a_shift_that_has_not_begun_has_no_sheet(desk):
    refused = _code(lambda: commands.open_handover(desk.outgoing, FRIDAY + timedelta(days=1), desk.day.id))

    assert refused == "handover.too_early"


def test_a_note_that_is_too_long_is_refused(desk):
    line = desk.opened().lines[0]

    with pytest.raises(BadInput) as refused:
        commands.write_note(desk.outgoing, line.id, "x" * 2_001, version=line.version)

    assert refused.value.code == "handover.too_long"


def test_an_empty_question_or_answer_is_refused(desk, make):
    make.ticket(priority=1)
    line = desk.opened().lines[0]

    empty = _code(lambda: commands.ask_back(desk.incoming, line.id, " ", version=line.version))
    unasked = _code(lambda: commands.answer(desk.outgoing, line.id, "x", version=line.version))
    commands.ask_back(desk.incoming, line.id, "Why?", version=line.version)
    silent = _code(lambda: commands.answer(desk.outgoing, line.id, " ", version=line.version + 1))

    assert (empty, unasked, silent) == (
        "handover.question_missing",
        "handover.not_asked",
        "handover.answer_missing",
    )


def test_a_reader_may_not_write(desk):
    with pytest.raises(NotAllowed):
        commands.open_handover(desk.as_(desk.wang, "roster.read"))


def _code(deed) -> str:
    """Return the code a deed is refused with; "" where it is not."""
    try:
        deed()
    except (RuleViolation, BadInput, StaleRecord) as error:
        return error.code
    return ""
