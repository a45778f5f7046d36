"""Which policy a ticket gets and why, what it is promised, and which tables are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.calendars import WEEKDAYS, BusinessCalendar
from app.models.entities.errors import BadInput, NotFound
from app.models.entities.ids import CategoryId, ServiceId
from app.models.entities.sla import ClockKind, ContactKind, ReopenPolicy, SlaPolicy, SlaTable, Target
from app.models.entities.tickets import TicketType
from app.models.entities.time import Allowance
from app.services.sla.durations import allowance_text, both_texts, duration_text
from app.services.sla.reach import shadows
from app.services.sla.rules import TicketFacts, check_table, due_times, pick_policy, promise_ticket

OFFICE = BusinessCalendar.from_dict(
    {"timezone": "UTC", "hours": {day: [["08:30", "12:00"], ["13:00", "18:30"]] for day in WEEKDAYS[:5]}}
)
CALENDARS = {"office": OFFICE, "24x7": BusinessCalendar("UTC", always_open=True)}
TABLE_FORM = {
    "policies": [
        {
            "code": "vip",
            "name": "VIP",
            "name_alt": "贵宾",
            "types": ["incident"],
            "vip": True,
            "warn_percents": [50, 75],
            "targets": [{"priority": 1, "calendar": "24x7", "response": "5 min", "resolution": "1 h"}],
        },
        {
            "code": "mail",
            "service_ids": [4],
            "category_ids": [11],
            "companies": ["Acme"],
            "warn_percents": [50, 75, 90],
            "targets": [{"priority": 3, "calendar": "office", "resolution": "4 h"}],
        },
        {
            "code": "incident",
            "types": ["incident"],
            "warn_percents": [50, 75, 90],
            "targets": [
                {
                    "priority": 1,
                    "calendar": "24x7",
                    "response": "10 min",
                    "resolution": "2 h",
                    "first_line": "15 min",
                },
                {"priority": 4, "calendar": "office", "response": "1 h", "resolution": "3 d"},
            ],
        },
    ],
    "contacts": ["call", "reply"],
    "reopen": "restart",
    "rises": [[75, 1], [90, 2]],
}
TABLE = SlaTable.from_dict(TABLE_FORM)
INCIDENT = TicketFacts(TicketType.INCIDENT, 4)


def policy(**changes: object) -> SlaPolicy:
    return replace(TABLE.policies[2], **changes)  # type: ignore[arg-type]


def test_a_table_survives_a_round_trip():
    assert TABLE.to_dict() == TABLE_FORM
    assert TABLE.contacts == {ContactKind.CALL, ContactKind.REPLY}
    assert TABLE.reopen is ReopenPolicy.RESTART


def test_the_first_policy_that_matches_is_taken_and_the_others_say_why_not():
    choice = pick_policy(TABLE, INCIDENT)

    assert choice.policy is TABLE.policies[2]
    assert [(verdict.code, verdict.failed) for verdict in choice.verdicts] == [
        ("vip", ("vip", "priority")),
        ("mail", ("service", "category", "company", "priority")),
        ("incident", ()),
    ]


def test_u25_where_policies_overlap_the_order_decides_and_the_hidden_one_is_named():
    everybody = policy(code="all", types=frozenset())
    overlapping = replace(TABLE, policies=(everybody, *TABLE.policies))

    assert pick_policy(overlapping, INCIDENT).policy is everybody
    assert [verdict.code for verdict in pick_policy(overlapping, INCIDENT).verdicts] == ["all"]
    assert set(shadows(overlapping)) == {"vip", "incident"}
    assert shadows(TABLE) == {}


def test_a_parent_category_covers_the_categories_below_it():
    facts = TicketFacts(TicketType.REQUEST, 3, ServiceId(4), (CategoryId(25), CategoryId(11)), company="Acme")

    assert pick_policy(TABLE, facts).policy is TABLE.policies[1]


def test_a_ticket_that_no_policy_covers_is_promised_nothing():
    facts = TicketFacts(TicketType.INQUIRY, 2)

    assert pick_policy(TABLE, facts).policy is None
    assert promise_ticket(TABLE, facts, CALENDARS) is None


def test_working_days_are_turned_into_time_when_the_ticket_is_promised():
    promise = promise_ticket(TABLE, INCIDENT, CALENDARS, sla_version=3, calendar_versions={"office": 7})

    assert promise is not None
    assert promise.allowed[ClockKind.RESOLUTION] == timedelta(hours=27)
    assert (promise.policy, promise.sla_version, promise.calendar_key) == ("incident", 3, "office@7")
    friday = datetime(2026, 5, 8, 18, tzinfo=UTC)
    assert due_times(promise, friday, CALENDARS) == {
        ClockKind.RESPONSE: datetime(2026, 5, 11, 9, tzinfo=UTC),
        ClockKind.RESOLUTION: datetime(2026, 5, 13, 18, tzinfo=UTC),
    }


def test_a_table_that_names_an_unknown_calendar_cannot_promise():
    with pytest.raises(NotFound) as caught:
        promise_ticket(TABLE, INCIDENT, {})

    assert caught.value.params == {"calendar": "office"}


def test_a_good_table_passes():
    check_table(TABLE, frozenset(CALENDARS))


@pytest.mark.parametrize(
    ("policies", "code"),
    [
        ((policy(), policy()), "sla.policy_twice"),
        ((policy(targets=()),), "sla.no_targets"),
        ((policy(targets=TABLE.policies[2].targets * 2),), "sla.priority_twice"),
        (
            (policy(targets=(Target(6, "office", {ClockKind.RESPONSE: Allowance(60)}),)),),
            "sla.priority_range",
        ),
        (
            (policy(targets=(Target(1, "moon", {ClockKind.RESPONSE: Allowance(60)}),)),),
            "sla.calendar_unknown",
        ),
        ((policy(targets=(Target(1, "office", {}),)),), "sla.no_allowance"),
        (
            (
                policy(
                    targets=(
                        Target(
                            1,
                            "office",
                            {ClockKind.RESPONSE: Allowance(7200), ClockKind.RESOLUTION: Allowance(3600)},
                        ),
                    )
                ),
            ),
            "sla.response_after_resolution",
        ),
    ],
)
def test_a_table_that_could_not_be_kept_is_refused(policies, code):
    with pytest.raises(BadInput) as caught:
        check_table(SlaTable(policies), frozenset(CALENDARS))

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"policy": []}, "sla.field_unknown"),
        ({"contacts": ["pigeon"]}, "sla.table_bad"),
        ({"rises": [5]}, "sla.table_bad"),
        ({"policies": [{"code": ""}]}, "sla.policy_bad"),
        ({"policies": [{"code": "a", "vip": "yes"}]}, "sla.policy_bad"),
        ({"policies": [{"code": "a", "type": []}]}, "sla.field_unknown"),
        ({"policies": [{"code": "a", "warn_percents": [0]}]}, "sla.warn_bad"),
        ({"policies": [{"code": "a", "types": ["wish"]}]}, "sla.type_unknown"),
        ({"policies": [{"code": "a", "targets": [{"priority": "1"}]}]}, "sla.target_bad"),
        (
            {"policies": [{"code": "a", "targets": [{"priority": 1, "calendar": "x", "answer": "1 h"}]}]},
            "sla.field_unknown",
        ),
        (
            {"policies": [{"code": "a", "targets": [{"priority": 1, "calendar": "x", "response": "soon"}]}]},
            "duration.unreadable",
        ),
    ],
)
def test_a_table_whose_form_is_wrong_is_refused(form, code):
    with pytest.raises(BadInput) as caught:
        SlaTable.from_dict(form)

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("1 d 2 h", "en", "1 d 2 h"),
        ("1 d 2 h", "zh_CN", "1 工作日 2 小时"),
        ("90 min", "zh", "1 小时 30 分钟"),
        ("0 min", "zh", "0 分钟"),
        ("45 s", "fr", "45 s"),
    ],
)
def test_amounts_are_written_in_both_languages_and_read_back(text, language, written):
    allowance = Allowance.from_text(text)

    assert allowance_text(allowance, language) == written
    assert Allowance.from_text(written) == allowance


@pytest.mark.parametrize(
    ("duration", "written"),
    [
        (timedelta(hours=27), "27 h"),
        (timedelta(hours=1, minutes=30, seconds=59), "1 h 30 min"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(), "0 min"),
        (-timedelta(minutes=5), "-5 min"),
        (timedelta(days=5000), "120000 h"),
    ],
)
def test_spans_of_working_time_are_written_in_hours(duration, written):
    assert duration_text(duration) == written


def test_days_are_shown_with_the_hours_they_mean():
    assert both_texts(Allowance(0, 1), timedelta(hours=9)) == ("1 d", "9 h")
    assert both_texts(Allowance(0, 2), timedelta(hours=9), "zh") == ("2 工作日", "18 小时")
    assert both_texts(Allowance(3600), timedelta(hours=9)) == ("1 h", None)
