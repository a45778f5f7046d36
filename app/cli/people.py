"""`people`: make an administrator from the command line, and look callers up."""

from __future__ import annotations

import argparse
import getpass
import sys

from app.cli.env import Env, table
from app.models.entities.errors import BadInput
from app.services.access.accounts import add_admin
from app.services.people import queries


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `people` to the command line."""
    parser = commands.add_parser("people", help="administrators and callers")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add-admin", help="add an administrator who signs in with a password")
    add.add_argument("name", metavar="NAME", help="the person's name, and the name to sign in with")
    add.add_argument("--login", default="", help="another name to sign in with; it holds no blanks")
    add.add_argument(
        "--password-stdin", action="store_true", help="read the password as one line instead of asking twice"
    )
    find = actions.add_parser("find", help="look a caller up by name, initials, e-mail or number")
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--limit", type=int, default=20, help="at most so many (default: 20)")


def run(args: argparse.Namespace, env: Env) -> int:
    """Do one action; see `register`."""
    return _find(args, env) if args.action == "find" else _add_admin(args, env)


def _add_admin(args: argparse.Namespace, env: Env) -> int:
    ctx = env.ctx  # before anybody types a password for a database that cannot be used
    login = args.login or "".join(args.name.split())
    password = _line_of_stdin() if args.password_stdin else _asked_twice()
    outcome = add_admin(ctx, name=args.name, login=login, password=password)
    env.answer(
        {"id": outcome.id, "login": login},
        env.texts.pgettext("cli", "{name} signs in as {login}.").format(name=args.name, login=login),
    )
    return 0


def _line_of_stdin() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _asked_twice() -> str:
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise BadInput("access.passwords_differ")
    return password


def _find(args: argparse.Namespace, env: Env) -> int:
    people = queries.find_callers(env.ctx, args.text, args.limit)
    rows = [(str(one.id), one.name, one.company, one.department, one.phone, one.email) for one in people]
    env.answer(people, lambda: table(rows))
    return 0
