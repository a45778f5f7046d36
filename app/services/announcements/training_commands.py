"""Training before a new system: several people at once, noted with the announcement it belongs to (S2-61)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from app.models.entities.announcements import HeldTraining
from app.models.entities.errors import RuleViolation
from app.models.entities.events import AnnouncementsChanged, RosterChanged
from app.models.entities.ids import AnnouncementId
from app.models.transactions import Transaction
from app.services.announcements import rules
from app.services.announcements.reading import load_announcement
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster.training_commands import TrainingDetails, insert_training


@command(permission="announcements.write")
def record_training(
    ctx: Context, tx: Transaction, announcement_id: AnnouncementId, held: HeldTraining
) -> Outcome:
    """Note that people were trained for a new system, under its title; the id is how many they were.

    Each gets a record of their own, as on the page of skills; somebody trained twice has two.

    Raises:
        NotFound: `announcements.not_found`, `people.not_found`, `settings.entry_missing` (the skill).
        RuleViolation: `announcements.not_new` (only a new system has training), `announcements.withdrawn`,
            `announcements.nobody_trained`.
        BadInput: `settings.out_of_range` (minutes), `catalogue.text_too_long` (the note).
    """
    found = load_announcement(tx, announcement_id, tx.now)
    rules.check_changeable(found.state)
    rules.check_trainable(found.details.kind)
    people = sorted(set(held.person_ids))
    if not people:
        raise RuleViolation("announcements.nobody_trained")
    ids = [
        insert_training(
            tx,
            TrainingDetails(
                person,
                held.held_on,
                found.details.title,
                held.minutes,
                held.skill_id,
                held.note,
                announcement_id,
            ),
        )
        for person in people
    ]
    _announce(tx, announcement_id)
    back = partial(drop_trainings, ctx, announcement_id, ids)
    return Outcome(len(people), None, Undo("announcements.undo.trained", back, {"count": len(people)}))


@command(permission="announcements.write")
def drop_trainings(
    ctx: Context, tx: Transaction, announcement_id: AnnouncementId, ids: Sequence[int]
) -> Outcome:
    """Take back trainings just noted for an announcement; one that somebody changed since stays.

    Records of other trainings are left alone, whatever `ids` say.
    """
    marks = ", ".join("?" * len(ids))
    gone = tx.rows(
        f"DELETE FROM training WHERE announcement_id = ? AND version = 1 AND id IN ({marks})"
        " RETURNING person_id, held_on, minutes, skill_id, note",
        (announcement_id, *ids),
    )
    _announce(tx, announcement_id)
    if not gone:
        return Outcome(0)
    held = HeldTraining(
        tuple(row[0] for row in gone),
        date.fromisoformat(gone[0][1]),
        *gone[0][2:],
    )
    back = partial(record_training, ctx, announcement_id, held)
    return Outcome(len(gone), None, Undo("announcements.undo.untrained", back, {"count": len(gone)}))


def _announce(tx: Transaction, announcement_id: AnnouncementId) -> None:
    tx.announce(AnnouncementsChanged(frozenset({announcement_id})))
    tx.announce(RosterChanged())
