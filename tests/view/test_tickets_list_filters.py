"""Filters in words: what chips and menus say, and how what is typed narrows what is shown."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.models.entities.catalogue import Category, CategoryDetails, CategoryNode
from app.models.entities.ids import CategoryId, PersonId, TeamId
from app.models.entities.people import StaffEntry, Team, TeamDetails
from app.services.search.rules import parse, to_text
from app.views.tickets.list_filters import field_words, narrowed, offers, value_words, word_text

TEAM = Team(TeamId(1), TeamDetails("field", "Field", "现场", is_field=True), (), 1, True, 1)
LI = StaffEntry(PersonId(7), "Li Na", "李娜", "li.na", (TeamId(1),), True)
ERP = CategoryNode(
    Category(CategoryId(3), None, CategoryDetails("APP-ERP", "ERP"), 1, True, 1), 0, ("ERP",), ("",), False
)
NAMES = SimpleNamespace(
    teams=(TEAM,),
    staff={LI.id: LI},
    categories=(ERP,),
    name_of_team=lambda team: team.details.name,
    path=lambda node: node.path,
)


def said(text):
    (term,) = parse(text).filters
    return f"{field_words(term.field)} {value_words(term, NAMES)}"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("status:open", "Status open"),
        ("-status:closed", "Status not Closed"),
        ("status:new,waiting", "Status New, Waiting"),
        ("priority:1", "Priority P1 Critical"),
        ("priority<=2", "Priority <= P2 High"),
        ("assignee:me", "Assignee me"),
        ("assignee:none", "Assignee nobody"),
        ("assignee:li.na", "Assignee Li Na"),
        ("team:field", "Team Field"),
        ("team:gone", "Team gone"),
        ("category:APP-ERP", "Category ERP"),
        ("due<1h", "Due within 1 h"),
        ("due>2d", "Due in more than 2 d"),
        ("due:today", "Due today"),
        ("age>3d", "Age more than 3 d"),
        ("received>7d", "Received in the last 7 d"),
        ("received<7d", "Received more than 7 d ago"),
        ("received>=2026-04-16", "Received after 2026-04-16"),
        ("updated<today", "Updated before today"),
        ("vip:yes", "VIP requester yes"),
    ],
)
def test_a_chip_says_a_filter_in_words(typed, words):
    assert said(typed) == words


@pytest.mark.parametrize(("typed", "words"), [("vpn", "vpn"), ('"a b"', "“a b”"), ("-vpn", "not vpn")])
def test_a_word_of_a_view_is_a_chip_too(typed, words):
    (word,) = parse(typed).words

    assert word_text(word) == words


@pytest.mark.parametrize(
    ("base", "typed", "both"),
    [
        ("status:open", "vpn", "vpn status:open"),
        ("status:open", "status:new", "status:new"),
        ("status:open team:field", "team:first", "status:open team:first"),
        ("due<4h", "due<1h", "due<1h"),
        ("status:open", "", "status:open"),
    ],
)
def test_what_is_typed_narrows_and_takes_the_place_of_a_filter_on_the_same_field(base, typed, both):
    assert to_text(narrowed(parse(base), parse(typed))) == both


@pytest.mark.parametrize("field", ["status", "priority", "team", "assignee", "category", "due", "vip"])
def test_everything_a_menu_offers_can_be_read_as_a_filter(field):
    for operator, value, words in offers(field, NAMES):
        sign = ":" if operator.value == ":" else operator.value
        assert parse(f'{field}{sign}"{value}"').filters[0].field == field
        assert words
