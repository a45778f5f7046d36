"""The catalogue of reports, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from app.models.entities.reports import ReportId
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.base.texts import Texts
from app.services.reports.catalog import GROUP_TITLES, REPORTS, ROSTER, SHIFT, Report
from tests.report.samples import roster_month, shift_report

FINGERPRINT = """
import hashlib
from app.services.base.texts import Texts
from app.services.reports.catalog import ROSTER, SHIFT
from tests.report.samples import roster_month, shift_report
texts = Texts("en")
for pdf in (SHIFT.render(shift_report(), texts), ROSTER.render(roster_month(), texts)):
    print(hashlib.sha256(pdf).hexdigest())
"""


def output_of(program: str, seed: str = "0") -> str:
    """What a fresh interpreter prints; `seed` varies the order of its sets."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        capture_output=True,
        check=True,
        text=True,
        env={**__import__("os").environ, "PYTHONHASHSEED": seed},
    ).stdout


def test_every_report_is_listed_once() -> None:
    assert [report.id for report in REPORTS] == list(ReportId)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.id)
def test_every_report_has_its_words_in_chinese(report: Report[object], chinese: Texts) -> None:
    for text in (report.title, report.about, GROUP_TITLES[report.group]):
        assert not chinese.gettext(text).isascii()


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.id)
def test_every_report_needs_a_permission_that_exists(report: Report[object]) -> None:
    assert report.permission in ALL_PERMISSIONS


def test_reports_are_drawn_through_the_catalogue(english: Texts) -> None:
    assert SHIFT.render(shift_report(), english).startswith(b"%PDF-")
    assert ROSTER.render(roster_month(), english).startswith(b"%PDF-")


def test_file_names_tell_what_is_inside_and_suit_every_file_system() -> None:
    odd = replace(shift_report(), shift=replace(shift_report().shift, code="../白*N?"))

    assert SHIFT.file_name(shift_report()) == "shift-2026-04-16-D.pdf"
    assert SHIFT.file_name(odd) == "shift-2026-04-16-N.pdf"
    assert ROSTER.file_name(roster_month()) == "roster-2026-04.pdf"


def test_the_catalogue_does_not_load_reportlab() -> None:
    program = "import sys, app.services.reports.catalog; print('reportlab' in sys.modules)"

    assert output_of(program).strip() == "False"


def test_another_process_writes_the_same_bytes() -> None:
    assert output_of(FINGERPRINT, seed="1") == output_of(FINGERPRINT, seed="2")
