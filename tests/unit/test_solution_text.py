"""What of an article becomes the solution of a ticket."""

from __future__ import annotations

import pytest

from app.views.tickets.solution_text import solution_text, waits_for


def test_the_steps_of_an_article_are_its_solution():
    body = "# 503\n\n## Symptom\nNobody signs in.\n\n## Steps\n1. Stop the pool.\n2. Start it.\n\n## Then"

    assert solution_text(body) == "1. Stop the pool.\n2. Start it."


def test_an_article_without_steps_is_taken_whole():
    assert (
        solution_text("## Rules\nClose tray 2 and **print** again.") == "Rules\nClose tray 2 and print again."
    )


def test_an_article_without_headings_is_taken_whole():
    assert solution_text("Close tray 2.") == "Close tray 2."


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("solution", "Write what solved it first."),
        ("article_id", "Say which article was used, or that none fits."),
        ("resolution_code", "Choose how it was solved first; its category asks for it."),
        ("location", "Its category asks for more: fill in Location at the ticket first."),
    ],
)
def test_what_the_gate_misses_is_said_as_what_to_do(field, said):
    assert waits_for(field) == said
