"""Words to colleagues: the duty supervisor reminds those on duty, a team or a person (S1-24)."""

from __future__ import annotations

from typing import Any

from app.models.entities.duty import Audience, NewReminder, ReminderLink
from app.models.entities.errors import NotFound, RuleViolation
from app.models.entities.ids import PersonId, TicketId
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.duty import rules
from app.services.notices.writing import put_notices
from app.services.roster.queries import people_on_duty


@command(permission="roster.edit")
def remind(ctx: Context, tx: Transaction, reminder: NewReminder) -> Outcome:
    """Tell people something at once, in their bell; the outcome's id is how many were told.

    Whoever reminds is not told; who is on standby is. There is nothing to take back: what was told was told.

    Raises:
        RuleViolation: `duty.reminder_empty`, `duty.link_missing`, `duty.nobody_to_remind`.
        BadInput: `duty.text_too_long`.
        NotFound: `tickets.number_not_found`, `knowledge.not_found`.
    """
    text = rules.check_reminder(reminder)
    ticket_id, link = _linked(tx, reminder)
    people = sorted(set(_people(tx, reminder)) - {ctx.actor.person_id})
    if not people:
        raise RuleViolation("duty.nobody_to_remind")
    body: dict[str, Any] = {"text": text, **link}
    if ctx.actor.person_id is not None:
        body["by"] = int(ctx.actor.person_id)
    told = put_notices(
        tx,
        [
            NewNotice(person, NoticeKind.REMINDED, f"reminded:{tx.op_id}:p{person}", ticket_id, body)
            for person in people
        ],
    )
    return Outcome(told)


def _people(tx: Transaction, reminder: NewReminder) -> list[PersonId]:
    if reminder.audience is Audience.ON_DUTY:
        return [one.person_id for one in people_on_duty(tx, tx.now)]
    if reminder.audience is Audience.TEAM:
        rows = tx.rows(
            "SELECT person.id FROM team_member JOIN person ON person.id = team_member.person_id"
            " WHERE team_member.team_id = ? AND person.is_active = true AND person.is_staff = true",
            (reminder.team_id,),
        )
    else:
        rows = tx.rows(
            "SELECT id FROM person WHERE id = ? AND is_active = true AND is_staff = true",
            (reminder.person_id,),
        )
    return [PersonId(row[0]) for row in rows]


def _linked(tx: Transaction, reminder: NewReminder) -> tuple[TicketId | None, dict[str, Any]]:
    """Return the ticket a reminder is about, and what else it leads to, as the notice keeps it."""
    if reminder.link is None:
        return None, {}
    if reminder.link is ReminderLink.TICKET:
        found = tx.value("SELECT id FROM ticket WHERE number = ?", (reminder.linked,))
        if found is None:
            raise NotFound("tickets.number_not_found", number=reminder.linked)
        return TicketId(found), {}
    if reminder.link is ReminderLink.ARTICLE:
        article = tx.value("SELECT id FROM article WHERE number = ?", (reminder.linked,))
        if article is None:
            raise NotFound("knowledge.not_found", id=reminder.linked)
        return None, {"link": reminder.link.value, "article": int(article)}
    return None, {"link": reminder.link.value}
