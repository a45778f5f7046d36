"""Order and highlights of hits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.search.ranking import highlight, score, snippet
from app.services.search.rules import Query, Word, parse


def marked(segments):
    return "".join(f"[{text}]" if is_hit else text for text, is_hit in segments)


def best_first(typed, *texts):
    query = parse(typed)
    return sorted(texts, key=lambda text: -score(query, [(text, 1.0)]))


def test_a_whole_text_beats_its_start_beats_a_word_inside():
    assert best_first("vpn", "no vpn here", "vpn", "vpn down", "openvpn") == [
        "vpn",
        "vpn down",
        "no vpn here",
        "openvpn",
    ]


def test_a_hit_in_the_subject_counts_more_than_one_in_the_text():
    query = parse("打印机")

    assert score(query, [("打印机卡纸", 3.0), ("", 1.0)]) > score(query, [("卡纸", 3.0), ("打印机", 1.0)]) / 2


def test_all_words_beat_one_word():
    assert best_first("erp 登录", "ERP 月结", "ERP 登录报 503")[0] == "ERP 登录报 503"


def test_without_a_hit_the_score_is_zero():
    assert score(parse("vpn -x status:open"), [("nothing", 1.0), ("", 1.0)]) == 0


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("ERP 登录报 503", "erp 登录", "[ERP] [登录]报 503"),
        ("財務部無法登錄", "登录", "財務部無法[登錄]"),
        ("Café au lait", "cafe", "[Café] au lait"),
        ("Cafe\u0301 au lait", "café", "[Cafe]\u0301 au lait"),
        ("ＶＰＮ断线", "vpn", "[ＶＰＮ]断线"),
        ("openvpn and vpn", "vpn", "openvpn and [vpn]"),
        ("打印机打印", "打印", "[打印]机[打印]"),
        ("Straße", "strasse", "[Straße]"),
        ("nothing here", "vpn", "nothing here"),
    ],
)
def test_hits_are_marked_in_the_text_as_written(text, typed, expected):
    assert marked(highlight(text, parse(typed))) == expected


def test_a_snippet_shows_the_place_where_the_hits_are():
    text = "一" * 200 + " 先停应用池再重启许可服务 " + "二" * 200

    assert "[许可服务]" in marked(snippet(text, parse("许可服务"), 40))
    assert marked(snippet(text, parse("许可服务"), 40)).startswith("…")


def test_a_snippet_without_hits_is_the_beginning():
    assert marked(snippet("first second third fourth", parse("vpn"), 12)) == "first second…"


def test_line_breaks_become_blanks():
    assert marked(snippet("a\n\n b\tc", parse("b"), 20)) == "a [b] c"


WORDS = st.text(alphabet="打印机vpnéＶ ß1", min_size=1, max_size=5)


@given(st.text(max_size=80), WORDS)
def test_highlighted_segments_joined_are_the_text(text, word):
    assert "".join(part for part, _ in highlight(text, Query((Word(word),)))) == text


@given(st.text(max_size=200), WORDS, st.integers(0, 60))
def test_a_snippet_is_never_longer_than_asked(text, word, width):
    segments = snippet(text, Query((Word(word),)), width)

    assert len("".join(part for part, _ in segments if part != "…")) <= max(width, 8)
