"""Lists of tickets: every filter equals an obvious oracle, pages neither lose nor repeat a row."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from app.models.entities.errors import BadInput
from app.models.entities.instants import FAR_FUTURE_MICROS, to_micros
from app.models.entities.tickets import OPEN_STATUSES, Channel, TicketStatus, TicketType
from app.services.tickets import queries
from app.services.tickets.listing import TicketOrder, anchor_of, page_statement
from tests.support.plans import plan_of, sorts
from tests.support.site import set_up_site

HOUR = timedelta(hours=1)
HOW_MANY = 120


@pytest.fixture
def desk(ctx, make):
    """A hundred tickets of every kind, as Python objects beside the rows."""
    set_up_site(ctx)
    seeded = random.Random(7)
    teams = [
        make.team(code="field", name="Field", name_alt="现场"),
        make.team(code="first", name="First line"),
    ]
    people = [make.agent(name="Li Na"), make.agent(name="王芳", login="wangfang")]
    vip = make.person(name="Chen Jianguo", is_vip=True)
    top = make.category(code="apps", name="Business apps")
    categories = [make.category(top, code="erp", name="ERP"), make.category(code="net", name="Network")]
    now = ctx.clock.now()
    tickets = []
    for number in range(HOW_MANY):
        status = seeded.choice(list(TicketStatus))
        is_open = status in OPEN_STATUSES
        due = now + HOUR * seeded.randint(-20, 60)
        tickets.append(
            make.ticket(
                status=status,
                type=seeded.choice(list(TicketType)),
                channel=seeded.choice(list(Channel)),
                priority=seeded.randint(1, 4),
                team_id=seeded.choice([*teams, None]),
                assignee_id=seeded.choice([*people, None]),
                requester_id=seeded.choice([vip, people[0], None]),
                category_id=seeded.choice([*categories, top, None]),
                received_at=now - HOUR * seeded.randint(0, 400),
                resolved_at=None if is_open else now - HOUR * seeded.randint(0, 50),
                due_sort=to_micros(due) if is_open and seeded.random() < 0.8 else FAR_FUTURE_MICROS,
                reopened_count=seeded.randint(0, 1),
                location=seeded.choice(["", "Building 3"]),
                is_major=number % 7 == 0,
            )
        )
    return {
        "tickets": tickets,
        "teams": teams,
        "people": people,
        "vip": vip,
        "categories": [top, *categories],
    }


def listed(ctx, text):
    return {row.id for row in queries.ticket_page(ctx, queries.ticket_query(ctx, text), None, HOW_MANY + 1)}


def expected(desk, holds):
    return {ticket.id for ticket in desk["tickets"] if holds(ticket)}


OPEN = {status.value for status in OPEN_STATUSES}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("", lambda t, d, now: True),
        ("status:open", lambda t, d, now: t.status in OPEN),
        ("-status:open", lambda t, d, now: t.status not in OPEN),
        ("状态:处理中", lambda t, d, now: t.status == "in_progress"),
        ("status:new,closed", lambda t, d, now: t.status in {"new", "closed"}),
        ("-status:new,closed", lambda t, d, now: t.status not in {"new", "closed"}),
        ("type:incident", lambda t, d, now: t.type == "incident"),
        ("channel:phone,email", lambda t, d, now: t.channel in {"phone", "email"}),
        ("priority<=2", lambda t, d, now: t.priority <= 2),
        ("priority:p1 status:open", lambda t, d, now: t.priority == 1 and t.status in OPEN),
        ("team:field", lambda t, d, now: t.team_id == d["teams"][0].id),
        ("team:现场", lambda t, d, now: t.team_id == d["teams"][0].id),
        ("-team:field", lambda t, d, now: t.team_id != d["teams"][0].id),
        ("team:none", lambda t, d, now: t.team_id is None),
        ("team:field,none", lambda t, d, now: t.team_id in {d["teams"][0].id, None}),
        ("-team:none", lambda t, d, now: t.team_id is not None),
        ("-team:field,none", lambda t, d, now: t.team_id not in {d["teams"][0].id, None}),
        ("assignee:王芳", lambda t, d, now: t.assignee_id == d["people"][1].id),
        ("assignee:wangfang", lambda t, d, now: t.assignee_id == d["people"][1].id),
        ("category:apps", lambda t, d, now: t.category_id in {c.id for c in d["categories"][:2]}),
        ("category:erp", lambda t, d, now: t.category_id == d["categories"][1].id),
        ("vip:yes", lambda t, d, now: t.requester_id == d["vip"].id),
        ("-vip:yes", lambda t, d, now: t.requester_id != d["vip"].id),
        ("is:major", lambda t, d, now: t.is_major),
        ("标记：重大 status:open", lambda t, d, now: t.is_major and t.status in OPEN),
        ("-is:major", lambda t, d, now: not t.is_major),
        ("reopened:yes", lambda t, d, now: t.reopened_count > 0),
        ('location:"Building 3"', lambda t, d, now: t.location == "Building 3"),
        ("breached:yes", lambda t, d, now: t.due_sort < to_micros(now)),
        (
            "due<1d status:open",
            lambda t, d, now: t.due_sort < to_micros(now + 24 * HOUR) and t.status in OPEN,
        ),
        ("age>7d", lambda t, d, now: t.received_at < to_micros(now - 168 * HOUR)),
        ("resolved>=1d", lambda t, d, now: (t.resolved_at or 0) >= to_micros(now - 24 * HOUR)),
    ],
)
def test_a_filter_finds_exactly_what_it_says(ctx, desk, text, holds):
    now = ctx.clock.now()

    assert listed(ctx, text) == expected(desk, lambda ticket: holds(ticket, desk, now))


@pytest.mark.parametrize("order", list(TicketOrder))
@pytest.mark.parametrize("is_descending", [False, True])
def test_pages_in_any_order_hold_every_row_once(ctx, desk, order, is_descending):
    query = queries.ticket_query(ctx, "").sorted_by(order, is_descending=is_descending)
    found, anchor = [], None
    while page := queries.ticket_page(ctx, query, anchor, 17):
        found += page
        anchor = anchor_of(query, page[-1])

    whole = queries.ticket_page(ctx, query, None, HOW_MANY)
    assert [row.id for row in found] == [row.id for row in whole]
    assert len({row.id for row in found}) == HOW_MANY


def test_a_list_by_priority_goes_by_the_priority_as_it_counts_now(ctx, make):
    set_up_site(ctx)
    plain = make.ticket(priority=2)
    risen = make.ticket(priority=3, effective_priority=1)
    from_an_older_program = make.ticket(priority=3, effective_priority=None)
    by_priority = queries.ticket_query(ctx, "status:open").sorted_by(
        TicketOrder.PRIORITY, is_descending=False
    )

    rows = queries.ticket_page(ctx, by_priority, None, 10)

    assert [row.id for row in rows] == [risen.id, plain.id, from_an_older_program.id]


@pytest.mark.parametrize("order", [TicketOrder.PRIORITY, TicketOrder.STATUS, TicketOrder.TIME_LEFT])
def test_a_page_of_open_tickets_is_read_off_an_index_in_its_order(ctx, desk, order):
    query = queries.ticket_query(ctx, "status:open").sorted_by(order, is_descending=False)
    anchor = anchor_of(query, queries.ticket_page(ctx, query, None, 1)[0])

    with ctx.store.read() as read:
        steps = plan_of(read, *page_statement(read, query, ctx.clock.now(), anchor, 50))

    assert "ticket_open_" in steps
    assert not sorts(steps)


def test_anchors_for_a_drag_are_the_keys_of_the_pages(ctx, desk):
    query = queries.ticket_query(ctx, "status:open")
    rows = queries.ticket_page(ctx, query, None, HOW_MANY)

    anchors = queries.ticket_anchors(ctx, query, None, 10, 3)

    assert [tuple(anchor) for anchor in anchors] == [anchor_of(query, rows[at]) for at in (9, 19, 29)][
        : len(anchors)
    ]


def test_open_lists_show_what_breaches_next_first_and_paused_last(ctx, desk):
    rows = queries.ticket_page(ctx, queries.ticket_query(ctx, "status:open"), None, HOW_MANY)

    keys = [(row.is_paused, row.due_at is None, row.due_at) for row in rows]
    assert [key[:2] for key in keys] == sorted(key[:2] for key in keys)


def test_the_count_stops_where_nobody_counts_any_more(ctx, desk, monkeypatch):
    monkeypatch.setattr("app.services.tickets.listing.count_rows.__defaults__", (50,))

    assert queries.ticket_count(ctx, queries.ticket_query(ctx, "")) == (50, False)


def test_a_name_nobody_has_is_told(ctx, desk):
    with pytest.raises(BadInput) as told:
        queries.ticket_query(ctx, "team:nosuchteam")

    assert told.value.params["value"] == "nosuchteam"
