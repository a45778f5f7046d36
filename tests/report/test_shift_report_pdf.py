"""The shift report as its readers see it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.models.entities.reports import Figures, SlaTally, TicketNote
from app.models.entities.tickets import TicketType
from app.services.base.texts import Texts
from app.services.reports.pdf.fonts import has_glyph
from app.services.reports.pdf.text import CANNOT_START_LINE
from app.services.reports.shift_page import render_shift_report
from tests.report.reading import all_text, fonts_of, page_texts, squeezed
from tests.report.samples import at, shift_report, ticket


def test_every_section_is_there_in_english(english: Texts) -> None:
    text = all_text(render_shift_report(shift_report(), english))

    for heading in (
        "Shift report",
        "Duty supervisor",
        "Received and resolved per hour",
        "By priority",
        "By type",
        "Breached and at risk",
        "Open P1 and P2",
        "Waiting for call-back",
        "Notes for the next shift",
        "Handing over: outgoing duty supervisor",
        "Taking over: incoming duty supervisor",
    ):
        assert heading in text


def test_every_section_is_there_in_chinese(chinese: Texts) -> None:
    text = squeezed(all_text(render_shift_report(shift_report(), chinese)))

    for heading in (
        "班次报告",
        "值班主管",
        "每小时受理与解决",
        "按优先级",
        "按类型",
        "已超时与即将超时",
        "未结的P1与P2",
        "待回电",
        "交接事项",
        "交班：本班值班主管",
        "接班：下一班值班主管",
    ):
        assert heading in text


def test_the_chinese_report_has_no_english_word_of_ours(chinese: Texts) -> None:
    shown = all_text(render_shift_report(shift_report(), chinese))

    ours = {
        "Received",
        "Resolved",
        "Priority",
        "Total",
        "Due",
        "Missed",
        "Printed",
        "Page",
        "Critical",
        "left",
    }
    assert ours & set(re.findall(r"[A-Za-z]+", shown)) == set()


def test_facts_arrive_on_paper(texts: Texts) -> None:
    text = squeezed(all_text(render_shift_report(shift_report(), texts)))

    for fact in (
        "Huaxin Precision 华信精密",
        "Wang Fang 王芳 1818",
        "Xu Bo 徐波 139 0000 1111",
        "08:00 – 20:00",
        "#10475",
        "VPN 连接失败，三楼整个采购部无法登录 ERP（提示“证书已过期”）。",
        "供应商工程师已到场，正在更换电源模块；预计 20:30 前恢复。",
        "138 0000 2222",
        "二号楼交换机更换后请再次确认 MES 终端能否登录；",
        "Guo Ming 郭明",
    ):
        assert squeezed(fact) in text


def test_times_are_the_sites_wall_clock(english: Texts) -> None:
    text = all_text(render_shift_report(shift_report(), english))

    assert "1 h 12 min over" in text
    assert "35 min left" in text
    assert re.search(r"16.* 18:40", text)


def test_pages_are_numbered_to_the_last(english: Texts) -> None:
    pages = page_texts(render_shift_report(shift_report(), english))

    assert [f"Page {n} of {len(pages)}" in text for n, text in enumerate(pages, 1)] == [True] * len(pages)
    assert len(pages) == 2


def test_pages_are_numbered_in_chinese_too(chinese: Texts) -> None:
    pages = page_texts(render_shift_report(shift_report(), chinese))

    assert squeezed("第 2 页，共 2 页") in squeezed(pages[-1])


def test_every_page_says_where_it_comes_from(texts: Texts) -> None:
    for page in page_texts(render_shift_report(shift_report(), texts)):
        assert "华信精密" in page
        assert "19:52" in page
        assert "Wang Fang 王芳" in page


def test_every_font_is_embedded(texts: Texts) -> None:
    fonts = fonts_of(render_shift_report(shift_report(), texts))

    assert {name.partition("+")[2] for name in fonts} == {"NotoSansSC-Regular", "NotoSansSC-Bold"}
    assert all(fonts.values())


def test_the_same_data_give_the_same_bytes(texts: Texts) -> None:
    assert render_shift_report(shift_report(), texts) == render_shift_report(shift_report(), texts)


def test_every_character_on_paper_exists_in_the_embedded_font(texts: Texts) -> None:
    text = all_text(render_shift_report(shift_report(), texts))

    assert {character for character in text if not character.isspace() and not has_glyph(character)} == set()


def test_no_line_begins_with_closing_punctuation(chinese: Texts) -> None:
    long = "".join(
        f"第{n}项：请检查“设备{n}”（编号{n}），完成后签字；如有异常，立即上报！" for n in range(60)
    )
    data = shift_report()
    data = replace(data, notes=(replace(data.notes[0], text=long),))

    shown = all_text(render_shift_report(data, chinese)).splitlines()

    assert [line for line in shown if line.strip() and line.strip()[0] in CANNOT_START_LINE] == []


def test_promised_times_have_a_column_only_where_one_was_promised(english: Texts) -> None:
    data = shift_report()
    promised = replace(data.call_backs[0], promised_at=data.call_backs[0].since)
    unpromised = tuple(replace(line, promised_at=None) for line in data.call_backs)

    with_one = all_text(render_shift_report(replace(data, call_backs=(promised,)), english))
    without = all_text(render_shift_report(replace(data, call_backs=unpromised), english))

    assert "Promised time" in with_one
    assert "Promised time" not in without


def test_a_quiet_shift_says_so_in_every_list(english: Texts) -> None:
    quiet = replace(
        shift_report(),
        supervisor=None,
        on_duty=(),
        total=Figures(),
        hours=(),
        by_type=(),
        by_priority=(),
        urgent=(),
        majors=(),
        call_backs=(),
        notes=(),
    )

    text = all_text(render_shift_report(quiet, english))

    for sentence in (
        "Nobody was entered as duty supervisor",
        "nothing decided yet",
        "No ticket is overdue or close to it.",
        "No P1 or P2 is open.",
        "Nobody waits for a call.",
        "No notes were left.",
    ):
        assert sentence in text


def test_headings_of_a_long_table_are_repeated_on_each_page(english: Texts) -> None:
    data = shift_report()
    many = tuple(
        replace(data.urgent[0], ticket=ticket(20000 + n, f"Terminal {n} does not print")) for n in range(150)
    )

    pages = page_texts(render_shift_report(replace(data, urgent=many), english))

    with_rows = [text for text in pages if "does not print" in text]
    assert len(with_rows) > 3
    assert [text for text in with_rows if "Time left" not in text] == []


def test_a_note_longer_than_a_page_goes_on_over_the_page(texts: Texts) -> None:
    data = shift_report()
    long = "\n".join(f"step {n}" for n in range(200))
    major = replace(data.majors[0], last_note=TicketNote(long, at(19), "Zhang Wei"))

    text = squeezed(all_text(render_shift_report(replace(data, majors=(major,)), texts)))

    assert [n for n in range(200) if f"step{n}" not in text] == []


def test_a_major_incident_is_marked_among_the_grave_ones(english: Texts, chinese: Texts) -> None:
    data = shift_report()
    line = data.majors[0]
    marked = replace(data, majors=(replace(line, ticket=replace(line.ticket, is_major=True)),))

    assert "Major incident" not in all_text(render_shift_report(data, english))
    assert "Major incident" in all_text(render_shift_report(marked, english))
    assert "重大故障" in all_text(render_shift_report(marked, chinese))


@pytest.mark.parametrize("ticket_type", list(TicketType))
def test_every_ticket_type_has_a_name(ticket_type: TicketType, chinese: Texts) -> None:
    data = shift_report()
    line = replace(data.by_type[0], type=ticket_type)

    assert render_shift_report(replace(data, by_type=(line,)), chinese)


def test_overdue_and_open_promises_count_as_missed_in_the_share() -> None:
    assert SlaTally(met=3, missed=1, open=5).share == 0.75
    assert SlaTally(open=5).share is None
