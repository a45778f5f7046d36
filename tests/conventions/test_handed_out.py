"""Nothing leaves the program unrecorded: each place that writes a file, asks for one or prints is known here.

A new place fails until somebody decides: data of people goes through `services/audit/handing_out.py`, which
records it first; what stays this program's own state on this PC is listed with the reason.
"""

from __future__ import annotations

import re

import pytest

from tests.support.remembered import ROOT

WRITING = re.compile(
    r"\b(?:write_whole|fdopen|copyfile|copy2|QPdfWriter|setOutputFileName)\b"
    r"|\.write_(?:bytes|text)\b|models\.backup\b|\bopen\([^)\n]*[\"'][wax]b?[\"']"
)
ASKING = re.compile(r"dialogs\.save_file\(")
PRINTING = re.compile(r"QPrintDialog\(|QPrinter\(|\bask_and_print\(")

# Where files are written, and why each may.
WRITERS = {
    "app/services/audit/handing_out.py": "records before it writes",
    "app/services/base/files.py": "writes for all others",
    "app/services/base/drafts.py": "own drafts of this PC",
    "app/services/background/server_time.py": "an empty file that tells the share's time",
    "app/services/base/journal.py": "what was being saved, on this PC",
    "app/services/base/logfiles.py": "the log of this PC",
    "app/services/base/kept_files.py": "own files of unsent tickets on this PC",
    "app/services/base/texts.py": "compiled translations",
    "app/services/settings/local.py": "preferences of this PC",
    "app/services/shell/doors.py": "the backup before a migration, beside the database",
    "app/services/store_care/backups.py": "recorded by itself",
    "app/services/settings_file/files.py": "recorded by its callers",
    "app/services/calendars/day_files.py": "recorded by its callers",
    "app/cli/catalogue.py": "recorded by itself",
    "app/cli/db.py": "the backup before a migration, beside the database",
    "app/cli/parser.py": "throws output away",
    "app/views/base/theme.py": "icons for the style sheet",
    "app/views/settings/sheet_exchange.py": "recorded by itself",
    "app/views/shell/selftest.py": "the report on this installation",
    "app/views/shell/shots_catalogue.py": "an example for pictures",
    "app/views/shell/shots_settings_file.py": "an example for pictures",
    "app/views/tickets/attachment_files.py": "recorded by the composer; a copy for the viewer is no export",
}

# Where a place on the disk is asked for -> where what is written there is handed out; "" where nothing is.
ASKERS = {
    "app/views/duty/paper.py": "app/views/duty/paper.py",
    "app/views/leave/page.py": "app/views/leave/own_presenter.py",
    "app/views/reports/page.py": "app/views/reports/presenter.py",
    "app/views/roster/month_desk.py": "app/views/roster/month_sheet.py",
    "app/views/roster/page.py": "app/views/roster/paper.py",
    "app/views/settings/audit_page.py": "app/services/audit/sheet.py",
    "app/views/settings/calendar_sources.py": "app/views/settings/calendar_sources.py",
    "app/views/settings/settings_file_page.py": "app/views/settings/settings_file_presenter.py",
    "app/views/settings/sheet_exchange.py": "app/views/settings/sheet_exchange.py",
    "app/views/shell/firststart.py": "",  # where a new database shall be
    "app/views/tickets/composer_presenter.py": "app/views/tickets/composer_presenter.py",
}
RECORDED_BY_THEMSELVES = (
    "app/services/store_care/backups.py",
    "app/cli/report.py",
    "app/cli/roster_export.py",
    "app/cli/roster_ics.py",
    "app/cli/settings.py",
    "app/cli/catalogue.py",
    "app/cli/calendars.py",
)

PRINTERS = {
    "app/views/base/printing.py",
    "app/views/reports/page.py",
    "app/views/roster/page.py",
    "app/views/duty/paper.py",
}
HOW = "hand it out through services/audit/handing_out.py, or say here why not"


def places(pattern: re.Pattern[str]) -> set[str]:
    """The program's files in which such a call stands; the database's own are not asked for."""
    files = [file for file in (ROOT / "app").rglob("*.py") if "models" not in file.parts]
    found = {file for file in files if pattern.search(file.read_text("utf-8"))}
    return {file.relative_to(ROOT).as_posix() for file in found}


def test_every_place_that_writes_a_file_is_known() -> None:
    assert places(WRITING) == set(WRITERS), HOW


def test_every_place_that_asks_where_to_save_is_known() -> None:
    assert places(ASKING) == set(ASKERS), "hand it out through services/audit/handing_out.py"


@pytest.mark.parametrize("path", sorted({*ASKERS.values(), *RECORDED_BY_THEMSELVES} - {""}))
def test_what_is_saved_there_is_handed_out(path: str) -> None:
    assert re.search(r"\bhand_out(?:_file)?\b", (ROOT / path).read_text("utf-8"))


def test_every_place_that_prints_is_known() -> None:
    assert places(PRINTING) == PRINTERS, "print through views/base/printing.py, which records first"


def test_a_printer_is_only_reached_after_the_record() -> None:
    calls = re.findall(r"(?<!def )\bsend\(", (ROOT / "app/views/base/printing.py").read_text("utf-8"))

    assert len(calls) == 1, "`send` is called where the record was written, and nowhere else"
    assert not places(re.compile(r"printing import [^\n]*\bsend\b"))


def test_words_of_private_notes_stand_on_papers_of_the_desk_only() -> None:
    """The program sends nothing and has no paper for requesters: a new reader of notes is looked at here."""
    readers = places(re.compile(r"EventKind\.NOTE\.value"))

    assert readers == {"app/services/handover/facts.py", "app/services/reports/shift_lists.py"}
