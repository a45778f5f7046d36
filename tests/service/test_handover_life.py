"""A handover from the first look to the closed record, signed by two people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import BadInput, NotAllowed, RuleViolation, StaleRecord
from app.models.entities.events import HandoverChanged
from app.models.entities.handover import HandoverState, LineState, Section
from app.models.entities.ids import PersonId
from app.models.entities.tickets import EventKind, TicketStatus, TicketType
from app.services.base.clock import FixedClock
from app.services.handover import commands, pins, queries, signing
from app.services.roster import commands as roster_commands
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


def sections(handover) -> dict[str, Section]:
    return {line.reference: line.section for line in handover.lines}


def test_the_sheet_writes_itself_section_by_section(desk, make):
    grave = make.ticket(priority=2, subject="Mail is down")
    make.event(grave, EventKind.NOTE, new="Vendor called, case 4711")
    late = make.ticket(due_in=timedelta(hours=-1))
    due = make.ticket(due_in=timedelta(hours=3))
    promised = make.ticket(promised_at=BEFORE_CHANGE + timedelta(minutes=30))
    handed_on = make.ticket(status=TicketStatus.ASSIGNED)
    complaint = make.ticket(type=TicketType.COMPLAINT)
    make.ticket(due_in=timedelta(days=3))
    roster_commands.leave_note(desk.outgoing, "打印机周六更换")

    handover = desk.opened()

    found = sections(handover)
    assert found[f"t{grave.id}"] is Section.GRAVE
    assert found[f"t{late.id}"] is Section.BREACHED
    assert found[f"t{due.id}"] is Section.DUE
    assert found[f"t{promised.id}"] is Section.PROMISED
    assert found[f"t{handed_on.id}"] is Section.UNACCEPTED
    assert found[f"t{complaint.id}"] is Section.COMPLAINT
    assert line_of(handover, f"t{grave.id}").body["said"] == "Vendor called, case 4711"
    assert [line.body["text"] for line in handover.lines if line.section is Section.NOTE] == [
        "打印机周六更换"
    ]
    assert len([line for line in handover.lines if line.ticket_id]) == 6


def test_what_is_due_is_looked_at_until_the_next_shift_really_ends(desk, make):
    just_inside = make.ticket(due_in=timedelta(hours=12, minutes=9))
    just_outside = make.ticket(due_in=timedelta(hours=12, minutes=10))

    found = sections(desk.opened())

    assert found.get(f"t{just_inside.id}") is Section.DUE
    assert f"t{just_outside.id}" not in found


def test_missed_calls_of_the_shift_are_one_line(desk):
    hour = {"offered": 20, "answered": 15, "source": "PBX"}
    starts = [BEFORE_CHANGE.replace(hour=at, minute=0) for at in (3, 4)]
    desk.write(lambda tx: tx.insert("call_hour", {"starts_at": _micros(starts[0]), "abandoned": 2, **hour}))
    desk.write(lambda tx: tx.insert("call_hour", {"starts_at": _micros(starts[1]), "abandoned": 5, **hour}))

    calls = line_of(desk.opened(), "calls")

    assert (calls.section, calls.body["missed"], calls.body["worst"]) == (Section.CALLS, 7, 5)


def test_people_late_or_missing_are_named_where_presence_is_recorded(desk, make):
    make.assignment(desk.zhao, FRIDAY, desk.day)
    came = {"person_id": desk.wang.id, "on_date": "2026-11-20", "template_id": desk.day.id}
    late = _micros(BEFORE_CHANGE.replace(hour=0, minute=25))
    desk.write(lambda tx: tx.insert("attendance", {**came, "in_at": late}))

    handover = desk.opened()

    assert line_of(handover, f"p{desk.wang.id}").body["late"] == 25
    assert line_of(handover, f"p{desk.zhao.id}").body["missing"] is True
    assert line_of(handover, "crew").body["present"] == 1


def test_equipment_and_end_checks_say_what_was_found(desk):
    check = {"code": "door", "moment": "end", "name": "Doors locked", "name_alt": "门窗已锁"}
    desk.write(lambda tx: tx.insert("shift_check", check))

    line = next(one for one in desk.opened().lines if one.section is Section.CHECK)

    assert (line.body["name"], line.body["is_good"]) == ("Doors locked", None)


def test_a_second_look_adds_settles_and_keeps_what_was_touched(desk, make):
    first = make.ticket(priority=1)
    second = make.ticket(priority=2)
    handover = desk.opened()
    ticked = line_of(handover, f"t{first.id}")
    commands.tick_lines(desk.incoming, [(ticked.id, ticked.version)], is_ticked=True)
    noted = line_of(handover, f"t{second.id}")
    commands.write_note(desk.outgoing, noted.id, "Waits for the vendor", version=noted.version)
    desk.write(lambda tx: tx.execute("UPDATE ticket SET is_open = false WHERE id = ?", (second.id,)))
    third = make.ticket(priority=1)

    commands.refresh_handover(desk.outgoing, handover.id)

    again = desk.sheet(handover.id)
    assert line_of(again, f"t{first.id}").state is LineState.TICKED
    assert line_of(again, f"t{second.id}").is_settled
    assert line_of(again, f"t{second.id}").note == "Waits for the vendor"
    assert line_of(again, f"t{third.id}").state is LineState.OPEN


def test_a_look_that_finds_nothing_new_announces_nothing(desk, make, announced):
    make.ticket(priority=1)
    desk.opened()
    announced.clear()

    commands.open_handover(desk.outgoing)

    assert [event for event in announced if isinstance(event, HandoverChanged)] == []


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


def test_a_shift_without_both_signatures_is_told_since_its_end(desk, clock, make):
    desk.opened()
    clock.advance(timedelta(minutes=40))

    found = queries.standing(desk.ctx)

    assert found.unsigned.template.code == "D"
    assert found.unsigned_state is HandoverState.DRAFT
    assert found.since == BEFORE_CHANGE + timedelta(minutes=10)


def test_a_desk_that_never_opened_a_sheet_is_not_told_of_one(desk, clock):
    clock.advance(timedelta(minutes=40))

    assert queries.standing(desk.ctx).unsigned is None


def test_a_staffed_shift_whose_sheet_nobody_opened_is_told(desk, clock, make):
    make.assignment(desk.wang, FRIDAY - timedelta(days=1), desk.night)
    clock.advance(timedelta(days=-1))
    commands.open_handover(desk.outgoing)
    clock.advance(timedelta(hours=13))

    assert queries.standing(desk.ctx).unsigned.template.code == "N"


def test_the_shift_before_the_first_sheet_is_not_told(desk, clock, make):
    make.assignment(desk.wang, FRIDAY - timedelta(days=1), desk.night)
    commands.open_handover(desk.outgoing)

    assert queries.standing(desk.ctx).unsigned is None


def test_once_both_have_signed_nothing_is_told(desk, clock):
    desk.closed()
    clock.advance(timedelta(minutes=40))

    found = queries.standing(desk.ctx)

    assert (found.unsigned, found.since) == (None, None)


def test_a_shift_without_a_leader_is_told(desk):
    desk.write(lambda tx: tx.execute("UPDATE assignment SET is_supervisor = false"))

    assert queries.standing(desk.ctx).is_unled


def test_the_book_is_searched_by_people_and_by_words_in_either_script(desk, clock, make):
    make.ticket(priority=1, subject="核心交换机故障")
    desk.closed()
    clock.advance(timedelta(hours=1))
    make.assignment(desk.zhao, FRIDAY + timedelta(days=1), desk.day, is_supervisor=True)
    commands.open_handover(desk.as_(desk.li))

    assert [one.number for one in queries.book(desk.ctx).entries] == [None, 1]
    assert [one.number for one in queries.book(desk.ctx, "交換機").entries] == [1]
    assert [one.number for one in queries.book(desk.ctx, "li na").entries] == [1]
    assert queries.book(desk.ctx, "no such thing").entries == ()


def test_a_long_book_is_read_in_pages(desk, clock):
    desk.closed()
    clock.advance(timedelta(hours=1))
    commands.open_handover(desk.as_(desk.li))

    first = queries.book(desk.ctx, limit=1)
    second = queries.book(desk.ctx, limit=1, after=first.after)

    assert [one.number for one in first.entries + second.entries] == [None, 1]


# --- PINs --------------------------------------------------------------------------------------------


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


def _micros(at) -> int:
    return int(at.timestamp()) * 1_000_000
