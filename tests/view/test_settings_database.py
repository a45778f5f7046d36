"""The database page says where the data is and who can read it, backs up, checks, and chooses another one."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.services.store_care.queries import Sharing, StoreFacts
from app.views.settings.database_page import WHO_CAN_READ, DatabasePane
from tests.support.pages import page_env
from tests.support.settings_site import only_with, shown_pane


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def pane(qtbot, ctx, env):
    return shown_pane(qtbot, DatabasePane, ctx, env)


def facts(sharing, **more):
    values = {"address": "x", "system": "SQLite", "server": "3", "login": "", "size": 1, "schema": 1}
    return StoreFacts(**{**values, "sharing": sharing, "program_schema": 1, **more})


def test_the_facts_are_shown(pane, ctx):
    assert pane.address.text() == str(ctx.store.dialect.path)
    assert "a file on this PC" in pane.system.text()
    assert "as this program wants it" in pane.schema.text()


@pytest.mark.parametrize("sharing", list(Sharing))
def test_who_can_read_it_is_said_for_every_kind_of_place(pane, sharing):
    pane._show_facts(facts(sharing, login="desk" if sharing is Sharing.SHARED_LOGIN else ""))

    said = pane.who.text.text()
    assert all(str(sentence) in said for sentence in WHO_CAN_READ[sharing])
    assert pane.who.property("tone") == ("info" if sharing is Sharing.ONE_PC else "warn")


def test_a_backup_is_written_proved_and_listed(pane, ctx, env):
    pane.backup.click()

    folder = Path(ctx.store.dialect.path).parent / "backups"
    written = list(folder.glob(f"{Path(ctx.store.dialect.path).stem}-20*.db"))
    assert len(written) == 1
    assert written[0].name in pane.backups.text()
    assert any("Backed up and proved" in said for said in env.shell.said)


def test_a_sound_database_is_said_to_be_sound(pane, make):
    make.ticket()

    pane.check.click()

    assert pane.found.text().startswith("Sound: ")
    assert pane.check.isVisible()
    assert not pane.cancel.isVisible()


def test_damage_is_told_with_what_to_do(pane, ctx, make):
    ticket = make.ticket()
    ctx.store.release()
    with closing(sqlite3.connect(ctx.store.dialect.path)) as past_the_program:
        past_the_program.execute("UPDATE ticket_event SET ticket_id = 999 WHERE ticket_id = ?", (ticket.id,))
        past_the_program.commit()

    pane.check.click()

    assert "Damage was found" in pane.found.text()


def test_another_file_is_used_from_the_next_start_once_it_answered(pane, env, sqlite_databases):
    url = sqlite_databases.copy()
    env.dialogs.path = Path(url.removeprefix("sqlite:///"))

    pane.pick_file.click()

    assert env.prefs.values.database_url == url
    assert pane.next_start.isVisible()
    assert env.dialogs.path.name in pane.next_start.text.text()
    assert "can be used" in pane.trial.text.text()

    pane.keep.click()
    assert not pane.next_start.isVisible()
    assert not pane.trial.isVisible()


def test_a_file_that_is_no_database_is_not_taken(pane, env, tmp_path):
    env.dialogs.path = tmp_path / "notes.db"
    env.dialogs.path.write_bytes(b"these are notes and no database at all " * 40)

    pane.pick_file.click()

    assert env.prefs.values.database_url == ""
    assert not pane.next_start.isVisible()
    assert pane.trial.property("tone") == "bad"


def test_a_newer_database_is_not_taken(pane, env, sqlite_databases):
    env.dialogs.path = Path(sqlite_databases.copy().removeprefix("sqlite:///"))
    with closing(sqlite3.connect(env.dialogs.path)) as connection:
        connection.execute("UPDATE meta SET value = '9999' WHERE key = 'schema_version'")
        connection.commit()

    pane.pick_file.click()

    assert env.prefs.values.database_url == ""
    assert "newer version" in pane.trial.text.text()


def test_a_server_is_taken_without_its_password_once_it_answered(pane, env, postgresql_databases):
    url = postgresql_databases.copy()
    env.dialogs.text = url.replace("postgres:@", "postgres:secret@")

    pane.pick_server.click()

    assert env.prefs.values.database_url == url.replace("postgres:@", "postgres@")


def test_a_server_that_does_not_answer_is_not_taken(pane, env):
    env.dialogs.text = "postgresql://desk:secret@127.0.0.1:1/desk"

    pane.pick_server.click()

    assert env.prefs.values.database_url == ""
    assert "No database answers at postgresql://desk@127.0.0.1:1/desk" in pane.trial.text.text()
    assert "password was left out" in pane.trial.text.text()
    assert pane.pick_server.isEnabled()


def test_a_program_without_the_servers_driver_tries_in_another_process(pane, env, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    env.dialogs.text = "postgresql://desk@127.0.0.1:1/desk"

    pane.pick_server.click()

    assert "No database answers" in pane.trial.text.text()


def test_what_is_no_address_changes_nothing(pane, env):
    env.dialogs.text = "somewhere"

    pane.pick_server.click()

    assert env.prefs.values.database_url == ""
    assert "is not the address of a database" in pane.trial.text.text()


def test_a_reader_may_check_but_not_back_up(qtbot, ctx, env):
    pane = shown_pane(qtbot, DatabasePane, only_with(ctx, "settings.read"), env)

    assert not pane.backup.isVisible()
    assert pane.check.isVisible()
