"""What taking in a settings file would do: order, differences, and entries that are never refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.settings_file import EntryState, Given, Section, SettingsDocument
from app.services.settings_file.differences import differences, told
from app.services.settings_file.ordering import merged_order, trouble_in_tree
from app.services.settings_file.planning import plan_import
from app.services.settings_file.site import SiteState

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


# --- order -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "given", "wanted"),
    [
        ("abc", "abc", "abc"),
        ("abc", "cba", "cba"),
        ("abc", "ca", "cba"),
        ("abc", "axb", "axbc"),
        ("abc", "xa", "xabc"),
        ("abc", "x", "abcx"),
        ("abc", "xy", "abcxy"),
        ("abc", "xcya", "xcyba"),
        ("", "ab", "ab"),
        ("ab", "", "ab"),
    ],
)
def test_the_files_order_is_taken_and_what_it_does_not_name_stays(site, given, wanted):
    assert "".join(merged_order(site, given)) == wanted


@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True), st.lists(st.sampled_from("abcdefxyz"), unique=True)
)
def test_an_order_loses_nobody_follows_the_file_and_is_settled(site, file):
    order = merged_order(site, file)

    assert sorted(order) == sorted({*site, *file})
    assert [each for each in order if each in file] == file
    assert merged_order(order, file) == order


# --- differences -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("a", "1", "2")]),
        ({"a": True}, {"a": False}, [("a", "true", "false")]),
        ({"a": None}, {"a": "x"}, [("a", "", "x")]),
        ({"a": ["x", "y"]}, {"a": ["y", "z"]}, [("a", "x", "z")]),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}, [("a", "x, y", "y, x")]),
        ({"cells": [[1, 2], [3, 4]]}, {"cells": [[1, 2], [3, 5]]}, [("cells › 2 › 2", "4", "5")]),
        (
            {"by_type": {"request": [[1, 2], [3, 4]]}},
            {"by_type": {"request": [[1, 2], [3, 5]]}},
            [("by_type › request › 2 › 2", "4", "5")],
        ),
        ({}, {"by_type": {"inquiry": [[1, 2], [3, 4]]}}, [("by_type › inquiry", "", "1–2, 3–4")]),
        ({"by_type": {"inquiry": [[1, 2]]}}, {}, [("by_type › inquiry", "1–2", "")]),
        (
            {"hours": {"mon": [["08:00", "12:00"]]}},
            {"hours": {"mon": [["08:00", "12:00"], ["13:00", "17:00"]]}},
            [("hours › mon", "08:00–12:00", "08:00–12:00, 13:00–17:00")],
        ),
        (
            {"policies": [{"code": "a", "vip": True}, {"code": "b"}]},
            {"policies": [{"code": "b"}, {"code": "a"}]},
            [("policies › a › vip", "true", ""), ("policies › *", "a, b", "b, a")],
        ),
        (
            {"steps": [{"percent": 75, "clock": "response"}, {"percent": 75, "clock": "resolution"}]},
            {"steps": [{"percent": 75, "clock": "response"}]},
            [("steps › resolution 75", "percent: 75, clock: resolution", "")],
        ),
        (
            {"coverage": [{"team": None, "day_type": "workday", "minimum": 1}]},
            {"coverage": [{"team": None, "day_type": "workday", "minimum": 2}]},
            [("coverage › – workday › minimum", "1", "2")],
        ),
    ],
)
def test_differences_say_where_and_what(before, after, found):
    assert differences(before, after) == found


def test_a_long_or_many_lined_text_is_told_on_one_line():
    assert told("a\n b\t c") == "a b c"
    assert len(told("x" * 1000)) == 300


# --- trees -----------------------------------------------------------------------------------------------


def tree(**parents):
    return {code: {"parent": parent, "is_active": True} for code, parent in parents.items()}


def test_whoever_hangs_below_a_circle_is_in_trouble_too():
    assert trouble_in_tree(tree(a="b", b="a"), "a").code == "catalogue.row_circle"
    assert trouble_in_tree(tree(a="a"), "a").code == "catalogue.row_circle"
    assert trouble_in_tree(tree(a="b", b="c", c="b"), "a").code == "catalogue.row_circle"


def test_a_tree_is_not_too_deep():
    deep = tree(a=None, b="a", c="b", d="c", e="d", f="e")

    assert trouble_in_tree(deep, "f").code == "catalogue.too_deep"
    assert trouble_in_tree(deep, "e") is None


# --- what is never refused -------------------------------------------------------------------------------


def state(section: Section, **entries: Any) -> SiteState:
    """A site that has only these entries."""
    empty: dict[Section, Any] = {each: {} for each in Section}
    return SiteState({**empty, section: entries}, empty, {})


def test_what_the_site_has_already_is_taken_although_no_rule_would_allow_it():
    """Another program stored it, or it is too long for this one: a file that the site wrote is taken."""
    odd = {
        "name": "x" * 500,
        "name_alt": "",
        "permissions": ["tickets.fly"],
        "is_active": True,
    }
    document = SettingsDocument({Section.ROLES: (Given("odd", odd),)})

    plan = plan_import(state(Section.ROLES, odd=odd), document, [Section.ROLES], NOW).plan

    assert [each.state for each in plan.entries] == [EntryState.UNCHANGED]


def test_a_flag_is_not_taken_for_the_number_it_equals():
    document = SettingsDocument({Section.SETTINGS: (Given("tickets.number_width", {"value": True}),)})
    site = state(Section.SETTINGS, **{"tickets.number_width": {"value": 1}})

    plan = plan_import(site, document, [Section.SETTINGS], NOW).plan

    assert [each.refusal.code for each in plan.refused] == ["settings.wrong_type"]
