"""Telephone scripts: variables and choices, and nothing that could reach into the program."""

from __future__ import annotations

import json

import pytest

from app.services.base.resources import resource_path
from app.services.settings.script_rendering import LONGEST_SCRIPT, render_script


def test_caller_and_agent_are_filled_in():
    said = render_script(
        "Hello {{ caller }}, {{ agent }} speaking.", {"caller": "Wang Fang", "agent": "Li Na"}
    )

    assert said == "Hello Wang Fang, Li Na speaking."


def test_what_is_not_known_yet_is_an_ellipsis():
    assert render_script("Your ticket is {{ number }}.", {}) == "Your ticket is …."


def test_a_script_may_choose_between_texts():
    body = "I put you through to {{ team or 'an engineer' }}{% if due %}, by {{ due }}{% endif %}."

    assert render_script(body, {"team": ""}) == "I put you through to an engineer."
    assert render_script(body, {"team": "Apps", "due": "18:02"}) == "I put you through to Apps, by 18:02."


def test_a_name_is_never_read_as_a_template():
    assert render_script("{{ caller }}", {"caller": "{{ 7*7 }}<b>"}) == "{{ 7*7 }}<b>"


def shipped_scripts():
    shipped = json.loads(resource_path("defaults", "scripts.json").read_text("utf-8"))["scripts"]
    return [script[body] for script in shipped for body in ("body", "body_alt")]


@pytest.mark.parametrize("body", shipped_scripts())
def test_every_shipped_script_can_be_said(body):
    assert "{" not in render_script(body, {"caller": "Wang Fang", "agent": "Li Na"})


@pytest.mark.parametrize(
    "body",
    [
        "{{ caller.__class__ }}",
        "{{ caller['__class__'] }}",
        "{{ caller.upper() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum() }}",
        "{% for n in range(9999999) %}x{% endfor %}",
        "{{ 'x' * 99999999 }}",
        "{{ caller | attr('x') }}",
        "{% include '/etc/passwd' %}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{{ [].append }}",
        "{{ broken",
        "x" * (LONGEST_SCRIPT + 1),
    ],
)
def test_a_script_that_wants_more_is_shown_as_it_was_written(body):
    assert render_script(body, {"caller": "Wang Fang"}) == body


PROMISE = "Your ticket is number {{ number }}. We will have it solved by {{ due }} and keep you informed."
PROMISE_ZH = "您的工单编号是 {{ number }}，我们会在 {{ due }} 前解决，并随时告诉您进展。"


@pytest.mark.parametrize(
    ("body", "values", "said"),
    [
        (PROMISE, {"due": "14:20"}, "We will have it solved by 14:20 and keep you informed."),
        (PROMISE, {"number": "17"}, "Your ticket is number 17."),
        (PROMISE_ZH, {"due": "14:20"}, "我们会在 14:20 前解决，并随时告诉您进展。"),
        (PROMISE_ZH, {"number": "17"}, "您的工单编号是 17。"),
        ("Hello {{ caller }}, this is {{ agent }}. Is it solved?", {"agent": "Li Na"},
         "This is Li Na. Is it solved?"),
        ("Good to hear from you, {{ caller }}. Where are you?", {}, "Good to hear from you. Where are you?"),
        ("{{ caller }}，您好。请问在工位吗？", {}, "您好。请问在工位吗？"),
        ("Version 2.5 of {{ x }} is old. Stay on line.", {}, "Stay on line."),
    ],
)  # fmt: skip
def test_a_part_of_a_sentence_that_names_something_unknown_is_left_out(body, values, said):
    assert render_script(body, values) == said


def test_a_comma_of_a_name_is_no_comma_of_the_script():
    body = "We work on {{ subject }} ({{ number }}). More by {{ due }}."

    assert render_script(body, {"subject": "No net, no mail!", "due": "14:20"}) == "More by 14:20."
    assert (
        render_script(body, {"subject": "No net, no mail!", "number": "7"})
        == "We work on No net, no mail! (7)."
    )


def test_where_nothing_would_be_left_the_gap_is_shown():
    assert render_script("您的工单编号是 {{ number }}。", {}) == "您的工单编号是 …。"
