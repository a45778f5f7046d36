"""`poe new-migration NAME`: starts a numbered migration and says what it still needs."""

from __future__ import annotations

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "app" / "models" / "migrations"
_TEXT = '''"""{sentence}

Frozen copy of the tables: never import app code here.
"""

import peewee as pw


def up(migrator, db):
    """Say what changes, and what old rows get."""
    migrator.migrate(migrator.add_column("table", "column", pw.TextField(null=True)))


def down(migrator, db):
    """Take it back, or raise where the old facts cannot be had again."""
    migrator.migrate(migrator.drop_column("table", "column"))
'''


def new_migration(name: str, folder: Path = FOLDER) -> Path:
    """Write the next migration and return its file.

    Raises:
        ValueError: `name` is not lower case words joined by underscores.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]+", name):
        raise ValueError(f"{name!r}: use lower case words joined by underscores, such as ticket_held_since")
    taken = [int(file.name[:4]) for file in folder.glob("[0-9][0-9][0-9][0-9]_*.py")]
    file = folder / f"{max(taken, default=0) + 1:04d}_{name}.py"
    sentence = name.replace("_", " ").capitalize() + "."
    file.write_text(_TEXT.format(sentence=sentence), encoding="utf-8")
    return file


def main() -> int:
    """Start the migration that the command line names."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: poe new-migration NAME\n")
        return 2
    try:
        file = new_migration(sys.argv[1])
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(
        f"{file.name} is written. It still needs: its changes, the same changes in app/models/tables/,\n"
        f"and a test in tests/service/ that names {file.stem} and carries old rows through it.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
