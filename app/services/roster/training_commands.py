"""What is noted about trainings people had (S2-61): add, change, take out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from app.models.entities.errors import BadInput, NotFound, StaleRecord
from app.models.entities.events import RosterChanged
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster import lists

LONGEST_TITLE = 200
LONGEST_NOTE = 2_000
_MOST_MINUTES = 100_000


@dataclass(frozen=True, slots=True)
class TrainingDetails:
    """Everything about a training that somebody types; `skill_id` None: about no skill of the list.

    `announcement_id` is the new system it is held for: said when it is noted, and never changed by an edit.
    """

    person_id: int
    held_on: date
    title: str
    minutes: int
    skill_id: int | None = None
    note: str = ""
    announcement_id: int | None = None


def check_training(details: TrainingDetails) -> None:
    """Refuse what cannot be noted.

    Raises:
        BadInput: `roster.training_title`, `catalogue.text_too_long`, `settings.out_of_range` (minutes).
    """
    title, note = details.title.strip(), details.note.strip()
    if not title:
        raise BadInput("roster.training_title")
    if len(title) > LONGEST_TITLE or len(note) > LONGEST_NOTE:
        longest = LONGEST_TITLE if len(title) > LONGEST_TITLE else LONGEST_NOTE
        raise BadInput("catalogue.text_too_long", longest=longest)
    if not 1 <= details.minutes <= _MOST_MINUTES:
        raise BadInput(
            "settings.out_of_range", name=title, value=details.minutes, least=1, most=_MOST_MINUTES
        )


@command(permission="people.edit")
def add_training(ctx: Context, tx: Transaction, details: TrainingDetails) -> Outcome:
    """Note a training.

    Raises:
        BadInput: `roster.training_title`, `catalogue.text_too_long`, `settings.out_of_range` (minutes).
        NotFound: `people.not_found`, `settings.entry_missing` (the skill).
    """
    training_id = insert_training(tx, details)
    tx.announce(RosterChanged())
    back = partial(remove_training, ctx, training_id, version=1)
    return Outcome(training_id, 1, Undo("settings.entry_added", back, {"name": details.title}))


@command(permission="people.edit")
def edit_training(
    ctx: Context, tx: Transaction, training_id: int, details: TrainingDetails, *, version: int
) -> Outcome:
    """Change a training. BadInput, NotFound as for adding; `settings.entry_missing`; StaleRecord as ever."""
    before = _load(tx, training_id)
    new = tx.update_versioned("training", training_id, version, _columns(tx, details))
    tx.announce(RosterChanged())
    back = partial(edit_training, ctx, training_id, before, version=new)
    return Outcome(training_id, new, Undo("settings.entry_changed", back, {"name": details.title}))


@command(permission="people.edit")
def remove_training(ctx: Context, tx: Transaction, training_id: int, *, version: int) -> Outcome:
    """Take a training out. NotFound `settings.entry_missing`; StaleRecord as every edit."""
    before = _load(tx, training_id)
    if not tx.execute("DELETE FROM training WHERE id = ? AND version = ?", (training_id, version)):
        raise StaleRecord("training", training_id)
    tx.announce(RosterChanged())
    back = partial(add_training, ctx, before)
    return Outcome(None, None, Undo("settings.entry_retired", back, {"name": before.title}))


def insert_training(tx: Transaction, details: TrainingDetails) -> int:
    """Note a training inside another command and return its id. Raises as `add_training`."""
    columns = {**_columns(tx, details), "announcement_id": details.announcement_id, "version": 1}
    return tx.insert("training", columns)


def _load(tx: Transaction, training_id: int) -> TrainingDetails:
    row = tx.one(
        "SELECT person_id, held_on, title, minutes, skill_id, note, announcement_id FROM training"
        " WHERE id = ?",
        (training_id,),
    )
    if row is None:
        raise NotFound("settings.entry_missing", id=training_id)
    return TrainingDetails(row[0], date.fromisoformat(row[1]), *row[2:])


def _columns(tx: Transaction, details: TrainingDetails) -> dict[str, object]:
    check_training(details)
    title, note = details.title.strip(), details.note.strip()
    if tx.one("SELECT 1 FROM person WHERE id = ?", (details.person_id,)) is None:
        raise NotFound("people.not_found", id=details.person_id)
    if details.skill_id is not None:
        lists.names_of(tx, "skill", details.skill_id)
    return {
        "person_id": details.person_id,
        "skill_id": details.skill_id,
        "held_on": details.held_on.isoformat(),
        "title": title,
        "minutes": details.minutes,
        "note": note,
    }
