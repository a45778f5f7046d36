"""From a log to the timeline: one item per action, ids as names, files with the text they belong to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.settings import SiteChoices
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import Channel, EventKind, NewTicket, Resolution, TicketType
from app.services.setup.first_start import set_up
from app.services.tickets import commands, edit_commands, note_commands, page_queries, queries
from app.views.base.format import Format
from app.views.base.i18n import current
from app.views.base.widgets.paint import ClockTone
from app.views.tickets.clock_words import face_of, length_text
from app.views.tickets.detail_state import TicketState
from app.views.tickets.insert_popup import plain_text
from app.views.tickets.timeline_items import Group, timeline_of

CALL = NewTicket(TicketType.INCIDENT, Channel.PHONE, "ERP 503", impact=1, urgency=2, call_seconds=95)
SOLVED = Resolution("Restarted", "config", "solved", 1, no_article_fits=True)


@pytest.fixture(autouse=True)
def site(ctx):
    set_up(ctx, SiteChoices("Test desk", language="en"))


@pytest.fixture
def ticket(ctx):
    return commands.create_ticket(ctx, CALL).id


@pytest.fixture
def chinese():
    current.use("zh_CN")
    yield
    current.use("en")


def state(ctx, ticket):
    return TicketState(
        queries.ticket_detail(ctx, ticket),
        page_queries.ticket_surroundings(ctx, ticket),
        page_queries.desk_terms(ctx),
        Format(current.texts, ctx.clock.now().tzinfo),
    )


def items(ctx, ticket):
    found = state(ctx, ticket)
    return timeline_of(found.detail, found.names)


def test_the_registration_says_how_and_how_long_the_call_took(ctx, ticket):
    assert items(ctx, ticket)[-1].words == "registered this ticket · Telephone, 1:35"


def test_one_action_is_one_item(ctx, ticket):
    commands.solve_now(ctx, ticket, SOLVED, version=1)

    solved = items(ctx, ticket)[0]

    assert len(items(ctx, ticket)) == 2
    assert solved.words == "solution · resolved · closed · Confirmed, Telephone"
    assert solved.text == "Restarted"
    assert solved.facts == "Wrong configuration · Solved for good · First line · no article fits"


def test_a_note_given_while_assigning_stands_with_the_assignment(ctx, make, ticket):
    team = make.team(name="Second line")
    category = make.category()
    edit_commands.edit_ticket(
        ctx, ticket, version=1, changes={"category_id": category.id}, base={"category_id": None}
    )
    commands.assign_to(ctx, ticket, version=2, team_id=team.id, note="please look")

    assigned = items(ctx, ticket)[0]

    assert assigned.text == "please look"
    assert "Team: – → Second line" in assigned.words
    assert assigned.groups == {Group.NOTES, Group.CHANGES}


def test_files_attached_right_after_a_note_stand_in_its_bubble(ctx, ticket, clock):
    note_commands.add_note(ctx, ticket, "the log")
    clock.advance(timedelta(minutes=1))
    note_commands.attach_file(ctx, ticket, name="erp.log", media_type="text/plain", body=b"x")

    note = items(ctx, ticket)[0]

    assert (note.text, [file.name for file in note.attachments]) == ("the log", ["erp.log"])


def test_files_attached_later_stand_alone(ctx, ticket, clock):
    note_commands.add_note(ctx, ticket, "the log")
    clock.advance(timedelta(minutes=6))
    note_commands.attach_file(ctx, ticket, name="erp.log", media_type="text/plain", body=b"x")

    assert items(ctx, ticket)[0].words == "attached erp.log"


def test_an_overridden_priority_tells_the_reason(ctx, ticket):
    edit_commands.override_priority(ctx, ticket, version=1, priority=3, reason="only the test system")

    assert items(ctx, ticket)[0].words.startswith("Priority P1 → P3: only the test system")


def test_what_was_taken_back_is_told(ctx, ticket):
    outcome = commands.start_work(ctx, ticket, version=1)
    outcome.undo.run()

    assert "took it back: In progress → New" in items(ctx, ticket)[0].words


def test_a_long_description_is_only_told_as_changed(ctx, ticket):
    edit_commands.edit_ticket(
        ctx, ticket, version=1, changes={"description": "x" * 500}, base={"description": ""}
    )

    assert items(ctx, ticket)[0].words == "Description changed"


def test_imported_moves_are_told_like_any_other(ctx, make, ticket):
    imported = {"field": "wait", "old": "new", "new": "waiting"}
    make.event(ticket, EventKind.IMPORTED, **imported)
    make.event(ticket, EventKind.IMPORTED)

    told = [item.words for item in items(ctx, ticket)[:2]]

    assert told == ["updated where it was imported from", "set waiting"]


def test_names_are_the_readers(ctx, make, ticket, chinese):
    team, category = make.team(name="Second line", name_alt="二线"), make.category()
    edit_commands.edit_ticket(
        ctx, ticket, version=1, changes={"category_id": category.id}, base={"category_id": None}
    )
    commands.assign_to(ctx, ticket, version=2, team_id=team.id)

    assert "团队：– → 二线" in items(ctx, ticket)[0].words


# -- clocks ------------------------------------------------------------------------------------------


def face(ctx, ticket, kind=ClockKind.RESOLUTION):
    found = state(ctx, ticket)
    return face_of(found.detail.clocks[kind], found.names, found.detail.read_at)


def test_a_running_clock_says_how_long_is_left_and_why(ctx, ticket):
    shown = face(ctx, ticket)

    assert (shown.left, shown.tone) == ("2 h left", ClockTone.NORMAL)
    assert "because P1 has 2 h" in shown.why


def test_a_clock_that_ran_out_says_by_how_much(ctx, ticket, clock):
    clock.advance(timedelta(hours=2, minutes=18))

    shown = face(ctx, ticket)

    assert (shown.left, shown.tone) == ("18 min over", ClockTone.BREACHED)


def test_a_waiting_clock_stands_still(ctx, make, ticket, clock):
    commands.set_waiting(ctx, ticket, version=1, reason_id=make.waiting_reason().id)
    clock.advance(timedelta(minutes=40))

    shown = face(ctx, ticket)

    assert (shown.left, shown.tone) == ("2 h left", ClockTone.PAUSED)
    assert "it stands still now" in shown.why
    assert "paused 40 min" in shown.detail


def test_an_answer_given_on_the_telephone_came_at_once(ctx, ticket):
    assert face(ctx, ticket, ClockKind.RESPONSE).left == "at once"


def test_a_target_of_working_days_is_told_in_hours():
    assert length_text(timedelta(hours=27)) == "27 h"


# -- texts to insert ---------------------------------------------------------------------------------


def test_markdown_becomes_what_people_write():
    text = "## Cause\n1. The **licence** service, see [wiki](https://intra/kb)\n2. `net stop`"

    assert plain_text(text) == "Cause\n1. The licence service, see wiki (https://intra/kb)\n2. net stop"


def test_a_private_note_is_tinted_and_a_public_one_is_not(ctx, ticket):
    note_commands.add_note(ctx, ticket, "for us")
    note_commands.add_note(ctx, ticket, "for all", is_public=True)

    public, private = items(ctx, ticket)[:2]

    assert (private.is_private, public.is_private) == (True, False)
