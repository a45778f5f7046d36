"""What a second look changes on a sheet, who may sign, and what seals a record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.handover import Fact, HandoverState, Line, LineState, Section, Side
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import ShiftAt, ShiftKind, ShiftTemplate
from app.services.handover import rules

EIGHT = datetime(2026, 11, 20, 12, tzinfo=UTC)
WANG, LI = PersonId(1), PersonId(2)


def fact(section: Section = Section.DUE, reference: str = "t1", **body: object) -> Fact:
    return Fact(section, reference, body)


def line(
    section: Section = Section.DUE, reference: str = "t1", state: LineState = LineState.OPEN, **body: object
) -> Line:
    return Line(7, section, reference, 0, body, "", state, "", "", "", None, 3)


def code_of(deed, *given, **named) -> str:
    with pytest.raises((RuleViolation, BadInput)) as refused:
        deed(*given, **named)
    return refused.value.code


def day_shift() -> ShiftAt:
    template = ShiftTemplate(TemplateId(1), "D", "Day", "", ShiftKind.WORK, 480, 720, "d", 0, True, 1)
    return ShiftAt(template, EIGHT.date(), EIGHT - timedelta(hours=12), EIGHT)


def test_a_sheet_is_due_twenty_minutes_before_the_end_and_not_a_second_sooner():
    due = EIGHT - timedelta(minutes=20)

    assert rules.is_draft_due(day_shift(), due)
    assert not rules.is_draft_due(day_shift(), due - timedelta(seconds=1))


def test_a_ticket_stands_under_its_gravest_heading_and_names_the_others():
    found = rules.one_per_ticket(
        [fact(Section.DUE), fact(Section.GRAVE), fact(Section.UNACCEPTED), fact(Section.NOTE, "n1")]
    )

    assert [(one.section, one.reference) for one in found] == [(Section.GRAVE, "t1"), (Section.NOTE, "n1")]
    assert found[0].body == {"also": ["due", "unaccepted"]}


def test_what_is_new_is_added():
    assert rules.merge([], [fact()]).added == (fact(),)


def test_what_did_not_change_is_left_alone():
    changes = rules.merge([line(subject="VPN")], [fact(subject="VPN")])

    assert (changes.added, changes.updated, changes.settled) == ((), (), ())


def test_an_untouched_line_follows_the_facts_to_another_heading():
    now_late = fact(Section.BREACHED, subject="VPN")

    assert rules.merge([line()], [now_late]).updated == ((line(), now_late),)


def test_a_ticked_line_stays_and_a_graver_side_is_a_new_line():
    now_late = fact(Section.BREACHED)

    changes = rules.merge([line(state=LineState.TICKED)], [now_late])

    assert (changes.added, changes.updated) == ((now_late,), ())


def test_a_side_that_was_known_when_it_was_ticked_is_no_new_line():
    ticked = line(Section.GRAVE, state=LineState.TICKED, also=["breached"])

    assert rules.merge([ticked], [fact(Section.BREACHED)]).added == ()


def test_what_is_no_longer_true_is_settled_once():
    settled = line(settled_at=5)

    assert rules.merge([line()], []).settled == (line(),)
    assert rules.merge([settled], []).settled == ()


def test_what_is_true_again_is_settled_no_more():
    settled = line(settled_at=5)

    changes = rules.merge([settled], [fact()])

    assert changes.updated == ((settled, fact()),)
    assert "settled_at" not in rules.body_of(settled, fact())


def test_what_people_asked_outlives_a_change_of_the_facts():
    asked = line(asked={"by": "Li Na"}, subject="VPN")

    assert rules.body_of(asked, fact(subject="VPN again")) == {
        "subject": "VPN again",
        "asked": {"by": "Li Na"},
    }


@pytest.mark.parametrize(
    ("state", "body", "is_done"),
    [
        (LineState.OPEN, {}, False),
        (LineState.OPEN, {"settled_at": 5}, True),
        (LineState.TICKED, {}, True),
        (LineState.ANSWERED, {}, True),
        (LineState.ASKED, {}, False),
        (LineState.ASKED, {"settled_at": 5}, False),
    ],
)
def test_a_line_is_done_once_it_is_ticked_answered_or_settled(state, body, is_done):
    assert line(state=state, **body).is_done is is_done


def test_the_rostered_leader_signs_without_a_reason():
    rules.check_signer(Side.OUT, WANG, {WANG}, out_by=None, may_write=False, reason="")


def test_somebody_else_signs_with_the_right_and_a_reason():
    rules.check_signer(Side.IN, LI, {WANG}, out_by=None, may_write=True, reason="Wang is ill")


@pytest.mark.parametrize(
    ("side", "signer", "may_write", "reason", "code"),
    [
        (Side.IN, WANG, True, "nobody else", "handover.same_person"),
        (Side.OUT, LI, False, "ill", "handover.not_leader"),
        (Side.OUT, LI, True, "  ", "handover.reason_missing"),
    ],
)
def test_a_signature_is_refused(side, signer, may_write, reason, code):
    refused = code_of(
        rules.check_signer, side, signer, set(), out_by=WANG, may_write=may_write, reason=reason
    )

    assert refused == code


def test_closing_waits_for_the_outgoing_signature_and_for_every_line():
    asked = [line(state=LineState.ASKED)]

    assert code_of(rules.check_may_close, HandoverState.DRAFT, []) == "handover.out_first"
    assert code_of(rules.check_may_close, HandoverState.SIGNED_OUT, asked) == "handover.asked_open"
    assert code_of(rules.check_may_close, HandoverState.SIGNED_OUT, [line()]) == "handover.lines_open"


def test_four_to_eight_digits_are_a_pin_and_nothing_else_is():
    found = [rules.is_pin(text) for text in ("1357", "13579024", "135", "135790246", "13a7", "１３５７", "")]

    assert found == [True, True, False, False, False, False, False]


@pytest.mark.parametrize("pin", ["0000", "1234", "87654321"])
def test_a_pin_anybody_would_try_first_is_refused(pin):
    assert code_of(rules.check_pin, pin) == "handover.pin_simple"


def test_a_pin_with_some_steps_is_taken():
    rules.check_pin("1235")


def test_texts_are_trimmed_and_what_no_database_takes_is_replaced():
    assert rules.check_length("  a\0b\ud800  ") == "a b?"


def test_a_text_that_is_too_long_is_refused():
    assert code_of(rules.check_length, "x" * 2_001) == "handover.too_long"


def test_a_record_is_one_text_whatever_the_order_of_its_keys():
    assert rules.canonical({"b": 1, "a": "名"}) == '{"a":"名","b":1}' == rules.canonical({"a": "名", "b": 1})


def test_the_seal_depends_on_all_it_seals():
    seals = {
        rules.chain_hash("", "{}", "p"),
        rules.chain_hash("x", "{}", "p"),
        rules.chain_hash("", "{ }", "p"),
        rules.chain_hash("", "{}", "q"),
    }

    assert len(seals) == 4


def test_words_are_found_in_any_case_width_and_script():
    texts = ["Li Na", "核心交换机"]

    assert rules.has_words(texts, "ＬＩ 交換機")
    assert not rules.has_words(texts, "li router")


def test_every_text_of_a_record_is_looked_at():
    assert list(rules.words_in({"a": ["x", {"b": "y"}], "c": 3})) == ["x", "y"]
