"""The catalogue as CSV and XLSX: out and in again changes nothing; an import is whole, and undone whole."""

from __future__ import annotations

import csv
import io

import pytest

from app.models.entities.catalogue import CategoryDetails, Gate, ServiceDetails
from app.models.entities.catalogue_sheets import RowState, SheetForm, SheetKind
from app.models.entities.errors import NotAllowed, RuleViolation, StaleRecord
from app.models.entities.ids import ArticleId, CategoryId, ServiceId, TeamId
from app.models.store import Operation
from app.services.catalogue import commands, queries
from app.services.catalogue.rules import category_path
from app.services.catalogue.sheet_commands import export_sheet, import_sheet, preview_import
from tests.support.settings_site import only_with, sample_site

CATEGORIES, SERVICES = SheetKind.CATEGORIES, SheetKind.SERVICES
BOTH = pytest.mark.parametrize("form", list(SheetForm))


@pytest.fixture
def catalogue(ctx, make):
    """A small catalogue in which everything is said somewhere."""
    team, article = TeamId(make.team(code="desk").id), ArticleId(make.article(number=12).id)
    top = add(ctx, CategoryDetails("HW", "Hardware", "硬件", team, demands=((Gate.CREATE, ("location",)),)))
    full = CategoryDetails(
        "PRN",
        "=Printer",
        "打印机",
        team,
        is_desk_solvable=True,
        default_impact=2,
        default_urgency=1,
        line_teams=((2, team),),
        demands=((Gate.CREATE, ()), (Gate.CLOSE, ("location", "resolution_code"))),
        article_ids=(article,),
        handling_minutes=15,
        is_external=True,
        is_in_scope=False,
        refusal_text="Please call\nfacilities.",
        refusal_text_alt="请联系后勤。",
    )
    add(ctx, full, top)
    old = add(ctx, CategoryDetails("FAX", "Fax"), top)
    commands.retire_category(ctx, old, version=1)
    mail = commands.add_service(ctx, ServiceDetails("mail", "Mail", "邮件", owner_team_id=team))
    commands.add_service(ctx, ServiceDetails("list", "Lists", parent_id=ServiceId(mail.id), default_impact=3))
    return ctx


def add(ctx, details, parent=None):
    return CategoryId(commands.add_category(ctx, details, parent_id=parent).id)


def everything(ctx):
    return queries.category_tree(ctx, include_retired=True), queries.services(ctx, include_retired=True)


def contents(ctx):
    nodes, services = everything(ctx)
    return (
        [(category_path(node), node.category.details, node.category.is_active) for node in nodes],
        [(service.details, service.is_active) for service in services],
    )


def sheet(*rows, heads=("code", "name", "parent")):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([heads, *rows])
    return text.getvalue().encode()


def taken(ctx, body, kind=CATEGORIES):
    preview = preview_import(ctx, kind, body)
    return import_sheet(ctx, kind, preview.rows, seen=preview.plan)


@BOTH
@pytest.mark.parametrize("kind", list(SheetKind))
def test_what_was_exported_is_found_unchanged(catalogue, kind, form):
    plan = preview_import(catalogue, kind, export_sheet(catalogue, kind, form)).plan

    assert {row.state for row in plan.rows} == {RowState.UNCHANGED}
    assert plan.is_empty


@BOTH
def test_a_whole_sample_site_is_found_unchanged(ctx, form):
    sample_site(ctx)

    assert preview_import(ctx, CATEGORIES, export_sheet(ctx, CATEGORIES, form)).plan.is_empty
    assert preview_import(ctx, SERVICES, export_sheet(ctx, SERVICES, form)).plan.is_empty


@BOTH
def test_an_export_makes_the_same_tree_at_another_site(catalogue, form):
    body = export_sheet(catalogue, CATEGORIES, form)
    services = export_sheet(catalogue, SERVICES, form)
    before = contents(catalogue)
    empty(catalogue)

    taken(catalogue, body)
    taken(catalogue, services, SERVICES)

    paths, kept = contents(catalogue)
    assert paths == before[0]
    assert [details.name for details, _active in kept] == [details.name for details, _active in before[1]]


def empty(ctx):
    """Take everything away, as no command ever would: the same database as another site."""

    def body(tx):
        for table in ("category_team", "category_article", "category", "service"):
            if table in {"category", "service"}:
                tx.execute(f'UPDATE "{table}" SET parent_id = NULL')
            tx.execute(f'DELETE FROM "{table}"')

    ctx.store.write(Operation(op_id="0" * 32, now=ctx.clock.now(), actor_id=None, client="tests"), body)


def test_a_preview_tells_what_each_row_would_do_and_writes_nothing(catalogue):
    before = everything(catalogue)
    body = sheet(
        ("HW", "Hardware", ""), ("PRN", "Printers", "HW"), ("LBL", "Label", "PRN"), ("X", "X", "GONE")
    )

    plan = preview_import(catalogue, CATEGORIES, body).plan

    assert [(row.line, row.state) for row in plan.rows] == [
        (2, RowState.UNCHANGED),
        (3, RowState.CHANGED),
        (4, RowState.ADDED),
        (5, RowState.REFUSED),
    ]
    assert plan.rows[1].changes == (("name", "=Printer", "Printers"),)
    assert everything(catalogue) == before


def test_an_import_adds_changes_moves_and_retires(catalogue):
    body = sheet(
        ("LBL", "Label", "PRN", "yes"),
        ("PRN", "Printers", "", "yes"),
        ("HW", "Hardware", "", "no"),
        heads=("code", "name", "parent", "active"),
    )

    taken(catalogue, body)

    found = [category_path(node) for node in queries.category_tree(catalogue)]
    assert found == ["Printers", "Printers / Label"]


def test_an_import_is_taken_back_whole_and_can_be_done_again(catalogue):
    before = contents(catalogue)
    outcome = taken(catalogue, sheet(("PRN", "Printers", ""), ("LBL", "Label", "PRN")))
    after = contents(catalogue)

    redo = outcome.undo.run().undo
    paths, services = contents(catalogue)
    assert [entry for entry in paths if entry[1].code != "LBL"] == before[0]
    assert [entry[2] for entry in paths if entry[1].code == "LBL"] == [False]
    assert services == before[1]

    redo.run()
    assert contents(catalogue) == after


def test_one_refused_row_keeps_all_of_them_out(catalogue):
    before = everything(catalogue)
    preview = preview_import(catalogue, CATEGORIES, sheet(("LBL", "Label", "HW"), ("X", "X", "X")))

    with pytest.raises(RuleViolation) as refused:
        import_sheet(catalogue, CATEGORIES, preview.rows, seen=preview.plan)

    assert (refused.value.code, refused.value.params["line"]) == ("catalogue.import_refused", 3)
    assert everything(catalogue) == before


def test_an_import_that_would_do_something_else_by_now_does_nothing(catalogue):
    preview = preview_import(catalogue, CATEGORIES, sheet(("HW", "Devices", "")))
    hardware = queries.category_tree(catalogue)[0].category
    commands.edit_category(catalogue, hardware.id, CategoryDetails("HW", "Machines"), version=1)

    with pytest.raises(RuleViolation) as refused:
        import_sheet(catalogue, CATEGORIES, preview.rows, seen=preview.plan)

    assert refused.value.code == "catalogue.import_outdated"
    assert queries.category_tree(catalogue)[0].category.name == "Machines"


def test_an_import_is_not_taken_back_over_somebody_elses_change(catalogue):
    outcome = taken(catalogue, sheet(("HW", "Devices", "")))
    hardware = queries.category_tree(catalogue)[0].category
    commands.edit_category(catalogue, hardware.id, CategoryDetails("HW", "Mine"), version=hardware.version)

    with pytest.raises(StaleRecord):
        outcome.undo.run()

    assert queries.category_tree(catalogue)[0].category.name == "Mine"


def test_a_circle_among_known_entries_is_refused(catalogue):
    plan = preview_import(catalogue, CATEGORIES, sheet(("HW", "Hardware", "PRN"))).plan

    assert plan.refused[0].refusal.code == "catalogue.row_circle"


def test_a_file_without_news_imports_nothing(catalogue):
    with pytest.raises(RuleViolation) as refused:
        taken(catalogue, export_sheet(catalogue, CATEGORIES, SheetForm.CSV))

    assert refused.value.code == "catalogue.import_empty"


def test_who_may_not_change_settings_may_not_import(catalogue):
    reader = only_with(catalogue, "settings.read", "tickets.read")

    assert export_sheet(reader, CATEGORIES, SheetForm.CSV)
    with pytest.raises(NotAllowed):
        preview_import(reader, CATEGORIES, b"code,name\nA,b\n")
    with pytest.raises(NotAllowed):
        import_sheet(reader, CATEGORIES, ())
