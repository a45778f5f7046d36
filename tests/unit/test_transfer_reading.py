"""Opening foreign logs: encodings, archives, stray quotes, and everything a hostile file may try."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.entities.errors import BadInput
from app.models.entities.transfer import RefusalReason, RowRefused
from app.services.transfer.reading import Limits, SourceRow, open_log, rows

SAMPLE = Path(__file__).parents[1] / "data" / "uci_sample.csv"


@pytest.fixture
def write(tmp_path: Path):
    def write(content: str | bytes, encoding: str = "utf-8") -> Path:
        file = tmp_path / "log.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return file

    return write


@pytest.fixture
def pack(tmp_path: Path):
    def pack(**files: bytes) -> Path:
        archive = tmp_path / "log.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in files.items():
                packed.writestr(name.replace("_csv", ".csv"), content)
        return archive

    return pack


def read(file: Path) -> list[SourceRow | RowRefused]:
    return list(rows(open_log(file)))


def values(file: Path) -> list[list[str]]:
    return [row.values for row in read(file) if isinstance(row, SourceRow)]


def refusals(file: Path) -> list[tuple[int, RefusalReason]]:
    return [(row.line, row.reason) for row in read(file) if isinstance(row, RowRefused)]


def refusal_of(file: Path, limits: Limits | None = None) -> str:
    with pytest.raises(BadInput) as refused:
        open_log(file, limits=limits)
    return refused.value.code


def test_a_row_carries_its_line_and_the_hash_of_its_text(write):
    [row] = read(write("a,b\n1,2\n"))

    assert row == SourceRow(2, sha256(b"1,2").hexdigest(), ["1", "2"])


def test_other_line_ends_make_no_other_rows(write):
    unix = read(write("a,b\n1,2\n3,4\n"))

    assert read(write("a,b\r\n1,2\r\n3,4\r\n")) == unix
    assert read(write("a,b\n1,2\n3,4")) == unix


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_is_read_in_either_encoding(write, encoding: str):
    file = write("编号,状态\n1,已关闭\n", encoding)

    assert open_log(file).header == ("编号", "状态")
    assert values(file) == [["1", "已关闭"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_from_the_heading(write, delimiter: str):
    file = write(f"a{delimiter}b{delimiter}c\n1{delimiter}2{delimiter}3\n")

    assert values(file) == [["1", "2", "3"]]


def test_a_quoted_value_may_hold_delimiters_quotes_and_line_ends(write):
    file = write('a,b\n"x, ""y""\nz",2\n3,4\n')

    assert [(row.line, row.values) for row in read(file)] == [(2, ['x, "y"\nz', "2"]), (4, ["3", "4"])]


def test_blank_lines_are_passed_over_but_counted(write):
    assert [row.line for row in read(write("a,b\n1,2\n\n3,4\n"))] == [2, 4]


def test_a_row_of_another_length_is_refused_with_its_number(write):
    file = write("a,b\n1,2\n1,2,3\n1\n3,4\n")

    assert refusals(file) == [(3, RefusalReason.COLUMNS), (4, RefusalReason.COLUMNS)]
    assert values(file) == [["1", "2"], ["3", "4"]]


def test_a_stray_quote_costs_only_its_own_row(write):
    file = write('a,b\n1,2\n"3,4\n5,6\n7,8\n')

    assert refusals(file) == [(3, RefusalReason.NOT_CSV)]
    assert values(file) == [["1", "2"], ["5", "6"], ["7", "8"]]


@pytest.mark.long
def test_a_stray_quote_before_very_many_rows_costs_only_its_own_row(write):
    many = "5,6\n" * 60_000

    file = write('a,b\n"3,4\n' + many)

    assert refusals(file) == [(2, RefusalReason.NOT_CSV)]
    assert len(values(file)) == 60_000


def test_a_row_with_a_nul_is_refused_because_no_database_can_hold_it(write):
    assert refusals(write("a,b\n1,\x00\n3,4\n")) == [(2, RefusalReason.CONTROL_CHARACTER)]


def test_a_zip_with_one_csv_reads_like_the_csv(write, pack):
    content = b"a,b\n1,2\n"

    packed = pack(log_csv=content, **{"readme.md": b"hello", "__MACOSX/log_csv": b"x"})

    assert read(packed) == read(write(content))


@pytest.mark.parametrize("files", [{}, {"readme.md": b"x"}, {"a_csv": b"a", "b_csv": b"b"}])
def test_a_zip_without_exactly_one_csv_is_refused(pack, files: dict[str, bytes]):
    assert refusal_of(pack(**files)) == "transfer.zip_one_csv"


def test_a_zip_that_unpacks_to_far_more_is_refused_unread(pack):
    assert refusal_of(pack(log_csv=b"0" * 5_000_000)) == "transfer.file_too_large"


def test_a_zip_with_too_many_entries_is_refused(pack):
    packed = pack(**{f"{number}_csv": b"" for number in range(12)})

    assert refusal_of(packed, Limits(entries=10)) == "transfer.zip_too_many"


def test_a_damaged_zip_is_refused(pack):
    packed = pack(log_csv=b"a,b\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(500)))
    damaged = bytearray(packed.read_bytes())
    damaged[45:60] = b"\xff" * 15
    packed.write_bytes(damaged)

    assert refusal_of(packed) == "transfer.zip_damaged"


def test_a_locked_zip_is_refused(pack):
    packed = pack(log_csv=b"a,b\n1,2\n")
    locked = bytearray(packed.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    packed.write_bytes(locked)

    assert refusal_of(packed) == "transfer.zip_encrypted"


def test_a_file_beyond_the_limit_is_refused(write):
    assert refusal_of(write("a,b\n" + "1,2\n" * 100), Limits(bytes=200)) == "transfer.file_too_large"


def test_an_endless_line_is_refused(write):
    assert refusal_of(write("a,b\n" + "x" * 5_000_000)) == "transfer.file_line_too_long"


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_file_is_refused(write, content: str):
    assert refusal_of(write(content)) == "transfer.file_empty"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    assert refusal_of(tmp_path / "nowhere.csv") == "transfer.file_missing"


def test_bytes_that_are_no_text_are_refused(write):
    assert refusal_of(write(b"a,b\n\xff\xff\xff,2\n")) == "transfer.file_encoding"


@pytest.mark.long
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutilated_file_is_refused_or_read_but_never_fails(tmp_path: Path, data: st.DataObject):
    content = bytearray(SAMPLE.read_bytes()[:4_000])
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(content)))
        content[start : start + data.draw(st.integers(0, 40))] = data.draw(
            st.sampled_from([b'"', b"\n", b"\r", b"\x00", b",,,", b"\xff", b"\xc3", '打"'.encode(), b""])
        )
    file = tmp_path / "mutilated.csv"
    file.write_bytes(content)

    try:
        log = open_log(file)
    except BadInput:
        return

    assert all(row.line > 1 for row in rows(log))
