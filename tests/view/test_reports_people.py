"""The reports on people and on calls on the Reports page: a month, or the days between two dates."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate
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


def choose_dates(page):
    page.period.kind.setCurrentIndex(1)
    page.period.kind.activated.emit(1)


def test_people_are_told_of_the_present_month(page):
    page.show_target({"report": "people"})

    assert "People, November 2026" in text_of(page)
    assert page.day_field.label.text() == "Month"
    assert not page.period.last_field.isVisible()


def test_calls_step_by_months(page):
    page.show_target({"report": "calls"})

    page.presenter.step(-1)

    assert "Calls, October 2026" in text_of(page)
    assert page.presenter.paper.file_name == "calls-2026-10.pdf"


def test_dates_can_be_chosen_instead_of_a_month(page):
    page.show_target({"report": "people"})
    choose_dates(page)

    page.period.last.setDate(QDate(2026, 11, 14))

    assert "People, 1 November 2026 – 14 November 2026" in text_of(page)
    assert page.day_field.label.text() == "First day"
    QApplication.processEvents()
    assert_readable(page)


def test_dates_step_by_as_many_days(page):
    page.show_target({"report": "calls"})
    choose_dates(page)
    page.period.last.setDate(QDate(2026, 11, 7))

    page.presenter.step(-1)

    assert (page.presenter.asked.on, page.presenter.asked.last) == (date(2026, 10, 25), date(2026, 10, 31))


def test_a_first_day_behind_the_last_takes_it_along(page):
    page.show_target({"report": "people"})
    choose_dates(page)

    page.day.setDate(QDate(2026, 12, 5))

    assert page.presenter.asked.last == date(2026, 12, 5)
    assert page.period.last.date() == QDate(2026, 12, 5)


def test_a_month_can_be_chosen_again(page):
    page.show_target({"report": "people"})
    choose_dates(page)

    page.period.kind.setCurrentIndex(0)
    page.period.kind.activated.emit(0)

    assert page.presenter.asked.last is None
    assert "People, November 2026" in text_of(page)


def test_a_report_of_a_month_only_has_no_choice_of_dates(page):
    page.show_target({"report": "people"})
    choose_dates(page)

    page.show_target({"report": "roster"})

    assert not page.period.kind_field.isVisible()
    assert page.presenter.paper.file_name == "roster-2026-11.pdf"


def test_who_may_read_reports_alone_finds_both(qtbot, ctx, bus, tmp_path):
    reader = only_with(sample_site(ctx), "reports.read")

    page = shown(qtbot, reader, page_env(bus, tmp_path))

    assert {ReportId.PEOPLE, ReportId.CALLS} <= {report.id for report in page.presenter.reports}
