"""The printed priority matrix: one page, whatever it holds, legible without colour."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from app.models.entities.priority import Level
from app.models.entities.settings_papers import MatrixPaper
from app.models.entities.tickets import TicketType
from app.services.base.texts import Texts
from app.services.reports.matrix_page import MOST_POLICIES, render_matrix
from app.services.reports.pdf import styles
from app.services.reports.pdf.matrix_grid import ground, ink, shortened
from tests.report.payloads import LONG_CHINESE, PAYLOADS
from tests.report.reading import all_text, foreign_content, page_texts, squeezed
from tests.report.settings_papers import matrix_paper


def test_the_poster_has_levels_guidance_cells_and_promises(english: Texts) -> None:
    text = all_text(render_matrix(matrix_paper(), english))

    for words in ("Priority matrix", "Version 3", "1 Company", "What Departments means", "3 Later"):
        assert squeezed(words) in squeezed(text)
    assert text.count("P1") > 1
    assert "P5 Planned" in text
    assert "1 h · 3 d (27 h)" in text
    assert "Office hours" in text


def test_the_poster_speaks_chinese(chinese: Texts) -> None:
    text = squeezed(all_text(render_matrix(matrix_paper(), chinese)))

    for words in ("优先级矩阵", "Company中文", "Departments的含义", "贵宾故障", "3工作日(27小时)"):
        assert words in text


def test_more_policies_than_there_is_room_for_are_counted(english: Texts) -> None:
    text = all_text(render_matrix(matrix_paper(), english))

    assert f"Policy {MOST_POLICIES - 1}" in text
    assert f"Policy {MOST_POLICIES}" not in text
    assert "1 further policy" in text


@pytest.mark.parametrize(("down", "across"), [(3, 3), (4, 3), (5, 5), (3, 5)])
def test_it_is_one_page_whatever_its_size(texts: Texts, down: int, across: int) -> None:
    assert len(page_texts(render_matrix(matrix_paper(down, across), texts))) == 1


def with_every_text(text: str) -> MatrixPaper:
    data = matrix_paper(5, 5)
    named = {
        side: tuple(Level(each.number, text, text, text, text) for each in getattr(data.matrix, side))
        for side in ("impacts", "urgencies", "priorities")
    }
    policies = tuple(replace(each, name=text, name_alt=text) for each in data.table.policies)
    calendars = {code: replace(each, name=text) for code, each in data.calendars.items()}
    head = replace(data.head, site=text, desk=text, printed_by=text)
    matrix = replace(data.matrix, **named)
    table = replace(data.table, policies=policies)
    return replace(data, head=head, matrix=matrix, table=table, calendars=calendars)


@pytest.mark.parametrize("payload", [*PAYLOADS[::6], LONG_CHINESE], ids=lambda text: ascii(text[:20]))
def test_no_text_breaks_it_or_makes_a_second_page(payload: str, english: Texts) -> None:
    pdf = render_matrix(with_every_text(payload), english)

    assert foreign_content(pdf) == []
    assert len(page_texts(pdf)) == 1


def by_type(data: MatrixPaper, *kinds: TicketType) -> MatrixPaper:
    """Let each of these types have a matrix of its own in which everything is a priority less grave."""
    milder = {cell: min(5, priority + 1) for cell, priority in data.matrix.cells.items()}
    return replace(data, matrix=replace(data.matrix, by_type=dict.fromkeys(kinds, milder)))


def test_a_type_with_its_own_matrix_has_a_page_of_its_own(english: Texts) -> None:
    shared, own = page_texts(render_matrix(by_type(matrix_paper(), TicketType.REQUEST), english))

    assert "Priority matrix: Incident, Inquiry, Complaint, Monitoring event" in shared
    assert "Priority matrix: Service request" in own
    assert own.count("P5") > shared.count("P5")
    assert "VIP faults" in shared
    assert "VIP faults" not in own  # a policy that such tickets never meet


def test_pages_of_types_speak_chinese(chinese: Texts) -> None:
    pages = page_texts(render_matrix(by_type(matrix_paper(), TicketType.REQUEST), chinese))

    assert "优先级矩阵：服务请求" in squeezed(pages[1])


def test_types_with_the_same_matrix_share_a_page(english: Texts) -> None:
    pages = page_texts(
        render_matrix(by_type(matrix_paper(), TicketType.REQUEST, TicketType.INQUIRY), english)
    )

    assert len(pages) == 2
    assert "Service request, Inquiry" in pages[1]


def test_a_matrix_that_no_type_follows_is_not_printed(english: Texts) -> None:
    pages = page_texts(render_matrix(by_type(matrix_paper(), *TicketType), english))

    assert len(pages) == 1
    assert "Incident," not in pages[0]


def test_a_types_own_matrix_that_is_as_all_types_adds_no_page(english: Texts) -> None:
    data = matrix_paper()
    same = replace(data, matrix=replace(data.matrix, by_type={TicketType.REQUEST: data.matrix.cells}))

    assert render_matrix(same, english) == render_matrix(data, english)


def test_long_texts_break_no_page_of_a_type(english: Texts) -> None:
    data = by_type(with_every_text(LONG_CHINESE), *list(TicketType)[1:])

    assert len(page_texts(render_matrix(data, english))) == 2


def test_the_same_matrix_gives_the_same_bytes(texts: Texts) -> None:
    assert render_matrix(matrix_paper(), texts) == render_matrix(matrix_paper(), texts)


def luminance(color: str) -> float:
    """How light a colour is to the eye, 0 to 1, as WCAG defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_copy_without_colours_still_tells_priorities_apart() -> None:
    lights = [luminance(ground(priority)) for priority in range(1, 6)]

    assert lights == sorted(lights)
    assert all(later - earlier > 0.1 for earlier, later in pairwise(lights))


@pytest.mark.parametrize("priority", range(1, 7))
def test_words_are_legible_on_every_ground(priority: int) -> None:
    lights = sorted((luminance(ground(priority)), luminance(ink(priority))))

    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5


def test_a_text_is_shortened_at_its_end() -> None:
    style = styles.SMALL

    assert shortened("", style, 100, 2) == []
    assert shortened("short", style, 100, 2) == ["short"]
    assert shortened("word " * 50, style, 100, 0) == []
    cut = shortened("word " * 50, style, 100, 2)
    assert len(cut) == 2
    assert cut[1].endswith("…")
