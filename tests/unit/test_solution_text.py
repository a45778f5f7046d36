"""What of an article becomes the solution of a ticket."""

from __future__ import annotations

from app.views.tickets.solution_text import solution_text


def test_the_steps_of_an_article_are_its_solution():
    body = "# 503\n\n## Symptom\nNobody signs in.\n\n## Steps\n1. Stop the pool.\n2. Start it.\n\n## Then"

    assert solution_text(body) == "1. Stop the pool.\n2. Start it."


def test_an_article_without_steps_is_taken_whole():
    assert (
        solution_text("## Rules\nClose tray 2 and **print** again.") == "Rules\nClose tray 2 and print again."
    )


def test_an_article_without_headings_is_taken_whole():
    assert solution_text("Close tray 2.") == "Close tray 2."
