"""The category tree keeps its shape, and a few letters find what is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.catalogue import Category, CategoryDetails, Service, ServiceDetails
from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.ids import CategoryId, ServiceId
from app.services.catalogue import rules


def category(
    number: int, name: str, *, parent: int | None = None, position: int = 0, **more: object
) -> Category:
    details = CategoryDetails(str(more.get("code", f"C{number}")), name, str(more.get("alt", "")))
    above = None if parent is None else CategoryId(parent)
    return Category(CategoryId(number), above, details, position, bool(more.get("is_active", True)), 1)


HARDWARE = (
    category(1, "Hardware", alt="硬件", position=2),
    category(2, "Printer", alt="打印机", parent=1, position=2, code="PRN"),
    category(3, "Laptop", parent=1, position=1),
    category(4, "Accounts", alt="账号", position=1),
)


def test_the_tree_reads_from_the_top_with_siblings_in_their_order() -> None:
    nodes = rules.tree(HARDWARE)

    assert [(node.depth, node.category.name) for node in nodes] == [
        (0, "Accounts"),
        (0, "Hardware"),
        (1, "Laptop"),
        (1, "Printer"),
    ]
    assert [node.has_children for node in nodes] == [False, True, False, False]


def test_a_path_is_written_in_either_language() -> None:
    printer = rules.tree(HARDWARE)[-1]
    laptop = rules.tree(HARDWARE)[-2]

    assert rules.category_path(printer) == "Hardware / Printer"
    assert rules.category_path(printer, alternative=True) == "硬件 / 打印机"
    assert rules.category_path(laptop, alternative=True) == "硬件 / Laptop"


def test_a_category_whose_parent_is_hidden_stands_at_the_top() -> None:
    (node,) = rules.tree([HARDWARE[1]])

    assert (node.depth, node.path) == (0, ("Printer",))


PARENTS: dict[int, int | None] = {1: None, 2: 1, 3: 2, 4: None}


@pytest.mark.parametrize(("moved", "parent"), [(1, 1), (1, 2), (1, 3), (2, 3)])
def test_nothing_hangs_below_itself(moved: int, parent: int) -> None:
    with pytest.raises(RuleViolation) as refused:
        rules.check_place(PARENTS, moved, parent)

    assert refused.value.code == "catalogue.circle"


@pytest.mark.parametrize(("moved", "parent"), [(3, 1), (3, None), (2, 4), (None, 3)])
def test_any_other_place_is_allowed(moved: int | None, parent: int | None) -> None:
    rules.check_place(PARENTS, moved, parent)


def test_a_parent_that_does_not_exist_is_refused() -> None:
    with pytest.raises(RuleViolation) as refused:
        rules.check_place(PARENTS, None, 99)

    assert refused.value.code == "catalogue.parent_missing"


def test_a_subtree_moves_only_where_its_lowest_leaf_is_not_too_deep() -> None:
    chain: dict[int, int | None] = {1: None, 2: 1, 3: 2, 10: None, 11: 10, 12: 11}

    with pytest.raises(RuleViolation) as refused:
        rules.check_place(chain, 10, 3)

    assert refused.value.code == "catalogue.too_deep"
    rules.check_place(chain, 11, 3)


@given(st.lists(st.integers(1, 20), unique=True, min_size=1), st.data())
def test_a_new_order_holds_everybody_once_and_the_moved_one_where_it_was_put(
    siblings: list[int], data: st.DataObject
) -> None:
    moved = data.draw(st.sampled_from(siblings))
    before = data.draw(st.sampled_from([*[one for one in siblings if one != moved], None]))

    order = rules.new_order(siblings, moved, before)

    assert sorted(order) == sorted(siblings)
    assert order[order.index(moved) + 1 : order.index(moved) + 2] == ([] if before is None else [before])


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("打印机", (), "DYJ"),
        ("VPN", {"VPN"}, "VPN-2"),
        ("VPN", {"VPN", "VPN-2"}, "VPN-3"),
        ("!?", (), "X"),
    ],
)
def test_a_code_is_made_of_the_name_and_free(name: str, taken: tuple[str, ...], code: str) -> None:
    assert rules.free_code(name, taken) == code


@pytest.mark.parametrize(
    ("typed", "first"),
    [("prn", "Printer"), ("pri", "Printer"), ("打印", "Printer"), ("dyj", "Printer"), ("yj", "Hardware")],
)
def test_a_few_letters_find_a_category(typed: str, first: str) -> None:
    assert rules.suggest_categories(rules.tree(HARDWARE), typed)[0].name == first


def test_a_suggestion_says_where_it_hangs() -> None:
    (found,) = rules.suggest_categories(rules.tree(HARDWARE), "prn")

    assert (found.detail, found.detail_alt) == ("Hardware", "硬件")


def test_nothing_typed_offers_the_first_ones_and_nonsense_nothing() -> None:
    nodes = rules.tree(HARDWARE)

    assert [found.name for found in rules.suggest_categories(nodes, " ", limit=2)] == ["Accounts", "Hardware"]
    assert rules.suggest_categories(nodes, "zzz") == []


@pytest.mark.parametrize(
    ("typed", "grade"),
    [("prn", 0), ("prin", 1), ("jam", 2), ("ter j", 3), ("dyjkz", 4), ("", 3), ("zzz", 9)],
)
def test_a_better_fit_has_a_lower_grade(typed: str, grade: int) -> None:
    assert rules.match_grade(typed, "PRN", "Printer jam", "打印机卡纸") == grade


def test_retired_categories_are_not_offered() -> None:
    assert rules.suggest_categories(rules.tree([category(1, "Old", is_active=False)]), "old") == []


def test_a_service_out_of_scope_is_offered_too_so_that_it_is_recognised() -> None:
    service = Service(ServiceId(1), ServiceDetails("tv", "Television", is_in_scope=False), 1, True, 1)

    assert [found.name for found in rules.suggest_services([service], "tele")] == ["Television"]


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (CategoryDetails("x", " "), "catalogue.name_missing"),
        (CategoryDetails("x" * 49, "X"), "catalogue.text_too_long"),
        (CategoryDetails("x", "X", default_impact=6), "catalogue.level_bad"),
    ],
)
def test_category_details_that_make_no_sense_are_refused(details: CategoryDetails, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        rules.check_category(details)

    assert refused.value.code == code


def test_out_of_scope_without_a_polite_text_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        rules.check_service(ServiceDetails("tv", "Television", is_in_scope=False))

    assert refused.value.code == "catalogue.refusal_missing"
