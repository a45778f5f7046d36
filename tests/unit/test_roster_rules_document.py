"""The document of the roster's rules: as shipped, written and read again, and what it refuses."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.models.entities.errors import BadInput
from app.models.entities.roster import BrokenRule, Severity
from app.models.entities.roster_rules import (
    BROKEN_BY,
    DEFAULT_ROSTER_RULES,
    RosterRules,
    RuleName,
    RuleSetting,
)
from app.models.entities.settings import ConfigKind
from app.services.base.resources import resource_path
from app.services.settings.rules import checked_config


def test_the_shipped_rules_are_those_of_the_desk():
    limits = {name.value: DEFAULT_ROSTER_RULES.limit(name) for name in RuleName}

    assert limits == {
        "rest": 11, "nights_in_a_row": 2, "shifts_in_a_row": 6, "hours_week": 60, "hours_month": 200,
        "contract": 10, "standby": 7, "day_after_night": 0, "leave": 0, "eligibility": 0, "supervisor": 0,
        "gap": 0, "skill_mix": 0,
    }  # fmt: skip
    assert DEFAULT_ROSTER_RULES.weight(BrokenRule.NO_NIGHTS) is Severity.FORBID


def test_an_empty_document_is_the_shipped_one():
    assert RosterRules.from_dict({}) == DEFAULT_ROSTER_RULES


def test_what_was_written_is_read_again():
    body = {"rules": {"rest": {"severity": "warn", "limit": 10}}, "led_shifts": ["A"], "full_time_hours": 38}

    read = RosterRules.from_dict(RosterRules.from_dict(body).to_dict())

    assert (read.severity(RuleName.REST), read.limit(RuleName.REST)) == (Severity.WARN, 10)
    assert (read.led_shifts, read.full_time_hours) == (("A",), 38)


def test_everything_that_can_be_wrong_is_weighed_by_a_rule():
    assert set(BROKEN_BY) == set(BrokenRule)


def test_a_new_site_forbids_shifts_nobody_leads_and_begins_with_the_shipped_rules_besides():
    sample = json.loads(resource_path("defaults", "roster.json").read_text(encoding="utf-8"))

    strict = {**DEFAULT_ROSTER_RULES.settings, RuleName.SUPERVISOR: RuleSetting(Severity.FORBID)}
    assert RosterRules.from_dict(sample["rules"]) == replace(DEFAULT_ROSTER_RULES, settings=strict)


def test_sample_patterns_name_sample_shifts():
    sample = json.loads(resource_path("defaults", "roster.json").read_text(encoding="utf-8"))
    shifts = json.loads(resource_path("defaults", "shifts.json").read_text(encoding="utf-8"))

    used = {code for pattern in sample["patterns"] for code in pattern["cells"]}

    assert used - {""} <= {shift["code"] for shift in shifts["shift_templates"]}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"rules": {"rest": {"limit": 0}}}, "roster.rule_range"),
        ({"rules": {"rest": {"limit": "11"}}}, "roster.rules_bad"),
        ({"rules": {"rest": {"severity": "never"}}}, "roster.rules_bad"),
        ({"rules": {"rest": {"hours": 11}}}, "roster.rules_field_unknown"),
        ({"rules": {"gap": {"limit": 1}}}, "roster.rules_field_unknown"),
        ({"rules": {"sleep": {}}}, "roster.rule_unknown"),
        ({"rules": []}, "roster.rules_bad"),
        ({"rules": {"rest": 11}}, "roster.rules_bad"),
        ({"led_shifts": "D"}, "roster.rules_bad"),
        ({"led_shifts": [""]}, "roster.rules_bad"),
        ({"led_shifts": [1]}, "roster.rules_bad"),
        ({"led_shifts": ["D"] * 51}, "roster.rules_bad"),
        ({"full_time_hours": 0}, "roster.rule_range"),
        ({"full_time_hours": True}, "roster.rules_bad"),
        ({"colour": "red"}, "roster.rules_field_unknown"),
        ([], "roster.rules_bad"),
    ],
)
def test_what_cannot_be_is_refused(body, code):
    with pytest.raises(BadInput) as refused:
        checked_config(ConfigKind.ROSTER, body, ())

    assert refused.value.code == code
