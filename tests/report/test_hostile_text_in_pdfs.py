"""Whatever people type, a report is printed, shows it as typed, and fetches nothing."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import pytest
from reportlab import rl_config

from app.models.entities.reports import ReportHead, ShiftReport
from app.services.base.texts import Texts
from app.services.reports.pdf.fonts import has_glyph
from app.services.reports.pdf.text import printable
from app.services.reports.roster_page import render_roster_month
from app.services.reports.shift_page import render_shift_report
from tests.report.payloads import LONG_CHINESE, PAYLOADS
from tests.report.reading import all_text, foreign_content, running_text, squeezed
from tests.report.samples import roster_month, shift_report, ticket

T = TypeVar("T")

FURNITURE = re.compile(
    r"HuaxinPrecision华信精密·ITservicedesk(Shiftreport·.{0,60}?20:00)?Page\d+of\d+Printed.*$"
)


def with_every_text(value: T, text: str) -> T:
    """The same data with each text in it, at any depth, replaced by `text`; only the zone must stay."""
    return _replaced(value, text)  # type: ignore[no-any-return]


def _replaced(value: Any, text: str) -> Any:
    if type(value) is str:
        return text
    if isinstance(value, tuple):
        return tuple(_replaced(item, text) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = {"timezone"} if isinstance(value, ReportHead) else set()
        named = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in kept}
        return replace(value, **{name: _replaced(item, text) for name, item in named.items()})
    return value


def with_all_payloads() -> ShiftReport:
    """One report in which every payload is a subject, a person, a ticket's note and a note of the shift."""
    data = shift_report()
    urgent, major, call, note = data.urgent[0], data.majors[0], data.call_backs[0], data.notes[0]
    assert major.last_note is not None
    tickets = [ticket(n, text, 1 + n % 5, requester=text, holder=text) for n, text in enumerate(PAYLOADS)]
    return replace(
        data,
        urgent=tuple(replace(urgent, ticket=one) for one in tickets),
        majors=tuple(
            replace(major, ticket=one, last_note=replace(major.last_note, text=one.subject))
            for one in tickets
        ),
        call_backs=tuple(replace(call, ticket=one, phone=one.subject) for one in tickets),
        notes=tuple(replace(note, text=text, by=text, ticket=text) for text in PAYLOADS),
    )


def test_there_are_three_hundred_payloads() -> None:
    assert len(PAYLOADS) == 300


def test_a_report_full_of_hostile_texts_shows_each_as_typed(english: Texts) -> None:
    pdf = render_shift_report(with_all_payloads(), english)

    shown = running_text(pdf, FURNITURE)

    assert [text for text in PAYLOADS if squeezed(printable(text)) not in shown] == []


def test_a_report_full_of_hostile_texts_holds_nothing_foreign(chinese: Texts) -> None:
    pdf = render_shift_report(with_all_payloads(), chinese)

    assert foreign_content(pdf) == []


def test_a_report_full_of_hostile_texts_has_no_missing_glyph(english: Texts) -> None:
    text = all_text(render_shift_report(with_all_payloads(), english))

    assert {character for character in text if not character.isspace() and not has_glyph(character)} == set()


@pytest.mark.parametrize("payload", [*PAYLOADS[::6], LONG_CHINESE], ids=lambda text: ascii(text[:20]))
def test_no_text_anywhere_in_a_shift_report_can_break_it(payload: str, english: Texts) -> None:
    pdf = render_shift_report(with_every_text(shift_report(), payload), english)

    assert foreign_content(pdf) == []


@pytest.mark.parametrize("payload", [*PAYLOADS[::6], LONG_CHINESE], ids=lambda text: ascii(text[:20]))
def test_no_text_anywhere_in_a_roster_can_break_it(payload: str, chinese: Texts) -> None:
    pdf = render_roster_month(with_every_text(roster_month(), payload), chinese)

    assert foreign_content(pdf) == []


def test_two_thousand_characters_without_a_space_arrive_whole(english: Texts) -> None:
    data = shift_report()
    data = replace(data, notes=(replace(data.notes[0], text=LONG_CHINESE),))

    shown = running_text(render_shift_report(data, english), FURNITURE)

    assert LONG_CHINESE in shown


def test_reportlab_is_told_to_fetch_nothing(english: Texts) -> None:
    render_shift_report(shift_report(), english)

    assert rl_config.trustedSchemes == ["data"]
    assert rl_config.trustedHosts == []
