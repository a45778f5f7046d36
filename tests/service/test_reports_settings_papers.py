"""Printed copies of settings come from what is in force, on both databases, and from the command line."""

from __future__ import annotations

import pytest

from app.models.entities.errors import BadInput, NotAllowed, NotFound
from app.models.entities.settings import ConfigKind
from app.services.reports.building import calendar_copy, matrix_copy, sla_copy
from app.services.reports.settings_queries import (
    calendar_paper,
    matrix_paper,
    printed_calendars,
    sla_paper,
)
from app.services.settings.commands import save_config
from app.services.settings.queries import current_config
from tests.report.reading import all_text
from tests.support.command_line import say
from tests.support.settings_file import rich_site
from tests.support.settings_site import only_with


@pytest.fixture
def site(ctx, make):
    return rich_site(ctx, make)


def test_the_matrix_in_force_is_printed_with_its_version(site):
    newest = current_config(site, ConfigKind.MATRIX, "site")
    cells = [list(row) for row in newest.body["cells"]]
    cells[3][2] = 5
    save_config(site, ConfigKind.MATRIX, "site", {**newest.body, "cells": cells}, expected_number=1)

    paper = matrix_paper(site, "en")

    assert (paper.version.number, paper.matrix.cells[4, 3]) == (2, 5)
    assert paper.calendars["office"].name == "Office hours"


def test_the_table_names_what_its_policies_speak_of(site):
    text = all_text(sla_copy(site, "en").content)

    assert "Category: VPN" in text
    assert "Service: Mail" in text


def test_names_are_in_the_language_of_the_paper(site):
    assert matrix_paper(site, "zh_CN").calendars["office"].name == "办公时间"
    assert printed_calendars(site, "zh_CN")[0] == ("office", "办公时间")


def test_files_are_named_after_what_they_hold(site):
    names = [
        matrix_copy(site, "en").file_name,
        sla_copy(site, "en").file_name,
        calendar_copy(site, "24x7", 2027, "en").file_name,
    ]

    assert names == ["priority-matrix-v1.pdf", "sla-table-v2.pdf", "calendar-24x7-2027.pdf"]


def test_what_is_not_there_cannot_be_printed(site):
    with pytest.raises(NotFound):
        calendar_paper(site, "moon", 2026, "en")
    with pytest.raises(BadInput):
        calendar_paper(site, "office", 9999, "en")


@pytest.mark.parametrize("ask", [matrix_paper, sla_paper, printed_calendars])
def test_printing_needs_the_right_to_read_reports(site, ask):
    with pytest.raises(NotAllowed):
        ask(only_with(site, "tickets.read"), "en")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("matrix",), "Priority matrix"),
        (("sla",), "SLA tables"),
        (("calendar",), "Office hours 2026"),
        (("calendar", "--code", "24x7", "--year", "2027"), "24 x 7 2027"),
        (("matrix", "--lang", "zh"), "优先级矩阵"),
    ],
)
def test_the_command_line_prints_them(site, tmp_path, line, words):
    file = tmp_path / "out.pdf"

    code, _, complaint = say(site, "report", *line, "--out", str(file))

    assert (code, complaint) == (0, "")
    assert words in all_text(file.read_bytes())


def test_an_unknown_calendar_is_told(site, tmp_path):
    file = str(tmp_path / "out.pdf")

    assert say(site, "report", "calendar", "--code", "moon", "--out", file)[2] == "settings.config_missing\n"
