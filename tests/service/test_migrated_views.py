"""A site of before gets the shared list that new sites begin with, once, and no other site does."""

from __future__ import annotations

import json

from app.models.store import Store
from app.services.base.resources import resource_path
from tests.support.migrating import runner

SECOND = "0002_service_levels_watched"
THIRD = "0003_ticket_facts"
FOURTH = "0004_roster_planned"
FIFTH = "0005_announced_and_audited"
VIEW = (
    "INSERT INTO saved_view (name, query, position, is_active, version, owner_id) VALUES (?, ?, ?, ?, 1, ?)"
)


def views_after_0003(url: str, *before: tuple[object, ...]) -> list[tuple[object, ...]]:
    """Let a site with these views go from the second migration to the third and back and forth."""
    old = Store(url)
    old.migrate(target=SECOND)
    old.dialect.connect(old.database)
    old.database.execute_sql("INSERT INTO person (name, version) VALUES ('Zhang', 1)")
    for view in before:
        old.database.execute_sql(old.dialect.sql(VIEW), view)
    old.migrate(target=THIRD)
    runner(old).down(THIRD)
    old.migrate(target=THIRD)
    with old.read() as read:
        columns = "name, name_alt, query, is_active, owner_id"
        views = [tuple(row) for row in read.rows(f"SELECT {columns} FROM saved_view ORDER BY position, id")]
    old.release()
    return views


def test_0003_ticket_facts_adds_the_list_of_major_incidents_behind_that_of_broken_promises(
    empty_database_url: str,
) -> None:
    views = views_after_0003(
        empty_database_url,
        ("Breached", "status:open breached:yes", 5, True, None),
        ("VIP", "status:open vip:yes", 6, True, None),
        ("Mine", "status:open is:major", 7, True, 1),
    )

    assert [view[0] for view in views] == ["Breached", "Major incidents", "VIP", "Mine"]
    assert views[1] == ("Major incidents", "重大故障", "status:open is:major", True, None)


def test_0003_ticket_facts_adds_no_list_where_there_was_one(empty_database_url: str) -> None:
    retired = ("Major", "status:open is:major", 1, False, None)

    assert [view[0] for view in views_after_0003(empty_database_url, retired)] == ["Major"]


def test_0003_ticket_facts_leaves_the_lists_of_a_new_site_to_its_set_up(empty_database_url: str) -> None:
    assert views_after_0003(empty_database_url) == []


def test_the_list_0003_adds_is_the_one_new_sites_begin_with() -> None:
    shipped = json.loads(resource_path("defaults", "views.json").read_text("utf-8"))["views"]
    (major,) = [view for view in shipped if view["code"] == "major"]

    assert (major["name"], major["name_alt"], major["query"]) == (
        "Major incidents",
        "重大故障",
        "status:open is:major",
    )


OWN = ["To do", "Waiting", "Done today"]


def views_after_0005(url: str, *before: tuple[object, ...]) -> list[tuple[object, ...]]:
    """Let a site with these views go from the fourth migration to the fifth and back and forth."""
    old = Store(url)
    old.migrate(target=FOURTH)
    old.dialect.connect(old.database)
    for view in before:
        old.database.execute_sql(old.dialect.sql(VIEW), view)
    old.migrate(target=FIFTH)
    runner(old).down(FIFTH)
    old.migrate()
    with old.read() as read:
        columns = "name, name_alt, query, is_active, owner_id"
        views = [tuple(row) for row in read.rows(f"SELECT {columns} FROM saved_view ORDER BY position, id")]
    old.release()
    return views


def test_0005_announced_and_audited_adds_to_do_waiting_and_done_behind_what_is_mine(
    empty_database_url: str,
) -> None:
    views = views_after_0005(
        empty_database_url,
        ("Assigned to me", "assignee:me status:open", 1, True, None),
        ("All open", "status:open", 2, True, None),
    )

    assert [view[0] for view in views] == ["Assigned to me", *OWN, "All open"]


def test_0005_announced_and_audited_leaves_views_a_site_made_or_retired_as_they_are(
    empty_database_url: str,
) -> None:
    kept = ("My breaks", "assignee:me status:waiting", 1, False, None)

    views = views_after_0005(empty_database_url, kept)

    assert views[0] == ("My breaks", "", "assignee:me status:waiting", False, None)
    assert [view[0] for view in views] == ["My breaks", "To do", "Done today"]


def test_0005_announced_and_audited_leaves_the_lists_of_a_new_site_to_its_set_up(
    empty_database_url: str,
) -> None:
    assert views_after_0005(empty_database_url) == []


def test_the_lists_0005_adds_are_those_new_sites_begin_with(empty_database_url: str) -> None:
    shipped = json.loads(resource_path("defaults", "views.json").read_text("utf-8"))["views"]
    added = views_after_0005(empty_database_url, ("All open", "status:open", 1, True, None))[1:]

    assert [view[:3] for view in added] == [
        (view["name"], view["name_alt"], view["query"]) for view in shipped if view["name"] in OWN
    ]
