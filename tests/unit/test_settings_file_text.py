"""The text of the settings file: one value a line, and what damaged text is told."""

from __future__ import annotations

import json

import pytest

from app.models.entities.errors import BadInput
from app.services.settings_file.reading import document_in
from app.services.settings_file.text import MOST_BYTES, parsed, storable_text, written

HEAD = {"format": "firstline-settings", "version": 1}


def refused(body):
    with pytest.raises(BadInput) as error:
        document_in(body if isinstance(body, bytes) else json.dumps(body).encode())
    return error.value.code.removeprefix("settings_file."), error.value.params


def test_each_value_stands_on_a_line_of_its_own_but_a_row_of_a_grid():
    content = {"a": [1, 2], "cells": [[1, 2], [3, None]], "b": {"c": "x"}, "none": [], "nothing": {}}

    assert written(content).decode() == (
        "{\n"
        '  "a": [\n    1,\n    2\n  ],\n'
        '  "cells": [\n    [1, 2],\n    [3, null]\n  ],\n'
        '  "b": {\n    "c": "x"\n  },\n'
        '  "none": [],\n'
        '  "nothing": {}\n'
        "}\n"
    )


def test_the_names_of_a_date_stand_on_one_line():
    text = written({"day_names": {"2026-10-01": ["National Day", "国庆节"]}}).decode()

    assert '    "2026-10-01": ["National Day", "国庆节"]\n' in text


def test_what_is_written_is_read_back():
    content = {"text": 'line\nend " \\ \u2028 \u0085 <b> 国', "deep": [{"rows": [[1], []]}], "flag": True}

    assert parsed(written(content)) == content


def test_no_editor_takes_a_text_for_two_lines():
    assert len(written({"a": "x\u2028y\u0085z\r\n"}).decode().splitlines()) == 3


def test_halves_of_characters_and_nul_become_a_sign():
    assert parsed(b'{"a": "\\ud800 \\u0000"}') == {"a": "\ud800 \0"}
    assert storable_text(" \ud800x\0 ") == "\ufffdx\ufffd"


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        (b'{\n  "a": 1\n  "b": 2\n}', 3, 3),
        (b"", 1, 1),
        (b'{"a": ', 1, 7),
        (b'{"a": "x\n"}', 1, 9),
        (b"{} {}", 1, 4),
        (b"{'a': 1}", 1, 2),
    ],
)
def test_damaged_text_is_told_with_line_and_column(body, line, column):
    assert refused(body) == ("damaged", {"line": line, "column": column})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b" " * (MOST_BYTES + 1), "too_large"),
        (b"\xff\xfe{\x00}\x00", "not_text"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a": NaN}', "number_bad"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number_bad"),
        (b"[1]", "not_ours"),
        (b'"text"', "not_ours"),
        (b"{}", "not_ours"),
        (b'{"version": 1, "settings": {}}', "not_ours"),
    ],
)
def test_what_is_no_file_of_settings_is_refused(body, code):
    assert refused(body)[0] == code


def test_a_byte_order_mark_is_passed_over():
    assert document_in(b"\xef\xbb\xbf" + json.dumps({**HEAD, "settings": {}}).encode()).sections


def test_a_key_that_stands_twice_is_refused():
    assert refused(b'{"format": "firstline-settings", "version": 1, "version": 1}') == (
        "key_twice",
        {"key": "version"},
    )


def test_a_file_of_a_newer_program_is_refused():
    assert refused({**HEAD, "version": 2, "magic": {}}) == ("newer", {"version": 2, "known": 1})


@pytest.mark.parametrize("version", [0, -1, True, "1", 1.5, None])
def test_a_version_that_is_none_is_refused(version):
    assert refused({**HEAD, "version": version})[0] == "not_ours"


def test_unknown_sections_are_named():
    code, params = refused({**HEAD, "teams": [], "people": [], "passwords": {}})

    assert (code, params["names"]) == ("section_unknown", ["people", "passwords"])


def test_a_file_without_sections_is_refused():
    assert refused(HEAD)[0] == "empty"


@pytest.mark.parametrize(
    ("section", "value", "code"),
    [
        ("teams", {}, "no_list"),
        ("settings", [], "no_object"),
        ("matrix", [], "no_object"),
        ("sla", None, "no_object"),
        ("roles", "all", "no_list"),
    ],
)
def test_a_section_of_the_wrong_kind_is_refused(section, value, code):
    assert refused({**HEAD, section: value}) == (code, {"name": section, "value": str(value)})
