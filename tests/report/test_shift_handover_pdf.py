"""People, telephone and handover in the shift report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from app.models.entities.reports import HandoverLine, ShiftCalls, ShiftHandover, ShiftPerson
from app.services.reports.shift_page import render_shift_report
from tests.report.payloads import PAYLOADS
from tests.report.reading import all_text, foreign_content, squeezed
from tests.report.samples import shift_report

SIGNED = datetime(2026, 4, 16, 12, 4, tzinfo=UTC)
HANDOVER = ShiftHandover(
    "Signed by both",
    7,
    (HandoverLine("Open P1 and P2", "#10482 核心交换机", "Vendor called\nQuestion: when?", "Taken over"),),
    ("Wang Fang", SIGNED, ""),
    ("Li Na", SIGNED, "Sun Lei is ill"),
)


def text_of(english, **more) -> str:
    return all_text(render_shift_report(replace(shift_report(), **more), english))


def test_people_are_listed_with_how_they_came(english):
    people = (
        ShiftPerson("Wang Fang", leads=True, came=True),
        ShiftPerson("Li Na", came=True, late=12, early=3),
        ShiftPerson("Sun Lei", came=False),
    )

    text = text_of(english, people=people)

    assert "12 min late · left 3 min early" in text
    assert "did not check in" in text


def test_a_desk_without_presence_prints_no_such_table(english):
    assert "People of the shift" not in text_of(english, people=(ShiftPerson("Wang Fang"),))


def test_calls_are_counted_and_shared_out(english):
    text = text_of(english, calls=ShiftCalls(120, 105, 15, 3), opportunities=2)

    assert "Calls per person" in text
    assert "35.0" in text
    assert "Opportunities" in text


def test_calls_of_a_shift_nobody_was_rostered_for_are_not_divided(english):
    assert ShiftCalls(5, 5, 0, 0).per_person is None
    assert "Calls per person" in text_of(english, calls=ShiftCalls(5, 5, 0, 0))


def test_the_signed_handover_stands_there_with_its_lines(english):
    text = squeezed(text_of(english, handover=HANDOVER))

    assert "核心交换机" in text
    assert "Signedinthebook,no.7" in text
    assert "SunLeiisill" in text
    assert "Printedname" not in text


def test_a_handover_nobody_signed_is_signed_by_hand(english):
    text = text_of(english, handover=replace(HANDOVER, taken=None))

    assert "Printed name" in text


def test_whatever_people_wrote_is_printed(english):
    lines = tuple(HandoverLine(text, text, text, text) for text in PAYLOADS)

    pdf = render_shift_report(replace(shift_report(), handover=replace(HANDOVER, lines=lines)), english)

    assert foreign_content(pdf) == []


def test_the_same_facts_give_the_same_bytes(english):
    data = replace(shift_report(), handover=HANDOVER, calls=ShiftCalls(5, 4, 1, 2))

    assert render_shift_report(data, english) == render_shift_report(data, english)


def test_missed_calls_say_of_what_they_are_a_share(english):
    kept = text_of(english, calls=ShiftCalls(66, 60, 4, 3))
    left_out = text_of(english, calls=ShiftCalls(66, 60, 4, 3, keeps_hung_up=False))

    assert "6.1% of offered" in kept
    assert "6.2% less hung up" in left_out
