"""Importing a log, on both databases: facts kept, nothing twice, all or nothing, resumable."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.models.entities.errors import BadInput, NotAllowed
from app.models.entities.events import CatalogueChanged, Event, PeopleChanged, TicketsChanged
from app.models.entities.instants import to_micros
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import EventKind
from app.models.entities.transfer import ImportReport, Oddity, RefusalReason
from app.models.store import Operation, Store
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.base.progress import Cancelled
from app.services.search.index import SearchTable, matching_ids
from app.services.search.rules import parse
from app.services.settings.current import load_config
from app.services.sla.current import fold_settings
from app.services.sla.rules import fold
from app.services.tickets.loading import load_events, load_ticket
from app.services.tickets.recording import cached_columns
from app.services.transfer import commands
from app.services.transfer.importing import import_event_log
from tests.support.databases import Databases
from tests.support.factories import Make
from tests.support.site import set_up_site

SAMPLE = Path(__file__).parents[1] / "data" / "uci_sample.csv"
LINES = SAMPLE.read_text("utf-8").splitlines(keepends=True)


@pytest.fixture
def site(ctx: Context, make: Make) -> Context:
    """A configured desk with a reason to wait for the user."""
    set_up_site(ctx)
    make.waiting_reason()
    return ctx


@pytest.fixture
def second_site(databases: Databases, clock: FixedClock) -> Iterator[Context]:
    """Another desk, configured alike, on a database of its own."""
    store = Store(databases.copy())
    other = Context(store, clock, console_actor())
    set_up_site(other)
    Make(other).waiting_reason()
    yield other
    store.release()
    databases.drop(store.url)


@pytest.fixture
def take(site: Context) -> Callable[..., ImportReport]:
    """Import the sample, or another file."""

    def take(file: Path = SAMPLE, **more: Any) -> ImportReport:
        return import_event_log(site, file, mapping="uci_incident_event_log", **more)

    return take


def part_of_sample(tmp_path: Path, lines: list[str]) -> Path:
    file = tmp_path / "part.csv"
    file.write_text("".join(lines), encoding="utf-8")
    return file


def count(ctx: Context, text: str) -> int:
    with ctx.store.read() as read:
        return int(read.value(text))


def change(ctx: Context, text: str, parameters: tuple[object, ...]) -> None:
    """Change rows behind the program's back, as another command would."""
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    ctx.store.write(operation, lambda tx: tx.execute(text, parameters))


def tickets(ctx: Context) -> list[tuple[Any, ...]]:
    """Every ticket without its ids, people and teams by name."""
    with ctx.store.read() as read:
        return read.rows(
            "SELECT ticket.subject, ticket.number, ticket.status, ticket.channel, requester.name, team.name,"
            " assignee.name, category.code, ticket.location, ticket.impact, ticket.urgency, ticket.priority,"
            " ticket.received_at, ticket.created_at, ticket.updated_at, ticket.responded_at,"
            " ticket.resolved_at, ticket.closed_at, ticket.response_due_at, ticket.resolution_due_at,"
            " ticket.response_met, ticket.resolution_met, ticket.is_open, ticket.is_paused, ticket.due_sort,"
            " ticket.reopened_count, ticket.resolution_code"
            " FROM ticket LEFT JOIN person requester ON requester.id = ticket.requester_id"
            " LEFT JOIN person assignee ON assignee.id = ticket.assignee_id"
            " LEFT JOIN team ON team.id = ticket.team_id"
            " LEFT JOIN category ON category.id = ticket.category_id ORDER BY ticket.number"
        )


def ticket_of(ctx: Context, incident: str) -> int:
    with ctx.store.read() as read:
        return int(read.value("SELECT id FROM ticket WHERE subject LIKE ?", (f"Incident {incident}:%",)))


class StopsAt:
    """Progress that is cancelled at the n-th report."""

    def __init__(self, report: int) -> None:
        self._left = report

    def report(self, done: int, total: int) -> None:
        self._left -= 1
        if self._left <= 0:
            raise Cancelled


def test_the_sample_becomes_tickets_with_their_history(site, take):
    report = take()

    assert (report.rows, report.known, report.tickets, report.refused) == (288, 0, 58, [])
    assert report.events == count(site, "SELECT COUNT(*) FROM ticket_event")
    assert count(site, "SELECT COUNT(*) FROM ticket WHERE status = 'closed'") == 58
    assert count(site, "SELECT COUNT(*) FROM import_row") == 288


def test_the_report_counts_what_is_odd_and_names_damaged_rows(take):
    report = take()

    assert report.oddities == {
        Oddity.DAMAGED_STATE: 5,
        Oddity.REPEATED_UPDATE: 5,
        Oddity.OUT_OF_ORDER: 4,
        Oddity.BACK_IN_TIME: 5,
        Oddity.NO_RESOLVED_AT: 22,
    }
    assert len(report.notes) == 5


def test_the_itil_matrix_gives_every_recorded_priority(site, take):
    report = take()

    assert (report.priority_as_recorded, report.priority_differs) == (58, 0)
    assert report.priority_by_site < 58
    assert count(site, "SELECT COUNT(*) FROM ticket WHERE priority_source = 'matrix'") == 58


def test_people_teams_and_categories_are_made_once(site, take):
    report = take()

    assert report.people == count(site, "SELECT COUNT(*) FROM person")
    assert report.teams == count(site, "SELECT COUNT(*) FROM team")
    assert report.categories == count(site, "SELECT COUNT(*) FROM category")
    with site.store.read() as read:
        code, parent = read.one(
            "SELECT node.code, above.name FROM category node JOIN category above ON above.id = node.parent_id"
            " WHERE node.name = 'Subcategory 223' ORDER BY node.code"
        )
    assert code == f"uci:{parent}/Subcategory 223"


def test_the_same_file_again_changes_nothing(site, take):
    take()
    before = tickets(site)

    again = take()

    assert (again.rows, again.known, again.tickets, again.events) == (0, 288, 0, 0)
    assert tickets(site) == before


def test_a_longer_file_carries_tickets_on_as_if_it_had_come_at_once(site, second_site, take, tmp_path):
    pieces = [take(part_of_sample(tmp_path, LINES[:cut])) for cut in (3, 30, 100, 171, 172, 250)]
    pieces.append(take())

    import_event_log(second_site, SAMPLE, mapping="uci_incident_event_log")

    assert sum(piece.continued for piece in pieces) >= 4
    assert tickets(site) == tickets(second_site)
    assert count(site, "SELECT COUNT(*) FROM ticket_event") == count(
        second_site, "SELECT COUNT(*) FROM ticket_event"
    )


def test_a_ticket_changed_here_meanwhile_follows_its_log_again_and_keeps_our_words(
    site, make, take, tmp_path
):
    cut = next(at for at, line in enumerate(LINES) if line.startswith("0000135")) + 2
    take(part_of_sample(tmp_path, LINES[:cut]))
    number = ticket_of(site, "0000135")
    team = make.team()
    change(site, "UPDATE ticket SET team_id = ?, description = 'ours' WHERE id = ?", (team.id, number))

    take()

    with site.store.read() as read:
        ticket = load_ticket(read, number)
        log = load_events(read, number)
    changed = [(event.old, event.new) for event in log if event.field == "team_id"]
    assert changed == [(str(team.id), str(ticket.team_id))]
    assert ticket.description == "ours"


def test_rows_of_one_incident_may_be_scattered(site, take, tmp_path):
    scattered = [LINES[0], *LINES[1:3], *LINES[20:30], *LINES[3:20], *LINES[30:]]

    report = take(part_of_sample(tmp_path, scattered), chunk_rows=10)

    assert (report.rows, report.tickets) == (288, 58)


def test_a_cancelled_run_keeps_whole_chunks_and_the_next_one_goes_on(site, take):
    stopped = take(chunk_rows=50, progress=StopsAt(3))
    rows_then = count(site, "SELECT COUNT(*) FROM import_row")

    rest = take(chunk_rows=50)

    assert stopped.is_cancelled
    assert 0 < stopped.rows == rows_then < 288
    assert (rest.known, rest.rows) == (rows_then, 288 - rows_then)
    assert count(site, "SELECT COUNT(*) FROM ticket") == 58


def test_a_chunk_that_fails_leaves_no_trace(site, take, monkeypatch):
    def full_disk(*_: object) -> None:
        raise BadInput("test.disk_full")

    monkeypatch.setattr(commands, "insert_rows", full_disk)
    with pytest.raises(BadInput, match="disk_full"):
        take()
    left = [
        count(site, f"SELECT COUNT(*) FROM {name}") for name in ("ticket", "ticket_event", "person", "team")
    ]

    monkeypatch.undo()
    report = take()

    assert left == [0, 0, 0, 0]
    assert (report.rows, report.tickets) == (288, 58)


def test_two_programs_reading_one_log_at_once_take_every_row_once(site, other_ctx, take):
    def theirs() -> ImportReport:
        try:
            return import_event_log(other_ctx, SAMPLE, mapping="uci_incident_event_log", chunk_rows=20)
        finally:
            other_ctx.store.release()

    with ThreadPoolExecutor(1) as colleague:
        other = colleague.submit(theirs)
        mine = take(chunk_rows=20)
        their = other.result()

    assert mine.rows + their.rows == 288
    assert mine.known + their.known == 288
    assert count(site, "SELECT COUNT(*) FROM ticket") == 58
    assert count(site, "SELECT COUNT(*) FROM import_row") == 288


def test_another_log_needs_a_mapping_and_no_code(site, tmp_path):
    mapping = tmp_path / "export.json"
    mapping.write_text(json.dumps(OTHER_MAPPING), encoding="utf-8")
    log = tmp_path / "导出.csv"
    log.write_text(OTHER_LOG, encoding="gb18030")

    report = import_event_log(site, log, mapping=str(mapping))

    assert (report.rows, report.tickets, report.refused) == (4, 2, [])
    with site.store.read() as read:
        found = read.rows(
            "SELECT subject, status, impact, urgency, priority, received_at, team.name FROM ticket"
            " JOIN team ON team.id = ticket.team_id ORDER BY ticket.number"
        )
    first = to_micros(datetime(2026, 3, 2, 1, 15, tzinfo=UTC))
    assert found[0] == ("打印机卡纸 (A-1)", "resolved", 1, 2, 2, first, "网络组")
    assert found[1][1:5] == ("waiting", 3, 3, 4)
    assert count(site, "SELECT resolved_at FROM ticket WHERE status = 'resolved'") == to_micros(
        datetime(2026, 3, 2, 2, 5, tzinfo=UTC)
    )


OTHER_LOG = """编号;标题;状态;时间;登记;渠道;影响;紧急;班组
A-1;打印机卡纸;待处理;2026/03/02 09:20;2026/03/02 09:15;电话;1 - 高;2 - 中;终端组
A-1;打印机卡纸;处理中;2026/03/02 09:40;2026/03/02 09:15;电话;1 - 高;2 - 中;网络组
A-1;打印机卡纸;已解决;2026/03/02 10:05;2026/03/02 09:15;电话;1 - 高;2 - 中;网络组
A-2;VPN连接失败;等待用户;2026/03/02 11:00;2026/03/02 10:58;网页;3 - 低;3 - 低;网络组
"""
OTHER_MAPPING = {
    "name": "export",
    "prefix": "exp",
    "file": {"date_formats": ["%Y/%m/%d %H:%M"], "timezone": "Asia/Shanghai"},
    "matrix": "itil_3x3",
    "columns": {
        "incident": "编号",
        "state": "状态",
        "updated_at": "时间",
        "opened_at": "登记",
        "channel": "渠道",
        "impact": "影响",
        "urgency": "紧急",
        "team": "班组",
    },
    "kept": {"title": "标题"},
    "states": {
        "待处理": {"status": "new"},
        "处理中": {"status": "in_progress"},
        "等待用户": {"status": "waiting", "waiting": "user"},
        "已解决": {"status": "resolved"},
    },
    "channels": {"电话": "phone", "网页": "web"},
    "texts": {"subject": "$title ($incident)"},
}


def test_numbers_are_drawn_without_gaps_after_those_of_the_desk(site, take):
    take()

    assert count(site, "SELECT MAX(number) - MIN(number) + 1 FROM ticket") == 58
    assert count(site, "SELECT value FROM counter WHERE name = 'ticket'") == count(
        site, "SELECT MAX(number) FROM ticket"
    )


def test_unreadable_rows_are_refused_with_line_and_reason_and_the_others_taken(take, tmp_path):
    broken = list(LINES)
    broken[5] = (
        broken[5].replace("New", "Lost", 1).replace("Active", "Lost", 1).replace("Resolved", "Lost", 1)
    )
    broken[9] = "too,short\n"

    report = take(part_of_sample(tmp_path, broken))

    assert [(row.line, row.reason) for row in report.refused] == [
        (6, RefusalReason.STATE_UNKNOWN),
        (10, RefusalReason.COLUMNS),
    ]
    assert report.rows == 286


def test_moves_are_kept_as_facts_of_kind_imported(site, take):
    take()

    with site.store.read() as read:
        log = load_events(read, ticket_of(site, "0028089"))

    told = [(event.field, event.old, event.new) for event in log if event.kind is EventKind.IMPORTED]
    assert told == [
        (None, None, None),
        (None, None, None),
        ("resolve", "new", "resolved"),
        (None, None, None),
        ("close", "resolved", "closed"),
    ]
    assert [event.kind for event in log[:2]] == [EventKind.CREATED, EventKind.PROMISED]


def test_cached_columns_are_what_a_recount_of_the_log_gives(site, take):
    take()

    with site.store.read() as read:
        config = load_config(read)
        for (ticket_id,) in read.rows("SELECT id FROM ticket"):
            ticket = load_ticket(read, ticket_id)
            clocks = fold(
                load_events(read, ticket_id), config.calendars, site.clock.now(), fold_settings(config)
            )
            recounted = cached_columns(clocks, ticket.status, ticket.priority, config.sla.rises)
            names = ", ".join(recounted)
            assert read.one(f"SELECT {names} FROM ticket WHERE id = ?", (ticket_id,)) == tuple(
                recounted.values()
            )


def test_waiting_time_does_not_count_against_the_promise(site, take):
    take()

    with site.store.read() as read:
        config = load_config(read)
        waited = read.value(
            "SELECT ticket_id FROM ticket_event WHERE field = 'wait' AND detail LIKE ? ORDER BY id",
            ("%waiting_reason_id%",),
        )
        clocks = fold(load_events(read, waited), config.calendars, site.clock.now(), fold_settings(config))

    assert clocks[ClockKind.RESOLUTION].paused > timedelta()


def test_imported_tickets_are_found_by_their_old_number(site, take):
    take()

    with site.store.read() as read:
        found = matching_ids(read, SearchTable.TICKETS, parse("0000135"))

    assert found == [ticket_of(site, "0000135")]


def test_the_time_zone_moves_every_instant(site, take):
    take(timezone="America/Sao_Paulo")

    with site.store.read() as read:
        ticket = load_ticket(read, ticket_of(site, "0000135"))

    assert ticket.received_at == datetime(2016, 2, 29, 12, 45, tzinfo=UTC)


def test_other_screens_and_programs_hear_of_the_import(take, announced: list[Event]):
    take()

    assert {type(event) for event in announced} >= {TicketsChanged, PeopleChanged, CatalogueChanged}


def test_who_may_not_import_is_told_who_may(site, take):
    visitor = site.acting_as(replace(site.actor, permissions=frozenset({"tickets.read"})))

    with pytest.raises(NotAllowed):
        import_event_log(visitor, SAMPLE, mapping="uci_incident_event_log")


def test_a_heading_that_does_not_fit_the_mapping_imports_nothing(site, take, tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(BadInput, match=r"transfer\.columns_missing"):
        take(file)

    assert count(site, "SELECT COUNT(*) FROM import_source") == 0


def test_a_matrix_nobody_has_is_refused(site, tmp_path):
    content = json.loads(
        (Path(__file__).parents[2] / "resources" / "mappings" / "uci_incident_event_log.json").read_text(
            "utf-8"
        )
    )
    mapping = tmp_path / "mine.json"
    mapping.write_text(json.dumps({**content, "matrix": "nine_by_nine"}), encoding="utf-8")

    with pytest.raises(BadInput, match=r"transfer\.matrix_unknown"):
        import_event_log(site, SAMPLE, mapping=str(mapping))
