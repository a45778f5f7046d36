"""The query language: what people type, as words and filters, and back."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.models.entities.errors import BadInput
from app.services.search.fields import FIELD_BY_NAME, FIELDS, FieldKind
from app.services.search.rules import FilterTerm, Operator, Query, Word, parse, to_text, with_term, without


def one_filter(text):
    (term,) = parse(text).filters
    return term


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status:open", FilterTerm("status", Operator.IS, ("open",))),
        ("状态:处理中", FilterTerm("status", Operator.IS, ("in_progress",))),
        ("状态：已分派、挂起", FilterTerm("status", Operator.IS, ("assigned", "waiting"))),
        ("STATUS:In-Progress", FilterTerm("status", Operator.IS, ("in_progress",))),
        ("due<2d", FilterTerm("due", Operator.LESS, ("2d",))),
        ("剩余＜30分钟", FilterTerm("due", Operator.LESS, ("30min",))),
        ("due: today", FilterTerm("due", Operator.IS, ("today",))),
        ("received>=2026-04-01", FilterTerm("received", Operator.AT_LEAST, ("2026-04-01",))),
        ("受理>=2026/04/01", FilterTerm("received", Operator.AT_LEAST, ("2026-04-01",))),
        ("team:field", FilterTerm("team", Operator.IS, ("field",))),
        ('team:"First line",field', FilterTerm("team", Operator.IS, ("First line", "field"))),
        ("priority:p1", FilterTerm("priority", Operator.IS, ("1",))),
        ("优先级:紧急,高", FilterTerm("priority", Operator.IS, ("1", "2"))),
        ("priority<=2", FilterTerm("priority", Operator.AT_MOST, ("2",))),
        ("assignee:me", FilterTerm("assignee", Operator.IS, ("me",))),
        ("处理人:我", FilterTerm("assignee", Operator.IS, ("me",))),
        ("assignee:未分派", FilterTerm("assignee", Operator.IS, ("none",))),
        ("vip:yes", FilterTerm("vip", Operator.IS, ("yes",))),
        ("超时:是", FilterTerm("breached", Operator.IS, ("yes",))),
        ("category:ERP", FilterTerm("category", Operator.IS, ("ERP",))),
        ("type:故障", FilterTerm("type", Operator.IS, ("incident",))),
        ("-type:incident", FilterTerm("type", Operator.IS_NOT, ("incident",))),
        ("-due<2d", FilterTerm("due", Operator.AT_LEAST, ("2d",))),
        ("#10482", FilterTerm("number", Operator.IS, ("10482",))),
        ("＃10482", FilterTerm("number", Operator.IS, ("10482",))),
        ("编号:10482", FilterTerm("number", Operator.IS, ("10482",))),
        ("age>3d", FilterTerm("age", Operator.MORE, ("3d",))),
    ],
)
def test_a_filter_is_read_in_both_languages(text, expected):
    assert one_filter(text) == expected


def test_words_phrases_and_exclusions_stand_beside_filters():
    query = parse('printer “exact phrase” -word status:open -"not this"')

    assert query.words == (
        Word("printer"),
        Word("exact phrase", is_phrase=True),
        Word("word", is_negated=True),
        Word("not this", is_phrase=True, is_negated=True),
    )
    assert query.filters == (FilterTerm("status", Operator.IS, ("open",)),)


def test_filters_on_one_field_join():
    assert parse("status:new team:field status:waiting #1 #2").filters == (
        FilterTerm("status", Operator.IS, ("new", "waiting")),
        FilterTerm("team", Operator.IS, ("field",)),
        FilterTerm("number", Operator.IS, ("1", "2")),
    )


@pytest.mark.parametrize("text", ["", "   ", "　", "- ", "!!! ---", '""', "…"])
def test_nothing_to_look_for_is_an_empty_query(text):
    assert parse(text).is_empty


@pytest.mark.parametrize(
    "text", ["http://erp.example/login", "12:30", "error:503", "a<b", "C:\\Users", "IIS:8080"]
)
def test_a_colon_without_a_field_is_an_ordinary_word(text):
    assert parse(text) == Query((Word(text),))


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ('vpn "open', "search.quote_open", 4),
        ("vpn stauts:open", "search.unknown_field", 4),
        ("vpn status:maybe", "search.unknown_value", 11),
        ("status:", "search.value_missing", 0),
        ("team:,", "search.value_missing", 0),
        ("team<3", "search.not_ordered", 0),
        ("due<soon", "search.unknown_value", 4),
        ("received:2026-02-30", "search.unknown_value", 9),
        ("received:9999-12-31", "search.unknown_value", 9),
        ("received>0001-01-01", "search.unknown_value", 9),
        ("x" * 3_000, "search.too_long", 2_000),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text, code, position):
    with pytest.raises(BadInput) as error:
        parse(text)

    assert (error.value.code, error.value.params["position"]) == (code, position)


def test_a_mistyped_field_gets_a_suggestion():
    with pytest.raises(BadInput) as error:
        parse("priorty:1")

    assert error.value.params["suggestion"] == "priority"


def test_every_word_of_every_fixed_list_is_understood():
    for spec in FIELDS:
        for word, value in spec.values.items():
            assert one_filter(f"{spec.name}:{word}").values == (value,)


FRAGMENTS = st.sampled_from(
    [
        "status:",
        "状态：",
        "open",
        "-",
        '"',
        "“",
        "”",
        "#",
        "due",
        "<",
        "＜=",
        "2d",
        " ",
        "　",
        ",",
        "、",
        "打印机",
        "vpn",
        ":",
        "*",
        "'",
        "\\",
    ]
)
TYPED = st.one_of(st.text(max_size=60), st.lists(FRAGMENTS, max_size=12).map("".join))


def parsed(text):
    """The query, or what was refused."""
    try:
        return parse(text)
    except BadInput as refused:
        return refused


@given(TYPED)
def test_any_text_is_read_or_refused_with_a_place(text):
    result = parsed(text)

    assert isinstance(result, Query) or 0 <= result.params["position"] <= len(text)


@given(TYPED)
def test_a_query_written_as_text_reads_back_the_same(text):
    query = parsed(text)
    assume(isinstance(query, Query))

    assert parse(to_text(query)) == query


NAMES = st.text(min_size=1, max_size=12).map(str.strip).filter(bool)


def terms_of(spec):
    if spec.kind is FieldKind.TIME:
        values = st.sampled_from(["2d", "30min", "-1w", "2026-04-16"])
    elif spec.kind is FieldKind.NAME:
        values = NAMES.filter(lambda name: one_filter_or_none(spec.name, name))
    elif spec.name == "number":
        values = st.integers(0, 10**9).map(str)
    else:
        values = st.sampled_from(sorted(set(spec.values.values())))
    return st.lists(values, min_size=1, max_size=3, unique=True).map(
        lambda chosen: FilterTerm(spec.name, Operator.IS, tuple(chosen))
    )


def one_filter_or_none(field, name):
    quoted = name.replace('"', '""')
    return parse(f'{field}:"{quoted}"').filters[0].values == (name,)


@given(
    st.lists(st.sampled_from(FIELDS), max_size=4, unique_by=lambda spec: spec.name).flatmap(
        lambda specs: st.tuples(*map(terms_of, specs))
    )
)
def test_any_set_of_chips_survives_being_written_as_text(terms):
    query = Query((Word("打印机"),), terms)

    assert parse(to_text(query)) == query


def test_a_chip_can_be_taken_away_and_put_back():
    query = parse("vpn status:open team:field")
    team = query.filters[1]

    assert to_text(without(query, team)) == "vpn status:open"
    assert with_term(without(query, team), team) == query
    assert with_term(query, FilterTerm("team", Operator.IS, ("first",))).filters[1].values == (
        "field",
        "first",
    )


def test_field_names_and_words_are_unique():
    words = [word for spec in FIELDS for word in (spec.name, *spec.words)]

    assert len(words) == len(set(words))
    assert set(FIELD_BY_NAME) <= set(words)
