"""Merging one category into another: its tickets, subcategories and articles go over, and it is retired.

Merging tidies up the catalogue; it is no judgement about single tickets. So a ticket keeps what it was
promised and the time of its last change, and only its log says that it was moved. Everything is one
transaction: the tickets are moved in batches of statements, never half of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from app.models.entities.catalogue import Category
from app.models.entities.errors import RuleViolation
from app.models.entities.events import CatalogueChanged, KnowledgeChanged, TicketsChanged
from app.models.entities.ids import ArticleId, CategoryId, TicketId
from app.models.entities.merging import DoneMerge, MergePreview
from app.models.entities.settings import ConfigKind
from app.models.transactions import Reader, Transaction
from app.services.base.command import command, query
from app.services.base.context import Context
from app.services.base.names import name_in
from app.services.base.undo import Outcome, Undo
from app.services.catalogue import merging
from app.services.catalogue.queries import load_categories, load_category
from app.services.catalogue.writing import form_text
from app.services.settings.configs import put_config
from app.services.settings.current import SITE_DOCUMENT
from app.services.tickets.category_writing import (
    bring_articles_back,
    give,
    hang_below,
    move_articles,
    naming,
    recategorise,
    rename_in_sla,
    sla_document,
    still_moved,
    take_back,
)

# A page that hears of more tickets than it could show reads everything again anyway.
_MOST_NAMED = 200


@query(permission="settings.read")
def merge_preview(ctx: Context, read: Reader, source_id: CategoryId, target_id: CategoryId) -> MergePreview:
    """Return what merging `source_id` into `target_id` would do now.

    Raises:
        RuleViolation: what `catalogue.merging.check_merge` raises.
        NotFound: `catalogue.category_missing`.
    """
    categories = _both(read, source_id, target_id)
    source = categories[source_id]
    document = sla_document(read)
    total, still_open = read.rows(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN is_open = true THEN 1 ELSE 0 END), 0) FROM ticket"
        " WHERE category_id = ?",
        (source_id,),
    )[0]
    return MergePreview(
        tickets=total,
        open_tickets=still_open,
        subcategories=tuple(
            name_in(categories[one].name, categories[one].details.name_alt, ctx.language)
            for one in merging.children(categories, source_id)
        ),
        articles=read.value("SELECT COUNT(*) FROM article WHERE category_id = ?", (source_id,)),
        linked=len(merging.new_links(source, categories[target_id])),
        lines=tuple(line for line, _team in merging.lines_taken_over(categories, source_id, target_id)),
        policies=tuple(
            name_in(policy.get("name", "") or policy["code"], policy.get("name_alt", ""), ctx.language)
            for policy in naming(document.body, source_id)
        )
        if document is not None
        else (),
    )


@command(permission="settings.edit", serializable=True)
def merge_category(
    ctx: Context, tx: Transaction, source_id: CategoryId, target_id: CategoryId, *, version: int
) -> Outcome:
    """Let `target_id` take over all tickets, subcategories and articles of `source_id`, and retire that.

    Where the target has no team for a line, it takes this one's; everything else it states itself holds.
    Policies of the SLA table that name the source name the target instead, in a new version of the table.
    The undo brings back exactly the tickets that were moved, as far as nobody gave them another category.

    Raises:
        RuleViolation: what `catalogue.merging.check_merge` raises.
        NotFound, StaleRecord: as every edit.
    """
    categories = _both(tx, source_id, target_id)
    source, target = categories[source_id], categories[target_id]
    children = merging.children(categories, source_id)
    linked = merging.new_links(source, target)
    teams = merging.lines_taken_over(categories, source_id, target_id)
    columns = {"is_active": False, "form_fields": form_text(source.details, target_id)}
    after = tx.update_versioned("category", source_id, version, columns)
    ticket_ids = tuple(
        TicketId(row[0])
        for row in tx.rows("SELECT id FROM ticket WHERE category_id = ? ORDER BY id", (source_id,))
    )
    recategorise(tx, ticket_ids, source_id, target_id)
    hang_below(tx, children, target_id)
    articles = move_articles(tx, source_id, target_id)
    give(tx, target, linked, teams)
    sla_number, sla_before = rename_in_sla(tx, source, target)
    done = DoneMerge(
        source_id,
        target_id,
        after,
        source.is_active,
        source.merged_into,
        tx.op_id,
        ticket_ids,
        {child: categories[child].position for child in children},
        articles,
        linked,
        tuple(line for line, _team in teams),
        sla_number,
        sla_before,
    )
    _announce(tx, (source_id, target_id, *children), ticket_ids, articles)
    params = {"name": source.name, "into": target.name, "count": len(ticket_ids)}
    back = partial(unmerge_category, ctx, done)
    return Outcome(source_id, after, Undo("catalogue.category_merged", back, params))


@command(permission="settings.edit", serializable=True)
def unmerge_category(ctx: Context, tx: Transaction, done: DoneMerge) -> Outcome:
    """Take a merge back. A ticket or article that got another category since stays there; tickets are named.

    Raises:
        RuleViolation: `catalogue.parent_retired`; what it hung below was retired since.
        StaleRecord: the merged category, or the SLA table the merge wrote, was changed since.
        NotFound: `catalogue.category_missing`.
    """
    categories = _both(tx, done.source_id, done.target_id, is_checked=False)
    source, target = categories[done.source_id], categories[done.target_id]
    above = categories.get(source.parent_id) if source.parent_id is not None else None
    if done.was_active and above is not None and not above.is_active:
        raise RuleViolation("catalogue.parent_retired", name=above.name)
    columns = {
        "is_active": done.was_active,
        "form_fields": form_text(source.details, done.was_merged_into),
    }
    after = tx.update_versioned("category", done.source_id, done.version, columns)
    back = still_moved(tx, done)
    recategorise(tx, back, done.target_id, done.source_id)
    children = [one for one in done.places if categories[one].parent_id == done.target_id]
    tx.execute_many(
        "UPDATE category SET parent_id = ?, position = ?, version = version + 1 WHERE id = ?",
        [(done.source_id, done.places[one], one) for one in children],
    )
    bring_articles_back(tx, done)
    take_back(tx, target, done)
    if done.sla_number:
        note = f"{target.name} → {source.name}"
        number = done.sla_number
        put_config(tx, ConfigKind.SLA, SITE_DOCUMENT, done.sla_before, expected_number=number, note=note)
    _announce(tx, (done.source_id, done.target_id, *children), back, done.article_ids)
    params = {"name": source.name, "into": target.name, "count": len(back)}
    again = partial(merge_category, ctx, done.source_id, done.target_id, version=after)
    left = {int(one): "store.stale" for one in set(done.ticket_ids) - set(back)}
    return Outcome(done.source_id, after, Undo("catalogue.category_unmerged", again, params), left)


def _both(
    read: Reader, source_id: CategoryId, target_id: CategoryId, *, is_checked: bool = True
) -> dict[CategoryId, Category]:
    """Return every category by its id, both of these among them."""
    load_category(read, source_id)
    load_category(read, target_id)
    categories = {one.id: one for one in load_categories(read, include_retired=True)}
    if is_checked:
        merging.check_merge(categories, source_id, target_id)
    return categories


def _announce(
    tx: Transaction,
    categories: Iterable[CategoryId],
    tickets: Sequence[TicketId],
    articles: Sequence[ArticleId],
) -> None:
    tx.announce(CatalogueChanged(frozenset(int(one) for one in categories)))
    if tickets:
        named = frozenset(int(one) for one in tickets) if len(tickets) <= _MOST_NAMED else frozenset()
        tx.announce(TicketsChanged(named))
    if articles:
        tx.announce(KnowledgeChanged(frozenset(int(one) for one in articles)))
