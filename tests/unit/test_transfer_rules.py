"""The story of an incident from its rows: facts as recorded, oddities counted, nothing corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.tickets import EventKind, Move, TicketStatus, WaitingKind
from app.models.entities.transfer import Oddity, RefusalReason, RowRefused
from app.services.transfer.mapping import load_mapping
from app.services.transfer.reading import SourceRow, open_log, rows
from app.services.transfer.rules import History, history_of, incidents
from app.services.transfer.updates import Parser, Update

S = TicketStatus
SAMPLE = Path(__file__).parents[1] / "data" / "uci_sample.csv"
LOG = open_log(SAMPLE)
MAPPING = load_mapping("uci_incident_event_log")
WORDS = tuple(MAPPING.states)
START = datetime(2016, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def parser() -> Parser:
    return Parser(MAPPING, LOG.header)


@pytest.fixture
def histories(parser: Parser) -> dict[str, History]:
    """Every incident of the sample by its number."""
    told = (history_of(parser, updates) for updates, _ in incidents(parser, rows(LOG)))
    return {history.incident: history for history in told}


def row(line: int, **words: str) -> SourceRow:
    """A row like the log's first one, `line` minutes after it was opened."""
    values = dict(zip(map(str, range(len(LOG.header))), next(iter(rows(LOG))).values, strict=True))
    columns = {name: str(place) for place, name in reversed(list(enumerate(LOG.header)))}
    minute = START + timedelta(minutes=line)
    given = {
        "number": "A1",
        "sys_mod_count": str(line),
        "opened_at": f"{START:%d/%m/%Y %H:%M}",
        "sys_created_at": "?",
        "sys_updated_at": f"{minute:%d/%m/%Y %H:%M}",
        "resolved_at": "1/3/2016 12:00",
        "closed_at": "6/3/2016 12:00",
        **words,
    }
    for name, word in given.items():
        values[columns[name]] = word
    return SourceRow(line, f"{line:064d}", list(values.values()))


@pytest.fixture
def tell(parser: Parser) -> Callable[..., History]:
    def tell(*found: SourceRow) -> History:
        return history_of(parser, [read_one(parser, each) for each in found])

    return tell


def read_one(parser: Parser, source: SourceRow) -> Update:
    update = parser.parse(source)
    assert isinstance(update, Update)
    return update


def moves(history: History) -> list[tuple[str | None, object, object]]:
    return [
        (event.field, event.old, event.new) for event in history.events if event.kind is EventKind.IMPORTED
    ]


def changes(history: History) -> list[tuple[str | None, object, object]]:
    return [
        (event.field, event.old, event.new) for event in history.events if event.kind is EventKind.CHANGED
    ]


def test_the_oddities_of_the_sample_are_those_its_readme_names(histories):
    counted = Counter(oddity for history in histories.values() for oddity in history.oddities)
    damaged = [note for history in histories.values() for note in history.notes]

    assert counted == {
        Oddity.REPEATED_UPDATE: 5,
        Oddity.OUT_OF_ORDER: 4,
        Oddity.BACK_IN_TIME: 5,
        Oddity.NO_RESOLVED_AT: 22,
    }
    assert [(note.oddity, note.value) for note in damaged] == [(Oddity.DAMAGED_STATE, "-100")] * 5


def test_every_row_of_the_sample_is_told_by_at_least_one_event(histories):
    for history in histories.values():
        told = {event.batch for event in history.events}

        assert told == {digest[:32] for _, digest in history.rows}


def test_a_new_incident_begins_when_it_was_opened(tell):
    history = tell(row(5, ident_state="New"))

    [created] = history.events
    assert (created.kind, created.at, created.new) == (EventKind.CREATED, START, S.NEW)
    assert created.detail["incident"] == "A1"


def test_an_incident_first_seen_at_work_is_opened_and_then_moved(tell):
    history = tell(row(5, ident_state="Active"))

    assert [event.kind for event in history.events] == [EventKind.CREATED, EventKind.IMPORTED]
    assert moves(history) == [(Move.START, S.NEW, S.IN_PROGRESS)]
    assert history.state.responded_at == START + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("before", "after", "move"),
    [
        ("New", "Active", Move.START),
        ("Active", "Awaiting Vendor", Move.WAIT),
        ("Awaiting User Info", "Active", Move.RESUME),
        ("Awaiting User Info", "Awaiting Vendor", Move.WAIT),
        ("Active", "Resolved", Move.RESOLVE),
        ("Resolved", "Active", Move.REFUSE),
        ("Resolved", "Closed", Move.CLOSE),
        ("Closed", "Active", Move.REOPEN),
        ("New", "Closed", Move.CLOSE),
    ],
)
def test_moves_are_recorded_without_asking_any_gate(tell, before: str, after: str, move: Move):
    history = tell(row(1, ident_state=before), row(2, ident_state=after))

    assert moves(history)[-1][0] is move


def test_waiting_says_for_what_and_evidence_keeps_its_word(tell):
    history = tell(row(1, ident_state="Active"), row(2, ident_state="Awaiting Evidence"))

    assert history.state.waiting is WaitingKind.USER
    assert history.events[-1].detail == {"line": 2, "state": "Awaiting Evidence", "waiting": "user"}


def test_a_damaged_state_leaves_the_state_and_is_reported(tell):
    history = tell(row(1, ident_state="Active"), row(2, ident_state="-100"), row(3, ident_state="Active"))

    assert moves(history) == [(Move.START, S.NEW, S.IN_PROGRESS), (None, None, None), (None, None, None)]
    assert [note.line for note in history.notes] == [2]


def test_a_row_that_changes_nothing_is_still_an_event(tell):
    history = tell(row(1, ident_state="New"), row(2, ident_state="New"))

    assert moves(history) == [(None, None, None)]


def test_a_changed_fact_is_an_event_of_its_own(tell):
    history = tell(
        row(1, ident_state="New", assignment_group="56", impact="2"),
        row(2, ident_state="New", assignment_group="70", impact="1"),
        row(3, ident_state="New", assignment_group="?", impact="1"),
    )

    assert changes(history) == [
        ("impact", "2", "1"),
        ("team", "Group 56", "Group 70"),
        ("team", "Group 70", None),
    ]


def test_what_has_no_place_with_us_is_kept_in_the_event(tell):
    history = tell(
        row(1, ident_state="New", made_sla="true", u_symptom="72"),
        row(2, ident_state="New", made_sla="false", u_symptom="?"),
    )

    assert history.events[-1].detail["kept"] == {"made_sla": "false", "symptom": None}


def test_times_filled_in_with_hindsight_count_only_for_the_state_reached(tell):
    at_work = tell(row(1, ident_state="Active"))
    solved = tell(row(1, ident_state="Active"), row(2, ident_state="Resolved"))
    closed = tell(row(1, ident_state="Active"), row(2, ident_state="Closed"))

    assert (at_work.resolved_at, at_work.closed_at) == (None, None)
    assert (solved.resolved_at, solved.closed_at) == (datetime(2016, 3, 1, 12, tzinfo=UTC), None)
    assert closed.closed_at == datetime(2016, 3, 6, 12, tzinfo=UTC)


def test_a_missing_time_of_solution_stays_missing_and_is_counted(tell):
    history = tell(row(1, ident_state="Closed", resolved_at="?"))

    assert history.resolved_at is None
    assert history.oddities == (Oddity.NO_RESOLVED_AT,)


def test_the_recorded_number_of_reopenings_goes_before_our_own_count(tell):
    reopened = [row(1, ident_state="Resolved"), row(2, ident_state="Active")]

    assert tell(*reopened[:1], row(2, ident_state="Active", reopen_count="3")).reopened == 3
    assert tell(*reopened[:1], row(2, ident_state="Active", reopen_count="?")).reopened == 1


@pytest.mark.parametrize(
    ("second", "third", "odd"),
    [
        ({}, {}, ()),
        ({"sys_mod_count": "1"}, {}, (Oddity.REPEATED_UPDATE,)),
        ({"sys_mod_count": "3"}, {"sys_mod_count": "2"}, (Oddity.OUT_OF_ORDER, Oddity.BACK_IN_TIME)),
        ({"sys_updated_at": "29/2/2016 00:00"}, {}, (Oddity.BACK_IN_TIME,)),
    ],
)
def test_odd_order_is_kept_and_counted(tell, second, third, odd):
    history = tell(
        row(1, ident_state="New"), row(2, ident_state="New", **second), row(3, ident_state="New", **third)
    )

    assert history.oddities == odd
    assert [line for line, _ in history.rows] == [1, 2, 3]


def test_more_rows_of_a_known_incident_carry_its_story_on(parser, tell):
    earlier = tell(row(1, ident_state="Active", assignment_group="56"))

    later = history_of(
        parser, [read_one(parser, row(2, ident_state="Resolved", assignment_group="70"))], earlier.state
    )

    assert moves(later) == [(Move.RESOLVE, S.IN_PROGRESS, S.RESOLVED)]
    assert changes(later) == [("team", "Group 56", "Group 70")]


def test_subject_and_description_are_made_from_the_words_of_the_row(tell):
    history = tell(row(1, ident_state="New", category="26", u_symptom="?", location="143"))

    assert history.subject == "Incident A1: Category 26, Subcategory 164"
    assert history.description == "Imported from the event log. Symptom –, Location 143."


def test_rows_of_one_incident_are_gathered_and_refusals_stand_beside_them(parser):
    found = [row(1), row(2, ident_state="Lost"), row(3), row(4, number="A2")]

    pieces = list(incidents(parser, found))

    assert [[update.line for update in updates] for updates, _ in pieces] == [[1, 3], [4]]
    assert pieces[0][1] == [RowRefused(2, RefusalReason.STATE_UNKNOWN, "ident_state", "Lost")]


def test_an_incident_of_unreadable_rows_is_refused_altogether(parser):
    assert list(incidents(parser, [row(1, ident_state="Lost")])) == [
        ([], [RowRefused(1, RefusalReason.STATE_UNKNOWN, "ident_state", "Lost")])
    ]


@given(words=st.lists(st.sampled_from(WORDS), min_size=2, max_size=12), cut=st.integers(1, 11))
def test_importing_in_two_pieces_ends_like_importing_at_once(words: list[str], cut: int):
    parser = Parser(MAPPING, LOG.header)
    updates = [read_one(parser, row(line, ident_state=word)) for line, word in enumerate(words, 1)]
    at = min(cut, len(updates) - 1)

    whole = history_of(parser, updates)
    first = history_of(parser, updates[:at])
    second = history_of(parser, updates[at:], first.state)

    assert moves(first) + moves(second) == moves(whole)
    assert second.state == whole.state
