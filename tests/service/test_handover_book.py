"""The book of handovers: whatever is changed behind the program's back is found and named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.handover import BookFault, Fault
from app.models.entities.ids import PersonId
from app.services.base.clock import FixedClock
from app.services.handover import book as books
from app.services.handover import commands, queries, signing
from app.services.handover.book import verify_book
from app.services.handover.rules import canonical, chain_hash, digest
from tests.support.handovers import BEFORE_CHANGE, FRIDAY, PASSWORD, HandoverDesk, handover_desk
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


@pytest.fixture
def three(desk, clock, make) -> list[int]:
    """Three closed handovers: day, night, day."""
    make.ticket(priority=1, subject="核心交换机故障")
    later = FRIDAY + timedelta(days=1)
    make.assignment(desk.wang, later, desk.day, is_supervisor=True)
    make.assignment(desk.li, later, desk.night, is_supervisor=True)
    return [desk.closed().id, night_closed(desk, clock), day_closed(desk, clock)]


def night_closed(desk: HandoverDesk, clock: FixedClock) -> int:
    """Li Na hands the night over to Wang Fang."""
    clock.advance(timedelta(hours=12))
    handover = queries.handover(desk.ctx, commands.open_handover(desk.incoming).id)
    lines = [(line.id, line.version) for line in handover.lines]
    commands.tick_lines(desk.outgoing, lines, is_ticked=True)
    signed = signing.sign_out(
        desk.incoming, handover.id, PersonId(desk.li.id), PASSWORD, version=handover.version
    )
    signing.sign_in(
        desk.outgoing,
        handover.id,
        PersonId(desk.wang.id),
        PASSWORD,
        version=signed.version,
        draw=lambda record: canonical(record).encode(),
    )
    return handover.id


def day_closed(desk: HandoverDesk, clock: FixedClock) -> int:
    clock.advance(timedelta(hours=12))
    return desk.closed().id


def told(desk: HandoverDesk) -> list[tuple[int, Fault]]:
    return [(fault.number, fault.fault) for fault in verify_book(desk.ctx).faults]


def changed(desk: HandoverDesk, statement: str, *parameters: object) -> list[tuple[int, Fault]]:
    """Change the database behind the program's back and return what the verifier says."""
    desk.write(lambda tx: tx.execute(statement, parameters))
    return told(desk)


def test_a_book_nobody_touched_is_whole(desk, three):
    found = verify_book(desk.ctx)

    assert (found.checked, found.faults) == (3, ())


def test_an_empty_book_is_whole(desk):
    assert verify_book(desk.ctx).checked == 0


def test_a_book_longer_than_one_read_is_whole_and_its_damage_found(desk, three, monkeypatch):
    monkeypatch.setattr(books, "_AT_ONCE", 2)

    assert told(desk) == []
    assert changed(desk, "UPDATE handover SET remarks = 'x' WHERE id = ?", three[2]) == [(3, Fault.SIGNATURE)]


def test_a_changed_record_is_named(desk, three):
    found = changed(
        desk, "UPDATE handover SET record = replace(record, '核心', '边缘') WHERE id = ?", three[1]
    )

    assert found == [(2, Fault.RECORD)]


def test_a_changed_record_with_a_new_hash_breaks_the_chain_behind_it(desk, three):
    record = canonical({**queries.frozen_record(desk.ctx, three[1]), "remarks": "forged"})
    with desk.ctx.store.read() as read:
        paper = read.value("SELECT paper_sha256 FROM handover WHERE id = ?", (three[1],))
        before = read.value("SELECT previous_sha256 FROM handover WHERE id = ?", (three[1],))

    found = changed(
        desk,
        "UPDATE handover SET record = ?, remarks = 'forged', sha256 = ? WHERE id = ?",
        record,
        chain_hash(before, record, paper),
        three[1],
    )

    assert found == [(3, Fault.CHAIN)]


def test_a_record_that_is_no_record_any_more_is_named(desk, three):
    found = changed(desk, "UPDATE handover SET record = 'gone' WHERE id = ?", three[0])

    assert found == [(1, Fault.RECORD), (1, Fault.SIGNATURE)]


def test_a_changed_paper_is_named(desk, three):
    paper = digest(queries.frozen_paper(desk.ctx, three[0]))

    assert changed(desk, "UPDATE attachment_body SET body = ? WHERE sha256 = ?", b"forged", paper) == [
        (1, Fault.PAPER)
    ]


def test_another_paper_under_the_record_is_named(desk, three):
    other = digest(queries.frozen_paper(desk.ctx, three[1]))

    assert changed(desk, "UPDATE handover SET paper_sha256 = ? WHERE id = ?", other, three[0]) == [
        (1, Fault.RECORD)
    ]


@pytest.mark.parametrize(
    "column",
    ["out_at = out_at + 1", "in_at = in_at - 60000000", "out_by_id = in_by_id", "in_reason = 'x'"],
)
def test_a_changed_signature_is_named(desk, three, column):
    assert changed(desk, f"UPDATE handover SET {column} WHERE id = ?", three[1]) == [(2, Fault.SIGNATURE)]


def test_a_changed_line_is_named(desk, three):
    assert changed(desk, "UPDATE handover_line SET note = 'x' WHERE handover_id = ?", three[1]) == [
        (2, Fault.LINES)
    ]


def test_a_line_taken_out_is_named(desk, three):
    gone = queries.handover(desk.ctx, three[1]).lines[0].id

    assert changed(desk, "DELETE FROM handover_line WHERE id = ?", gone) == [(2, Fault.LINES)]


def test_a_record_taken_out_of_the_middle_is_named(desk, three):
    desk.write(lambda tx: tx.execute("DELETE FROM handover_line WHERE handover_id = ?", (three[1],)))
    desk.write(lambda tx: tx.execute("DELETE FROM handover WHERE id = ?", (three[1],)))

    assert verify_book(desk.ctx).faults == (BookFault(2, None, Fault.MISSING),)


def test_the_last_record_taken_out_is_missed_too(desk, three):
    desk.write(lambda tx: tx.execute("DELETE FROM handover_line WHERE handover_id = ?", (three[2],)))
    desk.write(lambda tx: tx.execute("DELETE FROM handover WHERE id = ?", (three[2],)))

    assert verify_book(desk.ctx).faults == (BookFault(3, None, Fault.MISSING),)


def test_a_closed_record_opened_again_is_named(desk, three):
    assert changed(desk, "UPDATE handover SET state = 'draft' WHERE id = ?", three[0]) == [
        (1, Fault.SIGNATURE)
    ]


def test_two_handovers_closed_at_once_continue_each_other(desk, make):
    thursday = FRIDAY - timedelta(days=1)
    make.assignment(desk.zhao, thursday, desk.night, is_supervisor=True)
    night = commands.open_handover(desk.as_(desk.zhao), thursday, desk.night.id).id
    lines = [(line.id, line.version) for line in desk.sheet(night).lines]
    commands.tick_lines(desk.outgoing, lines, is_ticked=True)
    zhao, wang = PersonId(desk.zhao.id), PersonId(desk.wang.id)
    signed = signing.sign_out(desk.ctx, night, zhao, PASSWORD, version=desk.sheet(night).version)
    day = desk.opened()
    desk.tick_all(day.id)
    desk.sign_out(day.id)

    def close_night() -> None:
        signing.sign_in(
            desk.ctx, night, wang, PASSWORD, version=signed.version, draw=lambda _record: b"night"
        )

    meanwhile, drawn = iter([close_night, lambda: None]), []

    def draw_day(record) -> bytes:
        drawn.append(record["number"])
        next(meanwhile)()
        return b"day"

    closed = desk.sign_in(day.id, draw_day)

    assert (drawn, closed.number) == ([1, 2], 2)
    assert closed.previous_sha256 == desk.sheet(night).sha256
    assert told(desk) == []


def test_each_record_continues_the_one_before(desk, three):
    hashes = [queries.handover(desk.ctx, number) for number in three]

    assert [one.previous_sha256 for one in hashes] == ["", hashes[0].sha256, hashes[1].sha256]
