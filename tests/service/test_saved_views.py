"""Saved views, on both databases: own ones, shared ones, counts, and taking every change back."""

from __future__ import annotations

import pytest

from app.models.entities.errors import BadInput, NotAllowed, NotFound, RuleViolation, StaleRecord
from app.models.entities.events import ViewsChanged
from app.models.entities.ids import PersonId, ViewId
from app.models.entities.saved_views import ViewSection
from app.models.entities.tickets import TicketStatus
from app.services.base.context import Actor
from app.services.tickets import view_commands, view_queries
from tests.support.site import set_up_site


@pytest.fixture(autouse=True)
def site(ctx):
    set_up_site(ctx)


def as_agent(ctx, make, *permissions):
    person = make.agent()
    held = frozenset({"tickets.read", *permissions})
    return ctx.acting_as(Actor(PersonId(person.id), person.name, held, "PC-03"))


def names(ctx):
    return [view.name for view in view_queries.saved_views(ctx)]


def only(ctx):
    (view,) = view_queries.saved_views(ctx)
    return view


def test_a_saved_view_is_announced_and_seen_by_its_owner_alone(ctx, make, announced):
    agent, other = as_agent(ctx, make), as_agent(ctx, make)

    outcome = view_commands.save_view(agent, name=" My printers ", query="status:open printer")

    assert names(agent) == ["My printers"]
    assert names(other) == []
    assert announced == [ViewsChanged(frozenset({outcome.id}))]


def test_own_views_stand_under_my_work_and_new_ones_last(ctx, make):
    agent = as_agent(ctx, make)
    view_commands.save_view(agent, name="First", query="status:open")
    view_commands.save_view(agent, name="Second", query="status:new", layout={"sort": ["number", True]})

    assert names(agent) == ["First", "Second"]
    second = view_queries.saved_views(agent)[1]
    assert (second.section, second.layout) == (ViewSection.MINE, {"sort": ["number", True]})


@pytest.mark.parametrize(
    ("query", "section"),
    [
        ("assignee:me status:open", ViewSection.MINE),
        ("status:open breached:yes", ViewSection.DESK),
        ("status:open vip:yes", ViewSection.SHARED),
        ("owner:me printer", ViewSection.MINE),
        ("status:open printer", ViewSection.SHARED),
    ],
)
def test_shared_views_stand_under_the_heading_they_were_shipped_with(ctx, query, section):
    view_commands.save_view(ctx, name="A view", query=query)

    assert only(ctx).section is section


def test_the_counts_follow_the_tickets(ctx, make):
    make.ticket()
    make.ticket(status=TicketStatus.WAITING)
    make.ticket(status=TicketStatus.CLOSED)

    counts = view_queries.view_counts(ctx, ["status:open", "status:waiting", "team:gone"])

    assert counts == [(2, True), (1, True), None]


@pytest.mark.parametrize(
    ("name", "query", "error"),
    [
        ("  ", "status:open", RuleViolation),
        ("x" * 81, "status:open", BadInput),
        ("Good name", "status:nonsense", BadInput),
    ],
)
def test_a_view_needs_a_name_and_a_query_that_can_be_read(ctx, name, query, error):
    with pytest.raises(error):
        view_commands.save_view(ctx, name=name, query=query)

    assert names(ctx) == []


def test_renaming_changing_and_retiring_can_be_taken_back(ctx, make):
    agent = as_agent(ctx, make)
    view = ViewId(view_commands.save_view(agent, name="Old", query="status:open").id)

    renamed = view_commands.rename_view(agent, view, version=1, name="New")
    changed = view_commands.change_view(agent, view, version=2, query="status:new", layout={"a": 1})
    retired = view_commands.retire_view(agent, view, version=3)
    assert names(agent) == []

    retired.undo.run()
    assert (only(agent).name, only(agent).query, only(agent).layout) == ("New", "status:new", {"a": 1})
    with pytest.raises(StaleRecord):
        changed.undo.run()
    with pytest.raises(StaleRecord):
        renamed.undo.run()


def test_a_new_view_is_taken_back_by_retiring_it_and_done_again(ctx, make):
    agent = as_agent(ctx, make)
    saved = view_commands.save_view(agent, name="Mine", query="status:open")

    undone = saved.undo.run()
    assert names(agent) == []
    undone.undo.run()

    assert names(agent) == ["Mine"]


def test_sharing_needs_the_right_and_shows_the_view_to_everybody(ctx, make):
    agent, supervisor = as_agent(ctx, make), as_agent(ctx, make, "views.share")
    mine = ViewId(view_commands.save_view(agent, name="Agent's", query="status:open").id)
    theirs = ViewId(view_commands.save_view(supervisor, name="Supervisor's", query="status:new").id)

    with pytest.raises(NotAllowed):
        view_commands.share_view(agent, mine, version=1)
    shared = view_commands.share_view(supervisor, theirs, version=1)
    assert names(agent) == ["Agent's", "Supervisor's"]

    shared.undo.run()
    assert names(agent) == ["Agent's"]
    assert names(supervisor) == ["Supervisor's"]


def test_nobody_changes_what_is_not_theirs(ctx, make):
    agent = as_agent(ctx, make)
    shared = ViewId(view_commands.save_view(ctx, name="Everybody's", query="status:open").id)
    other = ViewId(view_commands.save_view(as_agent(ctx, make), name="Other's", query="status:open").id)

    with pytest.raises(NotAllowed):
        view_commands.retire_view(agent, shared, version=1)
    with pytest.raises(NotAllowed):
        view_commands.rename_view(agent, other, version=1, name="Mine now")
    with pytest.raises(NotAllowed):
        view_commands.rename_view(ctx, other, version=1, name="Mine now")


def test_the_second_writer_is_refused_and_a_missing_view_is_said_to_be_missing(ctx, make):
    agent = as_agent(ctx, make)
    view = ViewId(view_commands.save_view(agent, name="Mine", query="status:open").id)
    view_commands.rename_view(agent, view, version=1, name="Renamed")

    with pytest.raises(StaleRecord):
        view_commands.rename_view(agent, view, version=1, name="Too late")
    with pytest.raises(NotFound):
        view_commands.retire_view(agent, ViewId(999), version=1)

    assert only(agent).name == "Renamed"
