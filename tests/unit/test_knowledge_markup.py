"""Articles as safe HTML, as plain text, and two versions side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.knowledge.differences import LineKind, folded, side_by_side
from app.services.knowledge.marks import without_marks
from app.services.knowledge.markup import plain_text, render

STEPS = """## Symptom
The page answers **HTTP 503**.

## Steps
1. Stop `FIN-APP2`.
2. Wait.
   - at least 60 s

> **Note** never the other way round
"""


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="file://server/share/x.png">',
        "![x](//server/share/x.png)",
        '<a href="file:///etc/passwd">x</a>',
        "<style>p{}</style>",
    ],
)
def test_nothing_that_runs_or_fetches_survives(hostile):
    html = render(hostile).html

    assert "<script" not in html
    assert "<img" not in html
    assert "<style" not in html
    assert "<a" not in html


def test_html_typed_into_an_article_is_shown_as_it_was_typed():
    assert "&lt;b&gt;" in render("Type <b> here").html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "//server/share", "data:x"])
def test_a_link_anywhere_but_the_web_is_none(address):
    assert "href" not in render(f"<{address}> [click]({address})").html.replace("&lt;", "")


def test_headings_are_the_contents_and_can_be_jumped_to():
    rendered = render(STEPS)

    assert [(each.text, each.level) for each in rendered.headings] == [("Symptom", 2), ("Steps", 2)]
    assert all(f'name="{each.anchor}"' in rendered.html for each in rendered.headings)


def test_a_quotation_becomes_a_box():
    assert '<table class="note"' in render(STEPS).html


def test_a_picture_leaves_its_words():
    assert "[the button]" in render("![the button](http://example.org/x.png)").html


def test_a_link_to_the_web_stays():
    assert 'href="https://example.org/"' in render("[more](https://example.org/)").html


def test_a_table_stays_a_table():
    assert "<td" in render("| a | b |\n|---|---|\n| 1 | 2 |").html


def test_plain_text_keeps_steps_and_drops_marks():
    assert plain_text(STEPS).splitlines() == [
        "Symptom",
        "The page answers HTTP 503.",
        "",
        "Steps",
        "1. Stop FIN-APP2.",
        "2. Wait.",
        "  - at least 60 s",
        "Note never the other way round",
    ]


def test_a_list_begins_where_its_author_began():
    assert plain_text("3. three\n4. four") == "3. three\n4. four"


def test_a_snippet_shows_no_signs():
    assert without_marks("## Steps\n**Stop** `FIN`\n> note") == "Steps\nStop FIN\nnote"


def test_a_snippet_of_a_table_keeps_its_words_apart():
    assert without_marks("| Card | 2 d |\n|---|---|\n| Phone | 1 d |") == "Card · 2 d · Phone · 1 d"


def test_emphasis_leaves_no_stars_but_a_product_keeps_its_own():
    assert without_marks("*Search tools* > **Status**: 2 * 3") == "Search tools > Status: 2 * 3"


@given(st.text(max_size=300))
def test_any_text_can_be_rendered_and_said(markdown):
    render(markdown)
    plain_text(markdown)


def test_a_changed_word_is_marked_within_its_line():
    (pair,) = side_by_side("wait 60 s", "wait 90 s")

    assert pair.kind is LineKind.CHANGED
    assert ("6", True) in pair.before
    assert ("9", True) in pair.after


def test_new_and_lost_lines_stand_alone():
    pairs = side_by_side("a\nb", "a\nb\nc")

    assert [pair.kind for pair in pairs] == [LineKind.SAME, LineKind.SAME, LineKind.ADDED]
    assert side_by_side("a\nb", "a")[1].kind is LineKind.REMOVED


def test_lines_that_have_nothing_in_common_are_marked_whole():
    (pair,) = side_by_side("restart the pool", "xyz")

    assert pair.before == (("restart the pool", True),)
    assert pair.after == (("xyz", True),)


def test_what_did_not_change_is_folded_but_for_its_neighbours():
    before = "\n".join(f"line {number}" for number in range(20))
    shown = folded(side_by_side(before, before.replace("line 10", "row 10")), around=2)

    assert shown[0] == 8
    assert [each for each in shown if isinstance(each, int)] == [8, 7]
    assert len(shown) == 7


def test_two_equal_texts_fold_into_one_line():
    assert folded(side_by_side("a\nb\nc", "a\nb\nc")) == [3]


@given(st.lists(st.text("ab \n", max_size=9), max_size=6), st.lists(st.text("ab \n", max_size=9), max_size=6))
def test_each_side_joined_is_its_own_text(old, new):
    before, after = "\n".join(old), "\n".join(new)

    pairs = side_by_side(before, after)

    left = ["".join(text for text, _ in pair.before) for pair in pairs if pair.kind is not LineKind.ADDED]
    right = ["".join(text for text, _ in pair.after) for pair in pairs if pair.kind is not LineKind.REMOVED]
    assert left == before.splitlines()
    assert right == after.splitlines()
