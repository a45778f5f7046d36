"""The first start, end to end: from no preferences at all to the workspace, on both kinds of database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import Assembly, Kind
from app.models.entities.people import NewAdministrator, PersonDetails
from app.models.entities.settings import SiteChoices
from app.services.access.accounts import set_password
from app.services.base.clock import FixedClock
from app.services.base.context import console_actor
from app.services.people.commands import add_person
from app.services.people.queries import find_callers
from app.services.settings.local import read_local
from app.services.store_care.addresses import without_password
from app.views.base.i18n import current
from app.views.shell.faces import TroubleFace
from app.views.shell.firststart import FirstStart
from app.views.shell.program import Program
from app.views.shell.signin import SignIn
from app.views.shell.update import UpdateFace
from app.views.shell.workspace import Workspace
from tests.support.databases import PostgresDatabases
from tests.support.describe import shown_texts

PASSWORD = "blue kettle river"
WANG = NewAdministrator("Wang Fang", "wang", PASSWORD)


@pytest.fixture
def assembly(qapp: QApplication, clock: FixedClock, tmp_path: Path) -> Iterator[Assembly]:
    """A whole program with a file of preferences that does not exist yet."""
    kind = Kind(is_offscreen=True, is_immediate=True, shipped_font=True)
    with Assembly(clock, tmp_path / "settings.json", tmp_path / "drafts", kind) as made:
        made.program.window.show()
        yield made
    current.use("en")


@pytest.fixture
def program(assembly: Assembly) -> Program:
    """The program at its very first start."""
    assembly.program.start("")
    assembly.program.window.activateWindow()
    return assembly.program


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def site(assembly: Assembly, file: Path) -> str:
    """The address of a site that Wang Fang administers and Li Na works on."""
    return make_site(assembly, f"sqlite:///{file.as_posix()}")


@pytest.fixture
def server_url(postgresql_databases: PostgresDatabases) -> Iterator[str]:
    """The address of an empty database on a real server."""
    url = postgresql_databases.empty()
    yield url
    postgresql_databases.drop(url)


def make_site(assembly: Assembly, url: str) -> str:
    opened = assembly.doors.set_up(url, SiteChoices("Desk"), WANG)
    ctx = opened.ctx.acting_as(console_actor())
    made = add_person(ctx, PersonDetails(name="Li Na", login="lina", is_staff=True))
    assert made.id is not None
    set_password(ctx, find_callers(ctx, "Li Na")[0].id, PASSWORD, must_change=False)
    return url


def make_schema(file: Path, version: int) -> None:
    """Let a database look as if a program of another time had made it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(version),))
        connection.commit()


def press(program: Program, *keys: str) -> None:
    for key in keys:
        QTest.keySequence(focus(program), QKeySequence(key))
        QApplication.processEvents()


def write(program: Program, text: str) -> None:
    QTest.keyClicks(focus(program), text)


def focus(program: Program) -> QWidget:
    found = program.window.focusWidget()
    assert found is not None, "the focus is nowhere"
    return found


def tab_to(program: Program, widget: QWidget) -> None:
    """Press Tab until a widget has the focus; a person would give up after forty."""
    for _press in range(40):
        if focus(program) is widget:
            return
        press(program, "Tab")
    raise AssertionError("Tab does not lead there")


def first_start(program: Program) -> FirstStart:
    shown = program.window.face
    assert isinstance(shown, FirstStart)
    return shown


def choose_server(program: Program, url: str) -> None:
    shown = first_start(program)
    shown.database.server.setChecked(True)
    tab_to(program, shown.database.address)
    write(program, url)
    press(program, "Return")


def fill_in_site(program: Program) -> None:
    """Type the administrator, going from field to field by Tab, and begin."""
    shown = first_start(program)
    assert shown.site is not None
    for line, text in (
        (shown.site.name, WANG.name),
        (shown.site.login, WANG.login),
        (shown.site.password, PASSWORD),
        (shown.site.again, PASSWORD),
    ):
        tab_to(program, line)
        write(program, text)
    press(program, "Return")


def sign_in(program: Program, login: str = "wang", password: str = PASSWORD) -> None:
    shown = program.window.face
    assert isinstance(shown, SignIn)
    shown.login.setText(login)
    tab_to(program, shown.password)
    write(program, password)
    press(program, "Return")


def said(program: Program) -> str:
    return " ".join(shown_texts(program.window))


# --- this computer ---------------------------------------------------------------------------------


def test_a_desk_on_this_pc_is_begun_in_chinese_by_keyboard_alone(
    program: Program, file: Path, tmp_path: Path
) -> None:
    tab_to(program, first_start(program).language)
    press(program, "Down", "Return")
    program.relook()
    assert "数据" in said(program)

    shown = first_start(program)
    tab_to(program, shown.database.path)
    press(program, "Ctrl+A")
    write(program, str(file))
    press(program, "Return")
    assert not file.exists(), "nothing is made before the administrator is named"
    fill_in_site(program)

    assert isinstance(program.window.face, Workspace)
    kept = read_local(tmp_path / "settings.json")
    assert (kept.language, kept.last_user) == ("zh_CN", "wang")
    assert kept.database_url == f"sqlite:///{file.as_posix()}"
    assert PASSWORD not in (tmp_path / "settings.json").read_text(encoding="utf-8")


def test_the_new_desk_has_the_sample_set_up(program: Program, file: Path) -> None:
    shown = first_start(program)
    shown.database.path.setText(str(file))
    shown.try_database()
    fill_in_site(program)

    with closing(sqlite3.connect(file)) as connection:
        counts = {
            table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            for table in ("category", "service", "role", "shift_template", "waiting_reason", "config_version")
        }
    assert all(counts.values()), counts


def test_the_next_start_leads_straight_to_sign_in(assembly: Assembly, site: str) -> None:
    assembly.program.start(site)

    assert isinstance(assembly.program.window.face, SignIn)


# --- a team's database -----------------------------------------------------------------------------


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(program: Program, tmp_path: Path) -> None:
    notes = tmp_path / "notes.db"
    notes.write_bytes(b"these are notes and no database at all " * 40)

    shown = first_start(program)
    shown.database.file.setChecked(True)
    shown.database.path.setText(str(notes))
    shown.try_database()

    assert shown.notice.isVisible()
    assert shown.database.path.text() == str(notes)
    assert notes.read_bytes().startswith(b"these are notes")
    assert program.place.prefs.values.database_url == ""


def test_an_existing_sites_file_leads_to_its_sign_in(program: Program, site: str, file: Path) -> None:
    shown = first_start(program)
    shown.database.file.setChecked(True)
    shown.database.path.setText(str(file))
    shown.try_database()
    sign_in(program)

    assert isinstance(program.window.face, Workspace)
    assert program.place.prefs.values.database_url == site


def test_an_empty_database_on_a_server_is_set_up(program: Program, server_url: str) -> None:
    choose_server(program, server_url)
    fill_in_site(program)

    assert isinstance(program.window.face, Workspace)
    assert program.place.prefs.values.database_url == without_password(server_url)


def test_an_existing_site_on_a_server_leads_to_its_sign_in(
    assembly: Assembly, program: Program, server_url: str
) -> None:
    make_site(assembly, server_url)

    choose_server(program, server_url)
    sign_in(program)

    assert isinstance(program.window.face, Workspace)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("postgresql://desk@127.0.0.1:1/desk", "No database answers at postgresql://desk@127.0.0.1:1/desk"),
        ("mysql://desk", "is not the address of a database"),
        ("desk-db", "is not the address of a database"),
    ],
)
def test_a_wrong_address_is_told_and_stays_to_be_mended(program: Program, wrong: str, told: str) -> None:
    choose_server(program, wrong)

    shown = first_start(program)
    assert told in shown.notice.text.text()
    assert shown.database.address.text() == wrong
    assert shown.database.go.isEnabled()
    assert program.place.prefs.values.database_url == ""


def test_a_database_that_the_server_does_not_have_is_told(
    program: Program, postgresql_databases: PostgresDatabases
) -> None:
    gone = postgresql_databases.empty()
    postgresql_databases.drop(gone)

    choose_server(program, gone)

    assert first_start(program).notice.isVisible()
    assert program.place.prefs.values.database_url == ""


# --- databases of another time ---------------------------------------------------------------------


def test_an_administrator_updates_an_older_database_after_a_verified_backup(
    assembly: Assembly, site: str, file: Path
) -> None:
    program = assembly.program
    make_schema(file, 0)
    program.start(site)
    sign_in(program)
    shown = program.window.face
    assert isinstance(shown, UpdateFace)

    tab_to(program, shown.go)
    press(program, "Return")

    (backup,) = (file.parent / "backups").glob("desk-*.db")
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    assert row[0] == "0", "the backup is of before the update"


def test_somebody_else_is_told_who_can_update_an_older_database(
    assembly: Assembly, site: str, file: Path
) -> None:
    program = assembly.program
    make_schema(file, 0)
    program.start(site)
    sign_in(program, "lina")

    shown = program.window.face
    assert isinstance(shown, UpdateFace)
    assert not shown.go.isEnabled()
    assert "Wang Fang" in said(program) or "Administrator" in said(program)
    assert not (file.parent / "backups").exists()


def test_a_newer_database_is_refused_and_not_touched(assembly: Assembly, site: str, file: Path) -> None:
    program = assembly.program
    assembly.doors.release()
    make_schema(file, 9999)
    before = file.read_bytes()

    program.start(site)

    assert isinstance(program.window.face, TroubleFace)
    assert "newer version of Firstline" in said(program)
    assert file.read_bytes() == before
