"""The emergency card: whom to ring in the shifts to come, on a sheet for the purse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from app.models.entities.duty_card import CardPerson, CardShift, EmergencyCard
from app.services.base.texts import Texts
from app.services.reports.emergency_page import render_emergency_card
from tests.report.reading import all_text, fonts_of, foreign_content, page_texts, squeezed
from tests.report.samples import HEAD, at

WANG = CardPerson("王芳 Wang Fang", "First line", "13800138000")
CARD = EmergencyCard(
    replace(HEAD, desk="1818"),
    (
        CardShift("D", "Day", date(2026, 4, 16), at(8), at(20), (WANG,)),
        CardShift("N", "Night", date(2026, 4, 16), at(20), at(8), ()),
    ),
    (CardPerson("Zhou Jie", "Network", "139 0013 9000"),),
    (CardPerson("He Xin", "Systems", "6105"),),
)


def test_the_card_is_one_small_sheet(texts: Texts) -> None:
    (page,) = PdfReader(BytesIO(render_emergency_card(CARD, texts))).pages

    assert (round(page.mediabox.width), round(page.mediabox.height)) == (298, 420)


def test_desk_supervisor_standby_and_reachable_people_stand_with_their_numbers(english: Texts) -> None:
    text = all_text(render_emergency_card(CARD, english))

    for word in (
        "1818",
        "Wang Fang",
        "138 0013 8000",
        "Zhou Jie",
        "139 0013 9000",
        "He Xin",
        "6105",
        "Network",
    ):
        assert word in text
    assert "Day · 16 Apr 08:00 – 20:00" in text


def test_a_shift_without_a_supervisor_says_so(english: Texts) -> None:
    assert "nobody is named" in all_text(render_emergency_card(CARD, english))


def test_a_supervisor_without_a_number_says_so(english: Texts) -> None:
    silent = replace(CARD.shifts[0], leaders=(replace(WANG, number=""),))

    assert "no number" in all_text(render_emergency_card(replace(CARD, shifts=(silent,)), english))


def test_a_desk_without_a_shift_says_so(english: Texts) -> None:
    assert "No shift runs now." in all_text(render_emergency_card(replace(CARD, shifts=()), english))


def test_the_card_speaks_chinese(chinese: Texts) -> None:
    text = squeezed(all_text(render_emergency_card(CARD, chinese)))

    for word in ("应急卡", "值班主管", "备班", "王芳"):
        assert word in text


def test_many_people_go_on_on_further_sheets(english: Texts) -> None:
    many = tuple(CardPerson(f"Person {number}", "Systems", str(6000 + number)) for number in range(40))

    pages = page_texts(render_emergency_card(replace(CARD, reachable=many), english))

    assert len(pages) == 2
    assert "Person 39" in pages[-1]
    assert "Emergency card" in pages[-1]


def test_hostile_text_stays_text(english: Texts) -> None:
    hostile = CardPerson('<img src="/etc/passwd"/> <b>', "</para>" * 40, "+86 <a>")

    pdf = render_emergency_card(replace(CARD, standby=(hostile,)), english)

    assert foreign_content(pdf) == []
    assert "<img src=" in all_text(pdf)


def test_only_fonts_inside_the_file_are_named(chinese: Texts) -> None:
    assert all(fonts_of(render_emergency_card(CARD, chinese)).values())


def test_the_same_facts_give_the_same_bytes(texts: Texts) -> None:
    assert render_emergency_card(CARD, texts) == render_emergency_card(CARD, texts)


def test_who_is_at_work_now_stands_below_as_far_as_there_is_room(english: Texts) -> None:
    at_work = tuple(CardPerson(f"Agent {number}", "Hotline", f"61{number:02}") for number in range(40))

    content = render_emergency_card(replace(CARD, at_work=at_work), english)

    assert len(PdfReader(BytesIO(content)).pages) == 1
    text = all_text(content)
    assert "On duty now" in text
    assert "Agent 0" in text
    assert "more people" in text


def test_a_card_without_room_leaves_them_out(english: Texts) -> None:
    many = tuple(CardPerson(f"Person {number}", "Systems", str(6000 + number)) for number in range(15))
    reached = replace(CARD, standby=many, at_work=(CardPerson("Agent 7", "Hotline", "6107"),))

    assert len(PdfReader(BytesIO(render_emergency_card(reached, english))).pages) == 1
