"""Opening a foreign log: a CSV, or a zip with one CSV, row by row with its line number and hash.

Everything that a damaged or hostile file can do is met here: archives that blow up, unknown encodings,
endless lines, stray quotes. What cannot be read as a row comes out as a refusal; the file as a whole is
refused only before the first row.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from app.models.entities.errors import BadInput
from app.models.entities.transfer import RefusalReason, RowRefused

DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8-sig", "gb18030")
_BLOCK = 1 << 20
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be at most; beyond it is refused unread."""

    entries: int = 1_000
    bytes: int = 200 << 20
    ratio: int = 100
    line: int = 1 << 20


class SourceRow(NamedTuple):
    """One row: the line it begins on (the heading is 1), the SHA-256 of its text, its values."""

    line: int
    digest: str
    values: list[str]


@dataclass(frozen=True, slots=True)
class LogFile:
    """A file that passed the checks. `lines` counts line ends after the heading: about the number of rows."""

    path: Path
    member: str | None
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    lines: int
    limits: Limits


def open_log(path: Path, *, delimiter: str | None = None, limits: Limits | None = None) -> LogFile:
    """Check a file from end to end once, and find its encoding, delimiter and heading.

    UTF-8 (with or without mark) is tried before GB 18030. Without `delimiter` the one that splits the
    heading into most fields is taken.

    Raises:
        BadInput: `transfer.file_missing`, `_too_large`, `_empty`, `_encoding`, `_line_too_long`, or
            `transfer.zip_damaged`, `_encrypted`, `_too_many`, `_one_csv`. `params` hold the file.
    """
    limits = limits or Limits()
    if not path.is_file():
        raise BadInput("transfer.file_missing", file=path.name)
    try:
        member = _member(path, limits) if zipfile.is_zipfile(path) else None
        if member is None and path.stat().st_size > limits.bytes:
            raise BadInput("transfer.file_too_large", file=path.name, limit=limits.bytes >> 20)
        encoding, ends = _survey(path, member, limits)
        with _text(path, member, encoding) as text:
            first = text.readline(limits.line + 1)
    except _ZIP_ERRORS as damaged:
        raise BadInput("transfer.zip_damaged", file=path.name) from damaged
    except OSError as unreadable:
        raise BadInput("transfer.file_unreadable", file=path.name, why=str(unreadable)) from unreadable
    if not first.strip():
        raise BadInput("transfer.file_empty", file=path.name)
    header = max(
        (_heading(first, mark) for mark in ([delimiter] if delimiter else DELIMITERS)),
        key=lambda split: len(split[1]),
    )
    return LogFile(path, member, encoding, header[0], header[1], max(ends - 1, 0), limits)


def rows(log: LogFile) -> Iterator[SourceRow | RowRefused]:
    """Read the rows after the heading in file order; blank lines are passed over.

    A stray quote swallows the lines after it until the next one: such lines are read again one by one,
    so that it costs only its own row.
    """
    width = len(log.header)
    with _text(log.path, log.member, log.encoding) as text:
        tape = _Tape(text)
        reader = csv.reader(tape, delimiter=log.delimiter)
        next(reader, None)
        while True:
            first, taken = tape.cut()
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield from _singly(first, taken, log.delimiter, width)
                continue
            if len(values) == width:
                raw = taken[0] if len(taken) == 1 else "".join(taken)
                if "\0" in raw:
                    yield RowRefused(first, RefusalReason.CONTROL_CHARACTER)
                else:
                    yield SourceRow(first, digest_of(raw), values)
            elif len(taken) > 1:
                yield from _singly(first, taken, log.delimiter, width)
            elif values:
                yield RowRefused(first, RefusalReason.COLUMNS, value=f"{len(values)}/{width}")


def digest_of(line: str) -> str:
    """Return the hash a row is known by; the line end does not count."""
    return sha256(line.rstrip("\r\n").encode()).hexdigest()


class _Tape:
    """Hands lines to the csv reader and remembers those of the row being read."""

    def __init__(self, lines: IO[str]) -> None:
        self._lines = lines
        self._taken: list[str] = []
        self._read = 0

    def __iter__(self) -> _Tape:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._taken.append(line)
        self._read += 1
        return line

    def cut(self) -> tuple[int, list[str]]:
        """Begin a new row: return its first line number and the list its lines will be in."""
        self._taken = []
        return self._read + 1, self._taken


def _singly(first: int, lines: Sequence[str], delimiter: str, width: int) -> Iterator[SourceRow | RowRefused]:
    """Read each line as a row of its own, quotes notwithstanding."""
    for number, line in enumerate(lines, first):
        text = line.rstrip("\r\n")
        if not text:
            continue
        try:
            values = next(csv.reader([text], delimiter=delimiter, strict=True))
        except csv.Error:
            yield RowRefused(number, RefusalReason.NOT_CSV, value=text[:80])
            continue
        if "\0" in text:
            yield RowRefused(number, RefusalReason.CONTROL_CHARACTER)
        elif len(values) != width:
            yield RowRefused(number, RefusalReason.COLUMNS, value=f"{len(values)}/{width}")
        else:
            yield SourceRow(number, digest_of(line), values)


def _heading(line: str, delimiter: str) -> tuple[str, tuple[str, ...]]:
    try:
        return delimiter, tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter), ()))
    except csv.Error:
        return delimiter, ()


def _member(path: Path, limits: Limits) -> str:
    """Return the name of the one CSV in an archive, after looking at what the archive claims to hold."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    if len(entries) > limits.entries:
        raise BadInput("transfer.zip_too_many", file=path.name, limit=limits.entries)
    wanted = [entry for entry in entries if _is_csv(entry)]
    if len(wanted) != 1:
        raise BadInput("transfer.zip_one_csv", file=path.name, count=len(wanted))
    entry = wanted[0]
    if entry.flag_bits & 1:
        raise BadInput("transfer.zip_encrypted", file=path.name)
    # A few kilobytes of one repeated line compress a thousandfold and hurt nobody.
    is_bomb = entry.file_size > max(_BLOCK, limits.ratio * entry.compress_size)
    if is_bomb or entry.file_size > limits.bytes:
        raise BadInput("transfer.file_too_large", file=path.name, limit=limits.bytes >> 20)
    return entry.filename


def _is_csv(entry: zipfile.ZipInfo) -> bool:
    place = PurePosixPath(entry.filename)
    return place.suffix.lower() in {".csv", ".txt"} and place.parts[0] != "__MACOSX"


@contextmanager
def _bytes(path: Path, member: str | None) -> Iterator[IO[bytes]]:
    if member is None:
        with path.open("rb") as plain:
            yield plain
        return
    with zipfile.ZipFile(path) as archive, archive.open(member) as inner:
        yield inner


@contextmanager
def _text(path: Path, member: str | None, encoding: str) -> Iterator[IO[str]]:
    """Open for reading lines with their ends kept: a quoted value may hold one."""
    with _bytes(path, member) as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
        yield text


def _survey(path: Path, member: str | None, limits: Limits) -> tuple[str, int]:
    """Read everything once: the first encoding that fits throughout, and the number of lines."""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in ENCODINGS}
    ends = size = line = 0
    last = b""
    with _bytes(path, member) as stream:
        while block := stream.read(_BLOCK):
            size += len(block)
            line = _longest_tail(path, block, line, limits)
            if size > limits.bytes:
                raise BadInput("transfer.file_too_large", file=path.name, limit=limits.bytes >> 20)
            ends += block.count(b"\n")
            last = block
            decoders = {name: each for name, each in decoders.items() if _decodes(each, block)}
    decoders = {name: each for name, each in decoders.items() if _decodes(each, b"", final=True)}
    if not decoders:
        raise BadInput("transfer.file_encoding", file=path.name, known=", ".join(ENCODINGS))
    return next(iter(decoders)), ends + (not last.endswith(b"\n"))


def _longest_tail(path: Path, block: bytes, before: int, limits: Limits) -> int:
    """Return the length of the line the block ends in; one line may not grow without end."""
    end = block.rfind(b"\n")
    tail = before + len(block) if end < 0 else len(block) - end - 1
    if tail > limits.line:
        raise BadInput("transfer.file_line_too_long", file=path.name, limit=limits.line >> 10)
    return tail


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True
