"""What a merge of categories writes, and what taking it back writes: tickets, places, articles, policies."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from app.models.entities.catalogue import Category
from app.models.entities.errors import NotFound
from app.models.entities.ids import ArticleId, CategoryId, TeamId, TicketId
from app.models.entities.merging import DoneMerge
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.models.entities.tickets import EventKind
from app.models.transactions import Reader, Transaction
from app.services.catalogue.places import CATEGORIES
from app.services.settings.configs import put_config
from app.services.settings.current import SITE_DOCUMENT
from app.services.settings.queries import load_config_version
from app.services.tickets.loading import insert_events, new_event

T = TypeVar("T")
_BATCH = 500


def recategorise(tx: Transaction, ids: Sequence[TicketId], old: CategoryId, new: CategoryId) -> None:
    """Move tickets, with a line in each one's log.

    The background work looks at open ones again: escalation may go to another team now.
    """
    for batch in _batches(ids):
        marks = ", ".join("?" * len(batch))
        tx.execute(
            "UPDATE ticket SET category_id = ?, version = version + 1,"
            f" wake_at = CASE WHEN is_open = true THEN 0 ELSE wake_at END WHERE id IN ({marks})",
            (new, *batch),
        )
        insert_events(
            tx,
            (
                new_event(
                    tx, one, EventKind.CHANGED, field="category_id", old=str(old), new=str(new),
                    detail={"merged": True},
                )
                for one in batch
            ),
        )  # fmt: skip


def still_moved(tx: Transaction, done: DoneMerge) -> tuple[TicketId, ...]:
    """Return the tickets whose last change of category is the merge's own."""
    found: list[TicketId] = []
    for batch in _batches(done.ticket_ids):
        marks = ", ".join("?" * len(batch))
        rows = tx.rows(
            "SELECT ticket_id, batch FROM ticket_event WHERE id IN"
            " (SELECT MAX(line.id) FROM ticket_event line"
            f" WHERE line.ticket_id IN ({marks}) AND line.kind = ? AND line.field = ?"
            " GROUP BY line.ticket_id) ORDER BY ticket_id",
            (*batch, EventKind.CHANGED.value, "category_id"),
        )
        found += [TicketId(ticket_id) for ticket_id, operation in rows if operation == done.batch]
    return tuple(found)


def hang_below(tx: Transaction, children: Sequence[CategoryId], target_id: CategoryId) -> None:
    """Let categories stand below another, behind what stands there, with all they hold."""
    after = len(CATEGORIES.siblings(tx, target_id))
    tx.execute_many(
        "UPDATE category SET parent_id = ?, position = ?, version = version + 1 WHERE id = ?",
        [(target_id, after + at, child) for at, child in enumerate(children, 1)],
    )


def move_articles(tx: Transaction, source_id: CategoryId, target_id: CategoryId) -> tuple[ArticleId, ...]:
    """Move the articles written for a category; return which."""
    rows = tx.rows("SELECT id FROM article WHERE category_id = ? ORDER BY id", (source_id,))
    tx.execute(
        "UPDATE article SET category_id = ?, version = version + 1 WHERE category_id = ?",
        (target_id, source_id),
    )
    return tuple(ArticleId(row[0]) for row in rows)


def give(
    tx: Transaction,
    target: Category,
    linked: Sequence[ArticleId],
    teams: Sequence[tuple[int, TeamId]],
) -> None:
    """Let the target link articles and have teams; its version grows, so that other programs read again."""
    after = len(target.details.article_ids)
    tx.execute_many(
        "INSERT INTO category_article (category_id, article_id, position) VALUES (?, ?, ?)",
        [(target.id, article, after + at) for at, article in enumerate(linked, 1)],
    )
    tx.execute_many(
        "INSERT INTO category_team (category_id, line, team_id) VALUES (?, ?, ?)",
        [(target.id, line, team) for line, team in teams],
    )
    tx.execute("UPDATE category SET version = version + 1 WHERE id = ?", (target.id,))


def bring_articles_back(tx: Transaction, done: DoneMerge) -> None:
    """Give articles their category back where nobody gave them another one since."""
    for batch in _batches(done.article_ids):
        marks = ", ".join("?" * len(batch))
        tx.execute(
            "UPDATE article SET category_id = ?, version = version + 1 WHERE category_id = ?"
            f" AND id IN ({marks})",
            (done.source_id, done.target_id, *batch),
        )


def take_back(tx: Transaction, target: Category, done: DoneMerge) -> None:
    """Take back what the merge gave the target; what was changed there since stays."""
    tx.execute_many(
        "DELETE FROM category_article WHERE category_id = ? AND article_id = ?",
        [(target.id, article) for article in done.linked_ids],
    )
    tx.execute_many(
        "DELETE FROM category_team WHERE category_id = ? AND line = ?"
        " AND team_id = (SELECT own.team_id FROM category_team own"
        " WHERE own.category_id = ? AND own.line = ?)",
        [(target.id, line, done.source_id, line) for line in done.lines],
    )
    tx.execute("UPDATE category SET version = version + 1 WHERE id = ?", (target.id,))


def rename_in_sla(tx: Transaction, source: Category, target: Category) -> tuple[int, Mapping[str, Any]]:
    """Let policies that name the source name the target; return the version written, and the table before."""
    document = sla_document(tx)
    if document is None or not naming(document.body, source.id):
        return 0, {}
    changed = copy.deepcopy(dict(document.body))
    for policy in naming(changed, source.id):
        policy["category_ids"] = sorted({*policy["category_ids"], int(target.id)} - {int(source.id)})
    note = f"{source.name} → {target.name}"
    written = put_config(
        tx, ConfigKind.SLA, SITE_DOCUMENT, changed, expected_number=document.number, note=note
    )
    return written.number, document.body


def sla_document(read: Reader) -> ConfigVersion | None:
    """Return the SLA table in force."""
    try:
        return load_config_version(read, ConfigKind.SLA, SITE_DOCUMENT)
    except NotFound:
        return None  # a site that is not set up promises nothing


def naming(body: Mapping[str, Any], category_id: CategoryId) -> list[dict[str, Any]]:
    """Return the policies of an SLA table that name a category. The table was checked when it was saved."""
    return [policy for policy in body["policies"] if category_id in policy.get("category_ids", ())]


def _batches(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    return (ids[at : at + _BATCH] for at in range(0, len(ids), _BATCH))
