"""`catalogue export|import`: categories and services as CSV or XLSX."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from app.cli.env import Env, table
from app.models.entities.audit import AccessSubject
from app.models.entities.catalogue_sheets import ImportPlan, PlannedRow, RowState, SheetForm, SheetKind
from app.models.entities.errors import BadInput
from app.services.audit.handing_out import exported, hand_out
from app.services.base.files import write_whole
from app.services.base.workbooks import MOST_BYTES
from app.services.catalogue.sheet_commands import export_sheet, import_sheet, preview_import

_MOST_SHOWN = 50


def register(commands: Any) -> None:
    """Add `catalogue`."""
    parser = commands.add_parser("catalogue", help="categories and services as files")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    kinds = [kind.value for kind in SheetKind]
    export = actions.add_parser("export", help="write all entries, retired ones too, to a file")
    export.add_argument("kind", choices=kinds)
    export.add_argument("file", type=Path, help="a name that ends in .csv or .xlsx")
    take = actions.add_parser("import", help="take in a file: all its rows, or none")
    take.add_argument("kind", choices=kinds)
    take.add_argument("file", type=Path, help="a .csv or .xlsx as `export` writes it")
    take.add_argument("--preview", action="store_true", help="only tell what each row would do")


def run(args: argparse.Namespace, env: Env) -> int:
    """Do one action; 1 where rows cannot be taken."""
    kind = SheetKind(args.kind)
    return _export(args.file, kind, env) if args.action == "export" else _import(args, kind, env)


def _export(path: Path, kind: SheetKind, env: Env) -> int:
    ending = path.suffix.lower().lstrip(".")
    if ending not in set(SheetForm):
        raise BadInput("catalogue.file_kind", name=path.name)
    body = export_sheet(env.ctx, kind, SheetForm(ending))
    access = exported(AccessSubject.SETTINGS, kind.value, path)
    try:
        hand_out(env.ctx, access, partial(write_whole, path, body))
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise BadInput("catalogue.file_unwritable", name=path.name, reason=reason) from trouble
    env.answer({"file": str(path), "bytes": len(body)}, str(path))
    return 0


def _import(args: argparse.Namespace, kind: SheetKind, env: Env) -> int:
    preview = preview_import(env.ctx, kind, _read(args.file))
    plan = preview.plan
    is_done = not (args.preview or plan.refused or plan.is_empty)
    if is_done:
        import_sheet(env.ctx, kind, preview.rows, seen=plan)
    env.answer(
        {"imported": is_done, "rows": [_told(row, env) for row in plan.rows]}, lambda: _text(plan, env)
    )
    return 1 if plan.refused else 0


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("sheet.too_large", most=MOST_BYTES // 1_000_000)
        return path.read_bytes()
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise BadInput("catalogue.file_unreadable", name=path.name, reason=reason) from trouble


def _told(row: PlannedRow, env: Env) -> dict[str, object]:
    return {
        "line": row.line,
        "code": row.code,
        "state": row.state.value,
        "changes": [list(change) for change in row.changes],
        "reason": env.explain(row.refusal) if row.refusal is not None else "",
    }


def _text(plan: ImportPlan, env: Env) -> str:
    rows = [row for row in plan.rows if row.state is not RowState.UNCHANGED]
    rows.sort(key=lambda row: row.state is not RowState.REFUSED)
    lines = [(str(row.line), row.state.value, row.code, _says(row, env)) for row in rows[:_MOST_SHOWN]]
    counts = ", ".join(f"{plan.count(state)} {state.value}" for state in RowState)
    return "\n".join(part for part in (table(lines), counts) if part)


def _says(row: PlannedRow, env: Env) -> str:
    if row.refusal is not None:
        return env.explain(row.refusal)
    return "; ".join(f"{column}: {before or '–'} → {after or '–'}" for column, before, after in row.changes)
