"""The list of screens, and that no step of its recipe was forgotten."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from app.services.base.context import Actor
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.base.texts import Texts
from app.views.base.pages import Page
from app.views.shell.registry import SCREENS, Screen, rail_order, screens_for
from tests.support.shell import PAGES

ROOT = Path(__file__).parents[2]
ALL_SCREENS = pytest.mark.parametrize("screen", SCREENS, ids=[screen.name for screen in SCREENS])


@ALL_SCREENS
def test_a_screen_names_a_page_that_says_what_it_understands(screen: Screen) -> None:
    page = getattr(import_module(screen.module), screen.factory.partition(":")[2])

    assert issubclass(page, Page)
    assert page.__doc__
    assert page.__doc__ != Page.__doc__


@ALL_SCREENS
def test_a_screen_has_an_icon_a_permission_and_a_title_in_chinese(screen: Screen) -> None:
    assert (ROOT / "resources" / "icons" / f"{screen.icon}.svg").is_file()
    assert screen.permission in ALL_PERMISSIONS
    assert Texts("zh_CN").gettext(screen.title.msgid) != screen.title.msgid


def test_no_two_screens_share_a_name_or_a_place_or_a_key() -> None:
    names = [screen.name for screen in SCREENS]
    places = [screen.rail for screen in SCREENS if screen.rail is not None]
    keys = [screen.shortcut for screen in SCREENS if screen.shortcut]

    assert len({*names}) == len(names)
    assert len({*places}) == len(places)
    assert len({*keys}) == len(keys)


def test_the_rail_goes_from_above_with_the_foot_last() -> None:
    assert [screen.name for screen in rail_order(tuple(reversed(PAGES)))] == ["first", "tickets", "foot"]


def test_nobody_is_shown_a_screen_they_may_not_see() -> None:
    reader = Actor(None, "reader", frozenset({"tickets.read"}), "pc")

    assert [screen.name for screen in screens_for(reader, PAGES)] == ["first", "tickets", "ticket"]


def test_a_screen_that_is_not_there_is_left_out() -> None:
    gone = Screen("gone", PAGES[0].title, "inbox", "app.views.no_such_feature.page:Page", "tickets.read")
    reader = Actor(None, "reader", frozenset({"tickets.read"}), "pc")

    assert screens_for(reader, (gone,)) == ()
