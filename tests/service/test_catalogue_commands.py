"""Categories and services are added, moved, ordered, retired and taken back, on both databases."""

from __future__ import annotations

import pytest

from app.models.entities.catalogue import CategoryDetails, ServiceDetails
from app.models.entities.errors import BadInput, NotFound, RuleViolation, StaleRecord
from app.models.entities.events import CatalogueChanged, Event
from app.models.entities.ids import CategoryId, ServiceId, TeamId
from app.services.base.context import Context
from app.services.catalogue import commands, queries
from app.services.catalogue.rules import category_path
from tests.support.factories import Make


def test_a_category_is_recorded_with_its_team_and_announced(
    ctx: Context, make: Make, announced: list[Event]
) -> None:
    team = TeamId(make.team().id)
    details = CategoryDetails("NET", "Network", "网络", team, is_desk_solvable=True, default_impact=2)

    category_id = add(ctx, details)

    assert queries.category(ctx, category_id).category.details == details
    assert announced == [CatalogueChanged(frozenset({category_id}))]


def test_the_whole_tree_comes_in_order(ctx: Context) -> None:
    hardware = add(ctx, CategoryDetails("", "Hardware"))
    add(ctx, CategoryDetails("", "Accounts"))
    add(ctx, CategoryDetails("", "Printer"), parent=hardware)

    assert paths(ctx) == ["Hardware", "Hardware / Printer", "Accounts"]


def test_a_category_without_a_code_gets_a_free_one(ctx: Context) -> None:
    first = add(ctx, CategoryDetails("", "打印机"))
    second = add(ctx, CategoryDetails("", "打印机"))

    assert queries.category(ctx, first).category.details.code == "DYJ"
    assert queries.category(ctx, second).category.details.code == "DYJ-2"


def test_a_code_belongs_to_one_category(ctx: Context) -> None:
    add(ctx, CategoryDetails("PRN", "Printer"))

    with pytest.raises(BadInput) as refused:
        add(ctx, CategoryDetails("PRN", "Print server"))

    assert refused.value.code == "catalogue.code_taken"


def test_renaming_keeps_the_code_and_can_be_taken_back(ctx: Context) -> None:
    category_id = add(ctx, CategoryDetails("PRN", "Printer"))
    renamed = commands.edit_category(ctx, category_id, CategoryDetails("", "Printing"), version=1)

    details = queries.category(ctx, category_id).category.details
    assert (details.code, details.name) == ("PRN", "Printing")
    renamed.undo.run()
    assert paths(ctx) == ["Printer"]


def test_the_second_writer_of_a_category_is_refused(ctx: Context) -> None:
    category_id = add(ctx, CategoryDetails("PRN", "Printer"))
    commands.edit_category(ctx, category_id, CategoryDetails("PRN", "Mine"), version=1)

    with pytest.raises(StaleRecord):
        commands.edit_category(ctx, category_id, CategoryDetails("PRN", "Theirs"), version=1)


def test_a_category_moves_with_all_below_it_and_back(ctx: Context) -> None:
    hardware = add(ctx, CategoryDetails("", "Hardware"))
    printer = add(ctx, CategoryDetails("", "Printer"))
    add(ctx, CategoryDetails("", "Toner"), parent=printer)

    moved = commands.move_category(ctx, printer, version=1, parent_id=hardware)
    assert paths(ctx) == ["Hardware", "Hardware / Printer", "Hardware / Printer / Toner"]

    moved.undo.run()
    assert paths(ctx) == ["Hardware", "Printer", "Printer / Toner"]


def test_siblings_are_reordered_and_the_order_is_taken_back(ctx: Context) -> None:
    add(ctx, CategoryDetails("", "A"))
    second = add(ctx, CategoryDetails("", "B"))
    third = add(ctx, CategoryDetails("", "C"))

    moved = commands.move_category(ctx, third, version=1, parent_id=None, before_id=second)
    assert paths(ctx) == ["A", "C", "B"]

    moved.undo.run()
    assert paths(ctx) == ["A", "B", "C"]


def test_a_circle_is_refused_and_leaves_no_trace(ctx: Context) -> None:
    hardware = add(ctx, CategoryDetails("", "Hardware"))
    printer = add(ctx, CategoryDetails("", "Printer"), parent=hardware)

    with pytest.raises(RuleViolation) as refused:
        commands.move_category(ctx, hardware, version=1, parent_id=printer)

    assert refused.value.code == "catalogue.circle"
    assert paths(ctx) == ["Hardware", "Hardware / Printer"]


def test_a_category_with_children_in_use_is_not_retired(ctx: Context) -> None:
    hardware = add(ctx, CategoryDetails("", "Hardware"))
    printer = add(ctx, CategoryDetails("", "Printer"), parent=hardware)

    with pytest.raises(RuleViolation) as refused:
        commands.retire_category(ctx, hardware, version=1)
    assert refused.value.code == "catalogue.has_children"

    commands.retire_category(ctx, printer, version=1)
    commands.retire_category(ctx, hardware, version=1)
    assert paths(ctx) == []
    assert len(queries.category_tree(ctx, include_retired=True)) == 2


def test_a_category_below_a_retired_one_is_not_restored_alone(ctx: Context) -> None:
    hardware = add(ctx, CategoryDetails("", "Hardware"))
    printer = add(ctx, CategoryDetails("", "Printer"), parent=hardware)
    retired = commands.retire_category(ctx, printer, version=1)
    commands.retire_category(ctx, hardware, version=1)

    with pytest.raises(RuleViolation) as refused:
        retired.undo.run()

    assert refused.value.code == "catalogue.parent_retired"


def test_typing_a_few_letters_finds_categories(ctx: Context) -> None:
    hardware = add(ctx, CategoryDetails("", "Hardware", "硬件"))
    add(ctx, CategoryDetails("", "Printer", "打印机"), parent=hardware)

    assert [found.name for found in queries.matching_categories(ctx, "dy")] == ["Printer"]


def test_a_category_that_never_was_is_an_error_that_can_be_told(ctx: Context) -> None:
    with pytest.raises(NotFound):
        queries.category(ctx, CategoryId(404))


def test_a_service_is_added_changed_retired_and_taken_back(ctx: Context) -> None:
    mail = ServiceDetails("mail", "Mail", "邮件")
    service_id = ServiceId(commands.add_service(ctx, mail).id)
    changed = commands.edit_service(ctx, service_id, ServiceDetails("", "E-mail", "邮件"), version=1)
    changed.undo.run()
    retired = commands.set_service_active(ctx, service_id, version=3, is_active=False)

    assert queries.services(ctx) == []
    retired.undo.run()
    assert [service.details for service in queries.services(ctx)] == [mail]


def test_an_out_of_scope_service_carries_what_to_say(ctx: Context) -> None:
    television = ServiceDetails(
        "tv",
        "Television",
        is_in_scope=False,
        refusal_text="Please call facilities.",
        refusal_text_alt="请联系后勤。",
    )

    commands.add_service(ctx, television)

    assert [service.details for service in queries.services(ctx)] == [television]


def add(ctx: Context, details: CategoryDetails, parent: CategoryId | None = None) -> CategoryId:
    return CategoryId(commands.add_category(ctx, details, parent_id=parent).id)


def paths(ctx: Context) -> list[str]:
    return [category_path(node) for node in queries.category_tree(ctx)]
