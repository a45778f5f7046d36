"""The way in: first start, sign-in, update, and what leads from one face to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.entities.ids import PersonId
from app.models.entities.people import NewAdministrator
from app.models.entities.settings import SiteChoices
from app.models.store import Store
from app.services.access.accounts import set_password
from app.services.base.clock import FixedClock
from app.services.base.context import Actor, Context, console_actor
from app.services.base.events import EventBus
from app.services.shell.doors import Doors
from app.views.base.i18n import current
from app.views.base.theme import theme
from app.views.base.widgets.labels import PlainLabel
from app.views.shell.faces import TroubleFace
from app.views.shell.firststart import FirstStart
from app.views.shell.newpassword import NewPassword
from app.views.shell.program import Program
from app.views.shell.session import Workplace
from app.views.shell.signin import SignIn
from app.views.shell.update import UpdateFace
from app.views.shell.workspace import Workspace
from tests.support.describe import clipped_texts, nameless_inputs, shown_texts
from tests.support.shell import FakeKeyring, workplace

PASSWORD = "blue kettle river"
WANG = NewAdministrator("Wang Fang", "wang", PASSWORD)


@pytest.fixture
def doors(bus: EventBus, clock: FixedClock) -> Iterator[Doors]:
    made = Doors(lambda url: Context(Store(url, bus.publish), clock, console_actor()), bus)
    yield made
    made.release()


@pytest.fixture
def place(tmp_path: Path, bus: EventBus) -> Workplace:
    return workplace(tmp_path, bus)


@pytest.fixture
def keyring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def program(qtbot: QtBot, place: Workplace, doors: Doors, keyring: FakeKeyring) -> Iterator[Program]:
    made = Program(place, doors, keyring)
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.window.close()
    current.use("en")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'desk.db').as_posix()}"


@pytest.fixture
def site(doors: Doors, url: str) -> str:
    """The address of a site whose administrator is Wang Fang."""
    doors.set_up(url, SiteChoices("Desk"), WANG)
    return url


def face(program: Program) -> object:
    return program.window.face


def sign_in(program: Program, password: str = PASSWORD, *, stay: bool = False) -> None:
    shown = face(program)
    assert isinstance(shown, SignIn)
    shown.login.setText("wang")
    shown.password.setText(password)
    shown.stay.setChecked(stay)
    shown.sign_in()


def test_a_first_start_asks_where_the_data_lie(program: Program) -> None:
    program.start("")

    assert isinstance(face(program), FirstStart)


def test_a_first_start_ends_signed_in_on_the_new_site(program: Program, url: str, tmp_path: Path) -> None:
    program.start("")
    shown = face(program)
    assert isinstance(shown, FirstStart)
    shown.database.path.setText(str(tmp_path / "desk.db"))
    shown.try_database()
    fill_in(program)

    assert isinstance(face(program), Workspace)
    assert program.place.prefs.values.database_url == url
    assert program.place.prefs.values.last_user == "wang"


def fill_in(program: Program) -> None:
    shown = face(program)
    assert isinstance(shown, FirstStart)
    assert shown.site is not None
    shown.site.name.setText(WANG.name)
    shown.site.login.setText(WANG.login)
    shown.site.password.setText(PASSWORD)
    shown.site.again.setText(PASSWORD)
    shown.set_up()


def test_setting_up_waits_until_both_passwords_are_the_same(program: Program, url: str) -> None:
    program.start(url)
    shown = face(program)
    assert isinstance(shown, FirstStart)
    assert shown.site is not None
    shown.site.name.setText(WANG.name)
    shown.site.login.setText(WANG.login)
    shown.site.password.setText(PASSWORD)
    shown.site.again.setText(PASSWORD + "!")

    assert not shown.site.go.isEnabled()


def test_a_weak_password_is_refused_before_anything_is_made(
    program: Program, url: str, tmp_path: Path
) -> None:
    program.start(url)
    shown = face(program)
    assert isinstance(shown, FirstStart)
    assert shown.site is not None
    shown.site.name.setText(WANG.name)
    shown.site.login.setText(WANG.login)
    shown.site.password.setText("short")
    shown.site.again.setText("short")
    shown.set_up()

    assert shown.notice.isVisible()
    assert not (tmp_path / "desk.db").exists()


def test_an_address_that_cannot_be_read_is_told_and_keeps_what_was_typed(program: Program) -> None:
    program.start("")
    shown = face(program)
    assert isinstance(shown, FirstStart)
    shown.database.server.setChecked(True)
    shown.database.address.setText("mysql://desk")
    shown.try_database()

    assert shown.notice.isVisible()
    assert shown.database.address.text() == "mysql://desk"


def test_the_first_start_says_who_can_read_a_file(program: Program) -> None:
    program.start("")

    assert any("can read the file" in text for text in shown_texts(program.window))


def test_an_existing_site_leads_to_sign_in(program: Program, site: str) -> None:
    program.start(site)

    assert isinstance(face(program), SignIn)


def test_the_right_password_leads_to_the_workspace(program: Program, site: str) -> None:
    program.start(site)

    sign_in(program)

    assert isinstance(face(program), Workspace)


def test_a_wrong_password_is_told_and_the_name_stays(program: Program, site: str) -> None:
    program.start(site)

    sign_in(program, "red kettle river")

    shown = face(program)
    assert isinstance(shown, SignIn)
    assert shown.login.text() == "wang"


def test_who_asked_to_stay_is_signed_in_at_the_next_start(
    program: Program, site: str, keyring: FakeKeyring
) -> None:
    program.start(site)
    sign_in(program, stay=True)

    program.start(site)

    assert keyring.secrets
    assert isinstance(face(program), Workspace)


def test_signing_out_forgets_who_stayed(program: Program, site: str, keyring: FakeKeyring) -> None:
    program.start(site)
    sign_in(program, stay=True)

    program.sign_out()

    assert isinstance(face(program), SignIn)
    assert keyring.secrets == {}


def test_a_foreign_file_is_refused_with_another_choice(program: Program, tmp_path: Path) -> None:
    other = Path(tmp_path / "notes.db")
    other.write_bytes(b"these are notes and no database at all " * 40)

    program.start(f"sqlite:///{other.as_posix()}")

    assert isinstance(face(program), TroubleFace)


def test_another_language_and_theme_are_worn_at_once_and_kept(program: Program, site: str) -> None:
    program.start(site)
    sign_in(program)

    program.change_look(language="zh_CN", theme="dark")
    program.relook()

    assert any("数据库" in text or "刷新" in text for text in shown_texts(program.window))
    assert theme.name == "dark"
    assert program.place.prefs.values.language == "zh_CN"
    program.change_look(language="en", theme="light")
    program.relook()


def test_the_sign_in_too_changes_its_language(program: Program, site: str) -> None:
    program.start(site)

    program.change_look(language="zh_CN")
    program.relook()

    words = [label.text() for label in program.window.findChildren(PlainLabel)]
    assert "登录" in words


def test_the_window_remembers_its_page(program: Program, site: str) -> None:
    program.start(site)
    sign_in(program)
    program.window.close()

    kept = program.place.prefs.values.window["workspace"]
    assert set(kept) == {"page", "pages"}


def test_nothing_on_the_first_start_is_cut_off_or_nameless(program: Program, url: str) -> None:
    program.window.resize(1280, 720)
    program.start(url)

    assert clipped_texts(program.window) == []
    assert nameless_inputs(program.window) == []


def test_nothing_on_the_sign_in_is_cut_off_or_nameless(program: Program, site: str) -> None:
    program.window.resize(1280, 720)
    program.start(site)

    assert clipped_texts(program.window) == []
    assert nameless_inputs(program.window) == []


def test_a_page_that_changes_the_preferences_changes_the_look(
    qtbot: QtBot, program: Program, site: str
) -> None:
    program.start(site)
    sign_in(program)
    before = program.workspace

    program.place.prefs.change(theme="contrast")

    qtbot.waitUntil(lambda: program.workspace is not before and theme.name == "contrast")
    program.change_look(theme="light")
    program.relook()


def test_a_password_that_was_given_must_be_changed_first(program: Program, site: str, doors: Doors) -> None:
    ctx = doors.open(site).ctx.acting_as(console_actor())
    set_password(ctx, PersonId(1), "valid only once!", must_change=True)
    program.start(site, remembered=False)
    sign_in(program, "valid only once!")
    shown = face(program)
    assert isinstance(shown, NewPassword)
    shown.password.setText("green kettle river")
    shown.again.setText("green kettle river")

    shown.change()

    assert isinstance(face(program), Workspace)


def make_older(url: str) -> None:
    """Make a database look like one of an earlier program."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema_version'")
        connection.commit()


def test_an_older_database_offers_its_administrator_the_update(program: Program, site: str) -> None:
    make_older(site)
    program.start(site)

    sign_in(program)

    shown = face(program)
    assert isinstance(shown, UpdateFace)
    assert shown.go.isEnabled()


def test_an_update_begins_with_a_backup(program: Program, site: str, tmp_path: Path) -> None:
    make_older(site)
    program.start(site)
    sign_in(program)
    shown = face(program)
    assert isinstance(shown, UpdateFace)

    shown.update_now()

    assert len(list((tmp_path / "backups").glob("desk-*.db"))) == 1


def test_others_are_told_who_can_update_an_older_database(
    qtbot: QtBot, place: Workplace, doors: Doors, program: Program, site: str
) -> None:
    make_older(site)
    agent = Actor(None, "agent", frozenset(), "pc")

    shown = UpdateFace(program, doors, place, doors.open(site), agent)
    qtbot.addWidget(shown)

    assert not shown.go.isEnabled()
    assert "Administrator" in shown.notice.text.text()


def test_a_newer_database_is_refused_and_left_as_it_is(program: Program, site: str) -> None:
    file = Path(site.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE meta SET value = '9999' WHERE key = 'schema_version'")
        connection.commit()
    before = file.read_bytes()

    program.start(site)

    assert isinstance(face(program), TroubleFace)
    assert file.read_bytes() == before


def test_keys_open_pages_and_the_palette(qtbot: QtBot, program: Program, site: str) -> None:
    program.start(site)
    sign_in(program)
    work = program.workspace
    assert work is not None
    with qtbot.waitActive(program.window):
        program.window.activateWindow()

    qtbot.keyClick(work, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(work, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    assert work.stack.name == "tickets"
    assert program.palette is not None
    assert program.palette.isVisible()


def test_a_site_can_be_set_up_in_chinese(program: Program, url: str) -> None:
    program.change_look(language="zh_CN")
    program.start(url)
    program.relook()

    fill_in(program)

    work = face(program)
    assert isinstance(work, Workspace)
    assert work.session.site.name_alt == "服务台"
    program.change_look(language="en")
    program.relook()
