"""What the form of a new ticket saves happens once, however often it is sent, on both databases."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.entities.errors import NotFound, RuleViolation
from app.models.entities.tickets import Channel, NewTicket, Resolution, TicketStatus, TicketType
from app.services.base.journal import Journal
from app.services.base.kept_files import KeptFiles
from app.services.tickets import form_queries, queries
from app.services.tickets.form_choices import read_caller, read_form_choices
from app.services.tickets.submissions import PickedFile, Submission, submit
from tests.support.site import set_up_site

ROOT = Path(__file__).parents[2]
CALL = NewTicket(TicketType.INCIDENT, Channel.PHONE, "VPN drops 掉线", impact=2, urgency=2)
LENGTH_OF_ID = 32
OP = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def site(ctx):
    set_up_site(ctx)


@pytest.fixture
def kept(tmp_path):
    return KeptFiles(tmp_path / "kept")


def count_of(ctx):
    return queries.ticket_count(ctx, queries.ticket_query(ctx, ""))[0]


def test_sent_twice_it_happens_once(ctx, kept, make):
    other = make.ticket()
    file = PickedFile("a.txt", "text/plain", kept.keep(b"503"), 3)
    submission = Submission(CALL, links=(other.id,), files=(file,))

    first = submit(ctx, submission, OP, kept.read)
    second = submit(ctx, submission, OP, kept.read)

    detail = queries.ticket_detail(ctx, first.row.id)
    assert first.row == second.row
    assert count_of(ctx) == 2
    assert [link.id for link in detail.links] == [other.id]
    assert [each.name for each in detail.attachments] == ["a.txt"]


def test_solved_at_once_it_can_be_taken_back(ctx, kept):
    resolution = Resolution("Restarted", "config", no_article_fits=True)

    saved = submit(ctx, Submission(CALL, resolution), OP, kept.read)

    assert saved.row.status is TicketStatus.CLOSED
    assert saved.outcome.undo is not None


def test_out_of_scope_it_is_registered_and_ended_with_what_was_said(ctx, kept):
    saved = submit(ctx, Submission(CALL, out_of_scope="Please ask the facility desk."), OP, kept.read)

    assert saved.row.status is TicketStatus.OUT_OF_SCOPE


def test_a_file_that_is_gone_does_not_cost_the_ticket(ctx, kept):
    file = PickedFile("a.txt", "text/plain", "f" * 64, 3)

    saved = submit(ctx, Submission(CALL, files=(file,)), OP, kept.read)

    assert saved.row is not None
    assert [type(error) for error in saved.left_out] == [NotFound]


def test_what_the_rules_refuse_leaves_nothing(ctx, kept):
    with pytest.raises(RuleViolation):
        submit(
            ctx,
            Submission(NewTicket(TicketType.INCIDENT, Channel.PHONE, " ", impact=2, urgency=2)),
            OP,
            kept.read,
        )

    assert count_of(ctx) == 0


def test_the_journal_gives_back_what_was_put_in(ctx, clock):
    new = NewTicket(
        TicketType.REQUEST,
        Channel.VISIT,
        "打印机",
        requester_id=7,
        received_at=clock.now(),
        impact=1,
        urgency=2,
    )
    whole = Submission(
        new,
        Resolution("s", "c", article_id=3),
        "told",
        (4, 5),
        (PickedFile("a", "b", "c", 1),),
        {"subject": "打印机"},
    )

    assert Submission.from_dict(whole.to_dict()) == whole


# --- what the form asks ------------------------------------------------------------------------------


def test_people_with_the_same_service_today_are_counted_once_each(ctx, make, clock):
    service, person = make.service(), make.person()
    first = make.ticket(service_id=service, requester_id=person)
    make.ticket(service_id=service, requester_id=person)
    make.ticket(service_id=service)
    make.ticket(service_id=service, received_at=clock.now() - timedelta(days=1))
    make.ticket()

    same = form_queries.same_service_today(ctx, service.id)

    assert same.people == 2
    assert same.first.id == first.id


def test_the_open_tickets_of_a_caller_come_newest_first(ctx, make):
    person = make.person()
    make.ticket(requester_id=person, status=TicketStatus.CLOSED)
    tickets = [make.ticket(requester_id=person).id for _time in range(4)]

    caller = read_caller(ctx, person.id)

    assert [row.id for row in caller.open_tickets] == tickets[:0:-1]


def test_a_category_without_a_team_goes_to_the_team_of_the_one_above(ctx, make):
    team = make.team()
    top = make.category(default_team_id=team)
    below = make.category(top)
    alone = make.category()

    choices = read_form_choices(ctx)

    assert choices.category_teams == {top.id: team.id, below.id: team.id}
    assert choices.category(alone.id) is not None
    assert choices.number_text(17) == "#00017"


# --- killed between the key and the acknowledgement -----------------------------------------------------

AGENT = """
import sys, uuid
from pathlib import Path
from app.models.store import Store
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.base.clock import SystemClock
from app.services.base.context import Context, console_actor
from app.services.base.journal import Entry, Journal
from app.services.base.kept_files import KeptFiles
from app.services.tickets.submissions import KIND, Submission, submit

ctx = Context(Store(sys.argv[1], lambda event: None), SystemClock(), console_actor())
journal, kept = Journal(Path(sys.argv[2])), KeptFiles(Path(sys.argv[2]) / "kept")
while True:
    op_id = uuid.uuid4().hex
    new = NewTicket(TicketType.INCIDENT, Channel.PHONE, op_id, impact=2, urgency=2)
    submission = Submission(new)
    journal.add(Entry(op_id, ctx.clock.now(), "7", "e1", KIND, submission.to_dict()))
    print(op_id, flush=True)
    submit(ctx, submission, op_id, kept.read)
    journal.mark_done(op_id, ctx.clock.now())
"""


def test_killed_between_saving_and_acknowledgement_nothing_is_lost_and_nothing_doubled(
    ctx, database_url, tmp_path, kept
):
    pressed = []
    for kill_after in (1, 2, 3, 5):
        agent = subprocess.Popen(
            [sys.executable, "-c", AGENT, database_url, str(tmp_path / "journal")],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        with agent:
            pressed += [agent.stdout.readline().strip() for _time in range(kill_after)]
            agent.kill()
            pressed += [line.strip() for line in agent.stdout if len(line.strip()) == LENGTH_OF_ID]

    journal = Journal(tmp_path / "journal")
    for entry in journal.pending("7", "e1"):
        submit(ctx, Submission.from_dict(entry.payload), entry.op_id, kept.read)

    rows = queries.ticket_page(ctx, queries.ticket_query(ctx, ""), None, 500)
    assert sorted(row.subject for row in rows) == sorted(pressed)
