"""What an edit of service levels would do, on both databases: exact, open tickets too, never out of date."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput, NeverOpen, NotAllowed
from app.models.entities.events import TicketsChanged
from app.models.entities.ids import ReasonId
from app.models.entities.settings import ConfigKind
from app.models.entities.sla import ClockKind, SlaTable, WaitingRule
from app.models.entities.tickets import Channel, NewTicket, Resolution, TicketType, WaitingKind
from app.models.entities.whatif import Proposal, Tally
from app.models.store import Operation
from app.services.base.context import Actor, Context
from app.services.base.progress import Cancelled
from app.services.tickets import commands, edit_commands
from app.services.transfer.importing import import_event_log
from app.services.whatif import reading
from app.services.whatif.queries import documents_now, what_if
from tests.support.factories import Made
from tests.support.site import OFFICE, set_up_site
from tests.support.whatif_site import matrix_of, matrix_with, recounted, save, stricter, table_with, target_of

SAMPLE = Path(__file__).parents[1] / "data" / "uci_sample.csv"
CALL = NewTicket(TicketType.INCIDENT, Channel.WEB, "VPN drops every 5 minutes", impact=2, urgency=3)
SOLVED = Resolution("Restarted the client", "config", "remote", 1, no_article_fits=True)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def site(ctx, clock):
    set_up_site(ctx)
    clock.set(datetime(2026, 11, 18, 1, 0, tzinfo=UTC))  # Wednesday, 09:00 in Shanghai


@pytest.fixture
def log(ctx, make, clock):
    """The real sample, on the evening of a day on which some of it is still open."""
    make.waiting_reason()
    import_event_log(ctx, SAMPLE, mapping="uci_incident_event_log")
    clock.set(datetime(2017, 3, 1, 10, 0, tzinfo=UTC))


class Steps:
    """Hears of progress, and stops at a step."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.heard: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def report(self, done: int, total: int) -> None:
        self.heard.append((done, total))
        if len(self.heard) == self._stop_at:
            raise Cancelled


def opened(ctx, **fields):
    return commands.create_ticket(ctx, replace(CALL, **fields))


def solved(ctx, clock, after, **fields):
    """A ticket solved so long after it came; the clock goes back, so that more may come at the same time."""
    began = clock.now()
    made = opened(ctx, **fields)
    clock.advance(after)
    commands.resolve(ctx, made.id, version=made.version, resolution=SOLVED)
    clock.set(began)


# -- figures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("edited", ["nothing", "matrix", "sla", "calendar", "waiting", "contacts", "all"])
def test_the_figures_of_a_real_log_equal_a_full_recompute(ctx, log, edited):
    longer = {**OFFICE, "holidays": ["2016-03-01", "2016-05-05"], "timezone": "Europe/Lisbon"}
    parts = {
        "matrix": {"matrix": matrix_with(ctx, (2, 2, 1), (3, 3, 4), (1, 3, 1))},
        "sla": {"sla": table_with(stricter)},
        "calendar": {"calendars": {"office": BusinessCalendar.from_dict(longer)}},
        "waiting": {"waiting": {ReasonId(1): WaitingRule(WaitingKind.USER)}},
        "contacts": {
            "sla": replace(SlaTable.from_dict(table_with(stricter).to_dict()), contacts=frozenset())
        },
    }
    chosen = parts.values() if edited == "all" else [parts.get(edited, {})]
    proposal = Proposal(**{name: value for part in chosen for name, value in part.items()})

    found = what_if(ctx, proposal, days=3660)

    with ctx.store.read() as read:
        slow = recounted(read, proposal, ctx.clock.now())
    assert {each.priority: (each.before, each.after) for each in found.effects} == slow.effects
    assert (found.up, found.down) == (slow.changes["up"], slow.changes["down"])
    assert (found.newly_missed, found.newly_met) == (
        slow.changes["newly_missed"],
        slow.changes["newly_met"],
    )
    assert found.tickets == 58


@pytest.mark.parametrize("kind", ["incident", "request"])
def test_the_figures_of_a_types_own_matrix_equal_a_full_recompute(ctx, log, kind):
    with ctx.store.read() as read:
        seen = [(row[0], row[1]) for row in read.rows("SELECT id, version FROM ticket ORDER BY id")]
    edit_commands.edit_many(ctx, seen[::3], changes={"type": "request"})
    proposal = Proposal(matrix=matrix_of(ctx, kind, (2, 2, 1), (3, 3, 5)), sla=table_with(stricter))

    found = what_if(ctx, proposal, days=3660)

    with ctx.store.read() as read:
        slow = recounted(read, proposal, ctx.clock.now())
    assert {each.priority: (each.before, each.after) for each in found.effects} == slow.effects
    assert (found.up, found.down) == (slow.changes["up"], slow.changes["down"])
    assert found.up + found.down > 0
    assert found.newly_missed == slow.changes["newly_missed"]


def test_a_proposal_that_changes_nothing_changes_no_figure(ctx, log):
    found = what_if(ctx, Proposal(), days=3660)

    assert all(effect.before == effect.after for effect in found.effects)
    assert (found.up, found.down, found.newly_missed, found.newly_met, found.felt) == (0, 0, 0, 0, ())


def test_people_at_the_peak_grow_only_with_stricter_responses(ctx, log):
    def quicker(body):
        for_all = body["policies"][0]["targets"]
        body["policies"][0]["targets"] = [{**target, "response": "1 min"} for target in for_all]

    same = what_if(ctx, Proposal(sla=table_with(stricter)), days=3660).peak
    more = what_if(ctx, Proposal(sla=table_with(quicker)), days=3660).peak

    assert same is not None
    assert more is not None
    assert same.before == same.after == more.before
    assert more.after > more.before


def test_what_is_late_counts_open_and_done_and_what_ended_without_work_is_not_decided(ctx, clock):
    solved(ctx, clock, HOUR)
    solved(ctx, clock, 26 * HOUR)
    cancelled = opened(ctx)
    opened(ctx)
    clock.advance(48 * HOUR)
    commands.cancel(ctx, cancelled.id, version=cancelled.version, reason="solved itself")
    clock.advance(HOUR)

    found = what_if(ctx, Proposal())

    assert [(each.priority, each.before) for each in found.effects] == [(3, Tally(4, 3, 1))]
    assert found.share_before == 1 / 3


def test_a_stricter_table_tells_what_would_be_missed_and_where_it_is_felt(ctx, clock, make):
    network = make.category(name="Network", name_alt="网络")
    printers = make.category(name="Printers")
    for _ in range(2):
        solved(ctx, clock, 3 * HOUR, category_id=network.id)
    solved(ctx, clock, 3 * HOUR, category_id=printers.id)
    solved(ctx, clock, HOUR, category_id=printers.id)
    clock.advance(24 * HOUR)

    found = what_if(ctx.reading("zh_CN"), Proposal(sla=table_with(stricter)))

    assert (found.newly_missed, found.newly_met, found.share_before, found.share_after) == (3, 0, 1.0, 0.25)
    assert [(each.name, each.newly_missed) for each in found.felt] == [("网络", 2), ("Printers", 1)]


def test_a_higher_cell_lets_tickets_rise_unless_somebody_set_their_priority(ctx):
    opened(ctx)
    opened(ctx, priority_override=4, override_reason="agreed")

    found = what_if(ctx, Proposal(matrix=matrix_with(ctx, (2, 3, 1))))

    assert (found.up, found.down) == (1, 0)
    assert [(each.priority, each.before.tickets, each.after.tickets) for each in found.effects] == [
        (1, 0, 1),
        (3, 1, 0),
        (4, 1, 1),
    ]


def test_levels_the_proposed_matrix_lacks_keep_their_priority_and_are_counted(ctx):
    opened(ctx, impact=4)
    present = matrix_with(ctx)
    smaller = replace(
        present,
        impacts=present.impacts[:3],
        cells={cell: value for cell, value in present.cells.items() if cell[0] < 4},
    )

    found = what_if(ctx, Proposal(matrix=smaller))

    assert (found.unknown, found.up, found.down) == (1, 0, 0)
    assert [each.priority for each in found.effects] == [4]


def test_a_type_without_a_policy_is_promised_nothing_and_nothing_is_newly_in_time(ctx, clock):
    solved(ctx, clock, 9 * HOUR)
    solved(ctx, clock, 26 * HOUR)
    clock.advance(48 * HOUR)

    found = what_if(ctx, Proposal(sla=table_with(lambda body: body["policies"][0].update(types=["request"]))))

    assert (found.share_before, found.share_after) == (0.5, None)
    assert (found.newly_missed, found.newly_met) == (0, 0)


def test_a_policy_for_vips_is_felt_by_their_tickets_alone(ctx, clock, make):
    solved(ctx, clock, 3 * HOUR, requester_id=make.person(is_vip=True).id)
    solved(ctx, clock, 3 * HOUR, requester_id=make.person().id)
    clock.advance(24 * HOUR)

    def for_vips(body):
        strict = {**body["policies"][0], "code": "vip", "vip": True, "targets": []}
        strict["targets"] = [{"priority": 3, "calendar": "24x7", "resolution": "1 h"}]
        body["policies"].insert(0, strict)

    assert what_if(ctx, Proposal(sla=table_with(for_vips))).newly_missed == 1


def test_only_tickets_of_the_last_days_are_replayed_and_open_ones_are_told_whatever_their_age(ctx, clock):
    opened(ctx)
    clock.advance(timedelta(days=40))
    opened(ctx)

    found = what_if(ctx, Proposal(), days=30)

    assert (found.tickets, found.open_tickets) == (1, 2)


# -- open tickets --------------------------------------------------------------------------------------


def test_open_tickets_that_would_change_are_listed_the_most_urgent_first(ctx, clock):
    first = opened(ctx)
    clock.advance(2 * HOUR + timedelta(minutes=30))
    second = opened(ctx)
    opened(ctx, impact=4)  # P4 stays as it is

    found = what_if(ctx, Proposal(sla=table_with(stricter)))

    assert [effect.ticket_id for effect in found.open_changes] == [first.id, second.id]
    assert [effect.becomes_overdue for effect in found.open_changes] == [True, False]
    assert (found.open_tickets, found.open_changing, found.open_becoming_overdue) == (3, 2, 1)
    assert found.open_changes[0].due_before == datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
    assert found.open_changes[0].due_after == datetime(2026, 11, 18, 3, 0, tzinfo=UTC)


def test_a_response_that_is_due_earlier_is_told_until_somebody_answered(ctx):
    waiting = opened(ctx)
    opened(ctx, channel=Channel.PHONE)
    sooner = table_with(lambda body: target_of(body, 3).update(response="5 min"))

    found = what_if(ctx, Proposal(sla=sooner))

    assert [effect.ticket_id for effect in found.open_changes] == [waiting.id]
    assert found.open_changes[0].due_before == found.open_changes[0].due_after
    assert found.open_changes[0].response_after == ctx.clock.now() + timedelta(minutes=5)


def test_open_tickets_promised_under_older_documents_are_told_without_a_proposal(ctx):
    made = opened(ctx)
    save(ctx, ConfigKind.SLA, table_with(stricter).to_dict())

    found = what_if(ctx, Proposal())

    assert [effect.ticket_id for effect in found.open_changes] == [made.id]


def test_a_waiting_reason_that_pauses_no_longer_lets_the_clock_run(ctx, make, clock):
    reason = make.waiting_reason()
    made = opened(ctx)
    commands.set_waiting(ctx, made.id, version=made.version, reason_id=ReasonId(reason.id))
    clock.advance(HOUR)

    found = what_if(ctx, Proposal(waiting={ReasonId(reason.id): WaitingRule(WaitingKind.USER)}))

    (effect,) = found.open_changes
    assert (effect.due_before, effect.due_after) == (None, datetime(2026, 11, 18, 10, 0, tzinfo=UTC))


# -- refusals ------------------------------------------------------------------------------------------


def test_a_calendar_that_never_opens_is_told_and_not_counted_with(ctx):
    opened(ctx)

    with pytest.raises(NeverOpen):
        what_if(ctx, Proposal(calendars={"office": BusinessCalendar("Asia/Shanghai")}))


def test_a_table_may_name_a_proposed_calendar_and_no_unknown_one(ctx):
    other = table_with(lambda body: target_of(body, 3).update(calendar="night"))
    night = BusinessCalendar.from_dict({**OFFICE, "hours": {"mon": [["20:00", "04:00"]]}})

    with pytest.raises(BadInput) as refused:
        what_if(ctx, Proposal(sla=other))

    assert refused.value.code == "sla.calendar_unknown"
    assert what_if(ctx, Proposal(sla=other, calendars={"night": night})).tickets == 0


def test_a_matrix_with_a_hole_is_refused(ctx):
    with pytest.raises(BadInput) as refused:
        what_if(ctx, Proposal(matrix=matrix_with(ctx, (1, 1, None))))

    assert refused.value.code == "priority.cells_empty"


@pytest.mark.parametrize("days", [0, -1, 10_000])
def test_days_without_sense_are_refused(ctx, days):
    with pytest.raises(BadInput) as refused:
        what_if(ctx, Proposal(), days=days)

    assert refused.value.code == "whatif.days_bad"


def test_consequences_are_for_those_who_may_see_settings(ctx):
    with pytest.raises(NotAllowed):
        what_if(ctx.acting_as(Actor(None, "agent", frozenset({"tickets.read"}), "PC-1")), Proposal())


# -- what was read is kept -------------------------------------------------------------------------------


def test_nothing_is_read_twice_and_what_changed_is_read_again(ctx, monkeypatch):
    made = [opened(ctx) for _ in range(3)]
    what_if(ctx, Proposal())
    read: list[int] = []
    real = reading.read_lives
    monkeypatch.setattr(
        reading, "read_lives", lambda r, ids, reader: read.extend(ids) or real(r, ids, reader)
    )

    what_if(ctx, Proposal())
    assert read == []

    edit_commands.override_priority(ctx, made[1].id, version=made[1].version, priority=1, reason="agreed")
    new = opened(ctx)
    found = what_if(ctx, Proposal())

    assert read == [made[1].id, new.id]
    assert [(each.priority, each.before.tickets) for each in found.effects] == [(1, 1), (3, 3)]


def test_what_another_program_changed_is_seen(ctx, other_ctx):
    made = opened(ctx)
    what_if(ctx, Proposal())

    commands.resolve(other_ctx, made.id, version=made.version, resolution=SOLVED)

    found = what_if(ctx, Proposal())
    assert (found.open_tickets, found.effects[0].before) == (0, Tally(1, 1, 1))


def test_what_was_touched_after_the_feed_was_cut_is_seen(ctx, make):
    made = opened(ctx)
    what_if(ctx, Proposal())
    make.event(Made(id=made.id), "status", new="resolved")  # a line that no feed tells of

    assert what_if(ctx, Proposal()).effects[0].before == Tally(1, 1, 1)


def test_a_stopped_count_passes_the_word_on_and_the_next_one_goes_on_from_there(ctx, monkeypatch):
    monkeypatch.setattr(reading, "BATCH", 2)
    for _ in range(6):
        opened(ctx)

    with pytest.raises(Cancelled):
        what_if(ctx, Proposal(), progress=Steps(stop_at=3))
    steps = Steps()
    found = what_if(ctx, Proposal(), progress=steps)

    assert found.tickets == 6
    assert steps.heard[0] == (0, 2 * reading.READING + 6)  # four of six tickets were there already
    assert steps.heard[-1][0] == steps.heard[-1][1]


def test_two_who_ask_at_once_get_the_same_answer(ctx, other_ctx):
    for _ in range(5):
        opened(ctx)
    answers = []

    def ask(which: Context) -> None:
        answers.append(what_if(which, Proposal(sla=table_with(stricter))))
        which.store.release()

    threads = [Thread(target=ask, args=(which,)) for which in (ctx, ctx, other_ctx)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 3
    assert answers[0] == answers[1] == answers[2]


def test_an_answer_names_the_documents_it_compared_with(ctx):
    assert what_if(ctx, Proposal()).in_force == documents_now(ctx)


def test_the_response_clock_is_part_of_no_share(ctx, clock):
    solved(ctx, clock, HOUR)
    without = table_with(lambda body: target_of(body, 3).pop(ClockKind.RESOLUTION.value))

    assert what_if(ctx, Proposal(sla=without)).share_after is None


def test_a_row_that_changed_without_a_log_line_is_read_again_because_the_feed_names_it(ctx):
    made = opened(ctx)
    what_if(ctx, Proposal())

    def merged(tx):
        tx.execute("UPDATE ticket SET impact = 1 WHERE id = ?", (made.id,))
        tx.announce(TicketsChanged(frozenset({made.id})))

    ctx.store.write(Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests"), merged)

    assert [each.priority for each in what_if(ctx, Proposal()).effects] == [2]


def test_a_desk_too_large_to_keep_is_read_anew_and_counted_alike(ctx, monkeypatch):
    monkeypatch.setattr(reading, "MOST_KEPT", 1)
    opened(ctx)
    opened(ctx)
    steps = Steps()

    first = what_if(ctx, Proposal())

    assert what_if(ctx, Proposal(), progress=steps) == first
    assert steps.heard[0] == (0, 2 * reading.READING + 2)
