"""Text made printable, measured and broken into lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.reports.pdf.fonts import BOLD, REGULAR, has_glyph
from app.services.reports.pdf.text import CANNOT_START_LINE, fitted, lines, printable, width
from tests.report.reading import squeezed

CHINESE = (
    "值班主管说：“请先检查《操作规程》（第三版），再联系供应商！”——如果仍有问题，怎么办？答：立即升级；"
    "不要等待。VPN 连接失败（错误 809），用户已重启 2 次……结果相同、原因不明。“好的。”她说。"
)
TYPED = st.text(st.sampled_from("abcWi  ，。”》“（好的办法VPN12.-\n\u202e😀𠮷\x00"), max_size=80)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain English", "plain English"),
        ("中文，没有问题。", "中文，没有问题。"),
        ("𠮷野家", "[U+20BB7]野家"),
        ("done ✅ 😀", "done □ □"),
        ("👨\u200d👩\u200d👧 family", "□□□ family"),
        ("❤\ufe0f", "□" if not has_glyph("❤") else "❤"),
        ("invoice\u202egnp.exe", "invoice[U+202E]gnp.exe"),
        ("a\x00b\x1bc", "a□b□c"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\tb", "a    b"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("lone \ud800 surrogate", "lone □ surrogate"),
        ("e\u0301", "é"),
    ],
)
def test_what_the_fonts_cannot_draw_is_replaced_by_something_visible(typed: str, shown: str) -> None:
    assert printable(typed) == shown


@given(st.text(max_size=60))
def test_printable_text_holds_only_characters_of_the_fonts(typed: str) -> None:
    assert [
        character for character in printable(typed) if character != "\n" and not has_glyph(character)
    ] == []


@pytest.mark.parametrize("room", range(48, 260, 7))
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(room: int) -> None:
    broken = lines(CHINESE, REGULAR, 9, room)

    assert [line for line in broken if line[0] in CANNOT_START_LINE] == []
    assert [line for line in broken if line[-1] in "“（《"] == []


@given(TYPED, st.floats(20, 300), st.sampled_from([REGULAR, BOLD]))
@settings(max_examples=200)
def test_lines_fit_the_room_and_lose_nothing_but_spaces(typed: str, room: float, font: str) -> None:
    broken = lines(typed, font, 9, room)

    assert squeezed("".join(broken)) == squeezed(printable(typed))
    assert [line for line in broken if width(line, font, 9) > room + 1e-6 and len(line) > 1] == []


def test_english_words_stay_whole_where_they_fit() -> None:
    sentence = "Restart the print spooler on the warehouse server"

    assert " ".join(lines(sentence, REGULAR, 9, 100)) == sentence


def test_a_word_wider_than_the_room_is_cut() -> None:
    broken = lines("x" * 200, REGULAR, 9, 60)

    assert "".join(broken) == "x" * 200
    assert len(broken) > 10


def test_empty_text_is_one_empty_line() -> None:
    assert lines("", REGULAR, 9, 100) == [""]


def test_blank_lines_inside_a_note_are_kept_and_those_at_its_end_are_not() -> None:
    assert lines("one\n\ntwo\n\n\n", REGULAR, 9, 100) == ["one", "", "two"]


@given(TYPED, st.floats(20, 300))
def test_fitted_text_is_one_line_that_fits(typed: str, room: float) -> None:
    shown = fitted(typed, REGULAR, 9, room)

    assert "\n" not in shown
    assert width(shown, REGULAR, 9) <= room


def test_fitted_text_says_that_something_was_cut() -> None:
    assert fitted("Huaxin Precision Instruments", REGULAR, 9, 60).endswith("…")
