"""Full-text questions: the same token groups for SQLite and PostgreSQL; U52, U53."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.errors import BadInput
from app.services.search.matching import (
    match_for,
    to_fts5_text,
    to_pg_tsquery,
    to_sqlite_match,
    to_sqlite_none,
    to_tsvector_literal,
)
from app.services.search.rules import Query, parse
from app.services.search.tokens import index_tokens

DOCUMENTS = {
    1: "打印机卡纸无法打印,VPN连接失败",
    2: "铁路12306登录不上",
    3: "Café printer on FIN-APP2 prints blank pages #10482",
    4: "財務部全員無法登錄 ERP，頁面報 503",
    5: "打开网页很慢，印章系统正常",
}


@pytest.fixture(scope="module")
def index():
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "create virtual table doc using fts5(tokens, tokenize='unicode61 remove_diacritics 0', prefix='1')"
    )
    connection.executemany(
        "insert into doc(rowid, tokens) values (?, ?)",
        [(number, to_fts5_text(index_tokens(text))) for number, text in DOCUMENTS.items()],
    )
    yield connection
    connection.close()


def found(index, query, **options):
    match = match_for(query, **options)

    def ids(text):
        return (
            {row[0] for row in index.execute("select rowid from doc where doc match ?", (text,))}
            if text
            else set()
        )

    wanted = to_sqlite_match(match)
    return (ids(wanted) if wanted else set(DOCUMENTS)) - ids(to_sqlite_none(match))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("打印", {1}),
        ("卡纸", {1}),
        ("打印机", {1}),
        ("无法打印", {1}),
        ("无法", {1, 4}),
        ("VPN", {1}),
        ("ＶＰＮ", {1}),
        ("vp", {1}),
        ("机", {1}),
        ("败", {1}),
        ("12306", {2}),
        ("铁路", {2}),
        ("铁路12306", {2}),
        ("登录", {2, 4}),
        ("登錄", {2, 4}),
        ("cafe", {3}),
        ("CAFÉ prin", {3}),
        ("fin-app2", {3}),
        ("50", {4}),
        ("打印 vpn", {1}),
        ("打印 erp", set()),
        ("机打", set()),
        ("apers", set()),
        ('"blank pages"', {3}),
        ('"pages blank"', set()),
        ('"登录 erp"', {4}),
        ('"vpn连接"', {1}),
        ('"blank page"', set()),
        ("登录 -erp", {2}),
        ("-登录", {1, 3, 5}),
        ('-"blank pages" -铁路', {1, 4, 5}),
        ("", {1, 2, 3, 4, 5}),
    ],
)
def test_typed_words_find_exactly_these_documents(index, typed, expected):
    assert found(index, parse(typed)) == expected


def test_synonyms_widen_a_word_but_not_a_phrase(index):
    synonyms = {"打印机": ["printer"]}.get

    def widen(word):
        return synonyms(word, [])

    assert found(index, parse("打印机"), synonyms=widen) == {1, 3}
    assert found(index, parse('"打印机"'), synonyms=widen) == {1}


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                '"',
                "'",
                "\\",
                "*",
                ":",
                "(",
                ")",
                " AND ",
                " NOT ",
                "NEAR",
                "-",
                "^",
                "+",
                "打印",
                "机",
                "x",
                "\x00",
                "&",
                "|",
                "!",
                "<->",
                "𠀀",
                "ᏸ",
            ]
        ),
        max_size=14,
    ).map("".join),
)


@given(HOSTILE)
def test_whatever_is_typed_the_index_can_be_asked(index, text):
    try:
        query = parse(text)
    except BadInput:
        query = Query()

    assert found(index, query) <= set(DOCUMENTS)


@given(st.text(alphabet="打印机卡纸无法连接vpn 12,#", min_size=1, max_size=30))
def test_a_text_is_found_by_every_word_of_itself(text):
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "create virtual table doc using fts5(tokens, tokenize='unicode61 remove_diacritics 0')"
    )
    connection.execute("insert into doc values (?)", (to_fts5_text(index_tokens(text)),))

    asked = to_sqlite_match(match_for(parse(text.replace("#", " "))))
    hits = (
        connection.execute("select count(*) from doc where doc match ?", (asked,)).fetchone()[0]
        if asked
        else 1
    )
    connection.close()

    assert hits == 1


def test_postgresql_gets_the_same_groups():
    assert to_pg_tsquery(match_for(parse('打印机 vpn 机 "a b" -卡纸'))) == (
        "(('打印' <-> '印机')) & (('vpn':*)) & (('机':*)) & (('a' <-> 'b')) & !((('卡纸')))"
    )


def test_a_tsvector_literal_numbers_tokens_from_one():
    assert to_tsvector_literal(index_tokens("打印 vpn")) == "'打印':1 '印':2 'vpn':3"


@given(HOSTILE)
def test_postgresql_literals_never_leave_a_quotation_open(text):
    literal = to_tsvector_literal(index_tokens(text))

    assert literal.count("'") % 2 == 0
    assert "\x00" not in literal
