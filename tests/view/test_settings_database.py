"""The database page says where the data is and who can read it, backs up, checks, and chooses another one."""

from __future__ import annotations

import sqlite3
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
    written = list(folder.glob("*.db"))
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


def test_another_file_is_used_from_the_next_start(pane, env, tmp_path):
    env.dialogs.path = tmp_path / "other.db"

    pane.pick_file.click()

    assert env.prefs.values.database_url == "sqlite:///" + env.dialogs.path.as_posix()
    assert pane.next_start.isVisible()
    assert "other.db" in pane.next_start.text.text()

    pane.keep.click()
    assert not pane.next_start.isVisible()


def test_a_servers_address_is_kept_without_its_password(pane, env):
    env.dialogs.text = "postgresql://desk:secret@db/desk"

    pane.pick_server.click()

    assert env.prefs.values.database_url == "postgresql://desk@db/desk"
    assert any("password was left out" in said for said in env.shell.said)


def test_what_is_no_address_changes_nothing(pane, env):
    env.dialogs.text = "somewhere"

    pane.pick_server.click()

    assert env.prefs.values.database_url == ""
    assert len(env.shell.said) == 1


def test_a_reader_may_check_but_not_back_up(qtbot, ctx, env):
    pane = shown_pane(qtbot, DatabasePane, only_with(ctx, "settings.read"), env)

    assert not pane.backup.isVisible()
    assert pane.check.isVisible()
