"""`settings export` and `settings import`, as the shell would run them, on both databases."""

from __future__ import annotations

import json

import pytest

from app.services.settings_file import text
from app.services.settings_file.queries import export_settings
from tests.support.command_line import say
from tests.support.settings_file import changed, content_of, only
from tests.support.settings_site import sample_site


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


def test_an_export_is_taken_in_again_without_a_change(site, tmp_path):
    file = str(tmp_path / "settings.json")

    assert say(site, "settings", "export", file) == (0, f"{file}\n", "")
    code, told, _ = say(site, "settings", "import", file)

    assert code == 0
    assert told.startswith("0 added, 0 changed, 0 retired, ")


def test_an_import_tells_each_entry_and_does_it(site, tmp_path):
    file = tmp_path / "in.json"
    file.write_bytes(only("settings", {"tickets.reopen_days": 9}))

    code, told, _ = say(site, "settings", "import", str(file))

    assert (code, told) == (
        0,
        "settings  changed  tickets.reopen_days  5 → 9\n"
        "0 added, 1 changed, 0 retired, 0 unchanged, 0 refused\n",
    )
    assert content_of(site)["settings"]["tickets.reopen_days"] == 9


def test_a_dry_run_writes_nothing(site, tmp_path):
    file = tmp_path / "in.json"
    file.write_bytes(only("settings", {"tickets.reopen_days": 9}))

    code, told, _ = say(site, "settings", "import", str(file), "--dry-run", "--json")

    assert (code, json.loads(told)["imported"]) == (0, False)
    assert content_of(site)["settings"]["tickets.reopen_days"] == 5


def test_only_the_named_sections_are_taken(site, tmp_path):
    def change(content):
        content["teams"][0]["name"] = "Hotline"
        content["scripts"][0]["name"] = "Hello"
        content["settings"]["tickets.reopen_days"] = 9

    file = tmp_path / "in.json"
    file.write_bytes(changed(site, change))

    code, _, _ = say(site, "settings", "import", str(file), "--section", "teams", "--section", "scripts")

    content = content_of(site)
    assert code == 0
    assert (content["teams"][0]["name"], content["scripts"][0]["name"]) == ("Hotline", "Hello")
    assert content["settings"]["tickets.reopen_days"] == 5


def test_refused_entries_come_first_and_nothing_is_imported(site, tmp_path):
    file = tmp_path / "in.json"
    file.write_bytes(changed(site, lambda content: content["matrix"]["cells"][0].__setitem__(0, None)))
    before = export_settings(site)

    code, told, _ = say(site, "settings", "import", str(file))

    assert code == 1
    assert told.startswith("matrix  refused  ")
    assert export_settings(site) == before


@pytest.mark.parametrize(
    ("body", "why"), [(b"{", "settings_file.damaged"), (b"\xff", "settings_file.not_text")]
)
def test_a_file_that_cannot_be_read_is_told(site, tmp_path, body, why):
    file = tmp_path / "in.json"
    file.write_bytes(body)

    assert say(site, "settings", "import", str(file)) == (1, "", f"{why}\n")


def test_a_file_that_is_not_there_or_is_too_large_is_told(site, tmp_path, monkeypatch):
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (text.MOST_BYTES + 1))

    missing = say(site, "settings", "import", str(tmp_path / "gone.json"))
    folder = say(site, "settings", "import", str(tmp_path))
    too_large = say(site, "settings", "import", str(large))

    assert [each[2] for each in (missing, folder)] == ["settings_file.unreadable\n"] * 2
    assert too_large[2] == "settings_file.too_large\n"


def test_a_file_that_cannot_be_written_is_told(site, tmp_path):
    (tmp_path / "file").write_text("x")

    assert say(site, "settings", "export", str(tmp_path / "file" / "x.json")) == (
        1,
        "",
        "settings_file.unwritable\n",
    )
