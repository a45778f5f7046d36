"""What a site value, a document or an entry of a list must be."""

from __future__ import annotations

import json

import pytest

from app.models.entities.errors import BadInput
from app.models.entities.settings import (
    ConfigKind,
    ReasonDetails,
    ScriptDetails,
    SettingKey,
    SettingScope,
    Situation,
)
from app.models.entities.tickets import WaitingKind
from app.services.settings import declared, rules

LEVELS = [{"level": number, "name": f"Level {number}"} for number in (1, 2)]
TARGET = {"priority": 1, "calendar": "office", "resolution": "2 h"}


def test_every_setting_of_the_site_is_declared_once_with_a_default_that_fits() -> None:
    names = [key.name for key in declared.SETTINGS]

    assert len(names) == len(set(names))
    assert all(rules.checked_value(key, key.default) == key.default for key in declared.SETTINGS)
    assert {key.scope for key in declared.SETTINGS} == {SettingScope.SITE}


def test_texts_are_kept_trimmed() -> None:
    assert rules.checked_value(declared.SITE_NAME, " Harbour  ") == "Harbour"


@pytest.mark.parametrize("days", [0, 90])
def test_the_ends_of_a_range_belong_to_it(days: int) -> None:
    assert rules.checked_value(declared.REOPEN_DAYS, days) == days


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        (declared.REOPEN_DAYS, -1, "settings.out_of_range"),
        (declared.REOPEN_DAYS, 91, "settings.out_of_range"),
        (declared.REOPEN_DAYS, 1.5, "settings.wrong_type"),
        (declared.REOPEN_DAYS, None, "settings.wrong_type"),
        (declared.SITE_NAME, "   ", "settings.text_missing"),
        (declared.COUNTRY, "C1", "settings.country_bad"),
        (declared.SITE_NAME, "x" * 81, "settings.text_too_long"),
        (declared.LANGUAGE, "fr", "settings.not_a_choice"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(key: SettingKey[object], value: object, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        rules.checked_value(key, value)

    assert refused.value.code == code


def test_a_flag_is_no_number_and_a_number_no_flag() -> None:
    flag = SettingKey("test.flag", True)

    assert rules.checked_value(flag, False) is False
    with pytest.raises(BadInput):
        rules.checked_value(flag, 1)


def test_a_site_may_have_no_country() -> None:
    assert rules.checked_value(declared.COUNTRY, "") == ""


def test_names_that_only_a_newer_program_declares_are_passed_over() -> None:
    values = rules.values_in_force({"site.name": "Harbour", "future.thing": 1}, {"site.name": 4})

    assert values[declared.SITE_NAME] == "Harbour"
    assert values.version_of(declared.SITE_NAME) == 4
    assert values.version_of(declared.COUNTRY) == 0
    assert values.broken == ()


def test_a_broken_value_does_not_take_the_others_with_it() -> None:
    values = rules.values_in_force({"site.name": 7, "site.desk_phone": "1919"}, {})

    assert (values[declared.SITE_NAME], values[declared.DESK_PHONE]) == ("Service desk", "1919")
    assert [(broken.name, broken.code) for broken in values.broken] == [("site.name", "settings.wrong_type")]


def test_a_document_is_kept_in_its_one_written_form() -> None:
    body = {
        "timezone": "UTC",
        "hours": {"tue": [["8:00", "12:00"]], "mon": []},
        "holidays": ["2026-10-02", "2026-10-01"],
    }

    kept = rules.checked_config(ConfigKind.CALENDAR, body, ())

    assert kept == {
        "timezone": "UTC",
        "hours": {"tue": [["08:00", "12:00"]]},
        "holidays": ["2026-10-01", "2026-10-02"],
    }
    assert rules.checked_config(ConfigKind.CALENDAR, kept, ()) == kept


def test_a_matrix_has_every_cell() -> None:
    full = {"impacts": LEVELS, "urgencies": LEVELS, "cells": [[1, 2], [2, 3]]}

    assert rules.checked_config(ConfigKind.MATRIX, full, ())["cells"] == [[1, 2], [2, 3]]
    with pytest.raises(BadInput) as refused:
        rules.checked_config(ConfigKind.MATRIX, {**full, "cells": [[1, None], [2, 3]]}, ())
    assert refused.value.params["cells"] == [(1, 2)]


def test_a_matrix_gives_only_priorities_that_exist() -> None:
    with pytest.raises(BadInput) as refused:
        rules.checked_config(
            ConfigKind.MATRIX, {"impacts": LEVELS, "urgencies": LEVELS, "cells": [[1, 2], [2, 6]]}, ()
        )

    assert refused.value.params == {"impact": 2, "urgency": 2, "priority": 6}


def test_an_sla_table_names_only_calendars_that_exist() -> None:
    table = {"policies": [{"code": "all", "targets": [TARGET]}]}

    assert rules.checked_config(ConfigKind.SLA, table, ["office"])["policies"][0]["code"] == "all"
    with pytest.raises(BadInput) as refused:
        rules.checked_config(ConfigKind.SLA, table, ["24x7"])
    assert refused.value.params == {"policy": "all", "calendar": "office"}


@pytest.mark.parametrize("body", [{}, {"policies": []}])
def test_an_sla_table_promises_something(body: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        rules.checked_config(ConfigKind.SLA, body, ())

    assert refused.value.code == "sla.no_policy"


def test_a_reason_may_have_periods_or_none() -> None:
    rules.check_reason(ReasonDetails(WaitingKind.USER, "away", "Away"))
    rules.check_reason(
        ReasonDetails(WaitingKind.USER, "away", "Away", longest="2 工作日", follow_up_every="4 h")
    )


def test_a_script_needs_words() -> None:
    rules.check_script(ScriptDetails("hello", Situation.GREETING, "Hello", body="Good day"))
    with pytest.raises(BadInput):
        rules.check_script(ScriptDetails("hello", Situation.GREETING, "Hello", body="  "))


def test_a_stored_value_reads_in_a_dump_as_it_was_typed() -> None:
    assert json.loads(rules.setting_text("服务台")) == "服务台"
    assert "服务台" in rules.setting_text("服务台")


def test_a_name_without_a_declaration_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        rules.declared_key("site.colour")

    assert refused.value.params["name"] == "site.colour"


@pytest.mark.parametrize(
    ("code", "name", "refusal"),
    [
        ("", "Name", "settings.code_missing"),
        ("x" * 33, "Name", "settings.code_missing"),
        ("code", " ", "settings.name_missing"),
        ("code", "x" * 121, "settings.name_missing"),
    ],
)
def test_an_entry_of_a_list_has_a_code_and_a_name(code: str, name: str, refusal: str) -> None:
    with pytest.raises(BadInput) as refused:
        rules.check_names(code, name)

    assert refused.value.code == refusal
