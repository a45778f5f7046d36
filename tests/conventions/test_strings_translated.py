"""Every text a person sees has one Chinese wording."""

from __future__ import annotations

from tests.support import strings


def test_every_text_has_chinese():
    assert strings.report().missing == []


def test_no_translation_is_a_guess():
    assert strings.report().fuzzy == []


def test_no_text_is_translated_in_two_ways():
    assert strings.report().contradicting == []


def test_no_text_is_translated_that_nobody_says_any_more():
    assert strings.report().unused == []


def test_no_text_is_put_together_before_it_is_translated():
    assert strings.formatted_texts() == []


def test_a_translation_names_the_same_placeholders_as_the_text():
    assert strings.unlike_placeholders() == []
