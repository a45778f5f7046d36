"""What goes wrong in the middle: saves between reads, tickets nobody can read, rules that changed for all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.entities.background import ClockDifference
from app.models.entities.instants import to_micros
from app.models.entities.notices import NoticeKind
from app.models.entities.tickets import Confirmation, EventKind, Resolution, TicketStatus
from app.services.background import batches, doing_commands, refolding, runner
from app.services.background.doing_commands import put_off
from app.services.background.runner import BackgroundWork
from app.services.background.verifying import verify
from app.services.tickets import commands, edit_commands, note_commands
from tests.support.watched_site import DEFAULT_STEPS, Desk, desk_with_people

SOLVED = Resolution("Restarted the client", "config", "remote", 1, no_article_fits=True)


@pytest.fixture
def desk(ctx, make) -> Desk:
    return desk_with_people(ctx, make)


def damage_log(desk: Desk, ticket_id: int, column: str, value: str) -> None:
    """Make a log unreadable, as only a bug or a newer program could."""
    text = f"UPDATE ticket_event SET {column} = ? WHERE ticket_id = ? AND kind = 'promised'"
    desk.write(lambda tx: tx.execute(text, (value, ticket_id)))


# -- somebody saves between two reads --------------------------------------------------------------


def _saved_after_the_log_was_read(desk: Desk, monkeypatch, ticket) -> None:
    read, saved = refolding.load_events_of, []

    def read_then_saved(reader, ids):
        logs = read(reader, ids)
        if not saved:
            saved.append(
                edit_commands.edit_ticket(
                    desk.agent,
                    ticket.id,
                    version=ticket.version,
                    changes={"impact": 4, "urgency": 3},
                    base={"impact": 2, "urgency": 2},
                )
            )
        return logs

    monkeypatch.setattr(refolding, "load_events_of", read_then_saved)


def test_a_log_that_is_older_than_its_ticket_is_not_acted_on(desk, monkeypatch):
    ticket = desk.opened()
    desk.ctx.clock.advance(timedelta(hours=5))
    _saved_after_the_log_was_read(desk, monkeypatch, ticket)

    report = desk.work.tick()

    assert report.fired == 0
    assert desk.rows("SELECT step FROM escalation") == []
    assert desk.column(ticket.id, "wake_at") == 0


def test_the_verifier_is_not_misled_by_a_save_between_its_reads(desk, monkeypatch):
    ticket = desk.opened()
    desk.rounds()
    _saved_after_the_log_was_read(desk, monkeypatch, ticket)

    assert verify(desk.ctx).differing == ()


def test_a_ticket_saved_since_it_could_not_be_looked_at_is_not_put_off(desk):
    ticket = desk.opened()
    token = _token(desk)
    note_commands.add_note(desk.agent, ticket.id, "mended")

    put_off(desk.ctx, {ticket.id: ticket.version}, token=token, until=9)

    assert desk.column(ticket.id, "wake_at") == 0


def _token(desk: Desk) -> int:
    desk.work.tick()
    return int(desk.rows("SELECT token FROM lease")[0][0])


# -- tickets that raise ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("kind", "of_tomorrow", "KeyError"),
        ("detail", "{ not json", "JSONDecodeError"),
        ("detail", '{"policy": "x"}', "KeyError"),
    ],
)
def test_a_ticket_nobody_can_read_harms_no_other(desk, expect_log, column, value, code):
    expect_log(f"could not be looked at: .*{code}")
    desk.opened()
    bad = desk.opened()
    desk.rounds()
    damage_log(desk, bad.id, column, value)

    report = desk.later(hours=2)

    assert (report.put_off, desk.kinds(desk.owner)) == (1, ["warned"])
    assert desk.column(bad.id, "wake_at") == to_micros(desk.ctx.clock.now() + timedelta(hours=1))


def test_a_ticket_row_nobody_can_read_harms_no_other(desk, expect_log):
    expect_log("could not be looked at: .*ValueError")
    desk.opened()
    bad = desk.opened()
    desk.rounds()
    desk.write(lambda tx: tx.execute("UPDATE ticket SET channel = 'pigeon' WHERE id = ?", (bad.id,)))

    report = desk.later(hours=2)

    assert (report.put_off, desk.kinds(desk.owner)) == (1, ["warned"])


def test_the_verifier_names_a_ticket_nobody_can_read(desk):
    desk.opened()
    bad = desk.opened()
    desk.rounds()
    damage_log(desk, bad.id, "detail", "{ not json")

    assert verify(desk.ctx).differing == (ClockDifference(bad.id, bad.number, ("JSONDecodeError",)),)


def test_a_bug_in_writing_one_ticket_harms_no_other(desk, expect_log, monkeypatch):
    expect_log("could not be looked at: .*ZeroDivisionError")
    tickets = [desk.opened() for _ in range(3)]
    carry_out = doing_commands._carry_out

    def fails(tx, site, plan, fired):
        if plan.ticket.id == tickets[1].id:
            raise ZeroDivisionError
        return carry_out(tx, site, plan, fired)

    monkeypatch.setattr(doing_commands, "_carry_out", fails)

    report = desk.later(hours=2)

    assert (report.put_off, report.fired) == (1, 2)


def test_a_ticket_that_always_fails_is_logged_once(desk, expect_log, caplog):
    expect_log("could not be looked at")
    bad = desk.opened()
    desk.rounds()
    damage_log(desk, bad.id, "detail", "{ not json")
    for _ in range(5):
        desk.later(hours=1, minutes=1)

    said = [record for record in caplog.records if "could not be looked at" in record.getMessage()]
    assert len(said) == 1


def test_a_ticket_refused_once_and_solved_again_closes_by_itself(desk):
    ticket = desk.opened()
    solved = commands.resolve(desk.agent, ticket.id, SOLVED, version=ticket.version)
    refused = commands.refuse_solution(desk.agent, ticket.id, version=solved.version, reason="still drops")
    commands.resolve(desk.agent, ticket.id, SOLVED, version=refused.version)

    desk.later(days=5)

    after = desk.read(ticket.id)
    assert (after.status, after.confirmation) == (TicketStatus.CLOSED, Confirmation.NO_REPLY)


# -- rules that changed for all --------------------------------------------------------------------


def test_changed_rules_do_not_keep_waiting_what_is_due(desk, monkeypatch):
    monkeypatch.setattr(runner, "MOST", 2)
    monkeypatch.setattr(runner, "WALKED", 2)
    for _ in range(10):
        desk.opened(impact=4, urgency=3)
    due = desk.opened()
    while desk.work.tick().is_more:
        pass
    desk.ctx.clock.advance(timedelta(hours=2))
    desk.escalation({"percent": 40, "recipients": ["desk_manager"]}, storm_count=0)

    first = desk.work.tick()

    assert first.is_more
    assert desk.rows("SELECT ticket_id FROM escalation WHERE step = 'warn:resolution:50'") == [(due.id,)]


def test_changed_rules_have_each_ticket_looked_at_once_by_whoever_goes_on(desk, other_ctx, monkeypatch):
    monkeypatch.setattr(runner, "WALKED", 4)
    for _ in range(10):
        desk.opened()
    while desk.work.tick().is_more:
        pass
    desk.escalation({"percent": 10, "recipients": ["desk_manager"]}, storm_count=0)

    first = desk.work.tick()
    desk.work.close()
    rest = []
    other = BackgroundWork(other_ctx, holder="PC-02#b")
    while not rest or rest[-1].is_more:
        rest.append(other.tick())

    assert [first.looked_at, *(report.looked_at for report in rest)] == [4, 4, 2]
    assert other.tick().looked_at == 0


def test_a_look_that_finds_nothing_new_writes_nothing(desk, monkeypatch):
    for _ in range(3):
        desk.opened()
    while desk.work.tick().is_more:
        pass
    written = []
    monkeypatch.setattr(batches, "do_due", lambda *_args, **_options: written.append(1))
    desk.escalation(*DEFAULT_STEPS, storm_count=3)

    assert (desk.work.tick().looked_at, written) == (3, [])


# -- people and teams that are gone ----------------------------------------------------------------


def test_a_retired_team_is_sent_nothing(desk):
    first, second, third = (desk.make.team(line=line) for line in (1, 2, 3))
    category = desk.make.category(default_team_id=first.id)
    for line, team in ((2, second), (3, third)):
        desk.make._link("category_team", {"category_id": category, "line": line, "team_id": team})
    desk.write(lambda tx: tx.execute("UPDATE team SET is_active = false WHERE id = ?", (second.id,)))
    desk.escalation({"percent": 60, "to_next_line": True}, storm_count=0)
    ticket = desk.opened(category_id=category.id, team_id=first.id)

    desk.later(hours=2, minutes=24)

    assert desk.read(ticket.id).team_id == third.id


# -- a storm that was read -------------------------------------------------------------------------


def test_a_storm_after_one_that_was_read_is_told_again(desk):
    desk.escalation(*DEFAULT_STEPS, storm_count=5, storm_minutes=10)
    for _ in range(6):
        desk.opened()
    desk.ctx.clock.advance(timedelta(minutes=1))
    for _ in range(7):
        desk.opened()
    desk.later(hours=1, minutes=59)
    desk.write(lambda tx: tx.execute("UPDATE notice SET read_at = ?", (tx.now_micros,)))

    desk.later(minutes=1)

    unread = desk.rows("SELECT kind, body FROM notice WHERE read_at IS NULL")
    assert [(kind, json.loads(body)) for kind, body in unread] == [(NoticeKind.STORM, {"count": 7})]


# -- a due time set by hand ------------------------------------------------------------------------


def test_a_due_time_set_by_hand_is_watched_anew(desk):
    ticket = desk.opened()
    desk.later(hours=5)
    due = desk.ctx.clock.now() + timedelta(hours=10)
    event = replace(
        desk.events(ticket.id)[0],
        at=desk.ctx.clock.now(),
        kind=EventKind.CHANGED,
        field="resolution_due_at",
        old=None,
        new=due.isoformat(),
        detail={},
    )

    def set_by_hand(tx):
        doing_commands.insert_events(tx, [event])
        tx.execute("UPDATE ticket SET wake_at = 0, version = version + 1 WHERE id = ?", (ticket.id,))

    desk.write(set_by_hand)
    desk.rounds()
    before = len(desk.told(desk.owner))

    desk.later(hours=10, seconds=1)

    assert desk.told(desk.owner)[before:] == [("breached", {"clock": "resolution", "percent": 100})]
