"""Rules of the record: which readings belong into it, the site's day, how long it is kept, what is found."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.audit import AccessEntry, AccessKind, AccessSubject, ReadsRecorded
from app.models.entities.tickets import TicketType
from app.services.audit import rules
from app.services.audit.words import REFERENCES, about_words
from app.services.base.texts import Texts
from app.services.reports.catalog import REPORTS

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)


def line(**parts: object) -> AccessEntry:
    given = {"id": 1, "at": NOW, "person": "Wang Lei", "pc": "PC-07", "kind": AccessKind.EXPORTED}
    given |= {
        "subject": AccessSubject.REPORT,
        "reference": "shift",
        "named": "",
        "about": {},
        "row_count": None,
    }
    return AccessEntry(**{**given, **parts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reads", "kind", "is_major", "is_recorded"),
    [
        (ReadsRecorded.NOTHING, TicketType.COMPLAINT, True, False),
        (ReadsRecorded.SENSITIVE, TicketType.COMPLAINT, False, True),
        (ReadsRecorded.SENSITIVE, TicketType.INCIDENT, True, True),
        (ReadsRecorded.SENSITIVE, TicketType.INCIDENT, False, False),
        (ReadsRecorded.ALL, TicketType.INQUIRY, False, True),
    ],
)
def test_the_setting_says_which_readings_are_recorded(reads, kind, is_major, is_recorded):
    assert rules.is_recorded(reads, kind, is_major=is_major) is is_recorded


def test_a_day_is_one_of_the_site():
    first, end = rules.day_of(NOW, ZoneInfo("Asia/Shanghai"))  # there it is half past one on the 21st

    assert first.astimezone(UTC) == datetime(2026, 11, 20, 16, tzinfo=UTC)
    assert end.astimezone(UTC) == datetime(2026, 11, 21, 16, tzinfo=UTC)


def test_a_day_of_changed_clocks_is_as_long_as_it_is():
    first, end = rules.day_of(datetime(2026, 10, 25, 12, tzinfo=UTC), ZoneInfo("Europe/Berlin"))

    assert (end.astimezone(UTC) - first.astimezone(UTC)).total_seconds() == 25 * 3600


@pytest.mark.parametrize(
    ("now", "months", "since"),
    [
        (datetime(2026, 11, 20, tzinfo=UTC), 24, datetime(2024, 11, 20, tzinfo=UTC)),
        (datetime(2026, 1, 31, tzinfo=UTC), 11, datetime(2025, 2, 28, tzinfo=UTC)),
        (datetime(2024, 3, 31, tzinfo=UTC), 1, datetime(2024, 2, 29, tzinfo=UTC)),
        (datetime(2026, 1, 1, tzinfo=UTC), 1, datetime(2025, 12, 1, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar(now, months, since):
    assert rules.kept_since(now, months) == since


@pytest.mark.parametrize("words", ["", "wang", "WANG pc-07", "zhou", "ＲＯＳＴＥＲ", "10482 wang"])
def test_a_line_is_found_by_parts_of_all_it_says(words):
    entry = line(named="Zhou Yun", about={"file": "roster.pdf", "ticket": "#10482"})

    assert rules.is_found(entry, rules.words_of(words))


def test_a_line_is_not_found_by_what_only_some_words_fit():
    assert not rules.is_found(line(), rules.words_of("wang nobody"))


def test_every_report_is_called_in_the_record_as_in_the_catalogue():
    assert {report.id.value: report.title for report in REPORTS}.items() <= REFERENCES.items()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (line(about={"file": "shift.pdf"}), "Shift report · shift.pdf"),
        (line(reference="2026-12", about={}), "2026-12"),
        (line(reference="17", named="#00017", subject=AccessSubject.TICKET), "#00017"),
        (line(named="Zhou", about={"fact": "email", "ticket": "#12"}), "Zhou · E-mail · #12"),
        (line(reference="99", about={"fact": "of_a_newer_program"}), "of_a_newer_program"),
        (line(reference="5", about={"file": "a.txt", "name": "b.txt"}), "b.txt"),
        (line(reference="", about={}), ""),
    ],
)  # fmt: skip
def test_a_line_says_what_it_was_about(entry, said):
    assert about_words(entry, Texts("en")) == said
