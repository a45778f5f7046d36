"""Sheets of the catalogue: no cell is ever a formula, every text comes back, damaged files are refused."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.entities.catalogue_sheets import ImportPlan, RowState, SheetForm, SheetKind, SheetRow
from app.models.entities.errors import BadInput
from app.models.entities.ids import ArticleId, TeamId
from app.services.base.workbook_writing import write_workbook
from app.services.base.workbooks import read_workbook
from app.services.catalogue.sheet_cells import CATEGORY_COLUMNS
from app.services.catalogue.sheet_files import quoted, read_sheet, unquoted, write_sheet
from app.services.catalogue.sheet_reading import Lookups
from app.services.catalogue.sheet_site import SheetSite

COLUMNS = ("code", "name", "refusal")
HOSTILE = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+49 123",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "'=1",
    "''+1",
    "＝1",
    '","=1+1',
    "_x003D_1",
    "a\nb",
    "打印机；卡纸",
    "</t></is>",
)
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)


def sheet(form, *cells):
    return write_sheet(COLUMNS, [cells], form, "categories")


def cells_of(body):
    return [row.cells for row in read_sheet(body, COLUMNS, ("code",))]


def refusal_of(body, columns=COLUMNS):
    with pytest.raises(BadInput) as refused:
        read_sheet(body, columns, ("code", "name"))
    return refused.value


# -- formulas ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_begins_like_a_formula_and_each_comes_back(text):
    body = sheet(SheetForm.CSV, "A", text.strip(), "x")

    (_head, written) = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert not written[1].startswith(("=", "+", "-", "@", "\t", "＝"))
    assert cells_of(body) == [{"code": "A", "name": text.strip(), "refusal": "x"}]


@pytest.mark.parametrize("text", HOSTILE)
def test_every_cell_of_an_xlsx_is_a_text_and_comes_back(text):
    body = sheet(SheetForm.XLSX, "A", text.strip(), "x")

    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        written = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in written
    assert written.count("<c ") == written.count('t="inlineStr"') == 6
    assert cells_of(body) == [{"code": "A", "name": text.strip(), "refusal": "x"}]


@given(TEXTS)
def test_the_quote_before_a_formula_is_taken_away_exactly(text):
    assert unquoted(quoted(text)) == text
    assert not quoted(text).startswith(("=", "+", "-", "@"))


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_any_text_survives_a_workbook(texts):
    (lines,) = read_workbook(write_workbook([texts], "x")).values()

    found = lines[0][1] if lines else []
    assert found + [""] * (len(texts) - len(found)) == texts


def test_the_same_rows_give_the_same_file():
    assert sheet(SheetForm.XLSX, "A", "B", "C") == sheet(SheetForm.XLSX, "A", "B", "C")


# -- files as people make them -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "code;name\nA;Drucker\n".encode("utf-8-sig"),
        b"code\tname\r\nA\tDrucker\r\n",
        b"Name,CODE\nDrucker,A\n",
        b"code,name,\n\nA,Drucker,\n,,\n",
    ],
)
def test_separators_order_and_empty_rows_do_not_matter(body):
    (row,) = read_sheet(body, COLUMNS, ("code", "name"))

    assert (row.code, row.cells["name"]) == ("A", "Drucker")


def test_a_chinese_csv_of_an_office_pc_is_read():
    body = "code,name\nA,打印机\n".encode("gb18030")

    assert cells_of(body) == [{"code": "A", "name": "打印机"}]


def test_a_row_is_known_by_the_line_it_has_in_the_file():
    body = b'code,name,refusal\nA,"two\nlines",x\nB,b,y\n'

    assert [(row.line, row.code) for row in read_sheet(body, COLUMNS, ("code",))] == [(2, "A"), (4, "B")]


# -- bad files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "sheet.empty"),
        (b"code,name\n", "sheet.empty"),
        (b"code,title\nA,b\n", "sheet.columns_missing"),
        (b"code,name,colour\nA,b,red\n", "sheet.columns_unknown"),
        (b"code,name,name\nA,b,c\n", "sheet.column_twice"),
        (b"code,name\nA,b,c\n", "sheet.row_long"),
        (b'code,name\nA,"b\n', "sheet.unreadable"),
        (b"\xff\xfe\x00\xd8\x00", "sheet.unreadable"),
        (b"code,name\nA," + b"x" * 4_001, "sheet.cell_too_long"),
        (b"code,name\n" + b"A,b\n" * 10_001, "sheet.too_many"),
        (b"\xd0\xcf\x11\xe0 of 1997", "sheet.old_excel"),
        (b"x" * 10_000_001, "sheet.too_large"),
        (b"PK\x03\x04 and nothing else", "sheet.unreadable"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_reason(body, code):
    assert refusal_of(body).code == code


def test_wrong_columns_are_named_with_those_that_are_known():
    refused = refusal_of(b"code,nmae\nA,b\n")

    assert refused.params == {"columns": ["name"], "known": list(COLUMNS)}


@pytest.mark.parametrize("cut", [30, 200, 500, 900])
def test_a_workbook_cut_off_is_refused(cut):
    assert refusal_of(sheet(SheetForm.XLSX, "A", "b", "c")[:-cut]).code == "sheet.unreadable"


def with_part(path, content):
    """Return a workbook of ours with one part replaced."""
    body = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet(SheetForm.XLSX, "A", "b", "c"))) as old,
        zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == path else old.read(name))
    return body.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def rows_xml(rows):
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{rows}</worksheet>'


@pytest.mark.parametrize(
    "content",
    [
        "no xml at all",
        rows_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
        rows_xml('<row r="one"><c r="A1"><v>1</v></c></row>'),
        rows_xml('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'),
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + rows_xml('<row><c t="str"><v>&a;</v></c></row>'),
    ],
)
def test_a_workbook_of_nonsense_is_refused(content):
    assert refusal_of(with_part(SHEET, content)).code == "sheet.unreadable"


def test_a_workbook_that_unpacks_without_end_is_refused():
    bomb = rows_xml('<row><c t="str"><v>' + "0" * 60_000_000 + "</v></c></row>")

    assert refusal_of(with_part(SHEET, bomb)).code == "sheet.too_large"


def test_a_cell_far_below_costs_nothing():
    head = '<row r="1"><c r="A1" t="str"><v>code</v></c></row>'
    far = head + '<row r="1048576"><c r="A1048576"><v>7</v></c></row>'

    (lines,) = read_workbook(with_part(SHEET, rows_xml(far))).values()

    assert lines == [(1, ["code"]), (1048576, ["7"])]


@settings(max_examples=60)
@given(st.integers(0, 2_500), st.binary(min_size=1, max_size=40))
def test_damage_anywhere_is_a_sentence_and_never_a_crash(at, noise):
    body = bytearray(sheet(SheetForm.XLSX, "A", "b", "c"))
    body[at : at + len(noise)] = noise

    try:
        read_sheet(bytes(body), COLUMNS, ("code",))
    except BadInput as refused:
        assert refused.code.startswith("sheet.")  # noqa: PT017 - either way is right, but nothing else


# -- what an import would do ------------------------------------------------------------------------------

LOOKUPS = Lookups({"desk": TeamId(1)}, {12: ArticleId(5)}, {})
EMPTY_SITE = SheetSite(SheetKind.CATEGORIES, {}, LOOKUPS)


def plan(*rows):
    listed = [SheetRow(line, dict(zip(("code", "name", *more), cells, strict=True)))
              for line, (more, cells) in enumerate(rows, 2)]  # fmt: skip
    return EMPTY_SITE.plan(listed).plan


def row(code, **cells):
    return (tuple(cells), (code, f"Name of {code}", *cells.values()))


def refusals(made: ImportPlan):
    return {each.line: each.refusal.code for each in made.refused}


def test_new_rows_are_added_whatever_their_order():
    made = plan(row("CHILD", parent="TOP"), row("TOP"))

    assert [each.state for each in made.rows] == [RowState.ADDED, RowState.ADDED]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"parent": "GONE"}, "catalogue.row_parent"),
        ({"team": "nobody"}, "catalogue.cell_team"),
        ({"team_line_2": "nobody"}, "catalogue.cell_team"),
        ({"minutes": "soon"}, "catalogue.cell_number"),
        ({"minutes": "0"}, "catalogue.minutes_bad"),
        ({"impact": "9"}, "catalogue.level_bad"),
        ({"external": "perhaps"}, "catalogue.cell_flag"),
        ({"needs_create": "location; colour"}, "catalogue.cell_field"),
        ({"articles": "KB-0099"}, "catalogue.cell_article"),
        ({"in_scope": "no"}, "catalogue.category_refusal_missing"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_with_its_reason(cells, code):
    assert refusals(plan(row("GOOD"), row("BAD", **cells))) == {3: code}


def test_a_code_that_stands_twice_is_refused_the_second_time():
    made = plan(row("A"), row("A"), row(""))

    assert refusals(made) == {3: "catalogue.row_twice", 4: "catalogue.row_no_code"}
    assert made.rows[1].refusal.params["line"] == 2


def test_rows_that_stand_below_each_other_are_refused():
    made = plan(row("A", parent="B"), row("B", parent="C"), row("C", parent="A"), row("D", parent="D"))

    assert refusals(made) == dict.fromkeys((2, 3, 4, 5), "catalogue.row_circle")


def test_more_levels_than_people_can_choose_from_are_refused():
    made = plan(row("A"), *(row(code, parent=above) for above, code in zip("ABCDE", "BCDEF", strict=True)))

    assert refusals(made) == {7: "catalogue.too_deep"}


def test_what_hangs_below_a_refused_row_is_refused_too():
    made = plan(row("A", minutes="x"), row("B", parent="A"))

    assert refusals(made) == {2: "catalogue.cell_number", 3: "catalogue.row_parent_refused"}


def test_the_columns_of_a_category_are_all_written(tmp_path):
    body = write_sheet(CATEGORY_COLUMNS, [["x"] * len(CATEGORY_COLUMNS)], SheetForm.CSV, "categories")

    assert body.decode("utf-8-sig").splitlines()[0] == ",".join(CATEGORY_COLUMNS)
