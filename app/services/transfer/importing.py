"""One import from the first row to the last: open, begin, chunk after chunk, report."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from app.models.entities.transfer import ImportReport, RowRefused
from app.services.base.command import require
from app.services.base.context import Context
from app.services.base.progress import Cancelled, NoProgress, Progress
from app.services.transfer.commands import Begun, Run, Taken, begin_import, finish_import, take_chunk
from app.services.transfer.mapping import check_timezone, load_mapping
from app.services.transfer.naming import Names
from app.services.transfer.reading import SourceRow, open_log, rows
from app.services.transfer.rules import MOST_ROWS, incidents
from app.services.transfer.updates import Parser, Update

# Other programs wait while a chunk is written: small enough for a fraction of a second.
CHUNK_ROWS = 2_000


def import_event_log(
    ctx: Context,
    path: Path,
    *,
    mapping: str,
    timezone: str | None = None,
    source: str | None = None,
    progress: Progress | None = None,
    chunk_rows: int = CHUNK_ROWS,
) -> ImportReport:
    """Read a log of updates into tickets with their history, and say what came of every row.

    Each chunk of at most `chunk_rows` rows is all or nothing. Stopped at any moment (cancelled, killed,
    connection lost), the next run goes on behind the last chunk; rows already there are counted as known.
    `source` names where the rows come from (default: the mapping's name): the same line with the same text
    from one source is one row, whatever the file is called. `timezone` is that of the log's times.
    Progress counts lines of the file. A cancelled run returns its report with `is_cancelled`.

    Raises:
        BadInput: the mapping, the file or its heading cannot be used; nothing was imported.
        NotAllowed: the actor may not import.
    """
    require(ctx, "transfer.import")
    started = time.perf_counter()
    plan = load_mapping(mapping)
    log = open_log(path, delimiter=plan.delimiter)
    parser = Parser(plan, log.header, check_timezone(timezone) if timezone else None)
    run = _begin(ctx, source or plan.name, parser)
    report = ImportReport(source or plan.name)
    tell = progress or NoProgress()
    try:
        for chunk, refused, line in _chunks(parser, rows(log), min(chunk_rows, MOST_ROWS)):
            for row in refused:
                report.refuse(row)
            if chunk:
                _add(report, _take(ctx, run, chunk))
            tell.report(min(line, log.lines), log.lines)
    except Cancelled:
        report.is_cancelled = True
    else:
        finish_import(ctx, run.source_id)
        tell.report(log.lines, log.lines)
    report.seconds = time.perf_counter() - started
    return report


def _begin(ctx: Context, source: str, parser: Parser) -> Run:
    begun = begin_import(ctx, source, parser.mapping)
    while not isinstance(begun, Begun):  # committed, but the answer was lost on its way: ask again
        begun = begin_import(ctx, source, parser.mapping)
    return Run(begun.source_id, parser, begun.rules, Names())


def _take(ctx: Context, run: Run, chunk: list[list[Update]]) -> Taken:
    taken = take_chunk(ctx, run, chunk)
    while not isinstance(taken, Taken):  # as above; the rows are known now
        taken = take_chunk(ctx, run, chunk)
    run.known.absorb(taken.fresh)
    return taken


def _chunks(
    parser: Parser, found: Iterator[SourceRow | RowRefused], most: int
) -> Iterator[tuple[list[list[Update]], list[RowRefused], int]]:
    """Yield incidents together up to `most` rows, the refusals among them, and the last line read."""
    chunk: list[list[Update]] = []
    refused: list[RowRefused] = []
    size = line = 0
    for updates, unreadable in incidents(parser, found, most):
        if chunk and size + len(updates) > most:
            yield chunk, refused, line
            chunk, refused, size = [], [], 0
        refused.extend(unreadable)
        if updates:
            chunk.append(updates)
            size += len(updates)
            line = updates[-1].line
    yield chunk, refused, line


def _add(report: ImportReport, taken: Taken) -> None:
    report.rows += taken.rows
    report.known += taken.known
    report.tickets += taken.tickets
    report.continued += taken.continued
    report.events += taken.events
    report.people += taken.made.people
    report.teams += taken.made.teams
    report.categories += taken.made.categories
    report.priority_as_recorded += taken.priority_as_recorded
    report.priority_differs += taken.priority_differs
    report.priority_by_site += taken.priority_by_site
    for note in taken.notes:
        report.note(note)
    for oddity in taken.oddities:
        report.count(oddity)
