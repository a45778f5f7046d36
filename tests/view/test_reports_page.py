"""The Reports page: the paper asked for, saved byte for byte, printed, in either language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtPrintSupport import QPrinter

from app.models.entities.reports import ReportId
from app.services.reports.building import roster_paper
from app.services.roster import commands as roster
from app.views.base.printing import send
from app.views.reports.page import ReportsPage
from app.views.reports.thumbnails import draw_thumbnails
from tests.support.pages import page_env
from tests.support.site import set_up_site

NINE = datetime(2026, 11, 20, 1, tzinfo=UTC)  # 09:00 in Shanghai


@pytest.fixture
def site(ctx, make):
    set_up_site(ctx)
    ctx.clock.set(NINE)
    make.shift_template("D", name="Day", name_alt="白班", duration_minute=720, position=1)
    make.shift_template("N", name="Night", start_minute=1200, duration_minute=720, position=2)


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def page(qtbot, ctx, env, site):
    page = ReportsPage(ctx, env)
    qtbot.addWidget(page)
    page.refresh()
    return page


def text_of(page):
    document = page.preview.document
    return "\n".join(document.getAllText(number).text() for number in range(document.pageCount()))


def test_the_report_of_the_running_shift_stands_there_at_once(page):
    assert (page.presenter.asked.on, page.presenter.asked.shift) == (date(2026, 11, 20), "D")
    assert "Day" in text_of(page)
    assert page.save_button.isEnabled()


def test_the_paper_follows_the_language_chosen_for_it(page):
    page.presenter.ask(language="zh_CN")

    assert "白班" in text_of(page)


def test_what_is_saved_is_what_is_shown(page, env, tmp_path):
    env.dialogs.path = tmp_path / "shift.pdf"

    page.save_paper()

    assert env.dialogs.path.read_bytes() == page.presenter.paper.content
    assert env.shell.said == ["Saved as shift.pdf."]


def test_a_folder_that_cannot_be_written_is_told_and_nothing_breaks(page, env, tmp_path):
    (tmp_path / "folder").write_text("a file where a folder is wanted")
    env.dialogs.path = tmp_path / "folder" / "shift.pdf"

    page.save_paper()

    assert [error.code for error in env.shell.errors] == ["files.cannot_write"]
    assert page.presenter.paper is not None


def test_stepping_goes_through_the_shifts_of_the_days(page):
    page.presenter.step(-1)
    before = (page.presenter.asked.on, page.presenter.asked.shift)
    page.presenter.step(1)
    page.presenter.step(1)

    assert before == (date(2026, 11, 19), "N")
    assert (page.presenter.asked.on, page.presenter.asked.shift) == (date(2026, 11, 20), "N")


def test_the_roster_steps_by_months(page):
    page.presenter.ask(report=ReportId.ROSTER)

    page.presenter.step(1)

    assert page.presenter.asked.on == date(2026, 12, 1)
    assert "roster-2026-12.pdf" in page.presenter.paper.file_name


def test_a_note_left_meanwhile_appears_on_the_paper(qtbot, page, ctx):
    page.show()
    with qtbot.waitSignal(page.presenter.paper_ready, timeout=5000):
        roster.leave_note(ctx, "Tape 4 is missing")

    assert "Tape 4 is missing" in text_of(page)


def test_the_date_is_written_as_the_rest_of_the_window_writes_it(page):
    assert (page.day.text(), page.day_field.label.text()) == ("20 Nov 2026", "Date")

    page.show_target({"report": "roster"})

    assert (page.day.text(), page.day_field.label.text()) == ("November 2026", "Month")


def test_without_shifts_the_page_says_what_to_set_up_instead_of_an_empty_preview(qtbot, ctx, env):
    set_up_site(ctx)
    page = ReportsPage(ctx, env)
    qtbot.addWidget(page)
    page.show()
    page.refresh()

    assert page.no_shifts.isVisible()
    assert not page.preview.isVisible()

    page.presenter.ask(report=ReportId.ROSTER)

    assert page.preview.isVisible()
    assert not page.no_shifts.isVisible()


def test_another_paper_is_shown_from_its_beginning(page):
    page.resize(900, 500)
    page.show()
    page.preview.view.verticalScrollBar().setValue(200)

    page.presenter.ask(language="zh_CN")

    assert page.preview.view.verticalScrollBar().value() == 0


def test_keys_enlarge_reduce_and_fit_the_paper(page):
    page.resize(1200, 700)
    page.show()
    page.action_set.run("reports.fit")
    fitted = page.preview.zoom.text()

    page.action_set.run("reports.larger")
    larger = page.preview.zoom.text()
    page.action_set.run("reports.smaller")
    smaller = page.preview.zoom.text()
    page.action_set.run("reports.fit")

    assert larger != fitted
    assert smaller == page.preview.zoom.text() == fitted


def test_f6_goes_from_the_catalogue_to_the_paper_and_round(qtbot, page):
    page.resize(1200, 700)
    page.show()
    qtbot.waitExposed(page)
    page.list.setFocus()
    way = []
    for _press in range(4):
        page.cycle_panes()
        way.append(page.window().focusWidget())

    assert way == [page.day, page.preview.pages, page.preview.view, page.list]


def test_the_catalogue_is_searched_by_words(page):
    page.search.setText("roster")

    model = page.list.model()
    shown = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert shown == ["Shifts", "Roster of the month", "Fairness of the roster"]


def test_each_page_has_a_picture(page):
    images = draw_thumbnails(page.presenter.paper.content)

    assert len(images) == page.preview.document.pageCount() == page.preview.pages.count()


def test_printing_sends_every_page(page, ctx, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))

    send(roster_paper(ctx, 2026, 11, "en").content, printer)

    assert (tmp_path / "printed.pdf").stat().st_size > 500


def test_it_fits_the_smallest_window(page):
    assert page.minimumSizeHint().width() <= 1280 - 72
    assert page.minimumSizeHint().height() <= 720 - 100
