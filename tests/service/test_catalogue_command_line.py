"""`catalogue export` and `catalogue import`, as the shell would run them, on both databases."""

from __future__ import annotations

import json

import pytest

from app.services.catalogue.queries import category_tree
from tests.support.command_line import say
from tests.support.settings_site import sample_site


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_an_export_is_taken_in_again_without_a_change(site, tmp_path, name):
    file = str(tmp_path / name)

    assert say(site, "catalogue", "export", "categories", file) == (0, f"{file}\n", "")
    code, told, _ = say(site, "catalogue", "import", "categories", file)

    count = len(category_tree(site, include_retired=True))
    assert (code, told) == (0, f"0 added, 0 changed, {count} unchanged, 0 refused\n")


def test_an_import_tells_each_row_and_does_it(site, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("code,name\nSAT,Satellite\n")

    code, told, _ = say(site, "catalogue", "import", "categories", str(file))

    assert (code, told) == (0, "2  added  SAT\n1 added, 0 changed, 0 unchanged, 0 refused\n")
    assert "Satellite" in {node.category.name for node in category_tree(site)}


def test_a_preview_writes_nothing(site, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("code,name\nSAT,Satellite\n")

    code, told, _ = say(site, "catalogue", "import", "categories", str(file), "--preview", "--json")

    assert (code, json.loads(told)["imported"]) == (0, False)
    assert "Satellite" not in {node.category.name for node in category_tree(site)}


def test_refused_rows_are_named_with_their_line_and_nothing_is_imported(site, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("code,name,parent\nSAT,Satellite,\nX,X,GONE\n")

    code, told, _ = say(site, "catalogue", "import", "categories", str(file))

    assert code == 1
    assert told.splitlines()[0] == "3  refused  X    catalogue.row_parent"
    assert "Satellite" not in {node.category.name for node in category_tree(site)}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("export", "services", "out.pdf"), "catalogue.file_kind"),
        (("import", "services", "gone.csv"), "catalogue.file_unreadable"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_sentence(site, tmp_path, line, code):
    *what, name = line

    assert say(site, "catalogue", *what, str(tmp_path / name)) == (1, "", f"{code}\n")
