"""A category that was merged away: its code and its name go on meaning what took it over."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.entities.catalogue import CategoryDetails
from app.models.entities.ids import CategoryId
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.catalogue import commands, queries
from app.services.catalogue.merged import merged_categories
from app.services.tickets import commands as tickets
from app.services.tickets import queries as ticket_queries
from app.services.tickets.category_merging import merge_category
from app.services.tickets.view_commands import save_view
from app.services.tickets.view_queries import saved_views, view_counts
from app.services.transfer.importing import import_event_log
from tests.support.site import set_up_site

SAMPLE = Path(__file__).parents[1] / "data" / "uci_sample.csv"
LINES = SAMPLE.read_text("utf-8").splitlines(keepends=True)


@pytest.fixture(autouse=True)
def site(ctx, make):
    set_up_site(ctx)
    make.waiting_reason()


@pytest.fixture
def printer(ctx):
    return add(ctx, "PRN", "Printer")


@pytest.fixture
def office(ctx):
    return add(ctx, "OFF", "Office devices")


def add(ctx, code, name, parent=None):
    return CategoryId(commands.add_category(ctx, CategoryDetails(code, name), parent_id=parent).id)


def merge(ctx, source, target):
    version = queries.category(ctx, source).category.version
    return merge_category(ctx, source, target, version=version)


def opened(ctx, category_id):
    call = NewTicket(
        TicketType.INCIDENT, Channel.PHONE, "Paper jam", impact=2, urgency=2, category_id=category_id
    )
    return tickets.create_ticket(ctx, call)


def listed(ctx, text):
    page = ticket_queries.ticket_page(ctx, ticket_queries.ticket_query(ctx, text), None, 50)
    return {row.id for row in page}


def import_log(ctx, folder, lines):
    file = folder / "part.csv"
    file.write_text("".join(lines), encoding="utf-8")
    import_event_log(ctx, file, mapping="uci_incident_event_log")


def rows(ctx, text):
    with ctx.store.read() as read:
        return [tuple(row) for row in read.rows(text)]


# -- saved views ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["category:PRN", "category:Printer"])
def test_a_view_of_a_merged_category_finds_the_tickets_where_they_went(ctx, printer, office, text):
    jam, other = opened(ctx, printer), opened(ctx, office)
    merge(ctx, printer, office)

    assert listed(ctx, text) == {jam.id, other.id}


def test_leaving_a_merged_category_out_leaves_out_what_took_it_over(ctx, make, printer, office):
    opened(ctx, printer)
    elsewhere = opened(ctx, add(ctx, "NET", "Network"))
    merge(ctx, printer, office)

    assert listed(ctx, "-category:PRN") == {elsewhere.id}


def test_a_saved_view_of_a_merged_category_goes_on_counting_and_keeps_its_text(ctx, printer, office):
    opened(ctx, printer)
    save_view(ctx, name="Printers", query="category:PRN")
    done = merge(ctx, printer, office)
    merged_count = view_counts(ctx, ["category:PRN"])
    done.undo.run()

    assert merged_count == view_counts(ctx, ["category:PRN"]) == [(1, True)]
    assert [view.query for view in saved_views(ctx)] == ["category:PRN"]
    assert listed(ctx, "category:OFF") == set()


def test_a_chain_of_merges_is_followed_to_its_end(ctx, printer, office):
    devices = add(ctx, "DEV", "Devices")
    jam = opened(ctx, printer)
    merge(ctx, printer, office)
    merge(ctx, office, devices)

    with ctx.store.read() as read:
        assert merged_categories(read) == {printer: devices, office: devices}
    assert listed(ctx, "category:PRN") == {jam.id}


def test_a_category_that_is_offered_again_means_itself(ctx, printer, office):
    merge(ctx, printer, office)
    version = queries.category(ctx, printer).category.version
    commands.restore_category(ctx, printer, version=version)
    opened(ctx, office)

    assert listed(ctx, "category:PRN") == set()


# -- the same log again --------------------------------------------------------------------------------


def test_a_log_that_names_a_merged_category_fills_the_one_it_was_merged_into(ctx, office, tmp_path):
    import_log(ctx, tmp_path, LINES[:70])
    known = "SELECT id FROM category WHERE code = 'uci:Category 26/Subcategory 175'"
    source = CategoryId(rows(ctx, known)[0][0])
    merge(ctx, source, office)

    import_log(ctx, tmp_path, LINES)

    held = "SELECT category_id, COUNT(*) FROM ticket WHERE category_id IN ({0}, {1}) GROUP BY category_id"
    assert rows(ctx, held.format(int(source), int(office))) == [(office, 2)]
    assert rows(ctx, "SELECT COUNT(*) FROM ticket_event WHERE field = 'category_id' AND old = new") == [(0,)]


def test_what_a_log_knows_below_a_merged_category_hangs_below_what_took_it_over(ctx, office, tmp_path):
    import_log(ctx, tmp_path, LINES[:3])
    top = CategoryId(rows(ctx, "SELECT id FROM category WHERE code = 'uci:Category 61'")[0][0])
    merge(ctx, top, office)

    import_log(ctx, tmp_path, LINES)

    below = rows(ctx, "SELECT parent_id FROM category WHERE code LIKE 'uci:Category 61/%'")
    assert set(below) == {(office,)}
    assert rows(ctx, f"SELECT COUNT(*) FROM category WHERE parent_id = {top}") == [(0,)]
