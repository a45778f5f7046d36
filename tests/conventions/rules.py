"""The house rules no linter knows, each with the reason and an example it must catch.

To add a rule: write a finder that yields line numbers, add a `Rule` to RULES with the folders it holds
in, the files it does not, and a `bad` example. The tests then run it over the project.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

Finder = Callable[[ast.Module], Iterator[int]]


@dataclass(frozen=True)
class Rule:
    """What is forbidden, why, and where: in files below `within` whose path ends with none of `but_not`."""

    forbids: str
    because: str
    find: Finder
    bad: str
    within: tuple[str, ...] = ("app/",)
    but_not: tuple[str, ...] = ()

    def applies_to(self, path: str) -> bool:
        """Tell whether the rule holds in this file, named by its path below the project."""
        return path.startswith(self.within) and not path.endswith(self.but_not or ("\0",))


# --- finders -------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Every node of a file. All rules look at one file before the next is read: one walk serves them."""
    return tuple(ast.walk(tree))


@lru_cache(maxsize=1)
def _calls(tree: ast.Module) -> tuple[ast.Call, ...]:
    return tuple(node for node in _nodes(tree) if isinstance(node, ast.Call))


def _last_name(node: ast.AST) -> str:
    """The rightmost name of `a.b.c` or `c`; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _receiver(call: ast.Call) -> str:
    return _last_name(call.func.value) if isinstance(call.func, ast.Attribute) else ""


@lru_cache(maxsize=1)
def _texts(tree: ast.Module) -> tuple[ast.Constant, ...]:
    return tuple(
        node for node in _nodes(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _calling(names: set[str]) -> Finder:
    def find(tree: ast.Module) -> Iterator[int]:
        return (call.lineno for call in _calls(tree) if _last_name(call.func) in names)

    return find


def _naming(names: set[str]) -> Finder:
    def find(tree: ast.Module) -> Iterator[int]:
        for node in _nodes(tree):
            imported = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
            if _last_name(node) in names or names & imported:
                yield node.lineno

    return find


def _importing(modules: set[str]) -> Finder:
    def find(tree: ast.Module) -> Iterator[int]:
        for node in _nodes(tree):
            imported = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
            if isinstance(node, ast.ImportFrom):
                imported = {str(node.module)}
            if modules & imported:
                yield node.lineno

    return find


def _matching(pattern: str, flags: int = 0) -> Finder:
    expression = re.compile(pattern, flags)

    def find(tree: ast.Module) -> Iterator[int]:
        return (text.lineno for text in _texts(tree) if expression.search(text.value))

    return find


def _chained_comparison(tree: ast.Module) -> Iterator[int]:
    for call in _calls(tree):
        if _last_name(call.func) in {"where", "having"}:
            for node in ast.walk(call):
                if isinstance(node, ast.Compare) and len(node.ops) > 1:
                    yield node.lineno


_CLOCKS = {"datetime", "date", "dt", "time", "QDateTime", "QDate", "QTime"}
_READINGS = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime"}
_QT_READINGS = {"currentDateTime", "currentDateTimeUtc", "currentDate", "currentTime"}


def _clock_read(tree: ast.Module) -> Iterator[int]:
    for call in _calls(tree):
        name = _last_name(call.func)
        if name in _QT_READINGS or (name in _READINGS and _receiver(call) in _CLOCKS):
            yield call.lineno


def _service_call(tree: ast.Module) -> Iterator[int]:
    """Calls of a service's command or query: what a view may only hand to `Tasks` through `partial`."""
    names = _service_names(tree)
    for call in _calls(tree):
        called = _receiver(call) if isinstance(call.func, ast.Attribute) else _last_name(call.func)
        if called in names and _last_name(call.func)[:1].islower():
            yield call.lineno


def _service_names(tree: ast.Module) -> set[str]:
    """The names under which a file knows commands, queries, or the modules that hold them."""
    names: set[str] = set()
    for node in _nodes(tree):
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        if module.startswith("app.services."):
            whole = module.endswith((".commands", ".queries"))
            names |= {
                alias.asname or alias.name
                for alias in node.names
                if whole or alias.name in {"commands", "queries"}
            }
    return names


def _filled_before_translating(tree: ast.Module) -> Iterator[int]:
    for call in _calls(tree):
        if _last_name(call.func) not in {"_", "N_", "mark", "gettext", "ngettext", "pgettext"}:
            continue
        for argument in call.args[:1]:
            is_formatted = isinstance(argument, ast.Call) and _last_name(argument.func) == "format"
            if is_formatted or isinstance(argument, ast.JoinedStr | ast.BinOp):
                yield call.lineno


def _formatted_sql(tree: ast.Module) -> Iterator[int]:
    for call in _calls(tree):
        if _last_name(call.func) == "execute_sql":
            for argument in call.args[:1]:
                if isinstance(argument, ast.JoinedStr | ast.BinOp):
                    yield call.lineno


def _unlocked_transaction(tree: ast.Module) -> Iterator[int]:
    return (call.lineno for call in _calls(tree) if _last_name(call.func) == "atomic" and not call.args)


def _saved_row(tree: ast.Module) -> Iterator[int]:
    return (
        call.lineno
        for call in _calls(tree)
        if _last_name(call.func) == "save" and _receiver(call) not in {"canvas", "image", "book"}
    )


def _store_opened(tree: ast.Module) -> Iterator[int]:
    for call in _calls(tree):
        if _last_name(call.func) in {"read", "write"} and _receiver(call) in {"store", "_store"}:
            yield call.lineno


def _star_import(tree: ast.Module) -> Iterator[int]:
    for node in _nodes(tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            yield node.lineno


def _global_statement(tree: ast.Module) -> Iterator[int]:
    return (node.lineno for node in _nodes(tree) if isinstance(node, ast.Global))


def _nap(tree: ast.Module) -> Iterator[int]:
    naps = {"sleep", "msleep", "usleep", "qWait", "qSleep"}
    return (call.lineno for call in _calls(tree) if _last_name(call.func) in naps)


# --- the rules -----------------------------------------------------------------------------------

_SYSTEM_MODULES = {"fcntl", "pwd", "grp", "resource", "termios", "winreg", "msvcrt", "_winapi"}

RULES = (
    Rule(
        "a chained comparison in where()",
        "Python turns `0 <= T.n <= 9` into `and`, and the database sees only `T.n <= 9`",
        _chained_comparison,
        bad="T.select().where(0 <= T.n <= 9)",
    ),
    Rule(
        "reading the system's clock",
        "time comes from ctx.clock, so that tests and demos can hold it still",
        _clock_read,
        bad="started = datetime.now(UTC)",
        but_not=("services/base/clock.py",),
    ),
    Rule(
        "a style sheet of one's own",
        "the look is one piece: views/base/theme.py",
        _calling({"setStyleSheet"}),
        bad="label.setStyleSheet('font-weight: bold')",
        but_not=("/theme.py",),
    ),
    Rule(
        "a colour of one's own",
        "colours are tokens, so that every theme has all of them: views/base/tokens.py",
        _matching(r"^\s*(#[0-9a-fA-F]{3,8}|rgba?\([\d\s.,%]+\))\s*$"),
        bad="pen = QPen('#2b6cb0')",
        within=("app/views/",),
        but_not=("/theme.py", "/tokens.py"),
    ),
    Rule(
        "a message box or file dialog of one's own",
        "views/base/dialogs.py asks, so that tests can answer",
        _naming({"QMessageBox", "QFileDialog", "QInputDialog", "QColorDialog", "QErrorMessage"}),
        bad="QMessageBox.warning(self, 'title', 'text')",
        but_not=("views/base/dialogs.py",),
    ),
    Rule(
        "calling a command or query in a view",
        "the window thread must not wait for the database: pass partial(command, ctx, ...) to Tasks",
        _service_call,
        bad="from app.services.tickets import commands\ncommands.close(ctx, 1)",
        within=("app/views/",),
    ),
    Rule(
        "filling a text before it is translated",
        "no catalogue holds the filled text: translate first, then .format()",
        _filled_before_translating,
        bad="_(f'Ticket {number}')",
    ),
    Rule(
        "processEvents()",
        "it runs other people's code in the middle of yours: use Tasks with progress",
        _calling({"processEvents"}),
        bad="app.processEvents()",
    ),
    Rule(
        "sleeping",
        "a window stands still and a test is slow or flaky: wait for the thing itself",
        _nap,
        bad="time.sleep(0.1)",
        within=("app/", "tests/"),
        but_not=("services/base/files.py",),  # a virus scanner that holds a file says nothing when it lets go
    ),
    Rule(
        "a star import",
        "a reader cannot tell where a name comes from",
        _star_import,
        bad="from app.models import *",
        within=("app/", "tests/", "installer/", "main.py", "dev.py"),
    ),
    Rule(
        "the global statement",
        "state belongs to an object that somebody is handed",
        _global_statement,
        bad="def f():\n    global counter",
        within=("app/", "tests/", "installer/", "main.py", "dev.py"),
    ),
    Rule(
        "atomic() without a lock",
        "on SQLite it fails half-way when it turns from reading to writing: use the store's write",
        _unlocked_transaction,
        bad="with database.atomic():\n    pass",
        but_not=("models/dialects.py",),
    ),
    Rule(
        "save() on a row",
        "it writes every column, stale ones and the version included: write what changed",
        _saved_row,
        bad="ticket.save()",
        within=("app/services/", "app/models/"),
        but_not=("reports/pdf/page.py",),  # a canvas is saved, not a row
    ),
    Rule(
        "reading or writing the store outside a query or command",
        "@query and @command ask for the permission, read the clock once and can run a body again",
        _store_opened,
        bad="ctx.store.write(operation, body)",
        but_not=(
            "services/base/command.py",
            "services/base/feed.py",
            "models/backup.py",
            "cli/db.py",
            "cli/doctor.py",
        ),
    ),
    Rule(
        "SELECT *",
        "a new column must not change what old code reads",
        _matching(r"\bselect\s+\*", re.IGNORECASE),
        bad="rows('SELECT * FROM ticket')",
    ),
    Rule(
        "SQL put together by formatting for execute_sql()",
        "values are passed as parameters, or a title becomes a statement",
        _formatted_sql,
        bad="database.execute_sql(f'DELETE FROM ticket WHERE id = {number}')",
        within=("app/services/", "app/models/tables/", "app/models/store.py", "app/models/transactions.py"),
    ),
    Rule(
        "a bare QLabel",
        "it renders a ticket's text as HTML and fetches what that names: use the plain label",
        _calling({"QLabel"}),
        bad="label = QLabel(ticket.subject)",
        but_not=("views/base/widgets/labels.py",),
    ),
    Rule(
        "what only one system has",
        "the program runs on Windows and on Linux: the differences lie in the named files",
        _importing(_SYSTEM_MODULES),
        bad="import fcntl",
        but_not=("models/places.py", "services/base/processes.py"),
    ),
)
