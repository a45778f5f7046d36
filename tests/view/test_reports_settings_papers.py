"""Printed copies of settings on the Reports page: chosen in the catalogue, by calendar and year."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.entities.reports import ReportId
from app.views.reports.page import ReportsPage
from tests.support.describe import assert_readable
from tests.support.pages import page_env
from tests.support.settings_site import only_with, sample_site


@pytest.fixture
def page(qtbot, ctx, bus, tmp_path):
    return shown(qtbot, sample_site(ctx), page_env(bus, tmp_path))


def shown(qtbot, ctx, env):
    page = ReportsPage(ctx, env)
    qtbot.addWidget(page)
    page.resize(1160, 760)
    page.show()
    page.refresh()
    return page


def text_of(page):
    document = page.preview.document
    return "\n".join(document.getAllText(number).text() for number in range(document.pageCount()))


def test_the_matrix_is_chosen_by_keyboard(qtbot, page):
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)

    assert page.presenter.asked.report is ReportId.MATRIX
    assert "Work stopped" in text_of(page)
    assert not page.day_field.isVisible()
    QApplication.processEvents()  # the title is wider from then on
    assert_readable(page)


def test_a_page_of_settings_opens_its_copy_by_name(page):
    page.show_target({"report": "sla"})

    assert "Faults" in text_of(page)
    assert page.presenter.paper.file_name == "sla-table-v1.pdf"


def test_a_calendar_is_chosen_and_stepped_by_years(page):
    page.show_target({"report": "calendar"})
    assert "Office hours 2026" in text_of(page)
    assert page.day_field.label.text() == "Year"

    page.calendar.setCurrentIndex(page.calendar.findData("24x7"))
    page.calendar.activated.emit(page.calendar.currentIndex())
    page.presenter.step(1)

    assert "24 x 7 2027" in text_of(page)


def test_what_is_always_the_one_in_force_has_nothing_to_step_to(page):
    page.show_target({"report": "matrix"})
    before = page.presenter.asked

    page.presenter.step(1)

    assert page.presenter.asked == before


def test_the_fields_of_a_shift_come_back(page):
    page.show_target({"report": "calendar"})
    page.show_target({"report": "shift"})

    assert page.day_field.isVisible()
    assert page.shift.isVisible()
    assert not page.calendar.isVisible()


def test_who_may_only_see_the_roster_is_offered_no_copies(qtbot, ctx, bus, tmp_path):
    reader = only_with(sample_site(ctx), "roster.read")

    page = shown(qtbot, reader, page_env(bus, tmp_path))

    offered = {report.id for report in page.presenter.reports}
    assert offered == {ReportId.ROSTER, ReportId.HANDOVER, ReportId.EMERGENCY, ReportId.FAIRNESS}
