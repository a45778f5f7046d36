"""One category takes another over: tickets, subcategories, articles, policies; and gives all of it back."""

from __future__ import annotations

import pytest

from app.models.entities.catalogue import CategoryDetails
from app.models.entities.errors import RuleViolation, StaleRecord
from app.models.entities.events import CatalogueChanged, TicketsChanged
from app.models.entities.ids import ArticleId, CategoryId, TeamId
from app.models.entities.settings import ConfigKind
from app.models.entities.tickets import Channel, EventKind, NewTicket, TicketStatus, TicketType
from app.services.catalogue import commands, queries
from app.services.catalogue.rules import category_path
from app.services.settings import commands as settings
from app.services.settings.queries import current_config
from app.services.tickets import commands as tickets
from app.services.tickets import edit_commands
from app.services.tickets import queries as ticket_queries
from app.services.tickets.category_merging import merge_category, merge_preview
from tests.support.site import SLA, set_up_site


@pytest.fixture(autouse=True)
def site(ctx):
    set_up_site(ctx)


@pytest.fixture
def printer(ctx):
    return add(ctx, CategoryDetails("PRN", "Printer"))


@pytest.fixture
def office(ctx):
    return add(ctx, CategoryDetails("OFF", "Office devices"))


def add(ctx, details, parent=None):
    return CategoryId(commands.add_category(ctx, details, parent_id=parent).id)


def opened(ctx, category_id):
    new = NewTicket(
        TicketType.INCIDENT, Channel.PHONE, "Paper jam", impact=2, urgency=2, category_id=category_id
    )
    return tickets.create_ticket(ctx, new)


def detail(ctx, ticket_id):
    return ticket_queries.ticket_detail(ctx, ticket_id)


def category(ctx, category_id):
    return queries.category(ctx, category_id).category


def merged(ctx, source, target):
    return merge_category(ctx, source, target, version=category(ctx, source).version)


def paths(ctx):
    return [category_path(node) for node in queries.category_tree(ctx)]


def policies(ctx):
    return current_config(ctx, ConfigKind.SLA, "site").body["policies"]


def test_the_preview_counts_what_would_go_over(ctx, make, printer, office):
    opened(ctx, printer)
    make.ticket(category_id=printer, status=TicketStatus.CLOSED)
    add(ctx, CategoryDetails("TNR", "Toner"), printer)
    make.article(category_id=printer)
    team, article = TeamId(make.team().id), ArticleId(make.article().id)
    linked = CategoryDetails("PRN", "Printer", line_teams=((2, team),), article_ids=(article,))
    commands.edit_category(ctx, printer, linked, version=1)

    preview = merge_preview(ctx, printer, office)

    assert (preview.tickets, preview.open_tickets) == (2, 1)
    assert (preview.subcategories, preview.articles, preview.linked) == (("Toner",), 1, 1)
    assert (preview.lines, preview.policies) == ((2,), ())


def test_every_ticket_goes_over_with_a_line_in_its_log(ctx, make, printer, office):
    ticket = opened(ctx, printer)
    closed = make.ticket(category_id=printer, status=TicketStatus.CLOSED)
    promised = detail(ctx, ticket.id).ticket.resolution_due_at

    merged(ctx, printer, office)

    after = detail(ctx, ticket.id)
    assert (after.ticket.category_id, after.ticket.resolution_due_at) == (office, promised)
    line = after.events[-1]
    assert (line.kind, line.field, line.old, line.new) == (
        EventKind.CHANGED,
        "category_id",
        str(printer),
        str(office),
    )
    assert detail(ctx, closed.id).ticket.category_id == office


def test_a_merge_is_announced(ctx, printer, office, announced):
    ticket = opened(ctx, printer)
    announced.clear()

    merged(ctx, printer, office)

    assert announced == [
        CatalogueChanged(frozenset({printer, office})),
        TicketsChanged(frozenset({ticket.id})),
    ]


def test_subcategories_articles_and_missing_teams_go_over(ctx, make, printer, office):
    team, own = TeamId(make.team().id), TeamId(make.team().id)
    article, linked = make.article(category_id=printer), ArticleId(make.article().id)
    add(ctx, CategoryDetails("SCN", "Scanner"), office)
    add(ctx, CategoryDetails("TNR", "Toner"), printer)
    takes = CategoryDetails("PRN", "Printer", line_teams=((1, team), (2, team)), article_ids=(linked,))
    commands.edit_category(ctx, printer, takes, version=1)
    commands.edit_category(
        ctx, office, CategoryDetails("OFF", "Office devices", line_teams=((1, own),)), version=1
    )

    merged(ctx, printer, office)

    details = category(ctx, office).details
    assert paths(ctx) == ["Office devices", "Office devices / Scanner", "Office devices / Toner"]
    assert (details.line_teams, details.article_ids) == (((1, own), (2, team)), (linked,))
    with ctx.store.read() as read:
        assert read.value("SELECT category_id FROM article WHERE id = ?", (article.id,)) == office


def test_the_merged_category_is_retired_and_says_where_it_went(ctx, printer, office):
    merged(ctx, printer, office)

    left = category(ctx, printer)
    assert (left.is_active, left.merged_into) == (False, office)


def test_taking_a_merge_back_restores_exactly_its_tickets(ctx, make, printer, office):
    theirs = opened(ctx, office)
    moved = [opened(ctx, printer), opened(ctx, printer)]
    add(ctx, CategoryDetails("TNR", "Toner"), printer)
    article, linked = make.article(category_id=printer), ArticleId(make.article().id)
    team = TeamId(make.team().id)
    own = CategoryDetails("PRN", "Printer", line_teams=((2, team),), article_ids=(linked,))
    commands.edit_category(ctx, printer, own, version=1)
    before = (paths(ctx), category(ctx, office).details, category(ctx, printer).details)

    outcome = merged(ctx, printer, office)
    later = opened(ctx, office)
    undone = outcome.undo.run()

    assert [detail(ctx, one.id).ticket.category_id for one in moved] == [printer, printer]
    assert [detail(ctx, one.id).ticket.category_id for one in (theirs, later)] == [office, office]
    assert (paths(ctx), category(ctx, office).details, category(ctx, printer).details) == before
    assert (category(ctx, printer).is_active, category(ctx, printer).merged_into) == (True, None)
    with ctx.store.read() as read:
        assert read.value("SELECT category_id FROM article WHERE id = ?", (article.id,)) == printer
    assert undone.skipped == {}


def test_a_ticket_judged_anew_since_stays_where_it_was_put(ctx, printer, office):
    other = add(ctx, CategoryDetails("NET", "Network"))
    moved, judged, returned = opened(ctx, printer), opened(ctx, printer), opened(ctx, printer)
    outcome = merged(ctx, printer, office)
    set_category(ctx, judged.id, other)
    set_category(ctx, returned.id, other)
    set_category(ctx, returned.id, office)

    undone = outcome.undo.run()

    found = [detail(ctx, one.id).ticket.category_id for one in (moved, judged, returned)]
    assert found == [printer, other, office]
    assert undone.skipped == {judged.id: "store.stale", returned.id: "store.stale"}


def test_a_merge_taken_back_can_be_done_again(ctx, printer, office):
    ticket = opened(ctx, printer)

    merged(ctx, printer, office).undo.run().undo.run()

    assert detail(ctx, ticket.id).ticket.category_id == office
    assert not category(ctx, printer).is_active


def test_a_merge_is_not_taken_back_over_somebody_elses_change(ctx, printer, office):
    ticket = opened(ctx, printer)
    outcome = merged(ctx, printer, office)
    commands.edit_category(
        ctx, printer, CategoryDetails("PRN", "Old printer"), version=category(ctx, printer).version
    )

    with pytest.raises(StaleRecord):
        outcome.undo.run()

    assert detail(ctx, ticket.id).ticket.category_id == office


def test_policies_that_name_the_category_name_the_other_one_and_back(ctx, printer, office):
    named = {**SLA["policies"][0], "code": "printers", "name": "Printers", "category_ids": [int(printer)]}
    table = {"policies": [named, SLA["policies"][0]]}
    settings.save_config(ctx, ConfigKind.SLA, "site", table, expected_number=1)
    assert merge_preview(ctx, printer, office).policies == ("Printers",)

    outcome = merged(ctx, printer, office)
    assert [each.get("category_ids") for each in policies(ctx)] == [[office], None]

    outcome.undo.run()
    assert [each.get("category_ids") for each in policies(ctx)] == [[printer], None]


def test_a_merge_into_what_hangs_below_is_refused_and_leaves_no_trace(ctx, printer):
    toner = add(ctx, CategoryDetails("TNR", "Toner"), printer)
    ticket = opened(ctx, printer)

    with pytest.raises(RuleViolation) as refused:
        merged(ctx, printer, toner)

    assert refused.value.code == "catalogue.merge_below"
    assert detail(ctx, ticket.id).ticket.category_id == printer
    assert paths(ctx) == ["Printer", "Printer / Toner"]


def test_more_tickets_than_one_statement_takes_go_over_and_come_back(ctx, make, printer, office):
    for _number in range(3):
        make.ticket(category_id=printer)
    with pytest.MonkeyPatch.context() as small:
        small.setattr("app.services.tickets.category_writing._BATCH", 2)
        outcome = merged(ctx, printer, office)
        assert merge_preview(ctx, office, printer_twin(ctx)).tickets == 3
        outcome.undo.run()

    assert merge_preview(ctx, printer, office).tickets == 3


def printer_twin(ctx):
    return add(ctx, CategoryDetails("PRX", "Printer twin"))


def set_category(ctx, ticket_id, category_id):
    now = detail(ctx, ticket_id).ticket
    edit_commands.edit_ticket(
        ctx,
        ticket_id,
        version=now.version,
        changes={"category_id": category_id},
        base={"category_id": now.category_id},
    )


def test_a_form_of_the_target_begun_before_the_merge_does_not_overwrite_it(ctx, make, printer, office):
    team = TeamId(make.team().id)
    commands.edit_category(
        ctx, printer, CategoryDetails("PRN", "Printer", line_teams=((2, team),)), version=1
    )
    merged(ctx, printer, office)

    with pytest.raises(StaleRecord):
        commands.edit_category(ctx, office, CategoryDetails("OFF", "Office"), version=1)

    assert category(ctx, office).details.line_teams == ((2, team),)
