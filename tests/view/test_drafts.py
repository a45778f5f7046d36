"""Nothing typed is ever lost: drafts are kept while typing, survive a kill, and are offered again."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.models.entities.errors import StoreUnavailable
from app.services.base.clock import FixedClock
from app.services.base.drafts import Draft, DraftFiles, DraftKey
from app.views.base.drafts import DraftKeeper
from app.views.base.forms import Form
from app.views.base.tasks import ImmediateTasks
from app.views.base.widgets.fields import Field

NOW = datetime(2026, 11, 20, 6, 2, tzinfo=UTC)
KEY = DraftKey("7", "epoch-1", "tickets.note", "10482")
ROOT = Path(__file__).parents[2]
KILLS = 20  # a release runs 200
AT_ONCE = 10


def draft(text, *, draft_id="a1", key=KEY, at=NOW):
    return Draft(draft_id, key, 3, at, "#10482", {"text": text})


@pytest.fixture
def files(tmp_path):
    return DraftFiles(tmp_path / "drafts")


class Note(QWidget):
    """A form with one field, kept as a draft."""

    def __init__(self, files, **options):
        super().__init__()
        self.line, self.other = QLineEdit(), QLineEdit()
        self.form = Form(self)
        inner = QWidget()
        QVBoxLayout(inner).addWidget(self.form.add("text", Field("Text", self.line)))
        column = QVBoxLayout(self)
        column.addWidget(inner)
        column.addWidget(self.other)
        self.keeper = DraftKeeper(
            inner,
            self.form,
            files=files,
            tasks=ImmediateTasks(),
            clock=FixedClock(NOW),
            key=KEY,
            base_version=3,
            **options,
        )


@pytest.fixture
def note(qtbot, files):
    note = Note(files)
    qtbot.addWidget(note)
    note.show()
    return note


def kept(files):
    return [offer.values for offer in files.offers("7", "epoch-1")]


# --- the files ---------------------------------------------------------------------------------------------


def test_a_draft_comes_back_as_it_was(files):
    files.save(draft("half a sentence"))

    assert files.offers("7", "epoch-1") == [draft("half a sentence")]


def test_a_draft_is_offered_to_nobody_else_and_on_no_other_database(files):
    files.save(draft("private"))

    assert files.offers("8", "epoch-1") == []
    assert files.offers("7", "epoch-2") == []


def test_the_newest_draft_is_offered_first(files):
    files.save(draft("older", draft_id="a1"))
    files.save(draft("newer", draft_id="b2", at=NOW + timedelta(minutes=1)))

    assert kept(files) == [{"text": "newer"}, {"text": "older"}]


def test_a_damaged_draft_falls_back_to_the_generation_before(files, tmp_path):
    for text in ("one", "one two", "one two three"):
        files.save(draft(text))

    (tmp_path / "drafts" / "a1.json").write_text('{"id": "a1", "val', "utf-8")

    assert kept(files) == [{"text": "one two"}]


def test_three_generations_are_kept(files, tmp_path):
    for number in range(6):
        files.save(draft(f"version {number}"))

    generations = sorted((tmp_path / "drafts").iterdir())

    assert [json.loads(path.read_text("utf-8"))["values"]["text"] for path in generations] == [
        "version 4",
        "version 3",
        "version 5",
    ]


def test_a_deleted_draft_leaves_nothing(files, tmp_path):
    files.save(draft("one"))
    files.save(draft("two"))

    files.delete("a1")

    assert list((tmp_path / "drafts").iterdir()) == []


def test_drafts_nobody_came_back_for_go(files):
    files.save(draft("old", draft_id="a1", at=NOW - timedelta(days=40)))
    files.save(draft("new", draft_id="b2"))

    files.delete_older_than(NOW - timedelta(days=30))

    assert kept(files) == [{"text": "new"}]


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StoreUnavailable, match=r"draft\.not_saved"):
        DraftFiles(tmp_path / "file").save(draft("text"))


# --- the keeper --------------------------------------------------------------------------------------


def test_a_typed_text_is_kept_within_a_second(qtbot, files, note):
    qtbot.keyClicks(note.line, "the printer")

    qtbot.waitUntil(lambda: kept(files) == [{"text": "the printer"}], timeout=1500)


def test_typing_on_does_not_put_the_save_off(qtbot, files, note):
    began = time.monotonic()

    while not kept(files):
        qtbot.keyClicks(note.line, "x", delay=30)

    assert time.monotonic() - began < 1.5


def test_leaving_the_form_keeps_the_text_at_once(qtbot, files, note):
    note.activateWindow()
    note.line.setFocus()
    qtbot.waitUntil(note.line.hasFocus)
    qtbot.keyClicks(note.line, "text")

    note.other.setFocus()

    assert kept(files) == [{"text": "text"}]


def test_a_text_taken_back_has_no_draft(files, note):
    note.line.setText("text")
    note.keeper.save_now()

    note.line.setText("")
    note.keeper.save_now()

    assert kept(files) == []


def test_a_saved_text_has_no_draft(files, note):
    note.line.setText("text")
    note.keeper.save_now()

    note.keeper.forget()

    assert kept(files) == []


def test_a_restored_draft_is_in_the_form_and_goes_on_as_the_same_one(files, note):
    files.save(draft("half a sentence"))

    note.keeper.restore(files.offers("7", "epoch-1")[0])
    note.line.setText("half a sentence and more")
    note.keeper.save_now()

    assert kept(files) == [{"text": "half a sentence and more"}]


def test_a_text_that_cannot_be_kept_is_told_once(qtbot, tmp_path):
    (tmp_path / "file").write_text("in the way")
    note, told = Note(DraftFiles(tmp_path / "file")), []
    qtbot.addWidget(note)
    note.keeper.failed.connect(told.append)

    note.line.setText("text")
    note.keeper.save_now()
    note.keeper.save_now()

    assert [error.code for error in told] == ["draft.not_saved"]


# --- killed while typing -----------------------------------------------------------------------------------

TYPIST = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from app.services.base.clock import SystemClock
from app.services.base.drafts import DraftFiles, DraftKey
from app.views.base.drafts import DraftKeeper
from app.views.base.forms import Form
from app.views.base.tasks import WorkerTasks
from app.views.base.widgets.fields import Field

app = QApplication([])
screen, line = QWidget(), QLineEdit()
form = Form(screen)
QVBoxLayout(screen).addWidget(form.add("text", Field("Text", line)))
keeper = DraftKeeper(
    screen, form, files=DraftFiles(Path(sys.argv[1])), tasks=WorkerTasks(print), clock=SystemClock(),
    key=DraftKey("7", "epoch-1", "tickets.note"),
)
screen.show()
count = 0
def type_a_key():
    global count
    count += 1
    line.setText(f"{count} {time.time()}")
    print(line.text(), flush=True)
timer = QTimer()
timer.timeout.connect(type_a_key)
timer.start(8)
app.exec()
"""


def start_typist(folder):
    return subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )


def typed_before_killed(typist, letters):
    """Kill a typist after so many letters; return every text it had typed."""
    typed = []
    with typist:
        for text in typist.stdout:
            typed.append(text)
            if len(typed) >= letters:
                typist.kill()
                break
        return [*typed, *typist.stdout.read().splitlines(keepends=True)]


def test_programs_killed_while_typing_lose_two_seconds_at_most(tmp_path):
    seeded = random.Random(17)
    for batch in range(KILLS // AT_ONCE):
        folders = [tmp_path / f"{batch}-{number}" for number in range(AT_ONCE)]
        for folder, typist in [(folder, start_typist(folder)) for folder in folders]:
            typed = typed_before_killed(typist, seeded.randint(5, 150))
            at = [float(text.split()[1]) for text in typed if text.endswith("\n")]
            offers = DraftFiles(folder).offers("7", "epoch-1")
            kept_at = float(offers[0].values["text"].split()[1]) if offers else at[0]

            assert at[-1] - kept_at <= 2.0
