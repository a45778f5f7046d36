"""`settings export|import`: all settings as one readable file."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from app.cli.env import Env, table
from app.models.entities.audit import AccessSubject
from app.models.entities.settings_file import EntryState, PlannedEntry, Section, SettingsPlan
from app.services.audit.handing_out import exported, hand_out
from app.services.settings_file.commands import import_settings
from app.services.settings_file.files import read_file, write_file
from app.services.settings_file.queries import export_settings, plan_settings, preview_settings

_MOST_SHOWN = 100


def register(commands: Any) -> None:
    """Add `settings`."""
    parser = commands.add_parser("settings", help="all settings as one file")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    export = actions.add_parser("export", help="write all settings to a file")
    export.add_argument("file", type=Path, help="the .json file to write; an existing one is replaced")
    take = actions.add_parser("import", help="take in a file: all that was chosen of it, or nothing")
    take.add_argument("file", type=Path, help="a .json file as `export` writes it")
    take.add_argument("--dry-run", action="store_true", help="only tell what would change")
    take.add_argument(
        "--section",
        action="append",
        choices=[section.value for section in Section],
        help="take in only this section; may be given several times",
    )


def run(args: argparse.Namespace, env: Env) -> int:
    """Do one action; 1 where something of the file cannot be taken."""
    if args.action == "export":
        body = export_settings(env.ctx)
        access = exported(AccessSubject.SETTINGS, "settings", args.file)
        hand_out(env.ctx, access, partial(write_file, args.file, body))
        env.answer({"file": str(args.file), "bytes": len(body)}, str(args.file))
        return 0
    return _import(args, env)


def _import(args: argparse.Namespace, env: Env) -> int:
    preview = preview_settings(env.ctx, read_file(args.file))
    sections = frozenset(map(Section, args.section)) if args.section else frozenset(Section)
    plan = plan_settings(env.ctx, preview.document, sections)
    is_done = not (args.dry_run or plan.refused or plan.is_empty)
    if is_done:
        import_settings(env.ctx, preview.document, sections=sections, seen=plan)
    env.answer(
        {"imported": is_done, "entries": [_told(entry, env) for entry in plan.entries]},
        lambda: _text(plan, env),
    )
    return 1 if plan.refused else 0


def _told(entry: PlannedEntry, env: Env) -> dict[str, object]:
    return {
        "section": entry.section.value,
        "code": entry.code,
        "state": entry.state.value,
        "changes": [list(change) for change in entry.changes],
        "reason": env.explain(entry.refusal) if entry.refusal is not None else "",
        "remark": env.explain(entry.remark) if entry.remark is not None else "",
    }


def _text(plan: SettingsPlan, env: Env) -> str:
    entries = [entry for entry in plan.entries if entry.state is not EntryState.UNCHANGED or entry.remark]
    entries.sort(key=lambda entry: entry.state is not EntryState.REFUSED)
    lines = [
        (entry.section.value, entry.state.value, entry.code, _says(entry, env))
        for entry in entries[:_MOST_SHOWN]
    ]
    counts = ", ".join(f"{plan.count(state)} {state.value}" for state in EntryState)
    return "\n".join(part for part in (table(lines), counts) if part)


def _says(entry: PlannedEntry, env: Env) -> str:
    if entry.refusal is not None:
        return env.explain(entry.refusal)
    changes = [
        f"{where}: {before or '–'} → {after or '–'}".removeprefix(": ")
        for where, before, after in entry.changes
    ]
    return "; ".join(changes + ([env.explain(entry.remark)] if entry.remark is not None else []))
