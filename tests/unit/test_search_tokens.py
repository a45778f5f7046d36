"""Search tokens: what is stored for a text, and pinyin initials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.search import tokens
from app.services.search.tokens import index_tokens, initials, matches_initials, norm


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打印机", ["打印", "印机", "机"]),
        ("机", ["机"]),
        ("打印机,VPN", ["打印", "印机", "机", "vpn"]),
        ("铁路12306", ["铁路", "路", "12306"]),
        ("ＶＰＮ　連線", ["vpn", "连线", "线"]),
        ("Café résumé", ["cafe", "resume"]),
        ("FIN-APP2 #10482", ["fin", "app2", "10482"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("!?… \x00 —", []),
    ],
)
def test_a_text_becomes_pairs_of_hanzi_and_whole_words(text, expected):
    assert index_tokens(text) == expected


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ＶＰＮ", "vpn"),
        ("CAFÉ", "cafe"),
        ("財務部", "财务部"),
        ("Straße", "strasse"),
        ("①", "1"),
        ("é", "é"),
    ],
)
def test_spellings_of_the_same_thing_are_equal(typed, stored):
    assert norm(typed) == norm(stored)


def test_marks_that_carry_meaning_stay():
    assert norm("がき") != norm("かき")


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert norm(norm(text)) == norm(text)


@given(st.text())
def test_tokens_hold_no_blanks_quotes_or_control_characters(text):
    assert all(token and not set(token) & set(" \t\n\x00\"'\\*&|!():<>") for token in index_tokens(text))


@given(st.text(alphabet="打印机卡纸abc12 ,，", max_size=40))
def test_every_pair_of_neighbouring_hanzi_is_a_token(text):
    pairs = {
        text[at : at + 2]
        for at in range(len(text) - 1)
        if all("\u4e00" <= c <= "\u9fff" for c in text[at : at + 2])
    }

    assert len(pairs) == 0 or pairs <= set(index_tokens(text))


def test_a_very_long_text_is_cut_where_a_tsvector_ends():
    assert len(index_tokens("打印机" * 50_000)) == tokens.MOST_TOKENS
    assert max(map(len, index_tokens("a" * 5_000))) == tokens.LONGEST_TOKEN


@pytest.mark.parametrize(
    ("name", "expected"),
    [("打印机", "dyj"), ("ERP 登录", "erpdl"), ("印表機", "ybj"), ("Wi-Fi（访客）", "wififk"), ("", "")],
)
def test_initials_are_the_first_letters_of_the_pinyin(name, expected):
    assert initials(name) == expected


@pytest.mark.parametrize("typed", ["dyj", "DYJ", "yj", "d", ""])
def test_a_name_is_found_by_a_stretch_of_its_initials(typed):
    assert matches_initials("网络打印机", typed)


def test_both_everyday_readings_of_a_hanzi_match():
    assert matches_initials("重启", "cq")
    assert matches_initials("重启", "zq")


def test_other_letters_do_not_match():
    assert not matches_initials("打印机", "dyx")
    assert not matches_initials("打印机", "dyjj")
    assert not matches_initials("打印机", "打")


@given(st.text(), st.text())
def test_initials_never_fail(name, typed):
    assert isinstance(initials(name), str)
    assert matches_initials(name, typed) in {True, False}


@given(st.text(alphabet="打印机卡纸网络连接失败", min_size=1, max_size=8))
def test_a_name_matches_its_own_initials(name):
    assert matches_initials(name, initials(name))
