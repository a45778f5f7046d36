"""`db create|status|up|dump|check`: the database itself. The only command that may touch the store."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.env import Env, table
from app.models.backup import back_up
from app.models.dialects import SqliteDialect
from app.models.entities.settings import SiteChoices
from app.models.schema import SchemaState, head, read_meta
from app.services.access.queries import has_administrator
from app.services.setup.first_start import set_up
from app.services.setup.queries import is_set_up
from app.services.store_care.backups import make_backup

PRESETS = {"desk": "desk_4x3", "itil": "itil_3x3"}


def register(commands: Any) -> None:
    """Add `db`."""
    parser = commands.add_parser("db", help="make, update, check or copy the database")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    create = actions.add_parser("create", help="schema and sample set-up in an empty database; no person")
    create.add_argument("--preset", choices=tuple(PRESETS), default="desk", help="which priorities")
    create.add_argument("--name", default="Service desk", help="the desk's name")
    create.add_argument("--timezone", default="Asia/Shanghai", help="the site's IANA zone")
    create.add_argument("--country", default="CN", help="whose public holidays; empty for none")
    create.add_argument("--language", default="en", choices=("en", "zh_CN"), help="the site's language")
    actions.add_parser("status", help="what is there, and whether this program can work with it")
    actions.add_parser("up", help="a verified backup, then this program's schema")
    dump = actions.add_parser("dump", help="a verified copy of the whole database")
    dump.add_argument(
        "folder", type=Path, nargs="?", help="where to put it; default: backups beside the file"
    )
    actions.add_parser("check", help="search for damage and broken references")


def run(args: argparse.Namespace, env: Env) -> int:
    """Do one action; see `register`."""
    return {"create": _create, "status": _status, "up": _up, "dump": _dump, "check": _check}[args.action](
        args, env
    )


def _create(args: argparse.Namespace, env: Env) -> int:
    store = env.raw_ctx.store
    if isinstance(store.dialect, SqliteDialect):
        store.dialect.path.parent.mkdir(parents=True, exist_ok=True)
    choices = SiteChoices(
        name=args.name,
        language=args.language,
        timezone=args.timezone,
        country=args.country,
        matrix=PRESETS[args.preset],
    )
    done = store.migrate() if store.state() is SchemaState.EMPTY else []
    set_up(env.ctx, choices)
    env.answer(
        {"migrations": done, "preset": args.preset},
        env.texts.pgettext(
            "cli", "{url}: ready. Nobody can sign in yet: start the window, or `people add-admin NAME`."
        ).format(url=env.url),
    )
    return 0


def _status(_args: argparse.Namespace, env: Env) -> int:
    store = env.raw_ctx.store
    state = store.state()
    facts: dict[str, object] = {"url": env.url, "state": state.value, "program": head()}
    if state in {SchemaState.CURRENT, SchemaState.OLDER, SchemaState.NEWER}:
        facts |= {"schema": int(read_meta(store.database)["schema_version"])}
    if state is SchemaState.CURRENT:
        facts |= {"set_up": is_set_up(env.ctx), "administrator": has_administrator(env.ctx)}
        facts |= {"epoch": store.epoch(), "feed": store.feed_position()}
    env.answer(facts, lambda: table([(name, str(value)) for name, value in facts.items()]))
    return 0 if state is SchemaState.CURRENT else 1


def _up(_args: argparse.Namespace, env: Env) -> int:
    store = env.raw_ctx.store
    backup = None
    if store.state() is SchemaState.OLDER:
        pgettext = env.texts.pgettext
        env.say(pgettext("cli", "making a backup …"))
        backup = back_up(store, env.clock.now())
        env.say(
            pgettext("cli", "backup: {file}").format(file=backup)
            if backup
            else pgettext("cli", "no pg_dump here: the server's own backups must do")
        )
    done = store.migrate()
    env.answer(
        {"backup": str(backup or ""), "migrations": done},
        "\n".join(done) if done else env.texts.pgettext("cli", "nothing to do"),
    )
    return 0


def _dump(args: argparse.Namespace, env: Env) -> int:
    made = make_backup(env.raw_ctx, args.folder)
    if made is None:
        env.complain(
            env.texts.pgettext(
                "cli", "There is no pg_dump on this computer. Install PostgreSQL's client programs."
            )
        )
        return 1
    env.answer({"file": str(made), "bytes": made.stat().st_size}, str(made))
    return 0


def _check(_args: argparse.Namespace, env: Env) -> int:
    store = env.ctx.store
    found: list[str] = []
    if isinstance(store.dialect, SqliteDialect):
        with store.read() as read:
            found += [row[0] for row in read.rows("PRAGMA integrity_check") if row[0] != "ok"]
            found += [f"broken reference in {row[0]}" for row in read.rows("PRAGMA foreign_key_check")]
    else:
        env.say(env.texts.pgettext("cli", "a server checks its own pages; here only the schema was compared"))
    env.answer({"problems": found}, "\n".join(found) or env.texts.pgettext("cli", "no damage found"))
    return 1 if found else 0
