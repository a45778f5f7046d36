"""Jobs of the night: times are recomputed and differences told, old rows go; each once a night."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.background import ClockDifference
from app.models.entities.events import NoticesChanged
from app.models.entities.instants import to_micros
from app.services.background import nightly, runner, verifying
from app.services.background.runner import BackgroundWork
from app.services.background.verifying import verify
from app.services.calendars.public_holidays import public_years
from app.services.tickets import commands
from tests.support.site import OFFICE
from tests.support.watched_site import Desk, desk_with_people

FAR = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def desk(ctx, make) -> Desk:
    return desk_with_people(ctx, make)


@pytest.fixture
def administrator(desk, make):
    return make.agent(roles=(make.role(code="administrator"),))


def damage(desk: Desk, ticket_id: int) -> None:
    desk.write(lambda tx: tx.execute("UPDATE ticket SET resolution_due_at = 1 WHERE id = ?", (ticket_id,)))


def test_nothing_differs_however_time_passes(desk):
    reason = desk.make.waiting_reason(longest="2 h", follow_up_every="1 h")
    desk.opened()
    waiting = desk.opened(impact=4, urgency=3)
    commands.set_waiting(desk.agent, waiting.id, version=waiting.version, reason_id=reason.id)
    found = []
    for _ in range(8):
        desk.later(minutes=55)
        found.append(verify(desk.ctx))

    assert [(one.checked, one.differing) for one in found] == [(2, ())] * 8


def test_a_difference_is_told_to_administrators_and_mended(desk, administrator, expect_log):
    expect_log("stored times of 1 tickets were wrong")
    ticket = desk.opened(impact=4, urgency=3)  # three working days: nothing is due tomorrow
    desk.rounds()
    damage(desk, ticket.id)

    desk.later(days=1)

    assert ("clocks_differ", {"count": 1, "numbers": [ticket.number]}) in desk.told(administrator)
    assert desk.read(ticket.id).resolution_due_at == ticket.resolution_due_at
    assert verify(desk.ctx).differing == ()


def test_what_differs_is_named(desk):
    ticket = desk.opened()
    desk.rounds()
    damage(desk, ticket.id)

    assert verify(desk.ctx).differing == (ClockDifference(ticket.id, ticket.number, ("resolution_due_at",)),)


def test_a_closed_ticket_is_history_and_not_recomputed(desk):
    ticket = desk.opened()
    commands.cancel(desk.agent, ticket.id, version=ticket.version, reason="withdrawn")

    assert verify(desk.ctx).checked == 0


def test_a_verifier_that_is_stopped_ends(desk):
    desk.opened()

    assert verify(desk.ctx, lambda: True).checked == 0


def test_the_verifier_lets_what_falls_due_in_between(desk, monkeypatch):
    monkeypatch.setattr(runner, "SLICE", timedelta())
    monkeypatch.setattr(verifying, "_AT_ONCE", 2)
    for _ in range(5):
        desk.opened()
    first, second = desk.work.tick(), desk.work.tick()
    desk.ctx.clock.advance(timedelta(hours=2))
    third = desk.work.tick()

    jobs = [report.jobs for report in (first, second, third)]
    assert jobs == [("trim", "handovers", "gaps", "holidays"), (), ("verify",)]
    assert (first.is_more, second.is_more, third.fired) == (True, True, 5)


def test_differences_found_by_a_program_that_was_overtaken_are_not_lost(
    desk, administrator, other_ctx, expect_log, monkeypatch
):
    expect_log("stored times of 1 tickets were wrong")
    ticket = desk.opened(impact=4, urgency=3)
    desk.rounds()
    damage(desk, ticket.id)
    desk.ctx.clock.advance(timedelta(days=1))
    other = BackgroundWork(other_ctx, holder="PC-02#b")
    report = nightly.report_differences

    def overtaken(ctx, found, **options):
        monkeypatch.undo()
        desk.write(lambda tx: tx.execute("UPDATE lease SET until = 0"))
        other.lease.hold()
        return report(ctx, found, **options)

    monkeypatch.setattr(nightly, "report_differences", overtaken)
    desk.write(lambda tx: tx.execute("UPDATE ticket SET wake_at = ?", (to_micros(FAR),)))
    first = desk.work.tick()
    jobs = other.tick().jobs

    assert (first.holds_lease, first.jobs) == (False, ())
    assert "verify" in jobs
    assert "clocks_differ" in desk.kinds(administrator)


def test_jobs_are_done_once_a_night_by_whoever_comes_first(desk, other_ctx):
    first = desk.work.tick().jobs
    desk.work.close()
    second = BackgroundWork(other_ctx, holder="PC-02#b").tick().jobs
    desk.ctx.clock.advance(timedelta(days=1))
    third = desk.work.tick().jobs

    assert first == third == ("verify", "trim", "handovers", "gaps", "holidays")
    assert second == ()


def put_notice(tx, desk, key, shown, read_at=None, kind="warned"):
    at = to_micros(shown)
    read = None if read_at is None else to_micros(read_at)
    values = {"person_id": desk.owner.id, "kind": kind, "key": key, "at": at, "show_at": at, "read_at": read}
    tx.insert("notice", values)


def test_notices_read_a_month_ago_and_unread_for_a_quarter_go(desk):
    now = desk.ctx.clock.now()
    month, quarter = now - timedelta(days=31), now - timedelta(days=91)

    def old(tx):
        put_notice(tx, desk, "read long ago", month, month)
        put_notice(tx, desk, "read yesterday", quarter, now - timedelta(days=1))
        put_notice(tx, desk, "unread for a month", month)
        put_notice(tx, desk, "unread for a quarter", quarter)
        put_notice(tx, desk, "holidays", quarter, quarter, kind="holidays_missing")

    desk.write(old)
    desk.work.tick()

    assert desk.rows("SELECT key FROM notice WHERE at <= ? ORDER BY key", to_micros(month)) == [
        ("holidays",),
        ("read yesterday",),
        ("unread for a month",),
    ]


def test_who_loses_an_unread_notice_hears_of_it(desk, announced):
    quarter = desk.ctx.clock.now() - timedelta(days=91)
    desk.write(lambda tx: put_notice(tx, desk, "unread for a quarter", quarter))

    desk.work.tick()

    assert NoticesChanged(frozenset({desk.owner.id})) in announced


def test_more_old_notices_than_one_batch_takes_go_in_the_same_night(desk, monkeypatch):
    monkeypatch.setattr(nightly, "DROPPED_AT_ONCE", 2)
    month = desk.ctx.clock.now() - timedelta(days=31)

    def old(tx):
        for number in range(5):
            put_notice(tx, desk, f"old {number}", month, month)

    desk.write(old)
    done = desk.work.tick().jobs

    assert "trim" in done
    assert desk.rows("SELECT key FROM notice WHERE at = ?", to_micros(month)) == []


def test_old_notices_wait_while_something_else_is_due_and_go_on_after(desk, monkeypatch):
    monkeypatch.setattr(nightly, "DROPPED_AT_ONCE", 2)
    monkeypatch.setattr(runner, "SLICE", timedelta())
    month = desk.ctx.clock.now() - timedelta(days=31)

    def old(tx):
        for number in range(5):
            put_notice(tx, desk, f"old {number}", month, month)

    desk.write(old)
    first = desk.work.tick().jobs
    left = desk.rows("SELECT COUNT(*) FROM notice WHERE at = ?", to_micros(month))
    rest = [job for _ in range(3) for job in desk.later(minutes=11).jobs]

    assert "trim" not in first
    assert left == [(3,)]
    assert "trim" in rest
    assert desk.rows("SELECT key FROM notice WHERE at = ?", to_micros(month)) == []


def test_old_lines_of_the_feed_go(desk):
    long_ago = to_micros(desk.ctx.clock.now() - timedelta(days=61))
    insert = "INSERT INTO change (entity, entity_id, op_id, at) VALUES ('tickets', 1, 'x', ?)"
    desk.write(lambda tx: tx.execute(insert, (long_ago,)))
    desk.opened()  # the newest line always stays

    desk.work.tick()

    assert desk.rows("SELECT seq FROM change WHERE at = ?", long_ago) == []


# -- next year's holidays --------------------------------------------------------------------------


@pytest.fixture
def editor(desk, make):
    """Somebody who may edit settings; the sample site's calendars keep holidays of 2026."""
    office = {**OFFICE, "name": "Office", "holidays": ["2026-10-01"]}
    desk.configure("calendar", office, code="office")
    return make.agent(roles=(make.role("settings.edit"),))


def missing(desk: Desk, person) -> list[dict]:
    return [body for kind, body in desk.told(person) if kind == "holidays_missing"]


def put_country(tx, country: str) -> None:
    tx.execute(
        "INSERT INTO setting (key, value, version) VALUES ('site.country', ?, 1)", (json.dumps(country),)
    )


def on_each_of_nights(desk: Desk, count: int) -> None:
    for _ in range(count):
        desk.later(days=1)


def test_from_november_who_may_edit_settings_hears_once_of_each_calendar_without_next_years_holidays(
    desk, editor
):
    on_each_of_nights(desk, 3)

    assert missing(desk, editor) == [{"calendar": "Office", "year": 2027, "is_published": False}]
    assert missing(desk, desk.owner) == []


def test_before_november_nobody_hears_of_next_year(desk, editor):
    desk.ctx.clock.set(datetime(2026, 10, 30, 10, 0, tzinfo=UTC))
    desk.work.tick()
    october = missing(desk, editor)
    on_each_of_nights(desk, 2)

    assert (october, len(missing(desk, editor))) == ([], 1)


def test_a_country_that_has_published_is_told_as_such(desk, editor):
    desk.write(lambda tx: put_country(tx, "DE"))
    desk.work.tick()

    assert missing(desk, editor) == [{"calendar": "Office", "year": 2027, "is_published": True}]


def test_a_calendar_with_next_years_holidays_is_told_to_nobody(desk, editor):
    (year,) = public_years("DE", (2027,))
    office = {**OFFICE, "holidays": [day.on.isoformat() for day in year.days] + ["2026-10-03"]}
    desk.configure("calendar", office, code="office")
    desk.write(lambda tx: put_country(tx, "DE"))
    desk.work.tick()

    assert missing(desk, editor) == []


def test_what_was_read_in_november_is_not_told_again_in_december(desk, editor):
    desk.ctx.clock.set(datetime(2026, 11, 1, 10, 0, tzinfo=UTC))
    desk.work.tick()
    desk.write(lambda tx: tx.execute("UPDATE notice SET read_at = ?", (tx.now_micros,)))
    desk.later(days=60, hours=12)

    assert len(missing(desk, editor)) == 1
