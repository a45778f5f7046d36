"""Who is told by an action on a ticket: the new assignee, and who is called by name in a note."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.ids import CategoryId, PersonId, TeamId, TicketId
from app.models.entities.notices import Notice, NoticeKind
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.base.context import Context
from app.services.notices import queries
from app.services.tickets import commands, edit_commands, note_commands
from app.services.tickets.queries import ticket_detail
from tests.support.factories import Made, Make
from tests.support.notices import acting
from tests.support.site import set_up_site


class Site:
    """A desk with two agents of one team, and a ticket."""

    def __init__(self, ctx: Context, make: Make) -> None:
        set_up_site(ctx)
        self.root = ctx
        self.team = make.team()
        self.category = make.category()
        self.ada = make.agent(teams=(self.team,), name="Ada Byron", name_alt="阿达")
        self.bo = make.agent(teams=(self.team,), name="Bo", login="bo")
        self.as_ada, self.as_bo = acting(ctx, self.ada), acting(ctx, self.bo)

    def opened(self, ctx: Context, **fields: object) -> TicketId:
        """A new ticket of the site's category; returns its id."""
        new = NewTicket(
            TicketType.INCIDENT,
            Channel.PHONE,
            "VPN drops",
            impact=2,
            urgency=2,
            category_id=CategoryId(self.category.id),
            **fields,  # type: ignore[arg-type]
        )
        return TicketId(commands.create_ticket(ctx, new).id)

    def assign(self, ctx: Context, ticket_id: TicketId, person: Made, note: str = "") -> None:
        """Hand the ticket to somebody of the team."""
        commands.assign_to(
            ctx,
            ticket_id,
            version=ticket_detail(ctx, ticket_id).ticket.version,
            team_id=TeamId(self.team.id),
            assignee_id=PersonId(person.id),
            note=note,
        )


@pytest.fixture
def site(ctx: Context, make: Make) -> Site:
    return Site(ctx, make)


def kinds(ctx: Context) -> list[NoticeKind]:
    return [notice.kind for notice in queries.my_notices(ctx)]


def only(ctx: Context) -> Notice:
    (notice,) = queries.my_notices(ctx)
    return notice


def test_the_new_assignee_is_told_by_whom(site: Site) -> None:
    ticket_id = site.opened(site.as_ada)

    site.assign(site.as_ada, ticket_id, site.bo)

    told = only(site.as_bo)
    assert (told.kind, told.ticket_id, told.by) == (NoticeKind.ASSIGNED, ticket_id, "Ada Byron")
    assert kinds(site.as_ada) == []


def test_who_takes_a_ticket_is_not_told_so(site: Site) -> None:
    ticket_id = site.opened(site.as_ada)

    site.assign(site.as_bo, ticket_id, site.bo)

    assert kinds(site.as_bo) == []


def test_assigning_to_the_same_person_again_tells_nothing_new(site: Site) -> None:
    ticket_id = site.opened(site.as_ada)
    site.assign(site.as_ada, ticket_id, site.bo)

    site.assign(site.as_ada, ticket_id, site.bo)

    assert kinds(site.as_bo) == [NoticeKind.ASSIGNED]


def test_who_gets_a_ticket_back_is_told_again(site: Site) -> None:
    ticket_id = site.opened(site.as_ada)
    site.assign(site.as_ada, ticket_id, site.bo)
    site.assign(site.as_bo, ticket_id, site.ada)

    site.assign(site.as_ada, ticket_id, site.bo)

    assert kinds(site.as_bo) == [NoticeKind.ASSIGNED, NoticeKind.ASSIGNED]


def test_a_ticket_registered_for_somebody_tells_them(site: Site) -> None:
    site.opened(site.as_ada, assignee_id=PersonId(site.bo.id), team_id=TeamId(site.team.id))

    assert kinds(site.as_bo) == [NoticeKind.ASSIGNED]


def test_many_tickets_at_once_tell_once_each(site: Site) -> None:
    tickets = [site.opened(site.as_ada) for _number in range(3)]
    seen = tuple((one, ticket_detail(site.root, one).ticket.version) for one in tickets)

    edit_commands.assign_many(
        site.as_ada, seen, team_id=TeamId(site.team.id), assignee_id=PersonId(site.bo.id)
    )

    assert sorted(notice.ticket_id for notice in queries.my_notices(site.as_bo)) == tickets


def test_a_name_in_a_note_tells_its_bearer_what_was_written(site: Site) -> None:
    ticket_id = site.opened(site.as_ada)

    note_commands.add_note(site.as_ada, ticket_id, "Please look,\n@bo: the line is dead")

    told = only(site.as_bo)
    assert (told.kind, told.by) == (NoticeKind.MENTIONED, "Ada Byron")
    assert told.body["text"] == "Please look, @bo: the line is dead"


def test_a_name_in_either_language_or_a_login_will_do(site: Site) -> None:
    ticket_id = site.opened(site.as_bo)

    for text in ("@ada byron", "请@阿达看看", f"@{site.ada.login}"):
        note_commands.add_note(site.as_bo, ticket_id, text)

    assert kinds(site.as_ada) == [NoticeKind.MENTIONED] * 3


def test_nobody_is_told_of_their_own_note(site: Site) -> None:
    note_commands.add_note(site.as_bo, site.opened(site.as_bo), "@bo remember this")

    assert kinds(site.as_bo) == []


def test_callers_and_people_who_left_are_not_called(site: Site, make: Make) -> None:
    caller = acting(site.root, make.person(name="Caller"))
    gone = acting(site.root, make.agent(name="Gone", is_active=False))

    note_commands.add_note(site.as_ada, site.opened(site.as_ada), "@Caller @Gone")

    assert kinds(caller) == kinds(gone) == []


def test_a_reply_to_the_requester_calls_nobody(site: Site) -> None:
    note_commands.add_reply(site.as_ada, site.opened(site.as_ada), "Ask @bo")

    assert kinds(site.as_bo) == []


def test_who_is_assigned_and_mentioned_at_once_is_told_once(site: Site) -> None:
    ticket_id = site.opened(site.as_ada)

    site.assign(site.as_ada, ticket_id, site.bo, note="@bo yours, I think")

    assert kinds(site.as_bo) == [NoticeKind.ASSIGNED]


def test_a_refused_action_tells_nobody(site: Site) -> None:
    ticket_id = site.opened(site.as_ada)
    site.root.clock.advance(timedelta(seconds=1))

    with pytest.raises(Exception, match="stale"):
        commands.assign_to(
            site.as_ada,
            ticket_id,
            version=99,
            team_id=TeamId(site.team.id),
            assignee_id=PersonId(site.bo.id),
        )

    assert kinds(site.as_bo) == []
