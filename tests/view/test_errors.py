"""What a person is told when something goes wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.errors import (
    BadInput,
    NotAllowed,
    RuleViolation,
    StaleRecord,
    StoreUnavailable,
)
from app.models.entities.tickets import Move, TicketStatus
from app.services.base.progress import Cancelled
from app.services.base.texts import Texts
from app.views.base.errors import ErrorPresenter, explain
from app.views.base.format import Format

EN = Format(Texts("en"), ZoneInfo("Asia/Shanghai"))
ZH = Format(Texts("zh_CN"), ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def presenter(qtbot):
    return ErrorPresenter(lambda: EN, "0.1.0")


def test_states_and_moves_are_told_in_the_desks_words():
    error = RuleViolation(
        "tickets.move_refused", status=TicketStatus.CLOSED, move=Move.RESOLVE, possible=(Move.REOPEN,)
    )

    assert explain(error, EN).happened == "“Resolve” is not possible while the ticket is “Closed”."
    assert explain(error, ZH).advice == "未做任何更改。当前可执行：重新打开"


def test_missing_fields_are_told_as_the_form_calls_them():
    error = RuleViolation("tickets.gate", move=Move.ASSIGN, missing=("category_id", "team_id"))

    assert explain(error, EN).happened == "Before “Assign”, this is still needed: Category, Team."
    assert explain(error, ZH).happened == "执行“分派”之前还需要填写：分类、团队。"


def test_instants_are_told_in_the_sites_time():
    error = RuleViolation("tickets.reopen_window_over", until=datetime(2026, 11, 21, 6, 2, tzinfo=UTC))

    assert "21 Nov 2026, 14:02" in explain(error, EN).happened


def test_a_missing_permission_names_who_has_it():
    error = NotAllowed("access.not_allowed", permission="tickets.close", who=("Wang Fang", "Li Na"))

    assert explain(error, EN).happened == "You may not do this: Close tickets."
    assert explain(error, EN).advice.endswith("Wang Fang, Li Na")


def test_where_nobody_has_the_permission_no_empty_list_is_shown():
    error = NotAllowed("access.not_allowed", permission="tickets.close", who=())

    assert explain(error, EN).advice == "Nothing was changed."


def test_advice_follows_the_kind_of_error_where_the_code_has_none():
    assert (
        explain(BadInput("people.name_missing"), EN).advice
        == "Nothing was changed. Correct it and try again."
    )


def test_a_lost_database_may_be_tried_again():
    assert explain(StoreUnavailable("store.lost"), EN).is_retry


def test_an_unknown_code_is_still_told():
    assert explain(RuleViolation("future.rule"), EN).happened == "This was refused (future.rule)."


def test_a_parameter_nobody_passed_leaves_a_gap_only():
    assert explain(BadInput("people.email_bad"), EN).happened == "“…” is not an e-mail address."


def test_a_lost_race_is_told_and_offered_to_whoever_shows_the_record(qtbot, presenter):
    with qtbot.waitSignals([presenter.told, presenter.stale]):
        presenter.show(StaleRecord("ticket", 7))


def test_ones_own_cancelling_is_no_news(qtbot, presenter):
    with qtbot.assertNotEmitted(presenter.told):
        presenter.show(Cancelled())


def test_what_nobody_foresaw_is_reported_once_with_its_trace(presenter):
    reports = []
    presenter.unforeseen.connect(lambda summary, details: reports.append((summary, details)))
    error = ZeroDivisionError("by zero")

    presenter.report(error)
    presenter.show(error)

    assert len(reports) == 1
    assert "ZeroDivisionError: by zero" in reports[0][1]
