"""The demo's skills, trainings and confirmations of reading, each in one transaction. Only for demo sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.models.entities.events import RosterChanged
from app.models.entities.ids import ArticleId
from app.models.entities.instants import to_micros
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.demo.names import load_names
from app.services.roster.training_commands import TrainingDetails, insert_training

_READ_BEFORE = timedelta(days=2)


@command(permission="access.manage")
def write_abilities(
    _ctx: Context,
    tx: Transaction,
    skills: Mapping[str, str],
    levels: Mapping[str, str],
    trainings: Sequence[Mapping[str, Any]],
    today: date,
) -> Outcome:
    """Write who can do what and the trainings they had; the id is how many trainings.

    `skills` has for each login one letter of `levels` per skill in the site's order; another letter means
    that nothing is known.
    """
    staff = load_names(tx).staff
    order = [row[0] for row in tx.rows("SELECT id FROM skill ORDER BY position, id")]
    by_code: dict[str, int] = dict(tx.rows("SELECT code, id FROM skill"))
    tx.execute_many(
        "INSERT INTO person_skill (person_id, skill_id, level) VALUES (?, ?, ?)",
        [
            (staff[login], skill_id, levels[letter])
            for login, letters in skills.items()
            for skill_id, letter in zip(order, letters, strict=False)
            if letter in levels
        ],
    )
    for row in trainings:
        held_on = today - timedelta(days=row["days_ago"])
        skill_id = by_code.get(row["skill"])
        details = TrainingDetails(
            staff[row["person"]], held_on, row["title"], row["minutes"], skill_id, row["note"]
        )
        insert_training(tx, details)
    tx.announce(RosterChanged())
    return Outcome(len(trainings))


@command(permission="access.manage")
def write_read(_ctx: Context, tx: Transaction, read: Mapping[ArticleId, Sequence[str]]) -> Outcome:
    """Write who has confirmed reading the articles all must read, two days ago."""
    staff = load_names(tx).staff
    at = to_micros(tx.now - _READ_BEFORE)
    revisions: dict[int, int] = dict(tx.rows("SELECT id, revision FROM article"))
    tx.execute_many(
        "INSERT INTO acknowledgement (article_id, revision, person_id, at) VALUES (?, ?, ?, ?)",
        [
            (article_id, revisions[article_id], staff[login], at)
            for article_id, logins in read.items()
            for login in logins
        ],
    )
    return Outcome()
