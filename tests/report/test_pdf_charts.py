"""The scale of charts in reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.entities.reports import HourFlow
from app.services.base.texts import Texts
from app.services.reports.pdf.charts import axis_step
from app.services.reports.shift_page import render_shift_report
from tests.report.reading import page_texts
from tests.report.samples import at, shift_report


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (1, 1), (4, 1), (5, 2), (8, 2), (9, 5), (20, 5), (21, 10), (412, 200)]
)
def test_grid_lines_stand_at_round_numbers(highest: int, step: int) -> None:
    assert axis_step(highest) == step


def test_the_axis_begins_at_nothing_even_where_every_hour_is_busy(english: Texts) -> None:
    busy = tuple(HourFlow(at(hour), 41, 42) for hour in range(8, 20))

    labels = page_texts(render_shift_report(replace(shift_report(), hours=busy), english))[0].splitlines()

    start = labels.index("Received and resolved per hour")
    assert [label.strip() for label in labels[start + 1 : start + 5]] == ["0", "20", "40", "60"]


def test_a_shift_without_a_ticket_has_an_empty_chart(english: Texts) -> None:
    silent = tuple(HourFlow(at(hour), 0, 0) for hour in range(8, 20))

    assert render_shift_report(replace(shift_report(), hours=silent), english)
