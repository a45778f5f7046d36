"""The handover on paper: both languages, the same bytes each time, and texts as people typed them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.services.reports.handover_page import render_handover
from tests.report.payloads import PAYLOADS
from tests.report.reading import all_text, fonts_of, foreign_content, page_texts, squeezed

NOON = 1_795_147_200_000_000  # 2026-11-20 04:00 UTC, 12:00 in Shanghai


def signature(number: int, name: str, name_alt: str, reason: str = "") -> dict[str, Any]:
    return {"id": number, "name": name, "name_alt": name_alt, "at": NOON, "reason": reason}


def shift(code: str, name: str, name_alt: str) -> dict[str, Any]:
    return {
        "date": "2026-11-20",
        "template": 1,
        "code": code,
        "name": name,
        "name_alt": name_alt,
        "starts_at": NOON,
        "ends_at": NOON + 12 * 3_600_000_000,
    }


def line(text: str = "核心交换机故障", **more: Any) -> dict[str, Any]:
    body = {
        "number": "#10482",
        "type": "incident",
        "priority": 1,
        "status": "in_progress",
        "subject": text,
        "requester": "Chen",
        "requester_alt": "陈明",
        "holder": "Zhang Wei",
        "holder_alt": "张伟",
        "phone": "6102",
        "due_at": NOON,
        "promised_at": NOON,
        "is_major": True,
        "also": ["breached"],
        "said": text,
        "said_at": NOON,
        "said_by": "Zhang Wei",
        "said_by_alt": "张伟",
    }
    start = {
        "id": 1,
        "section": "grave",
        "reference": "t17",
        "body": body,
        "note": text,
        "state": "ticked",
        "question": text,
        "answer": text,
        "ticked": {"by": "Li Na", "by_alt": "李娜", "at": NOON},
    }
    return {**start, **more}


def record(**more: Any) -> dict[str, Any]:
    start = {
        "format": 1,
        "number": 7,
        "previous": "ab" * 32,
        "site": {
            "name": "IT service desk",
            "name_alt": "信息服务台",
            "timezone": "Asia/Shanghai",
            "language": "zh_CN",
        },
        "shift": shift("D", "Day", "白班"),
        "next_shift": shift("N", "Night", "夜班"),
        "leaders": [{"id": 1, "name": "Wang Fang", "name_alt": "王芳"}],
        "next_leaders": [{"id": 2, "name": "Li Na", "name_alt": "李娜"}],
        "opened_at": NOON,
        "remarks": "一切正常",
        "lines": [line()],
        "out": signature(1, "Wang Fang", "王芳"),
        "in": signature(2, "Li Na", "李娜"),
    }
    return {**start, **more}


@pytest.fixture(autouse=True)
def _catalogues(chinese) -> None:
    """The Chinese catalogue is compiled before a paper asks for it."""


def test_the_paper_says_everything_in_the_sites_language_and_then_in_the_other() -> None:
    first, second = (squeezed(page) for page in page_texts(render_handover(record())))

    for words in ("白班", "签字", "王芳", "李娜", "核心交换机故障", "一切正常", "张伟"):
        assert words in first
    for words in ("Handoverno.7", "Day", "WangFang", "LiNa", "核心交换机故障", "ZhangWei"):
        assert words in second


def test_a_site_that_speaks_english_prints_english_first() -> None:
    english = record(site={**record()["site"], "language": "en"})

    assert "Handover no. 7" in page_texts(render_handover(english))[0]


def test_the_same_record_gives_the_same_bytes() -> None:
    assert render_handover(record()) == render_handover(record())


def test_another_record_gives_other_bytes() -> None:
    assert render_handover(record()) != render_handover(record(remarks="一切正常。"))


def test_the_paper_names_its_record_and_the_one_before() -> None:
    text = squeezed(all_text(render_handover(record())))

    assert "ab" * 32 in text
    assert len(re.findall(r"[0-9a-f]{64}", text)) == 4


def test_a_stand_in_is_told_with_the_reason() -> None:
    text = all_text(render_handover(record(out=signature(3, "Zhao Lei", "赵磊", "王芳病了"))))

    assert "王芳病了" in text


def test_a_draft_says_that_it_is_not_signed() -> None:
    text = all_text(render_handover({**record(), "in": None, "out": None}))

    assert "Not signed yet" in text
    assert "SHA-256" not in text


def test_a_sheet_without_lines_says_so() -> None:
    assert "There was nothing to hand over." in all_text(render_handover(record(lines=[])))


def test_lines_of_every_section_are_printed() -> None:
    bodies = {
        "note": ("n4", {"text": "打印机", "at": NOON, "by": "Wu", "by_alt": "吴"}),
        "calls": ("calls", {"offered": 9, "taken": 7, "missed": 2, "worst_at": NOON, "worst": 2}),
        "people": ("p3", {"name": "Wu", "name_alt": "吴强", "missing": False, "late": 12, "early": 3}),
        "check": (
            "c1",
            {"name": "Doors", "name_alt": "门窗", "moment": "end", "is_good": False, "found": "坏", "by": ""},
        ),
        "call_back": ("unconfirmed", {"count": 4}),
    }
    lines = [
        line(id=at, section=section, reference=reference, body=body, ticked=None, state="answered")
        for at, (section, (reference, body)) in enumerate(bodies.items())
    ]

    text = squeezed(all_text(render_handover(record(lines=lines))))

    for words in ("打印机", "2callswerenotanswered", "12minlate", "Notinorder", "门窗", "4resolvedtickets"):
        assert words in text


@pytest.mark.parametrize("text", PAYLOADS, ids=lambda text: ascii(text[:20]))
def test_whatever_people_type_is_printed_and_fetches_nothing(text: str) -> None:
    hostile = record(
        remarks=text,
        lines=[line(text)],
        out=signature(1, text, text, text),
        leaders=[{"id": 1, "name": text}],
    )

    pdf = render_handover(hostile)

    assert foreign_content(pdf) == []
    assert all(fonts_of(pdf).values())


def test_four_hundred_lines_are_printed() -> None:
    lines = [line(f"Subject {at}", id=at, reference=f"t{at}") for at in range(400)]

    text = all_text(render_handover(record(lines=lines)))

    assert all(f"Subject {at}" in text for at in range(400))
