"""A site of before gets the shared list that new sites begin with, once, and no other site does."""

from __future__ import annotations

import json

from app.models.store import Store
from app.services.base.resources import resource_path
from tests.support.migrating import runner

SECOND = "0002_service_levels_watched"
THIRD = "0003_ticket_facts"
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
    old.migrate()
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
