"""Whatever the window saves or prints is in the record first; what is called off or only looked at is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from app.models.entities.audit import AccessFilter, AccessSubject
from app.models.entities.catalogue_sheets import SheetKind
from app.models.entities.reports import ReportId
from app.models.entities.tickets import Attachment
from app.services.audit.handing_out import printed
from app.services.audit.queries import access_page
from app.services.reports.building import matrix_copy
from app.services.tickets import note_commands, queries
from app.views.base.printing import PrintJob, print_recorded
from app.views.reports.page import ReportsPage
from app.views.settings.categories_page import CategoriesPane
from app.views.settings.database_page import DatabasePane
from app.views.settings.settings_file_page import SettingsFilePane
from tests.support.pages import page_env
from tests.support.settings_site import sample_site, shown_pane
from tests.support.ticket_page import opened

NINE = datetime(2026, 11, 20, 1, tzinfo=UTC)  # 09:00 in Shanghai


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    ctx.clock.set(NINE)
    return sample_site(ctx)


def recorded(ctx):
    lines = access_page(ctx, AccessFilter()).entries
    return [(line.kind.value, line.subject.value, line.reference, line.about.get("file")) for line in lines]


def reports(qtbot, ctx, env):
    page = ReportsPage(ctx, env)
    qtbot.addWidget(page)
    page.refresh()
    return page


@pytest.mark.parametrize(
    ("report", "subject"),
    [
        (ReportId.SHIFT, "report"), (ReportId.ROSTER, "roster"), (ReportId.EMERGENCY, "report"),
        (ReportId.MATRIX, "settings"), (ReportId.PEOPLE, "report"),
    ],
)  # fmt: skip
def test_a_saved_report_is_recorded_as_what_it_is(qtbot, site, env, tmp_path, report, subject):
    page = reports(qtbot, site, env)
    page.presenter.ask(report=report)
    env.dialogs.path = tmp_path / "paper.pdf"

    page.save_paper()

    assert recorded(site) == [("exported", subject, report.value, "paper.pdf")]


def test_looking_at_a_report_is_no_export(qtbot, site, env):
    page = reports(qtbot, site, env)

    page.save_paper()

    assert recorded(site) == []


def test_without_a_record_no_report_is_saved(qtbot, site, env, tmp_path):
    page = reports(qtbot, site, env)
    env.dialogs.path = tmp_path / "paper.pdf"
    with site.store.read() as read:
        read.connection.execute("DROP TABLE access_record")

    with pytest.raises(Exception, match="access_record"):
        page.save_paper()

    assert not env.dialogs.path.exists()


def to_file(path):
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.fixture
def job(site):
    paper = matrix_copy(site, "en")
    return PrintJob(
        paper.content, paper.file_name, printed(AccessSubject.SETTINGS, "matrix", paper.file_name)
    )


def test_a_paper_is_printed_after_it_was_recorded(qtbot, site, env, job, tmp_path):
    parent, sent = QWidget(), []
    qtbot.addWidget(parent)

    print_recorded(site, env, job, to_file(tmp_path / "out.pdf"), parent, lambda: sent.append(recorded(site)))

    assert sent == [[("printed", "settings", "matrix", job.title)]]
    assert (tmp_path / "out.pdf").stat().st_size > 500


def test_without_a_record_nothing_is_printed(qtbot, site, env, job, tmp_path):
    parent, sent = QWidget(), []
    qtbot.addWidget(parent)
    with site.store.read() as read:
        read.connection.execute("DROP TABLE access_record")

    with pytest.raises(Exception, match="access_record"):
        print_recorded(site, env, job, to_file(tmp_path / "out.pdf"), parent, lambda: sent.append(1))

    assert (sent, (tmp_path / "out.pdf").exists()) == ([], False)


def test_the_settings_file_is_recorded(qtbot, site, env, tmp_path):
    pane = shown_pane(qtbot, SettingsFilePane, site, env)
    env.dialogs.path = tmp_path / "settings.json"

    pane.export_button.click()

    assert recorded(site) == [("exported", "settings", "settings", "settings.json")]


def test_an_exported_catalogue_is_recorded(qtbot, site, env, tmp_path):
    pane = shown_pane(qtbot, CategoriesPane, site, env)
    env.dialogs.path = tmp_path / "categories.csv"

    pane.exchange.export_button.click()

    assert recorded(site) == [("exported", "settings", SheetKind.CATEGORIES.value, "categories.csv")]


def test_a_backup_is_recorded(qtbot, site, env):
    pane = shown_pane(qtbot, DatabasePane, site, env)

    pane.backup.click()

    assert recorded(site) == [("exported", "backup", "", None)]


@pytest.fixture
def file(site, make) -> Attachment:
    ticket = make.ticket()
    note_commands.attach_file(site, ticket.id, name="list.txt", media_type="text/plain", body=b"names")
    return queries.ticket_detail(site, ticket.id).attachments[0]


def test_a_saved_attachment_is_recorded_with_its_ticket(qtbot, site, env, file, tmp_path):
    ticket_id = file.ticket_id
    page = opened(qtbot, site, env, ticket_id)
    env.dialogs.path = tmp_path / "mine.txt"

    page.writing.save(file)

    [line] = access_page(site, AccessFilter()).entries
    assert (line.subject, line.reference) == (AccessSubject.ATTACHMENT, str(file.id))
    assert line.about == {"file": "mine.txt", "name": "list.txt", "ticket": page.presenter.state.number}
    assert env.dialogs.path.read_bytes() == b"names"


def test_looking_at_an_attachment_is_no_export(qtbot, site, env, file):
    page = opened(qtbot, site, env, file.ticket_id)

    page.writing.view(file, lambda _path: None)

    assert recorded(site) == []
